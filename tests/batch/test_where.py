"""Conditions on sites: comparisons over parameters, and nothing else."""

from __future__ import annotations

import pytest

from inquirylab.batch.where import condition
from inquirylab.errors import SiteListError

NORTH = {"site": "Leeds", "region": "north", "pupils": "120", "share": 0.5, "open": True}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("site == 'Leeds'", True),
        ("region != 'north'", False),
        ("pupils > 100", True),
        ("pupils == 120", True),
        ("100 <= pupils < 120", False),
        ("share >= 0.5 and not region == 'south'", True),
        ("site in ['York', 'Leeds'] or pupils < 0", True),
        ("'ee' in site", True),
        ("open", True),
        ("pupils > -1", True),
    ],
)
def test_a_condition_is_what_it_says(text: str, holds: bool) -> None:
    assert condition(text)(NORTH) is holds


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "site.upper() == 'LEEDS'",
        "pupils + 1 > 3",
        "[x for x in site]",
        "site is None",
    ],
)
def test_whatever_else_python_can_do_is_refused(text: str) -> None:
    with pytest.raises(SiteListError, match="not understood"):
        condition(text)(NORTH)


def test_errors_say_what_to_do() -> None:
    with pytest.raises(SiteListError, match=r"no 'regoin'.*Did you mean 'region'"):
        condition("regoin == 'north'")(NORTH)
    with pytest.raises(SiteListError, match="not understood"):
        condition("region == ")
    with pytest.raises(SiteListError, match="cannot be compared"):
        condition("region > 3")(NORTH)
