"""Each dialect in which schools and authorities send data, in files small enough to read here."""

from __future__ import annotations

import datetime as dt
import math
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from inquirylab.errors import DataError
from inquirylab.record.types import (
    Measure,
    MeasureData,
    MeasureDataMarks,
    MeasureDataRenamed,
    MeasureDataRows,
)
from inquirylab.store.site_data import Reading, read_site_data
from inquirylab.store.site_data.findings import DataErrorGroup
from inquirylab.store.site_data.report import report_of
from tests.store.site_files import measure, text_file

FILES = Path(__file__).parent / "files"


def workbook(folder: Path, sheets: dict[str, list[list[Any]]], merged: list[str] | None = None) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for area in merged or []:
            sheet.merge_cells(area)
    file = folder / "late.xlsx"
    book.save(file)
    return file


def numbers(reading: Reading, column: str = "numerator") -> list[float]:
    return list(reading.rows[column])


def dates(reading: Reading) -> list[str]:
    return [str(d)[:10] for d in reading.rows["date"]]


# Text --------------------------------------------------------------------------------------------------------------

SIMPLE = "week,school,late\n2024-09-02,Éluard,4\n2024-09-09,Éluard,5\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    file = text_file(tmp_path, SIMPLE, encoding=encoding)
    reading = read_site_data(file, measure(date=("week",), site="school", numerator="late"))
    assert list(reading.rows["site"]) == ["Éluard", "Éluard"] and list(reading.rows["line"]) == [2, 3]


def test_an_accent_far_below_the_first_lines(tmp_path: Path) -> None:
    rows = "".join(f"2024-09-02,School {i},1\n" for i in range(20_000))
    file = text_file(tmp_path, "week,school,late\n" + rows + "2024-09-02,Éluard,2\n", encoding="cp1252")
    reading = read_site_data(file, measure(date=("week",), site="school", numerator="late"), site="éluard")
    assert numbers(reading) == [2]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_delimiters_and_line_ends(tmp_path: Path, delimiter: str, end: str) -> None:
    file = text_file(tmp_path, SIMPLE.replace(",", delimiter).replace("\n", end))
    assert numbers(read_site_data(file, measure(date=("week",), site="school", numerator="late"))) == [4, 5]


def test_decimal_commas_are_recognised_from_the_whole_file(tmp_path: Path) -> None:
    file = text_file(tmp_path, "week;late;enrolled\n02.09.2024;3,5;1.234\n16.09.2024;12;1.240\n")
    reading = read_site_data(file, measure("ratio", date=("week",), numerator="late", denominator="enrolled"))
    assert (numbers(reading), numbers(reading, "denominator")) == ([3.5, 12], [1234, 1240])
    assert dates(reading) == ["2024-09-02", "2024-09-16"]


def test_thousands_separators_percent_signs_and_blanks(tmp_path: Path) -> None:
    file = text_file(
        tmp_path, 'week,late\n2024-09-02," 1,234 "\n2024-09-09,93%\n2024-09-16,\u00a012\n2024-09-23,1 234\n'
    )
    assert numbers(read_site_data(file, measure(date=("week",), numerator="late"))) == [1234, 93, 12, 1234]


def test_codes_written_for_excel_and_lost_zeros(tmp_path: Path) -> None:
    text_file(tmp_path, '"code","late"\n"=""0123""",4\n', "late 2023-24.csv")
    text_file(tmp_path, "code,late\n123,5\n", "late 2024-25.csv")
    reading = read_site_data(
        tmp_path,
        measure(date_from=("file_name",), date_form="school_year", site="code", site_width=4, numerator="late"),
    )
    assert list(reading.rows["site"]) == ["0123", "0123"] and dates(reading) == ["2023-09-01", "2024-09-01"]


def test_titles_above_a_blank_line_a_heading_over_columns_and_a_note_below(tmp_path: Path) -> None:
    text = (
        '"Sanction Counts, 2009-10"\n"All Districts"\n\n"",,"Sanction Type",\n"School","Code","Bus","Expulsion"\n'
        '"A","=""01""",4,"*"\n"B","=""02""",5,0\n\n"Source: the state"\n'
    )
    reading = read_site_data(
        text_file(tmp_path, text),
        measure(date_from=("title",), date_form="school_year", site="School", numerator="Expulsion"),
    )
    assert (numbers(reading), dates(reading), list(reading.rows["line"])) == ([0], ["2009-09-01"], [7])
    assert list(reading.missing["column"]) == ["Sanction Type / Expulsion"]


def test_columns_renamed_and_reordered_from_file_to_file(tmp_path: Path) -> None:
    text_file(tmp_path, "Year,LEA Name,late\n2017,North,4\n", "a.csv")
    text_file(tmp_path, "LSS Name,late,Year\nNorth,5,2018\n", "b.csv")
    data = {"date": ("Year",), "site": "LEA Name", "numerator": "late"}
    with pytest.raises(DataError, match=r"There is no column 'LEA Name' \(b.csv, line 1\). Did you mean 'LSS Name'"):
        read_site_data(tmp_path, measure(**data))
    renamed = (MeasureDataRenamed(column="LEA Name", also=("LSS Name",)),)
    assert numbers(read_site_data(tmp_path, measure(**data, renamed=renamed))) == [4, 5]


def test_a_folder_holds_other_files_too(tmp_path: Path) -> None:
    text_file(tmp_path, "week,late\n2024-09-02,4\n", "late_1.csv")
    text_file(tmp_path, "Indicator,Description\nlate,after nine\n", "guidance.csv")
    reading = read_site_data(tmp_path, measure(files=("late_*.csv",), date=("week",), numerator="late"))
    assert (numbers(reading), reading.source) == ([4], "late_1.csv")


# Dates -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-09-30", "2024-09-30"),
        ("30/09/2024", "2024-09-30"),
        ("09/30/2024", "2024-09-30"),
        ("30 September 2024", "2024-09-30"),
        ("Mon 30 Sept 2024", "2024-09-30"),
        ("w/c 30/09/2024", "2024-09-30"),
        ("September 30, 2024", "2024-09-30"),
        ("30.9.24", "2024-09-30"),
        ("2024-09-30T08:30:00", "2024-09-30"),
        ("20240930", "2024-09-30"),
        ("45565", "2024-09-30"),
        ("2024-W37", "2024-09-09"),
        ("Week 37, 2024", "2024-09-09"),
        ("Sep-24", "2024-09-01"),
        ("2024/25", "2024-09-01"),
        ("20242025", "2024-09-01"),
        ("SY24-25", "2024-09-01"),
        ("Sept2024", "2024-09-01"),
        ("Q4 2024", "2024-10-01"),
        ("Spring term 2024/25", "2025-01-01"),
        ("septembre 2024", "2024-09-01"),
    ],
)
def test_dates_in_many_forms(tmp_path: Path, written: str, day: str) -> None:
    file = text_file(tmp_path, f'week,late\n"{written}",4\n')
    assert dates(read_site_data(file, measure(date=("week",), numerator="late"))) == [day]


def test_two_columns_make_a_date_and_a_school_year_knows_which_of_its_years(tmp_path: Path) -> None:
    file = text_file(tmp_path, "year,week,late\n202425,Week 37,4\n202425,Week 2,5\n")
    reading = read_site_data(file, measure(date=("year", "week"), numerator="late"))
    assert dates(reading) == ["2024-09-09", "2025-01-06"]


def test_a_date_that_could_be_read_in_two_ways_is_refused_unless_declared(tmp_path: Path) -> None:
    file = text_file(tmp_path, "week,late\n03/09/2024,4\n04/09/2024,5\n")
    with pytest.raises(DataError, match=r"could be read in two ways.*date_form"):
        read_site_data(file, measure(date=("week",), numerator="late"))
    reading = read_site_data(file, measure(date=("week",), date_form="month_first", numerator="late"))
    assert dates(reading) == ["2024-03-09", "2024-04-09"]


def test_mondays_settle_which_is_the_day(tmp_path: Path) -> None:
    file = text_file(tmp_path, "week,late\n02/09/2024,4\n09/09/2024,5\n07/10/2024,6\n")
    assert dates(read_site_data(file, measure(date=("week",), numerator="late")))[0] == "2024-09-02"


# Workbooks ---------------------------------------------------------------------------------------------------------


def test_merged_three_level_headers_in_an_old_workbook() -> None:
    late = measure(date_from=("header",), date_form="date", site="Name", site_within=("School Code",),
                   numerator="2024/ 2025 Cycle / *Submitted*")  # fmt: skip
    reading = read_site_data(FILES / "three_level_header.xls", late)
    assert numbers(reading) == [93, 1234] and dates(reading) == ["2024-03-08"] * 2
    assert list(reading.rows["site"]) == ["0012 / NORTH HIGH", "0345 / SOUTH HIGH"]
    assert list(reading.missing["mark"]) == ["<5"] and list(reading.missing["upper"]) == [5.0]


def test_titles_beside_an_empty_first_column(tmp_path: Path) -> None:
    rows = [[None, "Late arrivals 2023/24"], [None, "Source: registers"], [], [None, "School", "Late"], [None, "A", 4]]
    late = measure(date_from=("title",), date_form="school_year", site="School", numerator="Late")
    reading = read_site_data(workbook(tmp_path, {"Data": rows}), late)
    assert (numbers(reading), dates(reading), list(reading.rows["line"])) == ([4], ["2023-09-01"], [5])


def test_headings_that_are_repeated_or_merged_downwards(tmp_path: Path) -> None:
    rows = [
        ["School", "Autumn 2024", "Autumn 2024", "Spring 2025", "Spring 2025"],
        ["", "Late", "On roll", "Late", "On roll"],
        ["A", 4, 80, 5, 81],
    ]
    wide = measure("proportion", date_from=("header",), site="School", numerator="Late", denominator="On roll")
    reading = read_site_data(workbook(tmp_path, {"Data": rows}, ["A1:A2"]), wide)
    assert numbers(reading) == [4, 5] and dates(reading) == ["2024-09-01", "2025-01-01"]


def test_moments_are_read_as_their_day(tmp_path: Path) -> None:
    moments = pd.date_range("2024-01-01", periods=30_000, freq="37min")
    rows = [f"{t.isoformat()},P{i},1" for i, t in enumerate(moments)]
    file = text_file(tmp_path, "\n".join(["at,pupil,late", *rows]))
    reading = read_site_data(file, measure(date=("at",), site="pupil", numerator="late"))
    assert reading.rows["date"].nunique() == moments.normalize().nunique()


def test_a_column_a_month_under_merged_headings(tmp_path: Path) -> None:
    rows = [
        ["Late arrivals by month"],
        ["", "Sep 2024", None, "Oct 2024", None],
        ["School", "Late", "Enrolled", "Late", "Enrolled"],
        ["A", 4, 80, 5, 81],
        ["B", "*", 60, 0, 61],
    ]
    file = workbook(tmp_path, {"Data": rows}, ["A1:E1", "B2:C2", "D2:E2"])
    wide = measure("proportion", date_from=("header",), site="School", numerator="Late", denominator="Enrolled")
    reading = read_site_data(file, wide)
    assert numbers(reading) == [4, 5, 0] and numbers(reading, "denominator") == [80, 81, 61]
    assert dates(reading) == ["2024-09-01", "2024-10-01", "2024-10-01"] and list(reading.rows["line"]) == [4, 4, 5]
    assert reading.missing[["site", "mark"]].to_numpy().tolist() == [["B", "*"]]


def test_a_column_a_year_without_any_other_heading(tmp_path: Path) -> None:
    file = workbook(tmp_path, {"Data": [["School", 2022, 2023, 2024], ["A", 4.5, 5.5, 6], ["B", 1, 2, 3]]})
    reading = read_site_data(file, measure("mean", date_from=("header",), date_form="year", site="School", value="*"))
    assert numbers(reading, "value") == [4.5, 5.5, 6, 1, 2, 3] and dates(reading)[2] == "2024-01-01"


def test_a_sheet_a_year_with_a_month_in_a_column(tmp_path: Path) -> None:
    sheets = {"2023-24": [["month", "late"], ["Sep", 4], ["Feb", 5]], "2024-25": [["month", "late"], ["Sep", 6]]}
    late = measure(date_from=("sheet_name",), date=("month",), date_form="month", numerator="late")
    reading = read_site_data(workbook(tmp_path, {"Notes": [["About this file"]], **sheets}), late)
    assert dates(reading) == ["2023-09-01", "2024-02-01", "2024-09-01"] and numbers(reading) == [4, 5, 6]


def test_a_sheet_a_site(tmp_path: Path) -> None:
    rows = [["week", "late"], ["2024-09-02", 4], ["2024-09-09", 5]]
    file = workbook(tmp_path, {"North": rows, "South": [*rows[:2], ["2024-09-09", "*"]], "Notes": [["asked by phone"]]})
    late = measure(date=("week",), numerator="late", site_from="sheet_name")
    reading = read_site_data(file, late)
    assert reading.rows[["site", "numerator"]].to_numpy().tolist() == [["North", 4], ["North", 5], ["South", 4]]
    assert reading.missing[["site", "kind"]].to_numpy().tolist() == [["South", "suppressed"]]
    assert numbers(read_site_data(file, late, site="south")) == [4]
    with pytest.raises(DataError, match=r"There is no site 'Suoth'.*Did you mean 'South'"):
        read_site_data(file, late, site="Suoth")


def test_a_file_a_site_and_a_year(tmp_path: Path) -> None:
    for name, late in (("late_North_2023", 4), ("late_North_2024", 5), ("late_South_2023", 6)):
        text_file(tmp_path, f"class,late\n3a,{late}\n3b,1\n", f"{name}.csv")
    kinds: dict[str, Any] = {"date_from": ("file_name",), "date_form": "year", "numerator": "late"}
    by_class = measure(**kinds, site="class", site_from="file_name", site_name="late_*_*")
    rows = read_site_data(tmp_path, by_class).rows
    assert list(rows["site"])[::2] == ["North / 3a", "North / 3a", "South / 3a"]
    assert sorted(rows["date"].dt.year.unique()) == [2023, 2024]
    text_file(tmp_path, "class,late\n3a,1\n", "notes 2024.csv")
    with pytest.raises(DataError, match=r"No site stands in the file name .notes 2024.csv.; found: 'notes 2024'"):
        read_site_data(tmp_path, by_class)


def test_a_file_a_site_whose_name_also_tells_the_year(tmp_path: Path) -> None:
    text_file(tmp_path, "late\n4\n", "North 2023-24.csv")
    text_file(tmp_path, "late\n5\n", "North 2024-25.csv")
    late = measure(date_from=("file_name",), date_form="school_year", numerator="late", site_from="file_name")
    assert list(read_site_data(tmp_path, late).rows["site"]) == ["North", "North"]


def test_cells_keep_their_types(tmp_path: Path) -> None:
    rows = [["week", "code", "late"], [dt.date(2024, 9, 2), "0123", 4], [dt.datetime(2024, 9, 9), 123, 0.25]]
    reading = read_site_data(
        workbook(tmp_path, {"Data": rows}), measure("mean", date=("week",), site="code", value="late")
    )
    assert list(reading.rows["site"]) == ["0123", "123"] and numbers(reading, "value") == [4, 0.25]
    assert dates(reading) == ["2024-09-02", "2024-09-09"]


def test_an_open_document(tmp_path: Path) -> None:
    rows = [["week", "late"], ["2024-09-02", "4"], ["2024-09-09", "*"]]
    cells = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row)
        + "</table:table-row>"
        for row in rows
    )
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Data">{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    file = tmp_path / "late.ods"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest/>')
    assert numbers(read_site_data(file, measure(date=("week",), numerator="late"))) == [4]


def test_parquet_with_types_of_its_own(tmp_path: Path) -> None:
    frame = pd.DataFrame({"week": pd.to_datetime(["2024-09-02", "2024-09-09"]), "school": [12, 12], "late": [4, None]})
    frame.to_parquet(tmp_path / "late.parquet")
    reading = read_site_data(tmp_path / "late.parquet", measure(date=("week",), site="school", numerator="late"))
    assert (numbers(reading), list(reading.rows["site"]), dates(reading)) == ([4], ["12"], ["2024-09-02"])
    assert list(reading.missing["kind"]) == ["missing"]


# Marks -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "kind", "lower", "upper"),
    [
        ("*", "suppressed", None, None), ("s", "suppressed", None, None), ("c", "suppressed", None, None),
        ("[c]", "suppressed", None, None), ("NS", "suppressed", None, None), ("n<10", "suppressed", None, None),
        ("PS", "suppressed", None, None), ("z", "not_applicable", None, None), ("[z]", "not_applicable", None, None),
        ("N/A", "not_applicable", None, None), ("", "missing", None, None), (" ", "missing", None, None),
        ("NaN", "missing", None, None), ("[x]", "missing", None, None), ("..", "missing", None, None),
        ("<5", "censored", None, 5), (">= 95.0", "censored", 95, None), ("≤5%", "censored", None, 5),
        ("10-20%", "censored", 10, 20), (" 40-44", "censored", 40, 44), ("GE95", "censored", 95, None),
        ("LT50", "censored", None, 50), ("fewer than 10", "censored", None, 10), ("5 or fewer", "censored", None, 5),
        ("95% or more", "censored", 95, None), ("< 1,000", "censored", None, 1000), ("low", "censored", 0, 0.5),
    ],
)  # fmt: skip
def test_every_mark_has_its_meaning(
    tmp_path: Path, mark: str, kind: str, lower: float | None, upper: float | None
) -> None:
    file = text_file(tmp_path, f'week,late\n2024-09-02,"{mark}"\n2024-09-09,0\n')
    reading = read_site_data(file, measure(date=("week",), numerator="late"))
    found = reading.missing.iloc[0]
    assert (found["kind"], found["mark"]) == (kind, mark.strip()) and numbers(reading) == [0]
    assert found["lower"] == (-math.inf if lower is None else lower)
    assert found["upper"] == (math.inf if upper is None else upper)


def test_a_remark_leaves_a_number_or_a_mark_what_it_is_and_is_told(tmp_path: Path) -> None:
    file = text_file(
        tmp_path,
        'week,late [note 1]\n2024-09-02,4 [r]\n2024-09-09,"1,250 [p] [note 2]"\n2024-09-16,7†\n2024-09-23,[c] [note 3]\n'
        "2024-09-30,8 [r]\n2024-10-07,<5 (r)\n",
    )
    reading = read_site_data(file, measure(date=("week",), numerator="late [note 1]"))
    assert numbers(reading) == [4, 1250, 7, 8]
    assert [(r.kind, r.mark, r.upper) for r in reading.missing.itertuples()] == [
        ("suppressed", "[c] [note 3]", math.inf), ("censored", "<5 (r)", 5),
    ]  # fmt: skip
    (note,) = reading.notes
    assert note.endswith(
        "column 'late [note 1]': 4 numbers bear a remark and are read as they stand: [r] revised (2), [p] [note 2] (1), "
        "† see its note (1)."
    )


@pytest.mark.parametrize("text", ["7 b", "7 [k]", "7*", "[r]", "7 (3)", "7 [class 3]"])
def test_what_is_no_known_remark_is_not_taken_for_one(tmp_path: Path, text: str) -> None:
    file = text_file(tmp_path, f"week,late\n2024-09-02,{text}\n2024-09-09,0\n")
    with pytest.raises(DataError, match="neither a number nor a known mark"):
        read_site_data(file, measure(date=("week",), numerator="late"))


def test_a_measure_file_may_say_what_a_mark_means(tmp_path: Path) -> None:
    file = text_file(tmp_path, "week,late\n2024-09-02,N/A\n2024-09-09,-9\n2024-09-16,low\n2024-09-23,0\n")
    marks = (
        MeasureDataMarks(mark="N/A", means="suppressed"),
        MeasureDataMarks(mark="-9", means="missing"),
        MeasureDataMarks(mark="low", means="censored", lower=1, upper=4),
    )
    reading = read_site_data(file, measure(date=("week",), numerator="late", marks=marks))
    assert list(reading.missing["kind"]) == ["suppressed", "missing", "censored"] and numbers(reading) == [0]
    assert list(reading.missing["upper"])[2] == 4


def test_a_rate_known_only_to_a_bound_is_worked_out_from_its_counts(tmp_path: Path) -> None:
    file = text_file(tmp_path, "year,late,enrolled,rate\n2022,2,80,<= 5.0\n2023,*,80,<= 5.0\n2024,8,80,10.0\n")
    late = measure("proportion", date=("year",), numerator="late", denominator="enrolled", value="rate")
    report = report_of(read_site_data(file, late), late)
    assert (report.censored, report.recomputed, len(report.intervals)) == (2, 1, 1)
    said = " ".join(report.sentences)
    assert "worked out from its counts" in said and "1 of 3 points (33%) are known only to a bound" in said
    assert "the mean of the others is too high" in said


def test_a_report_counts_marks_by_kind_column_site_and_period(tmp_path: Path) -> None:
    file = text_file(tmp_path, "week,school,late\n2024-09-02,A,*\n2024-09-02,B,\n2024-09-09,A,<5\n2024-09-09,B,3\n")
    late = measure(date=("week",), site="school", numerator="late")
    counts = report_of(read_site_data(file, late), late).counts
    found = [
        (r.kind, r.column, r.site, str(r.period)[:10], r.count)
        for r in counts[counts["count"] > 0].itertuples(index=False)
    ]
    assert sorted(found) == [
        ("censored", "late", "A", "2024-09-09", 1),
        ("missing", "late", "B", "2024-09-02", 1),
        ("suppressed", "late", "A", "2024-09-02", 1),
    ]


def test_totals_among_sites_are_seen(tmp_path: Path) -> None:
    file = text_file(tmp_path, "week,school,late\n2024-09-02,A,4\n2024-09-02,B,5\n2024-09-02,Northshire,9\n")
    late = measure(date=("week",), site="school", numerator="late")
    assert any("'Northshire' is the sum of all other sites" in n for n in read_site_data(file, late).notes)
    assert late.data is not None
    without = replace(late, data=replace(late.data, rows=(MeasureDataRows(column="school", none_of=("North*",)),)))
    assert numbers(read_site_data(file, without)) == [4, 5]


# Counts to date ----------------------------------------------------------------------------------------------------


def test_counts_that_begin_anew_each_school_year(tmp_path: Path) -> None:
    rows = ["2024-06-03,50", "2024-07-01,60", "2024-09-02,3", "2024-10-07,8", "2024-11-04,<5", "2024-12-02,12"]
    file = text_file(tmp_path, "\n".join(["day,absent", *rows]))
    reading = read_site_data(file, measure(date=("day",), numerator="absent", cumulative="school_year"))
    assert dict(zip(dates(reading), numbers(reading), strict=True)) == {
        "2024-07-01": 10, "2024-09-02": 3, "2024-10-07": 5,
    }  # fmt: skip
    assert list(reading.missing["mark"]) == ["first date: the count so far", "<5", "no count at the date before"]


def test_a_mean_with_how_many_it_is_of(tmp_path: Path) -> None:
    file = text_file(tmp_path, "week,score,pupils\n2024-09-02,71.5,20\n2024-09-09,*,3\n")
    reading = read_site_data(file, measure("mean", date=("week",), value="score", denominator="pupils"))
    assert (numbers(reading, "value"), numbers(reading, "denominator")) == ([71.5], [20])


def test_a_first_row_of_blanks_and_marks_is_data_and_no_header(tmp_path: Path) -> None:
    (tmp_path / "wide.csv").write_text("school,Sep 2024,Oct 2024\nNorth,,*\nSouth,3,4\n")
    late = Measure(name="Late", kind="mean", data=MeasureData(date_from=("header",), site="school", value="*"))
    reading = read_site_data(tmp_path / "wide.csv", late)
    assert reading.rows["site"].tolist() == ["South", "South"]
    assert reading.missing["site"].tolist() == ["North", "North"]


def test_a_part_of_a_year_that_has_no_such_week_is_refused(tmp_path: Path) -> None:
    file = text_file(tmp_path, "year,Week 52,Week 53\n2023,4,5\n2020,4,5\n,1,1\n")
    with pytest.raises(DataErrorGroup) as said:
        read_site_data(file, measure(date=("year",), date_from=("header",), value="*"))
    assert "A date cannot be (late.csv, column 'Week 53'); found: 'Week 53' of '2023'" in str(said.value)
    assert "A row has no year (late.csv, line 4)" in str(said.value)


def test_shares_among_per_cent_are_read_as_per_cent_and_the_report_says_so(tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    file.write_text("week,school,rate\n2024-09-02,A,94.5 %\n2024-09-02,B,0.931\n2024-09-02,C,1\n", encoding="utf-8")
    measure = Measure(name="R", kind="mean", unit="%", data=MeasureData(date=("week",), site="school", value="rate"))
    reading = read_site_data(file, measure)
    assert reading.rows["value"].tolist() == pytest.approx([94.5, 93.1, 100])
    assert any("2 values in column 'rate' are shares among per cent" in n for n in reading.notes)


def test_small_rates_without_their_sign_are_no_shares(tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    file.write_text("week,school,rate\n2024-09-02,A,2.5 %\n2024-09-02,B,0.9\n2024-09-02,C,3 %\n", encoding="utf-8")
    measure = Measure(name="R", kind="mean", unit="%", data=MeasureData(date=("week",), site="school", value="rate"))
    assert read_site_data(file, measure).rows["value"].tolist() == [2.5, 0.9, 3]


@pytest.mark.parametrize("between", [" ", "\u00a0", "\u2009", "\u202f", "'", "\u2019"])
def test_thousands_between_thin_blanks_and_apostrophes(tmp_path: Path, between: str) -> None:
    file = tmp_path / "roll.csv"
    file.write_text(f"month;school;roll\n2024-09;A;1{between}204\n2024-10;A;998\n", encoding="utf-8")
    measure = Measure(name="Roll", kind="count", data=MeasureData(date=("month",), site="school", numerator="roll"))
    assert read_site_data(file, measure).rows["numerator"].tolist() == [1204, 998]


def large(folder: Path, odd: dict[int, str]) -> Path:
    """Write a file large enough to be judged by some of its places, with odd cells where nobody looks."""
    rows = [
        f"2024-{1 + i % 12:02d}-01,School number {i // 12:06d} of the county,{odd.get(i + 2, str(i % 50))}"
        for i in range(120_000)
    ]
    file = folder / "large.csv"
    file.write_text("month,school,late\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return file


LARGE = Measure(name="Late", kind="count", data=MeasureData(date=("month",), site="school", numerator="late"))


def test_a_mark_where_no_sample_of_a_large_file_showed_one_keeps_its_meaning_and_line(tmp_path: Path) -> None:
    reading = read_site_data(large(tmp_path, {3000: "*", 3001: "<5"}), LARGE)
    assert reading.missing["mark"].tolist() == ["*", "<5"]
    assert reading.rows["numerator"].sum() == sum(i % 50 for i in range(120_000)) - (2998 % 50) - (2999 % 50)


def test_what_only_a_programmer_takes_for_a_number_is_refused_with_its_line_in_a_large_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"line 3000, column 'late'.*0x1F"):
        read_site_data(large(tmp_path, {3000: "0x1F"}), LARGE)
