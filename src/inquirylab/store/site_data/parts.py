"""One sheet's rows of a measure: chosen, dated, numbered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from inquirylab.record.types import MeasureData
from inquirylab.store.site_data.choosing import WITHIN, Kept, chosen, keep_rows, sites_of
from inquirylab.store.site_data.columns import Plan, without_parts
from inquirylab.store.site_data.dating import read_days
from inquirylab.store.site_data.denominators import Denominators
from inquirylab.store.site_data.findings import MOST_OF_A_KIND, Findings
from inquirylab.store.site_data.numbers import Numbers, read_numbers
from inquirylab.store.site_data.part_notes import notes_of
from inquirylab.store.site_data.table import Codes, Days, Floats, Lines, Mask, joined
from inquirylab.store.site_data.year_parts import days_of_parts

_NOTE = re.compile(r"(?:notes?|sources?|footnotes?|key|legend|quelle|fuente)\b|[*†‡§]|\(?\d\)|.{80}", re.I)
MOST_NOTES = 200


@dataclass(frozen=True)
class Part:
    """What one sheet holds of a measure; all arrays have one entry a row.

    Attributes
    ----------
    days
        Date of each row, ``datetime64[s]``.
    quantities
        Numerator, denominator, value -> numbers; nan where there is none.
    marks
        For each number column: its quantity, its name, its `Numbers`, and the part's row of each of their rows.
    """

    plan: Plan
    days: Days
    site: Codes
    groups: list[Codes]
    quantities: dict[str, Floats]
    marks: list[tuple[str, str, Numbers, Lines]]
    left_out: Codes
    lines: Lines
    read: int
    grains: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    texts: dict[str, Codes] = field(default_factory=dict)
    keys: Codes | None = None


def read_part(
    plan: Plan,
    data: MeasureData,
    site: str | None,
    seen: dict[str, dict[str, None]],
    findings: Findings,
) -> Part:
    """Read a sheet as planned.

    Parameters
    ----------
    plan
        Which columns are read.
    data
        The measure's declaration.
    site
        Keep the rows of this site only.
    seen
        Column -> texts met in it, for columns by which rows are chosen; filled here.
    findings
        Where findings are noted.
    """
    kept = keep_rows(plan, data, site, seen)
    columns = {str(p): a for p, a in kept.numbers.items()}
    decimal = {"point": ".", "comma": ","}.get(data.decimal or "")
    as_numbers = read_numbers(columns, data.marks, decimal, semicolons=plan.sheet.semicolons)
    numbers = dict(zip(kept.numbers, as_numbers.values(), strict=True))
    empty = _empty_rows(kept, numbers) if numbers else _nothing_but_a_note(kept)
    completed, undated = days_of_parts(plan, data, kept, findings, empty) if plan.parts else ({}, empty)
    days: Days
    if plan.parts:
        days, grains = np.full(len(kept.lines), np.datetime64("NaT", "s")), dict[str, int]()
    else:
        days, grains, undated = read_days(plan, data, kept, findings, empty)
    silent = empty.copy()
    for texts in kept.texts.values() if empty.any() else ():
        silent &= ~texts.mask(bool)
    foot = empty & (undated | _below_the_table(kept, empty)) & ~silent
    drop = foot | silent
    _note_strangers(plan, kept, numbers, ~drop, findings)
    return _melted(
        plan,
        data,
        kept,
        numbers,
        days,
        ~drop,
        grains,
        notes_of(plan, data, kept, numbers, foot),
        site,
        kept.read - int(silent.sum()),
        completed,
    )


def with_denominators(parts: Sequence[Part], data: MeasureData, other: Denominators) -> list[Part]:
    """Return parts with the denominators of another table; of incidents only its keys, as they are counted first."""
    parts = [replace(p, keys=other.keys_of(p.texts, p.site)) for p in parts]
    if data.incidents is not None:
        return parts
    for p in parts:
        other.look(p.keys or p.site, p.site, p.days)
    column = f"{other.declared.column} ({other.name})"
    tied = []
    for p in parts:
        numbers = other.of(p.keys or p.site, p.site, p.days)
        marks = [*p.marks, ("denominator", column, numbers, numbers.rows)]
        tied.append(replace(p, quantities=p.quantities | {"denominator": numbers.values}, marks=marks))
    return tied


def _nothing_but_a_note(kept: Kept) -> Mask:
    """Return the rows that say nothing where a measure has no number columns: blank, or one text that reads like a note."""
    told: Lines = np.zeros(len(kept.lines), np.int64)
    noted = np.zeros(len(kept.lines), dtype=bool)
    for texts in kept.texts.values():
        told += texts.mask(bool)
        noted |= texts.mask(lambda t: bool(_NOTE.match(t)))
    nothing: Mask = (told == 0) | ((told == 1) & noted)
    return nothing


def _below_the_table(kept: Kept, empty: Mask) -> Mask:
    """Return the last rows if they are notes: no number, and one text only, which reads like a note."""
    below = np.zeros(len(empty), dtype=bool)
    first = len(empty) - int(np.argmax(~empty[::-1])) if not empty.all() else len(empty)
    for row in range(first, min(len(empty), first + MOST_NOTES)):
        said = [t for c in kept.texts.values() if (t := c.texts[c.codes[row]])]
        below[row] = len(set(said)) == 1 and bool(_NOTE.match(said[0]))
    return below


def _empty_rows(kept: Kept, numbers: dict[int, Numbers]) -> Mask:
    """Return the rows in which every number column is blank."""
    empty = np.ones(len(kept.lines), dtype=bool)
    for column in numbers.values():
        blank = np.zeros(len(kept.lines), dtype=bool)
        is_blank = np.array([t == "" for t in column.texts], dtype=bool)
        if is_blank.any():
            blank[column.rows[is_blank[column.codes]]] = True
        empty &= blank
    return empty


def _note_strangers(
    plan: Plan,
    kept: Kept,
    numbers: dict[int, Numbers],
    wanted: Mask,
    findings: Findings,
) -> None:
    for position, column in numbers.items():
        unknown = np.array([m is None for m in column.marks], dtype=bool)
        if not unknown.any():
            continue
        rows, codes = column.rows, column.codes
        here = unknown[codes] & wanted[rows]
        strange = np.unique(codes[here])
        for code in strange[:MOST_OF_A_KIND]:
            same = rows[here & (codes == code)]
            text = column.texts[code]
            more = f" in {len(same)} rows" if len(same) > 1 else ""
            formula = text.startswith("=")
            findings.add(
                "A formula stands in place of its value" if formula else "A value is neither a number nor a known mark",
                where=f"{plan.sheet.name}, line {kept.lines[same[0]]}, column {plan.column_name(position)!r}",
                found=f"{text[:60]!r}{more}",
                cure="Open the file in a spreadsheet program, let it calculate, and save it."
                if formula
                else "Correct it, or say what it means with [[data.marks]].",
            )
        findings.more(len(strange), "texts are neither numbers nor known marks", plan.sheet.name)


def _melted(
    plan: Plan,
    data: MeasureData,
    kept: Kept,
    numbers: dict[int, Numbers],
    days: Days,
    wanted: Mask,
    grains: dict[str, int],
    notes: tuple[str, ...],
    site: str | None,
    read: int,
    completed: dict[str, Days],
) -> Part:
    """Return one row a period: columns of a wide table become rows, row by row."""
    count = len(plan.quantities)
    everything = bool(wanted.all())
    rows = slice(None) if everything else np.flatnonzero(wanted)
    length = (len(wanted) if isinstance(rows, slice) else len(rows)) * count
    new_row = None if everything else np.cumsum(wanted) - 1

    def spread(values: np.ndarray) -> np.ndarray:
        return np.repeat(values[rows], count) if count > 1 else values[rows]

    quantities: dict[str, Floats] = {}
    marks: list[tuple[str, str, Numbers, Lines]] = []
    when = spread(days)
    for i, columns in enumerate(plan.quantities):
        if columns.period is not None:
            part = plan.parts.get(columns.period)
            when[i::count] = np.datetime64(columns.period.day, "s") if part is None else completed[part][rows]
            grains = {columns.period.grain: plan.header.above, **grains}
        for quantity, position in columns.positions.items():
            column = numbers[position]
            if count == 1:
                quantities[quantity] = column.values[rows]
            else:
                quantities.setdefault(quantity, np.full(length, np.nan))[i::count] = column.values[rows]
            place = column.rows if new_row is None else np.where(wanted[column.rows], new_row[column.rows], -1)
            name = _column_name(plan, data, quantity, position)
            marks.append((quantity, name, column, place if count == 1 else np.where(place < 0, -1, place * count + i)))
    texts = {n: Codes(spread(c.codes), c.texts) for n, c in kept.texts.items()}
    named = _sites_beside(plan, length, site)
    sites = named if plan.site is None else sites_of(plan, data, texts)
    if plan.site is not None and data.site_from == "header":
        sites = joined([named, sites], WITHIN)
    return Part(
        plan, when, sites, [texts[n] for n in data.group], quantities, marks,
        _left_out(texts, data, len(when)), spread(kept.lines), read, grains, notes,
        texts if data.denominator_from else {},
    )  # fmt: skip


def _sites_beside(plan: Plan, length: int, site: str | None) -> Codes:
    """Return the sites that no column of texts holds: in the names of columns, of the file or sheet, or the only one."""
    beside = [c.site for c in plan.quantities]
    if any(beside):
        each = np.tile(np.arange(len(beside)), length // len(beside))
        return Codes(each, [s or "" for s in beside]).renamed([s or "" for s in beside])
    return Codes(np.zeros(length, np.int64), [site or "" if plan.above is None else plan.above])


def _column_name(plan: Plan, data: MeasureData, quantity: str, position: int) -> str:
    """Return the column's name in the file; where dates make it differ from column to column, without them."""
    name = plan.column_name(position)
    if data.site_from == "header":
        said = getattr(data, quantity) or "*"
        return quantity if "*" in said else said
    if "header" in data.date_from or "*" in (getattr(data, quantity) or ""):
        return without_parts(name, data.date_form or "date") or quantity
    return name


def _left_out(texts: dict[str, Codes], data: MeasureData, length: int) -> Codes:
    if not data.leave_out:
        return Codes(np.zeros(length, np.int8), [""])
    reasons = ["", *(rule.reason or "left out" for rule in data.leave_out)]
    codes = np.zeros(length, dtype=np.int64)
    for i, rule in enumerate(data.leave_out, 1):
        hit = texts[rule.column or ""].mask(lambda text, rule=rule: chosen(text, rule.one_of, ()))  # type: ignore[misc]
        codes[hit & (codes == 0)] = i
    return Codes(codes, reasons).renamed(reasons)
