"""Which points broke which rule."""

from __future__ import annotations

from collections.abc import Sequence as Many
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.spc.conventions import Conventions
from inquirylab.spc.limits import Lines
from inquirylab.spc.patterns import PATTERNS, Hits, Sequence, expected_runs
from inquirylab.spc.phases import Stretches
from inquirylab.spc.rules import AskedRule
from inquirylab.spc.runs import Runs, Sides, above, crossings_min, find_runs, longest_run_max, side_of
from inquirylab.spc.segments import Bools, Floats, Ints, Segments

_OF_RUNS = {"long_run", "trend"}


@dataclass(frozen=True, slots=True)
class Signals:
    """One element a point of a signal; ``rule`` and ``role`` are columns of text."""

    point: Ints
    rule: Any
    role: Any
    side: Ints
    signal: Ints
    length: Ints


@lru_cache(maxsize=64)
def _vocabulary(words: tuple[str, ...]) -> Any:
    return pd.Series(words).array


def worded(words: Many[str], codes: Ints) -> Any:
    """Return a column of text from the codes of its words; -1 is missing. A frame takes it as it is, with no inference."""
    return _vocabulary(tuple(words)).take(codes, allow_fill=True)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules say of all points and of all segments.

    ``few`` marks segments with fewer than ten useful points; ``run_signal``, ``crossings_signal`` and
    ``n_runs_signal`` tell of single rules, ``rules_signal`` of any rule but the three-sigma limits; ``direction``
    gives each point the side of the first rule that it breaks.
    """

    runs: Runs
    longest_max: Ints
    crossings_min: Ints
    few: Bools
    run_signal: Bools
    crossings_signal: Bools
    n_runs_signal: Bools | None
    rules_signal: Bools
    beyond: Bools
    signals: Signals
    direction: Sides


ENOUGH = 10
"""Useful points below which a chart is drawn but not judged (Provost & Murray 2011; Perla, Provost & Murray 2011)."""


def judge(
    drawn: dict[str, Floats],
    lines: Lines,
    y: Floats,
    stretches: Stretches,
    hole: Bools | None,
    rule: Conventions,
    in_order: bool,
    asked: Many[AskedRule],
) -> Judged:
    """Apply the three-sigma limits and the rules that were asked for.

    A segment with fewer than ten useful points gets no verdict at all, unless the conventions give one. Patterns mean
    nothing if points have no order in time, or share values as neighbouring moving ranges do: runs are then only
    counted.
    """
    segments = stretches.segments
    present = stretches.include & ~np.isnan(y)
    runs = find_runs(side_of(drawn["y"], drawn["cl"], rule.tolerance), present, segments, hole, rule.ties)
    few = runs.n_useful < ENOUGH
    silent = few & ~np.bool_(rule.judges_few)
    high = above(drawn["y"], drawn["ucl"], rule.tolerance)
    beyond = high | above(drawn["lcl"], drawn["y"], rule.tolerance)
    if silent.any():
        beyond &= ~segments.to_each(silent)
    longest, fewest = longest_run_max(runs.n_useful), crossings_min(runs.chances)
    unjudged = silent if in_order else np.ones_like(silent)
    hits = [("sigma", _single(beyond, high))]
    patterns = [a for a in asked if a.rule.pattern in PATTERNS]
    if patterns and in_order:
        needs_zones = any(a.rule.pattern not in _OF_RUNS for a in patterns)
        sequence = _sequence(y, lines, present, runs, longest, stretches, hole, rule, needs_zones)
        for a in patterns:
            found = PATTERNS[a.rule.pattern](sequence, **a.numbers)
            hits.append((a.rule.id, _only(found, ~silent[segments.codes[found.point]])))
    signals, direction = _joined(hits, len(y))
    named = {a.rule.pattern: a for a in asked}
    sparse = (runs.crossings < fewest) & ~unjudged if "crossings" in named else np.zeros_like(few)
    odd = None
    if "runs" in named:
        odd = ~unjudged & _too_few_or_many(runs, named["runs"].numbers["tail"])
    told = {name: _told(found, segments) for name, found in hits}
    of_anhoej = told.get("run", np.zeros_like(few))
    anything = sparse if odd is None else sparse | odd
    for name in told.keys() - {"sigma"}:
        anything = anything | told[name]
    return Judged(runs, longest, fewest, few, of_anhoej, sparse, odd, anything, beyond, signals, direction)


def _sequence(
    y: Floats,
    lines: Lines,
    present: Bools,
    runs: Runs,
    longest: Ints,
    stretches: Stretches,
    hole: Bools | None,
    rule: Conventions,
    needs_zones: bool,
) -> Sequence:
    point = np.flatnonzero(present)
    codes = stretches.segments.codes
    stretch = codes if hole is None else codes * (len(y) + 1) + np.cumsum(hole)
    taken = slice(None) if len(point) == len(y) else point  # a slice takes without copying
    zone = np.zeros(len(point), np.int64)
    bounded = np.zeros(len(point), np.bool_)
    if needs_zones:
        bounded = np.isfinite(lines.at(1, 3)[taken])
        for sigmas in (1, 2, 3):
            zone += above(y[taken], lines.at(1, sigmas)[taken], rule.tolerance)
            zone -= above(lines.at(-1, sigmas)[taken], y[taken], rule.tolerance)
    edges = None
    if needs_zones and rule.zones == "current":
        edges = {side * sigmas: lines.at(side, sigmas)[taken] for side in (1, -1) for sigmas in (1, 2)}
    return Sequence(point, stretch[taken], y[taken], zone, bounded, rule.ties, runs, longest, edges)


def _single(beyond: Bools, high: Bools) -> Hits:
    point = np.flatnonzero(beyond)
    side = np.where(high[point], 1, -1)
    return Hits(point, np.arange(len(point)), np.ones(len(point), np.bool_), side)


def _only(hits: Hits, kept: Bools) -> Hits:
    return Hits(hits.point[kept], hits.group[kept], hits.fires[kept], hits.side[kept])


def _told(hits: Hits, segments: Segments) -> Bools:
    """Tell which segments have a hit."""
    mask = np.zeros(segments.count, np.bool_)
    mask[segments.codes[hits.point]] = True
    return mask


def _too_few_or_many(runs: Runs, tail: float) -> Bools:
    numbers, where = np.unique(runs.n_useful, return_inverse=True)
    table = np.array([expected_runs(int(n), tail) for n in numbers], np.int64).reshape(-1, 2)[where.ravel()]
    made = np.bincount(runs.segment, minlength=len(runs.n_useful))
    return np.asarray((made < table[:, 0]) | (made > table[:, 1]))


def _joined(found: list[tuple[str, Hits]], count: int) -> tuple[Signals, Sides]:
    """Put the signals of all rules in the order of their points, each signal with a number of its own."""
    direction = np.zeros(count, np.int8)
    rule, point, group, fires, side, offset = [], [], [], [], [], 0
    for number, (_, hits) in enumerate(found):
        free = direction[hits.point] == 0
        direction[hits.point[free]] = hits.side[free]
        rule.append(np.full(len(hits.point), number))
        group.append(hits.group + offset)
        offset += int(hits.group.max(initial=-1)) + 1
        point.append(hits.point)
        fires.append(hits.fires)
        side.append(hits.side)
    at = np.concatenate(point).astype(np.int64)
    order = np.argsort(at, kind="stable")
    signal = pd.factorize(np.concatenate(group)[order])[0].astype(np.int64)  # numbered as they first appear
    return Signals(
        at[order],
        worded([name for name, _ in found], np.concatenate(rule)[order]),
        worded(["pattern", "completing"], np.concatenate(fires)[order].astype(np.int64)),
        np.concatenate(side)[order].astype(np.int64),
        signal + 1,
        np.bincount(signal)[signal],
    ), direction
