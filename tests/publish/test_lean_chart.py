"""A notebook's own chart takes along the columns that it draws, and draws the same."""

from __future__ import annotations

import json
from typing import Any

import altair as alt
import pandas as pd
import pytest
import vl_convert

from inquirylab.reports.lean_chart import lean

TABLE = pd.DataFrame(
    {
        "week": range(30),
        "late": [5 + n % 7 for n in range(30)],
        "group": ["a", "b", "c"] * 10,
        "a.b": range(30),
        "name of the pupil": "somebody",
        "note": "long " * 20,
    }
)
BASE = alt.Chart(TABLE)
CHARTS = {
    "plain": (BASE.mark_line().encode(x="week", y="late"), {"week", "late"}),
    "expression": (
        BASE.transform_calculate(twice="datum.late * 2").mark_point().encode(x="week", y="twice:Q"), {"week", "late"},
    ),
    "aggregate": (BASE.mark_bar().encode(x="group", y="mean(late)"), {"group", "late"}),
    "facet": (BASE.mark_line().encode(x="week", y="late", row="group"), {"week", "late", "group"}),
    "repeat": (
        BASE.mark_point().encode(x="week", y=alt.Y(alt.repeat("column"), type="quantitative")).repeat(column=["late"]),
        {"week", "late"},
    ),
    "layers": (
        alt.layer(BASE.mark_line().encode(x="week", y="late"), BASE.mark_rule().encode(y="mean(late)")), {"week", "late"},
    ),
    "dotted": (BASE.mark_point().encode(x="week", y=alt.Y("a\\.b", type="quantitative")), {"week", "a.b"}),
    "fold": (
        BASE.transform_fold(["late", "week"]).mark_line().encode(x="week", y="value:Q", color="key:N"), {"week", "late"},
    ),
}  # fmt: skip


def columns(spec: dict[str, Any]) -> set[str]:
    return {name for rows in spec["datasets"].values() for row in rows for name in row}


@pytest.mark.parametrize("name", CHARTS)
def test_it_keeps_what_it_draws_and_draws_the_same(name: str) -> None:
    chart, kept = CHARTS[name]
    whole = chart.to_dict()
    assert columns(lean(whole)) == kept
    assert vl_convert.vegalite_to_svg(json.dumps(lean(whole))) == vl_convert.vegalite_to_svg(json.dumps(whole))
    assert columns(whole) == set(TABLE.columns), "the notebook's own is not touched"


@pytest.mark.parametrize(
    "chart",
    [
        BASE.mark_line(tooltip={"content": "data"}).encode(x="week", y="late"),
        BASE.transform_calculate(v="datum[which]").mark_point().encode(x="week", y="v:Q"),
        BASE.transform_pivot("group", "late", groupby=["week"]).mark_line().encode(x="week", y="a:Q"),
    ],
    ids=["tooltips of whole rows", "a column named while drawing", "pivot"],
)
def test_where_it_cannot_be_known_nothing_is_left_out(chart: alt.Chart) -> None:
    assert columns(lean(chart.to_dict())) == set(TABLE.columns)


@pytest.mark.parametrize(
    "odd", [None, "text", {"data": {"url": "data.csv"}}, {"datasets": {"a": [1, 2]}}, {"layer": [3]}]
)
def test_what_is_no_table_stays(odd: Any) -> None:
    assert lean(odd) == odd
