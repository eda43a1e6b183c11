"""What the notes of a research lesson say together: phases as taught, coverage of seats, counts that name no child."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from inquirylab.record.reading import Record
from inquirylab.record.seats import seats_of
from inquirylab.record.types import LessonStudy, Observation

USUAL = (("grasp", 0.0, 6.0), ("solve", 6.0, 28.0), ("discuss", 28.0, 40.0), ("summarise", 40.0, 50.0))


@dataclass(frozen=True)
class Stretch:
    """A phase of the lesson, in minutes; `planned` while it was not taught yet."""

    phase: str
    start: float
    end: float
    planned: bool


@dataclass(frozen=True)
class LessonReview:
    """The notes of one lesson, worked out."""

    lesson: LessonStudy
    notes: tuple[Observation, ...]
    phases: tuple[Stretch, ...]
    minutes: float
    seats: int
    seats_seen: int
    by_phase_and_kind: dict[tuple[str, str], int]
    by_question: dict[str, tuple[Observation, ...]]
    by_strategy: dict[str, int]
    flagged: tuple[Observation, ...]
    turns: int

    @property
    def observers(self) -> tuple[str, ...]:
        """Ids of those who noted something, in the order of their first note."""
        return tuple(dict.fromkeys(n.observer or "" for n in self.notes))


def review(record: Record, lesson: LessonStudy) -> LessonReview:
    """Return what the notes of a lesson say together."""
    notes = in_order([o for o in record.observations if o.lesson == lesson.id])
    phases = stretches(lesson)
    seats = {s.code for s in seats_of(lesson.seating)} if lesson.seating else set()
    seen = {s for n in notes for s in (n.seat, n.to_seat) if s}
    last = max((n.t_rel or 0 for n in notes), default=0) / 60
    questions = {q.id or "": tuple(n for n in notes if n.data_question == q.id) for q in lesson.data_questions}
    return LessonReview(
        lesson=lesson,
        notes=notes,
        phases=phases,
        minutes=max([10.0, last, *(p.end for p in phases)]),
        seats=len(seats) or len(seen - {"T"}),
        seats_seen=len(seen & seats) if seats else len(seen - {"T"}),
        by_phase_and_kind=dict(Counter((phase_at(phases, n.t_rel), n.kind or "says") for n in notes)),
        by_question=questions,
        by_strategy=dict(Counter(n.strategy_code for n in notes if n.strategy_code)),
        flagged=tuple(n for n in notes if n.flag),
        turns=sum(1 for n in notes if n.to_seat),
    )


def in_order(notes: Sequence[Observation]) -> tuple[Observation, ...]:
    """Return notes in the order in which they began."""
    return tuple(sorted(notes, key=lambda n: (-1 if n.t_rel is None else n.t_rel, n.t_abs or "", n.id or "")))


def stretches(lesson: LessonStudy) -> tuple[Stretch, ...]:
    """Return the phases as they were taught, then those that are planned still."""
    plan = _planned(lesson)
    start = _moment(lesson.started)
    begun = [(p.phase, _moment(p.began)) for p in lesson.phases_taught if p.phase]
    taught = sorted((max(0.0, (at - start).total_seconds() / 60), phase) for phase, at in begun if at and start)
    if not taught:
        return plan
    at_last, last = taught[-1]
    names = [p.phase for p in plan]
    later = [p for p in plan[names.index(last) + 1 :] if p.start > at_last] if last in names else []
    end = later[0].start if later else max([at_last + 5, *(p.end for p in plan)])
    ends = [t for t, _ in taught[1:]] + [end]
    return (*(Stretch(phase, t, e, False) for (t, phase), e in zip(taught, ends, strict=True)), *later)


def phase_at(phases: Sequence[Stretch], seconds: int | None) -> str:
    """Return the phase of a moment; empty before the first."""
    if seconds is None:
        return ""
    return next((p.phase for p in reversed(phases) if p.start * 60 <= seconds), "")


def _planned(lesson: LessonStudy) -> tuple[Stretch, ...]:
    out: list[Stretch] = []
    at = 0.0
    for row in lesson.lesson_rows:
        phase = row.phase or (out[-1].phase if out else "other")
        until = at + (row.minutes or 0)
        if out and out[-1].phase == phase:
            out[-1] = Stretch(phase, out[-1].start, until, True)
        else:
            out.append(Stretch(phase, at, until, True))
        at = until
    return tuple(out) or tuple(Stretch(p, a, b, True) for p, a, b in USUAL)


def _moment(text: str | None) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
