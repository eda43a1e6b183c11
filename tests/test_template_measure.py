"""The notebook of measures runs from top to bottom in an inquiry with numbers, in an empty one, and for one measure."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import papermill
import pytest

import inquirylab
from inquirylab.templates import find_template
from tests.samples import ROOT


def shown(folder: Path, **parameters: Any) -> dict[str, Any]:
    """Run the template as a batch would and return what its last cell shows."""
    nb = papermill.execute_notebook(
        str(find_template("measure")),
        str(folder / "out.ipynb"),
        parameters={"inquiry": str(folder), **parameters},
        progress_bar=False,
        kernel_name="python3",
    )
    (output,) = [o for c in nb.cells if c.cell_type == "code" for o in c.outputs if "data" in o]
    return dict(output["data"])


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_with_numbers_it_shows_definition_chart_words_and_table(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "examples" / "oulad" / "inquiry", tmp_path / "inquiry")
    data = shown(folder, measure="Handed in on time")
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "was above its upper limit in 1 point" in data["text/html"] and "<svg" in data["text/html"]
    assert "| 26 Feb 2013 | 74.9 |" in data["text/markdown"]
    assert "Tutor hours" not in data["text/html"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_without_any_it_says_that_there_is_none(tmp_path: Path) -> None:
    inquirylab.create(tmp_path / "inquiry", title="New", author="ana").close()
    assert "No measure has been defined yet." in shown(tmp_path / "inquiry")["text/html"]
