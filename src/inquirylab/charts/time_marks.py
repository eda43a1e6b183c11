"""What stands under a time axis: months, years, and how long a break is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from inquirylab.charts.time_axis import TimeAxis, months

# A month's name needs about this many px; the widest plot has about this many.
LABEL_SHARE = 30 / 880
SMALL_YEAR_SHARE = 38 / 213  # a year's label, of the narrowest plot
LONG_STEP = np.timedelta64(150, "D")  # points of terms and years stand in no month


def month_labels(axis: TimeAxis) -> list[dict[str, Any]]:
    """Return the months of each stretch, thinned so that their names do not touch."""
    room = axis.total * LABEL_SHARE
    out: list[dict[str, Any]] = []
    for stretch in axis.stretches if axis.step < LONG_STEP else ():
        last = -np.inf
        for month in months(stretch):
            at = axis(month)
            if at - last >= room * (1.0 if last > -np.inf else 0) and at <= stretch.end + 0.5:
                out.append({"x": round(at - 0.4, 2), "t": f"{month:%b}"})
                last = at
    return out if len(out) <= 40 else []


def year_labels(axis: TimeAxis) -> list[dict[str, Any]]:
    """Return the year of each stretch (2022/23 where it spans two), or each year where one stretch spans many.

    `s` says which of them have room in the narrowest chart too.
    """
    out: list[dict[str, Any]] = []
    room, small_room, small = axis.total * LABEL_SHARE * 1.6, axis.total * SMALL_YEAR_SHARE, -np.inf
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
                fits = at - small >= small_room
                small = at if fits else small
                out.append({"x": round(at - 0.4, 2), "t": words, "s": fits})
    return out


def break_words(axis: TimeAxis) -> list[dict[str, Any]]:
    """Return where each break stands and how long it is in words."""
    out = []
    for before, after in zip(axis.stretches, axis.stretches[1:], strict=False):
        weeks = round(float((after.first - before.last) / np.timedelta64(1, "W"))) - 1
        out.append({"x": round((before.end + after.start) / 2, 2), "t": f"{weeks} weeks\nno data"})
    return out
