"""The glossary comes from the definitions, and the page that ships is what they say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from inquirylab.cli_inquiry import glossary as command
from inquirylab.definitions import form_ids, load_form
from inquirylab.definitions.glossary import glossary, terms_of
from inquirylab.errors import DefinitionError
from inquirylab.reports.glossary_page import glossary_markdown

PAGE = Path(__file__).parents[2] / "docs" / "glossary.md"
STANDARD = """aim, driver, change idea, PDSA cycle, research lesson, run chart, centre line, control limits, baseline, phase,
    operational definition"""


def test_the_page_is_what_the_definitions_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == glossary_markdown(glossary())


def test_the_standard_terms_of_the_field_are_there() -> None:
    names = {name.casefold() for t in glossary() for name in (t.term, *t.also)}
    assert {w.strip().casefold() for w in STANDARD.split(",")} <= names
    assert {"primary driver", "secondary driver"} <= names


def test_every_form_that_says_what_it_is_has_a_term() -> None:
    names = {t.term.casefold() for t in glossary()}
    assert [f for f in form_ids() if load_form(f).help and load_form(f).title.casefold() not in names] == []


def test_terms_stand_in_the_order_of_the_alphabet_once_each() -> None:
    names = [t.term.casefold() for t in glossary()]
    assert names == sorted(set(names))


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ([{"term": "aim"}], "has no meaning"),
        ([{"term": "aim", "means": "a"}, {"term": "Aim", "means": "b"}], "stands twice"),
        ([{"term": "aim", "means": "a", "see": ["driver"]}], "names 'driver', which is no term"),
    ],
)
def test_a_glossary_that_cannot_be_is_refused(entries: list[dict[str, object]], says: str) -> None:
    with pytest.raises(DefinitionError, match=says):
        terms_of(entries)


def test_the_command_prints_it() -> None:
    assert CliRunner().invoke(command).output == glossary_markdown(glossary())
    told = json.loads(CliRunner().invoke(command, ["--json"]).output)
    assert [t["term"] for t in told] == [t.term for t in glossary()]
