"""What the notes of a lesson say together; the same phases and order as the live view works out."""

from __future__ import annotations

from pathlib import Path

import inquirylab
from inquirylab.findings.lesson_review import in_order, phase_at, review, stretches
from inquirylab.record.types import LessonStudy, LessonStudyLessonRows, LessonStudyPhasesTaught, Observation

PLAN = LessonStudy(
    id="l",
    started="2026-01-01T10:00:00.000Z",
    lesson_rows=(
        LessonStudyLessonRows(minutes=4, phase="grasp"),
        LessonStudyLessonRows(minutes=2),
        LessonStudyLessonRows(minutes=20, phase="solve"),
        LessonStudyLessonRows(minutes=10, phase="discuss"),
    ),
)


def test_phases_come_from_the_plan_until_they_are_taught() -> None:
    assert [(p.phase, p.start, p.end) for p in stretches(PLAN)] == [
        ("grasp", 0, 6),
        ("solve", 6, 26),
        ("discuss", 26, 36),
    ]
    taught = (
        LessonStudyPhasesTaught(phase="solve", began="2026-01-01T10:08:00Z"),
        LessonStudyPhasesTaught(phase="grasp", began="2026-01-01T10:00:00Z"),
    )
    found = stretches(LessonStudy(id="l", started=PLAN.started, lesson_rows=PLAN.lesson_rows, phases_taught=taught))
    assert [(p.phase, p.start, p.end, p.planned) for p in found] == [
        ("grasp", 0, 8, False),
        ("solve", 8, 26, False),
        ("discuss", 26, 36, True),
    ]
    assert (phase_at(found, 30), phase_at(found, 481), phase_at(found, None)) == ("grasp", "solve", "")


def test_what_cannot_be_read_as_a_time_is_passed_over() -> None:
    odd = (LessonStudyPhasesTaught(phase="solve", began="after the break"),)
    assert stretches(LessonStudy(id="l", started="soon", phases_taught=odd))[0].planned


def test_notes_stand_in_the_order_in_which_they_began() -> None:
    notes = [Observation(id="c", t_rel=5, t_abs="T2"), Observation(id="b", t_rel=5, t_abs="T1"), Observation(id="d")]
    assert [n.id for n in in_order(notes)] == ["d", "b", "c"]


def test_a_review_counts_notes_by_phase_and_kind_and_seats_only_all_together(tmp_path: Path) -> None:
    with inquirylab.create(tmp_path / "i", title="t", author="ana") as inq:
        lesson = inq.add(
            "lesson_study_cycles", {"title": "Peas", "seating": {"arrangement": "rows", "groups": 1, "each": 4}}
        )
        inq.add(
            "observations",
            {"lesson": lesson, "seat": "A1", "to_seat": "A2", "kind": "interacts", "t_rel": 10, "verbatim": "asks"},
        )
        inq.add(
            "observations",
            {"lesson": lesson, "seat": "A1", "kind": "writes", "t_rel": 400, "verbatim": "24", "strategy_code": "S1"},
        )
        found = review(inq.record, inq.record.lesson_study_cycles[0])
    assert (found.seats, found.seats_seen, found.turns) == (4, 2, 1)
    assert found.by_phase_and_kind == {("grasp", "interacts"): 1, ("solve", "writes"): 1}
    assert found.by_strategy == {"S1": 1}
