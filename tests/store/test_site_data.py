"""A site's file as its measure declares it: the England files, and small files written here."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from inquirylab.errors import DataError
from inquirylab.record.types import Measure, MeasureData, MeasureDataLeaveOut, MeasureDataRows
from inquirylab.store.measure_file import read_measure
from inquirylab.store.site_data import read_site_data

ROOT = Path(__file__).parents[2]
ENGLAND = ROOT.parent / "shared" / "data" / "england_weekly_attendance"
LATE = Measure(
    name="Late",
    kind="proportion",
    data=MeasureData(date=("week",), site="school", numerator="late", denominator="enrolled"),
)


@pytest.fixture
def england(tmp_path: Path) -> Path:
    if not ENGLAND.is_dir():
        pytest.skip(f"the England data are not at {ENGLAND}")
    for file in ENGLAND.glob("EES_weekly_*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def write(folder: Path, *lines: str, name: str = "late.csv") -> Path:
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_england_all_three_autumns_as_one_series(england: Path) -> None:
    """The totals are worked out here from the raw files, with the csv module alone."""
    reading = read_site_data(england, read_measure(ROOT / "examples/england/attendance.toml"))
    attended = possible = confidential = read = 0
    for file in sorted(england.glob("*.csv")):
        for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
            read += 1
            if (row["geographic_level"], row["school_type"]) == ("Local authority", "Secondary"):
                if row["overall_attendance"] == "c":
                    confidential += 1
                else:
                    attended += int(row["overall_attendance"])
                    possible += int(row["possible_sessions"])
    assert (reading.read, reading.used) == (read, 2273 + 2030 + 1825) and read == 19869
    assert (reading.rows["numerator"].sum(), reading.rows["denominator"].sum()) == (attended, possible)
    assert set(reading.missing["kind"]) == {"suppressed"} and len(reading.missing) == 2 * confidential == 48
    assert reading.rows["date"].min() == pd.Timestamp("2022-09-12")
    assert reading.rows["date"].dt.day_of_week.eq(0).all()
    assert "/" not in reading.source


def test_week_1_of_2023_is_the_monday_2_january(england: Path) -> None:
    reading = read_site_data(england, read_measure(ROOT / "examples/england/attendance.toml"), site="Leeds")
    assert dt.datetime(2023, 1, 2) in set(reading.rows["date"])
    assert set(reading.rows["site"]) == {"Leeds"} and len(reading.rows) == 41


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    file = write(tmp_path, "week,school,late,enrolled", '2024-09-02,"North\nSchool",4,80', "", "2024-09-02,South,2,60")
    reading = read_site_data(file, LATE)
    assert list(reading.rows["line"]) == [2, 5]
    assert list(reading.rows["numerator"]) == [4, 2]


def test_marks_are_told_apart_and_never_zero(tmp_path: Path) -> None:
    marks = {"z": "not_applicable", "c": "suppressed", "NaN": "missing", "NA": "missing", "": "missing"}
    marks |= {"*": "suppressed", "N/A": "not_applicable", "<5": "censored"}
    rows = [f"2024-09-02,School {i},{mark},60" for i, mark in enumerate(marks)]
    reading = read_site_data(write(tmp_path, "week,school,late,enrolled", *rows, "2024-09-02,Z,0,60"), LATE)
    assert list(reading.rows["numerator"]) == [0]
    assert dict(zip(reading.missing["mark"], reading.missing["kind"], strict=True)) == marks
    assert set(reading.missing["column"]) == {"late"} and reading.missing["count"].eq(1).all()


def test_rows_are_chosen_and_left_out_with_their_reason(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "week,school,late,enrolled,level",
        "2024-09-02,A,4,80,site",
        "2024-09-02,All,9,200,total",
        "2024-09-09,A,0,80,site",
    )
    data = replace(
        LATE.data or MeasureData(),
        rows=(MeasureDataRows(column="level", one_of=("site",)),),
        leave_out=(MeasureDataLeaveOut(column="late", one_of=("0",), reason="holiday"),),
    )
    reading = read_site_data(file, replace(LATE, data=data))
    assert list(reading.rows["site"]) == ["A", "A"]
    assert list(reading.rows["left_out"]) == ["", "holiday"]
    assert (reading.read, reading.used) == (3, 2)


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        (
            "week,school,lates,enrolled",
            "2024-09-02,A,4,80",
            "There is no column 'late' (late.csv, line 1). Did you mean 'lates'?",
        ),
        (
            "week,school,late,enrolled",
            "2024-02-30,A,4,80",
            "A date cannot be (late.csv, line 2, column 'week'); found: '2024-02-30'",
        ),
        ("week,school,late,enrolled", "2024-09-02,A,90,80", "line 2, columns 'late' and 'enrolled'); found: 90 of 80"),
        ("week,school,late,enrolled", "2024-09-02,A,four,80", "line 2, column 'late'); found: 'four'"),
        ("week,school,late,enrolled", "2024-09-02,A,4,80\n2024-09-02,A,5,80", "late.csv, line 2, late.csv, line 3"),
    ],
)
def test_a_refusal_names_file_line_column_and_value(tmp_path: Path, header: str, row: str, said: str) -> None:
    with pytest.raises(DataError) as refusal:
        read_site_data(write(tmp_path, header, row), LATE)
    assert said in str(refusal.value)
    assert str(tmp_path) not in str(refusal.value)


def test_all_findings_of_a_file_come_together(tmp_path: Path) -> None:
    file = write(tmp_path, "week,school,late,enrolled", "2024-02-30,A,4,80", "2024-09-02,A,four,80")
    with pytest.raises(DataError) as refusal:
        read_site_data(file, LATE)
    assert "'2024-02-30'" in str(refusal.value) and "'four'" in str(refusal.value)


def test_a_site_that_is_not_there_is_refused_with_the_nearest(tmp_path: Path) -> None:
    file = write(tmp_path, "week,school,late,enrolled", "2024-09-02,North Academy,4,80")
    with pytest.raises(DataError, match=r"There is no site 'North Acadmy'.*Did you mean 'North Academy'"):
        read_site_data(file, LATE, site="North Acadmy")


def test_a_file_without_sites_is_the_sites_own(tmp_path: Path) -> None:
    measure = replace(LATE, data=MeasureData(date=("week",), numerator="late", denominator="enrolled"))
    reading = read_site_data(write(tmp_path, "week,late,enrolled", "2024-09-02,4,80"), measure, site="North")
    assert list(reading.rows["site"]) == ["North"]
