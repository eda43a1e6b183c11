"""Answers to a form as an object of its generated type: `{"name": "Late"}` -> `Measure(name="Late")`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from inquirylab.definitions import Form, Question
from inquirylab.errors import RecordError, did_you_mean
from inquirylab.record import types


def typed(form: Form, answers: Mapping[str, Any], where: str = "") -> Any:
    """Return the answers as the form's generated type.

    Answers may be incomplete; what is there must be known to the form and of the right kind.

    Parameters
    ----------
    form
        A form whose type is in ``record/types.py``.
    answers
        Question id -> answer, nested as the form is.
    where
        File or path that errors name.

    Raises
    ------
    RecordError
        An unknown question or an answer of the wrong kind, naming its path and what is allowed.

    Examples
    --------
    >>> from inquirylab.definitions import load_form
    >>> typed(load_form("measure"), {"name": "Late", "direction": "down"}).direction
    'down'
    """
    return _group(_class_name(form.id), form.questions, answers, where, "")


def _group(name: str, questions: Sequence[Question], answers: Any, where: str, path: str) -> Any:
    if not isinstance(answers, Mapping):
        raise _wrong(path or name, "a group of answers", answers, where)
    known = {q.id: q for q in questions}
    answers = dict(answers)
    own_id = {"id": answers.pop("id")} if "id" in getattr(types, name).__dataclass_fields__ and "id" in answers else {}
    for key in answers:
        if key not in known:
            raise RecordError(f"There is no question {path + key!r}", where=where, cure=did_you_mean(key, known))
    values = {key: _answer(known[key], value, name, where, path + key) for key, value in answers.items()}
    return getattr(types, name)(**values, **own_id)


def _answer(q: Question, value: Any, owner: str, where: str, path: str) -> Any:
    if value is None:
        return () if q.many or q.kind in ("list", "measure_data") else None
    if q.many:
        return tuple(plain_answer(q, v, where, path) for v in _sequence(value, where, path))
    if q.kind == "group":
        return _group(owner + _class_name(q.id), q.questions, value, where, f"{path}.")
    if q.kind == "list":
        items = _sequence(value, where, path)
        if q.item:
            plain = Question(id=q.id, prompt=q.prompt, kind=q.item)
            return tuple(plain_answer(plain, v, where, f"{path}[{i}]") for i, v in enumerate(items, 1))
        name = owner + _class_name(q.id)
        return tuple(_group(name, q.questions, v, where, f"{path}[{i}].") for i, v in enumerate(items, 1))
    if q.kind == "measure_data":
        return tuple(_row(v, where, f"{path}[{i}]") for i, v in enumerate(_sequence(value, where, path), 1))
    return plain_answer(q, value, where, path)


def plain_answer(q: Question, value: Any, where: str, path: str) -> Any:
    """Return one answer that is neither group nor list, as its Python type.

    A whole number is welcome where a number is asked for; a yes is never a 1.

    Raises
    ------
    RecordError
        The answer is of another kind, naming `path` and what is allowed.
    """
    if q.kind == "choice":
        allowed = [c.id for c in q.choices]
        if value not in allowed:
            raise RecordError(
                f"{path!r} must be one of {', '.join(allowed)}",
                where=where,
                found=repr(value),
                cure=did_you_mean(str(value), allowed),
            )
        return value
    if q.kind == "date":
        return _date(value, where, path)
    if q.kind == "yes_no":
        if not isinstance(value, bool):
            raise _wrong(path, "true or false", value, where)
        return value
    if q.kind in ("integer", "number"):
        return _number(q, value, where, path)
    if not isinstance(value, str):
        raise _wrong(path, "text", value, where)
    return value


def _number(q: Question, value: Any, where: str, path: str) -> int | float:
    whole = q.kind == "integer"
    if isinstance(value, bool) or not isinstance(value, (int, float)) or (whole and value != int(value)):
        raise _wrong(path, "a whole number" if whole else "a number", value, where)
    if q.minimum is not None and value < q.minimum:
        raise _wrong(path, f"at least {q.minimum:g}", value, where)
    if q.maximum is not None and value > q.maximum:
        raise _wrong(path, f"at most {q.maximum:g}", value, where)
    return int(value) if whole else float(value)


def _date(value: Any, where: str, path: str) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    raise _wrong(path, "a date such as 2024-09-30", value, where)


def _row(value: Any, where: str, path: str) -> types.MeasureRow:
    if not isinstance(value, Mapping):
        raise _wrong(path, "a row of measure data", value, where)
    fields = types.MeasureRow.__dataclass_fields__
    for key in value:
        if key not in fields:
            raise RecordError(f"A row of measure data has no {key!r}", where=where, cure=did_you_mean(key, fields))
    row = dict(value)
    if row.get("date") is not None:
        row["date"] = _date(row["date"], where, f"{path}.date")
    return types.MeasureRow(**row)


def _sequence(value: Any, where: str, path: str) -> Sequence[Any]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise _wrong(path, "a list", value, where)
    return value


def _wrong(path: str, wanted: str, value: Any, where: str) -> RecordError:
    return RecordError(f"{path!r} must be {wanted}", where=where, found=repr(value)[:80])


def _class_name(stem: str) -> str:
    return "".join(part.capitalize() for part in stem.split("_"))
