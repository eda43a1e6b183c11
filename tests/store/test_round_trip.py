"""Any table written as CSV, Excel and Parquet reads back the same, and as what was written."""

from __future__ import annotations

import csv
import datetime as dt
import math
from pathlib import Path

import openpyxl
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inquirylab.record.types import Measure, MeasureData
from inquirylab.store.site_data import Reading, read_site_data

MARKS = {
    "*": "suppressed",
    "z": "not_applicable",
    "N/A": "not_applicable",
    "": "missing",
    "<5": "censored",
    "10-20%": "censored",
}
Row = tuple[str, dt.date, str | int | float]
DATA = MeasureData(date=("week",), date_form="date", site="school", value="late")
LATE = Measure(name="Late", kind="mean", data=DATA)

_site = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12).filter(
    lambda t: not t.startswith("=")
) | st.sampled_from(["North, South", 'The "Old" School', "Line\nbreak", "0123", "007", "été", "1.5", "*", "2024"])
_day = st.dates(dt.date(1990, 1, 1), dt.date(2035, 12, 31))
_value = (
    st.integers(-(10**9), 10**9)
    | st.floats(-1e9, 1e9).map(lambda x: round(x, 6) + 0.0)
    | st.sampled_from(sorted(MARKS))
)
_tables = st.lists(st.tuples(_site, _day, _value), min_size=1, max_size=12, unique_by=lambda r: (r[0].casefold(), r[1]))


def write(folder: Path, rows: list[Row]) -> list[Path]:
    header = ["week", "school", "late"]
    with (folder / "late.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *([day.isoformat(), site, value] for site, day, value in rows)])
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(header)
    for site, day, value in rows:
        sheet.append([day, site, value])
        sheet.cell(sheet.max_row, 2).data_type = "s"
    book.save(folder / "late.xlsx")
    frame = pd.DataFrame(
        {"week": [d for _, d, _ in rows], "school": [s for s, _, _ in rows], "late": [str(v) for _, _, v in rows]}
    )
    frame.to_parquet(folder / "late.parquet")
    return [folder / f"late.{ending}" for ending in ("csv", "xlsx", "parquet")]


def told(reading: Reading) -> tuple[list[tuple[str, str, float]], list[tuple[str, str, str, str]]]:
    rows = [(r.site, str(r.date)[:10], r.value) for r in reading.rows.itertuples()]
    missing = [(r.site, str(r.date)[:10], r.mark, r.kind) for r in reading.missing.itertuples()]
    return rows, missing


@given(rows=_tables)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_table_reads_back_the_same(tmp_path: Path, rows: list[Row]) -> None:
    expected = (
        [(s.strip(), str(d), float(v)) for s, d, v in rows if not isinstance(v, str)],
        [(s.strip(), str(d), v, MARKS[v]) for s, d, v in rows if isinstance(v, str)],
    )
    for file in write(tmp_path, rows):
        numbers, missing = told(read_site_data(file, LATE))
        assert missing == expected[1], file.name
        assert [r[:2] for r in numbers] == [r[:2] for r in expected[0]], file.name
        assert all(
            math.isclose(a[2], b[2], rel_tol=1e-12, abs_tol=1e-12) for a, b in zip(numbers, expected[0], strict=True)
        )
