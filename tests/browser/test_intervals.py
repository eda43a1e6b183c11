"""Pages whose points are partly, or wholly, known only within bounds: as a person opens them, wide and narrow, light and dark."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.browser.conftest import Visit
from tests.samples import run_command

pytestmark = pytest.mark.browser
MEASURE = """name = "Attendance"
kind = "mean"
unit = "%"
direction = "up"
frequency = "week"

[data]
date = ["week"]
site = "school"
value = "rate"
censored = "interval"
"""


@pytest.fixture(scope="module")
def censored_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two schools: one with bounds among its numbers and a hidden week, one of which nothing but bounds is known."""
    folder = tmp_path_factory.mktemp("censored")
    rows = ["week,school,rate"]
    for k in range(24):
        week = dt.date(2024, 1, 1) + dt.timedelta(weeks=k)
        ash = ">= 95.0" if k % 4 == 1 else "85-90" if k == 10 else "*" if k == 14 else f"{90 + k * 7 % 5}.5"
        rows += [f"{week},Ash School,{ash}", f"{week},Birch School,{'>= 95.0' if k % 3 else '<= 20.0'}"]
    (folder / "rates.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "rates.toml").write_text(MEASURE, encoding="utf-8")
    sites = "".join(f"{name},rates.csv,rates.toml\n" for name in ("Ash School", "Birch School"))
    (folder / "sites.csv").write_text("site,data,measure\n" + sites, encoding="utf-8")
    finished = run_command("batch", "06_progress", "sites.csv", "--out", "out", "--progress", "none", cwd=folder)
    assert finished.returncode == 0, finished.stderr
    return folder / "out"


@pytest.mark.parametrize("visit", [(1440, "light"), (375, "dark")], indirect=True, ids=str)
def test_axe_finds_no_violation_where_points_are_bars(censored_report: Path, visit: Visit) -> None:
    for name in ("index.html", "sites/ash-school.html", "sites/birch-school.html"):
        page = visit.open(censored_report / name)
        assert visit.violations() == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        said = page.locator("main").inner_text()
        assert "known only within bounds" in said.casefold()
        assert "-0." not in said
    assert visit.console == [] and visit.outside == []
