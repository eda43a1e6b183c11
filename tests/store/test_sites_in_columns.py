"""A column for each site, as small networks keep it: the site stands in the column's name, alone or above its quantities."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from inquirylab.errors import DataError
from inquirylab.record.types import Measure
from inquirylab.store.site_data import read_site_data
from inquirylab.store.site_data.proposing import propose
from tests.store.site_files import measure, text_file

WIDE = "Week,Hill Primary,Lake Primary,St Mary,Total\n2023-09-04,5,6,7,18\n2023-09-11,5,*,7,12\n2023-09-18,4,3,,7\n"
TWO = (
    "Week,Hill Primary / Late,Hill Primary / On roll,Lake Academy / Late,Lake Academy / On roll\n"
    "2023-09-04,5,60,7,100\n2023-09-11,4,61,9,99\n"
)


def by_site(kind: str = "count", **more: Any) -> Measure:
    return measure(kind, **{"date": ("Week",), "site_from": "header", **more})


def test_each_column_is_a_site_and_a_total_is_none(tmp_path: Path) -> None:
    reading = read_site_data(text_file(tmp_path, WIDE), by_site(numerator="*"))
    assert [(r.site, str(r.date)[5:10], r.numerator) for r in reading.rows.itertuples()] == [
        ("Hill Primary", "09-04", 5), ("Lake Primary", "09-04", 6), ("St Mary", "09-04", 7), ("Hill Primary", "09-11", 5),
        ("St Mary", "09-11", 7), ("Hill Primary", "09-18", 4), ("Lake Primary", "09-18", 3),
    ]  # fmt: skip
    assert [(r.site, r.kind) for r in reading.missing.itertuples()] == [
        ("Lake Primary", "suppressed"), ("St Mary", "missing"),
    ]  # fmt: skip
    assert any("'Total' looks like a total, not a site: it is left out" in note for note in reading.notes)


def test_quantities_stand_beside_the_sites(tmp_path: Path) -> None:
    rows = read_site_data(text_file(tmp_path, TWO), by_site("proportion", numerator="Late", denominator="On roll")).rows
    assert [(r.site, r.numerator, r.denominator) for r in rows.itertuples()] == [
        ("Hill Primary", 5, 60), ("Lake Academy", 7, 100), ("Hill Primary", 4, 61), ("Lake Academy", 9, 99),
    ]  # fmt: skip
    named = text_file(tmp_path, "Week,Late (Hill),Roll (Hill)\n2023-09-04,5,60\n")
    rows = read_site_data(named, by_site("proportion", numerator="Late (*)", denominator="Roll (*)")).rows
    assert [(r.site, r.numerator, r.denominator) for r in rows.itertuples()] == [("Hill", 5, 60)]


def test_sites_and_dates_in_the_names_of_columns(tmp_path: Path) -> None:
    text = "Class,Hill / Sep 2023,Hill / Oct 2023,Lake / Sep 2023,Lake / Oct 2023\n7A,1,2,3,4\n7B,5,6,7,8\n"
    wide = by_site(date=(), date_from=("header",), date_form="month", numerator="*", site="Class")
    rows = read_site_data(text_file(tmp_path, text), wide).rows
    assert [(r.site, str(r.date)[:7], r.numerator) for r in rows.itertuples()][:3] == [
        ("Hill / 7A", "2023-09", 1), ("Hill / 7A", "2023-10", 2), ("Lake / 7A", "2023-09", 3),
    ]  # fmt: skip
    assert len(rows) == 8


def test_one_site_of_them_is_read(tmp_path: Path) -> None:
    rows = read_site_data(text_file(tmp_path, WIDE), by_site(numerator="*"), site="lake primary").rows
    assert list(rows["numerator"]) == [6, 3]
    with pytest.raises(DataError, match=r"There is no site 'Lak Primary'.*Lake Primary"):
        read_site_data(tmp_path / "late.csv", by_site(numerator="*"), site="Lak Primary")


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="No column 'Absent' has a site in its name"):
        read_site_data(text_file(tmp_path, TWO), by_site(numerator="Absent"))
    half = text_file(tmp_path, TWO.replace("Lake Academy / On roll", "Moor / On roll"))
    with pytest.raises(DataError, match="There is no column of 'On roll' for 'Lake Academy'"):
        read_site_data(half, by_site("proportion", numerator="Late", denominator="On roll"))


def test_columns_called_like_schools_are_proposed_as_sites(tmp_path: Path) -> None:
    proposal = propose(text_file(tmp_path, WIDE))
    data = proposal.measure().data
    assert data is not None and (data.site_from, data.numerator) == ("header", "*")
    assert any("Each column is taken as a site: 'Hill Primary'" in note for note in proposal.notes)
    assert len(read_site_data(tmp_path / "late.csv", proposal.measure()).rows) == 7
    rates = propose(text_file(tmp_path, WIDE.replace("5,6,7,18", "5.5%,6%,7%,18%"))).measure()
    assert rates.data is not None and (rates.kind, rates.data.value) == ("mean", "*")


def test_sites_above_their_quantities_in_a_workbook_are_read_as_proposed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([None, "Hill Primary", None, "Lake Academy", None])
    sheet.append(["Week", "Late", "On roll", "Late", "On roll"])
    sheet.merge_cells("B1:C1"), sheet.merge_cells("D1:E1")
    sheet.append(["2023-09-04", 5, 60, 7, 100])
    sheet.append(["2023-09-11", 4, 61, 9, 99])
    book.save(tmp_path / "late.xlsx")
    measure = propose(tmp_path / "late.xlsx").measure()
    rows = read_site_data(tmp_path / "late.xlsx", measure).rows
    assert measure.kind == "proportion"
    assert [(r.site, r.numerator, r.denominator) for r in rows.itertuples()][:2] == [
        ("Hill Primary", 5, 60), ("Lake Academy", 7, 100),
    ]  # fmt: skip


def test_columns_that_are_no_schools_are_no_sites_but_the_way_is_told(tmp_path: Path) -> None:
    proposal = propose(text_file(tmp_path, "Week,Late,Absent,Sent home\n2023-09-04,5,6,7\n2023-09-11,5,6,7\n"))
    data = proposal.measure().data
    assert data is not None and data.site_from is None and data.numerator == "Late"
    assert any('site_from = "header"' in note for note in proposal.notes)
