"""The measure form asks what domain writers ask of a measure: operational definition, family, direction, chart."""

from __future__ import annotations

import pytest

from inquirylab.definitions import load_form

FIELDS = [
    *(
        "name",
        "family",
        "construct",
        "node",
        "kind",
        "population",
        "include",
        "exclude",
        "numerator",
        "denominator",
        "unit",
    ),
    *("direction", "goal", "baseline", "instrument", "source", "collector", "frequency", "lag_days", "sampling"),
    *(
        "disaggregate_by",
        "min_n",
        "practical_check",
        "definition_version",
        "changed_on",
        "break_series",
        "rows",
        "phases",
    ),
    *("annotations", "chart"),
]


@pytest.mark.parametrize("field", FIELDS)
def test_the_form_asks_for(field: str) -> None:
    assert load_form("measure").question(field) is not None


def test_the_family_has_its_five_members() -> None:
    family = load_form("measure").question("family")
    assert family is not None
    assert [c.id for c in family.choices] == ["outcome", "driver", "process", "balancing", "pdsa"]


def test_a_practical_measure_is_asked_six_things() -> None:
    check = load_form("measure").question("practical_check")
    assert check is not None
    assert [q.kind for q in check.questions] == ["yes_no"] * 6
