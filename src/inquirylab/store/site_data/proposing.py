"""A declaration for an unknown file: the [data] part of a measure file, proposed for people to correct."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from inquirylab.definitions import load_form, read_toml
from inquirylab.errors import DataError
from inquirylab.record.answers import typed
from inquirylab.record.types import Measure
from inquirylab.store.site_data.choosing import chosen
from inquirylab.store.site_data.columns import fold
from inquirylab.store.site_data.dates import FORMS, find_form, find_form_of_parts, read_parts, read_period
from inquirylab.store.site_data.files import files_of, open_file, open_files
from inquirylab.store.site_data.findings import Findings
from inquirylab.store.site_data.header import find_header
from inquirylab.store.site_data.lost_zeros import full_width
from inquirylab.store.site_data.pairing import quantity_answers, wide_columns
from inquirylab.store.site_data.recognising import Column, Recognised, file_kind, recognise_sheet
from inquirylab.store.site_data.table import Mask, combined_key

_SITE = (
    "school name",
    "site",
    "school",
    "la_name",
    "institution",
    "provider",
    "district name",
    "district",
    "name",
    "site name",
    "schule",
    "école",
    "escuela",
    "class",
)
_GROUP = re.compile(r"race|ethnic|gender|sex|group|grade|type|phase|level|disab|language|subject|band|category", re.I)
_PART = re.compile(r"week|month|term|quarter|period|semester|woche|monat|mois|mes|semaine|semana", re.I)
_ALL = re.compile(
    r"(grand |sub)?total.*|all|all .*(schools|sites|districts|pupils|students|groups)"
    r"|state|statewide|national|overall|regional",
    re.I,
)


@dataclass(frozen=True)
class Proposal:
    """What was recognised, and the measure file that follows from it.

    Attributes
    ----------
    recognised
        The sheet that was looked at.
    toml
        A measure file, to be corrected and kept.
    notes
        What to look at before trusting it.
    """

    recognised: Recognised
    toml: str
    notes: tuple[str, ...]

    def measure(self) -> Measure:
        """Return the proposal as a measure."""
        return typed(load_form("measure"), read_toml(self.toml.encode(), "proposal"), "proposal")  # type: ignore[no-any-return]


def propose(place: str | Path, query: str | None = None) -> Proposal:
    """Look at a file, or at the largest set of like-named files of a folder, and propose how a measure reads it.

    Raises
    ------
    DataError
        Nothing in the place can be read.
    """
    findings = Findings()
    files = _like_named(Path(place)) if not isinstance(place, str) or "://" not in place else []
    opened = [open_file(files[0], query)] if files else open_files(place, (), query, findings)
    sheets = [s for sheets in opened for s in sheets]
    tried = []
    for sheet in sheets:
        try:
            tried.append(recognise_sheet(sheet))
        except DataError as e:
            findings.take(e)
    if not tried:
        findings.raise_all()
    best = max(tried, key=lambda r: (len(r.of_role("number")) > 0, r.rows * max(len(r.columns), 1)))
    alike = [r.sheet.sheet for r in tried if r.header.names == best.header.names and r.rows]
    lines, notes = _declaration(best, files, alike if len(sheets) > 1 else [])
    return Proposal(best, "\n".join(lines) + "\n", tuple(notes))


def _like_named(place: Path) -> list[Path]:
    files = files_of(place, ())
    kinds: dict[str, list[Path]] = {}
    for file in files:
        kinds.setdefault(file_kind(file), []).append(file)
    return max(kinds.values(), key=len)


def _declaration(found: Recognised, files: Sequence[Path], sheets: Sequence[str]) -> tuple[list[str], list[str]]:
    notes: list[str] = []
    answers: dict[str, object] = {}
    if len(files) > 1:
        answers["files"] = [_pattern([f.name for f in files])]
    if found.decimal == ",":
        answers["decimal"] = "comma"
    answers |= _date_answers(found, notes)
    answers |= _site_answers(found, notes) or _named_sites(answers, sheets, notes)
    if found.sheet.sheet and sheets and "sheet_name" not in (answers.get("site_from"), *answers.get("date_from", [])):  # type: ignore[misc]
        answers["sheets"] = [found.sheet.sheet]
    quantities, kind = quantity_answers(found)
    answers |= quantities
    answers |= _choice_answers(found, answers, notes)
    if within := _within(found, answers):
        answers["site_within"] = within
    if renamed := _renamed(found, files[1:], _names(answers)):
        answers["renamed"] = renamed
    if marks := _mark_answers(found, quantities):
        answers["marks"] = marks
        notes.append("Some marks are not known: say what they mean in place of the first meaning that stands there.")
    name = str(next(iter(quantities.values()), found.sheet.file))
    lines = ["# How to read this file. Proposed from what stands in it: correct what is wrong, then keep it.", ""]
    lines += [f"name = {_toml(name)}", f"kind = {_toml(kind)}", "", "[data]"]
    return lines + [f"{key} = {_toml(value)}" for key, value in answers.items()], notes


def _pattern(names: Sequence[str]) -> str:
    """Return one pattern for like-named files: what differs becomes ``*``.

    Examples
    --------
    >>> _pattern(["rates_2009-10_race.csv", "rates_2010-11_race.csv"])
    'rates_20*_race.csv'
    """
    start = names[0]
    end = names[0]
    for name in names[1:]:
        while not name.startswith(start):
            start = start[:-1]
        while not name.endswith(end):
            end = end[1:]
    return start + "*" + end if len(start) + len(end) <= min(map(len, names)) else start + "*"


def _date_answers(found: Recognised, notes: list[str]) -> dict[str, object]:
    columns = found.of_role("date")
    finer = [c for c in columns if c.form not in ("year", "school_year") and c.distinct > 1]
    pair = None if finer else _year_and_part(found)
    if pair:
        return {"date": [pair[0].name, pair[1].name], "date_form": pair[2]}
    if wide := wide_columns(found):
        return {"date_from": ["header"], "date_form": wide[0]}
    if columns:
        best = max(
            columns,
            key=lambda c: (
                c in finer,
                c.distinct > 1,
                bool(re.search("date|week|time|year", c.name, re.I)),
                -c.position,
            ),
        )
        if " or " in best.form:
            notes.append(f"{best.name!r} could be day or month first: day_first is a guess.")
        return {"date": [best.name], "date_form": best.form.split(" or ")[0]}
    places = {
        "title": " ".join(found.header.title),
        "file_name": found.sheet.file.rsplit(".", 1)[0],
        "sheet_name": found.sheet.sheet,
    }
    for place, text in places.items():
        form: str | None = find_form([text], inside=True) if text else None
        form = form or ("school_year" if read_period(text, "school_year", inside=True) else None)
        if form and read_period(text, form, inside=True):
            return {"date_from": [place], "date_form": form}
    notes.append("No date was found: name its column as date, or say with date_from where it stands.")
    return {"date": ["?"]}


def _year_and_part(found: Recognised) -> tuple[Column, Column, str] | None:
    """Return a column of years and one of weeks, months or terms that completes it."""
    for year in found.columns:
        if not (year.role == "date" and year.form in ("year", "school_year")):
            continue
        for part in found.columns:
            named = part.role == "text" or _PART.search(part.name)
            if part is year or not named or part.codes is None or year.codes is None or part.distinct > 60:
                continue
            rows = np.unique(np.stack([year.codes.codes[:5000], part.codes.codes[:5000]]), axis=1)
            both = [[year.codes.texts[a], part.codes.texts[b]] for a, b in rows.T]
            form = find_form_of_parts(both)
            if form in ("iso_week", "month", "term", "quarter") and all(read_parts(b, form) for b in both if all(b)):
                return year, part, form
    return None


def _site_answers(found: Recognised, notes: list[str]) -> dict[str, object]:
    texts = found.of_role("text") + found.of_role("code")
    many = [c for c in texts if c.distinct > 1]

    def rank(column: Column) -> tuple[int, int]:
        name = fold(column.name)
        place = next((i for i, s in enumerate(_SITE) if name == s), None)
        if place is None:
            place = next((20 + i for i, s in enumerate(_SITE) if s in name and "type" not in name), 99)
        return (place + (30 if column.role == "code" else 0), -column.distinct)

    best = min(many, key=rank, default=None)
    if best is not None and rank(best)[0] >= 99:
        notes.append(f"{best.name!r} is taken as the site, as no column has a name for it.")
    if best is None:
        return {}
    if not (found_width := full_width(best, found.of_role("text") + found.of_role("code"))):
        return {"site": best.name}
    width, shown = found_width
    notes.append(f"Codes in {best.name!r} seem to have lost zeros in front: {shown}. Without site_width they stay so.")
    return {"site": best.name, "site_width": width}


def _named_sites(answers: dict[str, object], sheets: Sequence[str], notes: list[str]) -> dict[str, object]:
    """Propose sheets as sites where several are alike, no column tells the site, and their names are no dates."""
    if len(sheets) > 1 and "sheet_name" not in answers.get("date_from", []) and not _dated(sheets):  # type: ignore[operator]
        notes.append(f"Each sheet is taken as a site: {', '.join(map(repr, sheets[:4]))}.")
        return {"site_from": "sheet_name"}
    notes.append("No column of sites was found: the whole file is read as one site's.")
    return {}


def _dated(names: Sequence[str]) -> bool:
    return any(read_period(name, form, inside=True) for name in names for form in FORMS)


def _within(found: Recognised, answers: dict[str, object]) -> list[str]:
    """Return the fewest columns that tell sites of the same name apart: those after which no date comes twice."""
    by_name = {c.name: c for c in found.columns}
    named = [c for n in _names(answers) if (c := by_name.get(n)) and c.role in ("text", "code", "date")]
    if not named or "site" not in answers or not found.rows:
        return []
    keep = np.ones(found.rows, dtype=bool)
    for rule in answers.get("rows", []):  # type: ignore[attr-defined]
        codes = by_name[rule["column"]].codes
        if codes is not None:
            keep &= codes.mask(lambda text, rule=rule: chosen(text, (), rule["none_of"]))  # type: ignore[misc]
    others = [c for c in found.columns if c.role in ("code", "text") and c not in named and c.distinct > 1]
    chosen_columns: list[Column] = []
    while (doubles := _doubles([*named, *chosen_columns], keep)) and others and len(chosen_columns) < 3:
        best = min(others, key=lambda c: (_doubles([*named, *chosen_columns, c], keep), c.distinct))
        if _doubles([*named, *chosen_columns, best], keep) == doubles:
            break
        chosen_columns.append(best)
        others.remove(best)
    return [c.name for c in sorted(chosen_columns, key=lambda c: c.position)]


def _doubles(columns: Sequence[Column], keep: Mask) -> int:
    codes = [c.codes for c in columns if c.codes is not None]
    key = combined_key([c.codes for c in codes], [len(c.texts) for c in codes])[keep]
    return len(key) - len(np.unique(key))


def _choice_answers(found: Recognised, answers: dict[str, object], notes: list[str]) -> dict[str, object]:
    """Propose groups, and rows to leave out that look like totals."""
    taken = set(_names(answers))
    few = [c for c in found.of_role("text") if c.name not in taken and 1 < c.distinct <= 12 and _GROUP.search(c.name)]
    groups = [c for c in few if c.codes and sum(bool(t) and not _ALL.fullmatch(t) for t in c.codes.texts) > 1]
    more: dict[str, object] = {}
    if groups:
        more["group"] = [c.name for c in groups[:2]]
    rows = []
    for column in [*few, *(c for c in found.columns if c.name in taken and c.role in ("text", "code"))]:
        totals = [t for t in (column.codes.texts if column.codes else []) if _ALL.fullmatch(t)]
        if totals and len(totals) < column.distinct:
            rows.append({"column": column.name, "none_of": totals if len(totals) <= 8 else [_pattern(totals)]})
            notes.append(f"{', '.join(map(repr, totals[:4]))} in {column.name!r} look like totals: they are left out.")
    if rows:
        more["rows"] = rows
    return more


def _names(answers: dict[str, object]) -> list[str]:
    named = [answers[k] for k in ("date", "site_within", "group") if k in answers]
    plain = [answers[k] for k in ("site", "numerator", "denominator", "value") if k in answers]
    return [str(n) for part in named if isinstance(part, list) for n in part] + [str(n) for n in plain]


def _renamed(found: Recognised, others: Sequence[Path], names: list[str]) -> list[dict[str, object]]:
    """Return the columns that other files call otherwise: at the same place, with most of the header alike."""
    renamed: dict[str, dict[str, None]] = {}
    for file in others:
        try:
            header = find_header(open_file(file)[0])
        except DataError:
            continue
        theirs = {fold(n) for n in header.names}
        for name in names:
            place = next((i for i, n in enumerate(found.header.names) if n == name), None)
            if place is None or fold(name) in theirs or place >= len(header.names):
                continue
            other = header.names[place]
            if other and fold(other) not in {fold(n) for n in found.header.names}:
                renamed.setdefault(name, {})[other] = None
    return [{"column": name, "also": list(also)} for name, also in renamed.items()]


def _mark_answers(found: Recognised, quantities: dict[str, object]) -> list[dict[str, object]]:
    names = set(quantities.values())
    unknown = dict.fromkeys(m for c in found.columns if c.name in names for m, (kind, _) in c.marks.items() if not kind)
    return [{"mark": mark, "means": "missing"} for mark in unknown]


def _toml(value: object) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return str(value)
