"""What the columns of an unknown file are: dates, sites, groups, numbers, codes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np

from inquirylab.errors import DataError
from inquirylab.store.site_data.columns import told_apart
from inquirylab.store.site_data.dates import find_form_of_parts, holds_a_period, read_parts
from inquirylab.store.site_data.header import Header, find_header
from inquirylab.store.site_data.marks import looks_like_a_number, read_mark
from inquirylab.store.site_data.numbers import find_decimal, read_numbers
from inquirylab.store.site_data.table import Codes, Floats, Sheet, as_codes

MOST_ROWS = 200_000
_CODE = re.compile(r"\b(code|id|ids|urn|zip|postcode|phone|ein|leaid|ncesid)\b|\b(number|no|nr|num)\.?$|#|code$", re.I)
_WHEN = re.compile(
    r"year|date|week|month|term|period|day|time|quarter|semester|cycle|jahr|année|annee|\baño\b|datum|fecha|\bjour\b",
    re.I,
)


@dataclass(frozen=True)
class Column:
    """One column as it was recognised.

    Attributes
    ----------
    role
        date, number, code, text or empty.
    form
        For a date: its form.
    distinct, examples
        How many different texts it holds, and some of them.
    marks
        What stands in place of numbers: mark -> (meaning, how often); the meaning is "" where nobody has said.
    values
        For a number: the values, nan where there is none.
    """

    name: str
    position: int
    role: str
    form: str = ""
    distinct: int = 0
    examples: tuple[str, ...] = ()
    marks: dict[str, tuple[str, int]] = field(default_factory=dict)
    values: Floats | None = None
    codes: Codes | None = None


@dataclass(frozen=True)
class Recognised:
    """A sheet as it was recognised."""

    sheet: Sheet
    header: Header
    rows: int
    columns: list[Column]
    decimal: str

    def of_role(self, role: str) -> list[Column]:
        """Return the columns of a role, in the order of the file."""
        return [c for c in self.columns if c.role == role]


def recognise_sheet(sheet: Sheet, most_rows: int = MOST_ROWS) -> Recognised:
    """Return what a sheet's columns are, judged by all rows, or the first `most_rows` of a large file."""
    header = find_header(sheet)
    positions = [i for i, name in enumerate(header.names) if name]
    if not positions:
        raise DataError("The sheet has no header", where=sheet.name, cure="Say where it stands with header_line.")
    found: list[list[Codes]] = []
    rows = 0
    for batch in islice(sheet.take(header.above, positions, []), 1 + most_rows // 2**15):
        found.append([as_codes(c) for c in batch.columns])
        rows += len(batch.lines)
        if rows >= most_rows:
            break
    columns = [_below([b[i] for b in found]) for i in range(len(positions))] if found else []
    decimal = find_decimal((t for c in columns for t in c.texts if len(t) < 24), semicolons=sheet.semicolons)
    names = told_apart(header.names)
    recognised = [_column(names[p], p, c, decimal) for p, c in zip(positions, columns, strict=False)]
    return Recognised(sheet, header, rows, recognised, decimal)


def _below(parts: list[Codes]) -> Codes:
    texts = list(dict.fromkeys(t for p in parts for t in p.texts))
    place = {t: i for i, t in enumerate(texts)}
    codes = [np.array([place[t] for t in p.texts], np.int64)[p.codes] if p.texts else p.codes for p in parts]
    return Codes(np.concatenate(codes), texts)


def _column(name: str, position: int, codes: Codes, decimal: str) -> Column:
    counts = np.bincount(codes.codes, minlength=len(codes.texts))
    used = {t: int(n) for t, n in zip(codes.texts, counts, strict=True) if n}
    filled = [t for t in used if t]
    examples = tuple(t for t, _ in Counter(used).most_common(40) if t)[:4]
    if not filled:
        return Column(name, position, "empty")
    if form := _date_form(name, filled):
        return Column(name, position, "date", form, len(filled), examples, codes=codes)
    marks = {
        t: (mark.kind if (mark := read_mark(t, (), decimal)) else "", n)
        for t, n in used.items()
        if not looks_like_a_number(t)
    }
    numbers = sum(n for t, n in used.items() if looks_like_a_number(t))
    unknown = sum(n for t, n in used.items() if t in marks and not marks[t][0])
    # The column of a day holds its numbers, whatever word stands where there was no school: a closure is no text.
    strange = numbers if holds_a_period(name) else 0.05 * sum(used.values())
    if (numbers or any(kind == "censored" for kind, _ in marks.values())) and unknown <= strange:
        if _is_code(name, filled):
            return Column(name, position, "code", "", len(filled), examples, codes=codes)
        values = read_numbers({"x": codes.to_text()}, (), decimal)["x"].values
        return Column(name, position, "number", "", len(filled), examples, marks, values, codes)
    return Column(name, position, "text", "", len(filled), examples, codes=codes)


def _date_form(name: str, texts: list[str]) -> str:
    sample = texts[:400]
    form = find_form_of_parts([[t] for t in sample])
    if form is None and sample and re.fullmatch(r"\d{4}-\d\d", sample[0]):
        form = "school_year"
    if form is None and re.fullmatch(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}", sample[0]):
        return "day_first or month_first"
    if form is None or sum(read_parts([t], form) is not None for t in sample) < 0.9 * len(sample):
        return ""
    bare = all(t.isdigit() for t in sample)
    return "" if bare and not _WHEN.search(name) else form


def _is_code(name: str, texts: list[str]) -> bool:
    whole = [t for t in texts if t.isdigit()]
    if len(whole) < 0.5 * len(texts):
        return False
    zeros = any(len(t) > 1 and t.startswith("0") for t in whole)
    return (
        zeros
        or bool(_CODE.search(name.rsplit(" / ", 1)[-1].replace("_", " ")))
        or (
            len(whole) == len(texts)
            and len(texts) > 3
            and {len(t) for t in texts} == {len(texts[0])}
            and len(texts[0]) >= 6
        )
    )


def file_kind(path: Path) -> str:
    """Return a file's name without what differs from year to year: digits and what joins them.

    Examples
    --------
    >>> file_kind(Path("rates__2009-10_race.csv")) == file_kind(Path("rates__2010-11_race.csv"))
    True
    """
    return re.sub(r"\d+", "#", path.name).casefold()
