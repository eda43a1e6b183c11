"""What can be read in a finished file, and numbers as they are printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NUMBER = re.compile(
    r"(?<![\w.,:/-])(\d{1,3}(?:[,\u202f\u00a0 ]\d{3})+|\d+)(\.\d+)?(?:\s*(%|per ?cent))?(?![\w:/]|-\d|\.\d)", re.I
)
RATE_NAMES = re.compile(r"rate|percent|pct|share|proportion|%|^y$|^value$|^cl$|mean", re.I)


@dataclass(frozen=True)
class Row:
    """A record: names and values that belong together, as in a table row or a chart's datum."""

    where: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Passage:
    """A piece of text that is read in one go: a sentence, a tooltip, an alternative text, a file name."""

    where: str
    text: str


@dataclass(frozen=True)
class Reach:
    """The ends of an axis or a scale."""

    where: str
    ends: tuple[float, ...]


@dataclass
class Facts:
    """All that was read in one file."""

    rows: list[Row] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    reaches: list[Reach] = field(default_factory=list)


@dataclass(frozen=True)
class Finding:
    """Something that must not leave: what, where, and what to do."""

    kind: str
    where: str
    what: str

    def to_dict(self) -> dict[str, str]:
        """Return plain data."""
        return {"kind": self.kind, "where": self.where, "what": self.what}


@dataclass(frozen=True)
class Number:
    """A number as printed: its value, how many decimals, and whether it is said to be a percentage or a rate."""

    value: float
    decimals: int
    is_rate: bool

    def is_count(self, count: int) -> bool:
        """Tell whether this is just that count."""
        return self.value == count and not (self.is_rate and self.decimals > 0)

    def is_share(self, share: float) -> bool:
        """Tell whether this is that share, rounded, as a percentage or as a part of 1.

        Examples
        --------
        >>> Number(13.0, 1, False).is_share(3 / 23)
        True
        >>> Number(13, 0, False).is_share(3 / 23)
        False
        """
        unit = 0.5 * 10.0**-self.decimals + 1e-9
        if not self.is_rate and self.decimals == 0:
            return False
        as_percent = abs(100 * share - self.value) <= unit
        as_part = self.decimals >= 2 and abs(share - self.value) <= unit
        return as_percent or as_part


def number_of(name: str, value: Any) -> Number | None:
    """Return the number in one field, or None if it holds none."""
    if isinstance(value, bool) or value is None:
        return None
    rate = bool(RATE_NAMES.search(name))
    if isinstance(value, (int, float)):
        text = repr(value)
        if value != value or "e" in text or "inf" in text:
            return None
        fraction = text.partition(".")[2]
        return Number(float(value), 0 if fraction in ("", "0") else len(fraction), rate)
    found = NUMBER.fullmatch(str(value).strip())
    return _printed(found, rate) if found else None


def numbers_in(text: str) -> list[Number]:
    """Return the numbers printed in a text, dates and version numbers aside.

    Examples
    --------
    >>> [n.value for n in numbers_in("Of 1,204 students 13.0 % were late on 2024-03-11 at 8:30.")]
    [1204.0, 13.0]
    """
    return [_printed(found, False) for found in NUMBER.finditer(text)]


def _printed(found: re.Match[str], rate: bool) -> Number:
    whole = re.sub(r"\D", "", found[1])
    fraction = (found[2] or ".")[1:]
    return Number(float(f"{whole}.{fraction or 0}"), len(fraction), rate or bool(found[3]))
