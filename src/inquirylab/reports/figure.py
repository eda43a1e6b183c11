"""A chart as a figure: what it shows, the drawing, its source, and its table twin."""

from __future__ import annotations

import math
from html import escape
from typing import Any

from inquirylab.charts.control_chart import THIRD, Setting, specification
from inquirylab.charts.small_multiple import scale, small_multiple
from inquirylab.charts.table_twin import Table, table_twin
from inquirylab.charts.time_axis import TimeAxis
from inquirylab.charts.words import Voice, alt_text, definition, listing, lower, plural, title
from inquirylab.findings.measure import MeasureFindings
from inquirylab.findings.series_finding import SeriesFinding
from inquirylab.reports.fragment import pushed, twin

CHART_NAMES = {
    "run": "Run chart", "i": "I chart", "mr": "MR chart", "xbar": "Xbar chart", "s": "S chart", "p": "p chart", "pp": "p′ chart",
    "u": "u chart", "up": "u′ chart", "c": "c chart", "g": "g chart", "t": "t chart", "ip": "I′ chart",
}  # fmt: skip
RULES = {
    "anhoej": "a run longer than round(log₂ n) + 3 or fewer crossings than the 5% point of the binomial (Anhøj)",
}


def figure(
    found: MeasureFindings, finding: SeriesFinding, voice: Voice, axis: TimeAxis, setting: Setting
) -> tuple[str, dict[str, Any]]:
    """Return the main figure of a site as HTML, and the specification that a page draws in it."""
    measure = found.measure
    alt = alt_text(finding, voice)
    head = (
        f'<figcaption class="chart-title"><b>{escape(voice.name)}, {escape(finding.site)}</b>'
        f"<span>{escape(definition(measure))} {voice.better_words}</span></figcaption>"
    )
    table = table_twin(finding, voice, measure.denominator or "Counted below the line")
    html = (
        f'<figure class="figure" id="chart">{head}{drawing(finding, voice, axis, alt, 704, 260)}'
        f'<p class="source">{escape(source(found, finding, voice))}</p>'
        f"{chart_twin(table)}</figure>"
    )
    return html, specification(finding, voice, axis, setting)


def third(
    found: MeasureFindings, finding: SeriesFinding, voice: Voice, axis: TimeAxis, icon: str
) -> tuple[str, dict[str, Any]]:
    """Return another measure of the same site, a third of a page wide."""
    alt = alt_text(finding, voice)
    html = (
        f"<article><h3>{icon}{escape(title(finding, voice, place=False))}</h3>"
        f'<p class="sub">{escape(definition(found.measure))} {voice.better_words} {CHART_NAMES[found.chart]}.</p>'
        f"{drawing(finding, voice, axis, alt, 358, 180)}</article>"
    )
    return html, specification(finding, voice, axis, Setting.of(found.measure), THIRD)


def drawing(finding: SeriesFinding, voice: Voice, axis: TimeAxis, alt: str, width: int, height: int) -> str:
    """Return the chart's place in a page, holding a drawing that needs no script. A script may draw over it."""
    held = [v for line in (finding.y, finding.lcl, finding.ucl) for v in line if v == v]
    held += [e for ends in finding.bounds.values() for e in voice.drawn(*ends) if math.isfinite(e)]
    if not held:
        return f'<p class="none">{escape(alt)}</p>'
    lines = scale(min(held), max(held))
    svg = small_multiple(finding, voice, axis, lines, "", dict(finding.beyond), width=width, height=height)
    svg = svg.replace(' role="img" aria-label=""', ' aria-hidden="true"')
    return f'<div class="chart" role="img" aria-label="{escape(alt)}">{svg}</div>'


def source(found: MeasureFindings, finding: SeriesFinding, voice: Voice) -> str:
    """Return source, n, chart and rules in one small line."""
    parts = [(found.measure.source or "").rstrip(".")]
    count = f"n = {plural(len(finding.x) - len(finding.bounds), voice.noun)}"
    if finding.n is not None:
        count += f", {finding.n[finding.n == finding.n].sum():,.0f} {lower(found.measure.denominator or 'counted below the line')}"
    parts.append(count)
    if finding.bounds:
        parts.append(
            f"Bars: {plural(len(finding.bounds), voice.noun)} known only within bounds, in no line, limit or run"
        )
    chart = CHART_NAMES[found.chart]
    if finding.frozen:
        chart += f", limits frozen on {plural(int(finding.baseline.sum()), voice.noun)}"
    sigma_z = finding.summary.get("sigma_z")
    if found.chart in ("pp", "up") and sigma_z == sigma_z and sigma_z is not None:
        chart += f", σz = {sigma_z:.1f}"
    parts.append(chart)
    rules = [RULES.get(r, r) for r in (found.measure.rules or ("anhoej",))]
    parts.append(f"Signals: {listing([*rules, 'a point beyond 3-sigma limits'] if found.chart != 'run' else rules)}")
    return ". ".join(p for p in parts if p) + "."


def chart_twin(table: Table) -> str:
    """Return the numbers of a chart, folded away below it."""
    return twin("The chart as a table", table_html(table))


def table_html(table: Table, caption: str = "Table of the chart") -> str:
    """Return a table twin as HTML; it scrolls sideways by itself, also by keyboard."""

    def row(cells: tuple[str, ...], tag: str) -> str:
        out = []
        for i, (cell, number) in enumerate(zip(cells, table.numeric, strict=True)):
            kind = ' class="num"' if number else ' class="text"' if i else ""
            scope = ' scope="col"' if tag == "th" else ' scope="row"' if i == 0 else ""
            name = tag if tag == "th" or i else "th"
            out.append(f"<{name}{scope}{kind}>{escape(cell)}</{name}>")
        return f"<tr>{''.join(out)}</tr>"

    body = "".join(row(cells, "td") for cells in table.rows)
    head = row(table.headings, "th")
    return pushed(caption, f'<table class="twin"><thead>{head}</thead><tbody>{body}</tbody></table>')
