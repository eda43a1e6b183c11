"""A form in memory: its sections, its questions, and nothing that can change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

NESTING_KINDS = ("group", "list")


@dataclass(frozen=True)
class Choice:
    """One answer of a choice: its id in the record, its label on the screen."""

    id: str
    label: str
    help: str = ""


@dataclass(frozen=True)
class Section:
    """A heading over some of a form's questions."""

    id: str
    title: str
    help: str = ""


@dataclass(frozen=True)
class Question:
    """One question of a form. Its fields are those of ``schema/form.json``; `source` is its own or that of what holds it."""

    id: str
    prompt: str
    kind: str
    label: str = ""
    help: str = ""
    example: str = ""
    source: str = ""
    section: str = ""
    required: bool = False
    required_when: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    private: bool = False
    derived: bool = False
    locks: bool = False
    max_length: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    many: bool = False
    to: tuple[str, ...] = ()
    item: str = ""
    choices: tuple[Choice, ...] = ()
    questions: tuple[Question, ...] = ()

    def question(self, question_id: str) -> Question | None:
        """Return the nested question with this id, or None."""
        return next((q for q in self.questions if q.id == question_id), None)

    def is_required(self, answers: Mapping[str, Any]) -> bool:
        """Say whether this question must be answered, given the answers beside it."""
        return self.required or any(answers.get(k) in allowed for k, allowed in self.required_when.items())


@dataclass(frozen=True)
class Form:
    """The questions that one artefact asks, with the words that guide people through them."""

    id: str
    version: int
    title: str
    source: str
    questions: tuple[Question, ...]
    help: str = ""
    sections: tuple[Section, ...] = ()
    working_labels: bool = False
    root: str = ""
    collection: bool = False
    stages: bool = False
    digest: str = ""

    def question(self, question_id: str) -> Question | None:
        """Return the question with this id, or None."""
        return next((q for q in self.questions if q.id == question_id), None)

    def walk(self) -> Iterator[tuple[str, Question]]:
        """Yield every question with its dotted path, nested ones after the one that holds them."""

        def below(questions: tuple[Question, ...], prefix: str) -> Iterator[tuple[str, Question]]:
            for q in questions:
                yield prefix + q.id, q
                yield from below(q.questions, f"{prefix}{q.id}.")

        yield from below(self.questions, "")
