"""PDSA cycles on paper: what was predicted beside what came out, what was decided, and the board of all cycles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from inquirylab.findings.cycle_board import STATES, Card, board, days, locks
from inquirylab.record.driver_diagram import diagram
from inquirylab.record.export import roots_as_markdown
from inquirylab.record.paths import Roots
from inquirylab.record.reading import Record
from inquirylab.reports.answers import STYLE
from inquirylab.reports.attached import Picture, all_attached, no_picture

EMPTY = "No cycle is planned yet. A PDSA cycle tests one change on a small scale: eight questions, fifteen minutes."
STATE_WORDS = {"planned": "Planned", "doing": "Doing", "study": "Study", "decided": "Decided"}


def cycles_html(record: Record, roots: Roots, picture: Picture = no_picture) -> str:
    """Return every PDSA cycle and the board as an HTML fragment; `picture` gives an attached picture as an address."""
    cards = board(record, roots)
    if not cards:
        return str(Markup('{}<div class="iq-answers"><p>{}</p></div>').format(STYLE, EMPTY))
    told = [_cycle(c, record, roots, picture) for c in record.pdsa_cycles]
    body = Markup("").join([*told, _board(cards, record)])
    return str(Markup('{}<div class="iq-answers">{}</div>').format(STYLE, body))


def cycles_markdown(record: Record, roots: Roots) -> str:
    """Return every PDSA cycle as Markdown."""
    return roots_as_markdown(record, roots, ("pdsa_cycles",)).strip() or EMPTY


def _cycle(c: Any, record: Record, roots: Roots, picture: Picture) -> Markup:
    card = next(k for k in board(record, roots) if k.cycle.id == c.id)
    idea = next((i.name for i in record.change_ideas if i.id == c.change), None)
    parts = [Markup("<h3>{}</h3>").format(card.cycle.title)]
    when = " to ".join(d for d in days(card.cycle) if d)
    about = [f"Change idea: {idea}" if idea else "", when, STATE_WORDS[card.state]]
    parts.append(Markup("<p>{}</p>").format(" · ".join(a for a in about if a)))
    if c.plan and c.plan.what:
        parts.append(_pair("What was done", c.plan.what))
    if c.questions:
        parts.append(_predictions(c, record, roots))
    if c.do_log:
        lines = [f"{entry.at.isoformat() + ': ' if entry.at else ''}{entry.observation or ''}" for entry in c.do_log]
        parts.append(_pair("What happened", lines))
    parts.append(all_attached(((a.file, a.caption) for a in c.artefacts), picture))
    if c.learned:
        parts.append(_pair("What we believe now", c.learned))
    if c.act:
        form = roots.forms["pdsa_cycles"].question("act")
        label = next((x.label for x in form.choices if x.id == c.act), c.act) if form else c.act
        parts.append(_pair("What we decided", f"{label}. {c.reason or ''}".strip()))
    return Markup("<section>{}</section>").format(Markup("").join(parts))


def _predictions(c: Any, record: Record, roots: Roots) -> Markup:
    held = locks(record, roots)
    rows = []
    for q in c.questions:
        lock = held.get(f"pdsa_cycles.{c.id}.questions.{q.id}.prediction")
        note = ""
        if lock is not None:
            note = f"locked {(lock.locked_at or '')[:10]}"
            note += ", written after the test began" if lock.late else ", changed since" if lock.changed else ""
        result = next((r for r in c.results if r.question == q.id), None)
        came = _came(result) if result else "not yet known"
        rows.append(
            Markup("<tr><td>{}</td><td>{} <small>{}</small></td><td>{}</td></tr>").format(
                q.question or "", q.prediction or "no prediction", note, came
            )
        )
    head = Markup("<tr><th>What we wanted to learn</th><th>What we expected</th><th>What came out</th></tr>")
    return Markup("<table><thead>{}</thead><tbody>{}</tbody></table>").format(head, Markup("").join(rows))


def _came(result: Any) -> str:
    """A number is kept as it was typed: 15, not 15.0."""
    number = "" if result.value is None else f"{result.value:.15g}"
    return ": ".join(part for part in (number, result.result) if part)


def _board(cards: Sequence[Card], record: Record) -> Markup:
    graph = diagram(record)
    rows = []
    for driver in [*graph.drivers(1), None]:
        own = [c for c in cards if (driver in c.primary if driver else not c.primary)]
        if not own:
            continue
        cells = [
            Markup("<td>{}</td>").format(
                Markup("<br>").join(
                    Markup("{}{}").format(c.cycle.title, f" ({c.cycle.act})" if c.cycle.act else "")
                    for c in own
                    if c.state == state
                )
            )
            for state in STATES
        ]
        label = graph.labels[driver] if driver else "No driver yet"
        rows.append(Markup("<tr><th>{}</th>{}</tr>").format(label, Markup("").join(cells)))
    head = Markup("").join(Markup("<th>{}</th>").format(STATE_WORDS[s]) for s in STATES)
    return Markup(
        "<h2>All cycles, by driver and state</h2><table><thead><tr><th>Primary driver</th>{}</tr></thead><tbody>{}</tbody></table>"
    ).format(head, Markup("").join(rows))


def _pair(label: str, value: str | list[str]) -> Markup:
    said = (
        Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(v) for v in value))
        if isinstance(value, list)
        else Markup("{}").format(value)
    )
    return Markup("<dl><dt>{}</dt><dd>{}</dd></dl>").format(label, said)
