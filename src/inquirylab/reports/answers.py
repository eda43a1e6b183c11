"""Answers as a page that prints: every answer under its question, lists as numbered items, nothing that runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from inquirylab.definitions import Form, Question
from inquirylab.record.export import in_words, label_of, roots_as_markdown, short_names
from inquirylab.record.paths import Roots
from inquirylab.record.reading import Record
from inquirylab.reports.attached import STYLE as PICTURE_STYLE
from inquirylab.reports.attached import Picture, attached, no_picture

STYLE = Markup(
    "<style>.iq-answers{max-width:72ch;line-height:1.5}.iq-answers dt{font-weight:600;margin-top:.8em}"
    ".iq-answers dd{margin:0 0 0 1.2em;white-space:pre-wrap;overflow-wrap:anywhere}"
    ".iq-answers section{break-inside:avoid}.iq-answers table{border-collapse:collapse;width:100%;margin:4px 0 8px}"
    ".iq-answers :is(th,td){text-align:left;vertical-align:top;padding:4px 12px 4px 0;border-bottom:1px solid #8884;"
    "overflow-wrap:anywhere}.iq-answers .short :is(th,td){overflow-wrap:normal}.iq-answers tr{break-inside:avoid}</style>"
)
EMPTY = "Nothing is written here yet."
MOST_COLUMNS, LONGEST_CELL, LONGEST_WORD = 5, 160, 24


class _Words(NamedTuple):
    """What stands for an id, and for the name of an attached file; the level of the forms' titles."""

    called: Mapping[str, str]
    picture: Picture
    level: int


def answers_html(
    record: Record, roots: Roots, wanted: Sequence[str], picture: Picture = no_picture, level: int = 2
) -> str:
    """Return the answers under some roots as an HTML fragment, every word of a person escaped.

    `picture` gives an attached picture as an address that holds it whole; `level` is that of the forms' titles.
    """
    words = _Words(short_names(record), picture, level)
    parts = [_form(roots.forms[r], record.whole[r], words) for r in wanted if record.whole.get(r)]
    body = Markup("").join(parts) if parts else Markup("<p>{}</p>").format(EMPTY)
    return str(Markup('{}{}<div class="iq-answers">{}</div>').format(STYLE, PICTURE_STYLE, body))


def answers_markdown(record: Record, roots: Roots, wanted: Sequence[str], level: int = 2) -> str:
    """Return the answers under some roots as Markdown."""
    return roots_as_markdown(record, roots, wanted, level).strip() or EMPTY


def _form(form: Form, node: Any, words: _Words) -> Markup:
    title = Markup("<h{0}>{1}</h{0}>").format(words.level, form.title)
    if not form.collection:
        return Markup("<section>{}{}</section>").format(title, _answers(form.questions, node, words))
    filled = dict(node) if isinstance(node, Mapping) else {}
    table = _table(form.questions, list(filled.values()), words)
    items = [_item(form, item, fields, words) for item, fields in filled.items()] if table is None else [table]
    return title + Markup("").join(items)


def _item(form: Form, item: str, fields: Any, words: _Words) -> Markup:
    first = form.questions[0]
    name = (
        words.called.get(str(fields.get(first.id)))
        if first.kind == "reference" and isinstance(fields, Mapping)
        else None
    )
    heading = name or label_of(fields, form.questions) or item
    rest = {k: v for k, v in fields.items() if v != heading} if isinstance(fields, Mapping) else fields
    return Markup('<section><h{0} dir="auto">{1}</h{0}>{2}</section>').format(
        words.level + 1, heading, _answers(form.questions, rest, words)
    )


def _table(questions: Sequence[Question], items: Sequence[Any], words: _Words) -> Markup | None:
    """Return items with few, short answers side by side, as they print best; None where they have more to say."""
    if not items or not all(isinstance(i, Mapping) for i in items):
        return None
    asked = [q for q in questions if any(q.id in i for i in items)]
    if any(q.kind == "attachment" for q in asked):  # a picture is shown, which needs room
        return None
    if not 2 <= len(asked) <= MOST_COLUMNS or any(k not in {q.id for q in asked} for i in items for k in i):
        return None
    rows = [["" if i.get(q.id) is None else in_words(q, i[q.id], words.called) for q in asked] for i in items]
    if any(isinstance(a, Mapping) for i in items for a in i.values()) or not all(_short(c) for r in rows for c in r):
        return None
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(q.label or q.prompt) for q in asked)
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup('<td dir="auto">{}</td>').format(c) for c in r))
        for r in rows
    )
    return Markup('<table class="short"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(head, body)


def _short(words: str) -> bool:
    return len(words) <= LONGEST_CELL and all(len(w) <= LONGEST_WORD for w in words.split())


def _answers(questions: Sequence[Question], node: Any, words: _Words) -> Markup:
    if not isinstance(node, Mapping):
        return Markup("<p>{}</p>").format(node)
    return Markup("<dl>{}</dl>").format(Markup("").join(_pairs(questions, node, words)))


def _pairs(questions: Sequence[Question], node: Mapping[str, Any], words: _Words) -> Iterator[Markup]:
    known = {q.id: q for q in questions}
    for key in [*(k for k in known if k in node), *(k for k in node if k not in known)]:
        q = known.get(key)
        if key == "snapshot":  # for machines
            continue
        yield Markup('<dt>{}</dt><dd dir="auto">{}</dd>').format(
            q.label or q.prompt if q else key, _value(q, node[key], words)
        )


def _value(q: Question | None, value: Any, words: _Words) -> Markup:
    if q is not None and q.kind == "attachment" and isinstance(value, str):
        return attached(value, "", words.picture, q.label or q.prompt)
    if not isinstance(value, Mapping):
        return escape(in_words(q, value, words.called))
    if q is None or q.kind != "list":
        return _answers(q.questions if q else (), value, words)
    table = _table(q.questions, list(value.values()), words)
    if table is not None:
        return table
    items = [
        _answers(q.questions, v, words) if isinstance(v, Mapping) else escape(in_words(q, v, words.called))
        for v in value.values()
    ]
    return Markup("<ol>{}</ol>").format(Markup("").join(Markup('<li dir="auto">{}</li>').format(i) for i in items))
