"""Counts to date, as what was new since the date before."""

from __future__ import annotations

import numpy as np
import pandas as pd

FIRST = "first date: the count so far"
FELL = "the count fell"
GAP = "no count at the date before"


def differences(frame: pd.DataFrame, keys: list[str], column: str, restart: str, begins: int = 9) -> pd.DataFrame:
    """Return what was new at each date, and why it is not known where it is not.

    Parameters
    ----------
    frame
        One row for each date of a series; ``date``, the keys, and the column of counts to date (nan where hidden).
    keys
        Columns that name a series.
    column
        The column of counts to date.
    restart
        ``whole_file``, ``school_year`` or ``year``: when counting begins anew.
    begins
        The month in which the school year begins.

    Returns
    -------
    DataFrame
        With the frame's index: ``new`` (nan where it is not known) and ``why`` ("" where it is known). The first count
        of a series holds all that came before it, so it is not what was new; the first of a later year is.

    Examples
    --------
    >>> day = pd.to_datetime(["2024-03-08", "2024-03-15", "2024-03-22"])
    >>> differences(pd.DataFrame({"date": day, "site": "A", "n": [7.0, 9, 15]}), ["site"], "n", "whole_file")
       new                           why
    0  NaN  first date: the count so far
    1  2.0
    2  6.0
    """
    order = frame.sort_values([*keys, "date"], kind="stable")
    year = order["date"].dt.year
    if restart == "school_year":
        year = year - (order["date"].dt.month < begins).astype(int)
    elif restart == "whole_file":
        year = year * 0
    step = pd.Series(np.searchsorted(np.unique(frame["date"]), order["date"]), index=order.index)
    by = order.groupby(keys, sort=False, dropna=False)
    counts = order[column]
    before, year_before, step_before = by[column].shift(), year.groupby([order[k] for k in keys]).shift(), None
    step_before = step.groupby([order[k] for k in keys]).shift()
    first = year_before.isna()
    anew = ~first & (year != year_before)
    new = (counts - before).where(~anew, counts)
    why = pd.Series("", index=order.index, dtype=object)
    why[~first & ~anew & before.isna()] = GAP
    why[~first & ~anew & (step - step_before > 1)] = GAP
    why[new < 0] = FELL
    why[first] = FIRST
    why[counts.isna()] = "hidden"
    return pd.DataFrame({"new": new.where(why == ""), "why": why}).reindex(frame.index)
