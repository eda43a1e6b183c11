"""Points known only within bounds are drawn as bars, said in words and listed, and are in no line."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import numpy as np
import pytest
import vl_convert

from inquirylab.charts.control_chart import control_chart
from inquirylab.charts.small_multiple import Scale, scale, shared_scale, small_multiple
from inquirylab.charts.table_twin import table_twin
from inquirylab.charts.time_axis import TimeAxis
from inquirylab.charts.words import Voice, alt_text, level, title
from inquirylab.findings.series_finding import SeriesFinding
from inquirylab.record.types import Measure
from tests.charts.conftest import finding

VOICE = Voice.of(Measure(name="Late", kind="proportion", unit="%", frequency="week"), [6.5, 12.0])
ENDS = {4: (9.0, np.inf), 5: (-np.inf, 5.0), 6: (10.0, 20.0)}


@pytest.fixture
def censored() -> SeriesFinding:
    y = finding().y.copy()
    y[list(ENDS)] = np.nan
    return finding(y=y, bounds=ENDS)


def bars(spec: dict[str, Any]) -> list[list[Any]]:
    return [[r["y"], r["y2"], r["lo"], r["uo"], r["v"]] for r in spec["datasets"]["bars"]]


def test_a_share_ends_at_nought_and_at_a_hundred_per_cent(censored: SeriesFinding, axis: TimeAxis) -> None:
    drawn = bars(dict(control_chart(censored, VOICE, axis).to_dict()))
    assert drawn == [
        [9.0, 100.0, False, False, "At least 9.0%"],
        [0.0, 5.0, False, False, "At most 5.0%"],
        [10.0, 20.0, False, False, "10.0% to 20.0%"],
    ]


def test_an_end_that_nobody_knows_reaches_to_the_edge_as_an_arrow(censored: SeriesFinding, axis: TimeAxis) -> None:
    score = Voice.of(Measure(name="Score", kind="mean", frequency="week"), [6.5, 12.0])
    spec = dict(control_chart(censored, score, axis).to_dict())
    low, high = bars(spec)[1][0], bars(spec)[0][1]
    assert high == max(r["y2"] for r in spec["datasets"]["bars"]) and low <= 5
    assert [b[2:4] for b in bars(spec)] == [[False, True], [True, False], [False, False]]
    svg = vl_convert.vegalite_to_svg(spec)
    assert svg.count("<svg") == 1


def test_no_line_goes_through_a_bar(censored: SeriesFinding, axis: TimeAxis) -> None:
    points = control_chart(censored, VOICE, axis).to_dict()["datasets"]["points"]
    before, after = [p for p in points if p["x"] < 4], [p for p in points if 6 < p["x"] < 12]
    assert len(points) == 21 and {p["k"] for p in before}.isdisjoint({p["k"] for p in after})


def test_a_small_multiple_has_a_bar_with_caps_at_the_ends_that_are_known(
    censored: SeriesFinding, axis: TimeAxis
) -> None:
    svg = ET.fromstring(small_multiple(censored, VOICE, axis, Scale(0, 30, (0.0, 30.0)), "", {}))
    drawn = [e.attrib["d"] for e in svg if e.attrib.get("class") == "bar"]
    assert [d.count("h") for d in drawn] == [1, 1, 2]
    assert shared_scale([finding(y=np.full(24, np.nan), cl=np.full(24, np.nan), bounds={0: (10.0, 40.0)})]).high > 40


def test_the_words_the_alt_text_and_the_table_say_the_interval(censored: SeriesFinding) -> None:
    said = "3 weeks known only within bounds, drawn as bars: at least 9.0% on 5 Feb 2024; at most 5.0% on 12 Feb 2024;"
    assert said in alt_text(censored, VOICE)
    rows = table_twin(censored, VOICE).rows
    assert [(r[1], r[-1]) for r in rows[4:6]] == [
        ("at least 9.0%", "Known only within bounds"), ("at most 5.0%", "Known only within bounds"),
    ]  # fmt: skip


def test_a_latest_point_known_only_within_bounds_is_said_beside_the_last_value() -> None:
    y = finding().y.copy()
    y[-1] = np.nan
    words = level(finding(y=y, bounds={23: (10.0, 20.0)}), VOICE)
    assert words.startswith("Last value 6.5% in the week of 10 Jun 2024.")
    assert words.endswith("On 17 Jun 2024 it is known only to be 10.0% to 20.0%.")


def test_a_site_of_bounds_alone_is_shown_and_not_judged() -> None:
    nothing = finding(y=np.full(24, np.nan), runs=(), beyond={}, few=True, bounds={3: (95.0, np.inf)})
    assert title(nothing, VOICE) == "Late in Oak: known only within bounds"
    assert "at least 95.0% on 29 Jan 2024" in level(nothing, VOICE)


def test_the_words_of_a_scale_of_shares_end_at_nought_and_at_a_hundred() -> None:
    assert scale(5, 95).low < 0
    assert scale(5, 95).words(VOICE) == "0.0% to 100.0%"
    assert scale(20, 104).words(VOICE) == "15.0% to 109.0%"
    score = Voice.of(Measure(name="Score", kind="mean", frequency="week"), [6.5, 12.0])
    assert scale(5, 95).words(score).startswith("-0.4")
