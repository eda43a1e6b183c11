"""What a measure's data say: analysed as its form asks, one finding a series. PURE."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.findings.series_finding import SeriesFinding, SeriesFindings
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
class MeasureFindings:
    """A measure, its analysis, and one finding for each of its series."""

    measure: Measure
    analysis: Analysis
    chart: str
    reason: str
    series: SeriesFindings

    @property
    def bounded(self) -> pd.DataFrame:
        """Site and date (x) of the points that are known only to bounds."""
        return self.series.bounded

    def of_site(self, site: str) -> SeriesFinding | None:
        """Return the finding of a site's first series, or None where it has none."""
        key = self._first_keys.get(site)
        return None if key is None else self.series[key]

    @property
    def site_names(self) -> list[str]:
        """The sites that have a series, by name."""
        return list(self._first_keys)

    @cached_property
    def _first_keys(self) -> dict[str, tuple[str, ...]]:
        return {key[0]: key for key in reversed(list(self.series))}


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
    times = multiplier(measure, None if n else _numbers(series))
    baseline = measure.baseline
    analysis = analyse(
        series,
        x="x",
        y="y",
        n=n,
        by=by,
        chart=chart,
        freeze=(baseline.until or baseline.points) if baseline else None,
        phases=_phases(measure),
        exclude=excluded if len(excluded) else None,
        target=measure.goal.value if measure.goal else None,
        improvement=measure.direction if measure.direction in ("up", "down") else None,
        multiply=times,
        rules=measure.rules or ("anhoej",),
        max_gap=gap,
    )
    return MeasureFindings(measure, analysis, chart, reason, SeriesFindings(analysis, series, by))


def _numbers(series: pd.DataFrame) -> np.ndarray[Any, Any]:
    columns = [c for c in ("y", "lower", "upper") if c in series.columns]
    return series[columns].to_numpy(dtype=float).ravel()


def _phases(measure: Measure) -> pd.DataFrame | None:
    """Return the first days of the phases in which centre line and limits are worked out anew."""
    starts = [pd.Timestamp(p.start) for p in measure.phases if p.recalculate and p.start]
    return pd.DataFrame({"first": starts}) if starts else None


def _chart(series: pd.DataFrame, measure: Measure, by: list[str], n: str | None) -> tuple[str, str]:
    if measure.chart:
        return measure.chart, "The measure's definition names this chart."
    plain = CHART_OF_KIND.get(measure.kind or "scale", "i")
    if plain == "p" and n and series["y"].notna().any():
        choice = choose_chart(series, x="x", y="y", n=n, by=by)
        return choice.chart, choice.sentence
    if plain in ("p", "u") and not n:
        return "i", "Its rates are known, but not what they are rates of."
    return plain, "Chosen from the kind of number."
