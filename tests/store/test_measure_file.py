"""A measure file is the answers to the measure form."""

from __future__ import annotations

from pathlib import Path

import pytest

from inquirylab.errors import DataError
from inquirylab.store.measure_file import read_measure


def test_the_measures_of_the_england_example_read(england: Path) -> None:
    names = {p.stem: read_measure(p).name for p in england.glob("*.toml") if p.stem != "batch"}
    assert names["attendance"] == "Attendance rate"
    assert len(names) == 4


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name = 'x'\ndirektion = 'up'", "no question 'direktion'.*Did you mean 'direction'"),
        ("name = ", "not valid TOML"),
        ("", "has no name"),
    ],
)
def test_a_broken_measure_file_is_refused_with_its_path(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "m.toml"
    path.write_text(text)
    with pytest.raises(DataError, match=says) as refusal:
        read_measure(path)
    assert "m.toml" in str(refusal.value)


def test_a_missing_measure_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"cannot be read .*gone\.toml"):
        read_measure(tmp_path / "gone.toml")
