"""Lesson study: questions that observers can answer, responses that were anticipated, a discussion with data."""

from __future__ import annotations

from collections.abc import Iterator

from inquirylab.definitions.word_lists import limits
from inquirylab.findings.finding import Finding
from inquirylab.record.reading import Record
from inquirylab.record.types import LessonStudy


def findings(record: Record) -> Iterator[Finding]:
    """Yield LS01 to LS07."""
    for c in record.lesson_study_cycles:
        yield from _plan(c)
        yield from _reflect(record, c)


def _plan(c: LessonStudy) -> Iterator[Finding]:
    where = f"lesson_study_cycles.{c.id}"
    for q in c.data_questions:
        if not q.observers:
            yield Finding(
                "LS01",
                "warning",
                f"{where}.data_questions.{q.id}",
                f"Nobody observes for “{q.question}”",
                "Name who looks, and at which seats.",
            )
    few, many = limits()["data_questions"]
    if len(c.data_questions) > many:
        yield Finding(
            "LS02",
            "info",
            f"{where}.data_questions",
            f"Observers have {len(c.data_questions)} questions",
            f"{few} to {many} can be answered in one lesson.",
        )
    rows = [r for r in c.lesson_rows if r.phase in (None, "solve", "discuss", "grasp")]
    if rows and not any(r.anticipated for r in rows):
        yield Finding(
            "LS03",
            "warning",
            f"{where}.lesson_rows",
            "No response of students is anticipated",
            "What will they think, say or do? That is what observers look for.",
        )
    sources = c.background.sources if c.background else ()
    if c.background and len(sources) < limits()["background_sources"]:
        yield Finding(
            "LS04",
            "info",
            f"{where}.background.sources",
            f"{len(sources)} source(s) were studied",
            f"At least {limits()['background_sources']}: research, curricula, your students' work.",
        )
    if not c.drivers and not c.change:
        yield Finding(
            "LS05", "info", f"{where}.drivers", f"“{c.title}” is not linked to the theory", "Which driver does it test?"
        )


def _reflect(record: Record, c: LessonStudy) -> Iterator[Finding]:
    where = f"lesson_study_cycles.{c.id}"
    if not c.discussion:
        return
    seen = [o for o in record.observations if o.lesson == c.id]
    if not seen:
        yield Finding(
            "LS06",
            "warning",
            f"{where}.discussion",
            "There is a discussion, but no observation",
            "Write down what observers saw, seat by seat.",
        )
    answered = {o.data_question for o in seen} | {d.answers for d in c.discussion} | {r.question for r in c.results}
    for q in c.data_questions:
        if q.id not in answered:
            yield Finding(
                "LS06",
                "info",
                f"{where}.data_questions.{q.id}",
                f"Nothing answers “{q.question}”",
                "Link observations or a part of the discussion to it.",
            )
    note = c.commentary
    if note is None or not (note.main_points or note.reason_for_none):
        yield Finding(
            "LS07",
            "info",
            f"{where}.commentary",
            "There is no final commentary, and no reason for none",
            "Write down its main points, or why there was none.",
        )
