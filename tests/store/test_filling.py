"""A site, date or group that stands in the first row of its block only: merged in a workbook, or with blanks below it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

from inquirylab.errors import DataError
from inquirylab.record.types import Measure, MeasureData, MeasureDataRows
from inquirylab.store.site_data import read_site_data
from inquirylab.store.site_data.filling import filled_down
from inquirylab.store.site_data.proposing import propose
from tests.store.site_files import measure, text_file

BLOCKS = (
    "Attendance by month\nDistrict,School,Month,Late,On roll\nNorth,Hill,Sep 2023,5,100\n,,Oct 2023,6,101\n"
    ",Lake,Sep 2023,3,90\n,,Oct 2023,2,90\n,,,,\nSouth,Moor,Sep 2023,2,50\n,,Oct 2023,*,51\n\nSource: school returns\n"
)


def late(**more: object) -> Measure:
    return measure(**{"date": ("Month",), "site": "School", "numerator": "Late", **more})


def seen(place: Path, measure: Measure) -> list[tuple[str, str, float]]:
    rows = read_site_data(place, measure).rows
    return [(r.site, str(r.date)[:7], r.numerator) for r in rows.itertuples()]


HILL_LAKE = [("Hill", "2023-09", 5), ("Hill", "2023-10", 6), ("Lake", "2023-09", 3), ("Lake", "2023-10", 2)]


def test_blank_cells_take_what_stands_above_them(tmp_path: Path) -> None:
    place = text_file(tmp_path, BLOCKS)
    assert seen(place, late(fill_down=("School",))) == [*HILL_LAKE, ("Moor", "2023-09", 2)]
    reading = read_site_data(place, late(fill_down=("School",)))
    assert list(reading.missing["site"]) == ["Moor"], "a mark is of the site above it too"


def test_a_blank_line_and_a_note_take_nothing(tmp_path: Path) -> None:
    reading = read_site_data(
        text_file(tmp_path, BLOCKS), late(fill_down=("School", "District"), site_within=("District",))
    )
    assert sorted(set(reading.rows["site"])) == ["North / Hill", "North / Lake", "South / Moor"]
    assert len(reading.rows) + len(reading.missing) == 6


def test_a_date_above_its_schools_and_a_denominator_above_its_months(tmp_path: Path) -> None:
    text = "Month,School,Late,On roll\nSep 2023,Hill,5,100\n,Lake,3,\nOct 2023,Hill,6,\n,Lake,2,90\n"
    measure = late(fill_down=("Month",))
    assert sorted(seen(text_file(tmp_path, text), measure)) == HILL_LAKE
    whole = Measure(
        id="m", name="Late", kind="proportion",
        data=MeasureData(date=("Month",), site="School", numerator="Late", denominator="On roll", fill_down=("Month", "On roll")),
    )  # fmt: skip
    assert list(read_site_data(tmp_path / "late.csv", whole).rows["denominator"]) == [100, 100, 100, 90]


def test_what_stood_above_reaches_over_the_blocks_in_which_a_file_is_read() -> None:
    last: dict[int, pa.Scalar] = {}
    first = filled_down([pa.array(["Hill", ""]), pa.array([1, 2])], {0}, last)
    second = filled_down([pa.array(["", "Lake"]), pa.array([3, 4])], {0}, last)
    numbers = filled_down([pa.array([7.0, None]), pa.array(["a", "b"])], {0}, {})
    assert [*first[0].to_pylist(), *second[0].to_pylist()] == ["Hill", "Hill", "Hill", "Lake"]
    assert numbers[0].to_pylist() == [7.0, 7.0]
    assert filled_down([pa.array([], pa.string()), pa.array([], pa.int64())], {0}, {})[0].to_pylist() == []


def test_without_it_two_rows_are_refused_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"They name no 'School'.*fill_down = \['School'\]"):
        read_site_data(text_file(tmp_path, BLOCKS), late())


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="There is no column 'Schol'"):
        read_site_data(text_file(tmp_path, BLOCKS), late(fill_down=("Schol",)))


def test_blocks_are_proposed_and_read_as_proposed(tmp_path: Path) -> None:
    proposal = propose(text_file(tmp_path, BLOCKS))
    data = proposal.measure().data
    assert data is not None and data.fill_down == ("School",) and data.site_within == ()
    assert any("'School' stands in the first row of each block only" in note for note in proposal.notes)
    assert seen(tmp_path / "late.csv", proposal.measure())[:4] == HILL_LAKE


def test_blanks_that_are_no_blocks_are_not_filled(tmp_path: Path) -> None:
    rows = "".join(f"{y},{s},{k}\n" for y in (2021, 2022, 2023) for s, k in (("", 90), ("Hill", 5), ("Lake", 6)))
    data = propose(text_file(tmp_path, "Year,School,Late\n" + rows)).measure().data
    assert data is not None and data.fill_down == ()
    comments = "Year,School,Late,Type of comment\n2021,Hill,5,snow\n2022,Hill,4,\n2023,Hill,3,\n2021,Lake,6,strike\n2022,Lake,7,\n"
    data = propose(text_file(tmp_path, comments)).measure().data
    assert data is not None and data.fill_down == ()


def test_a_merged_cell_says_it_of_all_its_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Late by month"])
    sheet.append(["School", "Month", "Late"])
    for name, month, number in HILL_LAKE:
        sheet.append([name if month.endswith("09") else None, month, number])
    sheet.append(["Total", None, 16])
    sheet.merge_cells("A3:A4"), sheet.merge_cells("A5:A6"), sheet.merge_cells("A7:B7")
    book.save(tmp_path / "late.xlsx")
    measure = late(rows=(MeasureDataRows(column="School", none_of=("Total",)),))
    assert seen(tmp_path / "late.xlsx", measure) == HILL_LAKE
