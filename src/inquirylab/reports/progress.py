"""Where an inquiry stands: the thread, what is next, measures, cycles by driver, findings, who did what lately. PURE."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from inquirylab.charts.chart_drawing import Sheet, chart_drawing
from inquirylab.charts.words import Voice, alt_text, capital, definition, title
from inquirylab.findings.cycle_board import Card, board
from inquirylab.findings.cycles_by_driver import Row, cycles_by_driver, untested
from inquirylab.findings.deeds import Deed, deeds
from inquirylab.findings.finding import Finding
from inquirylab.findings.measure_words import Lately, lately
from inquirylab.findings.next_steps import NextStep
from inquirylab.findings.team_measure import TeamMeasure
from inquirylab.findings.theory import Known, known
from inquirylab.findings.thread import Step, thread
from inquirylab.record.driver_diagram import diagram
from inquirylab.record.paths import Roots
from inquirylab.record.reading import Record
from inquirylab.reports.site_parts import axis_of

SHEET = Sheet(326, 190, 32, 92, False)
NO_DATA = "No data yet"


class MeasureCard(NamedTuple):
    """One measure in small.

    `state` is that of :class:`inquirylab.findings.measure_words.Lately`; `drawing` is empty where there is no data, and
    `refused` says why the data cannot be read.
    """

    id: str
    title: str
    under: str
    drawing: str
    alt: str
    last: str
    words: str
    state: str
    refused: str


@dataclass(frozen=True)
class Standing:
    """All that the page of progress and the report tell of an inquiry."""

    record: Record
    roots: Roots
    findings: Sequence[Finding]
    next_steps: Sequence[NextStep]
    teams: Mapping[str, TeamMeasure]
    lately: Mapping[str, Lately]
    cards: list[Card]
    known: Mapping[str, Known]
    thread: tuple[Step, ...]
    deeds: Sequence[Deed]

    @property
    def measures(self) -> list[MeasureCard]:
        """Every measure in small."""
        return [measure_card(i, team, self.lately[i]) for i, team in self.teams.items()]

    @property
    def rows(self) -> list[Row]:
        """Cycles by primary driver and how they ended."""
        return cycles_by_driver(self.cards, diagram(self.record))

    @property
    def untested(self) -> list[str]:
        """Drivers that nobody tests."""
        return untested(self.known)


def standing(
    record: Record,
    roots: Roots,
    findings: Sequence[Finding],
    next_steps: list[NextStep],
    teams: Mapping[str, TeamMeasure],
    history: Iterable[Mapping[str, Any]],
) -> Standing:
    """Work out where an inquiry stands.

    Parameters
    ----------
    teams
        Measure id -> what it says, with its data.
    history
        Who changed what, oldest first.
    """
    says = {i: lately(t.finding, Voice.of(t.measure).better) for i, t in teams.items()}
    cards = board(record, roots)
    return Standing(
        record,
        roots,
        findings,
        next_steps,
        teams,
        says,
        cards,
        known(record, {i: f"{capital(s.words)}." for i, s in says.items() if s.state != "none"}),
        thread(record, cards, says, next_steps),
        deeds(history, record, roots),
    )


def measure_card(measure: str, team: TeamMeasure, says: Lately) -> MeasureCard:
    """Return one measure in small: its finding as title, its drawing, the latest value and signal in words."""
    name, family = team.measure.name or "A measure", capital(team.measure.family or "")
    finding, found, sites = team.finding, team.whole, team.sites
    refused = " ".join(team.refusals)
    if finding is None or found is None or sites is None or finding.last is None:
        return MeasureCard(measure, name, family, "", "", "", NO_DATA, "none", refused)
    voice = Voice.of(team.measure, finding.y)
    goal = team.measure.goal.value if team.measure.goal else None
    drawing = chart_drawing(
        finding, voice, axis_of(found, sites), SHEET, goal=goal, phases=team.measure.phases, flags=team.flags
    )
    under = " · ".join(w for w in (family, f"{definition(team.measure)} {voice.better_words}") if w)
    last = voice.value(float(finding.y[finding.last]))
    words = title(finding, voice, place=False)
    return MeasureCard(
        measure, words, under, drawing, alt_text(finding, voice), last, capital(says.words), says.state, refused
    )
