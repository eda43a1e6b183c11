"""Any table written as CSV, Excel and Parquet reads back the same, and as what was written."""

from __future__ import annotations

import csv
import datetime as dt
import math
from pathlib import Path
from typing import Any

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


# Other shapes of table ----------------------------------------------------------------------------------------------

LEVELS = ("Primary", "Secondary", "Größe 3, 4", "All", "N/A", "007", "K-5", 'The "rest"', "")
_code = st.from_regex(r"[0-9]{4,7}", fullmatch=True) | st.from_regex(r"[A-Z]{1,2}[0-9]{1,4}", fullmatch=True)
_number = st.integers(0, 10**6) | st.sampled_from(sorted(MARKS))
GROUPED = Measure(
    name="Late", kind="ratio",
    data=MeasureData(
        date=("year", "week"), date_form="iso_week", site="code", group=("phase", "sex"), numerator="late",
        denominator="enrolled",
    ),
)  # fmt: skip


def _weeks() -> st.SearchStrategy[tuple[int, int]]:
    last = dt.date(2035, 12, 28).isocalendar().week  # 28 December is always in the last week of its year
    return st.tuples(st.integers(1995, 2035), st.integers(1, min(52, last)))


_grouped = st.lists(
    st.tuples(_code, _weeks(), st.sampled_from(LEVELS), st.sampled_from(("F", "M", "X")), _number, _number),
    min_size=1,
    max_size=12,
    unique_by=lambda r: r[:4],
)
_order = st.permutations(["year", "week", "code", "phase", "sex", "late", "enrolled", "a note"])


def write_grouped(folder: Path, rows: list[tuple[Any, ...]], order: list[str]) -> list[Path]:
    """Write columns in any order; codes and weeks as text, blanks as empty cells, a column that nobody asks for."""
    records = [
        {"year": y, "week": f"Week {w}", "code": c, "phase": p, "sex": s, "late": a, "enrolled": b, "a note": "seen"}
        for c, (y, w), p, s, a, b in rows
    ]
    table = [order, *([r[name] for name in order] for r in records)]
    with (folder / "grouped.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(table)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in table:
        sheet.append([None if cell == "" else cell for cell in row])
    book.save(folder / "grouped.xlsx")
    frame = pd.DataFrame(records)[order]
    for name in ("late", "enrolled"):
        frame[name] = frame[name].astype(str)
    frame["phase"] = frame["phase"].where(frame["phase"] != "").astype("category")
    frame.to_parquet(folder / "grouped.parquet")
    return [folder / f"grouped.{ending}" for ending in ("csv", "xlsx", "parquet")]


@given(rows=_grouped, order=_order)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_groups_codes_blanks_and_weeks_read_back_the_same(
    tmp_path: Path, rows: list[tuple[Any, ...]], order: list[str]
) -> None:
    keyed = [((c, dt.date.fromisocalendar(*week, 1).isoformat(), p, s), a, b) for c, week, p, s, a, b in rows]
    numbers = [(*key, a, b) for key, a, b in keyed if not isinstance(a, str) and not isinstance(b, str)]
    gone = sorted(
        (*key, column, v, MARKS[v])
        for key, *both in keyed
        for column, v in zip(("late", "enrolled"), both, strict=True)
        if isinstance(v, str)
    )
    for file in write_grouped(tmp_path, rows, order):
        reading = read_site_data(file, GROUPED)
        keys = ["site", "date", "phase", "sex"]
        found = reading.rows.assign(date=reading.rows["date"].astype(str).str[:10])
        assert found[[*keys, "numerator", "denominator"]].to_numpy().tolist() == [list(r) for r in numbers], file.name
        missing = reading.missing.assign(date=reading.missing["date"].astype(str).str[:10])
        assert sorted(map(tuple, missing[[*keys, "column", "mark", "kind"]].to_numpy().tolist())) == gone, file.name


@given(
    wide=st.dictionaries(
        st.sampled_from(["North", "South", "0123", "A & B"]),
        st.lists(_number, min_size=3, max_size=3),
        min_size=1,
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_column_a_month_reads_back_the_same(tmp_path: Path, wide: dict[str, list[int | str]]) -> None:
    months = {"Sep 2024": "2024-09-01", "Oct 2024": "2024-10-01", "Nov 2024": "2024-11-01"}
    table = [["school", *months], *([site, *values] for site, values in wide.items())]
    with (tmp_path / "wide.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(table)
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in table:
        book.active.append(row)
    book.save(tmp_path / "wide.xlsx")
    frame = pd.DataFrame(table[1:], columns=table[0])
    frame.astype(str).to_parquet(tmp_path / "wide.parquet")
    late = Measure(name="Late", kind="mean", data=MeasureData(date_from=("header",), site="school", value="*"))
    cells = [(s, day, v) for s, values in wide.items() for day, v in zip(months.values(), values, strict=True)]
    blank = {s for s, values in wide.items() if all(v == "" for v in values)}
    for ending in ("csv", "xlsx", "parquet"):
        numbers, missing = told(read_site_data(tmp_path / f"wide.{ending}", late))
        assert numbers == [c for c in cells if not isinstance(c[2], str)], ending
        expected = [(s, d, v, MARKS[v]) for s, d, v in cells if isinstance(v, str)]
        assert [m for m in missing if m[0] not in blank] == [e for e in expected if e[0] not in blank], ending
