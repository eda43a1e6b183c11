"""`inquirylab data FILE`: what is recognised, and a declaration that reads the file without a correction."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from inquirylab.errors import DataError
from inquirylab.store.data_command import data_command
from inquirylab.store.site_data import read_site_data
from inquirylab.store.site_data.proposing import propose
from tests.store.site_files import text_file

FILES = Path(__file__).parent / "files"
SHARED = Path(__file__).parents[2].parent / "shared" / "data"
REGISTER = (
    "Week beginning,School,School code,Gender,Late,On roll,Late %\n"
    "02/09/2024,North,0012,F,4,80,5.0\n02/09/2024,North,0012,M,*,78,*\n02/09/2024,South,0345,F,3,60,5.0\n"
    "02/09/2024,South,0345,M,6,66,9.1\n09/09/2024,North,0012,F,2,80,2.5\n09/09/2024,All schools,,F,2,80,2.5\n"
    "30/09/2024,North,0012,F,1,81,1.2\n"
)


def test_a_register_is_recognised_and_read_as_proposed(tmp_path: Path) -> None:
    place = text_file(tmp_path, REGISTER)
    proposal = propose(place)
    assert {c.name: c.role for c in proposal.recognised.columns} == {
        "Week beginning": "date", "School": "text", "School code": "code", "Gender": "text", "Late": "number",
        "On roll": "number", "Late %": "number",
    }  # fmt: skip
    measure = proposal.measure()
    data = measure.data
    assert data is not None and measure.kind == "proportion"
    assert (data.date, data.date_form, data.site, data.group) == (
        ("Week beginning",),
        "day_first",
        "School",
        ("Gender",),
    )
    assert (data.numerator, data.denominator) == ("Late", "On roll")
    assert [(r.column, r.none_of) for r in data.rows] == [("School", ("All schools",))]
    reading = read_site_data(place, measure)
    assert (reading.used, len(reading.rows)) == (6, 5)


@pytest.mark.parametrize(
    ("header", "codes", "width"),
    [
        ("School code", ["0012", "345", "1234", "2345"], 4),
        ("School code,State code", ["12,0012", "345,0345", "1234,1234"], 4),
        ("School code", ["12", *map(str, range(1001, 1010))], 4),
        ("School code", ["7", "12", "345", "1234", "99"], None),  # a running number has many widths
        ("School code", ["1234", "2345", "3456"], None),
    ],
    ids=["some kept theirs", "a column beside has them", "few are shorter", "a running number", "nothing lost"],
)
def test_zeros_lost_in_front_are_seen(tmp_path: Path, header: str, codes: list[str], width: int | None) -> None:
    text = f"Week,{header},Late\n" + "".join(f"2024-09-02,{c},4\n2024-09-09,{c},3.5\n" for c in codes)
    place = text_file(tmp_path, text)
    proposal = propose(place)
    data = proposal.measure().data
    assert data is not None and (data.site, data.site_width) == ("School code", width)
    assert any("lost zeros" in n for n in proposal.notes) == (width is not None)
    sites = set(read_site_data(place, proposal.measure()).rows["site"])
    assert sites == {c.split(",")[0].zfill(width or 0) for c in codes}


def test_a_sheet_a_site_is_proposed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("North", "South"):
        sheet = book.create_sheet(name)
        for row in [["week", "late"], ["2024-09-02", 4], ["2024-09-09", 5]]:
            sheet.append(row)
    book.create_sheet("Notes").append(["Asked by phone"])
    book.save(tmp_path / "late.xlsx")
    measure = propose(tmp_path / "late.xlsx").measure()
    assert measure.data is not None and (measure.data.site_from, measure.data.sheets) == ("sheet_name", ())
    assert set(read_site_data(tmp_path / "late.xlsx", measure).rows["site"]) == {"North", "South"}


def test_sites_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    rows = ["2023,A,Elementary,4", "2023,B,Elementary,5", "2023,B,High,6", "2024,A,Elementary,6", "2024,B,Elementary,7"]
    text = "\n".join(["year,district,school,late", *rows])
    data = propose(text_file(tmp_path, text)).measure().data
    assert data is not None and (data.site, data.site_within) == ("school", ("district",))


def test_a_column_a_month(tmp_path: Path) -> None:
    place = text_file(tmp_path, "School,Sep 2024,Oct 2024,Nov 2024\nA,4,5,6\nB,7,*,9\n")
    proposal = propose(place)
    assert 'date_from = ["header"]' in proposal.toml and 'date_form = "month"' in proposal.toml
    assert len(read_site_data(place, proposal.measure()).rows) == 5


def test_like_named_files_whose_header_drifts(tmp_path: Path) -> None:
    for year, name in ((2021, "LEA Name"), (2022, "LSS Name"), (2023, "LEA Name")):
        text_file(tmp_path, f"{name},late\nNorth,{year - 2017}\nSouth,5\n", f"rates__{year}-{year - 1999}_x.csv")
    text_file(tmp_path, "Indicator,Description\nlate,after nine\n", "guidance.csv")
    proposal = propose(tmp_path)
    assert '{ column = "LEA Name", also = ["LSS Name"] }' in proposal.toml
    assert 'date_from = ["file_name"]' in proposal.toml
    reading = read_site_data(tmp_path, proposal.measure())
    assert sorted(reading.rows["numerator"]) == [4, 5, 5, 5, 5, 6]


def test_a_mark_that_nobody_knows_is_named(tmp_path: Path) -> None:
    rows = "".join(f"2024-09-{d:02d},{d}\n" for d in range(1, 29))
    proposal = propose(text_file(tmp_path, f"day,late\n{rows}2024-09-29,§§\n"))
    assert '{ mark = "§§", means = "missing" }' in proposal.toml and any("not known" in n for n in proposal.notes)


@pytest.mark.parametrize(
    ("place", "used", "usable"),
    [
        ("england_weekly_attendance/EES_weekly_2023_autumn.csv", 6052, 5948),
        ("maryland_school_attendance/raw", 33414, 17391),
        ("connecticut_suspensions/district_by_race", 14873, 4466),
        ("connecticut_suspensions/school_sanctions", 6643, 4980),
    ],
)
def test_the_shared_data_are_read_as_proposed(place: str, used: int, usable: int) -> None:
    if not (SHARED / place).exists():
        pytest.skip(f"the shared data are not at {SHARED}")
    reading = read_site_data(SHARED / place, propose(SHARED / place).measure())
    assert (reading.used, len(reading.rows)) == (used, usable)


def test_the_command_shows_proposes_writes_and_reports(tmp_path: Path) -> None:
    place, out = text_file(tmp_path, REGISTER), tmp_path / "late.toml"
    run = CliRunner().invoke(data_command, [str(place), "--out", str(out)])
    assert run.exit_code == 0, run.output
    assert "header in line 1, 7 rows, 7 columns" in run.output and "* = suppressed (1)" in run.output
    assert 'numerator = "Late"' in run.output and "6 of this measure, 5 with the numbers it needs" in run.output
    assert out.read_text(encoding="utf-8") in run.output
    assert CliRunner().invoke(data_command, [str(place), "--out", str(out)]).exit_code == 2
    report = CliRunner().invoke(data_command, [str(place), "--measure", str(out), "--json"])
    assert json.loads(report.output)["missing"][0]["kind"] == "suppressed"


def test_the_command_refuses_in_one_sentence(tmp_path: Path) -> None:
    run = CliRunner().invoke(data_command, [str(tmp_path / "late.csv")])
    assert run.exit_code == 2 and "There is no such data file (late.csv)" in run.output


def test_the_command_on_a_workbook_as_json() -> None:
    run = CliRunner().invoke(data_command, [str(FILES / "three_level_header.xls"), "--json"])
    said = json.loads(run.output)
    assert (said["header_line"], said["rows"], said["sheet"]) == (4, 4, "Schools")
    assert said["columns"][2]["name"] == "2024/ 2025 Cycle / Through March 8, 2024 / Forms Submitted Mar8 2024"
    assert said["columns"][2]["marks"]["<5"] == {"means": "censored", "count": 1}


@pytest.mark.parametrize(
    ("text", "encoding", "expected", "used", "usable"),
    [
        (
            "School DBN,Date,SchoolYear,Enrolled,Absent,Present\n01M015,20180905,20182019,172,19,153\n"
            "01M015,20180906,20182019,171,17,154\n01M019,20180905,20182019,200,10,190\n",
            "utf-8",
            {"date": ("Date",), "date_form": "date", "site": "School DBN", "denominator": "Enrolled"},
            3,
            3,
        ),
        (
            "time_period,time_identifier,geographic_level,la_name,sess_possible,sess_attended\n"
            "202223,Autumn term,National,,100,90\n202223,Autumn term,Local authority,Camden,1000,950\n"
            "202223,Spring term,Local authority,Camden,1000,940\n202324,Autumn term,Local authority,Camden,c,c\n"
            "202223,Autumn term,Local authority,Barnet,z,z\n",
            "utf-8",
            {"date": ("time_period", "time_identifier"), "date_form": "term", "site": "la_name"},
            4,
            2,
        ),
        (
            "Schule;Monat;Fehltage;Schüler\nGymnasium;Sep 2023;1.234,5;800\nGymnasium;Okt 2023;999,5;801\n"
            "Realschule;Okt 2023;12;300\nRealschule;Dez 2023;k. A.;300\n",
            "cp1252",
            {"date_form": "month", "site": "Schule", "numerator": "Fehltage", "decimal": "comma"},
            4,
            3,
        ),
        (
            "District^School^Year^Subject^Proficient %^Tested\nA^X^2022^Math^<5^100\nA^X^2023^Math^45^101\n"
            "A^Y^2022^Math^*^9\nA^Y^2022^ELA^GE95^50\n",
            "utf-8",
            {"site": "School", "group": ("Subject",), "value": "Proficient %"},
            4,
            1,
        ),
        (
            "Attendance report\nPrinted: 01/09/2024\n\nClass,Mon 2 Sep 2024,Tue 3 Sep 2024,Wed 4 Sep 2024\n"
            "7A,28,29,27\n7B,30,N/A,29\nTotal,58,29,56\n",
            "utf-8",
            {"date_from": ("header",), "date_form": "date", "site": "Class"},
            6,
            5,
        ),
    ],
    ids=["days of a city", "terms of a country", "decimal commas", "carets and bounds", "a column a day"],
)
def test_other_dialects_are_read_as_proposed(
    tmp_path: Path, text: str, encoding: str, expected: dict[str, object], used: int, usable: int
) -> None:
    place = tmp_path / "late.csv"
    place.write_bytes(text.encode(encoding))
    measure = propose(place).measure()
    assert {key: getattr(measure.data, key) for key in expected} == expected
    reading = read_site_data(place, measure)
    assert (reading.used, len(reading.rows)) == (used, usable)


WEEKS = "week,late,on roll\n2024-09-02,4,80\n2024-09-09,5,80\n2024-09-16,3,81\n"


@pytest.mark.parametrize(
    ("names", "pattern", "sites"),
    [
        (["North", "Southwood"], None, ["North", "Southwood"]),
        (["late_North_2024", "late_Hill Top_2024"], "late_*_2024", ["Hill Top", "North"]),
        (["0123", "0456"], None, ["0123", "0456"]),
        (["late 2023-24 North", "late 2024-25 South"], "late *{site}", ["North", "South"]),
    ],
)
def test_a_file_a_site_is_proposed(tmp_path: Path, names: list[str], pattern: str | None, sites: list[str]) -> None:
    for name in names:
        text_file(tmp_path, WEEKS, f"{name}.csv")
    for place in (tmp_path, tmp_path / "*.csv"):
        data = (proposal := propose(place)).measure().data
        assert data is not None and (data.site, data.site_from) == (None, "file_name")
        assert sorted(set(read_site_data(place, proposal.measure()).rows["site"])) == sites
        assert any("Each file is taken as a site" in n for n in proposal.notes)
    if pattern is None:
        assert data.site_name is None


def test_a_file_a_site_and_month_is_proposed(tmp_path: Path) -> None:
    for school in ("North", "South Hill"):
        for month in ("2024-09", "2024-10", "2024-11"):
            text_file(tmp_path, f"class,late\n3a,{len(school)}\n3b,4\n", f"{school}_{month}.csv")
    proposal = propose(tmp_path)
    data = proposal.measure().data
    assert data is not None and (data.date_from, data.site_from, data.site) == (("file_name",), "file_name", "class")
    rows = read_site_data(tmp_path, proposal.measure()).rows
    assert set(rows["site"]) == {f"{s} / {c}" for s in ("North", "South Hill") for c in ("3a", "3b")}
    assert len(rows) == 12


def test_files_of_years_are_no_sites(tmp_path: Path) -> None:
    for year in (2023, 2024):
        text_file(tmp_path, WEEKS.replace("2024-", f"{year}-"), f"late_{year}.csv")
    data = propose(tmp_path).measure().data
    assert data is not None and data.site_from is None


def test_a_file_a_site_that_a_column_names_too_is_read_by_the_column(tmp_path: Path) -> None:
    for school in ("North", "South"):
        rows = "".join(f"2024-09-{d:02d},{school},{d}\n" for d in (2, 9, 16))
        text_file(tmp_path, f"week,school,late\n{rows}", f"{school}.csv")
    data = propose(tmp_path).measure().data
    assert data is not None and (data.site, data.site_from) == ("school", None)


def test_zeros_lost_by_codes_beside_the_site_are_seen(tmp_path: Path) -> None:
    rows = "".join(
        f"2024-09-{d:02d},{school},{code},{int(code)}\n"
        for d in (2, 9)
        for school, code in zip(("Elm", "Elm", "Oak", "Oak"), ("0012", "345", "1234", "2345"), strict=True)
    )
    place = text_file(tmp_path, f"Week,School,School code,Late\n{rows}")
    proposal = propose(place)
    data = proposal.measure().data
    assert data is not None and [(w.column, w.digits) for w in data.widths] == [("School code", 4)]
    assert "0345 / Elm" in set(read_site_data(place, proposal.measure()).rows["site"])
    assert any("Without widths they stay so" in n for n in proposal.notes)


def test_a_list_of_incidents_is_proposed_to_be_counted(tmp_path: Path) -> None:
    rows = "".join(
        f"{i},{2 + i % 20:02d}/09/2024,{'North' if i % 3 else 'South'},{'fight' if i % 2 else 'theft'}\n"
        for i in range(60)
    )
    found = text_file(tmp_path, "Incident ID,Date,School,Incident type\n" + rows)
    proposal = propose(found)
    measure = proposal.measure()
    assert measure.kind == "count" and measure.data is not None and measure.data.incidents is not None
    assert (measure.data.group, measure.data.site_within) == (("Incident type",), ())
    assert read_site_data(found, measure).rows["numerator"].sum() == 60
    assert any("when every incident was reported" in n for n in proposal.notes)


def test_a_total_of_a_district_in_the_middle_is_left_out_and_a_french_rate_is_no_count(tmp_path: Path) -> None:
    rows = "".join(
        f"{s};{m};{i},{k} %;{200 + i}\n"
        for i, s in enumerate(["Adam", "Nord Total", "Zoé"])
        for k, m in enumerate(["sept. 2023", "oct. 2023"])
    )
    proposal = propose(text_file(tmp_path, "École;Mois;Taux d'absence;Effectif\n" + rows + "Zoé;nov. 2023;n.d.;199\n"))
    measure = proposal.measure()
    assert measure.data is not None and (measure.kind, measure.data.value) == ("mean", "Taux d'absence")
    assert [r.none_of for r in measure.data.rows] == [("Nord Total",)]


def test_the_proposal_of_a_count_shows_how_a_denominator_of_another_table_is_named(tmp_path: Path) -> None:
    proposal = propose(text_file(tmp_path, "Week,School,Late\n2024-09-02,North,4\n2024-09-09,North,5\n"))
    assert "# [data.denominator_from]" in proposal.toml and proposal.measure().kind == "count"


def test_years_above_terms_in_a_header_of_two_lines_are_read_as_proposed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Unauthorised absence"])
    sheet.append(["LA", "School", "2022-23", None, None, "2023-24", None, None, "Total"])
    sheet.append([None, None, "Autumn", "Spring", "Summer", "Autumn", "Spring", "Summer", None])
    for merged in ("C2:E2", "F2:H2", "A2:A3", "B2:B3", "I2:I3"):
        sheet.merge_cells(merged)
    for i in range(6):
        sheet.append(["Leeds" if i < 3 else "Hull", f"School {i % 3}", *(20 + i + j for j in range(6)), 135])
    sheet.append(["All schools", None, *([147] * 6), 882])
    book.save(tmp_path / "terms.xlsx")
    measure = propose(tmp_path / "terms.xlsx").measure()
    rows = read_site_data(tmp_path / "terms.xlsx", measure).rows
    assert len(rows) == 36 and rows["numerator"].sum() == sum(20 + i + j for i in range(6) for j in range(6))
    assert [str(d)[:7] for d in sorted(set(rows["date"]))] == [
        "2022-09",
        "2023-01",
        "2023-04",
        "2023-09",
        "2024-01",
        "2024-04",
    ]


@pytest.mark.parametrize("week", ["Week {w} ({y})", "Wk {w}/{y}", "{y}-W{w:02d}", "KW {w}/{y}"])
def test_weeks_of_a_year_as_people_write_them(tmp_path: Path, week: str) -> None:
    said = [week.format(y=y, w=w) for y, w in ((2024, 50), (2024, 51), (2025, 1), (2025, 2))]
    found = text_file(
        tmp_path,
        "When week,School,Absent,Pupils\n" + "".join(f"{w},S{i},{i},{40 + i}\n" for w in said for i in range(4)),
    )
    rows = read_site_data(found, propose(found).measure()).rows
    assert sorted({str(d)[:10] for d in rows["date"]}) == ["2024-12-09", "2024-12-16", "2024-12-30", "2025-01-06"]


def read_as_proposed(place: Path) -> tuple[list[str], list[float]]:
    """Return the dates and values that a file has when it is read as proposed."""
    reading = read_site_data(place, propose(place).measure())
    numbers = reading.rows["value" if "value" in reading.rows else "numerator"]
    return [str(d)[:10] for d in reading.rows["date"]], list(numbers)


@pytest.mark.parametrize(
    ("terms", "days"),
    [
        (["Term 3 2023", "Term 4 2023", "Term 1 2024"], ["2023-07-01", "2023-10-01", "2024-02-01"]),
        (["2023 T3", "2023 T4", "2024 T1"], ["2023-07-01", "2023-10-01", "2024-02-01"]),
        (["Semester 1 2023", "Semester 2 2023", "Semester 1 2024"], ["2023-02-01", "2023-07-01", "2024-02-01"]),
        (["Term 5 2022/23", "Term 6 2022/23", "Term 1 2023/24"], ["2023-04-01", "2023-06-01", "2023-09-01"]),
        (["2022-23 Semester 1", "2022-23 Semester 2", "2023-24 Semester 1"], ["2022-09-01", "2023-02-01", "2023-09-01"]),
    ],
)  # fmt: skip
def test_terms_with_a_number_come_in_their_order(tmp_path: Path, terms: list[str], days: list[str]) -> None:
    wide = text_file(tmp_path, f"School,{','.join(terms)}\nKea School,61.7%,58.2%,47.0%\n")
    assert read_as_proposed(wide) == (days, [61.7, 58.2, 47.0])
    proposed = propose(wide)
    assert proposed.measure().unit == "%"
    long = text_file(
        tmp_path, "Term,School,Late\n" + "".join(f"{t},Kea,{i}\n" for i, t in enumerate(terms)), "long.csv"
    )
    assert read_as_proposed(long) == (days, [0, 1, 2])


def test_a_term_that_a_year_does_not_have_is_refused(tmp_path: Path) -> None:
    place = text_file(tmp_path, "Term,School,Late\nTerm 3 2023,Kea,1\nTerm 4 2023,Kea,2\nTerm 7 2023,Kea,2\n")
    with pytest.raises(DataError, match="Term 7 2023"):
        read_site_data(place, propose(text_file(tmp_path, "Term,School,Late\nTerm 3 2023,Kea,1\n", "a.csv")).measure())


def test_days_without_a_year_are_completed_by_the_title(tmp_path: Path) -> None:
    rows = (
        "Date,Class,Present,Enrolled\nMon 2 Sep,7A,27,30\nTue 3 Sep,7A,28,30\nMon 2 Sep,7B,25,29\nTue 3 Sep,7B,n/a,29\n"
    )
    place = text_file(tmp_path, "Daily attendance 2024\n" + rows)
    assert read_as_proposed(place) == (["2024-09-02", "2024-09-03", "2024-09-02"], [27, 28, 25])
    school = text_file(tmp_path, "Daily attendance 2023/24\n" + rows.replace("Tue 3 Sep", "Tue 9 Jan"), "school.csv")
    assert read_as_proposed(school)[0] == ["2023-09-02", "2024-01-09", "2023-09-02"]


def test_a_word_among_the_numbers_of_a_week_is_a_mark_to_be_explained(tmp_path: Path) -> None:
    weeks = ",".join(f"w/c {d}/09/2023" for d in ("04", "11", "18"))
    place = text_file(
        tmp_path, f"School,{weeks}\nHill,0.951,INSET,0.939\nLake,0.933,0.921,0.93\nTrust average,0.942,0.921,0.93\n"
    )
    proposal = propose(place)
    assert [m.mark for m in proposal.measure().data.marks] == ["INSET"]  # type: ignore[union-attr]
    assert any("'INSET'" in note for note in proposal.notes)
    assert read_as_proposed(place)[1] == [0.951, 0.939, 0.933, 0.921, 0.93]


def test_a_rate_below_zero_stands_for_something_else_and_a_change_does_not(tmp_path: Path) -> None:
    head = "School,Rate 2021-22,Rate 2022-23,Rate 2023-24\n"
    place = text_file(tmp_path, head + "Travis,-999,95.2,-1\nHouston,93.1,94.4,92.0\n")
    assert {m.mark for m in propose(place).measure().data.marks} == {"-999", "-1"}  # type: ignore[union-attr]
    assert sorted(read_as_proposed(place)[1]) == [92.0, 93.1, 94.4, 95.2]
    change = text_file(tmp_path, "Year,School,Change\n2021,A,-1\n2022,A,3\n2023,A,-2\n", "change.csv")
    assert read_as_proposed(change)[1] == [-1, 3, -2]


def test_what_names_a_local_authority_is_its_column_and_remarks_are_no_text(tmp_path: Path) -> None:
    place = text_file(
        tmp_path,
        "Table 2: Attendance\n\nLocal authority,Term,Number of pupils [note 1],Persistent absentees\n"
        'Ayrshire,Autumn 2023,"1,234",45\nBorders,Autumn 2023,3456 [p],12 [r]\nTotal,Autumn 2023,4690,57\n',
    )
    data = propose(place).measure().data
    assert data is not None and (data.site, data.denominator) == ("Local authority", "Number of pupils [note 1]")
    assert read_as_proposed(place)[1] == [45, 12]


def test_a_column_of_totals_is_left_out_once(tmp_path: Path) -> None:
    rows = "".join(
        f"{y},{lv},{n},{k}\n" for y in (2022, 2023) for lv, n, k in (("National", "", 9), ("Local", "Leeds", 4))
    )
    data = propose(text_file(tmp_path, "Year,School level,School,Late\n" + rows)).measure().data
    assert data is not None and [r.column for r in data.rows] == ["School level"]
