"""How far sites lie apart, and whether that changes: quantiles of all series at each point in time."""

from __future__ import annotations

import pandas as pd

from inquirylab.spc.analysis import Analysis

QUANTILES = {"lowest_tenth": 0.1, "lower_quarter": 0.25, "median": 0.5, "upper_quarter": 0.75, "highest_tenth": 0.9}


def spread_over_time(analysis: Analysis) -> pd.DataFrame:
    """Return, for each x, how the series lie.

    Returns
    -------
    pandas.DataFrame
        x, ``n_series`` (with a point there, not excluded), ``lowest_tenth``, ``lower_quarter``, ``median``,
        ``upper_quarter``, ``highest_tenth``; missing where no series has a point.

    Examples
    --------
    >>> from inquirylab.spc import analyse
    >>> frame = pd.DataFrame({"site": list("abc") * 2, "x": [1, 1, 1, 2, 2, 2], "y": [1, 2, 3, 2, 2, 2]})
    >>> spread_over_time(analyse(frame, "x", "y", by="site"))[["x", "n_series", "median"]].values.tolist()
    [[1.0, 3.0, 2.0], [2.0, 3.0, 2.0]]
    """
    points = analysis.points
    values = points["y"].where(points["include"])
    grouped = values.groupby(points[analysis.x], observed=True)
    table = {name: grouped.quantile(share) for name, share in QUANTILES.items()}
    return pd.DataFrame({"n_series": grouped.count(), **table}).reset_index()
