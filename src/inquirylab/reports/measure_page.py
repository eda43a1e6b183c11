"""Measures as a page that prints: definition, chart, words, groups side by side, table. PURE."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from inquirylab.charts.table_twin import Table
from inquirylab.charts.words import NEVER_WHY, day
from inquirylab.findings.team_measure import TeamMeasure
from inquirylab.record.types import Measure
from inquirylab.reports.figure import chart_twin
from inquirylab.reports.fragment import Fragment
from inquirylab.reports.measure import EMPTY, MeasureShown, shown

INSIDE = (
    "For the team. Numbers of small groups are shown here as they are: before a chart leaves this folder, "
    "let publishing (inquirylab report --publish) hide what could point to a person."
)
NONE = "No measure has been defined yet."
_STYLE = (
    "<style>.inquirylab .definition{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:8px 0 16px}"
    ".inquirylab .definition dd{margin:0;overflow-wrap:anywhere}.inquirylab .measure h3{margin-top:20px}"
    ".inquirylab .measure .drawn svg{max-width:100%;height:auto;overflow:visible}"
    ".inquirylab .measure .beside{display:flex;flex-wrap:wrap;gap:16px 28px}"
    ".inquirylab .measure .beside .ylab{display:inline!important}"
    ".inquirylab .measure .beside article{width:230px;padding-left:26px}.inquirylab .measure .beside p{margin:0}"
    "@media screen and (max-width:600px){.inquirylab .measure .drawn.lo{display:block!important}"
    ".inquirylab .measure .drawn.md{display:none}}</style>"
)


def measures_page(teams: Sequence[TeamMeasure]) -> Fragment:
    """Return measures as a fragment, complete without scripts: for print, export and a notebook nobody runs."""
    if not teams:
        return Fragment(f"<p>{NONE}</p>", NONE)
    parts = [_printed(t) for t in teams]
    html = _STYLE + "".join(p[0] for p in parts) + f'<p class="source">{escape(INSIDE)}</p>'
    return Fragment(html, "\n\n".join(p[1] for p in parts) + f"\n\n{INSIDE}")


def _printed(team: TeamMeasure) -> tuple[str, str]:
    measure, seen = team.measure, shown(team)
    name = measure.name or "A measure without a name yet"
    pairs = list(definition_pairs(measure))
    listed = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in pairs)
    plain = [f"## {_plain(name)}", "", *(f"- **{k}:** {_plain(v)}" for k, v in pairs), ""]
    if seen is None:
        html = f'<p class="none">{escape(EMPTY)}</p>'
        plain.append(EMPTY)
    else:
        html = _figure(seen) + _in_words(seen) + _groups(seen)
        plain += [f"**{_plain(seen.title)}**", "", f"{_plain(seen.lede)} {NEVER_WHY}", ""]
        plain += [*(f"- {_plain(text)}" for _, text in seen.lines), "", *_plain_table(seen.table)]
    strays = (f"{day(s.date)} is to be left out, but no point lies on that date." for s in team.strays)
    for said in (*team.refusals, *team.notes, *strays):
        html += f'<p class="source">{escape(said)}</p>'
        plain.append(f"\n{_plain(said)}")
    head = f'<section class="measure"><h2>{escape(name)}</h2><dl class="definition">{listed}</dl>'
    return f"{head}{html}</section>", "\n".join(plain)


def definition_pairs(measure: Measure) -> Iterator[tuple[str, str]]:
    """Yield the parts of an operational definition that were answered, with their names."""
    divided = f"{measure.numerator} ÷ {measure.denominator}" if measure.numerator and measure.denominator else None
    answers = {
        "What it shows": measure.construct,
        "What is counted": divided or measure.numerator,
        "Who counts": measure.population,
        "Included": measure.include,
        "Left out": measure.exclude,
        "Unit": measure.unit,
        "Better is": {"up": "Higher", "down": "Lower", "neither": "Neither"}.get(measure.direction or ""),
        "Goal": _goal(measure),
        "Instrument": measure.instrument,
        "Collected by": measure.collector,
        "How often": "at each event"
        if measure.frequency == "event"
        else measure.frequency and f"every {measure.frequency}",
        "Groups": "; ".join(measure.disaggregate_by),
    }
    yield from ((name, answer) for name, answer in answers.items() if answer)


def _goal(measure: Measure) -> str:
    goal = measure.goal
    if goal is None or goal.value is None:
        return ""
    return f"{goal.value:g} {measure.unit or ''}".strip() + (f" by {day(goal.by_when)}" if goal.by_when else "")


def _figure(seen: MeasureShown) -> str:
    return (
        f'<figure class="figure"><figcaption class="chart-title"><b>{escape(seen.title)}</b><br>'
        f"{escape(seen.under)}</figcaption>"
        f'<div role="img" aria-label="{escape(seen.alt)}"><div class="drawn md">{seen.drawings["md"]}</div>'
        f'<div class="drawn lo" hidden>{seen.drawings["lo"]}</div></div>'
        f'<p class="source">{escape(seen.source)}</p>'
        f"{chart_twin(seen.table)}</figure>"
    )


def _in_words(seen: MeasureShown) -> str:
    lines = "".join(f"<li>{mark}<span>{escape(text)}</span></li>" for mark, text in seen.lines)
    flags = "".join(f"<li><b>{letter}</b> {escape(on)}: {escape(text)}</li>" for letter, on, text in seen.flags)
    cycles = f'<h3>Cycles</h3><ul class="plain">{flags}</ul>' if flags else ""
    return (
        f"<h3>What the chart says</h3><p>{escape(seen.lede)} {NEVER_WHY}</p>"
        f'<ul class="plain words">{lines}</ul>{cycles}'
    )


def _groups(seen: MeasureShown) -> str:
    if not seen.beside:
        return ""
    cards = "".join(
        f'<article><p><b>{escape(b.name)}</b> {escape(b.value)}</p>{b.drawing}<p class="sub">{escape(b.words)}</p></article>'
        for b in seen.beside
    )
    more = f'<p class="source">{seen.not_beside} more are not shown here.</p>' if seen.not_beside else ""
    return f'<h3>Side by side, on one scale</h3><div class="beside">{cards}</div>{more}'


def _plain_table(table: Table) -> Iterator[str]:
    yield "| " + " | ".join(_plain(h) for h in table.headings) + " |"
    yield "| " + " | ".join("---:" if n else "---" for n in table.numeric) + " |"
    yield from ("| " + " | ".join(_plain(c) for c in row) + " |" for row in table.rows)


def _plain(text: str) -> str:
    """Return text in which nothing is markup for Markdown or HTML."""
    for sign in "\\`*_{}[]#!$~|":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())
