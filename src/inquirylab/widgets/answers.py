"""Answers as views read them: lists and collections as arrays, because a script's objects do not keep every order."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from inquirylab.definitions import Form, Question


def for_views(node: Any, questions: Sequence[Question], collection: bool = False) -> Any:
    """Return answers with every list as an array: items as objects with an ``id``, plain values as themselves.

    Examples
    --------
    >>> from inquirylab.definitions import load_form
    >>> for_views({"01a": {"name": "A call on Sunday"}}, load_form("change_idea").questions, collection=True)
    [{'name': 'A call on Sunday', 'id': '01a'}]
    """
    if not isinstance(node, Mapping):
        return _value(node)
    if collection:
        return [{**for_views(v, questions), "id": k} for k, v in node.items() if isinstance(v, Mapping)]
    known = {q.id: q for q in questions}
    return {word: _answer(value, known.get(word)) for word, value in node.items()}


def _answer(value: Any, question: Question | None) -> Any:
    if question is None or not isinstance(value, Mapping):
        return _value(value)
    if question.kind == "list" and question.item:
        return [_value(v) for v in value.values()]
    return for_views(value, question.questions, question.kind == "list")


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(k): _value(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_value(v) for v in value]
    return value.isoformat() if isinstance(value, (dt.date, dt.datetime)) else value


def form_for_views(form: Form) -> dict[str, Any]:
    """Return a form as plain data, as `widgets/views/model.ts` declares it."""
    data = dataclasses.asdict(form)
    data["questions"] = [_question(q) for q in form.questions]
    return {k: _value(v) for k, v in data.items() if k not in ("digest", "version")}


def private_questions(form: Form) -> Iterable[str]:
    """Return the ids of the questions whose answers stay with their author."""
    return (q.id for q in form.questions if q.private)


def _question(q: Question) -> dict[str, Any]:
    data = dataclasses.asdict(dataclasses.replace(q, questions=(), required_when={}))
    data["required_when"] = {k: list(v) for k, v in q.required_when.items()}
    data["questions"] = [_question(inner) for inner in q.questions]
    data["choices"] = [dataclasses.asdict(c) for c in q.choices]
    data["to"] = list(q.to)
    del data["source"]  # no view shows it, and a form's would be sent with each of its questions
    return data
