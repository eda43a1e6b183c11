"""Titles say what is found; alt text says level, limits and each signal with its date; nothing says why."""

from __future__ import annotations

import numpy as np
import pytest

from inquirylab.charts.words import Voice, alt_text, beyond_words, definition, lower, title
from inquirylab.findings.series_finding import SeriesFinding
from inquirylab.record.types import Measure
from tests.charts.conftest import finding


def test_the_title_is_the_run_that_goes_on(oak: SeriesFinding, voice: Voice) -> None:
    assert title(oak, voice) == "Late arrivals in Oak has been below its centre line for 10 weeks, since 15 Apr 2024"


def test_without_a_run_the_title_is_the_points_beyond_a_limit_since_the_baseline(voice: Voice) -> None:
    assert (
        title(finding(run=False), voice)
        == "Late arrivals in Oak was below its lower limit in 2 weeks, last on 27 May 2024"
    )


def test_without_a_signal_the_title_says_so(voice: Voice) -> None:
    assert title(finding(run=False, beyond={}), voice) == "Late arrivals in Oak: no signal of change since the baseline"


def test_too_few_points_are_said_rather_than_judged(voice: Voice) -> None:
    few = finding(weeks=6, few=True)
    assert title(few, voice) == "Late arrivals in Oak: too few points to judge"
    assert "Too few points to judge" in alt_text(few, voice)
    assert "limit in" not in alt_text(few, voice)


def test_alt_text_names_level_limits_and_every_signal_with_its_date(oak: SeriesFinding, voice: Voice) -> None:
    words = alt_text(oak, voice)
    for part in (
        "Oak, late arrivals, 24 weeks from 8 Jan 2024 to 17 Jun 2024.",
        "Centre line 12.0%, limits 9.0% to 15.0%.",
        "below its centre line for 10 weeks, since 15 Apr 2024",
        "Below its lower limit in 2 weeks: 15 Apr 2024 and 27 May 2024.",
        "1 week left out: 10 Jun 2024 (holiday).",
    ):
        assert part in words


def test_a_signal_said_once_for_all_sites_is_not_said_again(oak: SeriesFinding, voice: Voice) -> None:
    words = alt_text(oak, voice, brief=True, hide=frozenset({(oak.x[14], -1), (oak.x[20], -1)}))
    assert "lower limit in" not in words


def test_value_and_limit_never_read_the_same(voice: Voice) -> None:
    near = finding(y=np.full(24, 8.96), lcl=np.full(24, 9.0), beyond={0: -1})
    assert beyond_words(near, 0, -1, voice) == "8.96%, below its lower limit of 9.00%"


@pytest.mark.parametrize(("better", "role"), [(1, "con"), (-1, "imp"), (0, "chg")])
def test_a_side_is_improvement_or_concern_by_the_direction_of_good(better: int, role: str) -> None:
    assert Voice("x", "%", "week", better).role(-1) == role


def test_as_many_digits_as_tell_values_apart() -> None:
    assert Voice.of(Measure(name="x"), [10.0, 12.0]).digits == 0
    assert Voice.of(Measure(name="x"), [0.101, 0.122]).digits == 3
    assert Voice.of(Measure(name="x"), [91.2, 93.4]).digits == 1


def test_the_definition_says_what_is_divided_by_what() -> None:
    measure = Measure(name="Late", numerator="Pupils late", denominator="Pupils enrolled", unit="%", frequency="week")
    assert definition(measure) == "Pupils late ÷ pupils enrolled, weekly, per cent."
    assert lower("PDSA cycles") == "PDSA cycles"
