"""Answers become typed objects; what is wrong in them is named by its path."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from inquirylab.definitions import load_form
from inquirylab.errors import RecordError
from inquirylab.record.answers import typed


def measure(answers: dict[str, Any]) -> Any:
    return typed(load_form("measure"), answers, "m.toml")


def test_incomplete_answers_are_welcome() -> None:
    assert measure({}).name is None
    assert measure({}).phases == ()


def test_groups_and_lists_become_nested_objects() -> None:
    made = measure(
        {"goal": {"value": 95, "by_when": "2025-07-01"}, "phases": [{"start": dt.date(2024, 9, 9), "label": "x"}]}
    )
    assert made.goal.value == 95.0
    assert made.goal.by_when == dt.date(2025, 7, 1)
    assert made.phases[0].start == dt.date(2024, 9, 9)


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"nmae": "x"}, r"no question 'nmae'.*Did you mean 'name'"),
        ({"name": 3}, r"'name' must be text.*found: 3"),
        ({"direction": "upp"}, r"'direction' must be one of up, down, neither.*Did you mean 'up'"),
        ({"lag_days": 1.5}, r"'lag_days' must be a whole number"),
        ({"lag_days": True}, r"'lag_days' must be a whole number"),
        ({"lag_days": -1}, r"'lag_days' must be at least 0"),
        ({"break_series": 1}, r"'break_series' must be true or false"),
        ({"changed_on": "30.9.2024"}, r"'changed_on' must be a date such as 2024-09-30"),
        ({"rules": "anhoej"}, r"'rules' must be a list"),
        ({"rules": ["anhoej", 2]}, r"'rules\[2\]' must be text"),
        ({"data": {"rows": [{"colum": "x"}]}}, r"no question 'data.rows\[1\].colum'"),
        ({"goal": 3}, r"'goal.' must be a group|'goal' must be a group"),
        ({"rows": [{"dat": "x"}]}, r"no 'dat'"),
    ],
)
def test_a_wrong_answer_is_refused_with_its_path(answers: dict[str, Any], says: str) -> None:
    with pytest.raises(RecordError, match=says) as refusal:
        measure(answers)
    assert "m.toml" in str(refusal.value)
