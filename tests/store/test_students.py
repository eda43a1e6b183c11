"""From rows of students to a measure, on a class small enough to count by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from inquirylab.errors import DataError
from inquirylab.record.types import (
    Measure,
    MeasureData,
    MeasureDataMarks,
    MeasureDataStudents,
    MeasureDataStudentsCountWhen,
)
from inquirylab.store.site_data import read_site_data

STUDENTS = MeasureDataStudents(
    student="pupil", occasion=("task",), occasions="tasks.csv", roll="roll.csv", on=("course",), joined="came",
    left="went", people="people.csv", count_when=(MeasureDataStudentsCountWhen(column="handed_in", at_most="due_day"),),
)  # fmt: skip
ON_TIME = Measure(
    name="On time", kind="proportion", min_n=2,
    data=MeasureData(date=("due",), date_form="date", site="school", group=("sex",), students=STUDENTS),
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four pupils: Ana and Ben hand in, Cem hands in late, Dee never; Eva has left; Fay comes later."""
    files = {
        "tasks.csv": "task,course,school,due,due_day T1,C,North,2024-09-20,20 T2,C,North,2024-10-10,40 T3,C,North,?,?",
        "roll.csv": "pupil,course,came,went Ana,C,2024-09-01,? Ben,C,2024-09-01,? Cem,C,2024-09-01,2024-10-01 "
        "Dee,C,2024-09-01, Eva,C,2024-09-01,2024-09-20 Fay,C,2024-09-21,?",
        "people.csv": "pupil,course,sex Ana,C,f Ben,C,m Cem,C,m Dee,C,f Eva,C,f Fay,C,f",
        "rows.csv": "pupil,task,handed_in,score Ana,T1,18,70 Ben,T1,20,50 Ben,T1,20,50 Cem,T1,21,90 Eva,T1,2,60 "
        "Ana,T2,39,80 Fay,T2,40,60",
    }
    for name, lines in files.items():
        (tmp_path / name).write_text("\n".join(lines.split(" ")) + "\n", encoding="utf-8")
    return tmp_path


def counted(folder: Path, measure: Measure, *columns: str) -> list[tuple[Any, ...]]:
    rows = read_site_data(folder / "rows.csv", measure).rows
    return [tuple(r) for r in rows[["task", *columns]].to_numpy().tolist()]


def test_the_denominator_is_who_was_on_the_roll_that_day(folder: Path) -> None:
    """Dee has no row and counts; Eva left on the day and Fay had not come: neither counts, whatever they handed in."""
    assert counted(folder, ON_TIME, "sex", "numerator", "denominator", "small") == [
        ("T1", "f", 1.0, 2.0, False),
        ("T1", "m", 1.0, 2.0, False),
        ("T2", "f", 2.0, 3.0, False),
        ("T2", "m", 0.0, 1.0, True),
    ]


def test_an_occasion_without_a_date_is_counted_as_missing(folder: Path) -> None:
    reading = read_site_data(folder / "rows.csv", ON_TIME)
    assert list(reading.missing["mark"]) == ["?"] and any("no date" in n for n in reading.notes)
    assert any("1 of 4 points are of fewer than 2 students" in n for n in reading.notes)


def test_a_mean_of_those_who_did_it_keeps_how_many_they_are(folder: Path) -> None:
    data = replace(ON_TIME.data or MeasureData(), value="score", group=())
    mean = replace(ON_TIME, kind="mean", data=data)
    assert counted(folder, mean, "value", "numerator", "denominator") == [
        ("T1", 60.0, 2.0, 4.0),
        ("T2", 70.0, 2.0, 4.0),
    ]


def scored(measure: Measure, kind: str) -> Measure:
    everybody = replace(STUDENTS, count_when=())
    return replace(
        measure, kind=kind, data=replace(measure.data or MeasureData(), value="score", group=(), students=everybody)
    )


def test_a_median_is_the_median_of_students_not_their_mean(folder: Path) -> None:
    """Of 70, 50 and 90 (Ben's row stands twice and weighs once) the median is 70; with Cem at 99 the mean moves."""
    rows = (folder / "rows.csv").read_text(encoding="utf-8").replace("Cem,T1,21,90", "Cem,T1,21,99")
    (folder / "rows.csv").write_text(rows, encoding="utf-8")
    assert counted(folder, scored(ON_TIME, "median"), "value", "numerator")[0] == ("T1", 70.0, 3.0)
    assert counted(folder, scored(ON_TIME, "mean"), "value", "numerator")[0] == ("T1", 73.0, 3.0)


def test_a_score_that_is_no_score_is_refused(folder: Path) -> None:
    with (folder / "rows.csv").open("a", encoding="utf-8") as stream:
        stream.write("Dee,T1,9,good\nDee,T2,9,good\n")
    with pytest.raises(DataError, match=r"rows.csv, line 9, column 'score'\); found: 'good' in 2 rows"):
        read_site_data(folder / "rows.csv", scored(ON_TIME, "median"))


def test_marks_in_place_of_scores_are_counted_by_group(folder: Path) -> None:
    with (folder / "rows.csv").open("a", encoding="utf-8") as stream:
        stream.write("Dee,T1,9,*\nDee,T2,9,absent\n")
    absent = MeasureDataMarks(mark="absent", means="not_applicable")
    measure = scored(ON_TIME, "median")
    reading = read_site_data(
        folder / "rows.csv",
        replace(measure, data=replace(measure.data or MeasureData(), marks=(absent,), group=("sex",))),
    )
    found = reading.missing[reading.missing["column"] == "score"]
    assert found[["site", "sex", "kind", "mark", "count"]].to_numpy().tolist() == [
        ["North", "f", "suppressed", "*", 1],
        ["North", "f", "not_applicable", "absent", 1],
    ]


def test_what_is_missing_beside_the_data_file_is_said_together(folder: Path) -> None:
    (folder / "roll.csv").unlink()
    (folder / "people.csv").write_text("pupil,course,gender\nAna,C,f\n", encoding="utf-8")
    with pytest.raises(DataError) as refusal:
        read_site_data(folder / "rows.csv", ON_TIME)
    said = str(refusal.value)
    assert "There is no such file beside the data file (roll.csv)" in said and "There is no column 'sex'" in said


def test_a_day_that_is_no_number_is_refused(folder: Path) -> None:
    with (folder / "rows.csv").open("a", encoding="utf-8") as stream:
        stream.write("Dee,T2,soon,1\n")
    with pytest.raises(DataError, match=r"rows.csv, line 9, column 'handed_in'\); found: 'soon'"):
        read_site_data(folder / "rows.csv", ON_TIME)
