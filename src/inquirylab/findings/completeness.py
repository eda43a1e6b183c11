"""Required questions without an answer: of forms that were begun, and of the stages that a cycle has reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from inquirylab.definitions import Form, Question
from inquirylab.findings.finding import Finding
from inquirylab.record.paths import Roots
from inquirylab.record.reading import Record
from inquirylab.record.stages import reached


def findings(record: Record, roots: Roots) -> Iterator[Finding]:
    """Yield RQ01 for each required question of what was begun that has no answer."""
    for root, form in roots.forms.items():
        node = record.tree.get(root)
        if not isinstance(node, Mapping):
            continue
        for path, fields in [(f"{root}.{k}", v) for k, v in node.items()] if form.collection else [(root, node)]:
            if isinstance(fields, Mapping):
                yield from _missing(_asked(form, fields), fields, path, form.title)


def open_questions(form: Form, fields: Mapping[str, Any]) -> list[str]:
    """Return the ids of the required questions that are asked by now and have no answer."""
    return [q.id for q in _asked(form, fields) if q.is_required(fields) and _empty(fields.get(q.id))]


def _asked(form: Form, fields: Mapping[str, Any]) -> list[Question]:
    if not form.stages:
        return list(form.questions)
    stage = max(reached(form, fields), 0)
    sections = [s.id for s in form.sections][: stage + 1]
    return [q for q in form.questions if not q.section or q.section in sections]


def _missing(questions: Sequence[Question], fields: Mapping[str, Any], path: str, title: str) -> Iterator[Finding]:
    for q in questions:
        value, here = fields.get(q.id), f"{path}.{q.id}"
        if q.derived or q.private:
            continue
        if q.is_required(fields) and _empty(value):
            yield Finding("RQ01", "warning", here, f"{title}: “{q.label or q.prompt}” has no answer yet", q.help)
        elif isinstance(value, Mapping) and q.kind == "group":
            yield from _missing(q.questions, value, here, title)
        elif isinstance(value, Mapping) and q.kind == "list" and not q.item:
            for item, inner in value.items():
                if isinstance(inner, Mapping):
                    yield from _missing(q.questions, inner, f"{here}.{item}", title)


def _empty(value: Any) -> bool:
    return value is None or value in ("", {}, [], ())
