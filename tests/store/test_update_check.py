"""A crafted change must not reach the decoder: it can exhaust memory (a huge count) or the stack (deep nesting)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text

from inquirylab.store.document import Document
from inquirylab.store.text_merge import Edit
from inquirylab.store.update_check import clocks, is_safe, reach


def varint(n: int) -> bytes:
    out = b""
    while n > 0x7F:
        out += bytes([n & 0x7F | 0x80])
        n >>= 7
    return out + bytes([n])


ITEM = b"\x01\x01\x05\x00\x08\x01\x01f\x01"


@pytest.mark.parametrize(
    "update",
    [
        varint(2**31) + bytes(9),
        varint(2**60) + bytes(9),
        b"\x01" + varint(2**31) + b"\x05\x00" + bytes(9),
        ITEM + b"\x75\x01" * 200_000 + b"\x7e\x00",
        ITEM + b"\x76" + varint(2**30) + b"\x00",
        ITEM + b"\x77" + varint(2**31) + b"a\x00",
        b"\x01\x01\x05\x00\x00" + varint(2**60) + b"\x00",
        b"\x00\x01\x05" + varint(2**40) + b"\x00\x01",
        b"",
        b"\x00",
        b"\x00\x00\x00",
    ],
)
def test_a_crafted_change_is_refused(update: bytes) -> None:
    assert not is_safe(update)
    assert Document("w").apply([update]) == [0]


def test_a_nested_type_is_refused() -> None:
    doc = Doc()
    doc.get("f", type=Map)["x"] = Map({"y": 1})
    assert not is_safe(doc.get_update())
    listed = Doc()
    listed.get("f", type=Map)["x"] = [1, 2]
    assert not is_safe(listed.get_update())
    array = Doc()
    array.get("a", type=Array).append(Text("x"))
    assert not is_safe(array.get_update())


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes_do_no_harm(update: bytes) -> None:
    document = Document("w")
    document.apply([update])
    document.all_entries(), document.texts(), document.update_since()


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 400), st.integers(0, 255), st.data())
def test_bits_that_tip_over_in_a_real_change_do_no_harm(at: int, value: int, data: st.DataObject) -> None:
    writer = Document("w")
    with writer.change() as c:
        c.put("aim.what", {"x": ["é", 1]}, author="Ana", now=1, schema=1)
        c.edit("aim.inclusive_clause", [Edit(0, 0, "words 😀 and more")])
    with writer.change() as c:
        c.put("aim.what", "y", author="Ana", now=2, schema=1)
        c.edit("aim.inclusive_clause", [Edit(2, 9, "")])
    update = bytearray(writer.update_since())
    update[at % len(update)] = value
    reader = Document("r")
    reader.apply([bytes(update)])
    reader.apply([writer.update_since()])
    reader.all_entries(), reader.texts(), reader.kept()


def test_what_a_record_writes_is_let_in() -> None:
    a, b = Document("a"), Document("b")
    with a.change() as c:
        c.put("aim.what", "x", author="Ana", now=1, schema=1)
        c.edit("t", [Edit(0, 0, "ñandú 😀 " * 50)])
    update = a.take_update()
    assert is_safe(update) and b.apply([update]) == []
    assert is_safe(b.update_since()) and b.texts() == a.texts()


def test_reach_is_what_a_document_must_know_to_take_a_change_in() -> None:
    a = Document("a")
    with a.change() as c:
        c.edit("t", [Edit(0, 0, "ñ😀x")])
        c.put("aim.what", "x", author="Ana", now=1, schema=1)
    with a.change() as c:
        c.edit("t", [Edit(1, 2, "")])
    assert reach(a.update_since()) == clocks(a.state())
