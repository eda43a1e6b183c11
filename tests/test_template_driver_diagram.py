"""The notebook of the driver diagram runs from top to bottom in an inquiry with a theory, and in an empty one."""

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


def shown(folder: Path) -> dict[str, Any]:
    """Run the template as a batch would and return what its only output holds."""
    nb = papermill.execute_notebook(
        str(find_template("driver_diagram")),
        str(folder / "out.ipynb"),
        parameters={"inquiry": str(folder)},
        progress_bar=False,
        kernel_name="python3",
    )
    (output,) = [o for c in nb.cells if c.cell_type == "code" for o in c.outputs if "data" in o]
    return dict(output["data"])


def test_with_a_theory_it_shows_picture_table_and_versions(tmp_path: Path) -> None:
    data = shown(Path(shutil.copytree(ROOT / "examples" / "oulad" / "inquiry", tmp_path / "inquiry")))
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "<svg" in data["text/html"] and "A person who asks" in data["text/html"]
    assert "n4 --> n1" in data["text/markdown"]


def test_without_one_it_says_how_a_theory_begins(tmp_path: Path) -> None:
    inquirylab.create(tmp_path / "inquiry", title="New", author="ana").close()
    assert "It starts with one aim" in shown(tmp_path / "inquiry")["text/html"]
