"""A child's name in a note is found before anything leaves: by a key that stays outside, or by how names look."""

from __future__ import annotations

from pathlib import Path

import pytest

import inquirylab
from inquirylab.findings.names_in_notes import looks_like_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Maria asks what to do", ["Maria"]),
        ("turns to Tom and Aisha", ["Tom", "Aisha"]),
        ("Zoë’s book is open", ["Zoë"]),
        ("He copies from Émile’s page.", ["Émile"]),
        ("“What is the next line?”", []),
        ("I think so. He waits. They begin at once.", []),
        ("WRITES 3 = the control", []),
        ("“On Monday we did Pythagoras,” in French", []),
        ("reads the card (The first one)", []),
    ],
)
def test_names_are_told_from_other_words(text: str, names: list[str]) -> None:
    assert looks_like_names(text) == names


def test_words_of_the_plan_and_of_the_team_are_no_childs_name(tmp_path: Path) -> None:
    with inquirylab.create(tmp_path / "i", title="t", author="ana") as inq:
        inq.add("people", {"display": "Benedikt"})
        lesson = inq.add("lesson_study_cycles", {"title": "Mendel’s peas", "not_names": ["Darwin"]})
        for text in ("he asks about Mendel", "shows it to Benedikt", "writes Darwin below", "turns to Maria"):
            inq.add("observations", {"lesson": lesson, "seat": "B3", "verbatim": text})
        found = [f for f in inq.findings() if f.id == "OB01"]
        assert [f.message for f in found] == ["“Maria” may be a child’s name"]
        put, keep = found[0].mends
        assert (put.path, put.value) == (found[0].where, "turns to B3")
        inq.set(keep.path, keep.value)
        assert [f for f in inq.findings() if f.id == "OB01"] == []


def test_a_key_outside_the_folder_finds_every_name_and_one_inside_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "key.csv"
    key.write_text("seat,name\nB3,june\nB4,Wei Zhang\n", encoding="utf-8")
    monkeypatch.setenv("INQUIRYLAB_KEY", str(key))
    with inquirylab.create(tmp_path / "i", title="t", author="ana") as inq:
        lesson = inq.add("lesson_study_cycles", {"title": "Peas"})
        inq.add("observations", {"lesson": lesson, "seat": "B3", "verbatim": "june helps wei zhang"})
        assert {f.message for f in inq.findings() if f.id == "OB01"} == {
            "“june” may be a child’s name",
            "“wei zhang” may be a child’s name",
        }
        inside = tmp_path / "i" / "key.csv"
        inside.write_text(key.read_text(encoding="utf-8"), encoding="utf-8")
        monkeypatch.setenv("INQUIRYLAB_KEY", str(inside))
        problem = next(f for f in inq.findings() if f.id == "OB02")
        assert problem.severity == "error" and "Move it out of the folder" in problem.message


def test_in_a_language_without_lists_only_the_key_speaks(tmp_path: Path) -> None:
    assert looks_like_names("Der Hund läuft zum Haus", "de") == []
