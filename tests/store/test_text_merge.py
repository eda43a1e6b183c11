from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from inquirylab.store.text_merge import apply, edits, merged, union

WORDS = st.lists(st.sampled_from(["a", "the ", "pupils ", "late", " ", "\n", "ñ", "😀", "Ana"]), max_size=12).map(
    "".join
)


@settings(max_examples=300, deadline=None)
@given(WORDS, WORDS)
def test_edits_lead_from_one_text_to_the_other(base: str, value: str) -> None:
    assert apply(edits(base, value), base) == value


@settings(max_examples=300, deadline=None)
@given(WORDS, WORDS)
def test_where_only_one_side_changed_the_other_sides_text_stands(base: str, other: str) -> None:
    assert merged(base, other, base) == other
    assert merged(base, base, other) == other
    assert merged(base, other, other) == other


def test_a_stale_view_does_not_delete_a_colleagues_words() -> None:
    base = "Pupils are late on Mondays."
    current = "Pupils are late on Mondays. Ben: also after holidays."
    assert (
        merged(base, "Many pupils are late on Mondays.", current)
        == "Many pupils are late on Mondays. Ben: also after holidays."
    )


def test_what_both_removed_is_removed_once_and_what_each_added_stays() -> None:
    assert merged("one two three", "one three", "one three four") == "one three four"
    assert merged("cat", "cot", "cut") in ("cout", "cuot", "cotcut", "cutcot")


def test_long_texts_are_compared_quickly() -> None:
    base = "word " * 20_000
    began = time.perf_counter()
    assert merged(base, base.replace("word", "term"), base + "end").endswith("end")
    assert time.perf_counter() - began < 3


def test_without_a_common_past_every_line_of_both_stays() -> None:
    both = union("same\nours\n", "same\ntheirs")
    assert both.splitlines() == ["same", "ours", "theirs"]
