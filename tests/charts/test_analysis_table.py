"""What a chart says to those who do not see it: level, limits, and each signal with its date."""

from __future__ import annotations

import pandas as pd

from inquirylab.charts.analysis_table import MOST_SAID, alt_text, signal_sentences
from inquirylab.spc import Analysis, analyse

WEEKS = pd.date_range("2024-01-01", periods=20, freq="7D")


def late(*schools: str) -> Analysis:
    """Each school with one week, 13 May 2024, far above the others."""
    values = [5, 9, 3, 8, 9, 4, 3, 8, 9, 4, 5, 9, 4, 8, 3, 9, 4, 8, 5, 40]
    rows = [(school, week, y) for school in schools for week, y in zip(WEEKS, values, strict=True)]
    return analyse(pd.DataFrame(rows, columns=["school", "week", "late"]), "week", "late", by="school", chart="i")


def test_a_signal_is_said_with_its_date_and_its_series() -> None:
    assert signal_sentences(late("Ash")) == ["Ash: One point is above the upper limit (three sigma): 13 May 2024."]


def test_the_points_of_a_pattern_are_dated_from_the_first_to_the_last() -> None:
    frame = pd.DataFrame({"week": WEEKS, "late": [9, 8, 9, 8, 9, 8, 9, 8, 9, 8, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]})
    run = signal_sentences(analyse(frame, "week", "late", chart="run"))[0]
    assert run.endswith(": 1 Jan 2024 to 4 Mar 2024."), run


def test_what_is_no_date_is_said_as_it_stands() -> None:
    frame = pd.DataFrame({"lesson": range(1, 13), "late": [5, 9, 3, 8, 9, 4, 3, 8, 9, 4, 5, 40]})
    assert signal_sentences(analyse(frame, "lesson", "late", chart="i"))[0].endswith("(three sigma): 12.")


def test_the_alternative_text_of_one_series_has_level_limits_and_signals() -> None:
    said = alt_text(late("Ash"))
    assert "with 20 points; centre line" in said and "limits" in said and "13 May 2024" in said


def test_the_alternative_text_of_many_names_the_first_and_counts_the_others() -> None:
    said = alt_text(late(*(f"School {n:02}" for n in range(MOST_SAID + 3))))
    assert "School 00: One point" in said and "School 14: One point" not in said
    assert said.endswith("And 3 more signals.")
