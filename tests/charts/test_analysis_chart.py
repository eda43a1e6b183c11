"""Any analysis drawn: the numbers of the analysis and no others, meaning never by colour alone."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
import vl_convert

from inquirylab.charts.analysis_chart import STATES, analysis_chart, chart_title
from inquirylab.charts.analysis_rows import rows_of
from inquirylab.charts.analysis_table import alt_text, analysis_table
from inquirylab.charts.funnel_chart import funnel_chart
from inquirylab.charts.spread_chart import spread_chart
from inquirylab.spc import analyse, funnel
from inquirylab.spc.kinds import KINDS


def frame(sites: int = 1) -> pd.DataFrame:
    random = np.random.default_rng(1)
    n = random.integers(60, 140, 40)
    level = np.where(np.arange(40) < 24, 0.2, 0.1)
    weeks = pd.date_range("2025-01-06", periods=40, freq="7D")
    parts = [pd.DataFrame({"site": f"Site {i:02}", "week": weeks, "enrolled": n, "late": random.binomial(n, level)})
             for i in range(sites)]  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def one(**asked: object) -> object:
    rows = frame().astype({"late": float})
    rows.loc[12, "late"], rows.loc[30, "late"] = 55, np.nan
    return analyse(rows, "week", "late", n="enrolled", **{"chart": "p", "freeze": 20, "exclude": [5], "improvement": "down",
                                                          "multiply": 100} | asked)  # fmt: skip


@pytest.mark.parametrize("mode", ["light", "dark", "print"])
def test_every_mark_of_the_anatomy_is_drawn(mode: str) -> None:
    flags = pd.DataFrame({"week": ["2025-04-07"], "mark": ["P"], "title": ["Bus passes"]})
    drawn = analysis_chart(one(target=10), mode=mode, annotations=flags)
    text = json.dumps(drawn.to_dict(), ensure_ascii=False)
    for what in ("shade", "target", "run", "flag", "point"):
        assert f'"{what}"' in text
    assert "✕" in text
    assert len(vl_convert.vegalite_to_svg(drawn.to_dict())) > 2000


def test_states_differ_in_more_than_colour() -> None:
    rows = rows_of(one())
    states = {row["state"] for row in rows.values if row["what"] == "point"}
    assert {"common", "improvement", "concern", "excluded"} <= states <= set(STATES)
    layers = analysis_chart(one()).to_dict()["layer"]
    assert any("shape" in layer["encoding"] for layer in layers)


def test_points_are_those_of_the_analysis_and_missing_is_a_gap() -> None:
    a = one()
    points = [row for row in rows_of(a).values if row["what"] == "point"]
    assert [row["y"] for row in points if row["y"] is not None] == a.points["y"].dropna().tolist()
    assert sum(row["y"] is None for row in points) == 1


def test_a_phase_says_since_when() -> None:
    rows = rows_of(one(freeze=None, phases=["2025-06-23"]))
    assert [row["words"] for row in rows.values if row["what"] == "break"] == ["new phase from 30 Jun 2025"]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_chart_kind_is_drawn(kind: str) -> None:
    n = "enrolled" if KINDS[kind].denominator == "needed" else None
    a = analyse(pd.concat([frame(), frame().assign(late=lambda f: f["late"] + 1)]), "week", "late", n=n, chart=kind)
    assert vl_convert.vegalite_to_svg(analysis_chart(a).to_dict()).startswith("<svg")


@pytest.mark.parametrize("asked", [{}, {"scales": "free"}, {"two_way": True}])
def test_small_multiples_keep_the_order_of_names(asked: dict[str, object]) -> None:
    rows = frame(4).assign(group=lambda f: np.where(f["site"] < "Site 02", "a", "b"))
    a = analyse(rows, "week", "late", n="enrolled", by=["group", "site"] if asked else ["site"], chart="p")
    drawn = analysis_chart(a, **asked)
    assert list(rows_of(a).panels) == sorted(rows_of(a).panels)
    assert vl_convert.vegalite_to_svg(drawn.to_dict()).startswith("<svg")


def test_titles_say_what_was_found() -> None:
    assert "points in a row are below the centre line" in chart_title(one())
    assert chart_title(analyse(frame(3), "week", "late", n="enrolled", by="site", chart="p")).startswith(
        "3 of 3 series"
    )
    few = analyse(frame().head(6), "week", "late", chart="run")
    assert chart_title(few) == "late: too few points to judge"


def test_the_table_twin_has_every_point_with_its_signals() -> None:
    a = one()
    table = analysis_table(a)
    assert len(table) == len(a.points)
    assert table["Signal"].iloc[4] == "left out"
    assert "sigma" in table["Signal"].iloc[12]
    assert alt_text(a).startswith("P chart (proportions) of late with 39 points")


def test_funnel_and_spread_are_drawn() -> None:
    sites = frame(6)
    drawn = funnel_chart(funnel(sites[sites["week"] < "2025-05-01"]))
    assert "league" not in json.dumps(drawn.to_dict())
    a = analyse(sites, "week", "late", n="enrolled", by="site", chart="p")
    for chart in (drawn, spread_chart(a)):
        assert vl_convert.vegalite_to_svg(chart.to_dict()).startswith("<svg")
