"""Sums, means and medians over many stretches of one array at once: the loop over sites that is not there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Value = TypeVar("Value", bound=np.generic)


@dataclass(frozen=True)
class Segments:
    """Contiguous, non-empty stretches of an array.

    Parameters
    ----------
    codes
        For each element, the number of its segment: 0, 0, 0, 1, 1, …, never falling.
    starts
        The index of each segment's first element.
    """

    codes: Ints
    starts: Ints

    @classmethod
    def where_changes(cls, *keys: Ints) -> Segments:
        """Start a new segment wherever any of the keys changes.

        Examples
        --------
        >>> Segments.where_changes(np.array([7, 7, 9, 9]), np.array([1, 2, 2, 2])).codes.tolist()
        [0, 1, 2, 2]
        """
        new = np.ones(len(keys[0]), np.bool_)
        new[1:] = keys[0][1:] != keys[0][:-1]
        for key in keys[1:]:
            new[1:] |= key[1:] != key[:-1]
        starts = np.flatnonzero(new)
        return cls(np.repeat(np.arange(len(starts)), np.diff(starts, append=len(new))), starts)

    @property
    def count(self) -> int:
        """How many segments there are."""
        return len(self.starts)

    @cached_property
    def sizes(self) -> Ints:
        """How many elements each segment has."""
        return np.diff(self.starts, append=len(self.codes))

    def to_each(self, values: npt.NDArray[Value]) -> npt.NDArray[Value]:
        """Give each element the value of its segment: ``values[codes]``, several times as fast.

        Examples
        --------
        >>> Segments.where_changes(np.array([7, 7, 9])).to_each(np.array([0.5, 2.5])).tolist()
        [0.5, 0.5, 2.5]
        """
        return np.repeat(values, self.sizes)

    def positions(self) -> Ints:
        """For each element, its 1-based place in its segment."""
        return np.arange(1, len(self.codes) + 1) - self.to_each(self.starts)

    # Mostly every point counts; to ask is a small part of what it takes to leave some out.

    def tally(self, mask: Bools) -> Ints:
        """Count the true elements of each segment."""
        return self.sizes.copy() if mask.all() else np.asarray(np.add.reduceat(mask, self.starts, dtype=np.int64))

    def total(self, values: Floats, mask: Bools) -> Floats:
        """Add up the masked elements of each segment; 0 where there are none."""
        return np.asarray(np.add.reduceat(values if mask.all() else np.where(mask, values, 0.0), self.starts))

    def mean(self, values: Floats, mask: Bools) -> Floats:
        """Average the masked elements of each segment; nan where there are none."""
        return ratio(self.total(values, mask), self.tally(mask))

    def deviation(self, values: Floats, mask: Bools) -> Floats:
        """Return the sample standard deviation of each segment's masked elements; nan for fewer than two."""
        off = np.where(mask, values - self.to_each(self.mean(values, mask)), 0)
        return np.sqrt(ratio(self.total(off * off, mask), np.maximum(self.tally(mask) - 1, 0)))

    def median(self, values: Floats, mask: Bools) -> Floats:
        """Take the middle of the masked elements of each segment; nan where there are none."""
        codes, kept = self.codes[mask], values[mask]
        kept = kept[np.lexsort((kept, codes))]
        sizes = np.bincount(codes, minlength=self.count)
        starts = np.cumsum(sizes) - sizes
        some = sizes > 0
        middle = np.full(self.count, np.nan)
        low, high = (starts + (sizes - 1) // 2)[some], (starts + sizes // 2)[some]
        middle[some] = (kept[low] + kept[high]) / 2
        return middle


def ratio(top: npt.ArrayLike, bottom: npt.ArrayLike) -> Floats:
    """Divide, giving nan where the divisor is zero or missing: a zero denominator is a gap, never an infinity.

    Examples
    --------
    >>> ratio([1, 1], [2, 0]).tolist()
    [0.5, nan]
    """
    above, below = np.asarray(top, np.float64), np.asarray(bottom, np.float64)
    usable = below != 0
    return np.asarray(above / (below if usable.all() else np.where(usable, below, np.nan)))
