"""Another table beside the data: some of its columns as text, each with the lines they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from inquirylab.errors import DataError, did_you_mean
from inquirylab.record.types import MeasureData
from inquirylab.store.site_data.choosing import chosen
from inquirylab.store.site_data.columns import Plan, make_plan
from inquirylab.store.site_data.database import is_database, open_database
from inquirylab.store.site_data.files import open_file, recognise
from inquirylab.store.site_data.findings import Findings
from inquirylab.store.site_data.header import find_header
from inquirylab.store.site_data.table import Codes, Lines, Mask, Sheet, as_codes


@dataclass(frozen=True)
class Beside:
    """Columns of another table by the names that the measure gives them."""

    name: str
    texts: dict[str, Codes]
    lines: Lines

    def keep(self, mask: Mask) -> Beside:
        """Return the rows where the mask is true."""
        return Beside(self.name, {n: c.keep(mask) for n, c in self.texts.items()}, self.lines[mask])


def file_beside(place: str | Path, name: str) -> Path:
    """Return a file that stands in the same folder as the data.

    Raises
    ------
    DataError
        There is none.
    """
    place = Path(place)
    folder = place if place.is_dir() else place.parent
    file = folder / name
    if not file.is_file():
        near = [p.name for p in folder.glob("*.*")] if folder.is_dir() else []
        raise DataError("There is no such file beside the data", where=name, cure=did_you_mean(name, near))
    return file


def read_beside(place: str | Path, name: str, sheet: str | None, columns: Sequence[str], findings: Findings) -> Beside:
    """Read columns of a file that stands beside the data.

    Raises
    ------
    DataError
        The file or the sheet is not there. Columns that are not there are noted.
    """
    return columns_of(open_file(file_beside(place, name)), sheet, columns, findings)


def ask_beside(place: str | Path, query: str, columns: Sequence[str], findings: Findings) -> Beside:
    """Read columns of another table, or of a query, of the database in which the data stands.

    Raises
    ------
    DataError
        The data stands in no database, or the query fails. Columns that are not there are noted.
    """
    if isinstance(place, str) and is_database(place):
        return columns_of(open_database(place, query), None, columns, findings)
    if Path(place).is_file() and recognise(Path(place)) == "sqlite":
        return columns_of(open_file(Path(place), query), None, columns, findings)
    raise DataError(
        "A query asks a database, and the data stands in none",
        where=Path(place).name,
        found=repr(query[:80]),
        cure="Name the other table's file in place of the query.",
    )


def columns_of(sheets: Sequence[Sheet], wanted: str | None, columns: Sequence[str], findings: Findings) -> Beside:
    """Return columns of the sheet that is named, else of the first that has them."""
    named = [s for s in sheets if not wanted or not s.sheet or chosen(s.sheet, [wanted], ())]
    if not named:
        raise DataError(
            f"There is no sheet {wanted!r}",
            where=sheets[0].file,
            cure=did_you_mean(str(wanted), [s.sheet for s in sheets]),
        )
    columns = list(dict.fromkeys(columns))
    tried: list[Findings] = []
    for sheet in named:
        said = Findings()
        try:
            plan = make_plan(sheet, find_header(sheet, names=columns), MeasureData(date=tuple(columns)), said)
        except DataError as e:
            said.take(e)
            plan = None
        if plan is not None:
            return read_columns(plan, columns)
        tried.append(said)
    findings.errors.extend(min(tried, key=lambda f: len(f.errors)).errors)
    return Beside(named[0].name, {c: Codes(np.array([], np.int64), []) for c in columns}, np.array([], np.int64))


def read_columns(plan: Plan, columns: Sequence[str]) -> Beside:
    """Read the columns of a plan; a column named twice stands once in the table."""
    positions = [plan.texts[c] for c in columns]
    batches = list(plan.sheet.take(plan.header.above, positions, []))
    texts = {}
    for i, column in enumerate(columns):
        parts = [as_codes(b.columns[i]).to_text() for b in batches]
        texts[column] = as_codes(pa.chunked_array(parts, pa.string()))
    return Beside(plan.sheet.name, texts, np.concatenate([b.lines for b in batches]))
