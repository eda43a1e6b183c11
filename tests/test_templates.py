"""Templates are found by stem or path; they teach in few cells, hold no functions, and say what they take."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inquirylab.errors import TemplateError
from inquirylab.templates import copy_template, find_template, list_templates, parameters

TEMPLATES = list_templates()


def notebook(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_a_parameter_with_a_type_and_no_default_is_required() -> None:
    cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}}
    source = "site: str\nweeks: int\nmeasure: list[str]\nodd: object\nshare: float = 0.5"
    found = parameters({"cells": [{**cell, "source": source}]})
    assert {name: (p.required, p.default) for name, p in found.items()} == {
        "site": (True, ""), "weeks": (True, 0), "measure": (True, []), "odd": (True, ""), "share": (False, 0.5),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["progress", "06_progress"])
def test_a_template_is_found_by_its_stem(name: str) -> None:
    assert find_template(name).name == "06_progress.ipynb"


def test_an_unknown_template_is_refused_with_the_nearest() -> None:
    with pytest.raises(TemplateError, match="Did you mean 'progress'"):
        find_template("progres")
    with pytest.raises(TemplateError, match=r"no such notebook .*gone\.ipynb"):
        find_template("gone.ipynb")


@pytest.mark.parametrize("path", TEMPLATES.values(), ids=str)
def test_a_template_keeps_the_rules_of_templates(path: Path) -> None:
    cells = notebook(path)["cells"]
    code = [c for c in cells if c["cell_type"] == "code"]
    assert "parameters" in code[0]["metadata"]["tags"]
    assert set(parameters(notebook(path))) in (
        {"inquiry", "language"},
        {"site", "data", "measure", "inquiry", "language"},
    )
    for cell in code:
        source = "".join(cell["source"])
        assert cell["outputs"] == [] and cell["execution_count"] is None
        assert "def " not in source and "class " not in source
        assert len(source.splitlines()) <= 10
        assert cell["id"].replace("_", "").isalnum(), "a cell's id is read by people when it stops"


def test_a_copy_never_overwrites(tmp_path: Path) -> None:
    assert copy_template("progress", tmp_path / "new").exists()
    with pytest.raises(TemplateError, match="already there"):
        copy_template("progress", tmp_path / "new")


@pytest.mark.parametrize(
    ("source", "says"),
    [("x = 1 +", "not valid Python"), ("x = open('y')", "default of the parameter 'x' is not a plain value")],
)
def test_a_parameters_cell_is_plain_assignments(source: str, says: str) -> None:
    cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": source}
    with pytest.raises(TemplateError, match=says):
        parameters({"cells": [cell]}, "t.ipynb")
