"""The problem definition: evidence, voices, causes and solutions that slipped in, and a question about deficit framing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from inquirylab.definitions.word_lists import limits, prompt_words
from inquirylab.findings.finding import Finding
from inquirylab.record.reading import Record
from inquirylab.record.versions import changed_since, versions

ROOT = "problem_definition"
DIMENSIONS = ("situation", "stakeholders", "scope", "system", "significance")


def findings(record: Record, today: dt.date) -> Iterator[Finding]:
    """Yield PR01 to PR08."""
    p = record.problem_definition
    if not record.tree.get(ROOT):
        return
    yield from _evidence(record)
    yield from _quotations(record)
    for voice in p.missing_voices:
        where = f"{ROOT}.missing_voices.{voice.id}"
        if not voice.plan or not voice.date:
            yield Finding(
                "PR03",
                "warning",
                where,
                f"{voice.who or 'Somebody'} has not been heard, and there is no plan with a date",
                "Say how and by when they will be heard.",
            )
        elif voice.date < today:
            yield Finding(
                "PR03",
                "info",
                where,
                f"{voice.who} should have been heard by {voice.date}",
                "Write down what they said, or set another date.",
            )
    if p.statement and len(p.statement) > limits()["statement_length"]:
        yield Finding(
            "PR04",
            "info",
            f"{ROOT}.statement",
            f"The problem statement has {len(p.statement)} letters",
            f"Up to {limits()['statement_length']} can be said in one breath.",
        )
    yield from _deficit(record)
    if changed_since(record, ROOT):
        yield Finding(
            "PR06",
            "info",
            f"{ROOT}.statement",
            "The statement has changed since its latest version",
            "Add a version with the reason and the cycles that caused it.",
        )
    for v in versions(record, ROOT)[1:]:
        if not v.reason or not v.caused_by:
            yield Finding(
                "PR07",
                "info",
                f"{ROOT}.versions.{v.id}",
                f"Version {v.number} does not say {'why' if not v.reason else 'which cycle'} it came about",
                "Name the reason and the cycles.",
            )


def _evidence(record: Record) -> Iterator[Finding]:
    p = record.problem_definition
    kinds = {e.kind for e in p.evidence if e.kind}
    if len(kinds) < limits()["evidence_kinds"]:
        yield Finding(
            "PR01",
            "warning",
            f"{ROOT}.evidence",
            f"There is evidence of {len(kinds)} kind{'' if len(kinds) == 1 else 's'}",
            "Two kinds at least: numbers alone say little, words alone too.",
        )
    if not kinds & set(limits()["spoken"]) and not p.empathy_interviews:
        yield Finding(
            "PR02",
            "warning",
            f"{ROOT}.evidence",
            "Nobody who lives with the problem speaks in the evidence",
            "Ask them: an interview or a survey.",
        )


def _quotations(record: Record) -> Iterator[Finding]:
    """PR08: words of people leave the team only where they agreed to that."""
    for told in record.problem_definition.empathy_interviews:
        if told.quotes and not told.quotable:
            why = "does not agree" if told.quotable is False else "has not been asked"
            yield Finding(
                "PR08",
                "info",
                f"{ROOT}.empathy_interviews.{told.id}.quotable",
                f"{told.role or 'Somebody'} is quoted and {why} that the words leave the team",
                "Ask them (and a parent, for a child), or keep the quotation inside the team.",
            )


def _deficit(record: Record) -> Iterator[Finding]:
    """Ask, where a sentence names people and puts the problem into them. A prompt, never a score."""
    p, language = record.problem_definition, record.about.language or "en"
    texts = {f"{ROOT}.statement": p.statement}
    texts.update({f"{ROOT}.{d}.answer": getattr(getattr(p, d), "answer", None) for d in DIMENSIONS})
    texts.update({f"causes.fishbone.{c.id}.text": c.text for c in record.causes.fishbone})
    texts.update({f"driver_diagram.drivers.{d.id}.label": d.label for d in record.driver_diagram.drivers})
    if p.deficit_response:
        return
    for where, text in texts.items():
        phrase = deficit_phrase(text or "", language)
        if phrase:
            yield Finding(
                "PR05",
                "info",
                where,
                f"“{phrase}”: does this put a person in the place of a cause?",
                "What in the system would have to be different? There is a place for your answer under “Ourselves”; "
                "nothing is scored.",
            )


def deficit_phrase(text: str, language: str = "en") -> str:
    """Return the part of a sentence that names a group of people and, after it, a word of lack; empty if there is none.

    Examples
    --------
    >>> deficit_phrase("Our pupils lack motivation. The bus is late.")
    'pupils lack'
    >>> deficit_phrase("The timetable leaves pupils ten minutes for lunch.")
    ''
    """
    for sentence in text.replace("\n", " ").split("."):
        group = prompt_words(language, "group").search(sentence)
        lack = prompt_words(language, "deficit").search(sentence, group.end()) if group else None
        if group and lack and lack.start() - group.end() <= 40:
            return sentence[group.start() : lack.end()].strip()
    return ""
