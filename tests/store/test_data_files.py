"""Data files are kept in the inquiry's folder under a safe name; nothing there is ever overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from inquirylab.errors import DataError
from inquirylab.store.data_files import data_files, keep_data, safe_name, stamp


def test_a_file_is_kept_under_its_name_once(tmp_path: Path) -> None:
    assert keep_data(tmp_path, "late.csv", b"a,b\n1,2\n") == "late.csv"
    assert keep_data(tmp_path, "late.csv", b"a,b\n1,2\n") == "late.csv"
    assert [p.name for p in data_files(tmp_path)] == ["late.csv"]


def test_other_content_under_a_taken_name_gets_its_digest_into_the_name(tmp_path: Path) -> None:
    keep_data(tmp_path, "late.csv", b"one")
    second = keep_data(tmp_path, "late.csv", b"two")
    assert second.startswith("late-") and second.endswith(".csv")
    assert keep_data(tmp_path, "late.csv", b"two") == second
    assert (tmp_path / "data" / "late.csv").read_bytes() == b"one"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\data\\Late 1.XLSX", "Late 1.xlsx"),
        ("a*b[c]?.csv", "a b c.csv"),
        (".hidden.csv", "hidden.csv"),
        ("\u202egnp.csv", "gnp.csv"),
        ("x" * 300 + ".csv", "x" * 80 + ".csv"),
        ("späte Ankünfte.csv", "späte Ankünfte.csv"),
    ],
)
def test_a_name_is_made_safe(name: str, kept: str) -> None:
    assert safe_name(name) == kept


@pytest.mark.parametrize(("name", "content"), [("a.exe", b"x"), ("noending", b"x"), ("late.csv", b"")])
def test_what_cannot_be_data_is_refused_in_one_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(DataError):
        keep_data(tmp_path, name, content)
    assert not (tmp_path / "data").exists()


def test_no_draft_stays_and_a_link_is_not_followed_over_another_file(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "secret").write_text("mine")
    (tmp_path / "data" / "late.csv").symlink_to(tmp_path / "secret")
    kept = keep_data(tmp_path, "late.csv", b"a,b\n")
    assert kept != "late.csv" and (tmp_path / "secret").read_text() == "mine"
    assert [p.name for p in (tmp_path / "data").iterdir() if p.name.startswith(".")] == []


def test_the_stamp_changes_with_a_file(tmp_path: Path) -> None:
    keep_data(tmp_path, "late.csv", b"a")
    before = stamp(data_files(tmp_path))
    (tmp_path / "data" / "late.csv").write_bytes(b"ab")
    assert stamp(data_files(tmp_path)) != before
