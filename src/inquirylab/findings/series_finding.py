"""What was found in one series: its points, its lines, its signals. Charts, words and tables read nothing else. PURE."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.spc import Analysis

Columns = dict[str, np.ndarray[Any, Any]]


@dataclass(frozen=True)
class Run:
    """A run longer than chance: positions of its first and last point, its side, its length in useful points."""

    start: int
    end: int
    side: int
    length: int
    completing: int


@dataclass(frozen=True)
class SeriesFinding:
    """One series of a measure with all that its chart, its words and its table need.

    Arrays have one entry a point in order of time; ``y`` and the lines are in the unit of the chart. Where a point is
    known only to bounds its ``y`` is nan and ``bounds`` has both ends, infinite where nobody published one.
    """

    site: str
    key: tuple[str, ...]
    x: np.ndarray[Any, np.dtype[np.datetime64]]
    y: np.ndarray[Any, np.dtype[np.float64]]
    n: np.ndarray[Any, np.dtype[np.float64]] | None
    cl: np.ndarray[Any, np.dtype[np.float64]]
    lcl: np.ndarray[Any, np.dtype[np.float64]]
    ucl: np.ndarray[Any, np.dtype[np.float64]]
    baseline: np.ndarray[Any, np.dtype[np.bool_]]
    phase: np.ndarray[Any, Any]
    runs: tuple[Run, ...]
    beyond: Mapping[int, int]
    left_out: tuple[tuple[np.datetime64, str], ...]
    summary: Mapping[str, Any] = field(repr=False)
    bounds: Mapping[int, tuple[float, float]] = field(default_factory=dict)

    @property
    def current(self) -> Run | None:
        """The long run that still goes on at the last point, if there is one."""
        last = self.runs[-1] if self.runs else None
        return last if last and (last.end == len(self.x) - 1 or not np.isfinite(self.y[last.end + 1 :]).any()) else None

    @property
    def few(self) -> bool:
        """Fewer than ten useful points: drawn, and not judged."""
        return bool(self.summary["few"])

    @cached_property
    def frozen(self) -> bool:
        """Whether the limits come from a baseline that ended before the last point."""
        return bool(self.baseline.any() and not self.baseline.all())

    @property
    def last(self) -> int | None:
        """Position of the last point that has a value."""
        held = np.flatnonzero(np.isfinite(self.y))
        return int(held[-1]) if held.size else None


class SeriesFindings(Mapping[tuple[str, ...], SeriesFinding]):
    """One finding a series, made when it is asked for: a site's page needs one of a thousand.

    The analysis is taken apart into columns once; a series is then a slice of each.
    """

    def __init__(self, analysis: Analysis, series: pd.DataFrame, by: list[str]) -> None:
        points = analysis.points[analysis.points["include"]].sort_values("x", kind="stable")
        self._points = _columns(points, ["x", "y", "n", "cl", "lcl", "ucl", "baseline", "phase"])
        self._signals = _columns(analysis.signals, ["x", "rule", "role", "side", "signal", "length"])
        self._left_out = _columns(series[series["left_out"] != ""], ["x", "left_out"])
        self.left_out_dates = pd.DatetimeIndex(self._left_out["x"]).unique()
        self._summary = analysis.summary.to_dict("records")
        bounded = series[series["lower"].notna()] if "lower" in series.columns else series.iloc[:0]
        self.bounded = bounded[["site", "x"]] if "site" in bounded.columns else bounded.iloc[:, :0]
        self._bounds = _columns(bounded, ["x", "lower", "upper"])
        self._times = analysis.multiply
        frames = (points, analysis.signals, series[series["left_out"] != ""], analysis.summary, bounded)
        self._places = tuple(_places(frame, by) for frame in frames)
        self._made: dict[tuple[str, ...], SeriesFinding] = {}

    def __getitem__(self, key: tuple[str, ...]) -> SeriesFinding:
        if key not in self._made:
            in_points, in_signals, in_left_out, in_summary, in_bounds = self._places
            points = _slice(self._points, in_points[key])
            signals = _slice(self._signals, in_signals.get(key, _NOWHERE))
            left_out = _slice(self._left_out, in_left_out.get(key, _NOWHERE))
            summary = {str(k): v for k, v in self._summary[in_summary[key][-1]].items()}
            made = _finding(key, points, signals, left_out, summary)
            if key in in_bounds:
                made = replace(made, bounds=_bounds(made, _slice(self._bounds, in_bounds[key]), self._times))
            self._made[key] = made
        return self._made[key]

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return iter(self._places[0])

    def __len__(self) -> int:
        return len(self._places[0])


_NOWHERE = np.array([], dtype=int)


def _columns(frame: pd.DataFrame, names: list[str]) -> Columns:
    """Return the columns that are there as arrays; dates to the second, numbers as floats."""
    out: Columns = {}
    for name in names:
        if name in frame.columns:
            kind: Any = {"x": "datetime64[s]", "baseline": bool}.get(name, float if name in _NUMBERS else object)
            out[name] = frame[name].to_numpy(dtype=kind)
    return out


_NUMBERS = ("y", "n", "cl", "lcl", "ucl", "side", "signal", "length", "lower", "upper")


def _slice(columns: Columns, places: np.ndarray[Any, Any]) -> Columns:
    return {name: column[places] for name, column in columns.items()}


def _places(frame: pd.DataFrame, by: list[str]) -> dict[tuple[str, ...], np.ndarray[Any, Any]]:
    """Return the positions of each series' rows, in order of the series' names."""
    found = frame.groupby(by, sort=True, observed=True).indices
    return {_key(raw): np.asarray(places) for raw, places in found.items()}


def _key(raw: Any) -> tuple[str, ...]:
    return tuple(str(part) for part in raw) if isinstance(raw, tuple) else (str(raw),)


def _finding(
    key: tuple[str, ...], points: Columns, signals: Columns, left_out: Columns, summary: dict[str, Any]
) -> SeriesFinding:
    """A point that was left out is no point of the line: it is kept apart with its reason."""
    at = np.searchsorted(points["x"], signals["x"]) if len(points["x"]) else signals["x"].astype(int)
    held = np.array(
        [i < len(points["x"]) and points["x"][i] == x for i, x in zip(at, signals["x"], strict=True)], dtype=bool
    )
    n = points.get("n")
    return SeriesFinding(
        site=key[0],
        key=key,
        x=points["x"],
        y=points["y"],
        n=n if n is not None and np.isfinite(n).any() else None,
        cl=points["cl"],
        lcl=points["lcl"],
        ucl=points["ucl"],
        baseline=points["baseline"],
        phase=points["phase"],
        runs=_runs(at[held], _slice(signals, held)),
        beyond=_beyond(at[held], _slice(signals, held)),
        left_out=tuple((x, str(why)) for x, why in zip(left_out["x"], left_out["left_out"], strict=True)),
        summary=summary,
    )


def _bounds(finding: SeriesFinding, bounds: Columns, times: float) -> dict[int, tuple[float, float]]:
    """Return both ends, in the unit of the chart, by the position of their point."""
    at = np.searchsorted(finding.x, bounds["x"])
    ends = zip(bounds["lower"] * times, bounds["upper"] * times, strict=True)
    return {int(i): (float(low), float(high)) for i, (low, high) in zip(at, ends, strict=True)}


def _runs(at: np.ndarray[Any, Any], signals: Columns) -> tuple[Run, ...]:
    runs = []
    for number in np.unique(signals["signal"][signals["rule"] == "run"]):
        mine = (signals["rule"] == "run") & (signals["signal"] == number)
        completing = at[mine & (signals["role"] == "completing")]
        last = int(at[mine].max())
        side, length = int(signals["side"][mine][0]), int(signals["length"][mine][0])
        runs.append(Run(int(at[mine].min()), last, side, length, int(completing[0]) if len(completing) else last))
    return tuple(sorted(runs, key=lambda r: r.start))


def _beyond(at: np.ndarray[Any, Any], signals: Columns) -> dict[int, int]:
    sigma = signals["rule"] == "sigma"
    return {int(i): int(side) for i, side in zip(at[sigma], signals["side"][sigma], strict=True)}
