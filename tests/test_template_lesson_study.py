"""The notebook of lesson study runs as it is: in an inquiry that is empty, and in the worked one."""

from __future__ import annotations

import shutil
from pathlib import Path

import papermill
import pytest

import inquirylab
from inquirylab.templates import find_template

WORKED = Path(__file__).parents[1] / "examples" / "oulad" / "inquiry"


@pytest.mark.parametrize("worked", [False, True])
def test_it_runs_and_shows_the_lesson_without_scripts(worked: bool, tmp_path: Path) -> None:
    folder = tmp_path / "inquiry"
    if worked:
        shutil.copytree(WORKED, folder)
    else:
        inquirylab.create(folder, title="Late on Mondays").close()
    nb = papermill.execute_notebook(
        find_template("lesson_study"),
        tmp_path / "out.ipynb",
        {"inquiry": str(folder)},
        progress_bar=False,
        kernel_name="python3",
    )
    shown = {c["id"]: o["data"]["text/html"] for c in nb.cells for o in c.get("outputs", []) if "data" in o}
    assert ("What is not asked?" if worked else "No lesson study cycle was begun yet.") in shown["open"]
    assert ("48 notes by 3 observers; every seat was seen." if worked else "No lesson was observed yet.") in shown[
        "observation"
    ]
    assert "<script" not in "".join(shown.values())
