"""Real data published whole: England (in the repository), and Open University, Connecticut, Maryland where they are at hand."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from inquirylab.cli import main
from inquirylab.store.measure_file import read_measure
from inquirylab.store.site_data import read_site_data
from tests.publish.formative import formative

TESTS = Path(__file__).parents[1]
SHARED = TESTS.parents[1] / "shared" / "data"
EXCERPTS = TESTS / "store" / "excerpts"
MEASURES = TESTS / "store" / "measures"
CONNECTICUT = """
name = "Students suspended"
kind = "count"
direction = "down"
frequency = "year"

[data]
files = ["suspension-rates__????-??_race.csv"]
date_from = ["file_name"]
date_form = "school_year"
site = "District"
group = ["Race/Ethnicity"]
value = "Count"
"""


def shared(name: str) -> Path:
    if not (SHARED / name).exists():
        pytest.skip(f"the shared data {name} are not beside this checkout ({SHARED})")
    return SHARED / name


def published(folder: Path, data: Path, measure: str, most: int | None = None, *options: str) -> pd.DataFrame:
    """Publish every site of a data file, and return the numbers in print."""
    form = folder / "measure.toml"
    form.write_text(measure, encoding="utf-8")
    sites = sorted(read_site_data(data, read_measure(form)).rows["site"].unique())[:most]
    formative(folder / "report", sites, data, form)
    result = CliRunner().invoke(main, ["report", str(folder / "report"), "--publish", str(folder / "public"), *options])
    assert result.exit_code == 0, result.output
    for name in ("index.html", "methods.html", "report.pdf", "data/numbers.schema.json"):
        assert (folder / "public" / name).stat().st_size > 500
    return pd.read_csv(folder / "public" / "data" / "numbers.csv", keep_default_na=False)


def small_counts(numbers: pd.DataFrame) -> list[str]:
    columns = [c for c in ("numerator", "denominator") if c in numbers.columns]
    return [n for c in columns for n in numbers[c].astype(str) if n and float(n) < 10]


def test_england(tmp_path: Path, england: Path) -> None:
    with (england / "sites.csv").open(encoding="utf-8", newline="") as file:
        sites = [row["site"] for row in csv.DictReader(file)][:14]
    report = formative(tmp_path / "report", sites, england / "data", england / "attendance.toml", "Attendance")
    result = CliRunner().invoke(main, ["report", str(report), "--publish", str(tmp_path / "public")])
    assert result.exit_code == 0, result.output
    numbers = pd.read_csv(tmp_path / "public" / "data" / "numbers.csv")
    assert set(numbers["site"]) == {*sites, "All"}
    assert (numbers["in_print"] == "yes").all()  # sessions of whole authorities: nothing is small
    assert len(list((tmp_path / "public" / "sites").glob("*.html"))) == 14


GROUPS = 'group = ["disability", "age_band", "imd_band"]'


@pytest.mark.slow
def test_open_university_by_disability_age_and_deprivation(tmp_path: Path) -> None:
    measure = (MEASURES / "oulad_on_time.toml").read_text(encoding="utf-8").replace('group = ["gender"]', GROUPS)
    numbers = published(tmp_path, shared("oulad_assessments") / "studentAssessment.csv", measure)
    assert small_counts(numbers) == []
    assert (numbers["in_print"] == "no").any()
    for kind in ("disability", "age_band", "imd_band"):
        one_way = numbers[(numbers["site"] == "All") & (numbers[kind] != "All") & (numbers["in_print"] == "yes")]
        assert one_way[kind].nunique() >= 2
    assert {"AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG"} <= set(numbers["site"])
    index = (tmp_path / "public" / "index.html").read_text(encoding="utf-8")
    for words in ("By disability", "By age_band", "By imd_band"):
        assert words in index


def test_an_excerpt_of_the_open_university_goes_the_same_way(tmp_path: Path) -> None:
    measure = (MEASURES / "oulad_on_time.toml").read_text(encoding="utf-8").replace('group = ["gender"]', GROUPS)
    numbers = published(
        tmp_path, EXCERPTS / "oulad_assessments" / "studentAssessment.csv", measure, None, "--min-n", "5"
    )
    assert all(float(n) >= 5 for c in ("numerator", "denominator") for n in numbers[c].astype(str) if n)


@pytest.mark.slow
def test_connecticut_marks_are_honoured_in_every_table(tmp_path: Path) -> None:
    data = shared("connecticut_suspensions") / "district_by_race"
    numbers = published(tmp_path, data, CONNECTICUT, 60, "--within-sites")
    assert small_counts(numbers) == []
    form = read_measure(tmp_path / "measure.toml")
    missing = read_site_data(data, form).missing
    marked = missing[(missing["kind"] == "suppressed") & missing["site"].isin(set(numbers["site"]))]
    shown = {
        tuple(r) for r in numbers.loc[numbers["in_print"] == "yes", ["site", "Race/Ethnicity", "period"]].to_numpy()
    }
    for site, group, date in marked[["site", "Race/Ethnicity", "date"]].itertuples(index=False):
        period = f"{date:%Y-%m-%d}"
        assert (site, group, period) not in shown
        assert (site, "All", period) not in shown


@pytest.mark.slow
def test_maryland_kinds_of_schools_are_no_groups_of_children(tmp_path: Path) -> None:
    measure = (MEASURES / "maryland_attendance.toml").read_text(encoding="utf-8")
    numbers = published(tmp_path, shared("maryland_school_attendance") / "raw", measure, 40)
    assert "School Type" not in numbers.columns
    assert small_counts(numbers) == []
    assert "kinds of sites" in (tmp_path / "public" / "methods.html").read_text(encoding="utf-8")


def test_what_is_published_says_so_itself(tmp_path: Path, england: Path) -> None:
    report = formative(tmp_path / "report", ["Barnet"], england / "data", england / "attendance.toml")
    assert CliRunner().invoke(main, ["report", str(report), "--publish", str(tmp_path / "public")]).exit_code == 0
    about = json.loads((tmp_path / "public" / "publication.json").read_text(encoding="utf-8"))
    assert about["min_n"] == 10 and about["measures"] == ["Attendance rate"]
