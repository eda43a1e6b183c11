"""England's weekly attendance, worked out independently: what the numbers are and what most sites share."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from inquirylab.progress import MeasuredSites, measure_sites


@pytest.fixture(scope="module")
def measured(england: Path) -> MeasuredSites:
    return measure_sites(england / "data", england / "attendance.toml")


@pytest.fixture(scope="module")
def raw(england: Path) -> pd.DataFrame:
    """The files read plainly, without our reader."""
    frame = pd.concat(
        pd.read_csv(p, dtype=str, keep_default_na=False) for p in sorted((england / "data").glob("*.csv"))
    )
    return frame[(frame["geographic_level"] == "Local authority") & (frame["school_type"] == "Secondary")]


def test_every_authority_has_a_series(measured: MeasuredSites, raw: pd.DataFrame) -> None:
    assert len(measured.found.series) == raw["la_name"].nunique() == 153


def test_counts_of_sessions_are_those_of_the_file(measured: MeasuredSites, raw: pd.DataFrame) -> None:
    numbers = pd.to_numeric(raw["possible_sessions"], errors="coerce")
    assert measured.reading.rows["denominator"].sum() == pytest.approx(numbers.sum())
    assert measured.reading.used == len(raw)


def test_what_the_publisher_hides_is_neither_zero_nor_dropped(measured: MeasuredSites, raw: pd.DataFrame) -> None:
    hidden = measured.reading.missing
    scilly = raw[(raw["la_name"] == "Isles of Scilly") & (raw["possible_sessions"] == "c")]
    assert len(scilly) == 24
    mine = hidden[(hidden["site"] == "Isles of Scilly") & (hidden["column"] == "possible_sessions")]
    assert mine["count"].sum() == 24 and set(mine["kind"]) == {"suppressed"}


def test_attendance_varies_far_more_than_counting_noise_so_p_prime_is_chosen_and_says_why(
    measured: MeasuredSites,
) -> None:
    assert measured.found.chart == "pp"
    assert "Laney" in measured.found.reason
    assert 8 < np.nanmedian(measured.found.analysis.summary["sigma_z"]) < 16
    weeks = measured.found.analysis.points["sigma_signal"].mean()
    assert weeks < 0.25, "an ordinary p chart would flag nearly every week"


def test_most_sites_fall_in_the_same_weeks_before_christmas(measured: MeasuredSites) -> None:
    shared = {(str(s.x)[:10], s.side): (s.sites, s.of) for s in measured.sites.shared}
    assert shared["2022-12-12", -1] == (149, 151)
    assert shared["2024-09-09", 1] == (143, 151)
    assert shared["2023-09-11", 1] == (116, 151)


def test_liverpool_has_been_above_its_centre_line_since_september_2024(
    measured: MeasuredSites, raw: pd.DataFrame
) -> None:
    finding = measured.found.of_site("Liverpool")
    assert finding is not None and finding.current is not None
    assert (finding.current.length, str(finding.x[finding.current.start])[:10]) == (12, "2024-09-09")
    mine = raw[raw["la_name"] == "Liverpool"]
    attended, possible = (pd.to_numeric(mine[c]) for c in ("overall_attendance", "possible_sessions"))
    before = (mine["time_period"].astype(int) < 2024) & (attended > 0)
    assert finding.cl[0] == pytest.approx(100 * attended[before].sum() / possible[before].sum(), rel=1e-12)


def test_a_week_with_nobody_present_is_left_out_with_its_reason(measured: MeasuredSites) -> None:
    finding = measured.found.of_site("Liverpool")
    assert finding is not None
    assert [(str(x)[:10], why.split(":")[0]) for x, why in finding.left_out] == [
        ("2023-10-30", "no pupil present in any school")
    ]


def test_forty_nine_sites_are_above_their_centre_line_and_none_below(measured: MeasuredSites) -> None:
    sides = [f.current.side for f in measured.found.series.values() if f.current and not f.few]
    assert (sides.count(1), sides.count(-1)) == (49, 0)
