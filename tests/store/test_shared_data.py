"""Every shared data set read by its measure file; totals and counts of marks worked out here from the raw files.

What is expected is computed with the csv module, or from the workbook's raw cells, by code that shares nothing with the
readers. Where a licence allows it, the same tests also read a committed excerpt, so that a clone alone tests the dialect;
synthetic files of the others are in test_dialects.py.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from inquirylab.record.types import Measure
from inquirylab.store.measure_file import read_measure
from inquirylab.store.site_data import Reading, read_site_data
from inquirylab.store.site_data.report import report_of

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
EXCERPTS = Path(__file__).parent / "excerpts"
MEASURES = Path(__file__).parent / "measures"
whole_and_excerpt = pytest.mark.parametrize("root", [SHARED, EXCERPTS], ids=["whole", "excerpt"])


def shared(name: str, root: Path = SHARED) -> Path:
    if not (root / name).exists():
        assert root is SHARED, f"the committed excerpt {name} is gone"
        pytest.skip(f"the shared data {name} are not at {SHARED}")
    return root / name


def read(name: str, place: Path) -> tuple[Reading, Measure]:
    measure = read_measure(MEASURES / f"{name}.toml")
    return read_site_data(place, measure), measure


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def marks(reading: Reading) -> dict[tuple[str, str, str], int]:
    by = reading.missing.groupby(["column", "kind", "mark"])["count"].sum()
    return {(str(c), str(k), str(m)): int(n) for (c, k, m), n in by.items()}


# England ----------------------------------------------------------------------------------------------------------


@whole_and_excerpt
def test_england_by_authority_and_school_type_in_three_autumns(root: Path) -> None:
    folder = shared("england_weekly_attendance", root)
    reading, _ = read("england_illness", folder)
    expected: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0])
    said: Counter[tuple[str, str]] = Counter()
    for file in sorted(folder.glob("EES_weekly_*.csv")):
        for row in rows_of(file):
            if row["geographic_level"] != "Local authority":
                continue
            for column in ("reason_i_authorised_illness", "possible_sessions", "illness_perc"):
                if row[column] in ("z", "c", "NaN", ""):
                    said[column, row[column]] += 1
            if row["reason_i_authorised_illness"] not in ("z", "c", "NaN", "") and row["possible_sessions"] not in "c":
                total = expected[row["la_name"], row["school_type"]]
                total[0] += float(row["reason_i_authorised_illness"])
                total[1] += float(row["possible_sessions"])
                total[2] += 1
    sums = reading.rows.groupby(["site", "school_type"])[["numerator", "denominator"]].agg(["sum", "size"])
    assert len(sums) == len(expected)
    for key, (ill, possible, n) in expected.items():
        assert tuple(sums.loc[key]) == (ill, n, possible, n)
    assert {(c, m): n for (c, _, m), n in marks(reading).items()} == dict(said)
    kinds = {m: k for _, k, m in marks(reading)}
    assert kinds == {m: {"c": "suppressed", "NaN": "missing", "z": "not_applicable"}[m] for _, m in said}
    assert {m for _, m in said} >= {"c", "NaN"}


def test_england_totals_are_rows_of_their_own() -> None:
    """`z` stands where a region has no such school type: not applicable, not missing."""
    folder = shared("england_weekly_attendance")
    counted: Counter[str] = Counter()
    for file in sorted(folder.glob("EES_weekly_*.csv")):
        for row in rows_of(file):
            counted.update(v for v in row.values() if v in ("z", "c", "NaN"))
    # Read every number column of the files once, and compare the marks of all of them together.
    header = rows_of(folder / "EES_weekly_2024_autumn.csv")[0]
    found: Counter[str] = Counter()
    measure = read_measure(MEASURES / "england_illness.toml")
    assert measure.data is not None
    for column in list(header)[9:]:
        data = replace(
            measure.data, numerator=None, denominator=None, value=column, rows=(), site="new_la_code",
            site_within=("region_code", "geographic_level"),
        )  # fmt: skip
        missing = read_site_data(folder, replace(measure, data=data)).missing
        found.update({str(m): int(n) for m, n in missing.groupby("mark")["count"].sum().items()})
    text_columns = Counter(
        row[c] for f in sorted(folder.glob("EES_weekly_*.csv")) for row in rows_of(f) for c in list(header)[:9]
        if row[c] in ("z", "c", "NaN")
    )  # fmt: skip
    assert {m: n for m, n in found.items() if m in ("z", "c", "NaN")} == dict(counted - text_columns)


# Maryland ---------------------------------------------------------------------------------------------------------


def maryland() -> list[dict[str, str]]:
    found = []
    for file in sorted(shared("maryland_school_attendance").glob("raw/Attendance_*.csv")):
        found += [r for r in rows_of(file) if r["School Number"] != "A"]
    return found


def test_maryland_21_files_whose_headers_drift() -> None:
    raw = maryland()
    reading, _ = read("maryland_attendance", shared("maryland_school_attendance") / "raw")
    usable = [r for r in raw if r["Days Attended Cnt"] != "*"]
    assert (len(raw), len(usable), reading.used, len(reading.rows)) == (33414, 17391, 33414, 17391)
    assert reading.rows["numerator"].sum() == pytest.approx(sum(float(r["Days Attended Cnt"]) for r in usable))
    assert reading.rows["denominator"].sum() == pytest.approx(sum(float(r["Days Member Cnt"]) for r in usable))
    assert marks(reading) == {
        ("Attend Rate Pct", "censored", ">= 95.0"): sum(r["Attend Rate Pct"] == ">= 95.0" for r in raw),
        ("Attend Rate Pct", "suppressed", "*"): sum(r["Attend Rate Pct"] == "*" for r in raw),
        ("Days Attended Cnt", "suppressed", "*"): len(raw) - len(usable),
        ("Days Member Cnt", "suppressed", "*"): sum(r["Days Member Cnt"] == "*" for r in raw),
    }
    assert reading.rows["date"].dt.year.nunique() == 21
    baltimore = sum(r.get("LEA Name", r.get("LSS Name")) == "Baltimore City" for r in usable)
    assert reading.rows["site"].str.startswith("Baltimore City / ").sum() == baltimore > 0


def test_maryland_censored_rates_would_bias_the_mean_and_the_report_says_so() -> None:
    reading, measure = read("maryland_attendance", shared("maryland_school_attendance") / "raw")
    report = report_of(reading, measure)
    censored = sum(r["Attend Rate Pct"] == ">= 95.0" for r in maryland())
    assert report.censored == len(report.intervals) == censored
    assert set(report.intervals["lower"]) == {95.0}
    said = " ".join(report.sentences)
    assert f"{censored:,} of 33,414 points (47%)" in said and "the mean of the others is too low" in said


def test_maryland_missed_more_than_20_days() -> None:
    raw = maryland()
    reading, measure = read("maryland_missed_20_days", shared("maryland_school_attendance") / "raw")
    usable = [r for r in raw if r["More 20 Cnt"] != "*" and r["More 90 Member Cnt"] != "*"]
    assert len(reading.rows) == len(usable) == 23253
    assert reading.rows["numerator"].sum() == sum(int(r["More 20 Cnt"]) for r in usable)
    assert marks(reading)["More 20 Pct", "censored", "<= 5.0"] == sum(r["More 20 Pct"] == "<= 5.0" for r in raw)
    assert "the mean of the others is too high" in " ".join(report_of(reading, measure).sentences)


# Connecticut ------------------------------------------------------------------------------------------------------


@whole_and_excerpt
def test_connecticut_the_year_stands_only_in_the_name_of_the_file(root: Path) -> None:
    folder = shared("connecticut_suspensions", root) / "district_by_race"
    reading, _ = read("connecticut_by_race", folder)
    raw = {f.name[18:22]: rows_of(f) for f in sorted(folder.glob("suspension-rates__*_race.csv"))}
    everything = [r for rows in raw.values() for r in rows]
    usable = [r for r in everything if r["%"] not in ("*", "N/A")]
    assert (reading.read, len(reading.rows)) == (len(everything), len(usable))
    if root is SHARED:
        assert (reading.read, len(reading.rows)) == (14873, 4466)
    assert reading.rows["value"].sum() == pytest.approx(sum(float(r["%"]) for r in usable))
    assert marks(reading) == {
        ("%", "suppressed", "*"): sum(r["%"] == "*" for r in everything),
        ("%", "not_applicable", "N/A"): sum(r["%"] == "N/A" for r in everything),
    }
    by_year = reading.rows["date"].dt.year.value_counts()
    assert by_year.to_dict() == {
        int(y): n for y, rows in raw.items() if (n := sum(r["%"] not in ("*", "N/A") for r in rows))
    }
    codes = {r["District Code"].strip('="') for r in everything}
    assert set(reading.rows["site"]) <= codes and not any("=" in c or '"' in c for c in reading.rows["site"])


@whole_and_excerpt
def test_connecticut_schools_all_students(root: Path) -> None:
    """Rate and count are hidden in different rows: each has its own marks. School names repeat across districts."""
    folder = shared("connecticut_suspensions", root) / "school_all_students"
    raw = {int(f.name[18:22]): rows_of(f) for f in sorted(folder.glob("*_all-schools_.csv"))}
    everything = [r for rows in raw.values() for r in rows]
    reading, measure = read("connecticut_schools", folder)
    assert measure.data is not None
    usable = {y: [r for r in rows if r["%"] not in ("*", "N/A")] for y, rows in raw.items()}
    assert (reading.read, len(reading.rows)) == (len(everything), sum(map(len, usable.values())))
    if root is SHARED:
        assert (reading.read, len(reading.rows)) == (8482, 4761)
    sums = reading.rows.groupby(reading.rows["date"].dt.year)["value"].sum().to_dict()
    assert sums == {y: pytest.approx(sum(float(r["%"]) for r in rows)) for y, rows in usable.items()}
    for column, quantity in (("%", "value"), ("Count", "numerator")):
        data = replace(replace(measure.data, value=None), **{quantity: column})
        told = marks(read_site_data(folder, replace(measure, kind="count", data=data)))
        assert told == {
            (column, kind, mark): sum(r[column] == mark for r in everything)
            for kind, mark in (("suppressed", "*"), ("not_applicable", "N/A"))
        }
    sites = {f"{r['District']} / {r['School Code'].strip('=').strip(chr(34))} / {r['School']}" for r in everything}
    assert set(reading.rows["site"]) <= sites


@whole_and_excerpt
def test_connecticut_sanctions_whose_columns_change_their_order(root: Path) -> None:
    folder = shared("connecticut_suspensions", root) / "school_sanctions"
    reading, _ = read("connecticut_sanctions", folder)
    expected: dict[int, int] = {}
    hidden = 0
    orders = set()
    for file in sorted(folder.glob("*.csv")):
        lines = [line for line in csv.reader(file.read_text(encoding="utf-8").splitlines()) if line]
        header, body = lines[3], lines[4:]
        orders.add(tuple(header))
        place = header.index("Out-of-School Suspension")
        cells = [row[place] for row in body]
        hidden += cells.count("*")
        expected[int(lines[0][0][-7:-3])] = sum(int(c) for c in cells if c != "*")
    assert len(orders) == 2
    assert reading.rows.groupby(reading.rows["date"].dt.year)["numerator"].sum().to_dict() == expected
    assert reading.missing["count"].sum() == hidden and set(reading.missing["kind"]) == {"suppressed"}


# Florida ----------------------------------------------------------------------------------------------------------


def florida_counts() -> dict[tuple[str, str, str], dict[dt.date, str]]:
    """Return (code, city, name) -> day -> submissions as written, from the raw cells."""
    found: dict[tuple[str, str, str], dict[dt.date, str]] = defaultdict(dict)
    for file in sorted(shared("florida_fafsa_weekly_workbooks").glob("*.xls")):
        day = dt.date.fromisoformat(file.stem[-10:])
        rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python(skip_empty_area=False)
        for row in rows[4:]:
            if row[0]:
                found[str(row[0]), str(row[2]), str(row[1])][day] = str(row[4]).strip()
    return found


def test_florida_counts_to_date_become_what_was_new() -> None:
    raw = florida_counts()
    reading, _ = read("florida_submissions", shared("florida_fafsa_weekly_workbooks"))
    days = sorted({d for counts in raw.values() for d in counts})
    expected: dict[dt.date, list[int]] = {d: [0, 0] for d in days}
    fell = first = 0
    for counts in raw.values():
        shown = sorted(counts)
        first += counts[shown[0]] != "<5"
        for before, after in pairwise(days):
            if counts.get(before, "<5") != "<5" and counts.get(after, "<5") != "<5":
                new = int(counts[after]) - int(counts[before])
                fell += new < 0
                if new >= 0:
                    expected[after][0] += new
                    expected[after][1] += 1
    sums = reading.rows.groupby("date")["numerator"].agg(["sum", "size"])
    assert {d.date(): [int(s), int(n)] for d, (s, n) in zip(sums.index, sums.to_numpy(), strict=True)} == {
        d: v for d, v in expected.items() if v[1]
    }
    by_mark = reading.missing.groupby("mark")["count"].sum().to_dict()
    assert by_mark["<5"] == sum(c == "<5" for counts in raw.values() for c in counts.values())
    assert (by_mark["the count fell"], by_mark["first date: the count so far"]) == (fell, first)


def test_florida_districts_are_ranges_and_never_numbers() -> None:
    reading, measure = read("florida_districts", shared("florida_fafsa_weekly_workbooks"))
    cells: Counter[str] = Counter()
    for file in sorted(shared("florida_fafsa_weekly_workbooks").glob("*.xls")):
        rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(1).to_python(skip_empty_area=False)
        cells.update(str(r[3]).strip() for r in rows[4:] if r[0])
    assert reading.rows.empty and {m: n for (_, _, m), n in marks(reading).items()} == dict(cells)
    intervals = report_of(reading, measure).intervals
    assert set(intervals.loc[intervals["mark"] == "20-24", "upper"]) == {24.0}
    assert set(intervals.loc[intervals["mark"] == "<20", "upper"]) == {20.0}


def test_florida_enrolment_below_its_title_rows() -> None:
    reading, _ = read("florida_enrolment", shared("florida_fafsa_weekly_workbooks"))
    file = shared("florida_fafsa_weekly_workbooks") / "2324MembBySchoolByGrade.xlsx"
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    grade_12 = {str(r[1]): r[15] for r in rows[3:] if r[1]}
    state = grade_12.pop("FLORIDA")
    assert reading.rows["numerator"].sum() == state == sum(v for v in grade_12.values() if isinstance(v, float))
    assert set(reading.rows["date"]) == {pd.Timestamp("2023-09-01")}


# OULAD ------------------------------------------------------------------------------------------------------------


@whole_and_excerpt
def test_oulad_on_time_of_those_on_the_roll_that_day(root: Path) -> None:
    folder = shared("oulad_assessments", root)
    reading, _ = read("oulad_on_time", folder / "studentAssessment.csv")
    gender = {
        (r["code_module"], r["code_presentation"], r["id_student"]): r["gender"]
        for r in rows_of(folder / "studentInfo.csv")
    }
    roll: dict[tuple[str, str], list[tuple[str, float, float]]] = defaultdict(list)
    for r in rows_of(folder / "studentRegistration.csv"):
        came = float("-inf") if r["date_registration"] in ("?", "") else float(r["date_registration"])
        left = float("inf") if r["date_unregistration"] in ("?", "") else float(r["date_unregistration"])
        roll[r["code_module"], r["code_presentation"]].append((r["id_student"], came, left))
    in_time: dict[str, set[str]] = defaultdict(set)
    cut_off = {r["id_assessment"]: r for r in rows_of(folder / "assessments.csv") if r["assessment_type"] == "TMA"}
    for r in rows_of(folder / "studentAssessment.csv"):
        listed = cut_off.get(r["id_assessment"])
        if listed and r["is_banked"] == "0" and float(r["date_submitted"]) <= float(listed["date"]):
            in_time[r["id_assessment"]].add(r["id_student"])
    expected = {}
    for a, r in cut_off.items():
        day = float(r["date"])
        for sex in "MF":
            active = {
                s for s, came, left in roll[r["code_module"], r["code_presentation"]]
                if came <= day < left and gender[r["code_module"], r["code_presentation"], s] == sex
            }  # fmt: skip
            if active:
                expected[a, sex] = (len(active & in_time[a]), len(active))
    found = {(r.id_assessment, r.gender): (int(r.numerator), int(r.denominator)) for r in reading.rows.itertuples()}
    assert found == expected and len(cut_off) == (106 if root is SHARED else 5)
    start = {"B": "02-01", "J": "10-01"}
    row = cut_off["1752"]
    day = dt.date.fromisoformat(f"{row['code_presentation'][:4]}-{start[row['code_presentation'][-1]]}")
    at = reading.rows.loc[reading.rows["id_assessment"] == "1752", "date"]
    assert set(at.dt.date) == {day + dt.timedelta(days=int(row["date"]))}


def test_oulad_small_groups_are_visible_as_such() -> None:
    folder = shared("oulad_assessments")
    measure = read_measure(MEASURES / "oulad_on_time.toml")
    assert measure.data is not None
    by_region = replace(measure, data=replace(measure.data, group=("region", "imd_band")))
    reading = read_site_data(folder / "studentAssessment.csv", by_region, site="AAA")
    assert (reading.rows["small"] == (reading.rows["denominator"] < 10)).all()
    assert reading.rows["small"].any() and not reading.rows["small"].all()
    assert "marked as small" in " ".join(reading.notes)
