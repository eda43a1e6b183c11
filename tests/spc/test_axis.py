"""x: dates, numbers, categories and text; whatever it is, it comes back as it was."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest

from inquirylab.errors import AnalysisError
from inquirylab.spc import analyse


def order(x: object) -> list[object]:
    frame = pd.DataFrame({"x": x, "y": range(len(x))})  # type: ignore[arg-type]
    return analyse(frame, "x", "y").points["x"].tolist()


def test_numbers_in_labels_sort_as_numbers() -> None:
    assert order(["Week 10", "Week 2", "Week 1"]) == ["Week 1", "Week 2", "Week 10"]
    assert order(["2024-W10", "2023-W40"]) == ["2023-W40", "2024-W10"]


def test_iso_dates_in_text_are_dates_and_stay_text() -> None:
    assert order(["2025-03-01", "2024-12-01"]) == ["2024-12-01", "2025-03-01"]
    assert order([datetime.date(2025, 3, 1), datetime.date(2024, 12, 1)])[0] == datetime.date(2024, 12, 1)


def test_other_text_keeps_its_order_of_appearance() -> None:
    assert order(["Autumn", "Spring", "Summer"]) == ["Autumn", "Spring", "Summer"]


def test_unless_series_disagree_about_it() -> None:
    frame = pd.DataFrame({"s": list("aabb"), "x": ["Jan", "Feb", "Feb", "Jan"], "y": range(4)})
    with pytest.raises(AnalysisError, match="cannot be told"):
        analyse(frame, "x", "y", by="s")


@pytest.mark.parametrize("dates", [["01/02/2025", "03/02/2025"], ["1.2.2025", "13.2.2025"]])
def test_dates_that_can_be_read_in_two_ways_are_not_guessed(dates: list[str]) -> None:
    with pytest.raises(AnalysisError, match="two ways"):
        order(dates)


def test_ordered_categories_keep_their_order_and_unordered_ones_have_none() -> None:
    terms = pd.Categorical(["b", "a"] * 6, categories=["b", "a"], ordered=True)
    assert order(terms)[:1] == ["b"]
    sites = pd.DataFrame({"x": pd.Categorical([f"s{i}" for i in range(20)]), "y": [0] * 10 + [9] * 10})
    assert not analyse(sites, "x", "y").summary["runs_signal"].any()


def test_units_of_dates_survive() -> None:
    for unit in ("s", "ms", "us", "ns"):
        x = pd.Series(pd.date_range("2025-01-01", periods=3)).astype(f"datetime64[{unit}]")
        frame = pd.DataFrame({"x": x, "y": range(3)})
        a = analyse(frame, "x", "y", freeze="2025-01-02", exclude=["2025-01-01"], max_gap="2D")
        assert a.points["x"].dtype == x.dtype
        assert a.points["baseline"].tolist() == [True, True, False]


def test_a_row_without_a_place_or_a_series_is_refused() -> None:
    with pytest.raises(AnalysisError, match="no place"):
        order(["2025-01-01", None])
    frame = pd.DataFrame({"s": ["a", None], "x": [1, 2], "y": [1, 2]})
    with pytest.raises(AnalysisError, match="belong to no series"):
        analyse(frame, "x", "y", by="s")
