"""What stands under a time axis: months, years, and how long a break is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from inquirylab.charts.time_axis import TimeAxis, months

# A month's name needs about this many px; the widest plot has about this many.
LABEL_SHARE = 30 / 880


def month_labels(axis: TimeAxis) -> list[dict[str, Any]]:
    """Return the months of each stretch, thinned so that their names do not touch."""
    room = axis.total * LABEL_SHARE
    out: list[dict[str, Any]] = []
    for stretch in axis.stretches:
        last = -np.inf
        for month in months(stretch):
            at = axis(month)
            if at - last >= room * (1.0 if last > -np.inf else 0) and at <= stretch.end + 0.5:
                out.append({"x": round(at - 0.4, 2), "t": f"{month:%b}"})
                last = at
    return out if len(out) <= 40 else []


def year_labels(axis: TimeAxis) -> list[dict[str, Any]]:
    """Return the year of each stretch (2022/23 where it spans two), or each year where one stretch spans many."""
    out: list[dict[str, Any]] = []
    room = axis.total * LABEL_SHARE * 1.6
    for stretch in axis.stretches:
        first, last = pd.Timestamp(stretch.first), pd.Timestamp(stretch.last)
        if last.year - first.year > 1:
            spots = [
                (first, str(first.year)),
                *((pd.Timestamp(y, 1, 1), str(y)) for y in range(first.year + 1, last.year + 1)),
            ]
        else:
            spots = [(first, f"{first.year}/{last.year % 100:02d}" if last.year != first.year else str(first.year))]
        for moment, words in spots:
            at = axis(moment)
            if not out or at - out[-1]["x"] >= room:
                out.append({"x": round(at - 0.4, 2), "t": words})
    return out


def break_words(axis: TimeAxis) -> list[dict[str, Any]]:
    """Return where each break stands and how long it is in words."""
    out = []
    for before, after in zip(axis.stretches, axis.stretches[1:], strict=False):
        weeks = round(float((after.first - before.last) / np.timedelta64(1, "W"))) - 1
        out.append({"x": round((before.end + after.start) / 2, 2), "t": f"{weeks} weeks\nno data"})
    return out
