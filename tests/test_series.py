"""Rows become subgroups: sums of counts, means of values, and nothing missing becomes zero."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd

from inquirylab.record.types import Measure, MeasureData, MeasureExcluded
from inquirylab.series import multiplier, to_series

MEASURE = Measure(data=MeasureData(date=("d",), numerator="a", denominator="b"))


def rows(**columns: list[object]) -> pd.DataFrame:
    frame = pd.DataFrame(columns)
    return frame.assign(date=pd.to_datetime(frame["date"]), left_out=frame.get("left_out", ""))


def test_counts_of_a_date_are_added_up() -> None:
    out = to_series(
        rows(date=["2024-01-08"] * 2, site=["Oak"] * 2, numerator=[1.0, 2.0], denominator=[10.0, 20.0]), MEASURE
    )
    assert out[["y", "n"]].to_numpy().tolist() == [[3.0, 30.0]]


def test_values_of_a_date_are_averaged() -> None:
    measure = Measure(data=MeasureData(date=("d",), value="v"))
    out = to_series(rows(date=["2024-01-08"] * 2, site=["Oak"] * 2, value=[1.0, 2.0]), measure)
    assert out["y"].tolist() == [1.5]


def test_of_a_measure_of_medians_the_median_of_a_date_is_taken() -> None:
    measure = Measure(kind="median", data=MeasureData(date=("d",), value="v"))
    three = rows(date=["2024-01-08"] * 3, site=["Oak"] * 3, value=[1.0, 2.0, 9.0])
    assert to_series(three, measure)["y"].tolist() == [2.0]
    assert to_series(three, Measure(kind="mean", data=measure.data))["y"].tolist() == [4.0]


def test_a_sum_of_nothing_is_missing_not_zero() -> None:
    out = to_series(
        rows(date=["2024-01-08"] * 2, site=["Oak"] * 2, numerator=[np.nan] * 2, denominator=[np.nan] * 2), MEASURE
    )
    assert out["y"].isna().all()


def test_a_date_is_left_out_only_when_all_its_rows_are() -> None:
    out = to_series(
        rows(
            date=["2024-01-08", "2024-01-08", "2024-01-15"],
            site=["Oak"] * 3,
            numerator=[0.0, 2.0, 0.0],
            denominator=[10.0, 10.0, 10.0],
            left_out=["closed", "", "closed"],
        ),
        MEASURE,
    )
    assert out["left_out"].tolist() == ["", "closed"]
    assert out["y"].tolist()[0] == 2.0


def test_a_date_that_the_measure_leaves_out_is_left_out_of_every_site_and_keeps_its_number() -> None:
    measure = replace(MEASURE, excluded=(MeasureExcluded(date=dt.date(2024, 1, 15), reason="Fire\n alarm"),))
    days = ["2024-01-08", "2024-01-15", "2024-01-15"]
    out = to_series(
        rows(date=days, site=["Oak", "Oak", "Elm"], numerator=[1.0, 2.0, 3.0], denominator=[9.0] * 3), measure
    )
    assert out["left_out"].tolist() == ["Fire alarm", "", "Fire alarm"]
    assert out["y"].tolist() == [3.0, 1.0, 2.0]


def test_the_reason_of_a_file_stands_before_that_of_the_measure() -> None:
    measure = replace(MEASURE, excluded=(MeasureExcluded(date=dt.date(2024, 1, 8), reason="Fire alarm"),))
    gone = rows(date=["2024-01-08"], site=["Oak"], numerator=[1.0], denominator=[9.0], left_out=["closed"])
    assert to_series(gone, measure)["left_out"].tolist() == ["closed"]


def test_a_point_known_to_bounds_that_is_left_out_has_no_bounds_to_be_drawn() -> None:
    measure = replace(MEASURE, excluded=(MeasureExcluded(date=dt.date(2024, 1, 15), reason="Fire alarm"),))
    known = rows(date=["2024-01-08"], site=["Oak"], numerator=[1.0], denominator=[9.0])
    bounds = pd.DataFrame({"date": pd.to_datetime(["2024-01-15"]), "site": ["Oak"], "lower": [0.1], "upper": [0.4]})
    out = to_series(known, measure, bounds)
    assert out["left_out"].tolist() == ["", "Fire alarm"] and out["upper"].isna().all()


def test_series_stand_in_order_of_site_and_date() -> None:
    out = to_series(
        rows(
            date=["2024-01-15", "2024-01-08", "2024-01-08"],
            site=["Oak", "Oak", "Elm"],
            numerator=[1.0, 2.0, 3.0],
            denominator=[9.0] * 3,
        ),
        MEASURE,
    )
    assert out["site"].tolist() == ["Elm", "Oak", "Oak"]
    assert out["y"].tolist() == [3.0, 2.0, 1.0]


def test_a_rate_in_per_cent_is_multiplied_by_a_hundred_unless_told_otherwise() -> None:
    assert multiplier(Measure(unit="%")) == 100
    assert multiplier(Measure(unit="per 1,000", multiply=1000.0)) == 1000
    assert multiplier(Measure()) == 1


def test_a_count_alone_is_its_numerator_and_is_added_up() -> None:
    measure = Measure(kind="count", data=MeasureData(date=("d",), site="s", numerator="late"))
    out = to_series(
        rows(date=["2024-01-08"] * 2 + ["2024-01-15"], site=["Oak"] * 3, numerator=[1.0, 2.0, 4.0]), measure
    )
    assert out["y"].tolist() == [3.0, 4.0] and "n" not in out
