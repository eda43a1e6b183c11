"""A folder with two people in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inquirylab.record.paths import shipped_roots
from inquirylab.store.team_record import TeamRecord


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "record"
    made.mkdir()
    return made


@pytest.fixture
def opened(folder: Path) -> Callable[..., TeamRecord]:
    """Open the record as a person: `opened("Ana")`."""
    return lambda author="Ana": TeamRecord(folder, author, shipped_roots())


@pytest.fixture
def ana(opened: Callable[..., TeamRecord]) -> TeamRecord:
    return opened("Ana")


@pytest.fixture
def ben(opened: Callable[..., TeamRecord]) -> TeamRecord:
    return opened("Ben")


@pytest.fixture(autouse=True)
def private_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INQUIRYLAB_PRIVATE", str(tmp_path / "private"))
    return tmp_path / "private"
