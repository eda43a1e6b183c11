from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from inquirylab.store.frame import MAGIC, PREFIX_SIZE, SNAPSHOT, pack, scan

ONE, TWO, THREE = (pack(b'{"n":%d}' % n, b"update %d" % n, schema=1) for n in (1, 2, 3))


def updates(data: bytes) -> list[bytes]:
    return [f.update for f in scan(data).frames]


def test_what_is_packed_is_found_again() -> None:
    found = scan(ONE + pack(b"", b"", kind=SNAPSHOT, schema=7) + THREE)
    assert [(f.header, f.update, f.kind, f.schema) for f in found.frames] == [
        (b'{"n":1}', b"update 1", 0, 1),
        (b"", b"", 1, 7),
        (b'{"n":3}', b"update 3", 0, 1),
    ]
    assert found.holes == [] and found.end == len(ONE) + PREFIX_SIZE + len(THREE)


def test_a_half_written_frame_waits_for_the_rest() -> None:
    for cut in range(len(TWO)):
        found = scan(ONE + TWO[:cut])
        assert updates(ONE + TWO[:cut]) == [b"update 1"] and found.end == len(ONE) and not found.holes
    assert updates(ONE + TWO) == [b"update 1", b"update 2"]


def test_a_reader_goes_on_from_where_it_was() -> None:
    first = scan(ONE + TWO[:5])
    assert [f.offset for f in scan((ONE + TWO + THREE)[first.end :], first.end).frames] == [len(ONE), len(ONE + TWO)]


def test_damage_hides_one_frame_and_no_other() -> None:
    whole = ONE + TWO + THREE
    for at in range(len(ONE), len(ONE + TWO)):
        for bit in (1, 128):
            broken = bytearray(whole)
            broken[at] ^= bit
            found = scan(bytes(broken))
            assert [f.update for f in found.frames] == [b"update 1", b"update 3"]
            assert found.holes == [(len(ONE), len(ONE + TWO))]


def test_zeros_from_a_file_system_that_lost_a_page_are_a_hole() -> None:
    found = scan(ONE + bytes(4096) + THREE)
    assert [f.update for f in found.frames] == [b"update 1", b"update 3"] and found.holes == [
        (len(ONE), len(ONE) + 4096)
    ]
    assert scan(ONE + bytes(4096)).end == len(ONE)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(st.binary(max_size=60), st.sampled_from([ONE, TWO, THREE, MAGIC, ONE[:-3], bytes(30)])), max_size=12
    )
)
def test_whatever_stands_in_a_log_every_intact_frame_is_found(parts: list[bytes]) -> None:
    found = scan(b"".join(parts))
    intact = [p for p in parts if p in (ONE, TWO, THREE)]
    assert len(found.frames) >= len(intact)
    assert found.end <= sum(map(len, parts))
    ends = [0, *(f.offset for f in found.frames)]
    assert ends == sorted(ends)


def test_promises_of_huge_frames_cost_neither_time_nor_memory() -> None:
    liar = bytearray(pack(b"x" * 40, b"y" * 40, schema=1))[:PREFIX_SIZE]
    began = time.perf_counter()
    assert scan(bytes(liar) * 40_000).frames == []
    assert scan(MAGIC * 250_000).frames == []
    assert time.perf_counter() - began < 5
