"""A team's measure: chart, words, table, groups side by side. The view and the printed page show the same. PURE."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from inquirylab.charts.chart_drawing import SHEETS, chart_drawing
from inquirylab.charts.small_multiple import shared_scale, small_multiple
from inquirylab.charts.table_twin import Table, table_twin
from inquirylab.charts.words import (
    KINDS,
    LETTERS,
    Voice,
    alt_text,
    capital,
    day,
    definition,
    level,
    run_words,
    title,
)
from inquirylab.findings.series_finding import SeriesFinding
from inquirylab.findings.sites import find_sites
from inquirylab.findings.team_measure import ENOUGH, TeamMeasure
from inquirylab.reports.figure import CHART_NAMES, source
from inquirylab.reports.site_parts import MISSING_KINDS, axis_of, left_out_lines, signal_lines
from inquirylab.spc import explain

SMALL = 10
MOST_BESIDE = 60
EMPTY = "There are no numbers yet. Type this week’s in, or drop in a data file."


@dataclass(frozen=True)
class Beside:
    """One site or group beside the others."""

    name: str
    value: str
    words: str
    drawing: str
    alt: str
    small: bool


@dataclass(frozen=True)
class MeasureShown:
    """All that is shown of a measure's numbers, as text and drawings; `held` are its points: date, and value in words."""

    title: str
    lede: str
    under: str
    chart: str
    drawings: dict[str, str]
    alt: str
    lines: tuple[tuple[str, str], ...]
    table: Table
    source: str
    lines_from: str
    flags: tuple[tuple[str, str, str], ...]
    beside: tuple[Beside, ...]
    not_beside: int
    held: tuple[tuple[str, str], ...]


def shown(team: TeamMeasure) -> MeasureShown | None:
    """Return what is shown of a measure; None while it has no number."""
    found, finding, sites = team.whole, team.finding, team.sites
    if found is None or finding is None or sites is None:
        return None
    measure, voice = team.measure, Voice.of(team.measure, finding.y)
    axis, goal = axis_of(found, sites), measure.goal.value if measure.goal else None
    return MeasureShown(
        title=_title(team, finding, voice),
        lede=level(finding, voice),
        under=f"{definition(measure)} {voice.better_words}",
        chart=CHART_NAMES[found.chart],
        drawings={
            name: chart_drawing(finding, voice, axis, sheet, goal=goal, phases=measure.phases, flags=team.flags)
            for name, sheet in SHEETS.items()
        },
        alt=alt_text(finding, voice),
        lines=(*signal_lines(finding, voice, sites), *left_out_lines(finding)),
        table=table_twin(finding, voice, measure.denominator or "Counted below the line"),
        source=source(found, finding, voice),
        lines_from=str(explain(found.analysis)),
        flags=tuple(
            (LETTERS[f.kind or "event"], day(f.date), f"{f.text or 'Without a title'} ({KINDS[f.kind or 'event']})")
            for f in sorted(team.flags, key=lambda f: str(f.date))
        ),
        beside=tuple(_beside(team, voice)),
        not_beside=max(0, len(team.parts.series) - MOST_BESIDE) if team.parts else 0,
        held=tuple(
            (str(x)[:10], f"{day(x)}: {voice.value(y)}")
            for x, y in zip(finding.x, finding.y, strict=True)
            if np.isfinite(y)
        ),
    )


def _title(team: TeamMeasure, finding: SeriesFinding, voice: Voice) -> str:
    words = title(finding, voice, place=False)
    return f"{words} ({team.points}; we need {ENOUGH})" if finding.few and finding.last is not None else words


def _beside(team: TeamMeasure, voice: Voice) -> Iterator[Beside]:
    """Each site and group as a small chart on one scale, in the order of their names; of hundreds, the first."""
    if team.parts is None:
        return
    parts = team.parts.series
    scale, axis = shared_scale(parts.values()), axis_of(team.parts, find_sites(team.parts))
    sites = {key[0] for key in parts}
    for key, finding in islice(parts.items(), MOST_BESIDE):
        name = " · ".join(w for w in (key[0] if len(sites) > 1 else "", *key[1:]) if w) or team.name
        special = {} if finding.few else dict(finding.beyond)
        last = finding.last
        n = None if last is None or finding.n is None else float(finding.n[last])
        small = n is not None and n < (team.measure.min_n or SMALL)
        alt = alt_text(finding, voice, brief=True).replace(finding.site, name, 1)
        yield Beside(
            name,
            voice.value(finding.y[last]) if last is not None else "no value",
            _signal(finding, voice) + (f". Small: {n:.0f} counted" if small else ""),
            small_multiple(finding, voice, axis, scale, alt, special),
            alt,
            small,
        )


def _signal(finding: SeriesFinding, voice: Voice) -> str:
    if finding.few:
        return f"Too few points to judge ({int(finding.summary['n_useful'])})"
    if finding.current:
        return capital(run_words(finding, finding.current, voice))
    if finding.beyond:
        at = max(finding.beyond)
        return f"{'Above' if finding.beyond[at] > 0 else 'Below'} its limit on {day(finding.x[at])}"
    return "No signal of change"


def missing_rows(team: TeamMeasure) -> list[tuple[str, str, str, int]]:
    """Return what is no number: kind in words, column, how it is written, how often."""
    if team.missing.empty:
        return []
    counts = team.missing.groupby(["kind", "column", "mark"], dropna=False)["count"].sum().reset_index()
    return [(MISSING_KINDS[str(k)], str(c), str(m) or "blank", int(n)) for k, c, m, n in counts.itertuples(index=False)]
