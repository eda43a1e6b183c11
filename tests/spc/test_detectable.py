"""Could we see it?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from inquirylab.errors import AnalysisError
from inquirylab.spc import detectable


def baseline(points: int, n: int, rate: float = 0.2) -> pd.DataFrame:
    random = np.random.default_rng(11)
    weeks = pd.date_range("2025-01-06", periods=points, freq="7D")
    return pd.DataFrame({"week": weeks, "late": random.binomial(n, rate, points), "n": n})


def test_large_groups_show_smaller_changes() -> None:
    few, many = (detectable(baseline(24, n), "week", "late", "n", by_when=12, simulations=200) for n in (25, 400))
    assert abs(many.smallest) < abs(few.smallest)


def test_a_large_change_is_seen_and_none_is_mostly_not() -> None:
    found = detectable(baseline(24, 100), "week", "late", "n", by_when=12, simulations=300)
    seen = found.table.set_index("change")["seen"]
    assert seen.iloc[-1] > 0.95
    assert found.false_alarm < 0.3
    assert (np.diff(seen.to_numpy()) > -0.1).all()


def test_a_date_becomes_so_many_points() -> None:
    found = detectable(baseline(12, 50), "week", "late", "n", by_when="2025-05-01", simulations=50)
    assert found.points == 5
    assert "2025-05-01 (5 points)" in found.sentence


def test_the_same_question_has_the_same_answer() -> None:
    one, other = (detectable(baseline(12, 50), "week", "late", "n", simulations=50) for _ in range(2))
    pd.testing.assert_frame_equal(one.table, other.table)


@pytest.mark.parametrize("chart", ["run", "i", "p", "pp", "u", "up", "c", "g", "t", "ip"])
def test_every_chart_of_single_points_can_be_asked(chart: str) -> None:
    n = None if chart in ("c", "g", "t") else "n"
    found = detectable(baseline(15, 60), "week", "late", n, chart=chart, by_when=8, simulations=40)
    assert found.sentence.endswith("of 100.")


def test_what_cannot_be_told_is_said() -> None:
    with pytest.raises(AnalysisError, match="Too few points"):
        detectable(baseline(6, 50), "week", "late", "n")
    with pytest.raises(AnalysisError, match="No further point"):
        detectable(baseline(12, 50), "week", "late", "n", by_when="2025-01-01")
