"""One bad site never stops the others; each is explained; nothing is half-written; every name stays inside."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.samples import Report, late_rows, run_command
from tests.twenty_sites import BITING, BROKEN, GOOD, template

pytestmark = pytest.mark.slow
Outcomes = dict[str, dict[str, Any]]


def test_twenty_sites_of_which_five_are_broken_end_with_status_1(mixed_report: Report) -> None:
    assert mixed_report.finished.returncode == 1, mixed_report.finished.stderr
    assert "15 sites completed, 5 failed." in mixed_report.finished.stdout
    assert f"Open the report: {mixed_report.folder / 'index.html'}" in mixed_report.finished.stdout


def test_the_others_completed(outcomes: Outcomes) -> None:
    assert {name for name, o in outcomes.items() if o["outcome"] == "completed"} == set(GOOD)


@pytest.mark.parametrize(("name", "says"), BROKEN.items())
def test_a_broken_site_is_explained_in_the_manifest_and_on_the_index(
    mixed_report: Report, outcomes: Outcomes, name: str, says: str
) -> None:
    outcome = outcomes[name]
    assert outcome["outcome"] == "failed"
    assert outcome["cell"] in ("read", "behave")
    assert says in f"{outcome['error']} {outcome['message']}"
    index = (mixed_report.folder / "index.html").read_text(encoding="utf-8")
    section = index[index.index('id="failed"') :]
    assert name in section and says in section


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_site_keeps_its_partial_notebook_and_has_a_page(
    mixed_report: Report, outcomes: Outcomes, name: str
) -> None:
    book = nbformat.read(mixed_report.folder / outcomes[name]["notebook"], as_version=4)
    nbformat.validate(book)
    assert any(c.get("execution_count") for c in book.cells)
    page = (mixed_report.folder / outcomes[name]["page"]).read_text(encoding="utf-8")
    assert "no complete result" in page


def test_nothing_is_half_written(mixed_report: Report) -> None:
    names = [p.relative_to(mixed_report.folder).as_posix() for p in mixed_report.folder.rglob("*") if p.is_file()]
    assert not [n for n in names if "partial" in n or "/." in n]
    assert sum(n.startswith("sites/") for n in names) == sum(n.startswith("notebooks/") for n in names) == 20
    assert all((mixed_report.folder / n).stat().st_size for n in names)


def test_every_site_costs_and_remembers_what_it_cost(outcomes: Outcomes) -> None:
    assert all(o["seconds"] > 0 and o["cpu_seconds"] > 0 for o in outcomes.values())
    assert all(o["peak_memory_mb"] > 10 for o in outcomes.values() if o["outcome"] == "completed")


def test_names_stay_inside_the_folder_and_collide_with_nothing(mixed_report: Report, outcomes: Outcomes) -> None:
    root = mixed_report.folder.resolve()
    pages = [(root / outcomes[name]["page"]).resolve() for name in BITING]
    assert len(set(pages)) == len(BITING)
    assert len({str(p).lower() for p in pages}) == len(BITING)
    assert all(p.is_relative_to(root / "sites") and re.fullmatch(r"[a-z0-9-]+\.html", p.name) for p in pages)


def test_a_name_is_shown_as_text(mixed_report: Report, outcomes: Outcomes) -> None:
    for page in (
        mixed_report.folder / "index.html",
        mixed_report.folder / outcomes["<img src=x onerror=alert(1)>"]["page"],
    ):
        html = page.read_text(encoding="utf-8")
        assert "<img src=x" not in html
        assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_every_page_says_that_it_is_formative_and_loads_nothing_from_elsewhere(mixed_report: Report) -> None:
    for page in [mixed_report.folder / "index.html", *(mixed_report.folder / "sites").glob("*.html")]:
        html = page.read_text(encoding="utf-8")
        assert "<strong>Formative</strong>" in html
        html = re.sub(r'<link rel="stylesheet" href="(../)?assets/page.css">', "", html, count=1)
        assert not re.search(
            r"""(?:src|srcset|poster)\s*=\s*["']?(?:https?:)?//|<link\b|@import|url\(\s*["']?http""", html
        )


def test_the_index_links_to_each_page_and_each_page_to_its_notebook(mixed_report: Report, outcomes: Outcomes) -> None:
    index = (mixed_report.folder / "index.html").read_text(encoding="utf-8")
    for name in GOOD:
        assert f'href="{outcomes[name]["page"]}"' in index
        page = (mixed_report.folder / outcomes[name]["page"]).read_text(encoding="utf-8")
        assert f'href="../{outcomes[name]["notebook"]}"' in page


def test_the_report_can_be_written_anew(mixed_report: Report) -> None:
    before = (mixed_report.folder / "index.html").read_text(encoding="utf-8")
    done = run_command("report", mixed_report.folder)
    assert done.returncode == 0, done.stderr
    assert (mixed_report.folder / "index.html").read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("sites", "says"),
    [
        ("site,dat\nOak,x\n", "takes no parameter 'dat'. "),
        ("school\nOak\n", "no column 'site'"),
        ("site\nOak\nOak\n", "stands twice"),
    ],
)
def test_a_list_that_does_not_fit_ends_with_status_2_before_the_first_site(
    tmp_path: Path, sites: str, says: str
) -> None:
    (tmp_path / "sites.csv").write_text(sites)
    done = run_command("batch", "progress", tmp_path / "sites.csv", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert says.split(".")[0] in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sites.csv").write_text("site\nOak\n")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.docx").write_text("precious")
    done = run_command("batch", "progress", tmp_path / "sites.csv", "--out", tmp_path / "out")
    assert (done.returncode, (tmp_path / "out" / "thesis.docx").read_text()) == (2, "precious")
    assert "holds no batch" in done.stderr


def test_progress_as_json_lines_for_tools_and_sites_that_are_gone_are_removed(
    tmp_path: Path, late_measure: Path
) -> None:
    (tmp_path / "late.csv").write_text(
        "\n".join(["week,school,late,enrolled", *late_rows("Oak"), *late_rows("Elm")]) + "\n"
    )
    (tmp_path / "batch.toml").write_text('[[defaults]]\nmeasure = "late.toml"\ndata = "late.csv"\n')
    for names in (["Oak", "Elm"], ["Elm"]):
        (tmp_path / "sites.csv").write_text("\n".join(["site", *names]) + "\n")
        done = run_command(
            "batch", template(tmp_path), tmp_path / "sites.csv", "--out", tmp_path / "out", "--progress", "json"
        )
        assert done.returncode == 0, done.stderr
        assert {json.loads(line)["name"] for line in done.stdout.splitlines()} == set(names)
    assert [p.name for p in (tmp_path / "out" / "sites").iterdir()] == ["elm.html"]


def test_the_index_can_be_written_as_one_file_that_stands_alone(mixed_report: Report, tmp_path: Path) -> None:
    done = run_command("report", mixed_report.folder, "--out", tmp_path / "all.html")
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "all.html").read_text(encoding="utf-8")
    assert "assets/" not in html and "<script>" in html and "prefers-color-scheme:dark" in html
