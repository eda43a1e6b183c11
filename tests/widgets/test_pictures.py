"""Attached pictures: what is one, how large it may be, and where it is shown without a kernel."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

import inquirylab
from inquirylab.inquiry import Inquiry
from inquirylab.widgets import pictures
from inquirylab.widgets.pictures import as_address, still

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


@pytest.fixture
def inq(tmp_path: Path) -> Iterator[Inquiry]:
    with inquirylab.create(tmp_path / "inquiry", title="Late on Mondays", author="ana") as inquiry:
        yield inquiry


def attach(inq: Inquiry, path: str, name: str, content: bytes) -> str:
    file = inq.folder.path.parent / name
    file.write_bytes(content)
    return inq.attach(path, file)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "png"),
        (b"\xff\xd8\xff\xe0 photo", "jpeg"),
        (b"GIF89a moving", "gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"),
    ],
)
def test_a_picture_is_known_by_its_content_not_its_name(tmp_path: Path, content: bytes, kind: str) -> None:
    (tmp_path / "board.txt").write_bytes(content)
    address = as_address(tmp_path / "board.txt")
    assert address.startswith(f"data:image/{kind};base64,")
    assert base64.b64decode(address.partition(",")[2]) == content


@pytest.mark.parametrize("content", [SVG, b"<?xml version='1.0'?>" + SVG, b"<html>", b"%PDF-1.7", b"RIFF....WAVE", b""])
def test_what_can_hold_a_script_or_is_no_picture_is_never_shown(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "board.png").write_bytes(content)
    assert as_address(tmp_path / "board.png") == ""
    assert as_address(None) == "" and as_address(tmp_path / "gone.png") == ""


def test_a_large_picture_is_not_sent_and_many_are_not_kept_in_a_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "board.png").write_bytes(PNG + b"\0" * 3_000)
    assert as_address(tmp_path / "board.png", largest=3_000) == ""
    monkeypatch.setattr(pictures, "ALL_STILL", 8_000)
    picture = still(lambda name: tmp_path / name)
    shown = [bool(picture("board.png")) for _ in range(4)]
    assert shown == [True, True, False, False]


def test_a_view_asks_for_a_picture_of_its_inquiry_alone(inq: Inquiry) -> None:
    evidence = inq.add("problem_definition.evidence", {"kind": "work_sample"})
    name = attach(inq, f"problem_definition.evidence.{evidence}.file", "board.png", PNG)
    for view in (inq.form("problem_definition"), inq.problem_definition(), inq.lesson_study()):
        assert view.answer("picture", {"name": name}).startswith("data:image/png;base64,")
        assert view.answer("picture", {"name": "../../inquiry.toml"}) == ""
        assert view.answer("picture", {"name": str(inq.folder.path.parent / "board.png")}) == ""


def test_without_a_kernel_pictures_stand_in_the_page_and_other_files_are_named(inq: Inquiry) -> None:
    cycle = inq.add("pdsa_cycles", {"title": "First"})
    for name, content in (("board.png", PNG), ("form.svg", SVG)):
        item = inq.add(f"pdsa_cycles.{cycle}.artefacts", {"caption": f'The "{name}"'})
        attach(inq, f"pdsa_cycles.{cycle}.artefacts.{item}.file", name, content)
    svg = inq.record.pdsa_cycles[0].artefacts[1].file
    evidence = inq.add("problem_definition.evidence", {"what": "<b>Board</b>"})
    attach(inq, f"problem_definition.evidence.{evidence}.file", "board.png", PNG)
    for html in (inq.pdsa_cycle().html(), inq.form("pdsa_cycles").html()):
        assert html.count('<img src="data:image/png;base64,') == 1
        assert f"data/attachments/{svg}" in html and "<svg" not in html
    assert 'alt="The &#34;board.png&#34;"' in inq.pdsa_cycle().html()
    board = inq.problem_definition().html()
    assert '<img src="data:image/png;base64,' in board and "<b>Board</b>" not in board
