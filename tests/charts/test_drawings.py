"""Small multiples, the control chart and its table twin show one finding three ways."""

from __future__ import annotations

import datetime as dt
import json
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import vl_convert

from inquirylab.charts.chart_data import spread
from inquirylab.charts.control_chart import THIRD, Setting, control_chart, page_sizes
from inquirylab.charts.small_multiple import Scale, scale, shared_scale, small_multiple
from inquirylab.charts.table_twin import table_twin
from inquirylab.charts.theme import TOKENS, style
from inquirylab.charts.time_axis import TimeAxis
from inquirylab.charts.words import Voice
from inquirylab.findings.series_finding import SeriesFinding
from inquirylab.record.types import MeasureAnnotations, MeasurePhases
from tests.charts.conftest import finding

SETTING = Setting(
    goal=5.0,
    phases=(MeasurePhases(start=dt.date(2024, 4, 15), label="New gate", reason="The gate closes later."),),
    flags=(MeasureAnnotations(date=dt.date(2024, 3, 4), kind="pdsa_cycle", text="Greeting at the gate"),),
    remarks=((np.datetime64("2024-04-15", "s"), "15 Apr: beyond its limit in 9 of 10 sites"),),
)


def specification(oak: SeriesFinding, voice: Voice, axis: TimeAxis, **kw: Any) -> dict[str, Any]:
    return dict(control_chart(oak, voice, axis, **kw).to_dict())


def test_a_small_multiple_is_well_formed_and_named(oak: SeriesFinding, voice: Voice, axis: TimeAxis) -> None:
    svg = small_multiple(oak, voice, axis, Scale(0, 20, (0.0, 20.0)), 'what "it" <shows>', {20: -1})
    root = ET.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == 'what "it" <shows>'
    classes = [e.attrib.get("class") for e in root]
    assert "run imp" in classes and "imp open" in classes and "out" not in classes[:3]


def test_a_concern_has_another_shape_than_an_improvement(oak: SeriesFinding, axis: TimeAxis) -> None:
    worse = small_multiple(oak, Voice("x", "%", "week", 1), axis, scale(0, 20), "", {20: -1})
    better = small_multiple(oak, Voice("x", "%", "week", -1), axis, scale(0, 20), "", {20: -1})
    assert '<path class="con open"' in worse and '<circle class="imp open"' in better


def test_charts_side_by_side_share_a_scale_that_one_far_point_does_not_flatten() -> None:
    far = finding(y=np.append(np.full(23, 12.0), 900.0))
    shared = shared_scale([finding() for _ in range(60)] + [far])
    assert shared.high < 30


def test_a_site_without_values_is_drawn_empty(voice: Voice, axis: TimeAxis) -> None:
    nothing = finding(
        y=np.full(24, np.nan),
        runs=(),
        beyond={},
        cl=np.full(24, np.nan),
        lcl=np.full(24, np.nan),
        ucl=np.full(24, np.nan),
    )
    ET.fromstring(small_multiple(nothing, voice, axis, Scale(0, 1, ()), "", {}))


@pytest.mark.parametrize("sizes", [None, THIRD], ids=["page", "third"])
def test_a_chart_is_valid_vega_lite_and_draws(oak: SeriesFinding, voice: Voice, axis: TimeAxis, sizes: Any) -> None:
    spec = specification(
        oak, voice, axis, setting=SETTING, sizes=sizes
    )  # to_dict() checks it against Vega-Lite's schema
    svg = vl_convert.vegalite_to_svg(json.dumps(spec))
    ET.fromstring(svg)
    for words in (
        ("Centre", "New gate", "✕")
        if sizes
        else ("Centre line 12.0%", "New gate", "10 weeks below", "beyond its limit", ">P<")
    ):
        assert words in svg
    assert 'fill="white"' not in svg


def test_colours_are_variables_so_that_one_drawing_serves_light_and_dark(
    oak: SeriesFinding, voice: Voice, axis: TimeAxis
) -> None:
    text = json.dumps(specification(oak, voice, axis))
    for token in ("imp", "series", "common", "shade"):
        assert f"var(--{token}, {TOKENS[token][0]})" in text


def test_the_three_sizes_leave_room_for_their_words() -> None:
    sizes = page_sizes(phase=True)
    assert [s.width for s in sizes.values()] == [1104, 704, 343]
    assert all(min(s.plot) > 180 for s in sizes.values())


def test_only_what_a_chart_needs_is_embedded(oak: SeriesFinding, voice: Voice, axis: TimeAxis) -> None:
    datasets = specification(oak, voice, axis)["datasets"]
    assert set(datasets["points"][0]) == {"x", "y", "k", "d", "v", "n"}
    assert len(datasets["points"]) == 24
    marked = [p for p in datasets["points"] if "r" in p]
    assert marked and all(p["r"] in ("imp", "con") and p["w"] for p in marked), "roles, not colours"
    assert len(datasets["limits"]) <= 24 + 4, "a row a point, for both limits"


def test_labels_are_pushed_apart_in_order() -> None:
    places = spread([50, 51, 52, 200], 17, 0, 210)
    assert all(b - a >= 17 - 1e-6 for a, b in pairwise(places))
    assert places[0] >= 0 and places[-1] <= 210


def test_the_table_twin_has_every_point_its_lines_and_its_signals(oak: SeriesFinding, voice: Voice) -> None:
    table = table_twin(oak, voice, "Pupils enrolled")
    assert table.headings == (
        "Week of",
        "Value, %",
        "Pupils enrolled",
        "Lower limit",
        "Centre line",
        "Upper limit",
        "Signal",
    )
    assert len(table.rows) == 25
    assert table.rows[14] == ("15 Apr 2024", "6.5", "200", "9.0", "12.0", "15.0", "Below limit; run of 10 below")
    assert "left out: holiday" in [row[-1] for row in table.rows]


def test_the_style_has_light_dark_and_print() -> None:
    assert "prefers-color-scheme:dark" in style() and "@media print" in style()
    assert ".inquirylab .line" not in style() and ".drawing .line" in style()
    assert style(".inquirylab").count(".inquirylab .drawing") > 10
