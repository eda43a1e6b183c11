"""A finding made by hand, so that charts and words are tested by themselves."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from inquirylab.charts.time_axis import TimeAxis, time_axis
from inquirylab.charts.words import Voice
from inquirylab.findings.series_finding import Run, SeriesFinding


def finding(site: str = "Oak", weeks: int = 24, run: bool = True, few: bool = False, **changes: Any) -> SeriesFinding:
    """24 weeks from 8 Jan 2024 at 12 %, the last ten at 6 %; the baseline is the first twelve; week 3 is below its limit."""
    x = np.datetime64("2024-01-08", "s") + np.arange(weeks) * np.timedelta64(7, "D").astype("timedelta64[s]")
    y = np.where(np.arange(weeks) < 14, 12.0, 6.0) + np.tile([0.5, -0.5], weeks)[:weeks]
    values: dict[str, Any] = {
        "site": site,
        "key": (site,),
        "x": x,
        "y": y,
        "n": np.full(weeks, 200.0),
        "cl": np.full(weeks, 12.0),
        "lcl": np.full(weeks, 9.0),
        "ucl": np.full(weeks, 15.0),
        "baseline": np.arange(weeks) < 12,
        "phase": np.ones(weeks),
        "runs": (Run(14, 23, -1, 10, 22),) if run else (),
        "beyond": {14: -1, 20: -1},
        "left_out": ((np.datetime64("2024-06-10", "s"), "holiday"),),
        "summary": {"few": few, "n_crossings": 9, "n_crossings_min": 8, "longest_run_max": 8, "sigma_z": 1.1},
    }
    return SeriesFinding(**{**values, **changes})


@pytest.fixture
def oak() -> SeriesFinding:
    """A site whose late arrivals fell."""
    return finding()


@pytest.fixture
def voice() -> Voice:
    """Late arrivals in per cent, weekly, lower is better."""
    return Voice("Late arrivals", "%", "week", -1)


@pytest.fixture
def axis(oak: SeriesFinding) -> TimeAxis:
    """Time without a break."""
    return time_axis([(oak.x[0], oak.x[-1])], oak.x)
