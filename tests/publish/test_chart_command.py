"""inquirylab chart and inquirylab funnel, from file to file."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from inquirylab.cli import main


@pytest.fixture
def late(tmp_path: Path) -> Path:
    random = np.random.default_rng(2)
    rows = []
    for school in ("Ash", "Birch & Co <b>"):
        for i, week in enumerate(pd.date_range("2025-01-06", periods=30, freq="7D")):
            n = random.integers(80, 120)
            rows.append((f"{week:%d/%m/%Y}", school, random.binomial(n, 0.1 if school == "Ash" and i > 14 else 0.2), n))
    file = tmp_path / "late.csv"
    pd.DataFrame(rows, columns=["week", "school", "late", "enrolled"]).to_csv(file, index=False)
    return file


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


COLUMNS = ("--x", "week", "--y", "late", "--n", "enrolled", "--by", "school")


def test_the_example_of_the_contract_makes_a_page(late: Path) -> None:
    out = late.with_suffix(".html")
    said = run("chart", late, *COLUMNS, "--chart", "p", "--out", out)
    assert said.exit_code == 0, said.output
    page = out.read_text(encoding="utf-8")
    assert "<svg" in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
    assert "Birch &amp; Co &lt;b&gt;" in page
    assert "Birch & Co <b>" not in page


@pytest.mark.parametrize("ending", [".svg", ".png"])
def test_pictures_are_written(late: Path, ending: str) -> None:
    out = late.with_suffix(ending)
    assert run("chart", late, *COLUMNS, "--freeze", "12", "--phase", "2025-05-05", "--out", out).exit_code == 0
    assert out.stat().st_size > 5000


def test_json_has_points_summary_signals_and_sentences(late: Path) -> None:
    said = run(
        "chart", late, *COLUMNS, "--freeze", "2025-04-07", "--exclude", "2025-02-03", "--multiply", 100, "--json"
    )
    found = json.loads(said.stdout)
    assert found["chart"] == "p"
    assert len(found["points"]) == 60
    assert sum(not row["include"] for row in found["points"]) == 2
    assert {row["n_baseline"] for row in found["summary"]} == {13}
    assert any("below the centre line" in row["sentence"] for row in found["sentences"])


def test_the_freeze_may_be_a_count_and_rules_may_have_lengths(late: Path) -> None:
    said = run("chart", late, *COLUMNS, "--freeze", 12, "--rules", "run-chart:shift=8", "--json")
    assert "shift" in {row["rule"] for row in json.loads(said.stdout)["signals"]}


def test_a_funnel_is_written_and_refused_where_units_change(late: Path) -> None:
    columns = ("--unit", "school", "--numerator", "late", "--denominator", "enrolled")
    assert run("funnel", late, *columns, "--out", late.with_suffix(".svg")).exit_code == 0
    assert {row["school"] for row in json.loads(run("funnel", late, *columns, "--json").stdout)["units"]} == {
        "Ash",
        "Birch & Co <b>",
    }
    refused = run("funnel", late, *columns, "--x", "week")
    assert refused.exit_code == 2
    assert "Ash" in refused.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--y", "lates"), "Did you mean 'late'"),
        (("--y", "late", "--chart", "pie"), "no such chart"),
        (("--y", "late", "--chart", "run", "--out", "late.pdf"), "HTML, SVG or PNG"),
    ],
)
def test_what_cannot_be_done_ends_with_status_2_and_one_sentence(late: Path, words: tuple[str, ...], told: str) -> None:
    said = run("chart", late, "--x", "week", *words)
    assert said.exit_code == 2
    assert told in said.output


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    said = run("chart", tmp_path / "none.csv", "--x", "a", "--y", "b")
    assert said.exit_code == 2
    assert "no such file" in said.output


def test_signals_are_said_with_their_dates(late: Path) -> None:
    said = run("chart", late, *COLUMNS, "--chart", "p").stdout
    assert "Ash: " in said and " 2025" in said


def test_a_drawing_says_what_it_shows(late: Path) -> None:
    out = late.with_suffix(".svg")
    assert run("chart", late, *COLUMNS, "--out", out).exit_code == 0
    drawn = ElementTree.parse(out).getroot()
    assert drawn.get("role") == "img" and str(drawn.get("aria-label")).startswith("2 small charts of late.")
    assert drawn.findtext("{http://www.w3.org/2000/svg}desc") == drawn.get("aria-label")


def test_a_number_is_how_many_points_and_a_year_is_a_year(late: Path) -> None:
    assert run("chart", late, *COLUMNS, "--freeze", "1000").exit_code == 0, "more than there are: all of them"
    refused = run("chart", late, *COLUMNS, "--freeze", "2001")
    assert refused.exit_code == 2 and "freeze keeps no point" in refused.output


def test_a_p_chart_without_denominators_says_what_it_wants(late: Path) -> None:
    refused = run("chart", late, "--x", "week", "--y", "late", "--by", "school", "--chart", "p")
    assert refused.exit_code == 2 and "Name the column of denominators" in refused.output


def test_a_folder_is_no_data_file(late: Path) -> None:
    refused = run("chart", late.parent, "--x", "week", "--y", "late")
    assert refused.exit_code == 2 and "This is a folder" in refused.output
