"""The thread says what there is of each step, and where the team is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import inquirylab


@pytest.fixture
def inq(tmp_path: Path) -> Iterator[Any]:
    with inquirylab.create(tmp_path / "inquiry", title="Late on Mondays", author="ana") as inquiry:
        yield inquiry


def steps(inq: Any) -> dict[str, tuple[str, str]]:
    return {s.id: (s.state, s.words) for s in inq.standing().thread}


def here(inq: Any) -> list[str]:
    return [s.id for s in inq.standing().thread if s.here]


def test_nothing_is_begun_in_a_new_inquiry_and_the_problem_is_next(inq: Any) -> None:
    assert list(steps(inq)) == ["problem", "aim", "drivers", "ideas", "cycles", "measures", "decisions", "theory"]
    assert {state for state, _ in steps(inq).values()} == {"open"}
    assert here(inq) == ["problem"]


def test_a_problem_without_evidence_and_an_aim_without_a_date_are_done_in_part(inq: Any) -> None:
    inq.set("problem_definition.statement", "On Mondays one pupil in five comes late.")
    inq.set("aim", {"what": "Late on Mondays", "target": 10.0})
    assert steps(inq)["problem"] == ("part", "said, no evidence yet")
    assert steps(inq)["aim"] == ("part", "no date yet")
    assert here(inq) == ["problem"]


def test_the_target_is_said_in_the_unit_of_its_measure(inq: Any) -> None:
    measure = inq.add("measures", {"name": "Late", "unit": "%"})
    inq.set("aim", {"what": "Late", "target": 10.0, "by_when": "2027-07-01", "measure": measure})
    assert steps(inq)["aim"] == ("done", "10 % by 1 July 2027")
    assert steps(inq)["measures"] == ("part", "1, one without data")


def test_cycles_wait_for_a_decision_and_decisions_for_a_reason(inq: Any) -> None:
    driver = inq.add("driver_diagram.drivers", {"label": "Families know", "level": 1})
    idea = inq.add("change_ideas", {"name": "A call", "drivers": [driver]})
    cycle = inq.add("pdsa_cycles", {"title": "First", "change": idea, "learned": "It helps."})
    assert steps(inq)["drivers"] == ("part", "1, one without a measure")
    assert steps(inq)["ideas"] == ("done", "1, 1 tried")
    assert steps(inq)["cycles"] == ("part", "1, one waits for a decision")
    assert "cycles" in here(inq)
    inq.set(f"pdsa_cycles.{cycle}.act", "adapt")
    assert steps(inq)["cycles"] == ("done", "1, all decided")
    assert steps(inq)["decisions"] == ("part", "1 adapt")
    inq.set(f"pdsa_cycles.{cycle}.reason", "Too long a call.")
    assert steps(inq)["decisions"] == ("done", "1 adapt")


def test_a_second_version_of_the_diagram_is_a_revised_theory(inq: Any) -> None:
    inq.add("driver_diagram.drivers", {"label": "Families know", "level": 1})
    inq.add("driver_diagram.versions", {"reason": "First"})
    assert steps(inq)["theory"] == ("part", "not revised yet")
    inq.add("driver_diagram.versions", {"reason": "The call was not the point."})
    assert steps(inq)["theory"] == ("done", "revised once")
