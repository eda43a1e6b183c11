"""Named columns of any data file, without a measure file: text as text, numbers as numbers, dates as dates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from inquirylab.errors import DataError, did_you_mean
from inquirylab.store.site_data.columns import find_columns
from inquirylab.store.site_data.dates import find_form, read_period
from inquirylab.store.site_data.files import open_file
from inquirylab.store.site_data.header import Header, find_header
from inquirylab.store.site_data.numbers import Numbers, read_numbers
from inquirylab.store.site_data.table import Sheet, as_text


def read_columns(place: str | Path, *, numbers: Sequence[str], texts: Sequence[str] = (), x: str = "") -> pd.DataFrame:
    """Read columns of the one table in a file.

    Parameters
    ----------
    place
        A CSV, Excel or Parquet file; of a workbook the first sheet that has the columns.
    numbers, texts, x
        The columns; ``x`` becomes numbers or dates if all of it can be read so, else it stays text.

    Raises
    ------
    DataError
        The file or a column is not there, or a number is none and no known mark (such as ``*`` or ``x``) either.
    """
    path = Path(place)
    if path.is_dir():
        raise DataError("This is a folder, not a file", where=str(place), cure="Name one data file in it.")
    if not path.is_file():
        raise DataError("There is no such file", where=str(place), cure="Check the path.")
    wanted = [name for name in (*texts, x) if name]
    sheets = open_file(path)
    for sheet in sheets:
        header = find_header(sheet)
        if all(find_columns(name, header.names) for name in (*wanted, *numbers)) or sheet is sheets[-1]:
            return _read(sheet, header, wanted, list(numbers), x)
    raise DataError("The file has no table", where=path.name)


def _read(sheet: Sheet, header: Header, texts: list[str], numbers: list[str], x: str) -> pd.DataFrame:
    places = {name: _place(name, header, sheet) for name in (*texts, *numbers)}
    frames = []
    for batch in sheet.take(header.above, [places[n] for n in texts], [places[n] for n in numbers]):
        columns = dict(zip([*texts, *numbers], batch.columns, strict=True))
        read = read_numbers({name: columns[name] for name in numbers}, semicolons=sheet.semicolons)
        for name in numbers:
            _refuse_strangers(read[name], name, sheet, batch.lines)
        values = {name: as_text(columns[name]).to_pylist() for name in texts}
        frames.append(pd.DataFrame(values | {name: read[name].values for name in numbers}))
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=[*texts, *numbers])
    if x:
        frame = frame[frame[x].str.strip() != ""].reset_index(drop=True)
        frame[x] = _ordered(frame[x])
    return frame


def _place(name: str, header: Header, sheet: Sheet) -> int:
    found = find_columns(name, header.names)
    if not found:
        raise DataError(
            "There is no such column", where=sheet.name, found=repr(name), cure=did_you_mean(name, header.names)
        )
    return found[0]


def _refuse_strangers(read: Numbers, name: str, sheet: Sheet, lines: object) -> None:
    strangers = read.strangers()
    if strangers:
        row, text = strangers[0]
        line = lines[row]  # type: ignore[index]
        raise DataError(
            "A cell is no number and no known mark",
            where=f"{sheet.name}, line {line}, column {name!r}",
            found=repr(text),
            cure="Correct it, or leave the cell empty if nothing is known.",
        )


def _ordered(column: pd.Series) -> pd.Series:
    """Read x as numbers, else as dates, if all of it can be; text that could be two dates stays text."""
    as_numbers = pd.to_numeric(column, errors="coerce")
    if as_numbers.notna().all():
        return as_numbers
    distinct = list(column.unique())
    form = find_form(distinct)
    if form is None:
        return column
    periods = {text: read_period(text, form) for text in distinct}
    if any(period is None for period in periods.values()):
        return column
    days = {text: period.day for text, period in periods.items() if period is not None}
    return pd.to_datetime(column.map(days))
