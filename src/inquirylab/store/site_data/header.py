"""Where a sheet's header stands: below titles and notes, in one line or several, under merged cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from inquirylab.errors import DataError
from inquirylab.store.site_data.dates import FORMS, read_period
from inquirylab.store.site_data.marks import looks_like_a_number
from inquirylab.store.site_data.table import Sheet, clean

BETWEEN = " / "


@dataclass(frozen=True)
class Header:
    """The names of a sheet's columns.

    Attributes
    ----------
    names
        One for each column; names under merged cells are joined from top to bottom: ``Autumn / Late``.
    above
        How many rows of the preview stand above the data.
    first
        The row of the preview in which the header begins, from 0.
    title
        The texts above the header.
    """

    names: list[str]
    above: int
    first: int
    title: tuple[str, ...]


def find_header(sheet: Sheet, line: int | None = None, lines: int | None = None, names: Collection[str] = ()) -> Header:
    """Return where the header stands.

    Parameters
    ----------
    sheet
        A sheet of which the first rows are known.
    line, lines
        The measure's ``header_line`` (the header's last) and ``header_lines``: they win over what would be found.
    names
        Columns that the measure names: a row that holds more of them than the one that looks like it is the header.

    Raises
    ------
    DataError
        The sheet is empty, or ends before the line that is said to be the header.
    """
    rows = [[" ".join(clean(cell).split()) for cell in row] for row in sheet.preview]
    if not rows or not any(map(any, rows)):
        raise DataError("The sheet is empty", where=sheet.name, cure="Name another one as sheets in the measure file.")
    if line is not None and line > len(rows):
        raise DataError(
            "The header line is below the end of the table",
            where=sheet.name,
            found=f"header_line = {line}",
            cure="Correct header_line in the measure file.",
        )
    last = line - 1 if line else _row_of_names(rows, names, _last_header_row(rows))
    first = max(0, last - lines + 1) if lines else _first_header_row(rows, last)
    width = max(len(r) for r in rows[first:])
    levels = [_spread(_padded(rows[i], width), i, i == last, sheet) for i in range(first, last + 1)]
    names = [BETWEEN.join(dict.fromkeys(filter(None, parts))) for parts in zip(*levels, strict=True)]
    title = tuple(cell for row in rows[:first] for cell in dict.fromkeys(row) if cell)
    return Header(names, last + 1, first, title)


def _filled(row: Sequence[str]) -> int:
    return sum(map(bool, row))


def _padded(row: list[str], width: int) -> list[str]:
    return row + [""] * (width - len(row))


def _last_header_row(rows: list[list[str]]) -> int:
    """Return the last row above the first that looks like data; with no numbers anywhere, the first full row."""
    widest = max(_filled(r) for r in rows)
    full = [i for i, r in enumerate(rows) if _filled(r) >= max(0.6 * widest, min(2, widest))]
    start = full[0]
    numeric = _number_columns(rows, start + 1)
    if not numeric:
        return start
    for i in full:
        cells = [rows[i][c] for c in numeric if c < len(rows[i]) and rows[i][c]]
        if cells and 2 * sum(map(_is_datum, cells)) >= len(cells) and not (i == start and _are_periods(cells)):
            return _above_data(rows, numeric, start, i) if i > start else start
    return start


def _above_data(rows: list[list[str]], numeric: list[int], start: int, found: int) -> int:
    """Return the last row above one of data that names a column of numbers: a row of blanks and marks is data too."""
    last = found - 1
    while last > start and all(_is_datum(rows[last][c]) for c in numeric if c < len(rows[last]) and rows[last][c]):
        last -= 1
    return last


def _row_of_names(rows: list[list[str]], names: Collection[str], found: int) -> int:
    wanted = {" ".join(n.rsplit(BETWEEN, 1)[-1].split()).casefold() for n in names}
    held = [len(wanted.intersection(map(str.casefold, row))) for row in rows]
    if held[found] >= max(held):
        return found
    best = held.index(max(held))
    below = [rows[found][c] for c, cell in enumerate(rows[best][: len(rows[found])]) if cell.casefold() in wanted]
    return found if best < found and not any(below) else best  # a name may stand over blanks, in the line above


def _number_columns(rows: list[list[str]], start: int) -> list[int]:
    """Return the columns in which most of what stands below a row are numbers and marks, and some are numbers."""
    found = []
    for column in range(max(map(len, rows))):
        cells = [r[column] for r in rows[start:] if column < len(r) and r[column]]
        if any(map(looks_like_a_number, cells)) and sum(map(_is_datum, cells)) > 0.6 * len(cells):
            found.append(column)
    return found


def _is_datum(cell: str) -> bool:
    return looks_like_a_number(cell) or bool(re.fullmatch(r"[*.:–—†‡-]+|[<>≤≥].*|n/?a|[zcxsu]|ns|nan", cell, re.I))


def _are_periods(cells: Sequence[str]) -> bool:
    """Say whether the cells are the names of a wide table's columns: years or dates, no two the same."""
    return (
        len(cells) > 1
        and len(set(cells)) == len(cells)
        and any(all(read_period(c, form) is not None for c in cells) for form in FORMS)
    )


def _first_header_row(rows: list[list[str]], last: int) -> int:
    """Go up while rows are headings over groups of columns, not titles: something stands beyond the first column."""
    first = last
    left = next((c for c, cell in enumerate(rows[last]) if cell), 0)
    while first > 0:
        row = rows[first - 1]
        beyond = [c for c, cell in enumerate(row) if cell and c > left]
        if not beyond or _is_prose(row):
            break
        first -= 1
    return first


def _is_prose(row: list[str]) -> bool:
    """Say whether a row is of titles: a long text, or what a report was asked for, such as ``From: 02/09/2024``."""
    return any(len(cell) > 120 or re.match(r"[^\W\d][^:/]{0,30}:\s*\S", cell) for cell in row)


def _spread(row: list[str], index: int, is_last: bool, sheet: Sheet) -> list[str]:
    """Return the row with merged cells filled; where merging is not known, a heading reaches to the next one."""
    row = list(row)
    merged = [m for m in sheet.merged or () if m[0] <= index <= m[2]]
    for top, left, _, right in merged:
        text = " ".join(clean(sheet.preview[top][left]).split()) if left < len(sheet.preview[top]) else ""
        for c in range(left, min(right + 1, len(row))):
            row[c] = row[c] or text
    if is_last or merged:
        return row
    for c in range(1, len(row)):
        row[c] = row[c] or row[c - 1]
    return row
