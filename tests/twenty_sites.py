"""A batch of twenty sites run once: five broken in different ways, among the others names that bite."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from tests.samples import LATE_MEASURE, Report, late_rows, run_command

BITING = [
    "../../etc/x",
    "<img src=x onerror=alert(1)>",
    "=cmd|' /C calc'!A0",
    "x" * 300,
    "😀",
    "two\nlines",
    "CON",
    "Oak",
    "OAK",
    "Caf\u00e9",
    "Cafe\u0301",
]
PLAIN = ["Elm", "Fir", "Hazel", "Willow"]
GOOD = BITING + PLAIN
BROKEN = {
    "Missing file": "There is no such data file",
    "Wrong column": "enrolled",
    "Cell raises": "ZeroDivisionError",
    "Kernel dies": "the kernel died",
    "Endless loop": "still running when its time was over",
}
BEHAVIOUR = """
import os, time
if behaviour == "raises":
    1 / 0
if behaviour == "dies":
    os._exit(3)
while behaviour == "loops":
    time.sleep(0.05)
"""


def template(folder: Path) -> Path:
    """The progress template in short, with a cell that misbehaves when told to."""
    book = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )
    first = nbformat.v4.new_code_cell('site = ""\ndata = ""\nmeasure = ""\nbehaviour = ""', id="parameters")
    first.metadata["tags"] = ["parameters"]
    book.cells = [
        first,
        nbformat.v4.new_code_cell(
            "import inquirylab\nprogress = inquirylab.Progress(site, data, measure)\nprogress.headline()", id="read"
        ),
        nbformat.v4.new_code_cell(BEHAVIOUR, id="behave"),
        nbformat.v4.new_code_cell("progress.chart()", id="chart"),
    ]
    path = folder / "short.ipynb"
    nbformat.write(book, path)
    return path


@pytest.fixture(scope="session")
def mixed_report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report of twenty sites, through the command line."""
    folder = tmp_path_factory.mktemp("mixed")
    (folder / "late.toml").write_text(LATE_MEASURE, encoding="utf-8")
    lines = ["week,school,late,enrolled"]
    for i, name in enumerate([*GOOD, "Cell raises", "Kernel dies", "Endless loop"]):
        lines += late_rows(name, fall_after=12 if i % 3 == 0 else None)
    (folder / "late.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "wrong.csv").write_text("week,school,late,enroled\n2024-01-01,Wrong column,3,20\n", encoding="utf-8")
    rows = [(name, "late.csv", "") for name in GOOD]
    rows += [("Missing file", "gone.csv", ""), ("Wrong column", "wrong.csv", "")]
    rows += [
        ("Cell raises", "late.csv", "raises"),
        ("Kernel dies", "late.csv", "dies"),
        ("Endless loop", "late.csv", "loops"),
    ]
    quoted = ["site,data,behaviour", *('"{}",{},{}'.format(n.replace('"', '""'), d, b) for n, d, b in rows)]
    (folder / "sites.csv").write_text("\n".join(quoted) + "\n", encoding="utf-8")
    (folder / "batch.toml").write_text(
        'title = "Late arrivals"\n[[defaults]]\nmeasure = "late.toml"\n', encoding="utf-8"
    )
    finished = run_command(
        "batch", template(folder), folder / "sites.csv", "--out", folder / "report", "--workers", "2", "--timeout", "40"
    )
    return Report(folder / "report", finished)


@pytest.fixture(scope="session")
def outcomes(mixed_report: Report) -> dict[str, dict[str, object]]:
    """The outcome of each site by its name, from `batch.json`."""
    data = json.loads((mixed_report.folder / "batch.json").read_text(encoding="utf-8"))
    return {site["name"]: site for site in data["sites"]}
