"""What stands where a number is expected: a number, a bound, or a mark with a meaning."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from inquirylab.definitions import read_toml
from inquirylab.record.types import MeasureDataMarks

KINDS = ("missing", "not_applicable", "suppressed", "censored")

_NUMBER = r"(-?(?:\d+(?:[.,]\d+)*|[.,]\d+))\s*%?"
_BLANKS = "'’ \u00a0\u2009\u202f"  # between thousands: apostrophes, blanks that do not break, thin ones
_AT_LEAST = re.compile(rf"(?:>=|≥|=>|ge(?= ?\d)|at least|not less than)\s*{_NUMBER}", re.I)
_ABOVE = re.compile(rf"(?:>|gt(?= ?\d)|more than|over|above|greater than)\s*{_NUMBER}|{_NUMBER}\s*\+", re.I)
_AT_MOST = re.compile(
    rf"(?:<=|≤|=<|le(?= ?\d)|at most|up to|not more than)\s*{_NUMBER}|{_NUMBER}\s*(?:or fewer|or less)", re.I
)
_BELOW = re.compile(rf"(?:<|lt(?= ?\d)|fewer than|less than|under|below)\s*{_NUMBER}", re.I)
_OR_MORE = re.compile(rf"{_NUMBER}\s*(?:or more|or above|and above)", re.I)
_REMARK = re.compile(r"(.*\S)\s*(\[[^\[\]]+\]|\((?!\d)[^()]+\)|[^\w\s\[\]()])", re.S)
_NOTE = re.compile(r"notes? \d+(?:(?: ?, ?| and )\d+)*|\d{1,2}(?: ?, ?\d{1,2})*")
_NEVER_ENDS_A_REMARK = frozenset("0123456789.,%*+ abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_BETWEEN = re.compile(rf"{_NUMBER}\s*(?:-|–|—|to|\.\.)\s*{_NUMBER}", re.I)


@dataclass(frozen=True)
class Mark:
    """What a mark means.

    Attributes
    ----------
    kind
        One of `KINDS`.
    lower, upper
        What a censored value lies between, both ends included or not as the file says; without an end, infinite.
    """

    kind: str
    lower: float = -math.inf
    upper: float = math.inf


@cache
def _entries() -> Mapping[str, Any]:
    path = files("inquirylab.definitions") / "words" / "marks.toml"
    return read_toml(path.read_bytes(), "definitions/words/marks.toml")


@cache
def known_marks() -> Mapping[str, Mark]:
    """Return the marks of ``definitions/words/marks.toml``: folded text -> what it means."""
    return {
        str(e["text"]).casefold(): Mark(e["means"], float(e.get("lower", -math.inf)), float(e.get("upper", math.inf)))
        for e in _entries()["mark"]
    }


@cache
def known_remarks() -> Mapping[str, str]:
    """Return the remarks of ``definitions/words/marks.toml``: folded text, without brackets -> what it says."""
    return {str(e["text"]).casefold().strip("[]"): str(e["says"]) for e in _entries()["remark"]}


def split_remark(text: str) -> tuple[str, str]:
    """Return a number or mark, and what its publisher remarks on it, as it is written; "" where there is no remark.

    Letters are remarks in brackets only: `7 b` may be a class.

    Examples
    --------
    >>> split_remark("94.0 [r]"), split_remark("[x] [note 2]"), split_remark("7 b"), split_remark("[r]")
    (('94.0', '[r]'), ('[x]', '[note 2]'), ('7 b', ''), ('[r]', ''))
    """
    text = bare = text.strip()
    while bare and bare[-1] not in _NEVER_ENDS_A_REMARK and (match := _REMARK.fullmatch(bare)):
        inside = match[2].strip("[]() ").casefold()
        if inside not in known_remarks() and not _NOTE.fullmatch(inside):
            break
        bare = match[1]
    return bare, text[len(bare) :].strip()


def read_mark(text: str, declared: tuple[MeasureDataMarks, ...] = (), decimal: str = ".") -> Mark | None:
    """Return what a text that is not a number means; ``None`` when nobody has said.

    The measure's own words win over the common ones; bounds are read last.

    Examples
    --------
    >>> read_mark(" * ").kind, read_mark("z").kind, read_mark("").kind
    ('suppressed', 'not_applicable', 'missing')
    >>> read_mark(">= 95.0"), read_mark("10-20%")
    (Mark(kind='censored', lower=95.0, upper=inf), Mark(kind='censored', lower=10.0, upper=20.0))
    >>> read_mark("late") is None
    True
    """
    folded = text.strip().casefold()
    for entry in declared:
        if (entry.mark or "").strip().casefold() == folded and entry.means:
            lower = -math.inf if entry.lower is None else entry.lower
            return Mark(entry.means, lower, math.inf if entry.upper is None else entry.upper)
    for written in (folded, folded.strip("[]()").strip()):  # official statistics now write [c] where they wrote c
        if written in known_marks() and (written or not folded):
            return known_marks()[written]
    bare, remark = split_remark(folded)
    if remark:
        return read_mark(bare, declared, decimal)
    if re.fullmatch(r"\(?n\s*[<≤]=?\s*\d+\)?", folded):
        return Mark("suppressed")
    return _bound(folded, decimal)


def _bound(text: str, decimal: str) -> Mark | None:
    def number(match: re.Match[str]) -> list[float]:
        return [plain_number(g, decimal) for g in match.groups() if g is not None]

    for pattern in (_AT_LEAST, _ABOVE, _OR_MORE):
        if match := pattern.fullmatch(text):
            return Mark("censored", lower=number(match)[0])
    for pattern in (_AT_MOST, _BELOW):
        if match := pattern.fullmatch(text):
            return Mark("censored", upper=number(match)[0])
    if match := _BETWEEN.fullmatch(text):
        low, high = number(match)
        return Mark("censored", low, high) if low <= high else None
    return None


def plain_number(text: str, decimal: str = ".") -> float:
    """Turn digits with a decimal mark and thousands separators into a float; nan when they are no number.

    Examples
    --------
    >>> plain_number("1,234.5"), plain_number("1.234,5", ","), plain_number("1.2.3"), plain_number("93% [p]")
    (1234.5, 1234.5, nan, 93.0)
    """
    other = "," if decimal == "." else "."
    text = split_remark(text)[0].rstrip("%").strip()
    whole = rf"\d{{1,3}}(?:[{other}{_BLANKS}]\d{{3}})+|\d+"
    if not re.fullmatch(rf"[+-]?(?:(?:{whole})(?:[{decimal}]\d*)?|[{decimal}]\d+)(?:e[+-]?\d+)?", text, re.I):
        return math.nan
    text = re.sub(rf"[{other}{_BLANKS}]", "", text).replace(decimal, ".")
    value = float(text)
    return value if math.isfinite(value) else math.nan


@lru_cache(maxsize=16_384)  # the first rows of a file are looked at once for each measure read from it
def looks_like_a_number(text: str) -> bool:
    """Say whether a text is a number in either way of writing decimals.

    Examples
    --------
    >>> looks_like_a_number("1.234,5"), looks_like_a_number("93%"), looks_like_a_number("9a")
    (True, True, False)
    """
    return not (math.isnan(plain_number(text, ".")) and math.isnan(plain_number(text, ",")))
