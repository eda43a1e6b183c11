"""Lists of incidents: rows are counted, and a period without one is a zero only where the reporting was complete."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inquirylab.errors import DataError
from inquirylab.series import to_series
from inquirylab.store.measure_file import read_measure
from inquirylab.store.site_data import Reading, read_site_data

LIST = """when,school,type
2024-09-03,North,fight
2024-09-05 14:35,North,fight
2024-09-04,North,theft
2024-09-17,North,fight
2024-09-10,South,theft
"""
MEASURE = """name = "Incidents"
kind = "count"
[data]
date = ["when"]
site = "school"
[data.incidents]
per = "week"
"""
COMPLETE = "complete = [{ since = 2024-09-02, until = 2024-09-29 }]\n"


def read(folder: Path, measure: str, rows: str = LIST, **others: str) -> Reading:
    (folder / "incidents.csv").write_text(rows, encoding="utf-8")
    (folder / "incidents.toml").write_text(measure, encoding="utf-8")
    for name, text in others.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return read_site_data(folder / "incidents.csv", read_measure(folder / "incidents.toml"))


def points(reading: Reading, *columns: str) -> list[tuple[Any, ...]]:
    rows = reading.rows.assign(date=reading.rows["date"].dt.strftime("%m-%d")).sort_values(
        ["site", "date", *columns[1:]]
    )
    return [tuple(r) for r in rows[["site", "date", *columns]].to_numpy().tolist()]


def test_without_a_word_on_completeness_a_week_without_a_row_is_no_point(tmp_path: Path) -> None:
    reading = read(tmp_path, MEASURE)
    assert points(reading, "numerator") == [
        ("North", "09-02", 3.0),
        ("North", "09-16", 1.0),
        ("South", "09-09", 1.0),
    ]
    assert any("it may be zero or not reported" in n for n in reading.notes)


def test_where_reporting_was_complete_a_week_without_a_row_is_a_zero(tmp_path: Path) -> None:
    reading = read(tmp_path, MEASURE + COMPLETE)
    assert [p[2] for p in points(reading, "numerator")] == [3.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    assert any(n.startswith("5 of them are zeros") for n in reading.notes)


def test_a_week_only_partly_within_complete_reporting_is_no_zero(tmp_path: Path) -> None:
    reading = read(tmp_path, MEASURE + COMPLETE.replace("2024-09-29", "2024-09-28").replace("2024-09-02", "2024-09-03"))
    assert [p[:2] for p in points(reading) if p[0] == "South"] == [("South", "09-09"), ("South", "09-16")]


def test_a_week_in_which_school_was_closed_is_no_point(tmp_path: Path) -> None:
    reading = read(tmp_path, MEASURE + COMPLETE + "closed = [{ since = 2024-09-23, until = 2024-09-29 }]\n")
    assert "09-23" not in {p[1] for p in points(reading)}


def test_completeness_of_named_sites_brings_in_a_site_that_reported_nothing(tmp_path: Path) -> None:
    complete = 'complete = [{ one_of = ["West"], since = 2024-09-02, until = 2024-09-15 }]\n'
    found = points(read(tmp_path, MEASURE + complete), "numerator")
    assert [p for p in found if p[0] == "West"] == [("West", "09-02", 0.0), ("West", "09-09", 0.0)]
    assert len([p for p in found if p[0] == "South"]) == 1


def test_by_type_each_type_has_its_own_zeros(tmp_path: Path) -> None:
    measure = MEASURE.replace('site = "school"\n', 'site = "school"\ngroup = ["type"]\n') + COMPLETE
    reading = read(tmp_path, measure)
    found = {p[:3]: p[3] for p in points(reading, "type", "numerator")}
    assert len(found) == 2 * 4 * 2 and sum(found.values()) == 5
    assert found["North", "09-02", "fight"] == 2 and found["South", "09-02", "fight"] == 0


def test_incidents_for_each_child_on_a_roll_in_another_table(tmp_path: Path) -> None:
    other = '[data.denominator_from]\nfile = "rolls.csv"\ncolumn = "Pupils"\non = [{ there = "School" }]\n'
    measure = MEASURE.replace('"count"', '"ratio"') + COMPLETE + other
    reading = read(tmp_path, measure, rolls="School,Pupils\nNorth,250\nEast,90\n")
    assert [p[2:] for p in points(reading, "numerator", "denominator")] == [(3, 250), (0, 250), (1, 250), (0, 250)]
    assert set(reading.missing["site"]) == {"South"} and len(reading.missing) == 4
    assert "1 of 2 sites have no denominator" in " ".join(reading.notes)


def test_the_counts_become_a_series(tmp_path: Path) -> None:
    series = to_series(read(tmp_path, MEASURE + COMPLETE).rows, read_measure(tmp_path / "incidents.toml"))
    assert list(series.loc[series["site"] == "North", "y"]) == [3, 0, 1, 0]


@pytest.mark.parametrize(
    ("measure", "rows", "said"),
    [
        (MEASURE, LIST + "31/31/2024,North,fight\n", "A date cannot be"),
        (MEASURE, LIST + ",North,fight\n", "A date cannot be"),
        (MEASURE, "when,school\n2024-09,North\n2024-10,North\n", "Incidents cannot be counted for each week"),
        (MEASURE + COMPLETE.replace("2024-09-29", "2023-09-29"), LIST, "ends before it begins"),
    ],
)
def test_what_cannot_be_counted_is_refused(tmp_path: Path, measure: str, rows: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        read(tmp_path, measure, rows)
