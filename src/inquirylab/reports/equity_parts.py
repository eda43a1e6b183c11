"""Groups side by side and the gap between them over time, as parts of the published index."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from inquirylab.charts.small_multiple import shared_scale
from inquirylab.charts.table_twin import Table
from inquirylab.charts.time_axis import TimeAxis
from inquirylab.charts.wide_drawing import NARROW, WIDE, gap_drawing
from inquirylab.charts.words import Voice, day, listing
from inquirylab.findings.equity import GroupGap, group_gap
from inquirylab.findings.measure import MeasureFindings
from inquirylab.findings.published import PublishedFindings
from inquirylab.reports.figure import table_html
from inquirylab.reports.index_page import Card, SiteResult, card

NEVER_THE_CAUSE = "A gap says that schools do not yet serve all alike. A group is never its cause."


@dataclass(frozen=True)
class GroupView:
    """One kind of groups: a chart each, the gap, and both as a table."""

    column: str
    number: int
    cards: list[Card]
    scale: str
    words: str
    wide: Markup
    narrow: Markup
    table: Markup


def group_views(published: PublishedFindings, axis: TimeAxis, voice: Voice) -> list[GroupView]:
    """Return a view for each column of groups of which anything is in print."""
    return [
        _view(number, column, found, published, axis, voice)
        for number, (column, found) in enumerate(published.by_group.items())
    ]


def _view(
    number: int, column: str, found: MeasureFindings, published: PublishedFindings, axis: TimeAxis, voice: Voice
) -> GroupView:
    gap = group_gap(column, found)
    scale = shared_scale(gap.groups)
    assert published.sites is not None
    cards = [card(f, SiteResult(f.site, f"group-{number}-{k}", True), voice, axis, scale, published.sites)
             for k, f in enumerate(gap.groups)]  # fmt: skip
    cards = [Card(c.name, "", c.anchor, c.value, c.role, c.words, c.drawing, c.signal) for c in cards]
    words, last = gap_words(gap, voice), gap.gap[-1] if len(gap.gap) else np.nan
    alt = f"Gap between groups by {column}. {words}"
    label = points(float(last), voice) if len(gap.gap) else ""
    wide, narrow = (Markup(gap_drawing(gap.x, gap.gap, axis, label, alt, size)) for size in (WIDE, NARROW))
    drawn = len(gap.gap) > 1
    return GroupView(
        column,
        number,
        cards,
        scale.words(voice),
        words,
        wide if drawn else Markup(),
        narrow if drawn else Markup(),
        Markup(table_html(gap_table(gap, voice), f"Groups by {column} as a table")),
    )


def points(value: float, voice: Voice) -> str:
    """Return a distance with its unit: percentages differ by points."""
    return f"{value:,.{voice.digits}f} points" if voice.unit == "%" else voice.value(value)


def gap_words(gap: GroupGap, voice: Voice) -> str:
    """Return how far groups lie apart, and whether that changed, in words."""
    if len(gap.compared) < 2 or not len(gap.gap):
        return "Too few numbers are in print to measure a gap between these groups."
    said = (
        f"On {day(gap.x[-1])}: {gap.highest[-1]} highest, {gap.lowest[-1]} lowest, {points(float(gap.gap[-1]), voice)} apart. "
        f"On {day(gap.x[0])}: {points(float(gap.gap[0]), voice)} apart."
    )
    if gap.change is not None:
        word = "narrower" if gap.change < 0 else "wider"
        said += f" The last quarter of the time is {points(abs(gap.change), voice)} {word} than the first, on average."
    missing = len(gap.groups) - len(gap.compared)
    if missing:
        others = listing(f.site for f in gap.groups if f.site not in gap.compared)
        said += f" Compared are the groups that are in print most of the time; not {others}."
    return said


def gap_table(gap: GroupGap, voice: Voice) -> Table:
    """Return the table twin: each date with every group in print, and the gap."""
    values = [dict(zip(f.x.tolist(), f.y.tolist(), strict=True)) for f in gap.groups]
    gaps = dict(zip(gap.x.tolist(), gap.gap.tolist(), strict=True))
    dates = sorted({x for known in values for x in known})
    rows = []
    for date in dates:
        cells = [f"{known[date]:,.{voice.digits}f}" if date in known else "" for known in values]
        rows.append((day(date), *cells, f"{gaps[date]:,.{voice.digits}f}" if date in gaps else ""))
    names = [f.site for f in gap.groups]
    return Table((voice.noun.capitalize(), *names, "Gap"), (False, *(True for _ in names), True), tuple(rows))
