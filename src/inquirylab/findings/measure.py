"""What a measure's data say: analysed as its form asks, one finding a series. PURE."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.record.types import Measure
from inquirylab.series import multiplier, series_columns
from inquirylab.spc import Analysis, analyse, choose_chart

# What each kind of number is charted on when its form names no chart; `choose_chart` may say p′ or u′ instead.
CHART_OF_KIND = {
    "proportion": "p",
    "ratio": "u",
    "count": "c",
    "mean": "i",
    "median": "run",
    "scale": "i",
    "time_between": "t",
}


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

    Arrays have one entry a point in order of time; ``y`` and the lines are in the unit of the chart.
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


@dataclass(frozen=True)
class MeasureFindings:
    """A measure, its analysis, and one finding for each of its series."""

    measure: Measure
    analysis: Analysis
    chart: str
    reason: str
    series: Mapping[tuple[str, ...], SeriesFinding]

    def of_site(self, site: str) -> SeriesFinding | None:
        """Return the finding of a site's first series, or None where it has none."""
        key = next((key for key in self.series if key[0] == site), None)
        return None if key is None else self.series[key]

    @property
    def site_names(self) -> list[str]:
        """The sites that have a series, by name."""
        return list(dict.fromkeys(key[0] for key in self.series))


def find(series: pd.DataFrame, measure: Measure) -> MeasureFindings:
    """Analyse a measure's series as its form asks.

    Parameters
    ----------
    series
        As `inquirylab.series.to_series` makes them.
    measure
        Its form says chart, baseline, phases, rules and the longest gap. Where it names no chart, one is
        chosen from the kind of number and the data, and `reason` says why.
    """
    by = series_columns(measure)
    n = "n" if "n" in series.columns else None
    gap = f"{measure.data.longest_gap_weeks}W" if measure.data and measure.data.longest_gap_weeks else None
    excluded = series.loc[series["left_out"] != "", [*by, "x"]]
    chart, reason = _chart(series[series["left_out"] == ""], measure, by, n)
    baseline = measure.baseline
    analysis = analyse(
        series,
        x="x",
        y="y",
        n=n,
        by=by,
        chart=chart,
        freeze=(baseline.until or baseline.points) if baseline else None,
        phases=[p.start for p in measure.phases if p.recalculate and p.start] or None,
        exclude=excluded if len(excluded) else None,
        target=measure.goal.value if measure.goal else None,
        improvement=measure.direction if measure.direction in ("up", "down") else None,
        multiply=multiplier(measure),
        rules=measure.rules or ("anhoej",),
        max_gap=gap,
    )
    return MeasureFindings(measure, analysis, chart, reason, LazySeries(analysis, series, by))


def _chart(series: pd.DataFrame, measure: Measure, by: list[str], n: str | None) -> tuple[str, str]:
    if measure.chart:
        return measure.chart, "The measure's definition names this chart."
    plain = CHART_OF_KIND.get(measure.kind or "scale", "i")
    if plain == "p" and n:
        choice = choose_chart(series, x="x", y="y", n=n, by=by)
        return choice.chart, choice.sentence
    return ("i" if plain == "u" and not n else plain), "Chosen from the kind of number."


class LazySeries(Mapping[tuple[str, ...], SeriesFinding]):
    """One finding a series, made when it is asked for: a site's page needs one of a thousand."""

    def __init__(self, analysis: Analysis, series: pd.DataFrame, by: list[str]) -> None:
        self._frames = (analysis.points, analysis.signals, analysis.summary, series[series["left_out"] != ""])
        self._places = tuple(_places(frame, by) for frame in self._frames)
        self._made: dict[tuple[str, ...], SeriesFinding] = {}

    def __getitem__(self, key: tuple[str, ...]) -> SeriesFinding:
        if key not in self._made:
            if key not in self._places[0]:
                raise KeyError(key)
            points, signals, summary, left_out = (
                frame.take(places[key]) if key in places else None
                for frame, places in zip(self._frames, self._places, strict=True)
            )
            assert points is not None and summary is not None
            self._made[key] = _one(key, points, signals, {str(k): v for k, v in summary.iloc[-1].items()}, left_out)
        return self._made[key]

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return iter(self._places[0])

    def __len__(self) -> int:
        return len(self._places[0])


def _places(frame: pd.DataFrame, by: list[str]) -> dict[tuple[str, ...], np.ndarray[Any, Any]]:
    """Return the positions of each series' rows, in order of the series' names."""
    found = frame.groupby(by, sort=True, observed=True).indices
    return {_key(raw): np.asarray(places) for raw, places in found.items()}


def _key(raw: Any) -> tuple[str, ...]:
    return tuple(str(part) for part in raw) if isinstance(raw, tuple) else (str(raw),)


def _one(
    key: tuple[str, ...],
    frame: pd.DataFrame,
    signals: pd.DataFrame | None,
    summary: dict[str, Any],
    left_out: pd.DataFrame | None,
) -> SeriesFinding:
    """A point that was left out is no point of the line: it is kept apart with its reason."""
    frame = frame[frame["include"]].sort_values("x")
    x = frame["x"].to_numpy("datetime64[s]")
    place = {value: i for i, value in enumerate(x)}
    beyond: dict[int, int] = {}
    runs = []
    if signals is not None and len(signals):
        at_point = [place.get(v, -1) for v in signals["x"].to_numpy("datetime64[s]")]
        spots = signals.assign(at=at_point)
        spots = spots[spots["at"] >= 0]
        sigma = spots[spots["rule"] == "sigma"]
        beyond = {int(at): int(side) for at, side in zip(sigma["at"], sigma["side"], strict=True)}
        for _, run in spots[spots["rule"] == "run"].groupby("signal"):
            at = run["at"].astype(int)
            completing = at[run["role"] == "completing"]
            runs.append(
                Run(
                    int(at.min()),
                    int(at.max()),
                    int(run["side"].iloc[0]),
                    int(run["length"].iloc[0]),
                    int(completing.iloc[0]) if len(completing) else int(at.max()),
                )
            )
    gone = (
        ()
        if left_out is None
        else tuple(
            (np.datetime64(x, "s"), str(reason)) for x, reason in zip(left_out["x"], left_out["left_out"], strict=True)
        )
    )
    number = {c: frame[c].to_numpy(dtype=float) for c in ("y", "cl", "lcl", "ucl")}
    n = frame["n"].to_numpy(dtype=float) if "n" in frame.columns and frame["n"].notna().any() else None
    return SeriesFinding(
        site=key[0],
        key=key,
        x=x,
        n=n,
        baseline=frame["baseline"].to_numpy(dtype=bool),
        phase=frame["phase"].to_numpy(),
        runs=tuple(sorted(runs, key=lambda r: r.start)),
        beyond=beyond,
        left_out=gone,
        summary=summary,
        **number,
    )
