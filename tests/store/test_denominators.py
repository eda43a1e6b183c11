"""A denominator from another table, on tables small enough to join by hand, and on Florida's workbooks."""

from __future__ import annotations

import csv
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from inquirylab.errors import DataError
from inquirylab.record.types import Measure, MeasureData
from inquirylab.store.measure_file import read_measure
from inquirylab.store.site_data import Reading, read_site_data
from inquirylab.store.site_data.report import report_of

FLORIDA = Path(__file__).parents[2].parent / "shared" / "data" / "florida_fafsa_weekly_workbooks"
MEASURES = Path(__file__).parent / "measures"
COUNTS = """week,school,late
2023-05-01,North,4
2023-05-01,South,6
2023-10-02,North,5
2023-10-02,South,<5
2023-10-02,West,2
"""
ROLLS = """School year,Name,Pupils
2022/23,NORTH,200
2022/23,south,300
2023/24,North,250
2023/24,South,*
2023/24,East,90
"""
MEASURE = """name = "Late"
kind = "proportion"
[data]
date = ["week"]
site = "school"
numerator = "late"
[data.denominator_from]
file = "rolls.csv"
column = "Pupils"
date = "School year"
on = [{ there = "Name" }]
"""


def written(folder: Path, counts: str = COUNTS, rolls: str = ROLLS, measure: str = MEASURE) -> Measure:
    for name, text in {"late.csv": counts, "rolls.csv": rolls, "late.toml": measure}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return read_measure(folder / "late.toml")


def read(folder: Path, **texts: str) -> Reading:
    return read_site_data(folder / "late.csv", written(folder, **texts))


def points(reading: Reading) -> list[tuple[Any, ...]]:
    rows = reading.rows.assign(date=reading.rows["date"].dt.strftime("%Y-%m-%d"))
    return [tuple(r) for r in rows[["date", "site", "numerator", "denominator"]].to_numpy().tolist()]


def refused(folder: Path, **texts: str) -> str:
    with pytest.raises(DataError) as error:
        read(folder, **texts)
    return str(error.value)


def test_a_row_takes_the_denominator_of_its_site_and_school_year(tmp_path: Path) -> None:
    assert points(read(tmp_path)) == [
        ("2023-05-01", "North", 4.0, 200.0),
        ("2023-05-01", "South", 6.0, 300.0),
        ("2023-10-02", "North", 5.0, 250.0),
    ]


@pytest.mark.parametrize("rolls", ["rolls", 'SELECT "School year", Name, Pupils FROM rolls WHERE Pupils > 0'])
def test_the_other_table_is_a_table_or_a_query_of_the_same_database(tmp_path: Path, rolls: str) -> None:
    measure = MEASURE.replace('file = "rolls.csv"', f"query = {rolls!r}").replace("[data]", '[data]\nquery = "late"')
    (tmp_path / "late.toml").write_text(measure, encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "school.sqlite")) as database, database:
        for name, text in {"late": COUNTS, "rolls": ROLLS}.items():
            head, *rows = csv.reader(text.splitlines())
            database.execute(f"CREATE TABLE {name} ({', '.join(map(repr, head))})")
            database.executemany(f"INSERT INTO {name} VALUES (?, ?, ?)", rows)
    file, measure_read = tmp_path / "school.sqlite", read_measure(tmp_path / "late.toml")
    by_csv = points(read(tmp_path))
    for place in (file, f"sqlite:///{file}"):
        assert points(read_site_data(place, measure_read)) == by_csv != []


def test_a_query_beside_a_file_is_refused(tmp_path: Path) -> None:
    said = refused(tmp_path, measure=MEASURE.replace('file = "rolls.csv"', 'query = "rolls"'))
    assert said.startswith("A query asks a database, and the data stands in none (late.csv)") and "'rolls'" in said


def test_what_is_missing_on_either_side_is_counted_and_named(tmp_path: Path) -> None:
    reading = read(tmp_path)
    gone = reading.missing[reading.missing["column"] == "Pupils (rolls.csv)"]
    assert list(zip(gone["site"], gone["kind"], gone["mark"], strict=True)) == [
        ("South", "suppressed", "*"),
        ("West", "missing", "no row in rolls.csv"),
    ]
    said = " ".join(reading.notes)
    assert "1 of 3 sites have no denominator in rolls.csv: 'West'" in said
    assert "1 of 3 keys of rolls.csv belong to no site of the data: 'east'" in said
    assert "<5" in set(reading.missing["mark"])


def test_a_date_before_all_periods_has_no_denominator(tmp_path: Path) -> None:
    reading = read(tmp_path, counts=COUNTS + "2021-10-04,North,1\n")
    assert "no row for the date in rolls.csv" in set(reading.missing["mark"])


def test_a_folder_does_not_read_the_table_of_denominators_as_data(tmp_path: Path) -> None:
    measure = written(tmp_path)
    (tmp_path / "late.toml").unlink()
    assert points(read_site_data(tmp_path, measure)) == points(read(tmp_path))


def test_two_rows_for_one_site_and_year_are_refused_with_their_lines(tmp_path: Path) -> None:
    said = refused(tmp_path, rolls=ROLLS + "2023/24,north,251\n")
    assert "2 rows are the denominator of the same site and period" in said
    assert "rolls.csv, lines 4, 7" in said and "add_up" in said


def test_parts_are_added_up_where_the_measure_says_so_and_a_hidden_part_hides_the_sum(tmp_path: Path) -> None:
    rolls = ROLLS + "2023/24,north,50\n2022/23,South,c\n"
    reading = read(tmp_path, rolls=rolls, measure=MEASURE + "add_up = true\n")
    assert points(reading) == [("2023-05-01", "North", 4.0, 200.0), ("2023-10-02", "North", 5.0, 300.0)]
    assert "a part of the sum is hidden" in set(reading.missing["mark"])


def test_schools_with_the_denominator_of_their_district_are_refused_in_one_sentence(tmp_path: Path) -> None:
    counts = "week,district,school,late\n" + "".join(
        f"2023-10-02,D{i % 2},School {i},{i}\n" for i in range(8)
    )  # fmt: skip
    rolls = "School year,District,Pupils\n2023/24,D0,900\n2023/24,D1,800\n"
    measure = MEASURE.replace('{ there = "Name" }', '{ column = "district", there = "District" }')
    said = refused(tmp_path, counts=counts, rolls=rolls, measure=measure)
    assert said.startswith("The data count one level and rolls.csv another: up to 4 sites share one denominator")


def test_one_pair_of_sites_with_one_row_is_missing_and_the_others_are_read(tmp_path: Path) -> None:
    counts = "week,code,school,late\n" + "".join(f"2023-10-02,{i},School {i},{i}\n" for i in range(30))
    rolls = "School year,Code,Pupils\n" + "".join(f"2023/24,{i:02d},{100 + i}\n" for i in range(30))
    on = '{ column = "code", there = "Code", digits = 2 }'
    texts = {"rolls": rolls, "measure": MEASURE.replace('{ there = "Name" }', on)}
    assert len(read(tmp_path, counts=counts, **texts).rows) == 30
    reading = read(tmp_path, counts=counts + "2023-10-02,7,School 7 annexe,1\n", **texts)
    assert len(reading.rows) == 29
    assert list(reading.missing["site"]) == ["School 7", "School 7 annexe"]
    assert "share a row of rolls.csv with another site" in " ".join(reading.notes)


def test_a_table_in_another_sheet_below_a_title_with_rows_that_do_not_count(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Notes"])
    other = book.create_sheet("Rolls")
    for row in (["Pupils on roll, 2023"], [], ["School", "Phase", "Pupils"], ["North", "All", 250], ["North", "1", 30]):
        other.append(row)
    book.save(tmp_path / "rolls.xlsx")
    measure = MEASURE.replace(
        '"rolls.csv"', '"rolls.xlsx"\nsheet = "Rolls"\nrows = [{ column = "Phase", one_of = ["All"] }]'
    )
    measure = measure.replace('date = "School year"\n', "").replace('"Name"', '"School"')
    reading = read(tmp_path, measure=measure)
    assert [p[1:] for p in points(reading)] == [("North", 4.0, 250.0), ("North", 5.0, 250.0)]
    assert any("have no date: each is taken for all dates" in n for n in reading.notes)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('"Pupils"', '"Pupil"'), "There is no column 'Pupil'"),
        (('"rolls.csv"', '"roll.csv"'), "Did you mean 'rolls.csv'"),
        (('numerator = "late"', 'numerator = "late"\ndenominator = "late"'), "The denominator is named twice"),
        (('on = [{ there = "Name" }]', ""), "nothing for on"),
        (('"School year"', '"Name"'), "The period of a denominator cannot be read"),
    ],
)
def test_a_declaration_that_cannot_be_is_refused(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    assert said in refused(tmp_path, measure=MEASURE.replace(*change))


# Florida ----------------------------------------------------------------------------------------------------------


def cells(file: str, sheet: int | str) -> list[list[Any]]:
    book = CalamineWorkbook.from_path(str(FLORIDA / file))
    found = book.get_sheet_by_index(sheet) if isinstance(sheet, int) else book.get_sheet_by_name(sheet)
    return found.to_python(skip_empty_area=False)


def joined_by_hand() -> tuple[Counter[str], Counter[str], set[str]]:
    """Return, by what becomes of it, the number of rows, and of usable rows the sums; and the sites that share a row."""
    state = {str(r[0]): str(r[1]) for r in cells("ncesdata_441DE4E0.xlsx", 0)[12:] if r[0]}
    grade_12 = {
        f"FL-{int(r[0]):02d}-{str(r[2]).removesuffix('.0').zfill(4)}": r[17]
        for r in cells("2324MembBySchoolByGrade.xlsx", "School")[3:]
        if r[0] not in ("", None)
    }
    rows = [
        (file.name, str(r[0]), str(r[1]), str(r[2]), str(r[4]).strip())
        for file in sorted(FLORIDA.glob("FL-FAFSA*.xls"))
        for r in cells(file.name, 0)[4:]
        if r[0]
    ]
    at_once: dict[tuple[str, str], set[str]] = defaultdict(set)
    for file, code, name, city, _ in rows:
        if state.get(code) in grade_12:
            at_once[file, code].add(f"{code} / {city} / {name}")
    shared = {site for sites in at_once.values() if len(sites) > 1 for site in sites}
    fate: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for _, code, name, city, count in rows:
        below = grade_12.get(state.get(code, ""))
        why = "no crosswalk" if code not in state else "no row" if below is None else "*" if below == "*" else ""
        why = "shared" if f"{code} / {city} / {name}" in shared else why
        fate[why] += 1
        if not why and count != "<5" and below is not None:
            fate["usable"] += 1
            sums["submitted"] += int(count)
            sums["grade 12"] += int(below)
    return fate, sums, shared


def test_florida_applications_for_each_student_of_grade_12_in_another_workbook() -> None:
    if not FLORIDA.is_dir():
        pytest.skip(f"the shared data are not at {FLORIDA}")
    measure = read_measure(MEASURES / "florida_rate.toml")
    reading = read_site_data(FLORIDA, measure)
    fate, sums, shared = joined_by_hand()
    below = reading.missing[reading.missing["column"].str.startswith("12 (")]
    marks = below["mark"].str.extract(r"^(no row in nces|no row in 2324|several sites|\*)")[0].value_counts().to_dict()
    assert marks == {
        "no row in nces": fate["no crosswalk"],
        "no row in 2324": fate["no row"],
        "several sites": fate["shared"],
        "*": fate["*"],
    }
    assert len(reading.rows) == fate["usable"] > 4000
    assert reading.rows["numerator"].sum() == sums["submitted"]
    assert reading.rows["denominator"].sum() == sums["grade 12"]
    assert not set(reading.rows["site"]) & shared and len(shared) == 21
    said = " ".join(report_of(reading, measure).sentences)
    assert "21 of 1,202 sites share a row" in said and "sites have no denominator" in said


def test_florida_in_small_two_workbooks_tied_by_a_crosswalk(tmp_path: Path) -> None:
    """The same three tables with invented schools, so that a clone alone tests the dialect."""
    for name, rows in {
        "FL-FAFSA submissions-2024-03-08.xlsx": [
            ["Submissions by High School"],
            ["", "", "", "", " 2024/ 2025 Cycle"],
            ["", "", "", "", "Through March 8,  2024"],
            ["School Code", "Name", "City", "State", "Applications\nSubmitted\nMar8  2024"],
            ["120009000067", "PINE HIGH", "PALM BAY", "FL", " 126"],
            ["120009000068", "OAK HIGH", "PALM BAY", "FL", "<5"],
            ["A0700418", "PRIVATE ACADEMY", "TAMPA", "FL", " 7"],
        ],
        "2324MembBySchoolByGrade.xlsx": [
            ["Enrollment by School by Grade\n2023-24, Survey 2"],
            ["*Groups below 10 are displayed with asterisks (*)."],
            ["District #", "District", "School #", "School", 11, 12],
            [3, "BAY", 491, "PINE HIGH", 90, 168],
            [3, "BAY", "0052", "OAK HIGH", 20, "*"],
            [3, "BAY", 31, "ELM ELEMENTARY", 0, 0],
        ],
        "ncesdata_441DE4E0.xlsx": [
            ["National Center for Education Statistics"],
            ["NCES School ID", "State School ID", "NCES District ID"],
            ["120009000067", "FL-03-0491", "1200090"],
            ["120009000068", "FL-03-0052", "1200090"],
        ],
    }.items():  # fmt: skip
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = {"F": "FL School Level Data", "2": "School", "n": "nces"}[name[0]]
        for row in rows:
            sheet.append(row)
        if name.startswith("FL"):
            sheet.merge_cells("A1:E1")
        book.save(tmp_path / name)
    measure = read_measure(MEASURES / "florida_rate.toml")
    data = replace(measure.data or MeasureData(), files=("FL-FAFSA submissions-*.xlsx",))
    reading = read_site_data(tmp_path, replace(measure, data=data))
    assert [p[1:] for p in points(reading)] == [("120009000067 / PALM BAY / PINE HIGH", 126.0, 168.0)]
    assert sorted(reading.missing["mark"]) == ["*", "<5", "no row in ncesdata_441DE4E0.xlsx, sheet 'nces'"]
