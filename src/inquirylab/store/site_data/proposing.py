"""A declaration for an unknown file: the [data] part of a measure file, proposed for people to correct."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from inquirylab.definitions import load_form, read_toml
from inquirylab.errors import DataError
from inquirylab.record.answers import typed
from inquirylab.record.types import Measure
from inquirylab.store.site_data.alike import like_files, pattern_of
from inquirylab.store.site_data.columns import fold, without_parts
from inquirylab.store.site_data.date_answers import DAYS, date_answers
from inquirylab.store.site_data.files import open_file, open_files
from inquirylab.store.site_data.filling import filled_down, looks_filled_down
from inquirylab.store.site_data.findings import Findings
from inquirylab.store.site_data.header import find_header
from inquirylab.store.site_data.naming import looks_like_a_total
from inquirylab.store.site_data.pairing import (
    RATE,
    columns_of_a_year,
    quantities_of_sites,
    quantity_answers,
    wide_columns,
)
from inquirylab.store.site_data.recognising import Column, Recognised, recognise_sheet
from inquirylab.store.site_data.site_answers import named_sites, names_in, site_answers, width_answers, within_answer
from inquirylab.store.site_data.table import as_codes
from inquirylab.store.site_data.web import fetched, is_web

_GROUP = re.compile(r"race|ethnic|gender|sex|group|grade|type|phase|level|disab|language|subject|band|category", re.I)
_QUANTITY = re.compile(r"indicator|measure|metric|variable|statistic|kennzahl|indicateur|indicador", re.I)
_HINT = [
    "",
    "# If the denominator stands in another table, such as enrolment in a workbook of its own:",
    "# [data.denominator_from]",
    '# file = "enrolment.xlsx"                  # beside this file',
    '# column = "Pupils"',
    '# on = [{ there = "School" }]               # the column that names the site there; add column = for others of this file',
    '# date = "School year"                     # if it has a row for each year',
]


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
    if is_web(place):
        with fetched(str(place)) as file:
            return propose(file, query)
    findings = Findings()
    files = like_files(Path(place)) if not isinstance(place, str) or "://" not in place else []
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


def _declaration(found: Recognised, files: Sequence[Path], sheets: Sequence[str]) -> tuple[list[str], list[str]]:
    notes: list[str] = []
    answers: dict[str, object] = {}
    if len(files) > 1:
        answers["files"] = [pattern_of([f.name for f in files])]
    if found.decimal == ",":
        answers["decimal"] = "comma"
    found, blocks = _blocks_filled(found)
    answers |= date_answers(found, notes)
    answers |= site_answers(found, files, sheets, notes)
    answers |= named_sites(answers, found, files, sheets, notes)
    if found.sheet.sheet and sheets and "sheet_name" not in (answers.get("site_from"), *answers.get("date_from", [])):  # type: ignore[misc]
        answers["sheets"] = [found.sheet.sheet]
    taken = [str(n) for n in answers.get("date", []) if n != "?"]  # type: ignore[attr-defined]
    if answers.get("site_from") == "header":
        quantities, kind = quantities_of_sites(found, taken)
    else:
        quantities, kind = quantity_answers(found, taken, "header" in answers.get("date_from", []))  # type: ignore[operator]
    if incidents := _incidents(found, quantities, taken, notes):
        quantities, kind = incidents, "count"
    answers |= quantities
    answers |= _choice_answers(found, answers, notes)
    if "incidents" not in answers and (within := within_answer(found, answers)):
        answers["site_within"] = within
    if fill := [c for c in blocks if c in names_in(answers)]:
        answers["fill_down"] = fill
        notes.append(
            f"{', '.join(map(repr, fill))} stands in the first row of each block only: it is taken for those below."
        )
    if widths := width_answers(found, names_in(answers), answers, notes):
        answers["widths"] = widths
    if renamed := _renamed(found, files[1:], names_in(answers)):
        answers["renamed"] = renamed
    if marks := _mark_answers(found, quantities):
        answers["marks"] = marks
        shown = ", ".join(repr(m["mark"]) for m in marks[:4])
        notes.append(f"What some marks mean is not known ({shown}): say it in place of the meaning that stands there.")
    name = str(
        next(
            (q for q in quantities.values() if isinstance(q, str) and q not in ("*", "?")),
            found.sheet.file.rsplit(".", 1)[0],
        )
    )
    lines = ["# How to read this file. Proposed from what stands in it: correct what is wrong, then keep it.", ""]
    lines += [f"name = {_toml(name)}", f"kind = {_toml(kind)}"]
    lines += ['unit = "%"'] if kind == "proportion" or _per_cent(found, quantities) else []
    lines += ["", "[data]"]
    lines += [f"{key} = {_toml(value)}" for key, value in answers.items()]
    return lines + (_HINT if "denominator" not in quantities and kind == "count" else []), notes


def _blocks_filled(found: Recognised) -> tuple[Recognised, list[str]]:
    """Return the sheet with columns that name each block of rows once filled from above, and which these are."""
    # Comments stand behind the numbers, and are no names of blocks.
    first = min((c.position for c in found.of_role("number")), default=len(found.columns))
    left = [c for c in found.columns if c.role in ("text", "code", "date") and c.position < first]
    blocks = [c.name for c in left if c.codes and looks_filled_down(c.codes)]
    coded = [(c, c.codes) for c in found.columns if c.codes]
    if not blocks or len(blocks) == len(coded):
        return found, []
    which = {i for i, (c, _) in enumerate(coded) if c.name in blocks}
    full = filled_down([codes.to_text() for _, codes in coded], which, {})
    codes = {c.name: as_codes(full[i]) for i, (c, _) in enumerate(coded) if i in which}
    columns = [replace(c, codes=codes.get(c.name, c.codes)) for c in found.columns]
    return replace(found, columns=columns), blocks


def _incidents(
    found: Recognised, quantities: dict[str, object], dates: Sequence[str], notes: list[str]
) -> dict[str, object] | None:
    """Propose to count rows where a file has days and texts but no number."""
    days = [c for c in found.of_role("date") if c.name in dates and c.form in DAYS]
    if quantities != {"value": "?"} or not days or found.rows <= days[0].distinct:
        return None
    notes.append(
        "No column is a number: each row is taken as an incident, and rows are counted for each week. Say with "
        "complete = [{ since = …, until = … }] when every incident was reported: only there is a week without a row a zero."
    )
    return {"incidents": {"per": "week"}}


def _per_cent(found: Recognised, quantities: dict[str, object]) -> bool:
    """Say whether the value is written as per cent: in its column's name, or beside its numbers."""
    columns = _columns_of(found, {"value": quantities.get("value")})
    return bool(columns) and all("%" in c.name or any(t.endswith("%") for t in c.examples) for c in columns)


def _columns_of(found: Recognised, quantities: dict[str, object]) -> list[Column]:
    """Return the columns that hold quantities, of a wide table too, where they are called so beside their dates."""
    names = {q for q in quantities.values() if isinstance(q, str)}
    plain = [c for c in found.columns if c.name in names]
    if plain:
        return plain
    wide = wide_columns(found) or columns_of_a_year(found)
    if wide is None:
        return found.of_role("number") if "*" in names else []
    rests = {"" if name == "*" else name for name in names}
    return [c for c in found.of_role("number") if without_parts(c.name, wide[0]) in rests]


def _choice_answers(found: Recognised, answers: dict[str, object], notes: list[str]) -> dict[str, object]:
    """Propose groups, and rows to leave out that look like totals."""
    taken = set(names_in(answers))
    few = [c for c in found.of_role("text") if c.name not in taken and 1 < c.distinct <= 12 and _GROUP.search(c.name)]
    groups = [c for c in few if c.codes and sum(bool(t) and not looks_like_a_total(t) for t in c.codes.texts) > 1]
    more: dict[str, object] = {}
    if groups:
        more["group"] = [c.name for c in groups[:2]]
    rows: list[dict[str, object]] = []
    for column in [*few, *(c for c in found.columns if _names_sites(c, taken, found, answers))]:
        totals = [t for t in (column.codes.texts if column.codes else []) if looks_like_a_total(t)]
        if totals and len(totals) < column.distinct and column.name not in {row["column"] for row in rows}:
            rows.append({"column": column.name, "none_of": totals if len(totals) <= 8 else [pattern_of(totals)]})
            look = "look like totals: they are" if len(totals) > 1 else "looks like a total: it is"
            notes.append(f"{', '.join(map(repr, totals[:4]))} in {column.name!r} {look} left out.")
    for column in found.of_role("text"):
        several = [t for t in column.codes.texts if t] if column.codes and _QUANTITY.search(column.name) else []
        if 1 < len(several) <= 40 and column.name not in taken:
            rows.append({"column": column.name, "one_of": several[:1]})
            notes.append(f"{column.name!r} says what the number is: {', '.join(map(repr, several[:6]))}. Choose one.")
    if rows:
        more["rows"] = rows
    return more


def _names_sites(column: Column, taken: set[str], found: Recognised, answers: dict[str, object]) -> bool:
    """Say whether totals in a column are rows to leave out: it is used, or its totals have no date."""
    if column.role not in ("text", "code") or column.codes is None:
        return False
    if column.name in taken:
        return True
    dates = [c for c in found.columns if c.name in answers.get("date", ()) and c.codes is not None]  # type: ignore[operator]
    totals = column.codes.mask(looks_like_a_total)
    site = next((c for c in found.columns if c.name == answers.get("site") and c.codes is not None), None)
    if site is not None and site.codes is not None and totals.any() and not site.codes.mask(bool)[totals].any():
        return True  # a total that names no site
    return bool(dates and totals.any()) and not any(c.codes.mask(bool)[totals].any() for c in dates if c.codes)


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
    columns = _columns_of(found, quantities)
    unknown = dict.fromkeys(m for c in columns for m, (kind, _) in c.marks.items() if not kind)
    stand_in = dict.fromkeys(text for c in columns for text in _below_zero(c))
    return [{"mark": mark, "means": "missing"} for mark in (*unknown, *stand_in)]


def _below_zero(column: Column) -> list[str]:
    """Return the numbers below zero that stand for something else: any in a rate, and -9, -99, -888 among counts."""
    if column.codes is None or column.values is None or not (column.values >= 0).any():
        return []
    below = [t for t in column.codes.texts if re.fullmatch(r"-\d+(\.0+)?", t)]
    stand_in = [t for t in below if RATE.search(column.name) or re.fullmatch(r"-(9+|8+|7+)(\.0+)?", t)]
    return stand_in if len(stand_in) == len(np.unique(column.values[column.values < 0])) <= 4 else []


def _toml(value: object) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return str(value)
