"""Runs and crossings about a centre line, and the limits that chance sets them (Anhøj & Olesen 2014)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from inquirylab.spc.segments import Bools, Floats, Ints, Segments

Sides = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Runs:
    """Every run of useful points, and what each series and phase has of them.

    Parameters
    ----------
    sign
        For each point, 1 above, -1 below, 0 on the line.
    useful
        Indices of the useful points: included, present, and not on the centre line.
    first, length, side, segment
        For each run: which of the useful points is its first, how many it has, whether it is above (1) or below
        (-1), and its segment.
    n_useful, longest, crossings, chances
        For each segment; ``chances`` is how often neighbours could have crossed.
    """

    sign: Sides
    useful: Ints
    first: Ints
    length: Ints
    side: Sides
    segment: Ints
    n_useful: Ints
    longest: Ints
    crossings: Ints
    chances: Ints


def side_of(y: Floats, line: Floats, tolerance: float) -> Sides:
    """Tell which side of a line each point is on: 1, -1, or 0 for on the line (within tolerance) or missing.

    Examples
    --------
    >>> side_of(np.array([2.0, 1.0, 0.5, np.nan]), np.array([1, 1 + 1e-12, 1, 1]), 1e-9).tolist()
    [1, 0, -1, 0]
    """
    off = y - line
    over, under = off > 0, off < 0
    # Few points are as near as the largest number allows: only these are measured.
    at = np.flatnonzero(np.abs(off, out=off) <= tolerance * _largest(y, line))
    near = off[at] <= _near(y[at], line[at], tolerance)
    over[at] &= ~near
    under[at] &= ~near
    return over.view(np.int8) - under.view(np.int8)


def _largest(*values: Floats) -> float:
    """Return the largest absolute value; missing ones are none."""
    if not len(values[0]):
        return 0.0
    return max(abs(float(end)) for v in values for end in (np.fmax.reduce(v), np.fmin.reduce(v)))


def above(y: Floats, line: Floats, tolerance: float) -> Bools:
    """Tell which points are above a line, and not on it; a missing point or line is not."""
    # Few points pass a limit: only these are measured.
    at = np.flatnonzero(y > line)
    passed = np.zeros(len(y), np.bool_)
    passed[at] = y[at] - line[at] > _near(y[at], line[at], tolerance)
    return passed


def _near(y: Floats, line: Floats, tolerance: float) -> Floats:
    near = np.abs(line)
    np.maximum(near, np.abs(y), out=near)
    near *= tolerance
    endless = np.isinf(near)
    if endless.any():
        near[endless] = 0
    return near


def find_runs(side: Sides, present: Bools, segments: Segments, hole: Bools | None, ties: str) -> Runs:
    """Find all runs in one pass.

    Parameters
    ----------
    side
        1, -1 or 0 for each point.
    present
        Points that are there and not excluded. A tie among them breaks a run if ``ties`` is ``"break"``.
    segments
        Runs never cross from one series or phase to another.
    hole
        Points before which time is missing: no run and no crossing reaches over it.
    ties
        ``"skip"`` or ``"break"``.
    """
    counted = present & (side != 0)
    useful = np.flatnonzero(counted)
    codes, sides = segments.codes.take(useful), side.take(useful)
    apart = np.ones(len(useful), np.bool_)
    apart[1:] = codes[1:] != codes[:-1]
    if hole is not None:
        stretch = np.cumsum(hole, dtype=np.int64)[useful]
        apart[1:] |= stretch[1:] != stretch[:-1]
    turned = np.zeros(len(useful), np.bool_)
    turned[1:] = sides[1:] != sides[:-1]
    turned &= ~apart
    new = apart | turned
    if ties == "break":
        tied = np.cumsum(present & (side == 0), dtype=np.int64)[useful]
        new[1:] |= tied[1:] != tied[:-1]
    first = np.flatnonzero(new)
    length = np.diff(first, append=len(useful))
    segment = codes[first]
    own = Segments.where_changes(segment)  # the runs of each segment that has any
    some = segment[own.starts]
    n_useful = segments.tally(counted)
    longest, crossings, chances = np.zeros((3, segments.count), np.int64)
    longest[some] = np.maximum.reduceat(length, own.starts)
    crossings[some] = own.tally(turned[first])
    chances[some] = n_useful[some] - own.tally(apart[first])
    return Runs(side, useful, first, length, sides[first], segment, n_useful, longest, crossings, chances)


def longest_run_max(n_useful: Ints) -> Ints:
    """Return the longest run that chance allows: round(log2(n)) + 3; 0 for no useful points.

    Source: Anhøj J, Olesen AV. Run charts revisited. PLoS ONE 2014; 9(11): e113825, after Schilling 2012.

    Examples
    --------
    >>> longest_run_max(np.array([10, 24, 100])).tolist()
    [6, 8, 10]
    """
    return np.where(n_useful > 0, np.round(np.log2(np.maximum(n_useful, 1))) + 3, 0).astype(np.int64)


def crossings_min(chances: Ints) -> Ints:
    """Return the fewest crossings that chance allows: the 5 % quantile of Binomial(n - 1, 1/2).

    Source: Chen Z. A note on the runs test. Model Assisted Statistics and Applications 2010; 5: 73–77.

    Examples
    --------
    >>> crossings_min(np.array([9, 23, 99])).tolist()
    [2, 8, 41]
    """
    asked = np.maximum(chances, 0)
    most = int(asked.max(initial=0))
    if most <= len(asked):  # many series of few points: a table is at hand sooner than what differs is found
        return np.array([_fair_quantile(n) for n in range(most + 1)], np.int64)[asked]
    values, where = np.unique(asked, return_inverse=True)
    return np.array([_fair_quantile(int(v)) for v in values], np.int64)[where.ravel()]


@lru_cache(maxsize=4096)
def _fair_quantile(trials: int) -> int:
    """Return the smallest k with P(X <= k) >= 1/20 for X ~ Binomial(trials, 1/2), in whole numbers: exact."""
    whole, k, ways = 2**trials, 0, 1
    below = ways
    while 20 * below < whole:
        ways = ways * (trials - k) // (k + 1)
        k += 1
        below += ways
    return k
