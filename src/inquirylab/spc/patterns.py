"""The patterns that rules look for, each in one pass over all series.

Which of them a rule set uses, and with what numbers, is data (definitions/rule_sets).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import comb
from typing import Any

import numpy as np

from inquirylab.spc.runs import Runs
from inquirylab.spc.segments import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Sequence:
    """The points that rules look at: present and not excluded, in order.

    Parameters
    ----------
    point
        Their indices among all points.
    stretch
        Which phase, and which side of a hole in time, each belongs to; no pattern reaches over a change.
    y
        Their values.
    zone
        How many sigmas from the centre line they pass: 3, 2, 1 above; 0; -1, -2, -3 below.
    bounded
        Whether there are limits at all.
    ties
        What equal neighbours do to a trend: ``"skip"`` or ``"break"``.
    runs, longest
        The runs about the centre line; for each segment the longest that chance allows.
    edges
        Lines by signed sigmas, only where past points are to be judged by the current point's lines (qcc).
    """

    point: Ints
    stretch: Ints
    y: Floats
    zone: Ints
    bounded: Bools
    ties: str
    runs: Runs
    longest: Ints
    edges: dict[int, Floats] | None = None


@dataclass(frozen=True, slots=True)
class Hits:
    """Points of patterns: one element a point of a pattern (a turning point may belong to two trends).

    ``point`` counts among all points, ``group`` numbers the patterns, ``fires`` marks points at which the rule holds
    when one looks back from them, ``side`` is 1 (above, or rising), -1 (below, or falling) or 0 (both).
    """

    point: Ints
    group: Ints
    fires: Bools
    side: Ints


def beyond(s: Sequence, sigmas: int = 3) -> Hits:
    """Find single points beyond so many sigmas."""
    at = np.flatnonzero(np.abs(s.zone) >= sigmas)
    return Hits(s.point[at], np.arange(len(at)), np.ones(len(at), np.bool_), np.sign(s.zone[at]))


def long_run(s: Sequence, length: int = 0) -> Hits:
    """Find runs on one side of the centre line: of at least ``length`` points, or (0) longer than chance allows."""
    runs = s.runs
    least = np.full(len(runs.length), length) if length else s.longest[runs.segment] + 1
    long = np.flatnonzero(runs.length >= least)
    size = runs.length[long]
    group = np.repeat(np.arange(len(long)), size)
    place = np.arange(len(group)) - np.repeat(np.cumsum(size) - size, size) + 1
    fires = place >= least[long][group] if length else place == least[long][group]
    point = runs.useful[runs.first[long][group] + place - 1]
    return Hits(point, group, fires, runs.side[long][group].astype(np.int64))


def trend(s: Sequence, length: int = 5) -> Hits:
    """Find stretches of at least ``length`` points that all rise or all fall."""
    kept = np.arange(len(s.y))
    if s.ties == "skip":
        repeat = np.zeros(len(s.y), np.bool_)
        repeat[1:] = (s.y[1:] == s.y[:-1]) & (s.stretch[1:] == s.stretch[:-1])
        kept = np.flatnonzero(~repeat)
    direction, owner = _directions(s.y[kept], s.stretch[kept])
    step = np.flatnonzero(direction != 0)
    run, place, size = _runs_of(direction[step], step - np.arange(len(step)), owner[step])
    long = size[run] + 1 >= length
    ends, first = step[long], step[long & (place == 1)]
    point = np.concatenate([kept[first], kept[ends + 1]])
    group = np.concatenate([run[long & (place == 1)], run[long]])
    fires = np.concatenate([np.zeros(len(first), np.bool_), place[long] + 1 >= length])
    side = np.concatenate([direction[first], direction[ends]])
    return Hits(s.point[point], group, fires, side)


def _directions(y: Floats, stretch: Ints) -> tuple[Ints, Ints]:
    """Return for each step its direction (0 for ties and over borders) and its stretch."""
    step = np.sign(np.nan_to_num(y[1:] - y[:-1])).astype(np.int64)
    return np.where(stretch[1:] == stretch[:-1], step, 0), stretch[1:]


def _runs_of(*keys: Ints) -> tuple[Ints, Ints, Ints]:
    """Return for each element its run of equal keys and its 1-based place in it, and each run's size."""
    count = len(keys[0])
    if count == 0:
        return (np.zeros(0, np.int64),) * 3
    new = np.ones(count, np.bool_)
    new[1:] = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    run = np.cumsum(new) - 1
    starts = np.flatnonzero(new)
    return run, np.arange(count) - starts[run] + 1, np.diff(np.append(starts, count))


def some_of(s: Sequence, count: int, of: int, sigmas: int, within: int = 0, same_side: bool = False) -> Hits:
    """Find ``count`` of ``of`` successive points beyond so many sigmas on one side.

    ``within`` leaves out points beyond that many sigmas; ``same_side`` asks that all ``of`` points be on that side.
    """
    parts = [_some_on(s, side, count, of, sigmas, within, same_side) for side in (1, -1)]
    parts[1] = Hits(parts[1].point, parts[1].group + len(s.y), parts[1].fires, parts[1].side)
    return Hits(*(np.concatenate([getattr(p, name) for p in parts]) for name in ("point", "group", "fires", "side")))


def _some_on(s: Sequence, side: int, count: int, of: int, sigmas: int, within: int, same_side: bool) -> Hits:
    own = s.zone * side
    hit = own >= sigmas
    if within:
        hit &= own < within
    counted = _in_window(hit, of) if s.edges is None else _past_beyond(s, side, of, sigmas)
    fires = (counted >= count) & (s.stretch == np.roll(s.stretch, of - 1))
    fires &= (_in_window(s.runs.sign[s.point] == side, of) == of) if same_side else hit
    fires[: of - 1] = False
    covered = _covered(fires, of)
    run, _, _ = _runs_of(s.stretch, covered.astype(np.int64))
    at = np.flatnonzero(covered & hit)
    return Hits(s.point[at], run[at], fires[at], np.full(len(at), side))


def _past_beyond(s: Sequence, side: int, of: int, sigmas: int) -> Ints:
    """Count how many of ``of`` points pass the line as it stands at the last of them."""
    assert s.edges is not None
    edge = s.edges[side * sigmas]
    passed = [side * (np.roll(s.y, back) - edge) > 0 for back in range(of)]
    return np.asarray(np.sum(passed, axis=0), np.int64)


def _in_window(mask: Bools, of: int) -> Ints:
    """Count the true elements among each element and the ``of - 1`` before it."""
    total = np.concatenate(([0], np.cumsum(mask)))
    return np.asarray(total[1:] - total[np.maximum(np.arange(len(mask)) + 1 - of, 0)])


def _covered(fires: Bools, of: int) -> Bools:
    """Mark each firing element and the ``of - 1`` before it."""
    change = np.zeros(len(fires) + 1, np.int64)
    ends = np.flatnonzero(fires)
    np.add.at(change, ends - of + 1, 1)
    np.add.at(change, ends + 1, -1)
    return np.cumsum(change[:-1]) > 0


def hugging(s: Sequence, length: int = 15) -> Hits:
    """Find at least ``length`` successive points within one sigma of the centre line, on either side."""
    return _stretch_of(s, s.bounded & (s.zone == 0), length)


def mixture(s: Sequence, length: int = 8) -> Hits:
    """Find at least ``length`` successive points on both sides with none within one sigma of the centre line."""
    found = _stretch_of(s, np.abs(s.zone) >= 1, length)
    up = _in_window(s.zone > 0, length)
    both = np.zeros(len(s.runs.sign), np.bool_)
    both[s.point] = (up > 0) & (up < length)
    fires = found.fires & both[found.point]
    some = np.isin(found.group, found.group[fires])
    return Hits(found.point[some], found.group[some], fires[some], found.side[some])


def _stretch_of(s: Sequence, mask: Bools, length: int) -> Hits:
    run, place, size = _runs_of(s.stretch, mask.astype(np.int64))
    at = np.flatnonzero(mask & (size[run] >= length)) if len(mask) else run
    return Hits(s.point[at], run[at], place[at] >= length, np.zeros(len(at), np.int64))


def alternating(s: Sequence, length: int = 14) -> Hits:
    """Find at least ``length`` successive points that go up and down in turn."""
    direction, owner = _directions(s.y, s.stretch)
    turned = np.where(np.arange(len(direction)) % 2 == 0, direction, -direction)
    run, place, size = _runs_of(turned, owner)
    long = (direction != 0) & (size[run] + 1 >= length) if len(run) else np.zeros(0, np.bool_)
    ends, first = np.flatnonzero(long), np.flatnonzero(long & (place == 1))
    point = np.concatenate([first, ends + 1])
    group = np.concatenate([run[first], run[ends]])
    fires = np.concatenate([np.zeros(len(first), np.bool_), place[ends] + 1 >= length])
    return Hits(s.point[point], group, fires, np.zeros(len(point), np.int64))


PATTERNS: dict[str, Callable[..., Hits]] = {
    "beyond": beyond,
    "long_run": long_run,
    "trend": trend,
    "some_of": some_of,
    "hugging": hugging,
    "mixture": mixture,
    "alternating": alternating,
}


@cache
def expected_runs(n_useful: int, tail: float = 0.025) -> tuple[int, int]:
    """Return the fewest and most runs that chance allows for so many useful points, half of them on each side.

    Source: Wald A, Wolfowitz J. Annals of Mathematical Statistics 1940; 11: 147–162, in whole numbers. Printed tables
    round differently; this one is named by its tail.

    Examples
    --------
    >>> expected_runs(10), expected_runs(20)
    ((3, 9), (7, 15))
    """
    low, high = n_useful // 2, n_useful - n_useful // 2
    ways = [_ways(runs, low, high) for runs in range(n_useful + 1)]
    whole, allowed = comb(n_useful, low), tail
    fewest = next((r for r in range(n_useful + 1) if sum(ways[: r + 1]) > allowed * whole), 0)
    most = next((r for r in range(n_useful, -1, -1) if sum(ways[r:]) > allowed * whole), n_useful)
    return fewest, most


def _ways(runs: int, low: int, high: int) -> int:
    """Count the orders of ``low`` and ``high`` things that make so many runs."""
    if runs < 2:
        return 0
    half = runs // 2
    if runs % 2 == 0:
        return 2 * comb(low - 1, half - 1) * comb(high - 1, half - 1)
    return comb(low - 1, half) * comb(high - 1, half - 1) + comb(low - 1, half - 1) * comb(high - 1, half)


def numbers_of(name: str) -> set[str]:
    """Return the names of a pattern's numbers, for checking definitions."""
    import inspect

    parameters: Any = inspect.signature(PATTERNS[name]).parameters
    return set(parameters) - {"s"}
