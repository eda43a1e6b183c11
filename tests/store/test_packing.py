"""An hour of work in a course is carried home in one file, and nothing is lost on either side."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

import inquirylab
from inquirylab.errors import RecordError


def test_a_session_is_carried_home_and_merged(tmp_path: Path) -> None:
    home = inquirylab.create(tmp_path / "home" / "attendance", title="Late on Mondays", author="ana")
    away = tmp_path / "away"
    packed = home.pack(tmp_path / "attendance.zip")
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(away)
    with inquirylab.open(away / "attendance", author="ben") as course:
        course.set("aim.what", "Fewer late arrivals")
        photo = tmp_path / "board.png"
        photo.write_bytes(b"\x89PNG")
        cycle = course.add("pdsa_cycles", {"title": "A call on Sunday"})
        course.attach(f"pdsa_cycles.{cycle}.artefacts", photo)
        back = course.pack()
    home.set("aim.where", "Year 9")
    done = home.import_(back)
    assert "aim.what" in done.paths
    assert (home.get("aim.what"), home.get("aim.where")) == ("Fewer late arrivals", "Year 9")
    assert [c.title for c in home.record.pdsa_cycles] == ["A call on Sunday"]
    assert len(list((home.folder.path / "data" / "attachments").iterdir())) == 1
    assert home.import_(back).paths == []
    home.close()


def test_private_answers_and_drafts_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INQUIRYLAB_PRIVATE", str(tmp_path / "private"))
    with inquirylab.create(tmp_path / "a", title="T", author="ana") as inq:
        inq.set("problem_definition.positionality", "I grew up here.")
        (inq.folder.path / ".ipynb_checkpoints").mkdir()
        (inq.folder.path / ".ipynb_checkpoints" / "x.ipynb").write_text("{}")
        with zipfile.ZipFile(inq.pack()) as archive:
            names = archive.namelist()
            assert b"I grew up here." not in b"".join(archive.read(n) for n in names)
    assert "a/inquiry.toml" in names and "a/record.md" in names
    assert not [n for n in names if "checkpoints" in n or n.endswith((".tmp", ".here"))]


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/outside", "a/../../x", "C:\\x", "..\\x"])
def test_a_name_that_leads_outside_is_refused(tmp_path: Path, name: str) -> None:
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(bad, "w") as archive:
        archive.writestr(name, "x")
    with inquirylab.create(tmp_path / "a", title="T", author="ana") as inq, pytest.raises(RecordError, match="outside"):
        inq.import_(bad)


def test_what_is_no_zip_or_no_inquiry_says_so(tmp_path: Path) -> None:
    torn, other = tmp_path / "torn.zip", tmp_path / "other.zip"
    torn.write_bytes(b"PK\x03\x04 torn")
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("notes.txt", "x")
    with inquirylab.create(tmp_path / "a", title="T", author="ana") as inq:
        with pytest.raises(RecordError, match="cannot be unpacked"):
            inq.import_(torn)
        with pytest.raises(RecordError, match="no inquiry"):
            inq.import_(other)
        with pytest.raises(RecordError, match="could not be packed"):
            inq.pack(tmp_path / "missing" / "x.zip")
