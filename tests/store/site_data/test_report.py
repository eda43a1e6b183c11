"""What is said of a reading: counts of marks by kind, points known to bounds, and what leaving them out does to a mean."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from inquirylab.record.types import Measure, MeasureData
from inquirylab.store.site_data.reading import Reading
from inquirylab.store.site_data.report import bias_of, report_of

RATE = Measure(name="Attendance", kind="mean", data=MeasureData(date=("year",), site="school", value="rate"))
COUNTS = Measure(
    name="Attendance", kind="proportion",
    data=MeasureData(date=("year",), site="school", numerator="days", denominator="possible", value="rate"),
)  # fmt: skip
Mark = tuple[str, str, str, str, float, float]


def mark(site: str, column: str, kind: str, text: str, low: float = -math.inf, high: float = math.inf) -> Mark:
    return site, column, kind, text, low, high


def reading(rows: dict[str, float], missing: list[Mark], *notes: str, counts: bool = False) -> Reading:
    """Make a reading of one year: site -> value, and what is missing."""
    frame = pd.DataFrame({"site": list(rows), "value": list(rows.values())}).assign(date=pd.Timestamp("2024-09-01"))
    if counts:
        frame = frame.assign(numerator=frame["value"], denominator=100.0)
    names = ["site", "column", "kind", "mark", "lower", "upper"]
    gone = pd.DataFrame(missing, columns=names).assign(date=pd.Timestamp("2024-09-01"), count=1)
    used = len(set(rows) | {m[0] for m in missing})
    return Reading(frame.assign(left_out="", line=2), gone, "attendance.csv", used + 1, used, notes)


def told(found: pd.DataFrame) -> list[list[Any]]:
    return found.to_numpy().tolist()


def test_marks_are_counted_by_kind_column_and_mark_and_by_site_and_period() -> None:
    missing = [
        mark("C", "rate", "suppressed", "*"),
        mark("D", "rate", "suppressed", "*"),
        mark("E", "rate", "missing", ""),
    ]
    report = report_of(reading({"A": 90, "B": 92}, missing), RATE)
    assert told(report.by_kind) == [["missing", "rate", "", 1], ["suppressed", "rate", "*", 2]]
    year = pd.Timestamp("2024-09-01")
    assert told(report.counts[["kind", "site", "period", "count"]]) == [
        ["missing", "E", year, 1], ["suppressed", "C", year, 1], ["suppressed", "D", year, 1],
    ]  # fmt: skip
    assert report.sentences == (
        "attendance.csv: 6 rows read, 5 of this measure, 2 with the numbers it needs.",
        "Missing: 1 in 'rate' (written blank).",
        "Suppressed by the publisher: 2 in 'rate' (written '*').",
    )


def test_nothing_missing_is_one_sentence_and_the_notes() -> None:
    report = report_of(reading({"A": 90}, [], "A note."), RATE)
    assert len(report.sentences) == 2 and report.sentences[-1] == "A note."
    assert (report.censored, report.recomputed, len(report.intervals)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("text", "low", "high", "says"),
    [
        (">= 95", 95, math.inf, "is too low"),
        ("<= 5", -math.inf, 5, "is too high"),
        ("80-97", 80, 97, "may be biased"),
    ],
)
def test_points_left_out_at_a_bound_bias_the_mean(text: str, low: float, high: float, says: str) -> None:
    given = reading({"A": 90, "B": 92}, [mark("C", "rate", "censored", text, low, high)])
    report = report_of(given, RATE)
    assert told(report.intervals[["site", "mark", "lower", "upper"]]) == [["C", text, low, high]]
    assert bias_of(report.intervals, given.rows) == says
    assert f"1 of 3 points (33%) are known only to a bound ({text}): the mean of the others {says}." in " ".join(
        report.sentences
    )


def test_a_bound_whose_counts_are_known_is_no_interval() -> None:
    given = reading({"A": 90, "C": 96}, [mark("C", "rate", "censored", ">= 95", 95)], counts=True)
    report = report_of(given, COUNTS)
    assert (report.censored, report.recomputed, len(report.intervals)) == (1, 1, 0)
    assert "1 point is published as a bound only; its rate is worked out from its counts." in report.sentences


def test_of_several_bounds_of_a_point_the_published_value_says_it_best() -> None:
    bounds = [mark("C", "days", "censored", "<5", high=5), mark("C", "rate", "censored", ">= 95", 95)]
    report = report_of(reading({"A": 90}, bounds, counts=True), COUNTS)
    assert report.censored == 1 and told(report.intervals[["column", "lower"]]) == [["rate", 95.0]]


def test_a_bound_among_very_many_points_is_counted_but_moves_no_mean() -> None:
    rows = {f"School {i}": 90.0 for i in range(300)}
    report = report_of(reading(rows, [mark("C", "rate", "censored", ">= 95", 95)]), RATE)
    assert report.censored == 1 and "mean of the others" not in " ".join(report.sentences)
