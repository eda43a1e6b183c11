"""What many tests need: a small measure with its file, the England example, and a report made from it once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from tests.samples import LATE_MEASURE, ROOT, Report, late_rows, run_command
from tests.twenty_sites import mixed_report, outcomes

# The same commit has the same verdict everywhere; a soak looks for cases that nobody has seen.
settings.register_profile("repeatable", derandomize=True)
settings.register_profile("exploring", derandomize=False)
settings.load_profile("exploring" if os.environ.get("INQUIRYLAB_SOAK") else "repeatable")

ENGLAND = ROOT / "examples" / "england"
__all__ = ["mixed_report", "outcomes"]


class Beside(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Browser tests, which mostly wait, beside all others; each in the order in which they run alone.

    The long journeys are among the others, so that both take about as long.
    """

    def _split_scope(self, nodeid: str) -> str:
        browser = nodeid.startswith("tests/browser/") and "test_journey" not in nodeid
        return "browser" if browser else "others"


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Beside:
    """Share the tests between two processes (``pytest -n 2``)."""
    return Beside(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give what runs browsers, servers and kernels a second chance; the summary names what needed one (RERUN).

    A busy machine may end a process or starve a page. Whatever is named there is looked into: `INQUIRYLAB_LAG`
    (tests/browser/bench.py) finds most races of views at once. Arithmetic, records and files get one chance.
    """
    for item in items:
        if item.nodeid.startswith(("tests/browser/", "tests/batch/")):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def england() -> Path:
    """The England example of the repository."""
    return ENGLAND


@pytest.fixture(scope="session")
def england_report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The demo with twelve sites: enough for signals that most sites share."""
    folder = tmp_path_factory.mktemp("england")
    finished = run_command("demo", folder, "--sites", "12")
    return Report(folder / "report", finished)


@pytest.fixture
def late_measure(tmp_path: Path) -> Path:
    """A measure file for CSV files with week, school, late, enrolled."""
    path = tmp_path / "late.toml"
    path.write_text(LATE_MEASURE, encoding="utf-8")
    return path


@pytest.fixture
def late_file(tmp_path: Path) -> Iterator[Path]:
    """Two schools: Oak steady, Elm with a fall after week 12."""
    path = tmp_path / "late.csv"
    lines = ["week,school,late,enrolled", *late_rows("Oak"), *late_rows("Elm", fall_after=12)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    yield path
