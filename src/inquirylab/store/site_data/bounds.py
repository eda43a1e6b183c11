"""Points that are known only to bounds, in the unit of the series, so that a chart can draw them as intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from inquirylab.record.types import MeasureData
from inquirylab.store.site_data.assembling import Whole
from inquirylab.store.site_data.table import Floats, Lines

Ends = tuple[Floats, Floats]


def bounds_of(whole: Whole, marks: pd.DataFrame, data: MeasureData) -> pd.DataFrame:
    """Return the points of a reading that are known only to bounds.

    Parameters
    ----------
    whole
        All rows of the measure.
    marks
        Every value that is not a number, as `assembling.marks_of` returns them.
    data
        The measure's declaration.

    Returns
    -------
    DataFrame
        date, site, the measure's groups, lower, upper: a share where the measure has counts, else as the file has it.
        An end that nobody published is infinite. A date that has a usable row too is no interval.

    Notes
    -----
    The published rate says it best; without one, counts are divided end by end. A bound of a count to date is
    none of what was new.
    """
    censored = marks[marks["kind"] == "censored"] if not data.cumulative else marks.iloc[:0]
    rows = np.unique(censored["row"].to_numpy(np.int64))
    rows = rows[~whole.usable()[rows]]
    lower, upper = _ends(whole, censored, rows)
    known = ~(np.isneginf(lower) & np.isposinf(upper)) & ~(np.isnan(lower) | np.isnan(upper))
    rows, lower, upper = rows[known], lower[known], upper[known]
    out = _keys(whole, rows, data).assign(lower=lower, upper=upper)
    keys = ["date", "site", *data.group]
    out = out.groupby(keys, sort=False, as_index=False).agg({"lower": "mean", "upper": "mean"})
    usable = _keys(whole, np.flatnonzero(whole.usable()), data).drop_duplicates() if len(out) else out[keys]
    there = out.merge(usable, on=keys, how="left", indicator=True)["_merge"] == "both"
    return out[~there.to_numpy()].reset_index(drop=True)


def _keys(whole: Whole, rows: Lines, data: MeasureData) -> pd.DataFrame:
    return whole.take(rows).keys()[["date", "site", *data.group]]


def _ends(whole: Whole, censored: pd.DataFrame, rows: Lines) -> Ends:
    counts = "numerator" in whole.quantities
    low, high = np.full(len(rows), -np.inf), np.full(len(rows), np.inf)
    if "value" in whole.quantities:
        low, high = _of(whole, censored, rows, "value")
        if counts and "denominator" in whole.quantities:
            scale = published_scale(whole, censored)
            low, high = low / scale, high / scale
    if counts:
        above = _of(whole, censored, rows, "numerator")
        below = _of(whole, censored, rows, "denominator") if "denominator" in whole.quantities else None
        worked_out = above if below is None else _divided(above, below)
        said = np.isfinite(low) | np.isfinite(high)
        low, high = np.where(said, low, worked_out[0]), np.where(said, high, worked_out[1])
    return low, high


def _of(whole: Whole, censored: pd.DataFrame, rows: Lines, quantity: str) -> Ends:
    """Return both ends of a quantity: the number itself, its bounds, or nothing known."""
    known = whole.quantities[quantity][rows]
    low = np.where(np.isnan(known), -np.inf, known)
    high = np.where(np.isnan(known), np.inf, known)
    mine = censored[censored["quantity"] == quantity]
    at = np.searchsorted(rows, mine["row"].to_numpy(np.int64))
    here = (
        (at < len(rows)) & (rows[np.minimum(at, len(rows) - 1)] == mine["row"].to_numpy(np.int64))
        if len(rows)
        else at < 0
    )
    low[at[here]], high[at[here]] = mine["lower"].to_numpy(float)[here], mine["upper"].to_numpy(float)[here]
    return low, high


def _divided(above: Ends, below: Ends) -> Ends:
    """Divide counts end by end; a count is never below zero, and nothing is known of a share of an unknown number."""
    with np.errstate(divide="ignore", invalid="ignore"):
        least = np.maximum(above[0], 0) / np.maximum(below[1], 0)
        most = above[1] / np.maximum(below[0], 0)
    nothing = ~np.isfinite(above[1]) & (above[0] <= 0)
    return np.where(nothing, -np.inf, least), np.where(nothing | np.isnan(most), np.inf, most)


def published_scale(whole: Whole, censored: pd.DataFrame) -> float:
    """Return what a published rate is divided by to be a share: 100 for per cent, by what the file's own rows show.

    Where no row has counts and rate, a number above 1 says that rates are per cent.
    """
    q = whole.quantities
    with np.errstate(divide="ignore", invalid="ignore"):
        times = q["value"] / (q["numerator"] / q["denominator"])
    times = times[np.isfinite(times) & (times > 0)]
    if len(times):
        return float(10.0 ** np.round(np.log10(np.median(times))))
    ends = censored.loc[censored["quantity"] == "value", ["lower", "upper"]].to_numpy(float)
    numbers = np.abs(np.concatenate([q["value"], ends.ravel()]))
    return 100.0 if bool((numbers[np.isfinite(numbers)] > 1).any()) else 1.0
