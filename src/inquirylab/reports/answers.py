"""Answers as a page that prints: every answer under its question, lists as numbered items, nothing that runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from inquirylab.definitions import Form, Question
from inquirylab.record.export import in_words, label_of, roots_as_markdown, short_names
from inquirylab.record.paths import Roots
from inquirylab.record.reading import Record

STYLE = Markup(
    "<style>.iq-answers{max-width:72ch;line-height:1.5}.iq-answers dt{font-weight:600;margin-top:.8em}"
    ".iq-answers dd{margin:0 0 0 1.2em;white-space:pre-wrap;overflow-wrap:anywhere}"
    ".iq-answers section{break-inside:avoid}</style>"
)
EMPTY = "Nothing is written here yet."


def answers_html(record: Record, roots: Roots, wanted: Sequence[str]) -> str:
    """Return the answers under some roots as an HTML fragment, every word of a person escaped."""
    called = short_names(record)
    parts = [_form(roots.forms[r], record.whole[r], called) for r in wanted if record.whole.get(r)]
    body = Markup("").join(parts) if parts else Markup("<p>{}</p>").format(EMPTY)
    return str(Markup('{}<div class="iq-answers">{}</div>').format(STYLE, body))


def answers_markdown(record: Record, roots: Roots, wanted: Sequence[str]) -> str:
    """Return the answers under some roots as Markdown."""
    return roots_as_markdown(record, roots, wanted).strip() or EMPTY


def _form(form: Form, node: Any, called: Mapping[str, str]) -> Markup:
    if not form.collection:
        return Markup("<section><h2>{}</h2>{}</section>").format(form.title, _answers(form.questions, node, called))
    items = [
        Markup('<section><h3 dir="auto">{}</h3>{}</section>').format(
            label_of(fields, form.questions) or item, _answers(form.questions, fields, called)
        )
        for item, fields in (node.items() if isinstance(node, Mapping) else ())
    ]
    return Markup("<h2>{}</h2>{}").format(form.title, Markup("").join(items))


def _answers(questions: Sequence[Question], node: Any, called: Mapping[str, str]) -> Markup:
    if not isinstance(node, Mapping):
        return Markup("<p>{}</p>").format(node)
    return Markup("<dl>{}</dl>").format(Markup("").join(_pairs(questions, node, called)))


def _pairs(questions: Sequence[Question], node: Mapping[str, Any], called: Mapping[str, str]) -> Iterator[Markup]:
    known = {q.id: q for q in questions}
    for key in [*(k for k in known if k in node), *(k for k in node if k not in known)]:
        q = known.get(key)
        if key == "snapshot":  # for machines
            continue
        yield Markup('<dt>{}</dt><dd dir="auto">{}</dd>').format(
            q.label or q.prompt if q else key, _value(q, node[key], called)
        )


def _value(q: Question | None, value: Any, called: Mapping[str, str]) -> Markup:
    if not isinstance(value, Mapping):
        return escape(in_words(q, value, called))
    if q is None or q.kind != "list":
        return _answers(q.questions if q else (), value, called)
    items = [
        _answers(q.questions, v, called) if isinstance(v, Mapping) else escape(in_words(q, v, called))
        for v in value.values()
    ]
    return Markup("<ol>{}</ol>").format(Markup("").join(Markup('<li dir="auto">{}</li>').format(i) for i in items))
