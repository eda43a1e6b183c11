"""Time is true to scale inside a stretch; a hole that all share is a break of its own width."""

from __future__ import annotations

import numpy as np
import pytest

from inquirylab.charts.time_axis import BREAK_STEPS, ticks, time_axis, usual_step
from inquirylab.charts.time_marks import break_words, month_labels, year_labels

AUTUMNS = [("2022-09-12", "2022-12-12"), ("2023-09-11", "2023-12-18")]


def weeks(first: str, last: str) -> np.ndarray:
    return np.arange(np.datetime64(first, "D"), np.datetime64(last, "D") + 1, 7).astype("datetime64[s]")


DATES = np.concatenate([weeks(*a) for a in AUTUMNS])
AXIS = time_axis([(np.datetime64(a, "s"), np.datetime64(b, "s")) for a, b in AUTUMNS], DATES)


def test_a_week_is_a_step_wherever_it_stands() -> None:
    assert AXIS("2022-09-19") - AXIS("2022-09-12") == pytest.approx(1)
    assert AXIS("2023-12-11") - AXIS("2023-12-04") == pytest.approx(1)


def test_a_break_has_its_own_width_whatever_it_hides() -> None:
    assert AXIS("2023-09-11") - AXIS("2022-12-12") == pytest.approx(BREAK_STEPS)


def test_no_line_crosses_a_missing_week_or_a_break() -> None:
    dates = np.delete(DATES, 3)
    assert [len(p) for p in AXIS.pieces(dates)] == [3, 10, 15]


def test_the_step_is_the_median_distance() -> None:
    assert usual_step(["2024-01-01", "2024-01-08", "2024-01-15", "2024-03-04"]) == np.timedelta64(7, "D")
    assert usual_step(["2024-01-01"]) == np.timedelta64(1, "D")


def test_a_break_says_how_long_it_is() -> None:
    assert [b["t"] for b in break_words(AXIS)] == ["38 weeks\nno data"]


def test_months_and_years_are_named_under_the_axis() -> None:
    assert [m["t"] for m in month_labels(AXIS)] == ["Sep", "Oct", "Nov", "Dec"] * 2
    assert [y["t"] for y in year_labels(AXIS)] == ["2022", "2023"]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (84.2, 93.1, [84, 86, 88, 90, 92, 94]),
        (3, 3, [3, 4]),
        (float("nan"), 1, [0, 1]),
    ],
)
def test_ticks_are_round_and_span_the_values(low: float, high: float, expected: list[float]) -> None:
    assert ticks(low, high) == pytest.approx(expected)
