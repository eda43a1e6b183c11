"""Groups side by side: how far they lie apart, and whether that changes. PURE.

A gap says that a school does not yet serve all alike. The group is never its cause.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from inquirylab.findings.measure import MeasureFindings
from inquirylab.findings.series_finding import SeriesFinding

# A group is compared where it is in print at no fewer than this share of the dates.
OFTEN = 0.8


@dataclass(frozen=True)
class GroupGap:
    """The distance between the groups of one kind over time.

    Attributes
    ----------
    column
        What kind of groups they are.
    groups
        One series a group, by name.
    compared
        The groups between which the gap is measured.
    x, gap
        Dates at which all of them are in print, and the distance between the highest and the lowest.
    highest, lowest
        The groups at the ends, a date.
    """

    column: str
    groups: tuple[SeriesFinding, ...]
    compared: tuple[str, ...]
    x: np.ndarray[Any, np.dtype[np.datetime64]]
    gap: np.ndarray[Any, np.dtype[np.float64]]
    highest: tuple[str, ...]
    lowest: tuple[str, ...]

    @property
    def change(self) -> float | None:
        """By how much the gap has changed: the mean of its last quarter less that of its first; None below 8 dates."""
        if len(self.gap) < 8:
            return None
        part = max(2, len(self.gap) // 4)
        return float(self.gap[-part:].mean() - self.gap[:part].mean())


def group_gap(column: str, found: MeasureFindings) -> GroupGap:
    """Measure the gap between groups at the dates at which all those that are compared are in print."""
    groups = tuple(f for name in sorted(found.site_names, key=str.casefold) if (f := found.of_site(name)) is not None)
    dates = sorted({x for f in groups for x in f.x.tolist()})
    compared = [f for f in groups if np.isfinite(f.y).sum() >= OFTEN * len(dates)]
    values = {f.site: dict(zip(f.x.tolist(), f.y.tolist(), strict=True)) for f in compared}
    x, gap, highest, lowest = [], [], [], []
    for date in dates:
        here = {name: known.get(date, np.nan) for name, known in values.items()}
        if len(here) > 1 and all(np.isfinite(v) for v in here.values()):
            top, bottom = max(here, key=lambda k: here[k]), min(here, key=lambda k: here[k])
            x.append(date)
            gap.append(here[top] - here[bottom])
            highest.append(top)
            lowest.append(bottom)
    return GroupGap(
        column,
        groups,
        tuple(values),
        np.array(x, dtype="datetime64[s]"),
        np.array(gap, dtype=float),
        tuple(highest),
        tuple(lowest),
    )
