"""A child's name in an observer's note: by a key of names, or by how names look in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from inquirylab.definitions.word_lists import name_words
from inquirylab.findings.finding import Finding, Mend
from inquirylab.privacy.truth import name_pattern
from inquirylab.record.reading import Record
from inquirylab.record.types import LessonStudy, Observation

FIELDS = ("verbatim", "interpretation", "wonder")
_WORD = re.compile(r"[^\W\d_][^\W\d_’'-]+")
_ENDS = re.compile(r"(?:^|[.!?:…“\"(‘—–-])\s*$")


def findings(record: Record, names: Sequence[str] = (), key_problem: str = "") -> Iterator[Finding]:
    """Yield OB01 for each name, or what looks like one, in a note or in the minutes of a discussion; OB02 for a key.

    Parameters
    ----------
    record
        The record.
    names
        Names from a key file that its owner keeps outside the inquiry.
    key_problem
        Why that file cannot be used.
    """
    if key_problem:
        yield Finding("OB02", "error", "observations", key_problem)
    known, language = name_pattern(names), str(record.about.language or "en")
    lessons = {c.id: c for c in record.lesson_study_cycles}
    allowed = {c.id: _own_words(record, c) for c in record.lesson_study_cycles}
    for note in record.observations:
        own = allowed.get(note.lesson, set())
        for field in FIELDS:
            text = getattr(note, field) or ""
            for word in _found(text, known, language, own):
                yield _finding(note, field, text, word, lessons.get(note.lesson))
    for lesson in record.lesson_study_cycles:
        for said in lesson.discussion:
            for word in _found(said.text or "", known, language, allowed[lesson.id]):
                where = f"lesson_study_cycles.{lesson.id}.discussion.{said.id}.text"
                yield Finding("OB01", "warning", where, f"“{word}” may be a child’s name", "Use the seat code.")


def looks_like_names(text: str, language: str = "en", allowed: frozenset[str] | set[str] = frozenset()) -> list[str]:
    """Return the words of a note that look like names of people.

    Examples
    --------
    >>> looks_like_names("Maria asks what the next line is")
    ['Maria']
    >>> looks_like_names("“What is the next line?” He shows it to Tom on Monday. I see.")
    ['Tom']
    >>> looks_like_names("Crosses out the first line")
    []
    """
    plain, verbs = name_words(language)
    if not plain:
        return []
    out = []
    for m in _WORD.finditer(text):
        word = re.sub(r"[’']s$", "", m.group())
        if not word[0].isupper() or word.isupper() or word.casefold() in plain or word.casefold() in allowed:
            continue
        after = _WORD.match(text, m.end() + 1)
        begins = _ENDS.search(text[: m.start()]) is not None
        if not begins or m.group() != word or (after and after.group() in verbs and word.lower() not in verbs):
            out.append(word)
    return list(dict.fromkeys(out))


def _found(text: str, known: re.Pattern[str] | None, language: str, allowed: set[str]) -> list[str]:
    named = [m.group() for m in known.finditer(text)] if known else []
    return list(dict.fromkeys([*named, *looks_like_names(text, language, allowed)]))


def _own_words(record: Record, lesson: LessonStudy) -> set[str]:
    """Return the words of the plan and of the team: a note may use them."""
    texts: list[Any] = [
        lesson.title,
        lesson.topic,
        lesson.subject,
        lesson.lesson_goal,
        *lesson.not_names,
        *lesson.ready_notes,
    ]
    texts += [
        t
        for r in lesson.lesson_rows
        for t in (r.activity, r.key_question, r.materials, *(a.response for a in r.anticipated))
    ]
    texts += [q.question for q in lesson.data_questions] + [s.strategy for s in lesson.strategies]
    texts += [p.display for p in record.people]
    return {w.casefold() for t in texts if t for w in _WORD.findall(str(t))}


def _finding(note: Observation, field: str, text: str, word: str, lesson: LessonStudy | None) -> Finding:
    where = f"observations.{note.id}.{field}"
    mends = []
    if note.seat:
        put = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", note.seat, text)
        mends.append(Mend(f"Write {note.seat} in its place", "set", where, put))
    if lesson is not None:
        kept = f"lesson_study_cycles.{lesson.id}.not_names"
        mends.append(Mend("It is nobody’s name", "set", kept, [*lesson.not_names, word]))
    cure = "Use the seat code, or say that it is nobody’s name. `inquirylab record --redact` takes it out of the history too."
    return Finding("OB01", "warning", where, f"“{word}” may be a child’s name", cure, tuple(mends))
