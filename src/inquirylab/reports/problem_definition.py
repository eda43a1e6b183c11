"""The problem definition on paper: the statement first, then what it rests on and who has not been heard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from inquirylab.definitions import Form
from inquirylab.record.export import in_words, roots_as_markdown, short_names
from inquirylab.record.paths import Roots
from inquirylab.record.problem_definition import DIMENSIONS
from inquirylab.record.reading import Record
from inquirylab.record.versions import versions
from inquirylab.reports.attached import Picture, all_attached, no_picture

ROOT = "problem_definition"
EMPTY = "No problem is defined yet. A problem definition says what is seen, where, for whom and since when, before any cause."
WORKING = "Working labels; the chapter's own wording can be entered in one file."
STYLE = Markup(
    "<style>.iq-problem{max-width:900px;line-height:1.5}"
    ".iq-problem blockquote{font-size:1.25em;margin:0 0 1em;padding-left:1em;border-left:3px solid currentColor}"
    ".iq-problem :is(blockquote,p){white-space:pre-wrap;overflow-wrap:anywhere}"
    ".iq-problem section{margin-top:1.4em}.iq-problem tr{break-inside:avoid}"
    ".iq-problem table{border-collapse:collapse;width:100%}"
    ".iq-problem :is(th,td){text-align:left;vertical-align:top;padding:5px 14px 5px 0;border-bottom:1px solid #8884}"
    ".iq-problem :is(th,td) p{margin:0}.iq-problem tbody th{width:9em;overflow-wrap:anywhere}</style>"
)


def problem_html(record: Record, roots: Roots, picture: Picture = no_picture) -> str:
    """Return the problem definition as an HTML fragment, every word of a person escaped.

    `picture` gives an attached picture as an address that holds it whole.
    """
    p, form = record.problem_definition, roots.forms[ROOT]
    if not record.tree.get(ROOT):
        return str(Markup('{}<div class="iq-problem"><p>{}</p></div>').format(STYLE, EMPTY))
    statement = Markup("<blockquote>{}</blockquote>").format(p.statement or "No statement yet.")
    bounds = [("Inside", p.boundary and p.boundary.inside), ("Outside", p.boundary and p.boundary.outside)]
    bounds.append(("Period", p.boundary and p.boundary.period))
    parts = [
        Markup("<section><h2>Problem statement</h2>{}{}</section>").format(statement, _pairs(bounds)),
        Markup("<section><h2>Five dimensions</h2>{}{}</section>").format(_working(form), _dimensions(p, form, record)),
        _table("How do we know?", ("Kind", "What it says", "What it cannot say"), _evidence(p, form)),
        all_attached(((e.file, e.what or e.says) for e in p.evidence), picture),
        _table("Who lives with it?", ("Who", "How many", "How it touches them"), _affected(p)),
        _table("Who has not been heard yet?", ("Who", "Why absent", "Plan", "By when"), _voices(p)),
        _table("What are we taking for granted?", ("We assume that", "Decision"), _assumptions(p, form)),
        _said("What is there to build on?", " · ".join(p.assets)),
        _said("What equity or justice means here", p.equity_stance),
        _table("How the definition changed", ("Version", "What changed, and why"), _versions(record)),
    ]
    return str(Markup('{}<div class="iq-problem">{}</div>').format(STYLE, Markup("").join(parts)))


def problem_markdown(record: Record, roots: Roots) -> str:
    """Return the problem definition as Markdown."""
    return roots_as_markdown(record, roots, (ROOT,)).strip() or EMPTY


def _working(form: Form) -> Markup:
    return Markup("<p><small>{}</small></p>").format(WORKING) if form.working_labels else Markup("")


def _dimensions(p: Any, form: Form, record: Record) -> Markup:
    names = {e.id: e.what or e.says or "evidence" for e in p.evidence}
    names = {**short_names(record), **names}
    rows = []
    for word in DIMENSIONS:
        group, question = getattr(p, word), form.question(word)
        rests = ", ".join(names.get(e, "") for e in (group.evidence if group else ()) if e in names)
        note = Markup("<br><small>Rests on: {}</small>").format(rests) if rests else Markup("")
        answer = (group.answer if group else None) or "No answer yet."
        label = (question.label or question.prompt) if question else word
        rows.append(Markup("<tr><th scope=row>{}</th><td><p>{}</p>{}</td></tr>").format(label, answer, note))
    return Markup("<table><tbody>{}</tbody></table>").format(Markup("").join(rows))


def _evidence(p: Any, form: Form) -> Iterable[Sequence[str]]:
    asked = form.question("evidence")
    kind = next((q for q in asked.questions if q.id == "kind"), None) if asked else None
    for e in p.evidence:
        about = ", ".join(x for x in (e.what, e.date.isoformat() if e.date else None) if x)
        says = "\n".join(x for x in (e.says, about) if x)
        yield in_words(kind, e.kind, {}) if e.kind else "No kind yet", says, e.limits or "Not said"


def _affected(p: Any) -> Iterable[Sequence[str]]:
    for a in p.affected:
        yield a.group or "", "unknown" if a.n is None else str(a.n), a.how or ""


def _voices(p: Any) -> Iterable[Sequence[str]]:
    for v in p.missing_voices:
        yield v.who or "", v.why_absent or "", v.plan or "No plan yet", v.date.isoformat() if v.date else "no date"


def _assumptions(p: Any, form: Form) -> Iterable[Sequence[str]]:
    asked = form.question("assumptions")
    decision = next((q for q in asked.questions if q.id == "decision"), None) if asked else None
    for a in p.assumptions:
        yield a.text or "", in_words(decision, a.decision, {}) if a.decision else "Not decided"


def _versions(record: Record) -> Iterable[Sequence[str]]:
    names = short_names(record)
    for v in reversed(versions(record, ROOT)):
        caused = ", ".join(names.get(c, "") for c in v.caused_by if c in names)
        yield str(v.number), "\n".join(x for x in (v.reason or "No reason given", caused) if x)


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    body = [
        Markup("<tr><th scope=row>{}</th>{}</tr>").format(
            first, Markup("").join(Markup("<td><p>{}</p></td>").format(cell) for cell in rest)
        )
        for first, *rest in rows
    ]
    if not body:
        return Markup("")
    head = Markup("").join(Markup("<th scope=col>{}</th>").format(h) for h in heads)
    return Markup("<section><h2>{}</h2><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></section>").format(
        title, head, Markup("").join(body)
    )


def _said(title: str, text: str | None) -> Markup:
    return Markup("<section><h2>{}</h2><p>{}</p></section>").format(title, text) if text else Markup("")


def _pairs(pairs: Iterable[tuple[str, Any]]) -> Markup:
    told = [Markup("<b>{}</b> {}").format(k, v) for k, v in pairs if v]
    return Markup("<p>{}</p>").format(Markup(" · ").join(told)) if told else Markup("")
