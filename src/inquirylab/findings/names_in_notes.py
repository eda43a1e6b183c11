"""A child's name in an observer's note, or in what is said of the lesson: by a key of names, or by how names look."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from inquirylab.definitions.word_lists import name_words
from inquirylab.findings.finding import Finding, Mend
from inquirylab.privacy.truth import name_pattern
from inquirylab.record.reading import Record
from inquirylab.record.types import LessonStudy, Observation

#: What stands in the place of such a text in whatever leaves the folder.
MARK = "[left out: a word here may be a child’s name]"
FIELDS = ("verbatim", "interpretation", "wonder")
#: Texts about a lesson that quote what was seen; and those that may name authors and books, where the key alone speaks.
SAID = (("discussion", ("text",)), ("results", ("result",)), ("artefacts", ("caption",)))
THOUGHT = (
    ("revisions", ("before", "after", "because")),
    ("commentary", ("main_points", "implications")),
    ("learning", ("student_thinking", "subject", "teaching", "habits", "adults", "next_question", "share")),
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[’'-](?=[^\W\d_]))+")
_POSSESSIVE = re.compile(r"[’']s$")
_ENDS = re.compile(r"(?:^|[.!?:…“\"(‘—–-])\s*$")


class Text(NamedTuple):
    """A text that may name a child: its path, the note or the lesson that it belongs to."""

    where: str
    words: str
    lesson: str
    note: Observation | None = None
    by_looks: bool = True


class Named(NamedTuple):
    """A word in such a text that may be a child's name."""

    text: Text
    word: str


def findings(record: Record, names: Sequence[str] = (), key_problem: str = "") -> Iterator[Finding]:
    """Yield OB01 for each name, or what looks like one, in notes and in what is said of the lesson; OB02 for a key.

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
    lessons = {c.id: c for c in record.lesson_study_cycles}
    for text, word in named(record, names):
        yield _finding(text, word, lessons.get(text.lesson))


def held_back(record: Record, names: Sequence[str] = ()) -> dict[str, tuple[str, ...]]:
    """Return path -> words of the texts that may name a child: they do not leave the folder."""
    out: dict[str, tuple[str, ...]] = {}
    for text, word in named(record, names):
        out[text.where] = (*out.get(text.where, ()), word)
    return out


def without_words(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings for a page that may leave the folder: none says the word that may be a name."""
    quiet = "A word here may be a child’s name"
    return [replace(f, message=quiet, mends=()) if f.id == "OB01" else f for f in findings]


def named(record: Record, names: Sequence[str] = ()) -> Iterator[Named]:
    """Yield each word that may be a child's name, with the text in which it stands."""
    key, language = _Key(names), str(record.about.language or "en")
    lessons = {c.id: c for c in record.lesson_study_cycles}
    own = {c.id: _own_words(record, c) for c in record.lesson_study_cycles}
    for text in _texts(record):
        words = unicodedata.normalize("NFC", text.words)
        lesson = lessons.get(text.lesson)
        found = key.found(words, {w.casefold() for w in lesson.not_names} if lesson else set())
        if text.by_looks:
            found = [*found, *_look_like_names(words, language, own.get(text.lesson, frozenset()))]
        yield from (Named(text, word) for word in dict.fromkeys(found))


def _texts(record: Record) -> Iterator[Text]:
    yield from _added(record)
    for note in record.observations:
        for field in FIELDS:
            if words := getattr(note, field):
                yield Text(f"observations.{note.id}.{field}", words, note.lesson, note)
    for lesson in record.lesson_study_cycles:
        where = f"lesson_study_cycles.{lesson.id}"
        if lesson.deviations:
            yield Text(f"{where}.deviations", lesson.deviations, lesson.id)
        for parts, by_looks in ((SAID, True), (THOUGHT, False)):
            for question, fields in parts:
                part = getattr(lesson, question)
                for item in part if isinstance(part, tuple) else (part,) if part else ():
                    path = f"{where}.{question}.{item.id}" if isinstance(part, tuple) else f"{where}.{question}"
                    for field in fields:
                        if words := getattr(item, field):
                            yield Text(f"{path}.{field}", words, lesson.id, by_looks=by_looks)


def _added(record: Record) -> Iterator[Text]:
    """Yield what was answered to forms that a hub has added: they may name anybody, so the key alone speaks there."""

    def below(node: Any, path: str) -> Iterator[Text]:
        if isinstance(node, Mapping):
            for word, inner in node.items():
                yield from below(inner, f"{path}.{word}")
        elif isinstance(node, str) and node:
            yield Text(path, node, "", by_looks=False)

    for root in record.added_roots:
        yield from below(record.tree[root], root)


class _Key:
    """The names of a key: whole ones in any capitals; one of several, such as a first name, as it is written."""

    def __init__(self, names: Sequence[str]) -> None:
        composed = [unicodedata.normalize("NFC", n) for n in names]
        self.whole = name_pattern(composed)
        parts = {w for n in composed if len(n.split()) > 1 for w in _WORD.findall(n) if len(w) > 2 and w[0].isupper()}
        self.part = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(parts)))})(?!\w)") if parts else None

    def found(self, text: str, nobodys: set[str]) -> list[str]:
        whole = [m.group() for m in self.whole.finditer(text)] if self.whole else []
        rest = self.whole.sub(" ", text) if self.whole else text
        parts = [m.group() for m in self.part.finditer(rest)] if self.part else []
        return [*whole, *(p for p in parts if p.casefold() not in nobodys)]


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
    return list(_look_like_names(text, language, frozenset(allowed)))


@lru_cache(maxsize=1 << 14)
def _look_like_names(text: str, language: str, allowed: frozenset[str]) -> tuple[str, ...]:
    plain, verbs = name_words(language)
    if not plain:
        return ()
    out = []
    for m in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", m.group())
        if not word[0].isupper() or word.isupper() or word.casefold() in plain or word.casefold() in allowed:
            continue
        after = _WORD.match(text, m.end() + 1)
        begins = _ENDS.search(text[: m.start()]) is not None
        if not begins or m.group() != word or (after and after.group() in verbs and word.lower() not in verbs):
            out.append(word)
    return tuple(dict.fromkeys(out))


def _own_words(record: Record, lesson: LessonStudy) -> frozenset[str]:
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
    return frozenset(_POSSESSIVE.sub("", w).casefold() for t in texts if t for w in _WORD.findall(str(t)))


def _finding(text: Text, word: str, lesson: LessonStudy | None) -> Finding:
    mends = []
    if text.note and text.note.seat:
        put = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", text.note.seat, unicodedata.normalize("NFC", text.words))
        mends.append(Mend(f"Write {text.note.seat} in its place", "set", text.where, put))
    if lesson is not None:
        kept = f"lesson_study_cycles.{lesson.id}.not_names"
        mends.append(Mend("It is nobody’s name", "set", kept, [*lesson.not_names, word]))
    cure = (
        "Until then the text is left out of pages and the inquiry is not packed. Use the seat code, or say that it is nobody’s "
        "name. `inquirylab record --redact` takes it out of the history too."
    )
    return Finding("OB01", "warning", text.where, f"“{word}” may be a child’s name", cure, tuple(mends))
