"""From files, as their measure declares them, to rows that a measure can trust."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from inquirylab.errors import DataError, did_you_mean
from inquirylab.record.types import Measure, MeasureData
from inquirylab.store.site_data.assembling import marks_of, missing_of, of_site, rows_of, whole_of, with_differences
from inquirylab.store.site_data.bounds import bounds_of
from inquirylab.store.site_data.checks import check_whole, total_notes
from inquirylab.store.site_data.choosing import SITE, chosen
from inquirylab.store.site_data.columns import Plan, fold, make_plan, names_of
from inquirylab.store.site_data.counting import counted_incidents
from inquirylab.store.site_data.denominators import read_denominators
from inquirylab.store.site_data.files import open_files
from inquirylab.store.site_data.findings import Findings
from inquirylab.store.site_data.header import find_header
from inquirylab.store.site_data.parts import Part, read_part, with_denominators
from inquirylab.store.site_data.table import Sheet
from inquirylab.store.site_data.web import fetched, is_web


@dataclass(frozen=True)
class Reading:
    """What a file says about a measure.

    Attributes
    ----------
    rows
        One row for each usable or left-out row of the file, in the file's order: date (datetime64; the first day of the
        period, the Monday of a week), site, one column for each column of the measure's group, numerator, denominator,
        value (float; those that the measure has), left_out (the reason, "" when the row counts), line (in the file;
        row of a sheet).
    missing
        One row for each value that is not a number: date, site, group columns, column (as the file calls it),
        kind (missing, not_applicable, suppressed or censored), mark (as written), lower, upper (what a censored value
        lies between), count.
    source
        Names of the files, as people may see them.
    read, used
        How many rows the file has, and how many of them are rows of this measure.
    notes
        What a reader of the page should know of the reading, as sentences.
    bounds
        Where the measure wants them shown: the points known only to bounds, with date, site, group columns, lower and
        upper in the unit of the series; an end that nobody published is infinite.
    """

    rows: pd.DataFrame
    missing: pd.DataFrame
    source: str
    read: int
    used: int
    notes: tuple[str, ...] = field(default=())
    bounds: pd.DataFrame = field(default_factory=pd.DataFrame)


def read_site_data(path: str | Path, measure: Measure, *, site: str | None = None) -> Reading:
    """Read a site's data file, or all files of a folder as one series.

    Parameters
    ----------
    path
        A file (CSV, TSV, .xlsx, .xls, .ods, Parquet, SQLite), a folder of which the measure's ``files`` (or all data
        files) are read in the order of their names, the address of a file on the web, or of a database.
    measure
        The measure; its ``data`` says how the file is read.
    site
        Keep the rows of this site only. A file without a column of sites is all this site's.

    Raises
    ------
    DataError
        The file is not as the measure declares. All findings are raised together.
    """
    if is_web(path):
        with fetched(str(path)) as file:
            return read_site_data(file, measure, site=site)
    data, findings = measure.data or MeasureData(), Findings()
    if data.students is not None and (data.incidents or data.denominator_from):
        raise DataError(
            "A measure counts students, or incidents, or rows with the denominator of another table: one of them",
            where=measure.name or "",
            cure="Leave out [data.students], or the other part.",
        )
    if data.students is not None:
        from inquirylab.store.site_data.students import read_students

        return read_students(Path(path), measure, site)
    _check_declaration(measure, data)
    seen: dict[str, dict[str, None]] = {}
    parts: list[Part] = []
    other = read_denominators(path, data, findings)
    for sheets in open_files(path, data.files, data.query, findings, without=_beside(data)):
        for plan in _plans(sheets, data, findings):
            if named := plan.sites:
                seen.setdefault(SITE, {}).update(dict.fromkeys(named))
                if site is not None and fold(site) not in map(fold, named):
                    continue
                plan = plan.of_site(site) if site is not None else plan
            try:
                parts.append(read_part(plan, data, site, seen, findings))
            except DataError as e:
                findings.take(e)
    _refuse_nothing(parts, data, site, seen, findings)
    findings.raise_all()
    if other is not None:
        parts = with_denominators(parts, data, other)
        if data.incidents is None:
            other.check(findings)
            findings.raise_all()
    whole = whole_of(parts, data)
    read = sum(p.read for p in parts)
    notes = [note for part in parts for note in part.notes]
    marks_beside: list[pd.DataFrame] = []
    used = len(whole.lines)
    if data.incidents is not None:
        whole, marks_beside, said = counted_incidents(whole, parts, data, other, findings)
        notes += said
    notes += other.said(site is not None) if other else []
    with ThreadPoolExecutor(1) as beside:  # while the rows are checked they are put together
        rows = None if data.cumulative else beside.submit(rows_of, whole)
        check_whole(whole, parts, measure, data, findings)
        findings.raise_all()
        marks = pd.concat(marks_beside, ignore_index=True) if marks_beside else marks_of(parts)
        if data.cumulative:
            whole, marks = with_differences(whole, marks, parts, data)
            if site is not None:
                whole, marks = of_site(whole, marks, site)
        notes += total_notes(whole)
        bounds = bounds_of(whole, marks, data) if data.censored == "interval" else pd.DataFrame()
        missing = missing_of(whole, marks)
        found = rows_of(whole) if rows is None else rows.result()
    return Reading(found, missing, _source(parts), read, used, tuple(notes), bounds)


def _check_declaration(measure: Measure, data: MeasureData) -> None:
    counts = data.value or data.numerator or data.incidents or "header" in (*data.date_from, data.site_from)
    if not (data.date or data.date_from) or not counts:
        raise DataError(
            "The measure does not say how its data file is read",
            where=measure.name or "",
            cure="Run `inquirylab data FILE`: it proposes the [data] part of the measure file.",
        )
    if data.censored == "from_counts" and not (data.numerator and (data.denominator or data.denominator_from)):
        raise DataError(
            "A rate can only be worked out from counts where the measure names them",
            where=measure.name or "",
            found='censored = "from_counts" without numerator and denominator',
            cure='Name both columns; where the file has none, say censored = "interval" or "left_out".',
        )


def _beside(data: MeasureData) -> tuple[str, ...]:
    """Return the files of the folder that hold other tables than the data."""
    other = data.denominator_from
    names = (other.file, other.through.file if other.through else None) if other else ()
    return tuple(n for n in names if n)


def _plans(sheets: list[Sheet], data: MeasureData, findings: Findings) -> list[Plan]:
    """Return what to read of a file: the sheets that the measure names, or the first that has the columns."""
    named = [s for s in sheets if data.sheets and chosen(s.sheet, data.sheets, ())]
    if data.sheets and not named and any(s.sheet for s in sheets):
        findings.add(
            f"There is no sheet {data.sheets[0]!r}",
            where=sheets[0].file,
            cure=did_you_mean(data.sheets[0], [s.sheet for s in sheets]),
        )
        return []
    names = names_of(data)
    tried: list[Findings] = []
    plans = []
    for sheet in named or sheets:
        said = Findings()
        try:
            plan = make_plan(sheet, find_header(sheet, data.header_line, data.header_lines, names), data, said)
        except DataError as e:
            said.take(e)
            plan = None
        if plan is not None:
            plans.append(plan)
            if not named and "sheet_name" not in (*data.date_from, data.site_from):
                return plans
        tried.append(said)
    if named or not plans:
        # Of sheets that were not named, the one that lacks the least says best what is wrong.
        for said in tried if named else sorted(tried, key=lambda f: len(f.errors))[:1]:
            findings.errors.extend(said.errors)
    return plans


def _refuse_nothing(
    parts: list[Part], data: MeasureData, site: str | None, seen: dict[str, dict[str, None]], findings: Findings
) -> None:
    """Refuse a reading without any row, and say which choice left none."""
    if findings.errors or any(len(p.lines) for p in parts):
        return
    before = len(findings.errors)
    for rule in data.rows:
        met = seen.get(rule.column or "", {})
        if rule.one_of and not any(fold(w) == fold(m) or "*" in w for w in rule.one_of for m in met):
            findings.add(
                f"No row has {rule.one_of[0]!r} in column {rule.column!r}",
                where=_source(parts),
                cure=did_you_mean(rule.one_of[0], met),
            )
    sites = seen.get(SITE, {})
    if site is not None and sites and not any(fold(s) == fold(site) for s in sites):
        findings.add(f"There is no site {site!r}", where=_source(parts), cure=did_you_mean(site, sites))
    if len(findings.errors) == before:
        findings.add(
            "No row of the file is a row of the measure",
            where=_source(parts),
            found=f"{sum(p.read for p in parts)} rows read",
            cure="Correct [[data.rows]] in the measure file.",
        )


def _source(parts: list[Part]) -> str:
    names = list(dict.fromkeys(p.plan.sheet.file for p in parts))
    if not names:
        return ""
    return names[0] if len(names) == 1 else f"{names[0]} … {names[-1]} ({len(names)} files)"
