"""What refers to what: measure, driver, change idea, cycle, observation, person; and what refers to nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from inquirylab.definitions import Question
from inquirylab.record.paths import Roots
from inquirylab.record.reading import Record


class Reference(NamedTuple):
    """An answer that points at something: where it stands and the id that it names."""

    path: str
    to: str
    holder: str  # path of the innermost item (or root) that holds it


def references(record: Record, roots: Roots) -> list[Reference]:
    """Return every reference in the record."""
    out: list[Reference] = []
    for root, form in roots.forms.items():
        node = record.tree.get(root)
        if not isinstance(node, Mapping):
            continue
        if form.collection:
            for item, fields in node.items():
                out += _within(form.questions, fields, f"{root}.{item}", f"{root}.{item}")
        else:
            out += _within(form.questions, node, root, root)
    return out


def known_ids(record: Record) -> set[str]:
    """Return the ids of everything that is there to be referred to, and ``aim``."""
    found = {"aim"}

    def below(node: Any) -> None:
        if isinstance(node, Mapping):
            for key, value in node.items():
                if isinstance(value, Mapping):
                    found.add(key)
                    below(value)

    below(record.tree)
    return found


def dangling(record: Record, roots: Roots) -> list[Reference]:
    """Return the references to what is not there: removed by one person while another pointed at it."""
    known = known_ids(record)
    return [r for r in references(record, roots) if r.to not in known]


def measures_of(record: Record) -> dict[str, list[str]]:
    """Return node of the theory -> ids of its measures, from both sides of the link."""
    out: dict[str, list[str]] = {}
    pairs = [(m.node, m.id) for m in record.measures]
    pairs += [(x.node, x.measure) for x in record.driver_diagram.measure_links]
    pairs += [("aim", record.aim.measure)]
    there = {m.id for m in record.measures}
    for node, measure in pairs:
        if node and measure in there and measure not in out.setdefault(node, []):
            out[node].append(measure)
    return out


def _within(questions: Sequence[Question], node: Any, path: str, holder: str) -> Iterator[Reference]:
    if not isinstance(node, Mapping):
        return
    for q in questions:
        value, here = node.get(q.id), f"{path}.{q.id}"
        if q.kind == "reference":
            for to in value if isinstance(value, list) else [value]:
                if isinstance(to, str):
                    yield Reference(here, to, holder)
        elif q.kind == "list" and q.item == "reference" and isinstance(value, Mapping):
            yield from (Reference(f"{here}.{k}", to, holder) for k, to in value.items() if isinstance(to, str))
        elif q.kind == "group":
            yield from _within(q.questions, value, here, holder)
        elif q.kind == "list" and isinstance(value, Mapping):
            for item, fields in value.items():
                yield from _within(q.questions, fields, f"{here}.{item}", f"{here}.{item}")
