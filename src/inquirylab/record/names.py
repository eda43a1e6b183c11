"""What everything in a record is called, by its id: for references, lists to choose from, and the words of a history."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from inquirylab.definitions import Question
from inquirylab.record.export import label_of
from inquirylab.record.paths import Roots
from inquirylab.record.reading import Record

#: Lists within a form whose items can be referred to, and by which word of a question's `to`.
KINDS = {
    "driver_diagram.drivers": "driver",
    "driver_diagram.versions": "version",
    "problem_definition.evidence": "evidence",
    "problem_definition.versions": "version",
    "causes.fishbone": "cause",
    "causes.why_chains.whys": "why",
    "lesson_study_cycles.data_questions": "data_question",
    "lesson_study_cycles.lesson_rows": "lesson_row",
    "pdsa_cycles.questions": "question",
}


class Named(NamedTuple):
    """Something that can be referred to: its id, what kind of thing it is, what it is called, where it stands."""

    id: str
    kind: str
    label: str
    path: str


def names(record: Record, roots: Roots, without: Collection[str] = ()) -> list[Named]:
    """Return everything that can be referred to, in the order of the record; the aim first; nothing of the roots `without`."""
    out = [Named("aim", "aim", str(record.aim.what or "The aim"), "aim")]
    for root, form in roots.forms.items():
        node = record.tree.get(root)
        if not isinstance(node, Mapping) or root in without:
            continue
        if form.collection:
            for item, fields in node.items():
                out.append(Named(item, form.id, label_of(fields, form.questions) or item, f"{root}.{item}"))
                out += _within(form.questions, fields, f"{root}.{item}", root)
        else:
            out += _within(form.questions, node, root, root)
    return out


def _within(questions: Sequence[Question], node: Any, path: str, place: str) -> Iterator[Named]:
    if not isinstance(node, Mapping):
        return
    for q in questions:
        inner, here = node.get(q.id), f"{place}.{q.id}"
        if not isinstance(inner, Mapping) or q.item:
            continue
        if q.kind != "list":
            yield from _within(q.questions, inner, f"{path}.{q.id}", here)
            continue
        for item, fields in inner.items():
            if here in KINDS:
                yield Named(item, KINDS[here], label_of(fields, q.questions) or item, f"{path}.{q.id}.{item}")
            yield from _within(q.questions, fields, f"{path}.{q.id}.{item}", here)
