"""A text that may name a child does not leave the folder: pages leave it out, and the inquiry is not packed."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import inquirylab
from inquirylab.cli_inquiry import record
from inquirylab.errors import RecordError
from inquirylab.findings.names_in_notes import MARK
from tests.samples import VIEWS

#: What a person may open, print or pass on, without the parts of the story.
PARTS = ("headline", "problem", "theory", "cycles", "measures", "learned", "next", "contributions")
SHEETS = ("plan", "sheets", "minutes")


@pytest.fixture
def inq(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("INQUIRYLAB_KEY", str(tmp_path / "none.csv"))
    with inquirylab.create(tmp_path / "late", title="Late", author="ana") as inquiry:
        yield inquiry


def a_lesson(inq: Any, word: str) -> str:
    """Put a word wherever the team writes down what was seen, and return the id of a note with it."""
    lesson = inq.add(
        "lesson_study_cycles",
        {
            "title": "Peas",
            "data_questions": [{"id": "q", "question": "Who begins?"}],
            "deviations": f"we waited for {word}",
            "results": [{"question": "q", "result": f"all but {word} began"}],
            "artefacts": [{"file": "x.png", "caption": f"the page of {word}"}],
            "discussion": [{"kind": "data", "text": f"one saw {word} wait", "speaker_role": "Observer"}],
        },
    )
    said = {"verbatim": f"turns to {word}", "interpretation": f"perhaps {word} knows", "wonder": f"why {word}?"}
    shown = {"lesson": lesson, "seat": "B3", "kind": "says", "t_rel": 61, "data_question": "q", "flag": True}
    note = inq.add("observations", {**shown, **said})
    said_of = inq.record.lesson_study_cycles[0].discussion[0].id
    inq.set(f"lesson_study_cycles.{lesson}.discussion.{said_of}.evidence", [note])
    return str(note)


def ways_out(inq: Any) -> Iterator[tuple[str, str]]:
    """Yield everything that a person may pass on, by name."""
    views = {name: getattr(inq, name)() for name in VIEWS}
    views |= {f"form({root})": inq.form(root) for root in ("observations", "lesson_study_cycles")}
    for name, view in views.items():
        yield f"{name}.html", view.html()
        yield f"{name}.markdown", view.markdown()
    for sheet in SHEETS:
        yield f"print({sheet})", views["lesson_study"].print(sheet)
    for part in PARTS:
        told = getattr(inq.story(), part)()
        yield f"story.{part}", told.html + told.markdown
    yield "record --markdown", inq.as_markdown()
    inq.write_derived()
    yield "record.md", (inq.folder.path / "record.md").read_text(encoding="utf-8")


def test_what_looks_like_a_name_is_left_out_of_every_page_and_the_rest_stays(inq: Any) -> None:
    a_lesson(inq, "Zuleika")
    pages = dict(ways_out(inq))
    assert [name for name, page in pages.items() if "Zuleika" in page] == []
    assert MARK in pages["observation.html"] and "1:01" in pages["observation.html"]
    assert pages["print(minutes)"].count(MARK) == 2, "what was said, and the note that was shown"
    assert "Zuleika" in inq.as_json(), "the record itself is whole"


def test_a_key_finds_names_in_what_was_learned_and_a_first_name_alone(
    inq: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "key.csv").write_text("seat,name\nB3,Rosé Miller\n", encoding="utf-8")
    monkeypatch.setenv("INQUIRYLAB_KEY", str(tmp_path / "key.csv"))
    lesson = inq.add(
        "lesson_study_cycles",
        {
            "title": "Peas",
            "learning": {"student_thinking": "rosé miller begins last", "share": "a rose is a rose"},
            "revisions": [{"before": "wait", "after": "ask", "because": "Rose\u0301 waited"}],
            "commentary": {"main_points": "As Miller says, wait; as Takahashi says, ask"},
        },
    )
    pages = dict(ways_out(inq))
    assert [name for name, page in pages.items() if "waited" in page or "begins last" in page] == []
    assert "a rose is a rose" in pages["print(minutes)"]
    assert {w.rpartition(".")[2]: words for w, words in inq.held_back().items()} == {
        "because": ("Rosé",),
        "main_points": ("Miller",),
        "student_thinking": ("rosé miller",),
    }
    inq.set(f"lesson_study_cycles.{lesson}.not_names", ["Miller"])
    assert not any(w.endswith("main_points") for w in inq.held_back())


def test_it_is_not_packed_until_the_name_is_gone_or_somebody_says_why(inq: Any, tmp_path: Path) -> None:
    note = a_lesson(inq, "Zuleika")
    with pytest.raises(RecordError) as refused:
        inq.pack(tmp_path / "late.zip")
    sentence = str(refused.value)
    assert f"observations.{note}.verbatim" in sentence and "“Zuleika”, and 6 more" in sentence
    assert "Write the seat code there" in sentence and not (tmp_path / "late.zip").exists()
    inq.redact("Zuleika", why="a child's name")
    with zipfile.ZipFile(inq.pack(tmp_path / "late.zip")) as archive:
        assert archive.comment == b""
        assert not any(b"Zuleika" in archive.read(name) for name in archive.namelist())


def test_whoever_takes_names_along_says_why_and_the_zip_says_it(inq: Any, tmp_path: Path) -> None:
    a_lesson(inq, "Zuleika")
    packed = inq.pack(tmp_path / "late.zip", keep_names="The session ends; for our own folder only")
    with zipfile.ZipFile(packed) as archive:
        assert archive.comment.decode() == "The session ends; for our own folder only"
    with inquirylab.create(tmp_path / "home", title="Late", author="ben") as home:
        home.import_(packed)
        assert "Zuleika" in home.as_json()


def test_a_name_of_the_key_that_was_edited_away_stands_in_the_past_still(
    inq: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = a_lesson(inq, "the neighbour")
    (tmp_path / "key.csv").write_text("seat,name\nB3,Ada Quill\nB4,June\n", encoding="utf-8")
    monkeypatch.setenv("INQUIRYLAB_KEY", str(tmp_path / "key.csv"))
    inq.set(f"observations.{note}.verbatim", "ada quill asks")
    inq.set(f"observations.{note}.verbatim", "asks")
    assert inq.held_back() == {}
    with pytest.raises(RecordError, match=r"a name of the key stands in files of it \(record/"):
        inq.pack(tmp_path / "late.zip")
    inq.redact("Ada Quill", why="a child's name")
    (inq.folder.path / "notes.ipynb").write_text("ADA QUILL", encoding="utf-8")
    with pytest.raises(RecordError, match=r"notes\.ipynb"):
        inq.pack(tmp_path / "late.zip")
    (inq.folder.path / "notes.ipynb").write_text("On Monday in June", encoding="utf-8")
    assert inq.pack(tmp_path / "late.zip").is_file()


def test_a_key_inside_the_folder_is_not_packed(inq: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (inq.folder.path / "key.csv").write_text("seat,name\nB3,Ada Quill\n", encoding="utf-8")
    monkeypatch.setenv("INQUIRYLAB_KEY", str(inq.folder.path / "key.csv"))
    with pytest.raises(RecordError, match="lies inside the inquiry"):
        inq.pack()


def test_the_command_says_on_the_side_what_it_left_out_or_what_stands_in_it(inq: Any) -> None:
    a_lesson(inq, "Zuleika")
    told = CliRunner().invoke(record, [str(inq.folder.path), "--markdown"])
    assert "Zuleika" not in told.stdout
    assert "7 texts that may name a child are left out; first at observations." in told.stderr
    told = CliRunner().invoke(record, [str(inq.folder.path), "--json"])
    assert "Zuleika" in told.stdout and "JSON is the whole record" in told.stderr
