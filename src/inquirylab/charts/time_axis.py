"""Time along a chart: true to scale inside a stretch of data, with a marked break where all sites have none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

Moment = Any  # np.datetime64

# A marked break is as wide as this many steps of time, whatever it hides; wider where its words stand in it.
BREAK_STEPS = 3.2
BREAK_STEPS_WITH_WORDS = 5.4


@dataclass(frozen=True)
class Stretch:
    """A stretch of time with data: its first and last date, and where they stand along the axis (in steps)."""

    first: Moment
    last: Moment
    start: float
    end: float


@dataclass(frozen=True)
class TimeAxis:
    """Where each date stands, in steps of time from the left.

    Attributes
    ----------
    stretches
        In order of time.
    step
        The usual time between two points: a week, a month.
    total
        Length of the axis in steps.
    """

    stretches: tuple[Stretch, ...]
    step: Any  # np.timedelta64: its type stubs know no division
    total: float

    def __call__(self, moment: Any) -> float:
        """Return the place of a date, in steps; a date inside a break stands at the break's right edge."""
        at = np.datetime64(moment, "s")
        for stretch in self.stretches:
            if at <= stretch.last + self.step:
                return stretch.start + max(0.0, float((at - stretch.first) / self.step))
        return self.total

    def stretch(self, moment: Any) -> int:
        """Return the number of the stretch that holds a date."""
        at = np.datetime64(moment, "s")
        return next((i for i, s in enumerate(self.stretches) if at <= s.last), len(self.stretches) - 1)

    def holds(self, moment: Any) -> bool:
        """Say whether a date lies within the axis at all."""
        at = np.datetime64(moment, "s")
        return bool(self.stretches and self.stretches[0].first <= at <= self.stretches[-1].last)

    def pieces(self, moments: Sequence[Any] | np.ndarray[Any, Any]) -> list[list[int]]:
        """Part the positions of points where a step is missing: no line crosses a gap.

        Two points belong together when no more than one and a half steps lie between them.
        """
        out: list[list[int]] = []
        x = np.asarray(moments, dtype="datetime64[s]")
        for i in range(len(x)):
            if out and x[i] - x[i - 1] <= self.step * 1.5 and self.stretch(x[i]) == self.stretch(x[i - 1]):
                out[-1].append(i)
            else:
                out.append([i])
        return out


def time_axis(
    stretches: Sequence[tuple[Moment, Moment]],
    dates: Sequence[Any] | np.ndarray[Any, Any],
    break_steps: float = BREAK_STEPS,
) -> TimeAxis:
    """Lay stretches side by side.

    Parameters
    ----------
    stretches
        First and last date of each, as `inquirylab.findings.sites.stretches` returns them.
    dates
        All dates with data; their median distance is the step.
    break_steps
        Width of a break, in steps.
    """
    step = usual_step(dates)
    placed, start = [], 0.0
    for first, last in stretches:
        length = float((last - first) / step)
        placed.append(Stretch(np.datetime64(first, "s"), np.datetime64(last, "s"), start, start + length))
        start += length + break_steps
    total = placed[-1].end if placed else 0.0
    return TimeAxis(tuple(placed), step, max(total, 1.0))


def usual_step(dates: Sequence[Any] | np.ndarray[Any, Any]) -> Any:
    """Return the median time between two different dates; a day where there are fewer than two."""
    x = np.unique(np.asarray(dates, dtype="datetime64[s]"))
    if len(x) < 2:
        return np.timedelta64(86_400, "s")
    return np.timedelta64(int(np.median(np.diff(x).astype("int64"))), "s")


def months(stretch: Stretch) -> list[pd.Timestamp]:
    """Return the first days of the months that a stretch touches, the first clipped to its start."""
    first = pd.Timestamp(stretch.first)
    starts = pd.date_range(first.normalize().replace(day=1), pd.Timestamp(stretch.last), freq="MS")
    return [max(m, first) for m in starts]


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Return round numbers that span a range, about so many.

    Examples
    --------
    >>> ticks(84.2, 93.1)
    [84.0, 86.0, 88.0, 90.0, 92.0, 94.0]
    >>> ticks(0, 0)
    [0.0, 1.0]
    """
    if not np.isfinite([low, high]).all() or high <= low:
        base = float(np.floor(low)) if np.isfinite(low) else 0.0
        return [base, base + 1.0]
    raw = (high - low) / about
    magnitude = 10.0 ** np.floor(np.log10(raw))
    step = min((m * magnitude for m in (1, 2, 2.5, 5, 10)), key=lambda s: abs(s - raw))
    first, last = np.floor(low / step + 1e-9), np.ceil(high / step - 1e-9)
    return [round(float(k * step), 10) for k in np.arange(first, last + 1)]
