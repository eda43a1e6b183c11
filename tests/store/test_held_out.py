"""Files of schools that no reader was made for: each is recognised, and reads as proposed to totals worked out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from inquirylab.store.site_data import read_site_data
from inquirylab.store.site_data.proposing import propose

Made = Callable[[Path], Path]


def text(lines: str, *, encoding: str = "utf-8", ends: str = "\n", name: str = "file.csv") -> Made:
    def write(folder: Path) -> Path:
        (folder / name).write_bytes(lines.replace("\n", ends).encode(encoding))
        return folder / name

    return write


def rows(form: str, *values: object) -> str:
    return "".join(form.format(v) for v in values)


def three_levels(folder: Path) -> Path:
    """Terms over girls and boys over present and possible, under titles, above a total and a source."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["A4"] = "District attendance report", "Printed 3 Jan 2025", "School"
    sheet.merge_cells("A4:A6")
    column = 2
    for term in ("Autumn 2023", "Spring 2024"):
        sheet.cell(4, column, term)
        sheet.merge_cells(start_row=4, start_column=column, end_row=4, end_column=column + 3)
        for sex in ("Girls", "Boys"):
            sheet.cell(5, column, sex)
            sheet.merge_cells(start_row=5, start_column=column, end_row=5, end_column=column + 1)
            sheet.cell(6, column, "Present")
            sheet.cell(6, column + 1, "Possible")
            column += 2
    for row, school in enumerate(("Elm", "Oak", "Total"), 7):
        sheet.cell(row, 1, school)
        for c in range(2, column):
            sheet.cell(row, c, 90 + row if c % 2 == 0 else 110)
    sheet.cell(10, 1, "Source: district office")
    book.save(folder / "terms.xlsx")
    return folder / "terms.xlsx"


def sheet_a_site(folder: Path) -> Path:
    book = openpyxl.Workbook()
    for name in ("Elm Primary", "Oak Primary"):
        sheet = book.create_sheet(name)
        sheet.append(["Week", "Late", "On roll"])
        for i in range(6):
            sheet.append([dt.date(2024, 9, 2) + dt.timedelta(7 * i), i, 200])
    book.remove(book.worksheets[0])
    book.save(folder / "sites.xlsx")
    return folder / "sites.xlsx"


def sheet_a_year(folder: Path) -> Path:
    book = openpyxl.Workbook()
    for year in ("2021-22", "2022-23"):
        sheet = book.create_sheet(year)
        sheet.append(["School", "Suspended", "Enrolled"])
        for i, school in enumerate(("Elm", "Oak")):
            sheet.append([school, i + 1, 200 + i])
    book.remove(book.worksheets[0])
    book.save(folder / "years.xlsx")
    return folder / "years.xlsx"


def file_a_month(folder: Path) -> Path:
    for month in ("Sep", "Oct", "Nov"):
        text("School,Lates,Roll\nA,3,100\nB,4,120\n", name=f"Lates {month} 2024.csv")(folder)
    return folder


def percent_cells(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["School", "Week ending", "% Attendance"])
    for day in (6, 13, 20):
        sheet.append(["A", dt.datetime(2024, 9, day), 0.9 + day / 1000])
        sheet.cell(sheet.max_row, 3).number_format = "0.0%"
    book.save(folder / "percent.xlsx")
    return folder / "percent.xlsx"


WEEKS = "2024-09-02", "2024-09-09", "2024-09-16"
# name: how the file is made, its sites, its first and last day, the column above the line, its sum, its rows.
FILES: dict[str, tuple[Made, set[str], tuple[str, str], str, float, int]] = {
    "Excel's serial days": (
        text("School,Day,Absent,On roll\n" + rows("Elm,{0},3,80\n", 45537, 45544, 45551)),
        {"Elm"}, ("2024-09-02", "2024-09-16"), "Absent", 9, 3,
    ),
    "ISO weeks, semicolons, points before thousands": (
        text("KW;Schule;Verspätet;Schüler\n" + rows("2024-W{0};Nord;2;1.100\n2024-W{0};Süd;3;1.200\n", 36, 37, 38)),
        {"Nord", "Süd"}, ("2024-09-02", "2024-09-16"), "Verspätet", 15, 6,
    ),
    "three lines of merged headings": (
        three_levels, {"Elm", "Oak"}, ("2023-09-01", "2024-01-01"), "Girls / Present", 390, 4,
    ),
    "decimal commas, a total and a source below": (
        text("Schule;Datum;Fehlquote %\n" + rows("Goethe;{0}.09.2024;1,5\n", "02", "09", "16") + "\nSumme;;\nQuelle: Schulamt;;\n",
             encoding="cp1252"),
        {"Goethe"}, ("2024-09-02", "2024-09-16"), "Fehlquote %", 4.5, 3,
    ),
    "UTF-16 with tabs": (
        text("Date\tSchool\tLate\n" + rows("{0}\tÉcole\t4\n", *WEEKS), encoding="utf-16", name="file.txt"),
        {"École"}, ("2024-09-02", "2024-09-16"), "Late", 12, 3,
    ),
    "UTF-16 without a byte order mark": (
        text("Date,School,Late\n" + rows("{0},A,4\n", *WEEKS), encoding="utf-16-le"),
        {"A"}, ("2024-09-02", "2024-09-16"), "Late", 12, 3,
    ),
    "line ends of old Macs": (
        text("Date,School,Late\n" + rows("{0},A,4\n", *WEEKS), ends="\r"),
        {"A"}, ("2024-09-02", "2024-09-16"), "Late", 12, 3,
    ),
    'codes as ="007", a grand total without a date': (
        text("School ID,School,Week ending,Attended,Possible\n"
             + rows('="007",Elm,{0}/09/2024,"1,112","1,150"\n', "06", "13", "20") + 'Grand Total,,,"3,336","3,450"\n'),
        {"Elm"}, ("2024-09-06", "2024-09-20"), "Attended", 3336, 3,
    ),
    "a sheet a year": (sheet_a_year, {"Elm", "Oak"}, ("2021-09-01", "2022-09-01"), "Suspended", 6, 4),
    "a sheet a site": (sheet_a_site, {"Elm Primary", "Oak Primary"}, ("2024-09-02", "2024-10-07"), "Late", 30, 12),
    "a file a month": (file_a_month, {"A", "B"}, ("2024-09-01", "2024-11-01"), "Lates", 21, 6),
    "several columns of dates": (
        text("School,Report date,Week beginning,Lates\n" + rows("A,2025-01-05,{0},4\n", *WEEKS)),
        {"A"}, ("2024-09-02", "2024-09-16"), "Lates", 12, 3,
    ),
    "columns called alike": (
        text("School,Week,Late,On roll,Late,On roll\n" + rows("A,{0},4,90,5,95\n", *WEEKS)),
        {"A"}, ("2024-09-02", "2024-09-16"), "Late (1)", 12, 3,
    ),
    "French weeks and years": (
        text("Établissement;Semaine;Année;Absences;Effectif\n" + rows("Hugo;S{0};2024;4;1\u00a0100\n", 36, 37, 38)),
        {"Hugo"}, ("2024-09-02", "2024-09-16"), "Absences", 12, 3,
    ),
    "Spanish months": (
        text("Centro;Mes;Año;Ausencias;Matrícula\n" + rows("Lorca;{0};2024;4;100\n", "enero", "febrero", "marzo")),
        {"Lorca"}, ("2024-01-01", "2024-03-01"), "Ausencias", 12, 3,
    ),
    "marking periods of school years": (
        text("School Year,Marking Period,School,Incidents\n" + rows("2022-2023,Q{0},A,4\n", 1, 2, 3, 4)),
        {"A"}, ("2022-09-01", "2023-04-01"), "Incidents", 16, 4,
    ),
    "years and months as bare numbers": (
        text("Year,Month,School,Present,Possible\n" + rows("2024,{0},A,90,110\n", *range(1, 13))),
        {"A"}, ("2024-01-01", "2024-12-01"), "Present", 1080, 12,
    ),
    "weeks whose year stands in the title": (
        text("Attendance summary,,,\nAcademic year 2023/24,,,\nSchool,Week number,Half days missed,Half days possible\n"
             + rows("A,{0},4,400\n", 36, 37, 5)),
        {"A"}, ("2023-09-04", "2024-01-29"), "Half days missed", 12, 3,
    ),
    "what a report was asked for above it": (
        text('"Report: Attendance","",""\n"From: 02/09/2024","To: 20/12/2024",""\n"Form","Week commencing","Presents"\n'
             + rows('"7A","{0}/09/2024","4"\n"7B","{0}/09/2024","5"\n', "02", "09", "16", "23")
             + '"Printed by: office 03/01/2025","",""\n'),
        {"7A", "7B"}, ("2024-09-02", "2024-09-23"), "Presents", 36, 8,
    ),
    "per cent of a workbook": (percent_cells, {"A"}, ("2024-09-06", "2024-09-20"), "% Attendance", 2.739, 3),
    "numbers told by a column of their own": (
        text("school,date,indicator,value\n" + rows("A,{0},present,90\nA,{0},possible,100\n", *WEEKS)),
        {"A"}, ("2024-09-02", "2024-09-16"), "value", 270, 3,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_it_reads_as_it_is_proposed(tmp_path: Path, name: str) -> None:
    make, sites, (first, last), column, total, count = FILES[name]
    place = make(tmp_path)
    measure = propose(place).measure()
    assert measure.data is not None and (measure.data.numerator or measure.data.value) == column
    found = read_site_data(place, measure).rows
    amount = found["numerator"] if "numerator" in found else found["value"]
    assert (set(found["site"]), len(found), round(float(amount.sum()), 6)) == (sites, count, total)
    assert (str(found["date"].min())[:10], str(found["date"].max())[:10]) == (first, last)


def test_thousands_after_points_are_thousands(tmp_path: Path) -> None:
    make = FILES["ISO weeks, semicolons, points before thousands"][0]
    found = read_site_data(make(tmp_path), propose(tmp_path / "file.csv").measure()).rows
    assert set(found["denominator"]) == {1100, 1200}
