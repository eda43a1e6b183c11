"""The notebooks of cycles, progress and report run from top to bottom: in a full inquiry, in an empty one, for a site."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import papermill
import pytest

import inquirylab
from inquirylab.templates import find_template
from tests.samples import ROOT

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def shown(template: str, folder: Path, **parameters: Any) -> str:
    """Run a template in a folder as a person finds it there, and return the HTML of its outputs."""
    nb = papermill.execute_notebook(
        str(find_template(template)),
        str(folder / "out.ipynb"),
        parameters=parameters,
        cwd=str(folder),
        progress_bar=False,
        kernel_name="python3",
    )
    return "\n".join(o["data"].get("text/html", "") for c in nb.cells for o in c.get("outputs", []) if "data" in o)


@pytest.fixture
def full(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "examples" / "oulad" / "inquiry", tmp_path / "inquiry"))


@pytest.fixture
def new(tmp_path: Path) -> Path:
    inquirylab.create(tmp_path / "new", title="New", author="ana").close()
    return tmp_path / "new"


def test_the_report_tells_the_whole_story(full: Path) -> None:
    html = shown("report", full)
    for part in (
        "The problem",
        "Our theory",
        "What we tried",
        "What the measures say",
        "What we learned",
        "Who did what",
    ):
        assert f"<h2>{part}</h2>" in html
    assert "was above its upper limit in 1 point" in html and "<script" not in html


def test_progress_opens_the_inquiry_in_which_it_lies(full: Path) -> None:
    assert "Nobody is testing: Room in the week." in shown("progress", full)


def test_all_three_run_in_an_empty_inquiry(new: Path) -> None:
    assert "There is no theory yet." in shown("report", new)
    assert "Say what you see" in shown("progress", new)
    assert "No cycle is planned yet." in shown("pdsa_cycle", new)
