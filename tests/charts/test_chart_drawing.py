"""A chart as SVG text: true size, labels at the line's end, marks by shape, flags on the axis, nothing that runs."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from inquirylab.charts.chart_drawing import SHEETS, chart_drawing
from inquirylab.charts.words import Voice
from inquirylab.findings.team_measure import TeamMeasure, team_measure
from inquirylab.record.types import Measure, MeasureAnnotations, MeasureBaseline, MeasurePhases, MeasureRow
from inquirylab.reports.site_parts import axis_of

LATE = Measure(
    id="m", name="Late", kind="proportion", unit="%", direction="down", frequency="week", baseline=MeasureBaseline(points=12)
)  # fmt: skip
COUNTS = [10, 12, 9, 11, 10, 12, 9, 11, 10, 12, 9, 11, 4, 5, 4, 3, 5, 4, 3, 4, 5, 40]
PHASE = MeasurePhases(start=dt.date(2024, 11, 25), label="Calls <on> Sunday")
FLAGS = (
    MeasureAnnotations(date=dt.date(2024, 10, 7), kind="pdsa_cycle", text="First & second"),
    MeasureAnnotations(date=dt.date(2024, 10, 8), kind="lesson_study", text="Lesson"),
    MeasureAnnotations(date=dt.date(2024, 10, 9), kind="design_cycle", text="Design"),
    MeasureAnnotations(date=dt.date(2030, 1, 1), kind="event", text="Far away"),
)


@pytest.fixture(scope="module")
def team() -> TeamMeasure:
    rows = [
        MeasureRow(
            id=str(i), measure="m", date=dt.date(2024, 9, 2) + dt.timedelta(weeks=i), numerator=n, denominator=100
        )
        for i, n in enumerate(COUNTS)
    ]
    return team_measure(LATE, rows)


def drawn(team: TeamMeasure, size: str) -> ElementTree.Element:
    assert team.finding is not None and team.whole is not None and team.sites is not None
    voice = Voice.of(LATE, team.finding.y)
    axis = axis_of(team.whole, team.sites)
    svg = chart_drawing(team.finding, voice, axis, SHEETS[size], goal=6.0, phases=(PHASE,), flags=FLAGS)
    return ElementTree.fromstring(svg)


def texts(svg: ElementTree.Element) -> list[str]:
    return ["".join(t.itertext()) for t in svg.iter("text")]


@pytest.mark.parametrize("size", SHEETS)
def test_every_size_is_well_formed_and_labels_its_lines_with_numbers(team: TeamMeasure, size: str) -> None:
    words = texts(drawn(team, size))
    for label in ("Centre", "Upper", "Lower", "Goal"):
        assert any(w.startswith(label) and re.search(r"\d", w) for w in words), label


def test_cycles_are_flags_with_letters_that_do_not_meet_and_one_outside_is_not_drawn(team: TeamMeasure) -> None:
    svg = drawn(team, "lo")
    boxes = [r for r in svg.iter("rect") if r.get("rx")]
    places = sorted(float(str(r.get("x"))) for r in boxes)
    assert [w for w in texts(svg) if w in ("P", "L", "D", "E")] == ["P", "L", "D"]
    assert all(b - a >= 17 for a, b in pairwise(places))
    titles = ["".join(t.itertext()) for t in svg.iter("title")]
    assert "PDSA cycle, 7 Oct 2024: First & second" in titles


def test_a_point_beyond_its_limit_of_concern_is_a_diamond_in_a_ring_and_a_phase_says_what_began(
    team: TeamMeasure,
) -> None:
    svg = drawn(team, "hi")
    rings = [c for c in svg.iter("circle") if c.get("r") == "7.5"]
    assert len(rings) == 1 and "--con" in str(rings[0].get("stroke"))
    assert "25 Nov 2024" in texts(svg) and "Calls <on> Sunday" in texts(svg)
    assert "Baseline: 12 weeks" in texts(svg)


def test_colours_are_variables_of_the_page_so_that_dark_works(team: TeamMeasure) -> None:
    used = {v for e in drawn(team, "md").iter() for k in ("fill", "stroke") if (v := e.get(k))} - {"none"}
    assert used and all(v.startswith("var(--") for v in used)


def test_nothing_is_drawn_outside_the_sheet(team: TeamMeasure) -> None:
    for size, sheet in SHEETS.items():
        for e in drawn(team, size).iter("circle"):
            assert 0 <= float(str(e.get("cx"))) <= sheet.width and 0 <= float(str(e.get("cy"))) <= sheet.height
