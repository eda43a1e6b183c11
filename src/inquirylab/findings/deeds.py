"""Who did what lately, as sentences: edits of one person to one thing within an hour are one deed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from inquirylab.definitions import Question
from inquirylab.record.names import names
from inquirylab.record.paths import Roots
from inquirylab.record.reading import Record

TOGETHER = dt.timedelta(hours=1)
MANY_ANSWERS = 3


class Deed(NamedTuple):
    """What one person did to one part of the record; `at` is when it ended, `where` its path."""

    author: str
    at: str
    what: str
    where: str


def deeds(history: Iterable[Mapping[str, Any]], record: Record, roots: Roots, most: int = 6) -> list[Deed]:
    """Return the latest deeds, the newest first.

    Parameters
    ----------
    history
        Entries with ``author``, ``at`` and ``paths``, oldest first, as :meth:`inquirylab.inquiry.Inquiry.history` has them.
    """
    called = {n.id: n.label for n in names(record, roots)}
    out: list[tuple[str, str, str, list[str]]] = []  # author, at, where, paths
    for entry in reversed(list(history)):
        for path in entry["paths"]:
            where = _thing(path, roots)
            if where is None:
                continue
            known = next(
                (d for d in out if d[0] == entry["author"] and d[2] == where and _near(d[1], entry["at"])), None
            )
            if known is None and len(out) == most:
                return [_deed(d, called, roots) for d in out]
            if known is None:
                out.append((entry["author"], entry["at"], where, [path]))
            else:
                known[3].append(path)
    return [_deed(d, called, roots) for d in out]


def _thing(path: str, roots: Roots) -> str | None:
    """Return the item of a collection, or the root, that a path belongs to."""
    root, *rest = path.split(".")
    form = roots.forms.get(root)
    if form is None or "~" in path:
        return None
    return f"{root}.{rest[0]}" if form.collection and rest else root


def _near(later: str, earlier: str) -> bool:
    return dt.datetime.fromisoformat(later) - dt.datetime.fromisoformat(earlier) <= TOGETHER


def _deed(found: tuple[str, str, str, list[str]], called: Mapping[str, str], roots: Roots) -> Deed:
    author, at, where, paths = found
    root, _, item = where.partition(".")
    form = roots.forms[root]
    skip = 2 if item else 1
    said = list(dict.fromkeys(w for p in reversed(paths) if (w := _answered(p.split(".")[skip:], form.questions))))
    thing = f"{form.title} “{called[item]}”" if item in called else form.title
    words = ", ".join(said) if len(said) < MANY_ANSWERS else f"{len(said)} answers"
    return Deed(author, at, f"{thing}{': ' if said else ''}{words}", where)


def _answered(words: list[str], questions: tuple[Question, ...]) -> str:
    question = next((q for q in questions if words and q.id == words[0]), None)
    return (question.label or question.prompt).rstrip("?.") if question else ""
