"""Columns that say something in the first row of a block only, as a school above its months: what stands below it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inquirylab.store.site_data.table import Array, Codes, as_text


def filled_down(columns: Sequence[Array], which: Collection[int], last: dict[int, pa.Scalar]) -> list[Array]:
    """Return the columns of a block of rows with the blank cells of some filled from above.

    A row that says nothing in the other columns, such as a blank line or a note below the table, takes nothing.

    Parameters
    ----------
    columns
        Columns of text or of numbers.
    which
        Positions of the columns to be filled.
    last
        What stood last in each of them, in the blocks before; kept up to date here.

    Examples
    --------
    >>> school, late = pa.array(["Hill", "", "", "Lake"]), pa.array(["3", "4", "", "5"])
    >>> filled_down([school, late], {0}, {})[0].to_pylist()
    ['Hill', 'Hill', '', 'Lake']
    """
    told = np.logical_or.reduce([~_blank(c) for i, c in enumerate(columns) if i not in which])
    filled = list(columns)
    for i in which:
        column, blank = _plain(columns[i]), _blank(columns[i])
        nothing = pa.scalar(None, column.type)
        known = pc.fill_null_forward(pc.if_else(pa.array(blank), nothing, column))
        known = pc.if_else(pc.is_null(known), last.get(i, nothing), known)
        if len(known):
            last[i] = known[-1]
        filled[i] = pc.if_else(pa.array(blank & ~told), nothing, known)
        if pa.types.is_string(column.type):
            filled[i] = pc.fill_null(filled[i], "")
    return filled


def _plain(column: Array) -> pa.Array:
    """Return a column in one piece; text as text, whatever it was kept as."""
    plain = as_text(column) if not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)) else column
    return plain.combine_chunks() if isinstance(plain, pa.ChunkedArray) else plain


def _blank(column: Array) -> np.ndarray:
    plain = _plain(column)
    empty = pc.equal(pc.utf8_trim_whitespace(plain), "") if pa.types.is_string(plain.type) else pc.is_null(plain)
    return np.asarray(pc.fill_null(empty, True).to_numpy(zero_copy_only=False), np.bool_)


def looks_filled_down(codes: Codes) -> bool:
    """Say whether a column names each of its blocks once: blanks below, and never the same text in two blocks that follow.

    Examples
    --------
    >>> looks_filled_down(Codes(np.array([0, 1, 1, 2, 1]), ["Hill", "", "Lake"]))
    True
    >>> looks_filled_down(Codes(np.array([0, 0, 1, 0]), ["Hill", ""]))
    False
    """
    said = codes.mask(bool)
    named = codes.codes[said]
    return bool(len(said) and said[0] and 5 * (~said).sum() >= 2 * len(named) and (named[1:] != named[:-1]).all())
