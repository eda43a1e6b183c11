"""The traps of a mergeable document, each with what we do about it."""

from __future__ import annotations

from typing import Any

from pycrdt import Doc, Text

from inquirylab.store.document import Document
from inquirylab.store.text_merge import Edit


def put(document: Document, path: str, value: Any, author: str = "Ana", **more: Any) -> bytes:
    with document.change() as c:
        c.put(path, value, author=author, now=more.pop("now", 1), schema=1, **more)
    return document.take_update()


def type_in(document: Document, path: str, at: int, text: str) -> bytes:
    with document.change() as c:
        c.edit(path, [Edit(at, at, text)])
    return document.take_update()


def meet(a: Document, b: Document) -> None:
    one, two = a.update_since(b.state()), b.update_since(a.state())
    a.apply([two])
    b.apply([one])
    assert a.all_entries() == b.all_entries() and a.texts() == b.texts()


def test_a_whole_number_stays_a_whole_number_and_every_value_comes_back_as_it_went() -> None:
    a, b = Document("a"), Document("b")
    for i, value in enumerate([3, 3.0, True, None, "é😀\x1f", ["a", "b"], {"k": 1}, -0.5, 2**60]):
        put(a, f"p{i}", value)
        meet(a, b)
        found = b.entries(f"p{i}")[0].value
        assert found == value and type(found) is type(value)


def test_two_answers_at_the_same_time_both_stand_wherever_they_are_read() -> None:
    for _ in range(20):  # the winner of a plain map is random
        a, b = Document("a"), Document("b")
        put(a, "aim.what", "x", now=5)
        put(b, "aim.what", "y", "Ben", now=6)
        meet(a, b)
        assert [(e.value, e.author) for e in a.entries("aim.what")] == [("y", "Ben"), ("x", "Ana")]


def test_an_answer_given_in_sight_of_another_replaces_it() -> None:
    a, b = Document("a"), Document("b")
    put(a, "aim.what", "x")
    meet(a, b)
    put(b, "aim.what", "y", "Ben")
    meet(a, b)
    assert [e.value for e in a.entries("aim.what")] == ["y"]


def test_two_people_behind_one_process_are_kept_apart_too() -> None:
    a = Document("a")
    put(a, "aim.what", "x")
    put(a, "aim.what", "y", "Ben", over=[])
    assert sorted(e.value for e in a.entries("aim.what")) == ["x", "y"]
    put(a, "aim.what", "z")
    assert [e.value for e in a.entries("aim.what")] == ["z"]


def test_a_text_that_two_people_begin_at_the_same_time_keeps_both() -> None:
    a, b = Document("a"), Document("b")
    type_in(a, "t", 0, "from Ana ")
    type_in(b, "t", 0, "from Ben ")
    meet(a, b)
    assert "from Ana" in a.text("t") and "from Ben" in a.text("t")


def test_positions_count_characters_not_bytes() -> None:
    a, b = Document("a"), Document("b")
    type_in(a, "t", 0, "añ😀z")
    type_in(a, "t", 3, "|")
    meet(a, b)
    assert b.text("t") == "añ😀|z"
    with b.change() as c:
        c.edit("t", [Edit(1, 3, "ü")])
    meet(a, b)
    assert a.text("t") == "aü|z"


def test_undo_takes_back_ones_own_last_edit_and_never_anothers() -> None:
    a, b = Document("a"), Document("b")
    type_in(a, "t", 0, "Ana ")
    meet(a, b)
    type_in(b, "t", 4, "Ben ")
    meet(a, b)
    type_in(a, "t", 0, "again ")
    a.undo_text("t")
    assert a.text("t") == "Ana Ben "
    a.undo_text("t")
    assert a.text("t") == "Ben "
    a.undo_text("t")
    assert a.text("t") == "Ben "
    meet(a, b)


def test_a_failure_while_a_change_is_planned_changes_nothing() -> None:
    a = Document("a")
    try:
        with a.change() as c:
            c.put("aim.what", "x", author="Ana", now=1, schema=1)
            raise KeyError
    except KeyError:
        pass
    assert a.entries("aim.what") == [] and a.take_update() == b"\x00\x00"


def test_what_is_no_entry_is_passed_over_whoever_wrote_it() -> None:
    stranger = Doc()
    from pycrdt import Map

    fields = stranger.get("fields", type=Map)
    for i, raw in enumerate(["", "[", "[1]", '["v",1,1,1,1]', "9" * 6000, "[" * 50_000, '["v","Ana",1,1,1]', "null"]):
        fields[f"p{i}\x1fw"] = raw
    a = Document("a")
    assert a.apply([stranger.get_update()]) == []
    assert list(a.all_entries()) == ["p6"] and a.entries("p1") == [] and a.entries("p6")[0].value == "v"


def test_a_whole_document_forgets_changes_that_wait_for_others() -> None:
    """Why compaction lets waiting frames go along as they are."""
    first, second = Doc(), Doc()
    first.get("t", type=Text).insert(0, "hello")
    second.apply_update(first.get_update())
    state = second.get_state()
    second.get("t", type=Text).insert(5, " world")
    waiting = Doc()
    waiting.apply_update(second.get_update(state))
    copy = Doc()
    copy.apply_update(waiting.get_update())
    copy.apply_update(first.get_update())
    assert str(copy.get("t", type=Text)) == "hello"
    waiting.apply_update(first.get_update())
    assert str(waiting.get("t", type=Text)) == "hello world"
