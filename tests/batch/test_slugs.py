"""A site's name becomes the name of a file: plain, short, inside its folder, and never two alike."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from inquirylab.batch.slugs import LONGEST, RESERVED, slug, slugs


@given(st.lists(st.text(min_size=1), unique=True, max_size=40))
def test_whatever_the_names_their_slugs_are_plain_and_different(names: list[str]) -> None:
    made = slugs(names)
    assert all(re.fullmatch(r"[a-z0-9-]+", s) and len(s) <= LONGEST and s not in RESERVED for s in made.values())
    assert len(set(made.values())) == len(names)


def test_names_that_differ_only_in_case_or_in_their_unicode_form_do_not_collide() -> None:
    assert len(set(slugs(["Oak", "OAK", "oak", "Caf\u00e9", "Cafe\u0301"]).values())) == 5


def test_windows_devices_are_no_file_names() -> None:
    assert slug("CON") == "site-con"
    assert slug("lpt1") == "site-lpt1"


def test_an_ordinary_name_is_easy_to_recognise() -> None:
    assert slug("Bristol, City of") == "bristol-city-of"
