from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquirylab.store.identity import ALPHABET, new_id, place_between


def test_ids_last_and_sort_by_time() -> None:
    ids = [new_id(ms) for ms in (1, 2, 1_700_000_000_000)]
    assert ids == sorted(ids) and {len(i) for i in ids} == {26}
    assert len({new_id(5) for _ in range(1000)}) == 1000


def test_ids_made_in_one_millisecond_or_after_the_clock_went_back_keep_their_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    times = iter([5, 5, 5, 3, 3, 6] * 200)
    start = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: start + next(times) * 1_000_000)
    ids = [new_id() for _ in range(1200)]
    assert ids == sorted(set(ids)) and {len(i) for i in ids} == {26}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 10**9), max_size=60))
def test_there_is_always_a_place_between(choices: list[int]) -> None:
    places = [new_id()]
    for c in choices:
        at = c % (len(places) + 1)
        places.insert(at, place_between(places[at - 1] if at else None, places[at] if at < len(places) else None))
    assert places == sorted(places) and len(set(places)) == len(places)


def test_places_stay_short() -> None:
    first, last = [new_id()], [new_id()]
    for _ in range(1000):
        first.insert(0, place_between(None, first[0]))
        last.append(place_between(last[-1], None))
    assert max(map(len, first[:-1])) == max(map(len, last[1:])) == 13


@settings(max_examples=300, deadline=None)
@given(st.text(ALPHABET, max_size=8), st.text(ALPHABET, max_size=8))
def test_strange_places_from_a_hostile_log_do_not_hang(low: str, high: str) -> None:
    assert place_between(low, high)
