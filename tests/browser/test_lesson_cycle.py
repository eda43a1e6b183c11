"""A whole cycle of lesson study in one page, from the plan to the driver diagram: by hand and finger, then by keys alone."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

import inquirylab
from tests.browser.bench import Bench

TITLE = "What is not asked? (invented)"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63000100000005000100"
    "0d0a2db40000000049454e44ae426082"
)


@pytest.fixture
def inq(tmp_path: Path) -> Iterator[Any]:
    """A team with a theory and a measure of which it has twelve weeks."""
    with inquirylab.create(tmp_path / "inquiry", title="Late on Mondays", author="ana") as inquiry:
        for name in ("ana", "ben", "cleo"):
            inquiry.add("people", {"display": name})
        inquiry.set("aim", {"what": "Everybody begins", "direction": "up"})
        inquiry.add("driver_diagram.drivers", {"id": "start", "label": "A start inside the lesson", "level": 1})
        inquiry.add("driver_diagram.edges", {"cause": "start", "effect": "aim", "because": "begun is half done"})
        inquiry.add(
            "measures",
            {"id": "begun", "name": "Begun in time", "family": "outcome", "node": "aim", "kind": "proportion",
             "direction": "up", "numerator": "begun", "denominator": "present"},
        )  # fmt: skip
        for week in range(12):
            day = dt.date.today() - dt.timedelta(weeks=6 - week)
            row = {"measure": "begun", "date": day.isoformat(), "numerator": 40 + week % 5, "denominator": 80}
            inquiry.add("measure_data", row)
        yield inquiry


@pytest.fixture
def shown(chromium: Browser, inq: Any) -> Iterator[Bench]:
    """The widget on a tablet that has a finger, a pointer and keys."""
    context = chromium.new_context(viewport={"width": 1024, "height": 900}, has_touch=True, offline=True)
    context.set_default_timeout(30_000)
    yield Bench(context, inq.lesson_study())
    context.close()


def lesson_of(shown: Bench, n: int = 0) -> Any:
    return shown.widget.live.inquiry.record.lesson_study_cycles[n]


SMALL_TARGETS = """() => [...document.querySelectorAll(
    '.step :is(button, select, input, textarea, summary, a[href], .grip, label.choice):not(label.choice *):not(.sr)')].filter((e) => {
  const r = e.getBoundingClientRect();
  return r.width > 1 && (r.height < 43.5 || r.width < 43.5) }).map((e) => e.outerHTML.slice(0, 120))"""


def fits_fingers(page: Page) -> None:
    """Every target of this step is 44 px or more each way, upright and lying."""
    for width, height in ((768, 1024), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(SMALL_TARGETS) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1024, "height": 900})


def notes_arrive(shown: Bench, count: int) -> list[Any]:
    until = time.monotonic() + 60
    while len(shown.widget.live.inquiry.record.observations) < count and time.monotonic() < until:
        shown.page.wait_for_timeout(50)
    return list(shown.widget.live.inquiry.record.observations)


def rows_are(page: Page, *begin: str) -> None:
    """Wait until the rows stand in this order."""
    page.wait_for_function(
        """(words) => [...document.querySelectorAll('.plan-rows [data-path$=".activity"] textarea')]
             .map((t) => t.value.split(/\\W/)[0]).join() === words.join()""",
        arg=begin,
    )


def drag(page: Page, from_: Locator, to: Locator, by: str, above: bool = False) -> None:
    """Drag from the middle of one thing to another: with the mouse, or with a finger as the browser reports one."""
    from_.scroll_into_view_if_needed()
    a, b = from_.bounding_box(), to.bounding_box()
    assert a and b
    x, y = a["x"] + a["width"] / 2, a["y"] + a["height"] / 2
    end = (b["x"] + b["width"] / 2, b["y"] + (4 if above else b["height"] / 2))
    points = [(x, y), (x + 6, y + 12 if end[1] > y else y - 12), ((x + end[0]) / 2, (y + end[1]) / 2), end]
    if by == "mouse":
        page.mouse.move(*points[0])
        page.mouse.down()
        for point in points[1:]:
            page.mouse.move(*point)
        page.mouse.up()
        return
    touch = page.context.new_cdp_session(page)
    for i, (px, py) in enumerate(points):
        kind = "touchStart" if i == 0 else "touchMove"
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": px, "y": py}]})
    page.wait_for_timeout(
        200
    )  # a finger that rests: after one that flies off, a browser takes the next tap as its stop
    touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": end[0] + 1, "y": end[1]}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_whole_cycle_by_hand_and_finger(shown: Bench, inq: Any, tmp_path: Path) -> None:
    page = shown.page
    studied(page)
    planned(shown, tmp_path)
    taught(shown)
    reviewed_and_discussed(shown)
    revised_and_taught_again(shown)
    learned(shown)
    goes_back_into_the_theory(shown, inq)
    assert shown.said == []


def studied(page: Page) -> None:
    page.get_by_role("button", name="Begin a lesson study cycle").tap()
    page.get_by_role("tab", name="Study").tap()
    page.get_by_label("What is the research lesson called?").fill(TITLE)
    page.get_by_label("Which qualities do we hope").fill("Students who begin")
    page.get_by_label("A start inside the lesson").tap()
    page.get_by_text("This lesson tests “A start inside the lesson”.").wait_for()
    fits_fingers(page)


def planned(shown: Bench, tmp_path: Path) -> None:
    page = shown.page
    page.get_by_role("tab", name="Plan").tap()
    page.get_by_role("button", name="Teaching through problem solving").tap()
    rows_are(page, "Grasp", "Solve", "Present", "Sum")
    rows = page.locator(".plan-rows tbody tr")
    drag(page, rows.nth(2).locator(".grip"), rows.nth(1), "mouse", above=True)
    page.get_by_text("is row 2 of 4 now").wait_for(state="attached")
    rows_are(page, "Grasp", "Present", "Solve", "Sum")
    drag(page, rows.nth(1).locator(".grip"), rows.nth(3), "finger", above=True)
    rows_are(page, "Grasp", "Solve", "Present", "Sum")
    page.get_by_role("button", name="Copy “Sum up").tap()
    rows_are(page, "Grasp", "Solve", "Present", "Sum", "Sum")
    rows.nth(4).get_by_label("Who prepares").select_option(label="ben")
    page.get_by_role("button", name="Add a data question").tap()
    page.get_by_label("The question").fill("Who begins, and with what?")
    page.get_by_role("button", name="Fewer tables").tap()
    page.locator(".spot", has_text="A4").tap()
    page.wait_for_selector(".spot[aria-pressed=false]")
    (tmp_path / "board.png").write_bytes(PIXEL)
    page.locator("[data-path$='.board_plan'] input[type=file]").set_input_files(tmp_path / "board.png")
    page.wait_for_selector("img.picture[src^='data:image/png']")
    shown.saved()
    lesson = lesson_of(shown)
    assert [r.phase for r in lesson.lesson_rows] == ["grasp", "solve", "discuss", "summarise", "summarise"]
    ben = next(p.id for p in shown.widget.live.inquiry.record.people if p.display == "ben")
    assert lesson.lesson_rows[4].prepared_by == ben and lesson.lesson_rows[3].prepared_by is None
    fits_fingers(page)
    assert lesson.seating.empty == ("A4",) and lesson.board_plan.endswith(".png")


def taught(shown: Bench) -> None:
    page = shown.page
    page.get_by_role("tab", name="Teach").tap()
    page.get_by_role("button", name="Observe here").tap()
    page.get_by_role("button", name="Start the lesson").tap()
    page.wait_for_selector(".clock")
    page.locator("[data-s=B1]").tap()
    page.get_by_role("button", name="begins to write").tap()
    drag(page, page.locator("[data-s=A1]"), page.locator("[data-s=A2]"), "finger")
    notes_arrive(shown, 2)
    drag(page, page.locator("[data-s=B1]"), page.locator("[data-s=B2]"), "mouse")
    page.locator("[data-s=B2]").focus()
    page.keyboard.press("2")
    page.keyboard.type("b2! s what is not asked?\n")
    notes = notes_arrive(shown, 4)
    assert {(n.seat, n.to_seat, n.kind) for n in notes} == {
        ("B1", None, "does"), ("A1", "A2", "interacts"), ("B1", "B2", "interacts"), ("B2", None, "says"),
    }  # fmt: skip
    shown.saved()
    assert [p.phase for p in lesson_of(shown).phases_taught] == ["solve"]
    assert lesson_of(shown).taught_on == dt.date.today()


def reviewed_and_discussed(shown: Bench) -> None:
    page = shown.page
    page.get_by_role("tab", name="Reflect").tap()
    page.get_by_text("4 of 4 notes").wait_for()
    fits_fingers(page)
    page.locator(".filters").get_by_label("Seat").select_option("B2")
    page.get_by_text("2 of 4 notes").wait_for()
    page.get_by_label("Flagged only").tap()
    page.get_by_text("1 of 4 notes").wait_for()
    page.locator(".found .quote select").select_option(label="Q1")
    page.get_by_role("button", name="Write what the notes say to it").tap()
    page.locator("[data-path$='.result'] textarea").fill("Talk came before the first mark")
    page.get_by_role("button", name="Discussion").tap()
    page.get_by_role("button", name="Next: The instructor first").tap()
    page.get_by_role("button", name="Start the timer").tap()
    page.get_by_label("What is said").fill("I had feared silence")
    page.get_by_role("button", name="Put it into the minutes").tap()
    page.locator(".protocol button", has_text="Evidence").tap()
    page.get_by_label("Issue card").fill("starting")
    page.get_by_label("What is said").fill("They talked first")
    page.get_by_text("Evidence before interpretation").wait_for()
    page.locator(".show label", has_text="what is not asked?").tap()
    page.get_by_role("button", name="Put it into the minutes").tap()
    page.locator(".protocol button", has_text="Final commentary").tap()
    fits_fingers(page)
    page.get_by_label("Main points").fill("The task was made smaller by the students")
    shown.saved()
    lesson = lesson_of(shown)
    flagged = next(n for n in shown.widget.live.inquiry.record.observations if n.flag)
    assert [(d.kind, d.issue, d.evidence) for d in lesson.discussion] == [
        ("instructor", None, ()),
        ("data", "starting", (flagged.id,)),
    ]
    assert lesson.results[0].result == "Talk came before the first mark"
    assert flagged.data_question == lesson.data_questions[0].id


def revised_and_taught_again(shown: Bench) -> None:
    page = shown.page
    page.get_by_role("button", name="Revise and teach again").tap()
    page.get_by_role("button", name="Change “Grasp").tap()
    page.get_by_label("after, change 1").fill("Strike out what is not asked")
    page.get_by_label("because, change 1").fill("It made the task smaller")
    page.get_by_role("button", name="Plan to teach it again").tap()
    page.locator(".compare [aria-label=changed]").wait_for()
    fits_fingers(page)
    assert page.locator(".compare tbody tr").count() == 6, "five rows side by side, and what was learned"
    shown.saved()
    first, again = lesson_of(shown), lesson_of(shown, 1)
    assert first.reteach == again.id and first.revisions[0].because == "It made the task smaller"
    assert again.lesson_rows[0].activity == "Strike out what is not asked"


def learned(shown: Bench) -> None:
    page = shown.page
    page.get_by_role("button", name="What we learned").tap()
    said = {"student_thinking": "Not, first", "subject": "A choice", "teaching": "Wait", "habits": "First words"}
    for area, words in said.items():
        page.locator(f"[data-path$='learning.{area}'] textarea").fill(words)
    page.get_by_label("Adapt it and test again").tap()
    page.get_by_label("It changes it").tap()
    page.locator("[data-path$='.theory_node'] select").select_option(label="A start inside the lesson")
    shown.saved()
    lesson = lesson_of(shown)
    assert {area: getattr(lesson.learning, area) for area in said} == said
    assert (lesson.act, lesson.theory_effect, lesson.theory_node) == ("adapt", "changes", "start")


def goes_back_into_the_theory(shown: Bench, inq: Any) -> None:
    theory = Bench(shown.page.context, inq.driver_diagram())
    theory.page.get_by_text("A start inside the lesson").first.click()
    theory.page.get_by_text(TITLE).first.wait_for()
    measure = Bench(shown.page.context, inq.measure("begun"))
    measure.page.locator("svg", has_text=TITLE).first.wait_for(state="attached")
    flags = inq.measured("begun").flags
    assert [(f.kind, f.text, f.date) for f in flags] == [("lesson_study", TITLE, dt.date.today())]


KEYS = ("Enter", "Space", "ArrowRight", "ArrowDown", "Shift+Enter", "Control+Enter")
CLOSER = """([e]) => e === document.activeElement ? 'there' :
  document.activeElement.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING ? 'Shift+Tab' : 'Tab'"""


def go(page: Page, to: Locator, *keys: str) -> None:
    """Go to a control with Tab alone, as somebody does who uses no pointer, and press keys there."""
    to.wait_for(state="attached")
    control = to.element_handle()
    for _ in range(250):
        step = page.evaluate(CLOSER, [control])
        if step == "there":
            break
        page.keyboard.press(step)
    else:
        raise AssertionError(f"Tab never comes to {to}")
    for key in keys:
        page.keyboard.press(key) if key in KEYS else page.keyboard.type(key)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name).first


def test_the_same_by_keys_alone(shown: Bench) -> None:
    page = shown.page
    plan_by_keys(page)
    teach_by_keys(shown)
    reflect_by_keys(page)
    shown.saved()
    first, again = lesson_of(shown), lesson_of(shown, 1)
    assert [r.phase for r in first.lesson_rows] == ["solve", "grasp", "discuss", "summarise"]
    assert first.lesson_rows[0].key_question == "which word is first?"
    assert first.data_questions[0].question == "who begins?"
    assert [(d.kind, d.text) for d in first.discussion] == [("instructor", "they talked first")]
    assert first.revisions[0].after == "strike it out" and first.reteach == again.id
    assert (first.learning.student_thinking, first.act) == ("not, first", "adopt")
    notes = shown.widget.live.inquiry.record.observations
    assert {(n.seat, n.to_seat, n.kind) for n in notes} == {("A1", "A2", "interacts"), ("B2", None, "says")}
    assert shown.said == []


def plan_by_keys(page: Page) -> None:
    go(page, button(page, "Begin a lesson study cycle"), "Enter")
    go(page, page.get_by_role("tab", name="Study"), "ArrowRight")
    go(page, button(page, "Teaching through problem solving"), "Enter")
    question = page.get_by_label("Key question of Solve alone")
    go(page, question, "which word is first?")
    page.keyboard.press("Alt+ArrowUp")
    page.get_by_text("is row 1 of 4 now").wait_for(state="attached")
    assert page.evaluate("document.activeElement.ariaLabel").startswith("Key question of Solve alone"), (
        "the row keeps the focus"
    )
    go(page, button(page, "Add a data question"), "Enter")
    go(page, page.get_by_label("The question"), "who begins?")
    go(page, button(page, "Fewer tables"), "Enter")


def teach_by_keys(shown: Bench) -> None:
    page = shown.page
    go(page, page.get_by_role("tab", name="Plan"), "ArrowRight")
    go(page, button(page, "Observe here"), "Enter")
    go(page, button(page, "Start the lesson"), "Enter")
    page.wait_for_selector(".clock")
    go(page, page.locator("[data-s=A1]"), "Enter", "ArrowRight", "Shift+Enter", "b2 s what is it?", "Enter")
    notes_arrive(shown, 2)


def reflect_by_keys(page: Page) -> None:
    go(page, page.get_by_role("tab", name="Teach"), "ArrowRight")
    page.get_by_text("2 of 2 notes").wait_for()
    go(page, page.locator(".filters").get_by_label("Seat"), "ArrowDown")
    page.get_by_text("1 of 2 notes").wait_for()
    go(page, button(page, "Discussion"), "Enter")
    go(page, button(page, "Next: The instructor first"), "Enter")
    go(page, page.get_by_label("What is said"), "they talked first", "Control+Enter")
    go(page, button(page, "Revise and teach again"), "Enter")
    go(page, button(page, "Change “Grasp"), "Enter")
    go(page, page.get_by_label("after, change 1"), "strike it out")
    go(page, button(page, "Plan to teach it again"), "Enter")
    page.locator(".compare [aria-label=changed]").wait_for()
    go(page, button(page, "What we learned"), "Enter")
    go(page, page.locator("[data-path$='learning.student_thinking'] textarea"), "not, first")
    go(page, page.get_by_label("Adopt it"), "Space")
