"""Which columns of an unknown file suit a measure that is defined already: its own words tell part from whole."""

from __future__ import annotations

import re
from itertools import permutations

import numpy as np

from inquirylab.record.types import Measure
from inquirylab.store.site_data.recognising import Column, Recognised

MOST = 40


def suiting_counts(found: Recognised, measure: Measure) -> dict[str, str]:
    """Return the columns of a part and its whole that suit a proportion; empty where none can be both.

    Every part must be at most its whole. Of those pairs the one wins whose names share most words with what the
    measure counts; then the one with the largest whole.
    """
    numbers = [c for c in found.of_role("number") if c.values is not None][:MOST]
    pairs = [(a, b) for a, b in permutations(numbers, 2) if _part_of(a, b)]
    if not pairs:
        return {}

    def fit(pair: tuple[Column, Column]) -> tuple[int, float]:
        above, below = pair
        words = _alike(above.name, measure.numerator) + _alike(below.name, measure.denominator)
        return words, float(np.nanmean(below.values)) + 1e-6 * float(np.nanmean(above.values))  # type: ignore[arg-type]

    above, below = max(pairs, key=fit)
    return {"numerator": above.name, "denominator": below.name}


def _part_of(above: Column, below: Column) -> bool:
    a, b = above.values, below.values
    if a is None or b is None:
        return False
    known = ~(np.isnan(a) | np.isnan(b))
    return bool(known.any() and (a[known] <= b[known]).all() and (a[known] < b[known]).any() and (a[known] >= 0).all())


def _alike(name: str, words: str | None) -> int:
    """Count the words that a column's name shares with what is counted, by their first five letters."""
    return len(_stems(name) & _stems(words or ""))


def _stems(text: str) -> set[str]:
    return {w[:5] for w in re.findall(r"[^\W\d_]{2,}", text.casefold())}
