"""Funnel plots (Spiegelhalter 2005)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from inquirylab.errors import AnalysisError
from inquirylab.spc import funnel


@pytest.fixture
def schools() -> pd.DataFrame:
    rng = np.random.default_rng(3)
    enrolled = rng.integers(20, 800, 40)
    return pd.DataFrame(
        {"site": [f"S{i:02}" for i in range(40)], "late": rng.binomial(enrolled, 0.15), "enrolled": enrolled}
    )


def test_exact_limits_lie_where_the_tail_passes_its_size(schools: pd.DataFrame) -> None:
    found = funnel(schools)
    n = found.units["denominator"].to_numpy()
    high = np.ceil(found.units["ucl_95"].to_numpy() * n - 1e-9)
    low = np.ceil(found.units["lcl_95"].to_numpy() * n - 1e-9)
    for at, tail in ((high, 0.975), (low, 0.025)):
        assert (stats.binom.cdf(at, n, found.target) >= tail).all()
        assert (stats.binom.cdf(at - 1, n, found.target) <= tail).all()


def test_exact_limits_are_interpolated_between_whole_numbers() -> None:
    one = funnel(pd.DataFrame({"site": ["a"], "late": [5], "enrolled": [50]}), target=0.1)
    r = int(stats.binom.ppf(0.975, 50, 0.1))
    at, before = stats.binom.cdf([r, r - 1], 50, 0.1)
    assert one.units["ucl_95"].iloc[0] == pytest.approx((r - (at - 0.975) / (at - before)) / 50, rel=1e-9)


def test_units_keep_the_order_of_their_names(schools: pd.DataFrame) -> None:
    assert funnel(schools.sample(frac=1, random_state=1)).units["site"].tolist() == sorted(schools["site"])


def test_over_dispersion_widens_limits(schools: pd.DataFrame) -> None:
    rng = np.random.default_rng(4)
    spread = np.clip(0.15 + rng.normal(0, 0.06, 40), 0.01, 0.6)
    wild = schools.assign(late=rng.binomial(schools["enrolled"], spread))
    plain, wide = funnel(wild, limits="arcsine"), funnel(wild, overdispersion="additive")
    assert wide.tau2 > 0
    assert (wide.units["ucl_95"] > plain.units["ucl_95"]).all()
    assert (wide.units["beyond_95"] != 0).sum() < (plain.units["beyond_95"] != 0).sum()


def test_without_it_they_stay_as_they_are(schools: pd.DataFrame) -> None:
    same = schools.assign(late=np.round(schools["enrolled"] * 0.15))
    found = funnel(same, overdispersion="additive")
    assert found.tau2 == 0
    pd.testing.assert_series_equal(found.units["ucl_95"], funnel(same).units["ucl_95"])


def test_a_zero_denominator_is_a_gap(schools: pd.DataFrame) -> None:
    schools.loc[0, ["late", "enrolled"]] = 0
    row = funnel(schools).units.iloc[0]
    assert np.isnan(row["y"])
    assert row["beyond_95"] == 0


def test_a_funnel_of_changing_units_is_refused_with_the_reason() -> None:
    rows = [("Ash", week, 3 + week % 2, 40) for week in range(20)]
    rows += [("Birch", week, 2 if week < 10 else 15, 40) for week in range(20)]
    frame = pd.DataFrame(rows, columns=["site", "week", "late", "enrolled"])
    with pytest.raises(AnalysisError, match=r"some are changing.*Birch"):
        funnel(frame, x="week")
    assert funnel(frame, x="week", unstable="mark").units["unstable"].tolist() == [False, True]


@pytest.mark.parametrize("kind", ["proportion", "rate", "ratio"])
def test_each_kind_says_what_the_chart_of_a_changing_unit_shows(kind: Any) -> None:
    late = [8, 9] * 10, [9, 8] * 9 + [9, 38], [6, 7] * 5 + [11, 12] * 5
    rows = [
        (site, w, y, 60) for site, ys in zip(("Ash", "Birch", "Cedar"), late, strict=True) for w, y in enumerate(ys)
    ]
    frame = pd.DataFrame(rows, columns=["site", "week", "late", "enrolled"])
    with pytest.raises(AnalysisError, match=r"2 of 3 units.*Birch \(1 point beyond .*Cedar \(.*a run of 10"):
        funnel(frame, kind=kind, x="week")
    assert not funnel(frame, kind=kind).units["unstable"].any()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"unit": "sites"}, "Did you mean 'site'"),
        ({"kind": "share"}, "no such kind"),
        ({"levels": (120,)}, "between 0 and 100"),
        ({"kind": "rate", "limits": "arcsine"}, "for proportions"),
    ],
)
def test_what_cannot_be_done_is_said(schools: pd.DataFrame, asked: dict[str, object], told: str) -> None:
    with pytest.raises(AnalysisError, match=told):
        funnel(schools, **asked)


def test_more_late_than_enrolled_is_refused(schools: pd.DataFrame) -> None:
    schools.loc[3, "late"] = 10_000
    with pytest.raises(AnalysisError, match="'S03'"):
        funnel(schools)


def test_an_unknown_model_of_over_dispersion_is_refused(schools: pd.DataFrame) -> None:
    with pytest.raises(AnalysisError, match="no such model of over-dispersion; found: 'multi'"):
        funnel(schools, "site", "late", "enrolled", overdispersion="multi")  # type: ignore[arg-type]
