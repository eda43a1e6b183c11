"""Freeze, phases, exclusions and targets together, however they are given."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from inquirylab.errors import AnalysisError
from inquirylab.spc import analyse

MONTHS = pd.date_range("2024-01-01", periods=24, freq="MS")


@pytest.fixture
def sites() -> pd.DataFrame:
    rng = np.random.default_rng(7)
    return pd.DataFrame(
        {"site": np.repeat(["Ash", "Birch"], 24), "month": np.tile(MONTHS, 2), "y": rng.normal(10, 1, 48)}
    )


def run(frame: pd.DataFrame, **asked: object) -> pd.DataFrame:
    return analyse(frame, "month", "y", by="site", chart="i", **asked).points


@pytest.mark.parametrize(
    "last", [12, "2024-12-01", pd.Timestamp("2024-12-01"), np.datetime64("2024-12-01"), MONTHS[11].date()]
)
def test_a_phase_ends_at_a_position_or_a_date(sites: pd.DataFrame, last: object) -> None:
    points = run(sites, phases=[last])
    assert points.groupby(["site", "phase"]).size().tolist() == [12, 12, 12, 12]


@pytest.mark.parametrize("freeze", [12, "2024-12-01", pd.Timestamp("2024-12-15")])
def test_a_freeze_is_how_many_points_or_up_to_which_date(sites: pd.DataFrame, freeze: object) -> None:
    assert run(sites, freeze=freeze).groupby("site")["baseline"].sum().tolist() == [12, 12]


def test_a_column_names_phases(sites: pd.DataFrame) -> None:
    frame = sites.assign(part=np.where(sites["month"] < "2024-09-01", "before", "after"))
    assert run(frame, phases="part").groupby(["site", "phase"]).size().tolist() == [8, 16, 8, 16]


def test_a_table_gives_each_site_its_own(sites: pd.DataFrame) -> None:
    phases = pd.DataFrame(
        {"site": ["Ash", "Birch", "Birch"], "last": pd.to_datetime(["2024-06-01", "2024-03-01", "2025-01-01"])}
    )
    points = run(sites, phases=phases)
    assert points.groupby(["site", "phase"]).size().tolist() == [6, 18, 3, 10, 11]
    starts = pd.DataFrame({"site": ["Ash"], "first": ["2024-07-01"]})
    assert run(sites, phases=starts).groupby(["site", "phase"]).size().tolist() == [6, 18, 24]


def test_freeze_phases_exclusions_and_targets_work_together_by_site(sites: pd.DataFrame) -> None:
    a = analyse(
        sites, "month", "y", by="site", chart="i", phases=[12],
        freeze=pd.DataFrame({"site": ["Ash", "Ash", "Birch"], "phase": [1, 2, 1], "freeze": [6, 8, 10]}),
        exclude=pd.DataFrame({"site": ["Birch"], "month": [MONTHS[2]]}),
        target=pd.DataFrame({"site": ["Ash", "Birch"], "target": [5.0, 30.0]}), improvement="up",
    )  # fmt: skip
    assert a.summary["n_baseline"].tolist() == [6, 8, 9, 12]
    assert a.summary["target"].tolist() == [5, 5, 30, 30]
    assert a.summary["assurance"].tolist()[1::2] == ["pass", "fail"]
    ash = sites[sites["site"] == "Ash"]["y"].to_numpy()
    assert a.summary["cl"].iloc[:2].tolist() == pytest.approx([ash[:6].mean(), ash[12:20].mean()])


def test_a_freeze_applies_to_the_first_phase(sites: pd.DataFrame) -> None:
    assert run(sites, freeze=5, phases=[12]).groupby(["site", "phase"])["baseline"].sum().tolist() == [5, 12, 5, 12]


def test_qicharts2_ignores_it(sites: pd.DataFrame) -> None:
    assert run(sites, freeze=5, phases=[12], conventions="qicharts2")["baseline"].all()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"phases": pd.DataFrame({"site": ["Oak"], "last": [5]})}, "not in the data"),
        ({"phases": pd.DataFrame({"site": ["Ash"]})}, "says not where they end"),
        ({"phases": ["spring"]}, "position or a date"),
        ({"freeze": pd.DataFrame({"site": ["Ash"]})}, "no column 'freeze'"),
        ({"exclude": [0.5, True]}, "position"),
        ({"target": "high"}, "a number or a table"),
    ],
)
def test_what_cannot_be_meant_is_said(sites: pd.DataFrame, asked: dict[str, object], told: str) -> None:
    with pytest.raises(AnalysisError, match=told):
        run(sites, **asked)


def test_max_gap_parts_moving_ranges_and_runs() -> None:
    weeks = pd.DatetimeIndex(
        [*pd.date_range("2025-06-02", periods=8, freq="7D"), *pd.date_range("2025-09-08", periods=8, freq="7D")]
    )
    frame = pd.DataFrame({"week": weeks, "y": [1.0, 2.0] * 4 + [11.0, 12.0] * 4})
    joined = analyse(frame, "week", "y", chart="i", screen_mr=False).summary.iloc[0]
    parted = analyse(frame, "week", "y", chart="i", screen_mr=False, max_gap="6W").summary.iloc[0]
    assert (joined["n_ranges"], parted["n_ranges"]) == (15, 14)
    assert parted["mean_range"] == 1
    assert (joined["n_crossings"], parted["n_crossings"]) == (1, 0)
    with pytest.raises(AnalysisError, match="max_gap needs dates"):
        analyse(pd.DataFrame({"x": [1, 2], "y": [1, 2]}), "x", "y", max_gap="6W")


def test_a_freeze_before_all_data_is_refused(sites: pd.DataFrame) -> None:
    with pytest.raises(AnalysisError, match="freeze keeps no point: all points come later"):
        run(sites, freeze="2023-12-01")
