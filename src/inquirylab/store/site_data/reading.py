"""From a file, as its measure declares it, to rows that a measure can trust."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from inquirylab.errors import DataError, did_you_mean
from inquirylab.record.types import Measure, MeasureData
from inquirylab.store.site_data.dates import read_date
from inquirylab.store.site_data.delimited import read_delimited
from inquirylab.store.site_data.findings import Findings
from inquirylab.store.site_data.numbers import read_numbers
from inquirylab.store.site_data.table import Table

QUANTITIES = ("numerator", "denominator", "value")
SITE_NAMES = ("site", "school", "school name", "site name")


@dataclass(frozen=True)
class Reading:
    """What a file says about a measure.

    Attributes
    ----------
    rows
        One row for each usable or left-out row of the file, in the file's order: date (datetime64; the Monday of an
        ISO week), site, one column for each column of the measure's group, numerator, denominator, value (float; those
        that the measure has), left_out (the reason, "" when the row counts), line (in the file).
    missing
        One row for each value that is not a number: date, site, group columns, column (as the file calls it),
        kind (missing, not_applicable, suppressed or censored), mark (as written), lower, upper (what a censored value
        lies between), count.
    source
        Names of the files, as people may see them.
    read, used
        How many rows the file has, and how many of them are rows of this measure.
    """

    rows: pd.DataFrame
    missing: pd.DataFrame
    source: str
    read: int
    used: int


def read_site_data(path: str | Path, measure: Measure, *, site: str | None = None) -> Reading:
    """Read a site's data file, or all files of a folder as one series.

    Parameters
    ----------
    path
        A file, or a folder of which all data files are read in the order of their names.
    measure
        The measure; its ``data`` says how the file is read.
    site
        Keep the rows of this site only. A file without a column of sites is all this site's.

    Raises
    ------
    DataError
        The file is not as the measure declares. All findings are raised together.
    """
    data, path, findings = measure.data or MeasureData(), Path(path), Findings()
    _check_declaration(measure, data)
    tables = [read_delimited(file) for file in _files(path)]
    parts: list[pd.DataFrame] = []
    missing: list[pd.DataFrame] = []
    for table in tables:
        part = _part(table, data, site, findings)
        if part is not None:
            parts.append(part[0])
            missing.append(part[1])
    if (
        site is not None
        and not findings.errors
        and parts
        and not any(len(p) for p in parts)
        and not any(map(len, missing))
    ):
        _refuse_site(tables, data, site, findings)
    findings.raise_all()
    rows = pd.concat(parts, ignore_index=True)
    _check_rows(rows, measure, data, findings)
    findings.raise_all()
    read = sum(len(t) for t in tables)
    source = tables[0].name if len(tables) == 1 else f"{tables[0].name} … {tables[-1].name}"
    gone = pd.concat(missing, ignore_index=True)
    keys = [c for c in gone.columns if c != "count"]
    if len(gone):
        gone = gone.groupby(keys, sort=False, dropna=False)[["count"]].sum().reset_index()
    used = sum(p.attrs["used"] for p in parts)
    return Reading(rows.drop(columns="file"), gone, source, read, used)


def _check_declaration(measure: Measure, data: MeasureData) -> None:
    if not data.date or not (data.value or data.numerator):
        raise DataError(
            "The measure does not say how its data file is read",
            where=measure.name or "",
            cure="Run `inquirylab data FILE`: it proposes the [data] part of the measure file.",
        )


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        files = sorted(p for p in path.iterdir() if p.suffix.casefold() in (".csv", ".tsv", ".txt"))
        if not files:
            raise DataError("The folder has no data file", where=path.name, cure="Put the CSV files into it.")
        return files
    if not path.is_file():
        raise DataError(
            "There is no such data file",
            where=path.name,
            cure=did_you_mean(path.name, [p.name for p in path.parent.glob("*.*")] if path.parent.is_dir() else []),
        )
    return [path]


def _site_column(table: Table, data: MeasureData) -> str | None:
    if data.site:
        return data.site
    return next((h for h in table.header if h.strip().casefold() in SITE_NAMES), None)


def _part(
    table: Table, data: MeasureData, site: str | None, findings: Findings
) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Return one file's rows and what is missing in them."""
    before = len(findings.errors)
    site_column = _site_column(table, data)
    quantities = {q: name for q in QUANTITIES if (name := getattr(data, q))}
    needed = [*data.date, *data.group, *quantities.values(), *([site_column] if site_column else [])]
    needed += [rule.column or "" for rule in data.rows] + [rule.column or "" for rule in data.leave_out]
    columns = {name: column for name in dict.fromkeys(needed) if (column := table.column(name, findings)) is not None}
    if len(findings.errors) > before:
        return None
    mask = pa.chunked_array([np.ones(len(table), bool)])
    for wanted in data.rows:
        mask = pc.and_(mask, pc.is_in(columns[wanted.column or ""], pa.array(wanted.one_of, pa.string())))
    if site is not None and site_column:
        mask = pc.and_(mask, pc.equal(columns[site_column], site))
    names = list(columns)
    kept = Table(table.name, names, [columns[n] for n in names], table.lines).keep(mask)
    columns = dict(zip(names, kept.columns, strict=True))
    rows = pd.DataFrame({"date": _dates(kept, columns, data, findings)})
    rows["site"] = columns[site_column].to_pandas().to_numpy() if site_column else (site or "")
    for name in data.group:
        rows[name] = columns[name].to_pandas().to_numpy()
    keys = list(rows.columns)
    marks = []
    for quantity, name in quantities.items():
        numbers = read_numbers(columns[name], data.marks)
        rows[quantity] = numbers.values
        marks.append(numbers.marks.assign(column=name))
        for row, text in numbers.strangers.itertuples(index=False):
            findings.add(
                "A value is neither a number nor a known mark",
                where=kept.where(int(row), name),
                found=repr(text),
                cure="Correct it, or say what it means with [[data.marks]].",
            )
    rows["left_out"] = _left_out(columns, data, len(kept))
    rows["line"], rows["file"] = kept.lines, table.name
    gone = pd.concat(marks, ignore_index=True)
    gone = pd.concat([rows.loc[gone["row"].astype(int), keys].reset_index(drop=True), gone], axis=1)
    gone = gone[[*keys, "column", "kind", "mark", "lower", "upper"]].assign(count=1)
    usable = rows[list(quantities)].notna().all(axis=1)
    rows = rows[usable]
    rows.attrs["used"] = len(kept)
    return rows, gone


def _left_out(columns: dict[str, pa.ChunkedArray], data: MeasureData, length: int) -> np.ndarray:
    reasons = np.full(length, "", dtype=object)
    for rule in data.leave_out:
        hit = pc.is_in(columns[rule.column or ""], pa.array(rule.one_of, pa.string())).to_numpy()
        reasons[hit & (reasons == "")] = rule.reason or "left out"
    return reasons


def _dates(table: Table, columns: dict[str, pa.ChunkedArray], data: MeasureData, findings: Findings) -> np.ndarray:
    """Return each row's date: every distinct text is read once."""
    parts = [columns[name] for name in data.date]
    joined = pc.binary_join_element_wise(*parts, "\x1f").combine_chunks().dictionary_encode()
    texts = joined.dictionary.to_pylist()
    form = data.date_form or "date"
    read = [read_date(tuple(t.split("\x1f")), form) for t in texts]
    codes = joined.indices.to_numpy()
    for i, (text, day) in enumerate(zip(texts, read, strict=True)):
        if day is None:
            findings.add(
                "A date cannot be",
                where=table.where(int(np.argmax(codes == i)), "', '".join(data.date)),
                found=repr(text.replace("\x1f", " ")),
                cure="Correct it, or name the form of the date as date_form in the measure file.",
            )
    return np.array(read, dtype="datetime64[s]")[codes] if texts else np.array([], dtype="datetime64[s]")


def _refuse_site(tables: list[Table], data: MeasureData, site: str, findings: Findings) -> None:
    known: dict[str, None] = {}
    for table in tables:
        if name := _site_column(table, data):
            column = table.column(name, findings)
            known.update(dict.fromkeys(column.unique().to_pylist() if column is not None else []))
    if known and site not in known:
        findings.add(f"There is no site {site!r}", where=tables[0].name, cure=did_you_mean(site, known))


def _check_rows(rows: pd.DataFrame, measure: Measure, data: MeasureData, findings: Findings) -> None:
    if measure.kind == "proportion" and {"numerator", "denominator"} <= set(rows):
        for row in rows[rows["numerator"] > rows["denominator"]].itertuples():
            findings.add(
                "The numerator is above the denominator",
                where=f"{row.file}, line {row.line}, columns {data.numerator!r} and {data.denominator!r}",
                found=f"{row.numerator:g} of {row.denominator:g}",
                cure="In a proportion every one counted above the line is counted below it: correct the file.",
            )
    keys = ["date", "site", *data.group]
    again = rows.duplicated(keys, keep=False)
    if again.any():
        for key, same in rows[again].groupby(keys, sort=False):
            where = ", ".join(f"{r.file}, line {r.line}" for r in same.itertuples())
            found = ", ".join([str(key[0])[:10], *map(str, key[1:])])
            findings.add(
                "Two rows are the same date, site and group",
                where=where,
                found=found,
                cure="Name the column that tells them apart as group, or choose rows with [[data.rows]].",
            )
