"""The problem definition as one text to read aloud, and how two of its versions differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from inquirylab.definitions import Form, Question
from inquirylab.record.export import in_words

DIMENSIONS = ("situation", "stakeholders", "scope", "system", "significance")
UNTOLD = ("versions", "shared_positionality", "positionality")


class Changed(NamedTuple):
    """One answer that differs between two versions."""

    path: str
    label: str
    before: str
    after: str


def spoken(answers: Mapping[str, Any], form: Form) -> str:
    """Return statement and dimensions as plain paragraphs, in the order in which people say them."""
    parts = [str(answers.get("statement") or "")]
    for word in DIMENSIONS:
        told, question = answers.get(word), form.question(word)
        answer = told.get("answer") if isinstance(told, Mapping) else None
        if answer and question:
            parts.append(f"{question.label or question.prompt}. {answer}")
    return "\n\n".join(p.strip() for p in parts if p.strip())


def changes(
    old: Mapping[str, Any], new: Mapping[str, Any], form: Form, names: Mapping[str, str]
) -> tuple[Changed, ...]:
    """Return the answers that differ between two contents of the definition, in the order of the form.

    Parameters
    ----------
    old, new
        ``Version.content``, or what stands now.
    names
        Id -> what it is called, for answers that point to something.
    """
    asked = [q for q in form.questions if q.id not in UNTOLD]
    return tuple(_changes(old, new, asked, names, form.root, ""))


def _changes(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    asked: Sequence[Question],
    names: Mapping[str, str],
    at: str,
    above: str,
) -> Iterator[Changed]:
    for q in asked:
        a, b = old.get(q.id), new.get(q.id)
        if a == b:
            continue
        label, path = " · ".join(x for x in (above, q.label or q.prompt) if x), f"{at}.{q.id}"
        if q.kind == "group":
            yield from _changes(_mapping(a), _mapping(b), q.questions, names, path, label)
        elif q.kind == "list" and not q.item:
            before, after = _mapping(a), _mapping(b)
            for item in [*before, *(k for k in after if k not in before)]:
                said = _item(before.get(item), q, names), _item(after.get(item), q, names)
                if said[0] != said[1]:
                    yield Changed(f"{path}.{item}", label, *said)
        else:
            said = _plain(a, q, names), _plain(b, q, names)
            if said[0] != said[1]:
                yield Changed(path, label, *said)


def _item(node: Any, q: Question, names: Mapping[str, str]) -> str:
    if not isinstance(node, Mapping):
        return "" if node is None else str(node)
    return "\n".join(x for inner in q.questions if (x := _plain(node.get(inner.id), inner, names)))


def _plain(value: Any, q: Question, names: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "\n".join(sorted(str(in_words(q, v, names)) for v in value.values()))
    return str(in_words(q, value, names))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
