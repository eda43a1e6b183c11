"""Progress as a team reads it: one page of the thread, where what is missing is answered in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import inquirylab
from tests.browser.bench import Bench


@pytest.fixture
def inq(tmp_path: Path) -> Iterator[Any]:
    with inquirylab.create(tmp_path / "inquiry", title="Late on Mondays", author="ana") as inquiry:
        yield inquiry


def test_a_missing_answer_is_given_where_it_is_named_by_keyboard_alone(bench: Callable[[Any], Bench], inq: Any) -> None:
    shown = bench(inq.progress())
    page = shown.page
    assert "Say what you see" in page.inner_text(".next")
    page.get_by_role("button", name="Do it here").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("On Mondays one pupil in five comes late.")
    shown.saved()
    page.wait_for_function("() => /said, no evidence yet/.test(document.querySelector('.thread').innerText)")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"  # what is being answered stays in its place
    page.keyboard.press("Shift+Tab")
    while page.evaluate("document.activeElement.innerText") != "Done":
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("() => /how you know/.test(document.querySelector('.next').innerText)")
    assert inq.record.problem_definition.statement == "On Mondays one pupil in five comes late."
    assert "ana: Problem definition" in page.inner_text(".feed")


def test_an_untested_idea_becomes_a_cycle_with_one_click(bench: Callable[[Any], Bench], worked: Path) -> None:
    with inquirylab.open(worked, author="ana") as inq:
        shown = bench(inq.progress())
        shown.page.get_by_role("button", name="Plan a cycle of it").click()
        shown.saved()
        shown.page.wait_for_function("() => /one under way/.test(document.querySelector('.thread').innerText)")
        assert inq.record.pdsa_cycles[-1].change == next(
            i.id for i in inq.record.change_ideas if i.name == "One calendar of due days"
        )


def test_two_answers_at_once_are_settled_on_this_page(bench: Callable[[Any], Bench], inq: Any) -> None:
    inq.set("aim.what", "Late")
    other = inquirylab.open(inq.folder.path, author="tom")
    assert other.get("aim.what") == "Late"
    inq.set("aim.what", "Late on Mondays", base="Late")
    other.set("aim.what", "Late on all days", base="Late")
    other.close()
    inq.sync()
    if not inq.conflicts():  # a short answer changed over an old base stands as a conflict
        pytest.fail("The two answers did not meet")
    shown = bench(inq.progress())
    shown.page.get_by_role("button", name="Choose").first.click()
    shown.page.get_by_role("button", name="Use tom’s").click()
    shown.saved()
    shown.page.wait_for_function("() => !document.querySelector('.conflict')")
    assert inq.get("aim.what") == "Late on all days" and inq.conflicts() == []


def test_measures_show_their_chart_or_say_that_there_is_no_data(bench: Callable[[Any], Bench], worked: Path) -> None:
    shown = bench(inquirylab.open(worked, author="ana").progress())
    assert shown.page.locator(".mults svg").count() == 1
    assert shown.page.locator(".nodata").count() == 3
    assert "1 point beyond the upper limit" in shown.page.inner_text(".sig")


def test_hostile_words_are_words(bench: Callable[[Any], Bench], inq: Any) -> None:
    hostile = "<img src=x onerror=alert(1)></textarea>‮🙂"
    inq.set("about.title", hostile)
    inq.set("problem_definition.statement", "s")
    idea = inq.add("change_ideas", {"name": hostile})
    inq.add("pdsa_cycles", {"title": hostile, "change": idea})
    inq.add("measures", {"name": hostile})
    shown = bench(inq.progress())
    assert hostile.replace("\u202e", "") in shown.page.inner_text("h1")
    assert shown.page.locator(".iq img").count() == 0 and shown.said == []
