"""analyse(): rows in, points, summary and signals out."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest

from inquirylab.errors import AnalysisError
from inquirylab.spc import analyse


@pytest.fixture
def attendance() -> pd.DataFrame:
    rng = np.random.default_rng(20260101)
    frame = pd.DataFrame(
        {
            "site": np.repeat(["Ash", "Birch", "Cedar"], 36),
            "month": np.tile(pd.date_range("2022-01-01", periods=36, freq="MS"), 3),
            "enrolled": rng.integers(80, 200, 108),
        }
    )
    return frame.assign(late=rng.binomial(frame["enrolled"], 0.2))


def chart(frame: pd.DataFrame, **asked: object) -> object:
    return analyse(frame, **{"x": "month", "y": "late", "n": "enrolled", "by": "site", "chart": "p"} | asked)


def test_the_result_has_the_columns_of_the_contract(attendance: pd.DataFrame) -> None:
    a = chart(attendance)
    assert list(a.points) == [
        "site", "phase", "month", "y", "n", "cl", "lcl", "ucl", "lcl_95", "ucl_95",
        "baseline", "include", "sigma_signal", "runs_signal",
    ]  # fmt: skip
    assert len(a.points) == 108
    assert len(a.summary) == 3


def test_a_result_travels_to_another_process(attendance: pd.DataFrame) -> None:
    a = chart(attendance)
    pd.testing.assert_frame_equal(pickle.loads(pickle.dumps(a)).points, a.points)


def test_a_long_run_names_all_its_points_and_the_one_that_made_it_a_signal() -> None:
    weeks = pd.DataFrame({"week": range(1, 21), "late": [9, 8] * 3 + [9] + [5] * 9 + [9, 8, 9, 8]})
    a = analyse(weeks, "week", "late", chart="run", centre=7)
    run = a.signals[a.signals["rule"] == "run"]
    assert run["week"].tolist() == list(range(8, 17))
    assert run.loc[run["role"] == "completing", "week"].tolist() == [15]  # chance allows 7 of 20
    assert set(run["side"]) == {-1}
    assert set(run["length"]) == {9}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"y": "lates"}, "Did you mean 'late'"),
        ({"chart": "pareto"}, "There is no such chart"),
        ({"conventions": "qicharts"}, "Did you mean 'qicharts2'"),
        ({"freeze": 0}, "at least one point"),
        ({"freeze": "soon"}, "date such as 2025-03-01"),
        ({"exclude": ["2031-01-01"]}, "no point to exclude"),
        ({"improvement": "down hill"}, "direction"),
        ({"max_gap": "a while"}, "length of time"),
    ],
)
def test_what_cannot_be_done_is_said(attendance: pd.DataFrame, asked: dict[str, object], told: str) -> None:
    with pytest.raises(AnalysisError, match=told):
        chart(attendance, **asked)
