"""Refusals in one sentence: file, sheet, line, column, value, cure; and never the folder that the file stands in."""

from __future__ import annotations

import pickle
import struct
import subprocess
import sys
import textwrap
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from inquirylab.errors import DataError
from inquirylab.record.types import Measure, MeasureData, MeasureDataRows
from inquirylab.store.site_data import archive, choosing, delimited, read_site_data
from inquirylab.store.site_data.findings import DataErrorGroup

LATE = Measure(
    name="Late",
    kind="proportion",
    data=MeasureData(date=("week",), site="school", numerator="late", denominator="enrolled"),
)


def text_file(folder: Path, *lines: str, name: str = "late.csv") -> Path:
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def refusal(place: Path, measure: Measure = LATE, site: str | None = None) -> str:
    with pytest.raises(DataError) as caught:
        read_site_data(place, measure, site=site)
    said = str(caught.value)
    assert str(place.parent) not in said
    return said


def workbook(folder: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(folder / "late.xlsx")
    return folder / "late.xlsx"


def test_everything_that_is_wrong_is_said_in_one_run(tmp_path: Path) -> None:
    text_file(tmp_path, "week,school,late,enroled", "2024-09-02,A,4,80", name="a.csv")
    text_file(tmp_path, "week,school,late,enrolled", "2024-02-30,A,four,80", "2024-09-02,A,soon,80", name="b.csv")
    with pytest.raises(DataErrorGroup) as caught:
        read_site_data(tmp_path, LATE)
    said = [str(e) for e in caught.value.findings]
    assert [text.split("; found")[0].split(". Did")[0] for text in said] == [
        "There is no column 'enrolled' (a.csv, line 1)",
        "A date cannot be (b.csv, line 2, column 'week')",
        "A value is neither a number nor a known mark (b.csv, line 2, column 'late')",
        "A value is neither a number nor a known mark (b.csv, line 3, column 'late')",
    ]
    assert said[3].endswith("found: 'soon'. Correct it, or say what it means with [[data.marks]].")
    assert str(caught.value).startswith("4 things are wrong with the data:\n1. There is no column")
    again = pickle.loads(pickle.dumps(caught.value))
    assert isinstance(again, DataErrorGroup) and str(again) == str(caught.value)


def test_one_wrong_text_in_many_rows_is_one_finding(tmp_path: Path) -> None:
    rows = [f"2024-09-02,School {i},soon,80" for i in range(500)]
    said = refusal(text_file(tmp_path, "week,school,late,enrolled", *rows))
    assert "found: 'soon' in 500 rows" in said and "\n" not in said


def test_ten_thousand_different_faults_are_counted_in_good_time(tmp_path: Path) -> None:
    rows = [f"day {i},A,late{i},80" for i in range(10_000)] + ["2024-09-02,A,4,80"] * 2
    with pytest.raises(DataErrorGroup) as caught:
        read_site_data(text_file(tmp_path, "week,school,late,enrolled", *rows), LATE)
    said = [str(e) for e in caught.value.findings]
    assert len(said) == 102 and said[50].startswith("9,950 more texts cannot be a date")
    assert said[-1].startswith("9,950 more texts are neither numbers nor known marks (late.csv)")


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    said = refusal(text_file(tmp_path, "week,school,late,late,enrolled", "2024-09-02,A,4,5,80"))
    assert "Several columns are called 'late' (late.csv, line 1); found: column 3: 'late', column 4: 'late'" in said


def test_numerator_above_denominator_and_below_zero(tmp_path: Path) -> None:
    said = refusal(text_file(tmp_path, "week,school,late,enrolled", "2024-09-02,A,81,80", "2024-09-09,A,-1,80"))
    assert "A count is below zero (late.csv, line 3, column 'late'); found: -1" in said
    assert "The numerator is above the denominator (late.csv, line 2" in said and "81 of 80" in said


def test_duplicate_rows_also_between_files(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        text_file(tmp_path, "week,school,late,enrolled", "2024-09-02,A,4,80", name=name)
    said = refusal(tmp_path)
    assert "Two rows are the same date, site and group (a.csv, line 2, b.csv, line 2)" in said
    assert "'2024-09-02', 'A'" in said


def test_weeks_among_months(tmp_path: Path) -> None:
    said = refusal(
        text_file(tmp_path, "week,school,late,enrolled", "2024-W37,A,4,80", "2024-W38,A,4,80", "Sep 2024,A,9,80")
    )
    assert "The dates are of different lengths (week: late.csv, line 2; month: late.csv, line 4)" in said


def test_a_file_of_weeks_beside_a_file_of_months(tmp_path: Path) -> None:
    weeks = [f"{d.date()},A,4,80" for d in pd.date_range("2024-01-01", periods=8, freq="7D")]
    months = [f"{d.date()},A,4,80" for d in pd.date_range("2024-04-01", periods=8, freq="MS")]
    text_file(tmp_path, "week,school,late,enrolled", *weeks, name="a.csv")
    text_file(tmp_path, "week,school,late,enrolled", *months, name="b.csv")
    assert "The files are of different grains in time (weeks: a.csv; months: b.csv)" in refusal(tmp_path)


@pytest.mark.parametrize(("day_of_month", "told"), [("MS", "2023-09-01"), ("ME", "2023-09-30")])
def test_months_among_weeks_where_both_are_days(tmp_path: Path, day_of_month: str, told: str) -> None:
    weeks = [f"{d.date()},A,4,80" for d in pd.date_range("2023-01-09", periods=16, freq="7D")]
    months = [f"{d.date()},A,9,80" for d in pd.date_range("2023-09-01", periods=3, freq=day_of_month)]
    file = text_file(tmp_path, "week,school,late,enrolled", *weeks, *months)
    said = refusal(file)
    assert "(late.csv, weeks: line 2 and 15 other days; months: lines 18, 19, 20)" in said
    assert f"found: {told} among days like 2023-01-09" in said
    assert len(read_site_data(file, replace(LATE, frequency="event")).rows) == 19


def test_weeks_that_a_holiday_moved_are_no_months(tmp_path: Path) -> None:
    days = pd.date_range("2024-01-08", periods=30, freq="7D")
    moved = [d + pd.Timedelta(days=1) if i % 6 == 0 else d for i, d in enumerate(days)]
    rows = [f"{d.date()},A,4,80" for d in moved]
    assert len(read_site_data(text_file(tmp_path, "week,school,late,enrolled", *rows), LATE).rows) == 30
    every_month = [f"{d.date()},A,4,80" for d in pd.date_range("2020-01-01", periods=60, freq="MS")]
    assert len(read_site_data(text_file(tmp_path, "week,school,late,enrolled", *every_month), LATE).rows) == 60


def test_rows_that_are_too_long_or_too_short(tmp_path: Path) -> None:
    said = refusal(
        text_file(tmp_path, "week,school,late,enrolled", "2024-09-02,North, South,4,80", "2024-09-09,A,4,80")
    )
    assert "A row has 5 columns where the header has 4 (late.csv, line 2)" in said
    said = refusal(text_file(tmp_path, "week,school,late,enrolled", "2024-09-02,A,80", "2024-09-09,A,4,80"))
    assert "A row has 3 columns where the header has 4 (late.csv, line 2)" in said


def test_a_quotation_mark_that_is_never_closed(tmp_path: Path) -> None:
    rows = [f"2024-09-02,School {i},4,80" for i in range(20_000)]
    said = refusal(text_file(tmp_path, "week,school,late,enrolled", '2024-09-02,"A,4,80', *rows))
    assert "late.csv, line" in said and "quotation mark" in said


def test_a_choice_of_rows_that_leaves_none_names_the_nearest(tmp_path: Path) -> None:
    file = text_file(tmp_path, "week,school,late,enrolled,level", "2024-09-02,A,4,80,School")
    data = MeasureData(date=("week",), numerator="late", rows=(MeasureDataRows(column="level", one_of=("Scool",)),))
    assert refusal(file, Measure(name="Late", kind="count", data=data)) == (
        "No row has 'Scool' in column 'level' (late.csv). Did you mean 'School'?"
    )


# What is not what it says ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("late.xlsx", b"week,late\n2024-09-02,4\n", "text (CSV) where .xlsx says an .xlsx workbook"),
        ("late.xls", b"<html><table><tr><td>week</td></tr></table></html>", "a web page"),
        ("late.csv", b"PAR1\x00\x00PAR1", "Parquet where .csv says text (CSV)"),
        ("late.csv", b"%PDF-1.7", "a PDF"),
        ("late.csv", b"\x1f\x8b\x08\x00rest", "a gzip archive"),
        ("late.csv", b"week,late\n2024-09-02,\x00\n", "zero bytes"),
        ("late.csv", b"", "The file is empty"),
        ("late.xlsx", b"PK\x03\x04 and nothing more", "The workbook is damaged"),
        ("late.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "The workbook cannot be read"),
        (
            "late.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        ("late.parquet", b"PAR1 but not really PAR1", "The Parquet file cannot be read"),
    ],
)
def test_a_file_that_is_not_what_its_ending_says(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    message = refusal(tmp_path / name)
    assert said in message and name in message and "\n" not in message


def test_a_workbook_renamed_to_csv(tmp_path: Path) -> None:
    file = workbook(tmp_path, ["week", "late"], ["2024-09-02", 4]).rename(tmp_path / "late.csv")
    assert "an .xlsx workbook where .csv says text (CSV)" in refusal(file)


def test_no_such_file_names_the_nearest(tmp_path: Path) -> None:
    text_file(tmp_path, "week,late", name="late_2024.csv")
    assert refusal(tmp_path / "late_2042.csv").endswith("Did you mean 'late_2024.csv'?")


# Formulas ----------------------------------------------------------------------------------------------------------


def test_formulas_that_were_never_worked_out(tmp_path: Path) -> None:
    file = workbook(tmp_path, ["week", "school", "late", "enrolled"], ["2024-09-02", "A", "=2+2", 80])
    said = refusal(file)
    assert (
        "A formula stands in place of its value (late.xlsx, sheet 'Sheet', line 2, column 'late'); found: '=2+2'"
        in said
    )


def test_errors_of_a_spreadsheet_are_not_blank(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["week", "school", "late", "enrolled"])
    sheet.append(["2024-09-02", "A", "#DIV/0!", 80])
    sheet["C2"].data_type = "e"
    book.save(tmp_path / "late.xlsx")
    assert "line 2, column 'late'); found: '#DIV/0!'" in refusal(tmp_path / "late.xlsx")


def test_a_formula_in_a_text_file(tmp_path: Path) -> None:
    said = refusal(text_file(tmp_path, "week,school,late,enrolled", "2024-09-02,A,=B1+C1,80"))
    assert "A formula stands in place of its value" in said


# Too much ----------------------------------------------------------------------------------------------------------


def bomb(folder: Path, member: str, size: int, content: bytes = b"0") -> Path:
    file = folder / "late.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive_:
        archive_.writestr("[Content_Types].xml", "<Types/>")
        archive_.writestr("xl/workbook.xml", "<workbook/>")
        with archive_.open(member, "w", force_zip64=True) as stream:
            for _ in range(size // 2**20):
                stream.write(content * (2**20 // len(content)))
    return file


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 20 * 2**20)


@pytest.mark.usefixtures("small_limit")
def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    file = bomb(tmp_path, "xl/worksheets/sheet1.xml", 30 * 2**20)
    assert file.stat().st_size < 2**16
    assert "unpacks to more than a workbook of measures can hold" in refusal(file)


@pytest.mark.usefixtures("small_limit")
def test_a_zip_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    file = bomb(tmp_path, "xl/worksheets/sheet1.xml", 30 * 2**20)
    raw = bytearray(file.read_bytes())
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", 1000)  # the size that the directory declares
    file.write_bytes(raw)
    assert "unpacks to more than a workbook of measures can hold" in refusal(file)


def test_one_cell_far_outside_the_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "week", 1
    book.save(tmp_path / "late.xlsx")
    assert "A sheet is too large to be read (late.xlsx); found: cells as far as XFD1048576" in refusal(
        tmp_path / "late.xlsx"
    )


def open_document(folder: Path, *rows: str) -> Path:
    names = "".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0" ' for n in ("office", "table", "text"))
    file = folder / "late.ods"
    with zipfile.ZipFile(file, "w") as archive_:
        archive_.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive_.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet><table:table table:name='Data'>"
            f"{''.join(rows)}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
        archive_.writestr("META-INF/manifest.xml", "<manifest/>")
    return file


def cells(*texts: str, columns: int = 1, rows: int = 1, more: str = "") -> str:
    inside = "".join(
        f"<table:table-cell office:value-type='string' table:number-columns-repeated='{columns}'>"
        f"<text:p>{t}</text:p></table:table-cell>"
        for t in texts
    )
    return f"<table:table-row table:number-rows-repeated='{rows}'>{inside}{more}</table:table-row>"


def test_cells_repeated_by_the_million_are_refused_in_little_memory(tmp_path: Path) -> None:
    """In a process that may take 1 GB of addresses more than it has: an unrolled document would not fit."""
    far = (
        "<table:table-row><table:table-cell table:number-columns-repeated='999999999'/>"
        "<table:table-cell office:value='4'/></table:table-row>"
    )
    bombs = {
        "columns": [cells("4", columns=1_000_000_000)],
        "both": [cells("4", columns=10_000, rows=1_000_000)],
        "empty rows before a cell": [cells("4"), cells(rows=1_000_000_000), cells("5")],
        "empty columns before a cell": [far],
        "no number of this world": [cells("4", columns=10**30)],
    }
    for name, rows in bombs.items():
        (tmp_path / name).mkdir()
        open_document(tmp_path / name, *rows)
    code = f"""
        import resource
        from inquirylab.errors import DataError
        from inquirylab.store.site_data.workbook import open_workbook
        from pathlib import Path
        now = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + 2**30, now + 2**30))
        for file in Path({str(tmp_path)!r}).glob("*/late.ods"):
            try:
                open_workbook(file, "ods")
            except DataError as refusal:
                print(refusal)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)
    said = "A sheet is too large to be read (late.ods); found: repeated cells that stand for "
    assert [line.startswith(said) for line in done.stdout.splitlines()] == [True] * len(bombs)


def test_empty_cells_repeated_to_the_end_of_a_sheet_cost_nothing(tmp_path: Path) -> None:
    """As LibreOffice writes them, after the last cell of a row and below the last row."""
    rest = "<table:table-cell table:number-columns-repeated='16380'/>"
    header, row = ("week", "school", "late", "enrolled"), ("2024-09-02", "A", "4", "80")
    below = f"<table:table-row table:number-rows-repeated='1048574'>{rest}</table:table-row>"
    file = open_document(tmp_path, cells(*header, more=rest), cells(*row, more=rest), below)
    assert read_site_data(file, LATE).rows["numerator"].tolist() == [4]


def test_a_large_text_file_is_read_in_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [f"2024-09-02,School {i},{i % 7},80" for i in range(30_000)]
    file = text_file(tmp_path, "week,school,late,enrolled", *rows)
    at_once = read_site_data(file, LATE)
    monkeypatch.setattr(delimited, "IN_ONE_GO", 1000)
    monkeypatch.setattr(delimited, "_BLOCK", 50_000)
    in_blocks = read_site_data(file, LATE)
    pd.testing.assert_frame_equal(at_once.rows, in_blocks.rows)
    one = read_site_data(file, LATE, site="School 29999")
    assert list(one.rows["line"]) == [30_001]
    monkeypatch.setattr(choosing, "MOST_KEPT", 100_000)
    assert "more rows of this measure than can be held at once" in refusal(file)
    assert len(read_site_data(file, LATE, site="School 29999").rows) == 1


def test_a_large_text_file_with_uneven_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = text_file(tmp_path, "week,school,late,enrolled", *["2024-09-02,A,4,80"] * 99, "2024-09-02,A,4,80,,9")
    monkeypatch.setattr(delimited, "IN_ONE_GO", 1000)
    assert "too large to be read line by line" in refusal(file)


@pytest.mark.slow
@pytest.mark.skipif(
    "not __import__('os').environ.get('INQUIRYLAB_SOAK')", reason="INQUIRYLAB_SOAK=1 runs it: it writes 2 GB"
)
def test_two_gigabytes_in_bounded_memory(tmp_path: Path) -> None:
    """One site's rows of a 2 GB file, in a process that may hold 1.2 GB."""
    file, months = tmp_path / "late.csv", 0
    with file.open("w", encoding="utf-8") as stream:
        stream.write("day,school,late,enrolled\n")
        while stream.tell() < 2 * 2**30:
            month = f"{2010 + months // 12}-{1 + months % 12:02d}"
            stream.write(
                "".join(
                    f"{month}-{d:02d},School {i},{i % 50},{60 + i % 200}\n" for i in range(40_000) for d in range(1, 29)
                )
            )
            months += 1
    code = f"""
        import resource
        from inquirylab.record.types import Measure, MeasureData
        from inquirylab.store.site_data import read_site_data
        data = MeasureData(date=("day",), site="school", numerator="late", denominator="enrolled")
        late = Measure(name="Late", kind="proportion", frequency="day", data=data)
        rows = read_site_data({str(file)!r}, late, site="School 39999").rows
        print(len(rows), int(rows["denominator"].sum()), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)
    rows, enrolled, megabytes = map(int, done.stdout.split())
    print(f"{file.stat().st_size / 2**30:.2f} GB, {months} months of 40,000 sites: {megabytes} MB at most")
    assert (rows, enrolled) == (28 * months, 28 * months * (60 + 39999 % 200)) and megabytes < 1200


def test_the_limits_are_those_that_the_documentation_names() -> None:
    assert (archive.MOST_BYTES, archive.MOST_CELLS, choosing.MOST_KEPT) == (400 * 2**20, 20_000_000, 2**30)
