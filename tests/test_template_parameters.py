"""Every template does something sensible with what it takes: a team's folder, a site's files, a language, or nothing."""

from __future__ import annotations

import ast
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import inquirylab
from inquirylab.batch.run import make_plan
from inquirylab.errors import DataError, DefinitionError, RecordError, TemplateError
from inquirylab.templates import find_template, list_templates, parameters
from tests.samples import LATE_MEASURE, ROOT, late_rows, run_command

EXAMPLE = ROOT / "examples" / "oulad" / "inquiry"
ALL = tuple(list_templates())
OF_A_SITE = ("measure", "progress")
NOT_HERE = "There is no inquiry in this folder yet"


def shown(template: str, **parameters: Any) -> str:
    """Run a template's cells here, as a kernel would, and return the HTML of all that they show."""
    cells = [c for c in json.loads(find_template(template).read_text("utf-8"))["cells"] if c["cell_type"] == "code"]
    names: dict[str, Any] = {}
    told = []
    for number, cell in enumerate(cells):
        body = ast.parse("".join(cell["source"])).body
        last = body.pop() if isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), cell["id"], "exec"), names)
        value = eval(compile(ast.Expression(last.value), cell["id"], "eval"), names) if last else None
        if value is not None:
            bundle = value._repr_mimebundle_()
            told.append((bundle[0] if isinstance(bundle, tuple) else bundle)["text/html"])
        if not number:
            assert set(parameters) <= set(names)
            names |= parameters
    if names.get("inq") is not None:
        names["inq"].close()
    return "\n".join(told)


@pytest.fixture
def team(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "team"))


@pytest.fixture
def site(tmp_path: Path) -> dict[str, Any]:
    (tmp_path / "late.toml").write_text(LATE_MEASURE, encoding="utf-8")
    lines = ["week,school,late,enrolled", *late_rows("Oak", fall_after=12), *late_rows("Elm")]
    (tmp_path / "late.csv").write_text("\n".join(lines), encoding="utf-8")
    return {"site": "Oak", "data": str(tmp_path / "late.csv"), "measure": str(tmp_path / "late.toml")}


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the notebooks run: no inquiry."""
    (tmp_path / "nowhere").mkdir()
    monkeypatch.chdir(tmp_path / "nowhere")
    return tmp_path / "nowhere"


@pytest.mark.parametrize("template", ALL)
def test_a_template_takes_what_it_uses(template: str) -> None:
    takes = set(parameters(json.loads(find_template(template).read_text("utf-8"))))
    assert takes == {"inquiry", "language"} | ({"site", "data", "measure"} if template in OF_A_SITE else set())


@pytest.mark.parametrize("template", ALL)
def test_without_an_inquiry_it_says_how_one_begins_and_writes_nothing(template: str, nowhere: Path) -> None:
    assert shown(template).count(NOT_HERE) == 1
    assert list(nowhere.iterdir()) == []


@pytest.mark.parametrize("template", [t for t in ALL if t != "problem_definition"])
def test_a_folder_that_is_named_and_no_inquiry_is_an_error(template: str, nowhere: Path) -> None:
    with pytest.raises(RecordError, match="not the folder of an inquiry"):
        shown(template, inquiry=str(nowhere))


@pytest.mark.parametrize("template", ALL)
def test_the_folder_of_a_team_is_enough(template: str, team: Path) -> None:
    site = {"site": "Course DDD"} if template in OF_A_SITE else {}
    html = shown(template, inquiry=str(team), **site)
    assert NOT_HERE not in html and ("assignment" in html or "Assignment" in html)


@pytest.mark.parametrize("template", ALL)
def test_it_finds_the_inquiry_in_which_it_lies(template: str, team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(team)
    assert NOT_HERE not in shown(template)


@pytest.mark.parametrize("template", ALL)
def test_a_language_is_that_of_the_questions_for_this_run_alone(template: str, team: Path) -> None:
    before = {p: p.read_bytes() for p in team.rglob("*") if p.is_file()}
    shown(template, inquiry=str(team), language="es")
    assert {p: p.read_bytes() for p in team.rglob("*") if p.is_file()} == before
    with pytest.raises(DefinitionError, match="There is no language 'xx'"):
        shown(template, inquiry=str(team), language="xx")


def test_a_spanish_inquiry_stays_spanish_and_any_can_be_shown_in_it(tmp_path: Path) -> None:
    for language in ("en", "es"):
        with inquirylab.create(tmp_path / language, author="ana", language=language) as inq:
            inq.set("problem_definition.situation", "On Mondays")
            inq.add("pdsa_cycles", {"title": "A call", "learned": "It helps.", "act": "adopt", "reason": "It held."})
    asked = [
        (own, wanted)
        for own in ("en", "es")
        for wanted in ("", "en", "es")
        if "Situación" in shown("problem_definition", inquiry=str(tmp_path / own), language=wanted)
    ]
    assert asked == [("en", "es"), ("es", ""), ("es", "es")]
    assert "Adoptarlo" in shown("pdsa_cycle", inquiry=str(tmp_path / "en"), language="es")


@pytest.mark.parametrize("template", OF_A_SITE)
def test_a_sites_files_are_enough(template: str, site: dict[str, Any]) -> None:
    html = shown(template, **site)
    assert "Oak" in html and "<svg" in html and NOT_HERE not in html


@pytest.mark.parametrize("template", OF_A_SITE)
def test_a_sites_files_stand_beside_its_inquiry(template: str, site: dict[str, Any], team: Path) -> None:
    html = shown(template, inquiry=str(team), **site)
    assert "Late arrivals" in html and "Handed in on time" in html


@pytest.mark.parametrize("template", OF_A_SITE)
def test_a_site_of_which_nothing_is_named_is_an_error(template: str, site: dict[str, Any]) -> None:
    with pytest.raises(DataError, match=r"No measure was named \(Oak\)"):
        shown(template, site="Oak")
    with pytest.raises(DataError, match=r"No data were named \(Oak\)"):
        shown(template, site="Oak", measure=site["measure"])


def test_in_an_inquiry_the_measure_may_be_named(team: Path) -> None:
    html = shown("measure", inquiry=str(team), site="Course DDD", measure="Handed in on time")
    assert "Handed in on time" in html and "Tutor hours" not in html


@pytest.mark.parametrize("template", [t for t in ALL if t not in OF_A_SITE])
def test_a_batch_refuses_files_that_a_template_does_not_read(
    template: str, site: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "sites.csv").write_text("site,data,measure\nOak,late.csv,late.toml\n", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"takes no parameter 'data'.*Known: 'inquiry', 'language'"):
        make_plan(template, tmp_path / "sites.csv")


@pytest.mark.slow
@pytest.mark.parametrize("template", ["progress", "report"])
def test_a_hub_runs_a_template_over_its_teams_folders(template: str, team: Path, tmp_path: Path) -> None:
    (tmp_path / "sites.csv").write_text("site,inquiry\nDDD,team\nGone,nowhere\n", encoding="utf-8")
    done = run_command("batch", template, tmp_path / "sites.csv", "--out", tmp_path / "out", "--workers", "2")
    assert done.returncode == 1 and "1 sites completed, 1 failed." in done.stdout, done.stderr
    page = (tmp_path / "out" / "sites" / "ddd.html").read_text("utf-8")
    assert "Nobody is testing: Room in the week." in page
    assert "not the folder of an inquiry" in (tmp_path / "out" / "index.html").read_text("utf-8")
