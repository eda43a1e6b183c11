"""What many tests need: a small measure with its file, the England example, and a report made from it once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.samples import LATE_MEASURE, ROOT, Report, late_rows, run_command
from tests.twenty_sites import mixed_report, outcomes

# The same commit has the same verdict everywhere; a soak looks for cases that nobody has seen.
settings.register_profile("repeatable", derandomize=True)
settings.register_profile("exploring", derandomize=False)
settings.load_profile("exploring" if os.environ.get("INQUIRYLAB_SOAK") else "repeatable")

ENGLAND = ROOT / "examples" / "england"
__all__ = ["mixed_report", "outcomes"]


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let browser tests, which mostly wait, run beside all others (``pytest -n 2 --dist loadgroup``); each in its order."""
    for item in items:
        beside = "browser" in item.path.parts
        item.add_marker(pytest.mark.xdist_group("browser" if beside else "others"))


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
