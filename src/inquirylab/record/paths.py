"""What a path of the record means: ``change_ideas.<id>.name`` is the answer to one question of one form.

A path is words joined by dots. The first is a root, which a form names; the items of a collection or of a list
stand under ids of their own; a word that begins with ~ is a mark of the record itself, never an answer.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from inquirylab.definitions import Form, Question, form_ids, load_form
from inquirylab.errors import RecordError, did_you_mean
from inquirylab.record.answers import plain_answer

ITEM, PLACE, REMOVED, ASKED = "~item", "~place", "~removed", "~asked"
MARKS = (ITEM, PLACE, REMOVED, ASKED)
IMPORTED = "~imported"  # below it: which words came with a JSON, until the edits that they are come themselves
STONES = "~stones"  # below it: who redacted something, when, why and in how many places
_ID = re.compile(r"[a-z0-9][a-z0-9_]{0,63}")


@dataclass(frozen=True)
class Spot:
    """What stands under a path: a whole form, a list, an item of it, a group or an answer."""

    path: str
    form: Form
    kind: str  # "form" | "list" | "item" | "group" | "answer"
    questions: tuple[Question, ...] = ()
    question: Question | None = None
    section: str = ""

    @property
    def is_text(self) -> bool:
        """Return whether the answer is a long text, which merges character by character."""
        return self.kind == "answer" and self.question is not None and self.question.kind == "long_text"

    def question_path(self) -> str:
        """Return the path within the form, without ids: what prompts are kept under."""
        return self.path.partition(".")[2]


#: The thread, in the order in which people tell it; other roots follow.
THREAD = (
    "about",
    "problem_definition",
    "causes",
    "aim",
    "driver_diagram",
    "change_ideas",
    "pdsa_cycles",
    "lesson_study_cycles",
    "observations",
    "design_cycles",
    "measures",
    "measure_data",
    "people",
    "contributions",
)


def _order(root: str) -> tuple[int, str]:
    return (THREAD.index(root) if root in THREAD else len(THREAD), root)


class Roots:
    """The forms that stand in a record, by the first word of their paths."""

    def __init__(self, forms: Iterable[Form]) -> None:
        in_record = {form.root: form for form in forms if form.root}
        self.forms = {root: in_record[root] for root in sorted(in_record, key=_order)}
        self._spots: dict[str, Spot] = {}

    def spot(self, path: str) -> Spot:
        """Return what `path` means.

        Raises
        ------
        RecordError
            The path is unknown: the message names the word that is not known and the nearest that is.
        """
        if path not in self._spots:
            if len(self._spots) > 20_000:
                self._spots.clear()
            self._spots[path] = self._find(path)
        return self._spots[path]

    def _find(self, path: str) -> Spot:
        root, *rest = path.split(".") if isinstance(path, str) else [repr(path)]
        form = self.forms.get(root)
        if form is None:
            raise RecordError(
                f"There is nothing called {root!r} in a record", where=repr(path), cure=did_you_mean(root, self.forms)
            )
        spot = Spot(root, form, "list" if form.collection else "form", form.questions)
        for word in rest:
            spot = self._below(spot, word, path)
        return spot

    def _below(self, spot: Spot, word: str, path: str) -> Spot:
        here = f"{spot.path}.{word}"
        if spot.kind == "list":
            if not _ID.fullmatch(word):
                raise RecordError(
                    f"{word!r} cannot be an id", where=repr(path), cure="Ids are small letters, digits and _."
                )
            if spot.question is not None and spot.question.item:
                q = spot.question
                return Spot(
                    here,
                    spot.form,
                    "answer",
                    question=Question(id=q.id, prompt=q.prompt, kind=q.item, to=q.to),
                    section=spot.section,
                )
            return Spot(here, spot.form, "item", spot.questions, spot.question, spot.section)
        question = next((q for q in spot.questions if q.id == word), None)
        if question is None:
            known = [q.id for q in spot.questions]
            what = f"{spot.path!r} has no {word!r}" if known else f"Nothing stands below {spot.path!r}"
            raise RecordError(what, where=repr(path), cure=did_you_mean(word, known))
        kind = question.kind if question.kind in ("list", "group") else "answer"
        return Spot(here, spot.form, kind, question.questions, question, spot.section or question.section)

    def prompt(self, path: str) -> str:
        """Return the question that stands at a path, in the words of the form in use."""
        spot = self.spot(path)
        return spot.question.prompt if spot.question else spot.form.title


@cache
def shipped_roots() -> Roots:
    """Return the roots of the forms that inquirylab ships."""
    return Roots(load_form(form_id) for form_id in form_ids())


def checked(spot: Spot, value: Any) -> Any:
    """Return `value` as the record keeps it: text, number, truth, ISO date, or a list of choices; None empties it.

    Raises
    ------
    RecordError
        The value is of another kind than the question asks for.
    """
    question = spot.question
    if spot.kind != "answer" or question is None:
        raise RecordError(
            f"{spot.path!r} is no single answer",
            found=repr(value)[:80],
            cure=f"Name one of its parts: {', '.join(q.id for q in spot.questions[:8])}.",
        )
    if question.kind == "measure_data":
        raise RecordError(
            f"{spot.path!r} is not written here",
            cure='Rows typed in by hand go to "measure_data": add("measure_data", {...}).',
        )
    if value is None:
        return None
    if question.many:
        if isinstance(value, str) or not isinstance(value, (list, tuple)):
            raise RecordError(f"{spot.path!r} must be a list", found=repr(value)[:80])
        return [_plain(plain_answer(question, v, "", spot.path)) for v in value]
    return _plain(plain_answer(question, value, "", spot.path))


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        raise RecordError("A number must be finite", found=repr(value))
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as e:
            raise RecordError("The text holds half a character", found=repr(value[e.start : e.end])) from e
    return value


def flattened(roots: Roots, path: str, value: Any, new_id: Any) -> Iterator[tuple[str, Any]]:
    """Yield (path, value) for every answer in a nested value, and a mark for every new item.

    A bare value for a group answers its first question; a bare value for an item too. Lists hold items, as dicts
    with an optional ``id`` or as bare values, or as a mapping of id to item.
    """
    spot = roots.spot(path)
    if spot.kind == "answer":
        yield path, checked(spot, value)
    elif spot.kind in ("form", "group", "item"):
        if spot.kind == "item":
            yield f"{path}.{ITEM}", True
        fields = dict(value) if isinstance(value, Mapping) else {spot.questions[0].id: value}
        fields.pop("id", None)
        for key, inner in fields.items():
            yield from flattened(roots, f"{path}.{key}", inner, new_id)
    else:
        items = items_of(path, value, new_id)
        ids = [item_id for item_id, _ in items]
        # items sort by id, so ids of one's own need a place
        placed = not isinstance(value, Mapping) and ids != sorted(ids)
        for item_id, item in items:
            if placed:
                yield f"{path}.{item_id}.{PLACE}", new_id()
            if spot.question is not None and spot.question.item:
                roots.spot(f"{path}.{item_id}")
                yield f"{path}.{item_id}.{ITEM}", True
            yield from flattened(roots, f"{path}.{item_id}", item, new_id)


def items_of(path: str, value: Any, new_id: Any) -> list[tuple[str, Any]]:
    """Return (id, item) for what is given as a list."""
    if isinstance(value, Mapping):
        return [(str(k), v) for k, v in value.items()]
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise RecordError(f"{path!r} must be a list", found=repr(value)[:80])
    return [(str(v["id"]) if isinstance(v, Mapping) and v.get("id") else new_id(), v) for v in value]
