"""Columns of text as they stand in a file, with the line that each row stands in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inquirylab.errors import did_you_mean
from inquirylab.store.site_data.findings import Findings


@dataclass(frozen=True)
class Table:
    """A file or a sheet of it.

    Attributes
    ----------
    name
        The file's name, and the sheet's, as people see them.
    header
        Names of columns.
    columns
        As many arrays of text, all of one length.
    lines
        The line of the file (row of the sheet) of each row, from 1.
    """

    name: str
    header: list[str]
    columns: list[pa.ChunkedArray]
    lines: np.ndarray

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.lines)

    def column(self, name: str, findings: Findings) -> pa.ChunkedArray | None:
        """Return a column's text, trimmed; ``None``, noted in the findings, when there is none of that name."""
        folded = [h.strip().casefold() for h in self.header]
        if name.strip().casefold() not in folded:
            findings.add(f"There is no column {name!r}", where=self.name, cure=did_you_mean(name, self.header))
            return None
        return trimmed(self.columns[folded.index(name.strip().casefold())])

    def where(self, row: int, column: str) -> str:
        """Say where a value stands."""
        return f"{self.name}, line {self.lines[row]}, column {column!r}"

    def keep(self, mask: pa.ChunkedArray | pa.Array) -> Table:
        """Return the rows where the mask is true."""
        return Table(
            self.name,
            self.header,
            [c.filter(mask) for c in self.columns],
            self.lines[mask.to_numpy(zero_copy_only=False)],
        )


def trimmed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the text without blanks at its ends, and without Excel's ``="…"`` around codes."""
    column = pc.utf8_trim_whitespace(column)
    if pc.any(pc.starts_with(column, "=")).as_py():
        column = pc.replace_substring_regex(column, r'^="?([^"]*)"?$', r"\1")
    return column
