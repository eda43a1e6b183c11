"""A plan matches a site list with a template, and refuses what does not fit before the first site runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inquirylab.batch.plan import plan
from inquirylab.errors import SiteListError, TemplateError
from inquirylab.store.site_list import ListedSite, SiteList
from inquirylab.templates import Parameter

TAKES = {
    name: Parameter(name, default)
    for name, default in {
        "site": "",
        "data": "",
        "measure": [],
        "weeks": 3,
        "share": 0.5,
        "strict": False,
        "note": None,
    }.items()
}


def listed(values: dict[str, str], defaults: dict[str, Any] | None = None) -> SiteList:
    site = ListedSite("Oak", values, 2)
    return SiteList(Path("/hub/sites.csv"), (site,), ("site", *values), defaults or {})


def parameters(values: dict[str, str], defaults: dict[str, Any] | None = None) -> dict[str, Any]:
    return dict(plan(listed(values, defaults), "t.ipynb", TAKES).jobs[0].parameters)


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("weeks", "4", 4),
        ("share", "0.25", 0.25),
        ("strict", "yes", True),
        ("strict", "FALSE", False),
        ("note", "a; b", "a; b"),
    ],
)
def test_a_cell_takes_the_type_of_the_parameters_default(column: str, text: str, value: object) -> None:
    assert parameters({column: text})[column] == value


NEEDS = {"site": TAKES["site"], "weeks": Parameter("weeks", 0, required=True)}


@pytest.mark.parametrize("values", [{}, {"weeks": ""}], ids=["no column", "an empty cell"])
def test_a_parameter_without_a_default_must_be_given(values: dict[str, str]) -> None:
    with pytest.raises(SiteListError, match="needs a value for its parameter 'weeks'") as refused:
        plan(listed(values), "t.ipynb", NEEDS)
    assert "sites.csv, line 2" in str(refused.value) and "'Oak'" in str(refused.value)


def test_it_is_given_by_the_list_or_for_all_sites_and_has_its_type() -> None:
    assert plan(listed({"weeks": "4"}), "t.ipynb", NEEDS).jobs[0].parameters["weeks"] == 4
    assert plan(listed({}, {"weeks": 9}), "t.ipynb", NEEDS).jobs[0].parameters["weeks"] == 9
    with pytest.raises(SiteListError, match="not a whole number"):
        plan(listed({"weeks": "four"}), "t.ipynb", NEEDS)


def test_an_empty_cell_leaves_the_default() -> None:
    assert "weeks" not in parameters({"weeks": ""})


def test_a_cell_wins_over_a_default_for_all_sites() -> None:
    assert parameters({"weeks": "4"}, {"weeks": 9})["weeks"] == 4
    assert parameters({"weeks": ""}, {"weeks": 9})["weeks"] == 9


def test_relative_paths_start_at_the_folder_of_the_site_list() -> None:
    assert parameters({"data": "oak.csv"})["data"] == "/hub/oak.csv"
    assert parameters({"measure": "a.toml; b.toml"})["measure"] == ["/hub/a.toml", "/hub/b.toml"]
    assert parameters({"measure": "Late arrivals"})["measure"] == ["Late arrivals"], (
        "a measure of an inquiry by its name"
    )
    assert parameters({"data": "https://example.org/x.csv"})["data"] == "https://example.org/x.csv"


def test_the_site_is_passed_only_where_the_template_takes_it() -> None:
    takes = {"data": Parameter("data", "")}
    assert dict(plan(listed({"data": "x"}), "t.ipynb", takes).jobs[0].parameters) == {"data": "/hub/x"}


@pytest.mark.parametrize(
    ("values", "error", "says"),
    [
        ({"wekes": "3"}, TemplateError, "takes no parameter 'wekes'.*Did you mean 'weeks'"),
        ({"weeks": "three"}, SiteListError, r"not a whole number.*line 2, column weeks.*'three'"),
        ({"strict": "perhaps"}, SiteListError, "not true or false"),
    ],
)
def test_what_does_not_fit_is_refused(values: dict[str, str], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        parameters(values)
