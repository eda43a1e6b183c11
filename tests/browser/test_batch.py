"""A batch that runs, as people watch it in a notebook or a panel beside it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

import inquirylab
from inquirylab.reports.batch import BatchNow, Failed
from inquirylab.widgets.batch import BatchView
from tests.batch.warm.conftest import notebook
from tests.browser.accessibility import violations

looks = pytest.mark.parametrize("bench", [(1440, "light"), (700, "dark"), (375, "light")], indirect=True)

WAITS = (
    "import pathlib, time\nwhile not pathlib.Path(gate).exists(): time.sleep(0.05)\n"
    "assert site != 'site 1', 'no data for this week'"
)
HOSTILE = "<img src=x onerror=alert(1)></li>‮🙂"
STATES = {
    "waiting": BatchNow("/home/ana/attendance/report"),
    "running": BatchNow(
        "/home/ana/attendance/report", "running", "Secondary attendance in England", "06_progress.ipynb", 1000, 4,
        {"completed": 395, "skipped": 130, "failed": 3},
        tuple((name, 30.0 * n) for n, name in enumerate(["Barnet", "Leeds", "Bournemouth, Christchurch and Poole"])),
        (
            Failed("Isles of Scilly", "Cell 4, “chart”: DataError: The file has no column 'late_sessions' (attendance_2022_autumn.csv).",
                   "Open the partial notebook at that cell, mend it or its data.", "notebooks/isles-of-scilly.ipynb"),
            Failed("A" * 200, "Cell 2: it was still running when its time was over.", "Run it again with more time (--timeout)."),
            Failed(HOSTILE, HOSTILE, HOSTILE, HOSTILE),
        ),
        ("The warm engine differs from stock papermill in the outputs of cell 5: 1 / 2. Stock runs instead.",), 700, 840,
    ),
    "stopped": BatchNow("out", "stopped", "Attendance", "t.ipynb", 20, 2, {"completed": 4}),
    "ended": BatchNow("out", "ended", "Attendance", "t.ipynb", 20, 2, {"completed": 20}, seconds=900, report="out/index.html"),
}  # fmt: skip


@looks
def test_every_state_has_no_barriers_and_fits(bench: Callable[[Any], Any]) -> None:
    for name, now in STATES.items():
        shown = bench(BatchView(lambda now=now: now))
        shown.page.wait_for_selector("[role=status]")
        assert violations(shown.page) == [], name
        assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        assert shown.page.locator(".iq img").count() == 0
        assert shown.said == []


@pytest.mark.skipif(sys.platform == "win32", reason="the command's paths are written for a shell")
def test_a_real_batch_shows_live(bench: Callable[[Any], Any], tmp_path: Path) -> None:
    out, gate = tmp_path / "out", tmp_path / "gate"
    shown = bench(inquirylab.watch(out))
    page = shown.page
    assert "as soon as one begins" in page.inner_text("[role=status]")

    nbformat.write(notebook("site = ''\ngate = ''", WAITS), tmp_path / "t.ipynb")
    (tmp_path / "sites.csv").write_text("site,gate\n" + "".join(f"site {n},{gate}\n" for n in range(4)))
    command = ["batch", str(tmp_path / "t.ipynb"), str(tmp_path / "sites.csv"), "--out", str(out)]
    options = ["--workers", "2", "--engine", "stock", "--progress", "none"]
    batch = subprocess.Popen([sys.executable, "-m", "inquirylab", *command, *options], stderr=subprocess.DEVNULL)
    try:
        page.wait_for_function(
            "() => document.querySelectorAll('[aria-label=\"Running now\"] li').length === 2", timeout=120_000
        )
        assert "site 0" in page.inner_text('[aria-label="Running now"]')
        assert page.get_by_role("progressbar").get_attribute("aria-valuetext") == "0 of 4 sites ended."
        gate.write_text("go")
        page.wait_for_function(
            "() => /4 of 4 sites ended/.test(document.querySelector('.big').innerText)", timeout=120_000
        )
        assert batch.wait(timeout=120) == 1, "one site failed"
        page.wait_for_function(
            "() => /Ended, after/.test(document.querySelector('[role=status]').innerText)", timeout=60_000
        )
    finally:
        batch.kill()
        batch.wait()
    assert "AssertionError: no data for this week" in page.inner_text('[aria-label="Failed"]')
    assert "notebooks/site-1.ipynb" in page.inner_text('[aria-label="Failed"]')
    assert page.locator('[aria-label="Running now"]').count() == 0
    assert str(out / "index.html") in page.inner_text(".place")
    still = shown.widget._repr_mimebundle_()[0]
    assert "no data for this week" in still["text/html"] and "<script" not in still["text/html"]
    assert "4 of 4 sites ended" in still["text/markdown"] and "4 of 4 sites ended" in still["text/plain"]
    assert shown.said == []
