"""What the board of the problem definition and the cause analysis work out, compare and print."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import inquirylab
from inquirylab.errors import RecordError
from inquirylab.inquiry import Inquiry
from inquirylab.record.causes import NO_FAMILY, families

HOSTILE = '<script>alert(1)</script></textarea> \u202eturned\u202c 😀 & "quotes" ]]> `x` [l](y)'
LONG = "long words " * 9_091


@pytest.fixture
def inq(tmp_path: Path) -> Iterator[Inquiry]:
    with inquirylab.create(tmp_path / "inquiry", title="Late on Mondays", author="ana") as inquiry:
        yield inquiry


def test_the_definition_is_told_in_one_text(inq: Inquiry) -> None:
    inq.set("problem_definition.statement", "One in five is late.")
    inq.set("problem_definition.scope", "Every Monday.")
    assert inq.problem_definition().shown["spoken"] == "One in five is late.\n\nScope. Every Monday."


def test_any_two_versions_are_compared_answer_by_answer(inq: Inquiry) -> None:
    inq.set("problem_definition.statement", "Weak starters are late.")
    gone = inq.add("problem_definition.assumptions", {"text": "They leave it to the last evening", "decision": "keep"})
    inq.add("problem_definition.versions", {"reason": "First version"})
    inq.set("problem_definition.statement", "Students new to a course are late.")
    inq.set("problem_definition.boundary.outside", "Year 13")
    inq.remove(f"problem_definition.assumptions.{gone}")
    found = inq.problem_definition().answer("compare", {"old": 1, "new": 0})
    told = {c["path"]: (c["before"], c["after"]) for c in found}
    assert told == {
        "problem_definition.statement": ("Weak starters are late.", "Students new to a course are late."),
        "problem_definition.boundary.outside": ("", "Year 13"),
        f"problem_definition.assumptions.{gone}": ("They leave it to the last evening\nKeep", ""),
    }
    assert inq.problem_definition().answer("compare", {"old": 1, "new": 1}) == []
    with pytest.raises(RecordError, match="no such version"):
        inq.problem_definition().answer("compare", {"old": 7, "new": 0})


def fill(inq: Inquiry, words: str) -> None:
    inq.set("problem_definition.statement", words)
    for word in ("situation", "stakeholders", "scope", "system", "significance"):
        inq.set(f"problem_definition.{word}", words)
    inq.add("problem_definition.evidence", {"kind": "interview", "what": words, "says": words, "limits": words})
    inq.add("problem_definition.missing_voices", {"who": words, "why_absent": words, "plan": words})
    inq.add("problem_definition.assumptions", {"text": words})
    inq.add("problem_definition.affected", {"group": words, "how": words})
    inq.add("problem_definition.versions", {"reason": words})
    inq.set("causes.categories", [words])
    top = inq.add("causes.fishbone", {"text": words, "category": words, "evidence": words})
    inq.add("causes.fishbone", {"text": words, "parent": top})
    why = inq.add("causes.why_chains", {"start": words})
    inq.add(f"causes.why_chains.{why}.whys", {"why": words})
    inq.add("causes.process_map", {"actor": words, "action": words, "pain": words})


@pytest.mark.parametrize("view", ["problem_definition", "causes"])
def test_hostile_text_is_text_on_paper(inq: Inquiry, view: str) -> None:
    fill(inq, HOSTILE)
    shown = getattr(inq, view)()
    page, text = shown.html(), shown.markdown()
    assert "<script>" not in page and "</textarea>" not in page and "&lt;script&gt;" in page and "😀" in page
    assert "<script>" not in text and "[l](y)" not in text and "😀" in text
    assert "<script>" not in inq.as_markdown()


@pytest.mark.parametrize("view", ["problem_definition", "causes"])
def test_a_hundred_thousand_characters_are_printed_whole(inq: Inquiry, view: str) -> None:
    fill(inq, LONG)
    assert LONG in getattr(inq, view)().html()


@pytest.mark.parametrize("words", [HOSTILE, LONG, "", "\x0b\x00 control", "عربي نص"])
def test_the_fishbone_is_sound_svg_whatever_is_written(inq: Inquiry, words: str) -> None:
    fill(inq, words or "x")
    inq.set("problem_definition.statement", words)
    svg = inq.causes().shown["svg"]
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert not re.search("<script|[\u202a-\u202e]", svg)
    assert len(svg) < 30_000


def test_causes_stand_once_whatever_was_merged(inq: Inquiry) -> None:
    a = inq.add("causes.fishbone", {"text": "a", "category": "Policies"})
    b = inq.add("causes.fishbone", {"text": "b", "parent": a})
    c = inq.add("causes.fishbone", {"text": "c", "parent": "01gone"})
    inq.set(f"causes.fishbone.{a}.parent", b)  # two people at once: a circle
    placed = [(p.id, p.depth) for _, found in families(inq.record) for p in found]
    assert sorted(i for i, _ in placed) == sorted([a, b, c])
    assert NO_FAMILY in dict(families(inq.record))


def test_empty_boards_say_what_belongs_there(inq: Inquiry) -> None:
    assert "No problem is defined yet." in inq.problem_definition().html()
    assert "No cause is written yet." in inq.causes().html()
    assert inq.causes().shown["svg"] == ""


def test_a_private_view_of_oneself_is_not_printed(
    inq: Inquiry, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    inq.set("problem_definition.statement", "One in five is late.")
    inq.set("problem_definition.positionality", "I grew up here.")
    view = inq.problem_definition()
    assert "I grew up here." not in view.html() + view.markdown() + view.shown["spoken"]


def ask(widget: Any, **wanted: Any) -> dict[str, Any]:
    sent: list[dict[str, Any]] = []
    widget.send = lambda content, buffers=None: sent.append(content)
    widget._receive(widget, {"kind": "ask", "n": "1", "question": "make", **wanted}, [])
    return sent[0]


def test_a_new_inquiry_is_made_once_with_its_notebooks(tmp_path: Path) -> None:
    form = inquirylab.new_inquiry(tmp_path)
    wanted = {"title": "Late on Mondays", "site": "Hollin", "folder": "late", "cycle": "lesson_study"}
    made = ask(form, **wanted)["result"]
    assert ask(form, **wanted)["result"] == made
    assert made["first"] == "01_problem_definition.ipynb"
    assert all((tmp_path / "late" / n).is_file() for n in made["notebooks"])
    found = inquirylab.find_inquiry(tmp_path / "late")
    assert found is not None
    with found as inquiry:
        about = inquiry.record.about
        assert (about.title, about.site, about.cycle) == ("Late on Mondays", "Hollin", "lesson_study")
    assert inquirylab.find_inquiry(tmp_path) is None


def test_without_a_kernel_it_says_what_is_not_there_and_how_one_begins(tmp_path: Path) -> None:
    said = inquirylab.new_inquiry(tmp_path)._repr_mimebundle_()
    data = said[0] if isinstance(said, tuple) else said
    assert data["text/markdown"].startswith(f"There is no inquiry in this folder yet ({tmp_path}): run this cell")


@pytest.mark.parametrize("name", ["", "..", "a/b", "there"])
def test_a_folder_that_cannot_be_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "letter.txt").write_text("mine")
    assert "message" in ask(inquirylab.new_inquiry(tmp_path), title="x", folder=name)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["there"]
