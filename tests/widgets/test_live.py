"""What a view asks of the record is done once, answered truthfully, and shown to all."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import inquirylab
from inquirylab.inquiry import Inquiry
from inquirylab.store.log import LogWriter


@pytest.fixture
def inq(tmp_path: Path) -> Iterator[Inquiry]:
    with inquirylab.create(tmp_path / "inquiry", title="Late on Mondays", author="ana") as inquiry:
        yield inquiry


def do(inq: Inquiry, number: str = "n1", **operation: Any) -> dict[str, Any]:
    return inq.live.carry_out(number, operation)


def test_every_operation_is_one_of_the_record(inq: Inquiry) -> None:
    assert do(inq, "1", do="set", path="aim.what", value="Fewer late arrivals", base="")["kind"] == "done"
    first = do(inq, "2", do="add", path="change_ideas", fields={"id": "01a", "name": "A call"})
    second = do(inq, "3", do="add", path="change_ideas", fields={"id": "01b", "name": "A card"}, before="01a")
    assert (first["result"], second["result"]) == ("01a", "01b")
    assert [i.name for i in inq.record.change_ideas] == ["A card", "A call"]
    do(inq, "4", do="move", path="change_ideas.01b")
    assert [i.name for i in inq.record.change_ideas] == ["A call", "A card"]
    do(inq, "5", do="remove", path="change_ideas.01a")
    assert [i.name for i in inq.record.change_ideas] == ["A card"]
    do(inq, "6", do="restore", path="change_ideas.01a")
    do(inq, "7", do="set", path="aim.what", value="")
    assert (inq.get("aim.what"), len(inq.record.change_ideas)) == (None, 2)
    assert do(inq, "8", do="undo")["result"] == ["aim.what"]
    assert inq.get("aim.what") == "Fewer late arrivals"


def test_a_number_is_done_once_however_often_it_arrives(inq: Inquiry) -> None:
    for _ in range(3):
        do(inq, "same", do="set", path="problem_definition.statement", value="Late.", base="")
        do(inq, "new", do="add", path="people", fields={"id": "01a", "display": "Ana"})
    assert len(inq.history("problem_definition.statement")) == 1
    assert len(inq.history("people")) == 1


def test_an_item_sent_again_after_a_restart_is_there_once(inq: Inquiry) -> None:
    do(inq, "n", do="add", path="people", fields={"id": "01a", "display": "Ana"})
    with inquirylab.open(inq.folder.path, author="ana") as after:
        answer = do(after, "n", do="add", path="people", fields={"id": "01a", "display": "Ana"})
        assert (answer["kind"], answer["result"], len(after.record.people)) == ("done", "01a", 1)


@pytest.mark.parametrize(
    ("operation", "says"),
    [
        ({"do": "set", "path": "aim.wath", "value": "x"}, "what"),
        ({"do": "set", "path": "aim.target", "value": "many"}, "target"),
        ({"do": "explode", "path": "aim"}, "explode"),
        ({"do": "remove", "path": "people.nobody"}, "nobody"),
        ({"do": "set", "path": None, "value": 1}, ""),
        ({"do": "attach", "path": "pdsa_cycles.x.artefacts", "content": "%%%"}, ""),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(inq: Inquiry, operation: dict[str, Any], says: str) -> None:
    answer = do(inq, **operation)
    assert answer["kind"] == "refused"
    assert says in answer["message"]


def test_what_could_not_be_saved_may_be_sent_again(inq: Inquiry, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as m:
        m.setattr(LogWriter, "append", full)
        assert do(inq, do="set", path="aim.what", value="x")["kind"] == "failed"
    assert do(inq, do="set", path="aim.what", value="x")["kind"] == "done"
    assert inq.get("aim.what") == "x"


def test_typing_over_an_empty_answer_that_a_colleague_filled_keeps_both(inq: Inquiry) -> None:
    with inquirylab.open(inq.folder.path, author="ben") as ben:
        ben.set("aim.where", "Year 10")
    do(inq, do="set", path="aim.where", value="Year 9", base="")
    assert {v["value"] for c in inq.conflicts() for v in c["values"]} == {"Year 9", "Year 10"}


def test_a_file_that_is_dropped_in_is_kept(inq: Inquiry) -> None:
    cycle = inq.add("pdsa_cycles", {"title": "First"})
    picture = base64.b64encode(b"\x89PNG board").decode()
    answer = do(inq, do="attach", path=f"pdsa_cycles.{cycle}.artefacts", name="../../board.png", content=picture)
    assert answer["kind"] == "done", answer
    kept = inq.attachment(answer["result"])
    assert kept is not None and kept.read_bytes() == b"\x89PNG board"
    assert kept.is_relative_to(inq.folder.path)


def test_a_page_that_is_there_sees_others_within_a_second(inq: Inquiry) -> None:
    view = inq.form("aim")
    view._receive(view, {"kind": "here", "looking_at": "aim.what"}, [])
    with inquirylab.open(inq.folder.path, author="ben") as ben:
        ben.here("aim.where")
        ben.set("aim.what", "Fewer late arrivals")
        until = time.monotonic() + 30
        while time.monotonic() < until and (view.answers["aim"] == {} or not view.present or not view.changes):
            time.sleep(0.05)
    assert view.answers["aim"]["what"] == "Fewer late arrivals"
    assert [(p["author"], p["looking_at"]) for p in view.present] == [("ben", "aim.where")]
    assert view.changes[0]["author"] == "ben"


def test_what_is_worked_out_follows_an_edit_made_while_the_kernel_rests(
    inq: Inquiry, monkeypatch: pytest.MonkeyPatch
) -> None:
    findings, seen = inq.findings, []

    def slow(**kwargs: Any) -> Any:
        seen.append(inq.get("aim.what"))
        time.sleep(0.2)  # and so it rests for 0.4 seconds
        return findings(**kwargs)

    view = inq.form("aim")
    monkeypatch.setattr(inq, "findings", slow)
    view._receive(view, {"kind": "here"}, [])
    for n in range(6):
        do(inq, str(n), do="set", path="aim.what", value=f"Version {n}")
        until = time.monotonic() + 30
        while time.monotonic() < until and f"Version {n}" not in seen:
            time.sleep(0.05)
        assert f"Version {n}" in seen
        time.sleep(0.25 + 0.07 * n)


def test_a_view_that_cannot_show_what_changed_leaves_no_edit_without_its_answer(
    inq: Inquiry, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, other = inq.form("aim"), inq.form("people")

    def refuse(*_: Any) -> None:
        raise RuntimeError("cannot be shown")

    monkeypatch.setattr(broken, "refresh", refuse)
    assert do(inq, do="add", path="people", fields={"display": "Ana"})["kind"] == "done"
    assert other.answers["people"][0]["display"] == "Ana"


def test_a_notebook_that_nobody_looks_at_starts_no_thread(inq: Inquiry) -> None:
    inq.form("aim")._repr_mimebundle_()
    assert inq.live._thread is None
