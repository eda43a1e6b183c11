"""Workbooks: .xlsx, .xls and .ods, every cell as the text that a reader would see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from inquirylab.errors import DataError
from inquirylab.store.site_data.archive import DAMAGED, check_archive, unread_cells
from inquirylab.store.site_data.table import PREVIEW_ROWS, Batch, Sheet

MOST_XLS_BYTES = 200 * 2**20


def open_workbook(path: Path, kind: str) -> list[Sheet]:
    """Open a workbook; each sheet that holds anything is one of the result.

    Parameters
    ----------
    path
        The workbook.
    kind
        ``xlsx``, ``xls`` or ``ods``.

    Raises
    ------
    DataError
        The workbook is damaged, too large, protected by a password, or empty.
    """
    if kind in ("xlsx", "ods"):
        check_archive(path)
    elif path.stat().st_size > MOST_XLS_BYTES:
        raise DataError("The workbook is too large to be read", where=path.name, cure="Save the sheet as CSV.")
    sheets = []
    try:
        unread = unread_cells(path) if kind == "xlsx" else {}
        with CalamineWorkbook.from_path(str(path)) as book:
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                rows = sheet.to_python(skip_empty_area=False)
                if rows:
                    merged = tuple((a, b, c, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
                    sheets.append(_sheet(path.name, name, rows, merged, unread.get(name, {})))
    except PasswordError as e:
        raise DataError("The workbook is protected by a password", where=path.name, cure="Save it without one.") from e
    except (CalamineError, *DAMAGED) as e:
        raise DataError(
            "The workbook cannot be read", where=path.name, found=str(e)[:120], cure="Save it again as .xlsx."
        ) from e
    except BaseException as e:
        if type(e).__name__ != "PanicException":  # how a fault inside the reader's own code arrives here
            raise
        raise DataError(
            "The workbook cannot be read", where=path.name, found="a damaged part", cure="Save it again as .xlsx."
        ) from e
    if not sheets:
        raise DataError("The workbook is empty", where=path.name, cure="Export it again.")
    return sheets


def _sheet(
    file: str,
    name: str,
    rows: list[list[Any]],
    merged: tuple[tuple[int, int, int, int], ...],
    unread: dict[tuple[int, int], str],
) -> Sheet:
    for (row, column), text in unread.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    preview = [[cell_text(c) for c in row] for row in rows[:PREVIEW_ROWS]]

    def take(above: int, texts: Sequence[int], numbers: Sequence[int]) -> Iterator[Batch]:
        body = rows[above:]
        full = [i for i, row in enumerate(body) if any(c != "" for c in row)]
        cells = [[cell_text(body[i][c]) for i in full] for c in (*texts, *numbers)]
        place = {row: at for at, row in enumerate(full)} if merged else {}
        for row, column, value in _below_merged(rows, above, merged):
            for at, wanted in enumerate(texts):
                if wanted == column and row in place:
                    cells[at][place[row]] = value
        columns = [pa.array(column, pa.string()) for column in cells]
        yield Batch(columns, np.array(full, dtype=np.int64) + above + 1)

    return Sheet(file, name, preview, take, merged)


def _below_merged(
    rows: list[list[Any]], above: int, merged: tuple[tuple[int, int, int, int], ...]
) -> Iterator[tuple[int, int, str]]:
    """Return what merged cells say in the rows that they cover: a school that stands once beside its months."""
    for top, left, bottom, _ in merged:
        text = cell_text(rows[top][left]) if above <= top < len(rows) and left < len(rows[top]) else ""
        for row in range(top + 1, min(bottom + 1, len(rows))) if text else ():
            if left < len(rows[row]) and rows[row][left] == "":
                yield row - above, left, text


def cell_text(value: Any) -> str:
    """Return a cell as text: whole numbers without decimals, dates as ISO.

    Examples
    --------
    >>> cell_text(93.0), cell_text(0.1), cell_text(dt.datetime(2024, 9, 2)), cell_text(True)
    ('93', '0.1', '2024-09-02', 'TRUE')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return str(value)
