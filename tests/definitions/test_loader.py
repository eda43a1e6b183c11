"""Forms are data: read by one loader, checked against one schema, refused in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inquirylab.definitions import form_ids, load_form, parse_form
from inquirylab.definitions.wording import worded
from inquirylab.errors import DefinitionError

KINDS = [
    "text",
    "long_text",
    "integer",
    "number",
    "date",
    "yes_no",
    "choice",
    "reference",
    "group",
    "list",
    "measure_data",
    "attachment",
]

HEAD = 'id = "x"\nversion = 1\ntitle = "X"\nsource = ""\n'
QUESTION = '[[question]]\nid = "a"\nprompt = "A?"\n'
NEEDS = {
    "choice": '[[question.choice]]\nid = "yes"\nlabel = "Yes"\n',
    "reference": 'to = ["driver"]\n',
    "group": '[[question.question]]\nid = "b"\nprompt = "B?"\nkind = "text"\n',
    "list": 'item = "text"\n',
}


@pytest.mark.parametrize("form_id", form_ids())
def test_every_form_loads_and_carries_the_name_of_its_file(form_id: str) -> None:
    form = load_form(form_id)
    assert form.id == form_id
    assert form.title and form.questions and len(form.digest) == 16


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_question_can_be_expressed(kind: str) -> None:
    form = parse_form(f'{HEAD}{QUESTION}kind = "{kind}"\n{NEEDS.get(kind, "")}'.encode(), "x.toml")
    assert form.questions[0].kind == kind


def test_the_schema_knows_these_kinds_and_no_others() -> None:
    schema = json.loads((Path(load_form.__wrapped__.__code__.co_filename).parent / "schema" / "form.json").read_text())
    assert schema["$defs"]["question"]["properties"]["kind"]["enum"] == KINDS


@pytest.mark.parametrize("kind", sorted(NEEDS))
def test_a_kind_that_needs_more_is_refused_without_it(kind: str) -> None:
    with pytest.raises(DefinitionError, match=r"does not fit its schema.*x\.toml"):
        parse_form(f'{HEAD}{QUESTION}kind = "{kind}"\n'.encode(), "x.toml")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"id = \xff", "not UTF-8 text"),
        (b"id = ", "not valid TOML"),
        (HEAD.encode() + b'[[question]]\nid = "A b"\nprompt = "?"\nkind = "text"\n', "does not fit its schema"),
        (HEAD.encode() + QUESTION.encode() + b'kind = "txt"\n', "is not one of"),
        (HEAD.encode() + (QUESTION + 'kind = "text"\n').encode() * 2, "Two questions have the id 'a'"),
        (HEAD.encode() + b'[[question]]\nid = "is"\nprompt = "?"\nkind = "text"\n', "a word that Python keeps"),
        (HEAD.encode() + QUESTION.encode() + b'kind = "text"\nsection = "zz"\n', "unknown section 'zz'"),
    ],
)
def test_a_broken_form_is_refused_with_its_file(content: bytes, says: str) -> None:
    with pytest.raises(DefinitionError, match=says) as refusal:
        parse_form(content, "x.toml")
    assert "x.toml" in str(refusal.value)


def test_an_unknown_form_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(DefinitionError, match="Did you mean 'measure'"):
        load_form("measures")


def test_a_question_may_be_required_by_the_answer_to_another() -> None:
    numerator = load_form("measure").question("numerator")
    assert numerator is not None
    assert numerator.is_required({"kind": "proportion"})
    assert not numerator.is_required({"kind": "count"})


def test_a_question_without_a_source_has_that_of_what_holds_it() -> None:
    form = parse_form(
        b"""id = "x"
version = 1
title = "X"
source = "A book"
[[question]]
id = "plain"
prompt = "?"
kind = "text"
[[question]]
id = "ours"
prompt = "?"
kind = "text"
source = ""
[[question]]
id = "held"
prompt = "?"
kind = "group"
source = "A paper"
[[question.question]]
id = "inner"
prompt = "?"
kind = "text"
[[question.question]]
id = "other"
prompt = "?"
kind = "text"
source = "A guide"
""",
        "x.toml",
    )
    sources = {path: q.source for path, q in form.walk()}
    assert sources == {
        "plain": "A book",
        "ours": "",
        "held": "A paper",
        "held.inner": "A paper",
        "held.other": "A guide",
    }
    ours = worded(form, {"source": "Another book"})
    assert {path: q.source for path, q in ours.walk()} == {**sources, "plain": "Another book"}


def test_no_form_carries_the_labels_of_lean_5s() -> None:
    lean = {"sort", "set in order", "shine", "standardize", "standardise", "sustain"}
    for form_id in form_ids():
        form = load_form(form_id)
        words = {
            w.casefold()
            for w in (
                *(s.title for s in form.sections),
                *(q.label for q in form.questions),
                *(q.id for q in form.questions),
            )
        }
        assert not words & lean
