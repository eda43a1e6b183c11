"""Rows of a site's data and a measure become series of subgroups, ready to be analysed. PURE."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from inquirylab.record.types import Measure

if TYPE_CHECKING:
    from pandas.core.groupby import DataFrameGroupBy


NO_REASON = "no reason given yet"


def series_columns(measure: Measure) -> list[str]:
    """Return the columns that tell one series of a measure from another: the site, then its groups."""
    groups = list(measure.data.group) if measure.data else []
    return ["site", *groups]


def multiplier(measure: Measure, values: Sequence[float] | np.ndarray[Any, Any] | None = None) -> float:
    """Return the number that a rate is multiplied by to be shown: 100 where the unit is %.

    Parameters
    ----------
    measure
        Its own `multiply` wins.
    values
        Of a measure without counts: the values as the file has them. Where one of them is above 1 they are per cent
        already.

    Examples
    --------
    >>> multiplier(Measure(unit="%")), multiplier(Measure(unit="%"), [0.93, 1]), multiplier(Measure(unit="%"), [93, 0.4])
    (100.0, 100.0, 1.0)
    """
    if measure.multiply:
        return measure.multiply
    if measure.unit != "%":
        return 1.0
    numbers = np.abs(np.asarray([] if values is None else values, dtype=float))
    return 1.0 if bool((numbers[np.isfinite(numbers)] > 1).any()) else 100.0


def excluded(measure: Measure) -> dict[pd.Timestamp, str]:
    """Return the dates whose points a team leaves out of its measure, with its reasons.

    Two people may leave out the same point: both reasons stand.
    """
    reasons: dict[pd.Timestamp, list[str]] = {}
    for point in measure.excluded:
        if point.date:
            reasons.setdefault(pd.Timestamp(point.date), []).append(" ".join((point.reason or "").split()))
    return {day: "; ".join(dict.fromkeys(filter(None, said))) or NO_REASON for day, said in reasons.items()}


def to_series(rows: pd.DataFrame, measure: Measure, bounds: pd.DataFrame | None = None) -> pd.DataFrame:
    """Add up the rows of a measure to one row a site, group and date.

    Parameters
    ----------
    rows
        As ``store.site_data`` reads them: ``date``, ``site``, the measure's groups, ``numerator`` and
        ``denominator`` or ``value``, and ``left_out`` (a reason, or "").
    measure
        Says which groups there are and what kind of number it is.
    bounds
        Points that are known only to bounds: ``date``, ``site``, the groups, ``lower`` and ``upper``.

    Returns
    -------
    DataFrame
        The series' columns, then ``x`` (date), ``y`` (numerator, or value), ``n`` (denominator; absent where
        the measure has none), ``left_out``; where there are bounds, ``lower`` and ``upper`` of points whose ``y`` is
        not known. Sorted by series and date. A subgroup of several rows is left out only when all its rows are,
        with the first reason, or when the measure leaves out its date (`excluded`).

    Notes
    -----
    Numerators and denominators are summed; of values the mean is taken, or for a measure of kind ``median`` the median
    (with a ratio of sums, large subgroups weigh more,
    as in qicharts2 and the Health Care Data Guide). Missing stays missing: a sum of nothing is not zero.
    """
    by = series_columns(measure)
    rate = "denominator" in rows.columns and "numerator" in rows.columns
    above = "numerator" if rate or "value" not in rows.columns else "value"  # a count alone has a numerator only
    if rows.duplicated([*by, "date"]).any():
        counting = rows[rows["left_out"] == ""] if (rows["left_out"] != "").any() else rows
        keys = rows.groupby([*by, "date"], sort=False)["left_out"].agg(_reason).reset_index()
        spots = counting.groupby([*by, "date"], sort=False)
        columns = [above, "denominator"] if rate else [above]
        summed = above == "numerator"
        amounts = spots[columns].sum(min_count=1) if summed else _middle(spots[columns], measure)
        rows = keys.merge(amounts.reset_index(), on=[*by, "date"], how="left")
    out = rows[[*by]].copy()
    out["x"] = rows["date"]
    out["y"] = rows[above]
    if rate:
        out["n"] = rows["denominator"]
    out["left_out"] = rows["left_out"]
    if bounds is not None and len(bounds):
        out = pd.concat([out, _bounded(bounds, by, rate)] if len(out) else [_bounded(bounds, by, rate)])
    if measure.excluded:
        out = _without_excluded(out, measure)
    return out.sort_values([*by, "x"], kind="stable").reset_index(drop=True)


def _without_excluded(series: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Mark the points of excluded dates as left out; a point that is left out has no bounds to be drawn either."""
    why = pd.to_datetime(series["x"]).dt.normalize().map(excluded(measure))
    out = series.assign(left_out=series["left_out"].where((series["left_out"] != "") | why.isna(), why))
    if "lower" in out.columns:
        out.loc[why.notna(), ["lower", "upper"]] = np.nan
    return out


def _bounded(bounds: pd.DataFrame, by: list[str], rate: bool) -> pd.DataFrame:
    """Return points without a number but with bounds, as rows of a series."""
    points = bounds[[*by, "lower", "upper"]].assign(x=bounds["date"], y=np.nan, left_out="")
    return points.assign(n=np.nan) if rate else points


def _middle(values: DataFrameGroupBy[Any, Any], measure: Measure) -> pd.DataFrame:
    return values.median() if measure.kind == "median" else values.mean()


def _reason(reasons: pd.Series[str]) -> str:
    """A subgroup is left out only if each of its rows is."""
    return str(reasons.iloc[0]) if (reasons != "").all() else ""
