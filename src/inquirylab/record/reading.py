"""Answers as typed objects, however incomplete, contradictory or strange a merge has left them.

Nothing here raises. What does not fit its form is left out of the typed record and listed, so that `check` can
say so and a person can mend it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from inquirylab.definitions import Question
from inquirylab.errors import RecordError
from inquirylab.record import types
from inquirylab.record.answers import plain_answer
from inquirylab.record.cycles import with_states
from inquirylab.record.paths import Roots


class Answered(NamedTuple):
    """Who gave an answer, and when (UTC, milliseconds since 1970)."""

    author: str
    milliseconds: int


class Earlier(NamedTuple):
    """An answer that was replaced and is kept."""

    value: Any
    author: str
    milliseconds: int


class Misfit(NamedTuple):
    """An answer that does not fit its form."""

    path: str
    value: Any
    why: str


@dataclass(frozen=True)
class Record:
    """All that is known of one inquiry: answers, who gave them, what they replaced.

    The roots of the record are attributes: ``record.aim.target``, ``record.change_ideas[0].name``.

    Attributes
    ----------
    tree
        The answers as nested dicts, those alone whose place is as the forms say.
    whole
        All answers as nested dicts, strange ones too.
    """

    answers: types.Answers
    tree: Mapping[str, Any]
    whole: Mapping[str, Any] = field(default_factory=dict)
    answered: Mapping[str, Answered] = field(default_factory=dict)
    earlier: Mapping[str, Sequence[Earlier]] = field(default_factory=dict)
    removed: Mapping[str, str] = field(default_factory=dict)
    misfits: tuple[Misfit, ...] = ()

    @property
    def added_roots(self) -> tuple[str, ...]:
        """The roots with answers for which there is no type: those of the forms that a hub has added."""
        return tuple(
            root for root, node in self.tree.items() if node and root not in types.Answers.__dataclass_fields__
        )

    def __getattr__(self, root: str) -> Any:
        """Return the answers under a root."""
        if root.startswith("_") or root == "answers":
            raise AttributeError(root)
        return getattr(self.answers, root)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *types.Answers.__dataclass_fields__]


def record_of(tree: Mapping[str, Any], roots: Roots, **known: Any) -> Record:
    """Return the typed record of a visible tree (see :func:`inquirylab.record.tree.visible`).

    Parameters
    ----------
    tree
        Root -> answers; items of lists by id.
    roots
        The forms in use.
    known
        `answered`, `earlier` and `removed` (id -> path) of the record.
    """
    reader = _Reader()
    values: dict[str, Any] = {}
    for root, form in roots.forms.items():
        if root not in types.Answers.__dataclass_fields__ or root not in tree:
            continue
        name = _class_name(form.id)
        if form.collection:
            values[root] = reader.items(name, form.questions, tree[root], root)
        else:
            values[root] = reader.group(name, form.questions, tree[root], root)
    reader.strangers(tree, set(roots.forms), "")
    fitting = {r: _fitting(f.questions, tree[r], f.collection) for r, f in roots.forms.items() if r in tree}
    fitting = {r: node for r, node in fitting.items() if node is not None}
    return with_states(Record(types.Answers(**values), fitting, tree, misfits=tuple(reader.misfits), **known))


def _fitting(questions: Sequence[Question], node: Any, items: bool) -> Any:
    """Return the node without what stands where its form has no place for it; None if nothing of it has."""
    if not isinstance(node, dict):
        return None
    if items:
        inner = {k: _fitting(questions, v, False) for k, v in node.items() if k}
        return {k: v for k, v in inner.items() if v is not None}
    out = {}
    for q in questions:
        value = node.get(q.id)
        if q.kind in ("group", "list") and not q.item:
            value = _fitting(q.questions, value, q.kind == "list")
        elif q.item:
            value = {k: v for k, v in value.items() if not isinstance(v, dict)} if isinstance(value, dict) else None
        elif isinstance(value, dict):
            value = None
        if value is not None:
            out[q.id] = value
    return out


class _Reader:
    def __init__(self) -> None:
        self.misfits: list[Misfit] = []

    def items(self, name: str, questions: Sequence[Question], node: Any, path: str) -> tuple[Any, ...]:
        if not isinstance(node, dict):
            self._misfit(path, node, "a list was expected")
            return ()
        for k, v in node.items():
            if not isinstance(v, dict):
                self._misfit(f"{path}.{k}", v, "a group of answers was expected")
        found = [(k, v) for k, v in node.items() if k and isinstance(v, dict)]
        return tuple(self.group(name, questions, v, f"{path}.{k}", k) for k, v in found)

    def group(self, name: str, questions: Sequence[Question], node: Any, path: str, own_id: str = "") -> Any:
        values: dict[str, Any] = {"id": own_id} if own_id else {}
        if isinstance(node, dict):
            known = {q.id: q for q in questions}
            for key, value in node.items():
                if key in known:
                    values[key] = self.answer(known[key], value, name, f"{path}.{key}")
            self.strangers(node, set(known), f"{path}.")
        else:
            self._misfit(path, node, "a group of answers was expected")
        return getattr(types, name)(**values)

    def answer(self, q: Question, value: Any, owner: str, path: str) -> Any:
        if q.kind == "group":
            return self.group(owner + _class_name(q.id), q.questions, value, path)
        if q.kind == "list" and not q.item:
            return self.items(owner + _class_name(q.id), q.questions, value, path)
        if q.kind == "list":
            plain = Question(id=q.id, prompt=q.prompt, kind=q.item)
            found = value.items() if isinstance(value, dict) else ()
            return tuple(v for k, x in found if (v := self.plain(plain, x, f"{path}.{k}")) is not None)
        if q.kind == "measure_data":
            return ()
        if q.many:
            given = value if isinstance(value, list) else [value]
            return tuple(v for x in given if (v := self.plain(q, x, path)) is not None)
        return self.plain(q, value, path)

    def plain(self, q: Question, value: Any, path: str) -> Any:
        try:
            return plain_answer(q, value, "", path)
        except (RecordError, TypeError, ValueError, OverflowError) as e:
            self._misfit(path, value, str(e))
            return None

    def strangers(self, node: Mapping[str, Any], known: set[str], prefix: str) -> None:
        for key in node:
            if key not in known:
                self._misfit(prefix + key, node[key], "no form asks for it")

    def _misfit(self, path: str, value: Any, why: str) -> None:
        self.misfits.append(Misfit(path, value, why))


def _class_name(stem: str) -> str:
    return "".join(part.capitalize() for part in stem.split("_"))
