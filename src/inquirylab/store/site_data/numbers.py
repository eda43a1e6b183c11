"""Columns as numbers, and what in them is not one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inquirylab.record.types import MeasureDataMarks
from inquirylab.store.site_data.marks import Mark, plain_number, read_mark, split_remark
from inquirylab.store.site_data.table import Array, Floats, Lines, Mask, as_codes, side_by_side


@dataclass(frozen=True)
class Numbers:
    """A column as numbers.

    Attributes
    ----------
    values
        float64; nan where there is no number.
    rows
        The rows without a number, from 0, in order.
    codes
        For each of them, which of the texts stands there.
    texts
        The distinct texts that are no numbers.
    marks
        What each of those texts means; ``None`` where nobody has said.
    shares
        How many values were shares among per cent, and are per cent here.
    remarks
        What publishers remark on numbers, such as ``[r]`` for revised -> on how many.
    """

    values: Floats
    rows: Lines
    codes: Lines
    texts: tuple[str, ...]
    marks: tuple[Mark | None, ...]
    shares: int = 0
    remarks: Mapping[str, int] = field(default_factory=dict)

    def strangers(self) -> list[tuple[int, str]]:
        """Return row and text of what is neither a number nor a known mark."""
        unknown = [mark is None for mark in self.marks]
        return [(int(r), self.texts[c]) for r, c in zip(self.rows, self.codes, strict=True) if unknown[c]]


def read_numbers(
    columns: Mapping[str, Array],
    declared: Sequence[MeasureDataMarks] = (),
    decimal: str | None = None,
    *,
    semicolons: bool = False,
) -> dict[str, Numbers]:
    """Read the number columns of one file together: they share their decimal mark.

    Parameters
    ----------
    columns
        Columns of text, or of numbers where the format has them.
    declared
        Marks as the measure file explains them.
    decimal
        "." or ","; left out, it is found from all columns together.
    semicolons
        Whether the file separates its columns by semicolons, as programs do where the comma stands before decimals.

    Examples
    --------
    >>> read = read_numbers({"late": pa.array(["3,5", "1.200", "*"])})["late"]
    >>> read.values.tolist(), read.marks[0].kind
    ([3.5, 1200.0, nan], 'suppressed')
    """
    rows = max(map(len, columns.values()), default=0)
    plain = side_by_side(lambda column: _all_plain(column, declared), columns.values(), rows)
    quick = dict(zip(columns, plain, strict=True))
    # Where 1.100 may be eleven hundred, no column is read before all have been looked at.
    either = semicolons and decimal is None
    texts = [n for n, values in quick.items() if values is None or (either and not _is_number(columns[n]))]
    slow = dict(zip(texts, side_by_side(lambda name: as_codes(columns[name]), texts, rows), strict=True))
    if decimal is None:
        decimal = find_decimal((t for c in slow.values() for t in c.texts), semicolons=semicolons)
    if decimal == ",":
        slow |= {n: as_codes(c) for n, c in columns.items() if n not in slow and pa.types.is_string(c.type)}
    written = decimal

    def numbers(name: str) -> Numbers:
        values = quick[name]
        if name not in slow and values is not None:
            return Numbers(values, np.array([], np.int64), np.array([], np.int64), (), ())
        return _each_text_once(slow[name].codes, slow[name].texts, tuple(declared), written)

    return dict(zip(columns, side_by_side(numbers, columns, rows), strict=True))


def _all_plain(column: Array, declared: Sequence[MeasureDataMarks]) -> Floats | None:
    """Return the values if all are plain digits; ``None`` if any needs a closer look."""
    if (
        pa.types.is_dictionary(column.type)
        or column.null_count
        or any(not np.isnan(plain_number(m.mark or "")) for m in declared)
    ):
        return None
    if pa.types.is_integer(column.type):
        return _as_floats(column)
    try:
        values = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowException:
        return None
    return np.asarray(values, dtype=np.float64) if np.isfinite(values).all() else None


def _as_floats(column: Array) -> Floats:
    """Return whole numbers as floats, block by block into one array: long columns are not copied twice."""
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    values = np.empty(len(column), np.float64)
    start = 0
    for chunk in chunks:
        values[start : start + len(chunk)] = chunk.to_numpy()
        start += len(chunk)
    return values


def _is_number(column: Array) -> bool:
    return bool(pa.types.is_integer(column.type) or pa.types.is_floating(column.type))


def _each_text_once(codes: Lines, texts: list[str], declared: tuple[MeasureDataMarks, ...], decimal: str) -> Numbers:
    named = {(m.mark or "").strip().casefold() for m in declared}
    numbers = np.full(len(texts), np.nan)
    plain = _plain_texts(texts, decimal)
    marks: dict[int, Mark | None] = {}
    for i, text in enumerate(texts):
        if plain[i] and text.casefold() not in named:
            numbers[i] = float(text)
            continue
        if text.casefold() not in named:
            numbers[i] = plain_number(text, decimal)
        if np.isnan(numbers[i]):
            marks[i] = read_mark(text, declared, decimal)
    shares = _shares_among_per_cent(texts, numbers)
    numbers[shares] *= 100
    values = numbers[codes]
    rows = np.flatnonzero(np.isnan(values)).astype(np.int64)
    place = np.zeros(len(texts), np.int64)
    place[list(marks)] = np.arange(len(marks))
    return Numbers(values, rows, place[codes[rows]], tuple(texts[i] for i in marks), tuple(marks.values()),
        int(shares[codes].sum()) if shares.any() else 0, _remarks(codes, texts, numbers),
    )  # fmt: skip


def _remarks(codes: Lines, texts: list[str], numbers: Floats) -> dict[str, int]:
    """Count the remarks on numbers; a remark on a mark says nothing more than the mark."""
    written = {
        i: remark for i, text in enumerate(texts) if (remark := split_remark(text)[1]) and not np.isnan(numbers[i])
    }
    counts = np.bincount(codes, minlength=len(texts)) if written else np.zeros(0, np.int64)
    found: dict[str, int] = {}
    for i, remark in written.items():
        found[remark] = found.get(remark, 0) + int(counts[i])
    return {remark: count for remark, count in found.items() if count}


def _shares_among_per_cent(texts: list[str], numbers: Floats) -> Mask:
    """Return which numbers are shares, such as 0.945, in a column that writes others as 94.5 %.

    They are if all are between 0 and 1, below all that have the sign, and nearer to those as per cent than as they stand.
    """
    none = np.zeros(len(texts), dtype=bool)
    signed = np.array([t.rstrip().endswith("%") for t in texts], dtype=bool) & ~np.isnan(numbers)
    bare = ~signed & ~np.isnan(numbers)
    if not signed.any() or not bare.any():
        return none
    inside = (numbers[bare] >= 0).all() and (numbers[bare] <= 1).all() and ((numbers[bare] % 1) > 0).any()
    if not inside or numbers[bare].max() >= numbers[signed].min():
        return none
    there, here = float(np.median(numbers[signed])), float(np.median(numbers[bare]))
    return bare if abs(100 * here - there) < abs(here - there) else none


def _plain_texts(texts: list[str], decimal: str) -> list[bool]:
    pattern = r"^-?\d{1,15}(\.\d+)?$" if decimal == "." else r"^-?\d{1,15}$"
    found: list[bool] = pc.match_substring_regex(pa.array(texts, pa.string()), pattern).to_pylist()
    return found


def find_decimal(texts: Iterable[str], *, semicolons: bool = False) -> str:
    """Return what stands before the decimals, from all texts together.

    ``1,234`` and ``1.234`` alone could be either: the comma stands before thousands and the point before decimals,
    unless the file separates by semicolons, as programs do where it is the other way round.

    Examples
    --------
    >>> find_decimal(["1.234", "3,5"]), find_decimal(["1,234", "93.5"]), find_decimal(["1,234"])
    (',', '.', '.')
    >>> find_decimal(["1.234"]), find_decimal(["1.234"], semicolons=True)
    ('.', ',')
    """
    votes = {".": 0, ",": 0}
    unsure = False
    for text in texts:
        for number in re.findall(r"\d[\d.,]*\d", text):
            mark = _decimal_of(number)
            if mark:
                votes[mark] += 1
            unsure |= mark is None and not number.isdigit()
    if votes["."] == votes[","]:
        return "," if semicolons and unsure else "."
    return max(votes, key=lambda m: votes[m])


def _decimal_of(number: str) -> str | None:
    points, commas = number.count("."), number.count(",")
    if points and commas:
        return "." if number.rindex(".") > number.rindex(",") else ","
    if points > 1 or commas > 1:
        return "," if points else "."
    if not points and not commas:
        return None
    mark = "." if points else ","
    whole, decimals = number.split(mark)
    ambiguous = len(decimals) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    return None if ambiguous else mark
