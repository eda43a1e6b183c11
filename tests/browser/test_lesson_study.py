"""A whole cycle of lesson study, as a team goes through it: study, plan, teach, reflect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import inquirylab
from tests.browser.accessibility import violations
from tests.browser.bench import Bench
from tests.browser.classroom import note_much, plan_lesson

looks = pytest.mark.parametrize("bench", [(1280, "light"), (768, "dark"), (375, "light")], indirect=True)
REFLECT = ("Review the data", "Discussion", "Revise and teach again", "What we learned")


@pytest.fixture
def inq(tmp_path: Path) -> Iterator[Any]:
    with inquirylab.create(tmp_path / "inquiry", title="Late on Mondays", author="ana") as inquiry:
        yield inquiry


def step(shown: Bench, name: str) -> None:
    shown.page.get_by_role("tab", name=name).click()
    shown.page.wait_for_selector(f"[role=tab][aria-selected=true]:has-text('{name}')")


@looks
def test_no_step_has_a_barrier_empty_or_worked(bench: Callable[[Any], Bench], inq: Any, worked: Path) -> None:
    shown = bench(inq.lesson_study())
    shown.page.get_by_role("button", name="Begin a lesson study cycle").wait_for()
    assert violations(shown.page) == []
    shown = bench(inquirylab.open(worked, author="ana").lesson_study())
    for name in ("Study", "Plan", "Teach", "Reflect"):
        step(shown, name)
        assert violations(shown.page) == [], name
        assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    for name in REFLECT:
        shown.page.get_by_role("button", name=name).click()
        assert violations(shown.page) == [], name
    assert shown.said == []


def test_a_plan_is_made_by_keyboard_alone(bench: Callable[[Any], Bench], inq: Any) -> None:
    shown = bench(inq.lesson_study())
    page = shown.page
    page.get_by_role("button", name="Begin a lesson study cycle").focus()
    page.keyboard.press("Enter")
    page.get_by_role("tab", name="Study").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Teaching through problem solving").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".plan-rows tbody tr:nth-child(4)")
    page.get_by_label("Key question of Solve alone").focus()
    page.keyboard.type("What changes, what stays?")
    page.keyboard.press("Alt+ArrowUp")
    shown.saved()
    rows = inq.record.lesson_study_cycles[0].lesson_rows
    assert [r.phase for r in rows] == ["solve", "grasp", "discuss", "summarise"]
    assert rows[0].key_question == "What changes, what stays?"
    page.get_by_role("button", name="Copy “Solve alone").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Add a response that students may give in Grasp").focus()
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Response 1 in Grasp").focus()
    page.keyboard.type("They count")
    shown.saved()
    rows = inq.record.lesson_study_cycles[0].lesson_rows
    assert [r.phase for r in rows] == ["solve", "solve", "grasp", "discuss", "summarise"]
    assert rows[1].key_question == "What changes, what stays?" and rows[1].id != rows[0].id
    assert [a.response for a in rows[2].anticipated] == ["They count"]


def test_a_room_is_drawn_in_a_few_presses(bench: Callable[[Any], Bench], inq: Any) -> None:
    lesson = plan_lesson(inq)
    shown = bench(inq.lesson_study(lesson))
    page = shown.page
    step(shown, "Plan")
    page.get_by_role("button", name="Fewer tables").click()
    page.wait_for_function("() => document.querySelectorAll('.plan-floor .spot').length === 20")
    page.get_by_role("button", name="E4").click()
    page.wait_for_selector(".spot[aria-pressed=false]")
    shown.saved()
    seating = inq.record.lesson_study_cycles[0].seating
    assert (seating.groups, seating.empty) == (5, ("E4",))
    page.get_by_role("button", name="Free", exact=True).click()
    page.wait_for_function("() => document.querySelectorAll('.spot.loose').length === 19")
    page.get_by_role("button", name="A1").focus()
    before = page.locator(".spot.loose").first.evaluate("e => e.style.left")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("was => document.querySelector('.spot.loose').style.left !== was", arg=before)
    shown.saved()
    assert inq.record.lesson_study_cycles[0].seating.arrangement == "free"


def test_the_review_sifts_gathers_and_never_counts_a_seat_outside_its_own_table(
    bench: Callable[[Any], Bench], inq: Any
) -> None:
    lesson = plan_lesson(inq, minutes_ago=50)
    note_much(inq, lesson, 90)
    shown = bench(inq.lesson_study(lesson))
    page = shown.page
    step(shown, "Reflect")
    page.wait_for_function("() => /90 of 90 notes/.test(document.querySelector('.lg').innerText)")
    page.locator(".filters").get_by_label("Observer").select_option(label="ben")
    page.wait_for_function("() => /30 of 90 notes/.test(document.querySelector('.lg').innerText)")
    page.locator(".filters").get_by_label("Kind").select_option("does")
    page.wait_for_function("() => /30 of 90 notes/.test(document.querySelector('.lg').innerText)")
    page.locator(".filters").get_by_label("Seat").select_option("B4")
    page.locator(".found .quote select").first.select_option(index=1)
    shown.saved()
    question = inq.record.lesson_study_cycles[0].data_questions[0].id
    assert [o.data_question for o in inq.record.observations if o.data_question] == [question]
    page.get_by_role("button", name="Write what the notes say to it").first.click()
    page.locator("[data-path$='.result'] .ctl").fill("Most began within five minutes")
    shown.saved()
    assert inq.record.lesson_study_cycles[0].results[0].result == "Most began within five minutes"
    outside = inq.lesson_study(lesson).html().split("What observers noted")[1]
    assert "A1" not in outside and "B3" not in outside


def test_the_discussion_follows_the_protocol_and_writes_its_minutes(bench: Callable[[Any], Bench], inq: Any) -> None:
    lesson = plan_lesson(inq, minutes_ago=50)
    note_much(inq, lesson, 6)
    shown = bench(inq.lesson_study(lesson))
    page = shown.page
    step(shown, "Reflect")
    page.get_by_role("button", name="Discussion").click()
    page.get_by_role("button", name="Next: The instructor first").click()
    page.get_by_role("button", name="Start the timer").click()
    page.wait_for_function("() => /^6:5/.test(document.querySelector('.steptime').innerText)")
    page.get_by_label("What is said").fill("I had feared silence")
    page.get_by_role("button", name="Put it into the minutes").click()
    page.locator(".protocol button", has_text="Evidence").click()
    page.get_by_label("What is said").fill("They began at once")
    page.get_by_text("Evidence before interpretation").wait_for()
    page.get_by_label("Issue card").fill("starting")
    page.locator(".show input[type=checkbox]").first.check()
    page.get_by_text("Evidence before interpretation").wait_for(state="detached")
    page.get_by_role("button", name="Put it into the minutes").click()
    shown.saved()
    said = inq.record.lesson_study_cycles[0].discussion
    assert [(d.kind, d.text, d.issue, len(d.evidence)) for d in said] == [
        ("instructor", "I had feared silence", None, 0),
        ("data", "They began at once", "starting", 1),
    ]
    assert violations(page) == []
    minutes = inq.lesson_study(lesson).print("minutes")
    assert "I had feared silence" in minutes and "shown: " in minutes


def test_a_lesson_taught_again_is_a_cycle_of_its_own_compared_side_by_side(
    bench: Callable[[Any], Bench], inq: Any
) -> None:
    lesson = plan_lesson(inq)
    shown = bench(inq.lesson_study())
    page = shown.page
    step(shown, "Reflect")
    page.get_by_role("button", name="Revise and teach again").click()
    page.get_by_role("button", name="Change “Pairs say").click()
    page.get_by_label("after, change 1").fill("Pairs say what the card does not ask")
    page.get_by_label("because, change 1").fill("It was read as a list of steps")
    page.get_by_role("button", name="Plan to teach it again").click()
    page.wait_for_selector(".compare")
    shown.saved()
    first, again = inq.record.lesson_study_cycles
    assert (first.id, first.reteach) == (lesson, again.id)
    assert [r.activity for r in again.lesson_rows][:2] == [
        "Pairs say what the card does not ask",
        "Alone, then with a neighbour",
    ]
    assert page.locator(".compare tr:not(.same) [aria-label=changed]").count() == 1


def test_others_words_arrive_while_one_plans(bench: Callable[[Any], Bench], inq: Any) -> None:
    lesson = plan_lesson(inq)
    shown = bench(inq.lesson_study(lesson))
    step(shown, "Study")
    with inquirylab.open(inq.folder.path, author="ben") as ben:
        ben.set(f"lesson_study_cycles.{lesson}.theme", "Students who begin")
        shown.page.wait_for_function(
            "() => [...document.querySelectorAll('textarea')].some((t) => t.value === 'Students who begin')"
        )
