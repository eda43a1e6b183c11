"""What readers hand over: sheets whose first rows are seen, and columns of text with their lines."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Array: TypeAlias = pa.Array | pa.ChunkedArray
Lines: TypeAlias = np.ndarray[tuple[int], np.dtype[np.signedinteger[Any]]]
Days: TypeAlias = np.ndarray[tuple[int], np.dtype[np.datetime64]]
Mask: TypeAlias = np.ndarray[tuple[int], np.dtype[np.bool_]]
Floats: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float64]]
T = TypeVar("T")
R = TypeVar("R")
PREVIEW_ROWS = 60


@dataclass(frozen=True)
class Batch:
    """Some rows of a sheet: the columns asked for, in the order asked for, and the line of each row, from 1."""

    columns: list[Array]
    lines: Lines


@dataclass(frozen=True)
class Sheet:
    """A file, or one sheet of it, of which only the first rows have been read.

    Attributes
    ----------
    file, sheet
        Names as people see them; ``sheet`` is "" where a file has one table.
    preview
        The first rows as text, header and titles included, without empty rows at the very start.
    take
        ``take(rows above the data, positions of text columns, positions of number columns)`` reads the columns.
    merged
        Ranges of merged cells in the preview: first row, first column, last row, last column, from 0; ``None`` where
        the format knows none.
    semicolons
        Whether columns are separated by semicolons, as programs do where a comma stands before decimals.
    """

    file: str
    sheet: str
    preview: list[list[str]]
    take: Callable[[int, Sequence[int], Sequence[int]], Iterator[Batch]]
    merged: tuple[tuple[int, int, int, int], ...] | None = None
    semicolons: bool = False

    @property
    def name(self) -> str:
        """File and sheet, as errors name them."""
        return f"{self.file}, sheet {self.sheet!r}" if self.sheet else self.file


@dataclass(frozen=True)
class Codes:
    """A column of text as codes into its distinct texts, blanks at their ends gone."""

    codes: Lines
    texts: list[str]

    def mask(self, wanted: Callable[[str], bool]) -> Mask:
        """Return where the text is wanted; each distinct text is asked once."""
        return np.array([wanted(t) for t in self.texts], dtype=bool)[self.codes]

    def keep(self, mask: Mask) -> Codes:
        """Return the rows where the mask is true."""
        return Codes(self.codes[mask], self.texts)

    def take(self, rows: Lines) -> Codes:
        """Return the rows at these positions."""
        if len(self.texts) == 1:
            return Codes(np.zeros(len(rows), np.int8), self.texts)
        return Codes(self.codes[rows], self.texts)

    def renamed(self, texts: Sequence[str]) -> Codes:
        """Return the column with other texts in place of the distinct ones; equal ones become one."""
        distinct = dict.fromkeys(texts)
        place = {t: i for i, t in enumerate(distinct)}
        return Codes(np.array([place[t] for t in texts], dtype=np.int64)[self.codes], list(distinct))

    def to_text(self) -> pa.Array:
        """Return the texts row by row."""
        if len(self.texts) == 1:
            return pa.repeat(self.texts[0], len(self.codes))
        return pa.DictionaryArray.from_arrays(pa.array(self.codes), pa.array(self.texts, pa.string())).cast(pa.string())


def as_codes(column: Array) -> Codes:
    """Return a column of any type as codes of its texts."""
    if not pa.types.is_dictionary(column.type):
        column = as_text(column).dictionary_encode()
    if isinstance(column, pa.ChunkedArray):
        column = column.unify_dictionaries().combine_chunks()
    if len(column.dictionary) > len(column):  # few rows were kept of many: only their texts are looked at
        column = column.cast(pa.string()).dictionary_encode()
    texts = ["" if t is None else clean(t) for t in column.dictionary.to_pylist()]
    codes = column.indices
    if codes.null_count:
        texts.append("")
        codes = pc.fill_null(codes, len(texts) - 1)
    coded = Codes(codes.to_numpy(zero_copy_only=False), texts)
    return coded if len(set(texts)) == len(texts) else coded.renamed(texts)


def joined(columns: Sequence[Codes], separator: str) -> Codes:
    """Return columns joined text by text; each distinct combination is joined once."""
    if len(columns) == 1:
        return columns[0]
    key = combined_key([c.codes for c in columns], [len(c.texts) for c in columns])
    _distinct, first, codes = np.unique(key, return_index=True, return_inverse=True)
    texts = [separator.join(c.texts[c.codes[i]] for c in columns) for i in first]
    return Codes(codes.reshape(-1).astype(np.int64), texts)


def combined_key(codes: Sequence[Lines], sizes: Sequence[int]) -> Lines:
    """Return one number for each combination of codes."""
    small = math.prod(max(size, 1) for size in sizes) < 2**31
    key: np.ndarray[Any, Any] = codes[0].astype(np.int32 if small else np.int64)
    room = max(sizes[0], 1)
    for code, size in zip(codes[1:], sizes[1:], strict=True):
        if room * max(size, 1) > 2**62:
            _, inverse = np.unique(key, return_inverse=True)
            key, room = inverse.reshape(-1).astype(np.int64), int(inverse.max(initial=0)) + 1
        key *= max(size, 1)
        key += code
        room *= max(size, 1)
    return key


def side_by_side(work: Callable[[T], R], items: Iterable[T], rows: int) -> list[R]:
    """Do the same to several long columns at once: numpy and Arrow let other threads run while they work."""
    each = list(items)
    if len(each) < 2 or rows < 2**17:
        return [work(item) for item in each]
    with ThreadPoolExecutor(max_workers=min(len(each), 4)) as pool:
        return list(pool.map(work, each))


def as_text(column: Array) -> Array:
    """Return a column of any type as text; whole numbers without ``.0``, nothing as ""."""
    if pa.types.is_dictionary(column.type) or pa.types.is_large_string(column.type):
        column = column.cast(pa.string())
    elif pa.types.is_boolean(column.type):
        column = pc.if_else(column, "TRUE", "FALSE")
    elif not pa.types.is_string(column.type):
        try:
            column = column.cast(pa.string())
        except pa.ArrowException:
            column = pa.array([None if v is None else str(v) for v in column.to_pylist()], pa.string())
    return pc.fill_null(column, "")


def clean(text: str) -> str:
    """Return a cell's text without blanks at its ends and without Excel's ``="…"`` around codes.

    Examples
    --------
    >>> clean(' ="0123" '), clean("=SUM(A1:A3)")
    ('0123', '=SUM(A1:A3)')
    """
    text = text.strip().strip("\ufeff\u200b")
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        return text[2:-1].strip()
    return text
