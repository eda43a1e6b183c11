"""What must hold for any data: freeze is the subset, order and neighbours do not matter, nothing is invented."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquirylab.spc import analyse
from inquirylab.spc.kinds import KINDS

LINES = ["cl", "lcl", "ucl", "lcl_95", "ucl_95"]
CHARTS = sorted(KINDS)
WITH_N = {"p", "pp", "u", "up", "ip"}


@st.composite
def tables(draw: st.DrawFn, chart: str, sites: int = 1) -> pd.DataFrame:
    """Rows of one or more sites that suit a chart: several a date for subgroups, gaps now and then."""
    seed = draw(st.integers(0, 2**32 - 1))
    random = np.random.default_rng(seed)
    frames = []
    for site in range(sites):
        points = draw(st.integers(6, 30))
        rows = 4 if chart in ("xbar", "s") else 1
        x = np.repeat(np.arange(1, points + 1), rows)
        n = random.integers(20, 60, len(x)).astype(float)
        y = {
            "count": lambda x=x: random.poisson(5, len(x)).astype(float),
            "proportion": lambda n=n: random.binomial(n.astype(int), 0.3).astype(float),
            "positive": lambda x=x: random.exponential(4, len(x)) + 0.1,
            "any": lambda x=x: random.normal(0, 3, len(x)).round(2),
        }[KINDS[chart].data]()
        if draw(st.booleans()):
            y[random.integers(0, len(y))] = np.nan
        frames.append(pd.DataFrame({"site": f"site {site}", "x": x, "y": y, "n": n}))
    return pd.concat(frames, ignore_index=True)


def run(frame: pd.DataFrame, chart: str, **asked: object) -> object:
    return analyse(frame, "x", "y", n="n" if chart in WITH_N else None, by="site", chart=chart, **asked)


@pytest.mark.parametrize("chart", CHARTS)
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_freeze_gives_the_limits_of_the_subset(chart: str, data: st.DataObject) -> None:
    frame = data.draw(tables(chart))
    k = data.draw(st.integers(3, int(frame["x"].max())))
    frozen = run(frame, chart, freeze=k).points[LINES].iloc[:k]
    alone = run(frame[frame["x"] <= k], chart).points[LINES]
    pd.testing.assert_frame_equal(frozen, alone, rtol=1e-9)


@pytest.mark.parametrize("chart", [c for c in CHARTS if c != "mr"])
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_an_excluded_point_is_as_if_it_were_not_there(chart: str, data: st.DataObject) -> None:
    frame = data.draw(tables(chart))
    gone = data.draw(st.integers(1, int(frame["x"].max())))
    excluded = run(frame, chart, exclude=[gone]).points
    without = run(frame[frame["x"] != gone], chart).points
    kept = excluded[excluded["x"] != gone].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept[LINES], without[LINES], rtol=1e-9)


@pytest.mark.parametrize("chart", CHARTS)
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_each_phase_is_as_if_it_were_alone(chart: str, data: st.DataObject) -> None:
    frame = data.draw(tables(chart))
    last = data.draw(st.integers(2, int(frame["x"].max()) - 1))
    second = run(frame, chart, phases=[last]).points.query("phase == 2").reset_index(drop=True)
    alone = run(frame[frame["x"] > last], chart).points
    pd.testing.assert_frame_equal(second[["y", *LINES]], alone[["y", *LINES]], rtol=1e-9)


@pytest.mark.parametrize("chart", CHARTS)
@given(data=st.data(), seed=st.integers(0, 1000))
@settings(max_examples=8, deadline=None)
def test_the_order_of_rows_does_not_matter(chart: str, data: st.DataObject, seed: int) -> None:
    frame = data.draw(tables(chart, sites=2))
    shuffled = frame.sample(frac=1, random_state=seed)
    one, other = run(frame, chart, rules=("anhoej", "nelson")), run(shuffled, chart, rules=("anhoej", "nelson"))
    for name in ("points", "summary", "signals"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), rtol=1e-9)


@pytest.mark.parametrize("chart", CHARTS)
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_another_site_changes_nothing(chart: str, data: st.DataObject) -> None:
    frame = data.draw(tables(chart, sites=3))
    both = run(frame, chart)
    for site in frame["site"].unique():
        alone = run(frame[frame["site"] == site], chart)
        mine = both.points[both.points["site"] == site].reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, alone.points, rtol=1e-9)


@pytest.mark.parametrize("chart", ["run", "i", "xbar"])
@given(data=st.data(), factor=st.floats(0.01, 100), shift=st.floats(-100, 100))
@settings(max_examples=10, deadline=None)
def test_scaling_and_shifting_moves_the_lines_along(
    chart: str, data: st.DataObject, factor: float, shift: float
) -> None:
    frame = data.draw(tables(chart))
    moved = run(frame.assign(y=frame["y"] * factor + shift), chart)
    plain = run(frame, chart)
    expected = plain.points[["y", *LINES]] * factor + shift
    pd.testing.assert_frame_equal(moved.points[["y", *LINES]], expected, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("chart", CHARTS)
@given(data=st.data())
@settings(max_examples=6, deadline=None)
def test_multiply_is_only_a_matter_of_showing(chart: str, data: st.DataObject) -> None:
    frame = data.draw(tables(chart))
    plain, times = run(frame, chart), run(frame, chart, multiply=100)
    pd.testing.assert_frame_equal(times.points[["y", *LINES]], plain.points[["y", *LINES]] * 100, rtol=1e-9)
    pd.testing.assert_frame_equal(times.signals, plain.signals)


@pytest.mark.parametrize("chart", CHARTS)
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_missing_never_becomes_zero_and_labels_come_from_the_input(chart: str, data: st.DataObject) -> None:
    frame = data.draw(tables(chart, sites=2))
    frame.loc[frame["x"] == 3, "y"] = np.nan
    points = run(frame, chart).points
    assert points.loc[points["x"] == 3, "y"].isna().all()
    assert set(points["site"]) <= set(frame["site"])
    assert set(points["x"]) <= set(frame["x"])
    assert points["x"].dtype == frame["x"].dtype
