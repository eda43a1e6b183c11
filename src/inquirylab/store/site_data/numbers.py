"""A column of text as numbers, and what is not one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from inquirylab.record.types import MeasureDataMarks
from inquirylab.store.site_data.marks import plain_number, read_mark

_PLAIN = r"^[+-]?(\d+\.?\d*|\.\d+)$"


@dataclass(frozen=True)
class Numbers:
    """A column as numbers.

    Attributes
    ----------
    values
        float64; nan where there is none.
    marks
        One row a mark: row, mark (as written), kind, lower, upper.
    strangers
        One row for what is neither: row, mark.
    """

    values: np.ndarray
    marks: pd.DataFrame
    strangers: pd.DataFrame


def read_numbers(column: pa.ChunkedArray, declared: tuple[MeasureDataMarks, ...] = (), decimal: str = ".") -> Numbers:
    """Read a column of trimmed text. Plain digits go the fast way; the rest is read once for each distinct text."""
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    plain = pc.match_substring_regex(column, _PLAIN)
    declared_numbers = [m.mark for m in declared if m.mark and plain_number(m.mark) == plain_number(m.mark)]
    if declared_numbers:
        plain = pc.and_not(plain, pc.is_in(column, pa.array(declared_numbers, pa.string())))
    values = pc.cast(pc.if_else(plain, column, None), pa.float64()).to_numpy(zero_copy_only=False).copy()
    rest = np.flatnonzero(~plain.to_numpy(zero_copy_only=False))
    texts = pd.Series(column.take(pa.array(rest)).to_pylist(), index=rest, dtype=object)
    marks, strangers = [], []
    for text, rows in texts.groupby(texts, sort=False).groups.items():
        mark = read_mark(str(text), declared, decimal)
        number = plain_number(str(text), decimal)
        if mark is not None:
            marks.append(
                pd.DataFrame({"row": rows, "mark": text, "kind": mark.kind, "lower": mark.lower, "upper": mark.upper})
            )
        elif number == number:
            values[np.asarray(rows)] = number
        else:
            strangers.append(pd.DataFrame({"row": rows, "mark": text}))
    empty = pd.DataFrame({"row": [], "mark": [], "kind": [], "lower": [], "upper": []})
    return Numbers(
        values,
        pd.concat(marks, ignore_index=True) if marks else empty,
        pd.concat(strangers, ignore_index=True) if strangers else empty[["row", "mark"]],
    )
