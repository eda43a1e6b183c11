"""Cycles go from stage to stage; what was predicted is locked when the next stage begins.

A locked prediction can still be edited: the answer it had is kept, and the edit shows. Nothing is refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from inquirylab.definitions import Form, Question
from inquirylab.record.paths import Roots
from inquirylab.record.reading import Answered, Record
from inquirylab.record.tree import find

LOCKED_AT = "locked_at"


class Prediction(NamedTuple):
    """What was predicted, and what became of the prediction."""

    path: str
    text: Any
    locked_at: str | None
    written_late: bool
    changed_after_lock: bool


def stage_of(form: Form, path: str) -> int:
    """Return the number of the stage that a path within one cycle belongs to (0 for the first), or -1."""
    word = path.split(".")[2] if path.count(".") >= 2 else ""
    question = form.question(word)
    sections = [s.id for s in form.sections]
    return sections.index(question.section) if question is not None and question.section in sections else -1


def reached(form: Form, answers: Mapping[str, Any]) -> int:
    """Return the number of the last stage that has any answer; -1 if none has."""
    order = {s.id: i for i, s in enumerate(form.sections)}
    return max(
        (order.get(q.section, -1) for q in form.questions if answers.get(q.id) not in (None, {}, (), "")), default=-1
    )


def locks_due(
    roots: Roots, changed: list[str], tree: Mapping[str, Any], answered: Mapping[str, Answered], now: int
) -> list[tuple[str, str]]:
    """Return the locks (path, time) that a change brings about.

    Parameters
    ----------
    changed
        Paths of the change.
    tree
        Visible answers, the change included.
    answered
        Who gave which answer, when; the change need not be in it.
    now
        Milliseconds since 1970, UTC.
    """
    out: dict[str, str] = {}
    for root, item in dict.fromkeys(tuple(p.split(".")[:2]) for p in changed if p.count(".") >= 2):
        form = roots.forms.get(root)
        if form is None or not form.stages or not any(q.locks for _, q in form.walk()):
            continue
        cycle = find(tree, f"{root}.{item}")
        if isinstance(cycle, dict):
            for path, stage in _unlocked(form.questions, cycle, f"{root}.{item}", form):
                began = _began(form, f"{root}.{item}", cycle, stage, answered, now)
                if began is not None:
                    out[path] = iso(began)
    return list(out.items())


def predictions(record: Record, roots: Roots) -> list[Prediction]:
    """Return every locked or lockable answer of every cycle."""
    out = []
    for root, form in roots.forms.items():
        for item, cycle in (record.tree.get(root) or {}).items() if form.collection and form.stages else ():
            if isinstance(cycle, dict):
                out += [
                    _prediction(record, path, holder, q)
                    for path, holder, q in _locking(form.questions, cycle, f"{root}.{item}")
                ]
    return out


def iso(milliseconds: int) -> str:
    """Return a time as people and machines read it: UTC, to the millisecond."""
    moment = dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _prediction(record: Record, path: str, holder: Mapping[str, Any], q: Question) -> Prediction:
    locked = holder.get(LOCKED_AT)
    locked = locked if isinstance(locked, str) else None
    given = record.answered.get(path)
    late = changed = False
    if locked and given is not None and iso(given.milliseconds) > locked:
        before = [e for e in record.earlier.get(path, ()) if iso(e.milliseconds) <= locked and e.value is not None]
        changed, late = bool(before), not before
    return Prediction(path, holder.get(q.id), locked, late, changed)


def _locking(
    questions: tuple[Question, ...], node: Mapping[str, Any], path: str
) -> Iterator[tuple[str, Mapping[str, Any], Question]]:
    for q in questions:
        value = node.get(q.id)
        if q.locks and value is not None:
            yield f"{path}.{q.id}", node, q
        elif q.kind == "list" and not q.item and isinstance(value, dict):
            for item, inner in value.items():
                if isinstance(inner, dict):
                    yield from _locking(q.questions, inner, f"{path}.{q.id}.{item}")


def _unlocked(
    questions: tuple[Question, ...], cycle: Mapping[str, Any], path: str, form: Form
) -> Iterator[tuple[str, int]]:
    for found, holder, _ in _locking(questions, cycle, path):
        if not holder.get(LOCKED_AT):
            yield f"{found.rpartition('.')[0]}.{LOCKED_AT}", stage_of(form, found)


def _began(
    form: Form, cycle_path: str, cycle: Mapping[str, Any], stage: int, answered: Mapping[str, Answered], now: int
) -> int | None:
    """Return when the first answer of a later stage was given."""
    order = {s.id: i for i, s in enumerate(form.sections)}
    later = [q.id for q in form.questions if order.get(q.section, -1) > stage and cycle.get(q.id) not in (None, {}, "")]
    if not later:
        return None
    starts = tuple(f"{cycle_path}.{q}" for q in later)
    times = [a.milliseconds for p, a in answered.items() if p in starts or p.startswith(tuple(f"{s}." for s in starts))]
    return min([t for t in times if t > 0], default=now)
