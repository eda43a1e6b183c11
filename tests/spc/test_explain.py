"""Where the lines come from, and when they may change."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from inquirylab.errors import AnalysisError
from inquirylab.spc import analyse, explain, suggest_phase
from inquirylab.spc.kinds import KINDS

LATE = [9, 8, 10, 9, 8, 10, 9, 8, 10, 9, 8, 10, 4, 5, 4, 3, 5, 4, 3, 4, 5, 4]


@pytest.fixture
def weeks() -> pd.DataFrame:
    return pd.DataFrame({"site": "Ash", "week": range(1, 23), "late": LATE})


@pytest.mark.parametrize("chart", sorted(KINDS))
def test_every_chart_has_its_formula_numbers_and_source(chart: str, weeks: pd.DataFrame) -> None:
    frame = pd.concat([weeks, weeks]).assign(n=40) if chart in ("xbar", "s") else weeks.assign(n=40)
    found = explain(analyse(frame, "week", "late", n=None if KINDS[chart].denominator == "none" else "n", chart=chart))
    assert found.formula
    assert found.source
    assert dict(found.numbers)["centre line"] != "none"


def test_it_says_why_minitab_differs_when_it_does(weeks: pd.DataFrame) -> None:
    wild = weeks.assign(late=np.where(weeks["week"] == 8, 90, weeks["late"]))
    assert "Minitab" in str(explain(analyse(wild, "week", "late", chart="i")))
    assert "Minitab" not in str(explain(analyse(wild, "week", "late", chart="i", screen_mr=False)))


def test_it_asks_which_series_is_meant(weeks: pd.DataFrame) -> None:
    two = analyse(pd.concat([weeks, weeks.assign(site="Birch")]), "week", "late", by="site", chart="i")
    assert explain(two, site="Birch").numbers
    with pytest.raises(AnalysisError, match="Name one series"):
        explain(two)
    with pytest.raises(AnalysisError, match="Did you mean 'Birch'"):
        explain(two, site="Brich")


def test_new_lines_are_a_question_and_never_drawn_by_themselves(weeks: pd.DataFrame) -> None:
    a = analyse(weeks, "week", "late", by="site", chart="i", freeze=12)
    (proposal,) = suggest_phase(a)
    assert (proposal.series, proposal.last, proposal.first, proposal.side) == ({"site": "Ash"}, 12, 13, -1)
    assert len(proposal.questions) == 4
    assert a.points["cl"].nunique() == 1


def test_a_decision_needs_four_answers_and_a_reason(weeks: pd.DataFrame) -> None:
    (proposal,) = suggest_phase(analyse(weeks, "week", "late", chart="i", freeze=12))
    yes = dict.fromkeys(proposal.questions, True)
    assert proposal.decided(yes, by="Ana", on="2026-01-12", why="PDSA 3")["recalculate"] is True
    assert proposal.decided(yes | {"desirable": False}, by="Ana", on="2026-01-12", why="PDSA 3")["recalculate"] is False
    with pytest.raises(AnalysisError, match="intended and expected"):
        proposal.decided({k: True for k in yes if k != "continues"}, by="Ana", on="2026-01-12", why="PDSA 3")
    with pytest.raises(AnalysisError, match="no reason"):
        proposal.decided(yes, by="Ana", on="2026-01-12", why=" ")


def test_a_series_at_rest_asks_nothing(weeks: pd.DataFrame) -> None:
    assert suggest_phase(analyse(weeks.assign(late=[4, 6] * 11), "week", "late", chart="i")) == ()
