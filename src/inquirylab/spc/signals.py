"""Which points broke which rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from inquirylab.spc.conventions import Conventions
from inquirylab.spc.phases import Stretches
from inquirylab.spc.runs import Runs, crossings_min, find_runs, longest_run_max, side_of
from inquirylab.spc.segments import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Signals:
    """One element a point of a signal."""

    point: Ints
    rule: npt.NDArray[Any]
    role: npt.NDArray[Any]
    side: Ints
    signal: Ints
    length: Ints


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules say of all points and of all segments."""

    runs: Runs
    longest_max: Ints
    crossings_min: Ints
    few: Bools
    run_signal: Bools
    crossings_signal: Bools
    beyond: Bools
    signals: Signals

    @property
    def runs_signal(self) -> Bools:
        """Segments with too long a run or too few crossings."""
        return self.run_signal | self.crossings_signal


def judge(
    drawn: dict[str, Floats], stretches: Stretches, hole: Bools | None, rule: Conventions, in_order: bool
) -> Judged:
    """Apply the three-sigma rule and the Anhøj rules.

    A segment with fewer useful points than the conventions ask for gets no verdict at all. Runs mean nothing if
    points have no order in time, or share values as neighbouring moving ranges do; they are then only counted.
    """
    y, segments = drawn["y"], stretches.segments
    side = side_of(y, drawn["cl"], rule.tolerance)
    runs = find_runs(side, stretches.include & ~np.isnan(y), segments, hole, rule.ties)
    few = runs.n_useful < rule.min_useful
    above = side_of(y, drawn["ucl"], rule.tolerance) > 0
    below = side_of(y, drawn["lcl"], rule.tolerance) < 0
    beyond = (above | below) & ~few[segments.codes]
    longest, fewest = longest_run_max(runs.n_useful), crossings_min(runs.chances)
    unjudged = few if in_order else np.ones_like(few)
    found = _joined([_sigma(beyond, above), _long_runs(runs, longest, unjudged, segments.codes)])
    long, sparse = (runs.longest > longest) & ~unjudged, (runs.crossings < fewest) & ~unjudged
    return Judged(runs, longest, fewest, few, long, sparse, beyond, found)


def _sigma(beyond: Bools, above: Bools) -> Signals:
    point = np.flatnonzero(beyond)
    one = np.ones(len(point), np.int64)
    return Signals(
        point,
        _words("sigma", len(point)),
        _words("completing", len(point)),
        np.where(above[point], 1, -1),
        np.arange(len(point)),
        one,
    )


def _long_runs(runs: Runs, longest: Ints, few: Bools, codes: Ints) -> Signals:
    owner = codes[runs.useful]
    length = runs.length[runs.run] if len(runs.run) else runs.run
    hit = (length > longest[owner]) & ~few[owner]
    point, run = runs.useful[hit], runs.run[hit]
    role = np.where(runs.place[hit] == longest[owner[hit]] + 1, "completing", "pattern").astype(object)
    signal = np.unique(run, return_inverse=True)[1].astype(np.int64)
    return Signals(point, _words("run", len(point)), role, runs.side[run], signal, runs.length[run])


def _words(word: str, count: int) -> npt.NDArray[Any]:
    return np.full(count, word, dtype=object)


def _joined(parts: list[Signals]) -> Signals:
    """Put the signals of all rules in the order of their points, each signal with a number of its own."""
    offsets = np.cumsum([0, *(int(part.signal.max(initial=-1)) + 1 for part in parts)])
    point = np.concatenate([part.point for part in parts])
    order = np.argsort(point, kind="stable")
    signal = np.concatenate([part.signal + offset for part, offset in zip(parts, offsets, strict=False)])[order]

    def together(name: str) -> npt.NDArray[Any]:
        return np.concatenate([getattr(part, name) for part in parts])[order]

    numbers, first, where = np.unique(signal, return_index=True, return_inverse=True)
    rank = np.empty(len(numbers), np.int64)
    rank[np.argsort(first)] = np.arange(1, len(numbers) + 1)
    return Signals(point[order], together("rule"), together("role"), together("side"), rank[where], together("length"))
