"""Each rule on a series made to break it, and on one that just does not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from inquirylab.errors import AnalysisError
from inquirylab.spc import analyse, describe_signals

CALM = [1, -1, 2, -2, 1, -1, 2, -2, 1, -1, 2, -2]


def signals(y: list[float], rules: str | tuple[str, ...], **asked: object) -> pd.DataFrame:
    frame = pd.DataFrame({"x": range(1, len(y) + 1), "y": np.array(y, float)})
    a = analyse(frame, "x", "y", chart="i", rules=rules, screen_mr=False, **asked)
    return a.signals[a.signals["rule"] != "sigma"]


@pytest.mark.parametrize(("length", "found"), [(6, True), (7, True), (8, False)])
def test_a_shift_of_seven_breaks_the_rules_of_six_and_seven_but_not_of_eight(length: int, found: bool) -> None:
    y = [*CALM, *[3, 4, 3, 4, 3, 4, 3], *[-3, 3, -4] * 3]
    shift = signals(y, f"run-chart:shift={length},runs=off", centre=0)
    assert (len(shift) > 0) == found
    if found:
        assert shift["x"].tolist() == list(range(13, 20))
        assert shift.loc[shift["role"] == "completing", "x"].min() == 12 + length


def test_trend_is_off_unless_asked_for_and_says_what_is_known_against_it() -> None:
    y = [*CALM, 0, 1, 2, 3, 4, 5, *CALM]
    assert "trend" not in set(signals(y, "run-chart")["rule"])
    frame = pd.DataFrame({"x": range(len(y)), "y": y})
    said = describe_signals(analyse(frame, "x", "y", rules=["run-chart:trend=on"]))
    assert "misses most real drifts" in said.loc[said["rule"] == "trend", "evidence"].iloc[0]


def test_repeats_do_not_break_a_trend_but_count_once() -> None:
    y = [*CALM, 3, 4, 4, 4, 5, 6, 7, *CALM]
    trend = signals(y, "run-chart:trend=6,runs=off,shift=off")
    assert trend["x"].tolist() == [12, 13, 14, 17, 18, 19]
    assert set(trend["side"]) == {1}


def test_a_turning_point_belongs_to_both_trends() -> None:
    y = [0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1, 0]
    trend = signals(y, "run-chart:trend=6,runs=off,shift=off")
    assert trend["signal"].nunique() == 2
    assert trend["x"].tolist().count(7) == 2


def test_two_of_three_must_lie_on_one_side() -> None:
    base = [1.0, -1.0] * 10  # sigma is about 2.3 here
    one_side = signals([*base, 5.5, 0, 5.5, *base], "western_electric", centre=0)
    two = one_side[one_side["rule"] == "we2"]
    assert (two["x"].tolist(), two["role"].tolist()) == ([21, 23], ["pattern", "completing"])
    assert "we2" not in set(signals([*base, 5.5, 0, -5.5, *base], "western_electric", centre=0)["rule"])


def test_too_few_crossings_belong_to_the_series_and_to_no_point() -> None:
    y = [1] * 5 + [-1] * 5 + [1] * 5 + [-1] * 5 + [1] * 4 + [-1] * 4
    frame = pd.DataFrame({"x": range(len(y)), "y": np.array(y, float)})
    a = analyse(frame, "x", "y", chart="run", centre=0)
    assert a.signals.empty
    assert a.summary["crossings_signal"].tolist() == [True]
    assert describe_signals(a)["sentence"].tolist() == [
        "The line crosses the centre too seldom: 5; chance alone would give at least 9."
    ]


def test_fewer_than_ten_useful_points_get_no_verdict() -> None:
    frame = pd.DataFrame({"x": range(9), "y": [1, 2, 1, 2, 1, 2, 1, 2, 90.0]})
    for chart in ("i", "run"):
        a = analyse(frame, "x", "y", chart=chart, centre=0.5)
        assert a.signals.empty
        assert a.summary[["few", "variation"]].to_numpy().tolist() == [[True, "too_few"]]
    theirs = analyse(frame, "x", "y", chart="run", centre=0.5, conventions="qicharts2")
    assert theirs.summary[["few", "runs_signal"]].to_numpy().tolist() == [[True, True]]


@pytest.mark.parametrize("name", ["andersen", "run-chart:shfit=7", "run-chart:shift=x", "anhoej:run=7x"])
def test_an_unknown_rule_is_said(name: str) -> None:
    with pytest.raises(AnalysisError):
        signals([1.0] * 12, (name,))


def test_rules_do_not_reach_over_series() -> None:
    frame = pd.DataFrame(
        {"s": ["a"] * 12 + ["b"] * 12, "x": list(range(12)) * 2, "y": [1.0, -1.0] * 3 + [2.0] * 12 + [-1.0, 1.0] * 3}
    )
    a = analyse(frame, "x", "y", by="s", chart="run", centre=0, rules=["run-chart:shift=7,runs=off"])
    assert a.signals.empty
