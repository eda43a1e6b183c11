from pathlib import Path

import pytest

from inquirylab.store import new_file
from inquirylab.store.new_file import write_new


def test_a_new_file_is_written_with_its_folder_and_nothing_beside_it(tmp_path: Path) -> None:
    assert write_new(tmp_path / "data" / "late.csv", b"week,late")
    assert [p.name for p in (tmp_path / "data").iterdir()] == ["late.csv"]
    assert (tmp_path / "data" / "late.csv").read_bytes() == b"week,late"


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_is_there_is_never_overwritten(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    if not links:
        monkeypatch.setattr(new_file.os, "link", refuse)
    target = tmp_path / "late.csv"
    assert write_new(target, b"first")
    assert not write_new(target, b"second")
    assert target.read_bytes() == b"first"
    assert [p.name for p in tmp_path.iterdir()] == ["late.csv"], "no draft stays"
