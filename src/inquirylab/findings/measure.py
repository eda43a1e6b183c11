"""What a measure's data say: analysed as its form asks, one finding a series. PURE."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.record.types import Measure
from inquirylab.series import multiplier, series_columns
from inquirylab.spc import Analysis, analyse, choose_chart

# What each kind of number is charted on when its form names no chart; `choose_chart` may say p′ or u′ instead.
CHART_OF_KIND = {"proportion": "p", "ratio": "u", "count": "c", "mean": "i", "median": "run", "scale": "i", "time_between": "t"}


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

    @property
    def sites(self) -> dict[str, SeriesFinding]:
        """The findings by site, where a site has one series."""
        return {finding.site: finding for finding in self.series.values()}

    @property
    def rate(self) -> bool:
        """Whether the chart shows a numerator over a denominator."""
        return "n" in self.analysis.points.columns and self.chart in ("p", "pp", "u", "up", "run", "i", "ip")


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
        improvement={"up": "up", "down": "down"}.get(measure.direction or ""),
        multiply=multiplier(measure),
        rules=measure.rules or ("anhoej",),
        max_gap=gap,
    )
    return MeasureFindings(measure, analysis, chart, reason, _by_series(analysis, series, by))


def _chart(series: pd.DataFrame, measure: Measure, by: list[str], n: str | None) -> tuple[str, str]:
    if measure.chart:
        return measure.chart, "The measure's definition names this chart."
    plain = CHART_OF_KIND.get(measure.kind or "scale", "i")
    if plain == "p" and n:
        choice = choose_chart(series, x="x", y="y", n=n, by=by)
        return choice.chart, choice.sentence
    return ("i" if plain == "u" and not n else plain), "Chosen from the kind of number."


def _by_series(analysis: Analysis, series: pd.DataFrame, by: list[str]) -> dict[tuple[str, ...], SeriesFinding]:
    points = analysis.points.groupby(by, sort=True, observed=True)
    signals = {_key(k): g for k, g in analysis.signals.groupby(by, sort=False, observed=True)}
    summaries = {_key(k): g.iloc[-1].to_dict() for k, g in analysis.summary.groupby(by, sort=False, observed=True)}
    left_out = {_key(k): g for k, g in series[series["left_out"] != ""].groupby(by, sort=False, observed=True)}
    out = {}
    for raw_key, frame in points:
        key = _key(raw_key)
        out[key] = _one(key, frame, signals.get(key), summaries[key], left_out.get(key))
    return out


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
        spots = signals.assign(at=[place.get(v) for v in signals["x"].to_numpy("datetime64[s]")]).dropna(subset=["at"])
        sigma = spots[spots["rule"] == "sigma"]
        beyond = {int(at): int(side) for at, side in zip(sigma["at"], sigma["side"], strict=True)}
        for _, run in spots[spots["rule"] == "run"].groupby("signal"):
            at = run["at"].astype(int)
            completing = at[run["role"] == "completing"]
            runs.append(Run(int(at.min()), int(at.max()), int(run["side"].iloc[0]), int(run["length"].iloc[0]),
                            int(completing.iloc[0]) if len(completing) else int(at.max())))
    gone = () if left_out is None else tuple(
        (np.datetime64(x, "s"), str(reason)) for x, reason in zip(left_out["x"], left_out["left_out"], strict=True))
    number = {c: frame[c].to_numpy(dtype=float) for c in ("y", "cl", "lcl", "ucl")}
    n = frame["n"].to_numpy(dtype=float) if "n" in frame.columns and frame["n"].notna().any() else None
    return SeriesFinding(site=key[0], key=key, x=x, n=n, baseline=frame["baseline"].to_numpy(dtype=bool),
                         phase=frame["phase"].to_numpy(), runs=tuple(sorted(runs, key=lambda r: r.start)),
                         beyond=beyond, left_out=gone, summary=summary, **number)
