"""Where every cycle stands, under which primary driver, and what is still open."""

from __future__ import annotations

from pathlib import Path

import inquirylab
from inquirylab.findings.cycle_board import board, locks


def test_a_card_moves_as_its_form_is_filled_in(tmp_path: Path) -> None:
    with inquirylab.create(tmp_path / "a", title="T", author="ana") as inq:
        primary = inq.add("driver_diagram.drivers", {"label": "Families know why", "level": 1})
        secondary = inq.add("driver_diagram.drivers", {"label": "Calls are easy", "level": 2})
        inq.add("driver_diagram.edges", {"cause": secondary, "effect": primary})
        idea = inq.add("change_ideas", {"name": "A call", "drivers": [secondary]})
        cycle = inq.add("pdsa_cycles", {"change": idea, "questions": [{"question": "Q?", "prediction": "Half"}]})
        path, states = f"pdsa_cycles.{cycle}", []

        def card() -> str:
            found = board(inq.record, inq.roots)[0]
            assert found.primary == (primary,)
            return found.state

        states.append(card())
        inq.add(f"{path}.do_log", {"observation": "It began"})
        states.append(card())
        inq.set(f"{path}.learned", "It helps.")
        states.append(card())
        inq.set(f"{path}.act", "adapt")
        states.append(card())
        assert states == ["planned", "doing", "study", "decided"]


def test_open_questions_are_those_that_are_asked_by_now(tmp_path: Path) -> None:
    with inquirylab.create(tmp_path / "a", title="T", author="ana") as inq:
        inq.add("pdsa_cycles", {"title": "First"})
        assert board(inq.record, inq.roots)[0].open == ("change", "questions", "plan", "data")


def test_a_lock_knows_what_was_predicted_first(tmp_path: Path) -> None:
    with inquirylab.create(tmp_path / "a", title="T", author="ana") as inq:
        cycle = inq.add("pdsa_cycles", {"questions": [{"id": "q1", "question": "Q?", "prediction": "Half"}]})
        path = f"pdsa_cycles.{cycle}.questions.q1.prediction"
        assert locks(inq.record, inq.roots) == {}
        inq.add(f"pdsa_cycles.{cycle}.do_log", {"observation": "It began"})
        assert not locks(inq.record, inq.roots)[path].changed
        inq.set(path, "A third")
        lock = locks(inq.record, inq.roots)[path]
        assert (lock.changed, lock.late, lock.before) == (True, False, ("Half",))
