"""The team's story as a report: every part tells something, in a full inquiry and in an empty one."""

from __future__ import annotations

from pathlib import Path

import pytest

import inquirylab
from inquirylab.reports.story import FORMATIVE, Story
from tests.samples import ROOT

PARTS = ("headline", "problem", "theory", "cycles", "measures", "learned", "next", "contributions")


@pytest.fixture(scope="module")
def story() -> Story:
    return inquirylab.open(ROOT / "examples" / "oulad" / "inquiry", author="ana").story()


def test_it_says_that_it_is_formative(story: Story) -> None:
    assert FORMATIVE in story.headline().html


def test_the_problem_names_its_evidence_with_limits_and_who_was_not_heard(story: Story) -> None:
    words = story.problem().markdown
    assert "Limits: It does not say why" in words and "### Who has not been heard" in words


def test_the_theory_is_drawn_and_tells_what_changed_because_of_which_cycles(story: Story) -> None:
    told = story.theory()
    assert "<svg" in told.html and "<script" not in told.html
    assert "because of Calls, one tutor's group and Beginning assignment 3 together (invented)" in told.markdown
    assert "reworded: A first paragraph inside the tutorial" in told.markdown


def test_cycles_of_every_kind_are_told(story: Story) -> None:
    html = story.cycles().html
    assert "Calls, one tutor&#39;s group" in html and "Lesson study cycle" in html
    assert '<h3 dir="auto">Beginning assignment 3 together (invented)</h3>' in html


def test_what_was_learned_stands_with_what_it_did_to_the_theory(story: Story) -> None:
    assert "With the link at hand most students look at once. It supports the theory." in story.learned().markdown


def test_contributions_are_named_as_in_the_record(story: Story) -> None:
    words = story.contributions().markdown
    assert "**Student S (invented):** Named the problem." in words and "The team: Tutor A (invented)" in words


@pytest.mark.parametrize("part", PARTS)
def test_each_part_says_something_in_an_empty_inquiry(tmp_path: Path, part: str) -> None:
    with inquirylab.create(tmp_path / "a", title="New", author="ana") as inq:
        told = getattr(inq.story(), part)()
        assert len(told.markdown.splitlines()) > 2 and told.html.count("<h") >= 1


def test_hostile_words_are_text_everywhere(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script> </textarea> \u202e🙂 *x*"
    with inquirylab.create(tmp_path / "a", title=hostile, author="ana") as inq:
        inq.set("problem_definition.statement", hostile)
        inq.set("aim.what", hostile)
        driver = inq.add("driver_diagram.drivers", {"label": hostile, "level": 1})
        idea = inq.add("change_ideas", {"name": hostile, "drivers": [driver]})
        inq.add(
            "pdsa_cycles", {"title": hostile, "change": idea, "learned": hostile, "act": "adopt", "reason": hostile}
        )
        inq.add("driver_diagram.versions", {"reason": hostile})
        story = inq.story()
        for part in PARTS:
            told = getattr(story, part)()
            assert "<script" not in told.html and "</textarea" not in told.html
            assert "<script" not in told.markdown.replace("\\<script", "")
