"""p or p′: England's weekly absence, and children counted one by one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from inquirylab.spc import choose_chart

ENGLAND = Path(__file__).parents[2] / ".." / "shared" / "data" / "england_weekly_attendance"


def weekly(random: np.random.Generator, n: int, spread: float, points: int = 40) -> pd.DataFrame:
    rate = np.clip(0.06 + random.normal(0, spread, points), 0.001, 1)
    return pd.DataFrame({"week": range(points), "absent": random.binomial(n, rate), "enrolled": n})


def test_a_class_is_counting_noise() -> None:
    choice = choose_chart(weekly(np.random.default_rng(5), 30, 0), "week", "absent", n="enrolled")
    assert (choice.chart, choice.reason) == ("p", "counting_noise")
    assert choice.sigma_z < choice.bound


def test_a_county_is_not() -> None:
    choice = choose_chart(weekly(np.random.default_rng(5), 200_000, 0.01), "week", "absent", n="enrolled")
    assert (choice.chart, choice.reason) == ("pp", "overdispersed")
    assert choice.sigma_z > 5
    assert "p′ chart" in choice.sentence


def test_false_choices_are_about_one_in_twenty() -> None:
    random = np.random.default_rng(6)
    chosen = [choose_chart(weekly(random, 200, 0), "week", "absent", n="enrolled").chart for _ in range(200)]
    assert chosen.count("pp") / 200 < 0.12


def test_rates_above_one_get_a_u_chart_and_no_denominator_an_i_chart() -> None:
    falls = pd.DataFrame({"week": range(12), "falls": [30, 20] * 6, "classes": [10] * 12})
    assert choose_chart(falls, "week", "falls", n="classes").chart in ("u", "up")
    assert choose_chart(falls, "week", "falls").reason == "no_denominator"
    assert choose_chart(falls.head(5), "week", "falls", n="classes").reason == "too_few"


@pytest.mark.skipif(not ENGLAND.exists(), reason="England's weekly attendance is not at hand")
def test_england_needs_p_prime() -> None:
    rows = pd.read_csv(ENGLAND / "EES_weekly_2024_autumn.csv", low_memory=False)
    local = rows[(rows["geographic_level"] == "Local authority") & (rows["school_type"] == "Secondary")]
    local = local[local["time_identifier"].str.match(r"Week \d+")]
    numbers = (
        local.assign(
            absent=pd.to_numeric(local["overall_absence"], errors="coerce"),
            possible=pd.to_numeric(local["possible_sessions"], errors="coerce"),
            week=local["time_period"].astype(str) + " " + local["time_identifier"],
        )
        .groupby(["la_name", "time_period", "time_identifier"], as_index=False)[["absent", "possible"]]
        .sum(min_count=1)
    )
    numbers["x"] = numbers["time_period"] * 100 + numbers["time_identifier"].str.extract(r"(\d+)")[0].astype(int)
    choice = choose_chart(numbers, "x", "absent", n="possible", by="la_name")
    assert choice.chart == "pp"
    assert choice.sigma_z > 3
