"""The board of the problem definition and the cause analysis, as teams use them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import inquirylab
from tests.browser.accessibility import violations
from tests.browser.bench import Bench
from tests.browser.lab import Lab, says, write_notebook

HOSTILE = '<script>alert(1)</script> </textarea> \u202eturned\u202c 😀 & "quotes"'
looks = pytest.mark.parametrize("bench", [(1160, "light"), (1160, "dark"), (375, "light")], indirect=True)
NOTEBOOK = "import inquirylab\ninq = inquirylab.open('inquiry')\ninq.problem_definition()"


@pytest.fixture
def inq(tmp_path: Path) -> Any:
    with inquirylab.create(tmp_path / "inquiry", title="Late on Mondays", author="ana") as inquiry:
        yield inquiry


@looks
@pytest.mark.parametrize("view", ["problem_definition", "causes"])
def test_no_barriers_empty_full_and_hostile(
    bench: Callable[[Any], Bench], inq: Any, worked: Path, view: str, tmp_path: Path
) -> None:
    hostile = inquirylab.create(tmp_path / "hostile", title=HOSTILE, author="ana")
    hostile.set("problem_definition.statement", HOSTILE + "x" * 100_000)
    hostile.add("problem_definition.missing_voices", {"who": HOSTILE})
    hostile.add("problem_definition.assumptions", {"text": HOSTILE})
    hostile.add("problem_definition.evidence", {"kind": "interview", "says": HOSTILE})
    hostile.set("causes.categories", [HOSTILE])
    hostile.add("causes.fishbone", {"text": HOSTILE, "category": HOSTILE})
    for inquiry in (inq, inquirylab.open(worked, author="ana"), hostile):
        shown = bench(getattr(inquiry, view)())
        shown.page.wait_for_selector(".iq h1")
        assert violations(shown.page) == []
        assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert shown.said == []


def test_the_statement_is_written_and_told_in_one_text(bench: Callable[[Any], Bench], inq: Any) -> None:
    shown = bench(inq.problem_definition())
    shown.page.locator("[data-path='problem_definition.statement'] .ctl").fill("One in five is late on Mondays.")
    shown.saved()
    inq.live.tell(thoroughly=True)
    shown.page.get_by_role("button", name="All of it as one text").click()
    shown.page.wait_for_function("() => document.querySelector('.aloud').innerText.includes('One in five')")
    assert inq.get("problem_definition.statement") == "One in five is late on Mondays."


def test_a_voice_is_added_planned_and_an_assumption_decided_by_keyboard_alone(
    bench: Callable[[Any], Bench], inq: Any
) -> None:
    shown = bench(inq.problem_definition())
    page = shown.page
    page.get_by_role("button", name="Add a voice").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".edit")
    page.keyboard.type("Students who left")  # the focus is in the first field
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    page.wait_for_selector(".edit", state="detached")
    assert page.evaluate("document.activeElement.textContent") == "Add a voice"
    page.get_by_role("button", name="Add an assumption").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".edit")
    page.keyboard.type("They leave it to the last evening")
    page.keyboard.press("Escape")
    page.locator(".asm .seg button").nth(1).focus()
    page.keyboard.press("Enter")
    shown.saved()
    record = inq.record.problem_definition
    assert [v.who for v in record.missing_voices] == ["Students who left"]
    assert [(a.text, a.decision) for a in record.assumptions] == [("They leave it to the last evening", "reframe")]


def test_dimensions_open_with_arrows_and_one_at_a_time(bench: Callable[[Any], Bench], inq: Any) -> None:
    shown = bench(inq.problem_definition())
    page = shown.page
    page.locator("#iq-dim-situation").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.locator("[data-path='problem_definition.scope.answer'] .ctl").fill("Not in Computing")
    page.get_by_role("button", name="One at a time").click()
    assert "3 of 5" in page.inner_text(".walk")
    page.get_by_role("button", name="Next").click()
    page.locator("[data-path='problem_definition.system.answer'] .ctl").fill("Three deadlines on one Friday")
    shown.saved()
    p = inq.record.problem_definition
    assert (p.scope.answer, p.system.answer) == ("Not in Computing", "Three deadlines on one Friday")


def test_a_version_is_kept_with_its_reason_and_compared(bench: Callable[[Any], Bench], inq: Any) -> None:
    inq.set("problem_definition.statement", "Weak starters hand in late.")
    shown = bench(inq.problem_definition())
    page = shown.page
    page.get_by_label("Keep what stands as version 1").fill("First version, from the tutors")
    page.get_by_role("button", name="Keep version 1").click()
    shown.saved()
    inq.live.tell(thoroughly=True)
    page.get_by_role("button", name="Edit statement").click()
    page.locator("[data-path='problem_definition.statement'] .ctl").fill("Students new to a course hand in late.")
    shown.saved()
    inq.live.tell(thoroughly=True)
    page.get_by_role("button", name="Compare 1 with now").click()
    page.wait_for_selector(".compare .change")
    assert "Weak starters" in page.inner_text(".compare") and "reworded" in page.inner_text(".compare")


def test_a_fishbone_grows_by_keyboard_and_a_cause_becomes_a_driver(bench: Callable[[Any], Bench], inq: Any) -> None:
    shown = bench(inq.causes())
    page = shown.page
    page.get_by_role("button", name="Begin with six families").click()
    page.get_by_role("button", name="Add a cause to Policies").click()
    page.wait_for_selector(".line:focus")
    page.keyboard.type("Deadlines fall on one Friday")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.matches('.line') && !document.activeElement.value")
    page.keyboard.press("Tab")  # an empty line goes below the one above
    page.wait_for_selector(".line[aria-label^='Cause of']")
    page.keyboard.type("Courses set them alone")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.matches('.line') && !document.activeElement.value")
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.querySelectorAll('.line').length === 2")
    shown.saved()
    top, below = inq.record.causes.fishbone
    assert (top.text, top.category) == ("Deadlines fall on one Friday", "Policies")
    assert (below.text, below.parent) == ("Courses set them alone", top.id)
    for cause in ("Deadlines fall on one Friday", "Courses set them alone"):
        page.get_by_role("button", name=f"Make it a driver: {cause}").click()
        page.wait_for_function(
            "w => [...document.querySelectorAll('.tag')].some(t => t.innerText.includes(w))", arg=cause
        )
    shown.saved()
    first, second = inq.record.driver_diagram.drivers
    assert [(d.label, d.level) for d in (first, second)] == [
        ("Deadlines fall on one Friday", 1),
        ("Courses set them alone", 2),
    ]
    assert [c.becomes_driver for c in inq.record.causes.fishbone] == [first.id, second.id]
    assert [(e.cause, e.effect) for e in inq.record.driver_diagram.edges] == [(first.id, "aim"), (second.id, first.id)]


def test_whys_are_asked_with_enter_and_branch(bench: Callable[[Any], Bench], inq: Any) -> None:
    shown = bench(inq.causes())
    page = shown.page
    page.get_by_role("button", name="Add a chain").click()
    for words in ("The brief is opened late", "Nothing asks for it", "The plan starts with reading"):
        page.wait_for_function("() => document.activeElement.matches('.line') && !document.activeElement.value")
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.matches('.line') && !document.activeElement.value")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Branch here: Nothing asks for it").click()
    page.wait_for_function("() => document.querySelectorAll('.chain').length === 2")
    shown.saved()
    first, second = inq.record.causes.why_chains
    assert [w.why for w in first.whys] == ["Nothing asks for it", "The plan starts with reading"]
    assert second.branch_of == first.whys[0].id


def test_a_team_makes_its_inquiry_in_a_form(bench: Callable[[Any], Bench], tmp_path: Path) -> None:
    shown = bench(inquirylab.new_inquiry(tmp_path))
    assert violations(shown.page) == []
    shown.page.get_by_label("What is it about?").fill("Work on time: a new course")
    assert shown.page.input_value("#iq-new-folder") == "work_on_time_a_new"
    shown.page.get_by_role("button", name="Make the inquiry").click()
    shown.page.wait_for_selector(".made")
    assert "01_problem_definition.ipynb" in shown.page.inner_text(".made")
    assert (tmp_path / "work_on_time_a_new" / "inquiry.toml").is_file()


def test_two_servers_over_one_folder_show_both_edits_within_a_second(
    labs: Callable[..., Lab], contexts: Callable[..., Any], tmp_path: Path, record_property: Callable[[str, Any], None]
) -> None:
    folder = tmp_path / "work"
    inquirylab.create(folder / "inquiry", title="Late on Mondays", author="ana").close()
    for user in ("ana", "ben"):
        write_notebook(folder / f"{user}.ipynb", NOTEBOOK)
    pages = [labs(folder, user).open(contexts(), f"{user}.ipynb") for user in ("ana", "ben")]
    field = "[data-path='problem_definition.{}'] .ctl"
    for page in pages:
        page.wait_for_selector(field.format("boundary.inside"))
    began = time.monotonic()
    pages[0].locator(field.format("boundary.inside")).fill("Six courses")
    pages[1].locator(field.format("boundary.outside")).fill("Year 13")
    for page in pages:
        for word, text in (("inside", "Six courses"), ("outside", "Year 13")):
            place = [field.format(f"boundary.{word}"), text]
            page.wait_for_function("([s, t]) => document.querySelector(s).value === t", arg=place, polling=20)
    seconds = time.monotonic() - began
    record_property("both_edits_shown_seconds", round(seconds, 2))
    print(f"both edits on both pages after {seconds:.2f} s, from the first key")
    for page in pages:
        says(page, "Saved")
    with inquirylab.open(folder / "inquiry", author="eve") as eve:
        bounds = eve.record.problem_definition.boundary
        assert (bounds.inside, bounds.outside, eve.conflicts()) == ("Six courses", "Year 13", [])
