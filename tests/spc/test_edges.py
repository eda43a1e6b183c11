"""Series with nothing to say: constant, empty, single, missing. An honest result or a clear error, never a warning."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from inquirylab.errors import AnalysisError
from inquirylab.spc import analyse, describe_signals, explain, suggest_phase
from inquirylab.spc.kinds import KINDS

ALL_RULES = ("anhoej", "run-chart:trend=on", "mdc", "western_electric", "nelson")


@pytest.mark.parametrize("chart", sorted(KINDS))
@pytest.mark.parametrize("y", [[0.5], [0.5] * 30, [np.nan] * 12, [np.nan, 0.5, np.nan], [0.5, np.nan]])
def test_nothing_to_say_is_said_without_a_warning(chart: str, y: list[float]) -> None:
    frame = pd.DataFrame({"x": range(len(y)), "y": y, "n": 7.0})
    a = analyse(frame, "x", "y", n=None if KINDS[chart].denominator == "none" else "n", chart=chart, rules=ALL_RULES,
                improvement="up", target=1)  # fmt: skip
    assert a.summary["few"].all() or chart in ("i",)
    assert a.signals.empty
    assert len(describe_signals(a)) == 0
    assert str(explain(a))
    assert suggest_phase(a) == ()


@pytest.mark.parametrize("chart", ["p", "pp", "u", "up", "ip", "i", "run"])
def test_a_zero_denominator_is_a_gap(chart: str) -> None:
    frame = pd.DataFrame({"x": range(20), "y": [3, 0, 2, 4] * 5, "n": [10, 0, 12, 11] * 5})
    points = analyse(frame, "x", "y", n="n", chart=chart).points
    assert points.loc[points["n"] == 0, "y"].isna().all()
    assert points["cl"].notna().all()


@pytest.mark.parametrize(
    ("y", "n", "chart", "told"),
    [
        ([1, -2], [5, 5], "p", "values zero or more"),
        ([1, 6], [5, 5], "p", "greater than its denominator"),
        ([1, 1], [5, -5], "u", "denominator is negative"),
        ([1, 0], None, "t", "greater than zero"),
        ([1, 2], [5, 5], "c", "takes no denominator"),
        (["a", "b"], None, "i", "not numeric"),
    ],
)
def test_impossible_data_are_refused(y: list[object], n: list[float] | None, chart: str, told: str) -> None:
    frame = pd.DataFrame({"x": [1, 2], "y": y} | ({} if n is None else {"n": n}))
    with pytest.raises(AnalysisError, match=told):
        analyse(frame, "x", "y", n=None if n is None else "n", chart=chart)


def test_an_empty_frame_is_refused() -> None:
    with pytest.raises(AnalysisError, match="no rows"):
        analyse(pd.DataFrame({"x": [], "y": []}), "x", "y")


def test_numbers_of_any_kind_do() -> None:
    whole = pd.DataFrame({"x": range(3), "y": pd.array([1, None, 3], dtype="Int64")})
    assert analyse(whole, "x", "y").points["y"].tolist()[::2] == [1, 3]
    yes = pd.DataFrame({"x": [1, 1, 2, 2], "late": [True, False, True, True]})
    assert analyse(yes, "x", "late", chart="p").points["y"].tolist() == [0.5, 1]


def test_rows_of_one_date_are_added_up() -> None:
    classes = pd.DataFrame({"x": [1, 1, 2], "late": [1, 9, 4], "n": [10, 30, 8]})
    assert analyse(classes, "x", "late", n="n", chart="p").points["y"].tolist() == [0.25, 0.5]


@pytest.mark.parametrize("kind", [object, "str", "category"])
@pytest.mark.parametrize("order", [slice(None), slice(None, None, -1), slice(6, None, -1), [*range(9, 18), *range(9)]])
def test_series_are_told_apart_by_labels_of_any_kind_in_any_order(kind: object, order: slice | list[int]) -> None:
    frame = pd.DataFrame({"site": ["Ash"] * 9 + ["Birch"] * 9, "x": [*range(9)] * 2, "y": np.arange(18.0)})
    rows = frame.astype({"site": kind}).iloc[order]
    points = analyse(rows, "x", "y", by="site").points
    assert points[["site", "x", "y"]].to_numpy().tolist() == frame.loc[sorted(rows.index)].to_numpy().tolist()


@pytest.mark.parametrize("numbers", ["float64", "Float64"])
@pytest.mark.parametrize("chart", ["c", "i", "run"])
def test_changing_the_result_leaves_the_rows_as_they_were(chart: str, numbers: str) -> None:
    frame = pd.DataFrame({"x": range(12), "site": "Ash", "y": pd.array(np.arange(12.0), numbers)})
    before, a = frame.copy(deep=True), analyse(frame, "x", "y", by="site", chart=chart)
    a.points.loc[0, ["x", "site", "y"]] = [99, "Birch", 7.0]
    pd.testing.assert_frame_equal(frame, before)
