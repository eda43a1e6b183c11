"""The live lesson as observers use it: with a mouse, a finger and keys alone; with a lost connection, a reload, others."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

import inquirylab
from tests.browser.accessibility import violations
from tests.browser.bench import Bench
from tests.browser.classroom import note_much, plan_lesson

SMALL_TARGETS = """() => [...document.querySelectorAll('.ls :is(button, input, select, label.k)')].filter((e) => {
  const r = e.getBoundingClientRect();
  return r.width > 1 && !e.classList.contains('sr') && (r.width < 43.5 || r.height < 43.5) }).map((e) => e.outerHTML.slice(0, 120))"""
looks = pytest.mark.parametrize(
    "bench", [(1100, "light"), (1024, "dark"), (768, "light"), (375, "light")], indirect=True
)


@pytest.fixture
def inq(tmp_path: Path) -> Iterator[Any]:
    with inquirylab.create(tmp_path / "inquiry", title="Late on Mondays", author="ana") as inquiry:
        yield inquiry


def shown_seats(bench: Bench) -> list[tuple[str, str | None]]:
    return [(n.seat, n.kind) for n in bench.widget.live.inquiry.record.observations]


def notes_arrive(bench: Bench, count: int) -> list[Any]:
    """Wait until the record holds so many notes, as a person waits for “All saved”."""
    until = time.monotonic() + 30
    while len(bench.widget.live.inquiry.record.observations) < count and time.monotonic() < until:
        bench.page.wait_for_timeout(50)
    bench.saved()
    return list(bench.widget.live.inquiry.record.observations)


@looks
def test_empty_planned_and_full_have_no_barriers_and_large_targets(bench: Callable[[Any], Bench], inq: Any) -> None:
    shown = bench(inq.observation())
    shown.page.get_by_role("button", name="Observe a lesson now").wait_for()
    assert violations(shown.page) == []
    lesson = plan_lesson(inq, minutes_ago=23)
    note_much(inq, lesson, 60)
    shown = bench(inq.observation(lesson))
    shown.page.wait_for_selector(".feed li")
    assert violations(shown.page) == []
    assert shown.page.evaluate(SMALL_TARGETS) == []
    assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert shown.said == []


def test_two_taps_store_a_note_with_the_time_of_the_first(bench: Callable[[Any], Bench], inq: Any) -> None:
    lesson = plan_lesson(inq, minutes_ago=10)
    shown = bench(inq.observation(lesson))
    tapped = time.time()
    shown.page.locator("[data-s=B3]").click()
    shown.page.wait_for_timeout(1200)
    shown.page.get_by_role("button", name="first mark").click()
    (note,) = notes_arrive(shown, 1)
    assert (note.seat, note.kind, note.verbatim, note.lesson) == ("B3", "does", "first mark", lesson)
    ana = next(p.id for p in inq.record.people if p.display == "ana")
    assert (note.observer, note.data_question) == (ana, inq.record.lesson_study_cycles[0].data_questions[0].id)
    stored = dt.datetime.fromisoformat(note.t_abs).timestamp()
    assert tapped - 0.5 <= stored <= tapped + 1.1, "the time is that of the tap on the seat"
    assert 600 <= note.t_rel <= 640


def test_one_typed_line_is_a_note_and_keys_alone_do_everything(bench: Callable[[Any], Bench], inq: Any) -> None:
    lesson = plan_lesson(inq)
    shown = bench(inq.observation(lesson))
    page = shown.page
    page.get_by_role("button", name="Start the lesson").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".clock")
    page.locator("[data-s=A1]").focus()
    page.keyboard.press("2")  # the second phase
    page.wait_for_function("() => /Solve/.test(document.querySelector('.ph [aria-pressed=true]')?.innerText ?? '')")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.s") == "A2"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.s") == "A4"
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+Enter")  # A4 turns to B3
    page.keyboard.type("b3 s what is the next line?\n")
    page.keyboard.type("c2>t asks\n")
    page.keyboard.type("w 24, crossed out\n")  # no seat: it goes to the last one
    page.keyboard.press("Alt+3")
    notes = notes_arrive(shown, 4)
    assert [(n.seat, n.to_seat, n.kind, n.verbatim) for n in notes] == [
        ("A4", "B3", "interacts", "turns to B3"),
        ("B3", None, "says", "what is the next line?"),
        ("C2", "T", "interacts", "asks"),
        ("C2", None, "writes", "24, crossed out"),
    ]
    shown.saved()
    taught = [p.phase for p in inq.record.lesson_study_cycles[0].phases_taught]
    assert taught == ["solve", "discuss"]


def test_a_drag_from_seat_to_seat_says_who_turned_to_whom(bench: Callable[[Any], Bench], inq: Any) -> None:
    lesson = plan_lesson(inq, minutes_ago=3)
    shown = bench(inq.observation(lesson))
    page = shown.page
    for _ in range(2):
        a, b = page.locator("[data-s=E1]").bounding_box(), page.locator("[data-s=F1]").bounding_box()
        assert a and b
        page.mouse.move(a["x"] + 20, a["y"] + 20)
        page.mouse.down()
        page.mouse.move(a["x"] + 60, a["y"] + 30)
        page.wait_for_selector(".pull", state="attached")
        page.mouse.move(b["x"] + 20, b["y"] + 20, steps=4)
        page.mouse.up()
    notes = notes_arrive(shown, 2)
    assert {(n.seat, n.to_seat, n.kind) for n in notes} == {("E1", "F1", "interacts")}
    page.wait_for_function("() => document.querySelector('.arc.last text')?.textContent === '2'")


def test_a_finger_taps_and_drags(chromium: Browser, inq: Any) -> None:
    lesson = plan_lesson(inq, minutes_ago=3)
    context = chromium.new_context(viewport={"width": 768, "height": 1024}, has_touch=True, offline=True)
    context.set_default_timeout(20_000)
    try:
        shown = Bench(context, inq.observation(lesson))
        page = shown.page
        page.locator("[data-s=B3]").tap()
        page.get_by_role("button", name="waits").tap()
        a, b = page.locator("[data-s=D1]").bounding_box(), page.locator("[data-s=D2]").bounding_box()
        assert a and b
        touch = context.new_cdp_session(page)
        points = [(a["x"] + 30, a["y"] + 30), (a["x"] + 60, a["y"] + 34), (b["x"] + 30, b["y"] + 30)]
        for i, (x, y) in enumerate(points):
            kind = "touchStart" if i == 0 else "touchMove"
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        notes = notes_arrive(shown, 2)
        assert [(n.seat, n.to_seat) for n in notes] == [("B3", None), ("D1", "D2")]
    finally:
        context.close()


def test_notes_without_a_connection_outlive_a_reload_and_arrive_once(bench: Callable[[Any], Bench], inq: Any) -> None:
    lesson = plan_lesson(inq)
    shown = bench(inq.observation(lesson))
    page = shown.page
    page.get_by_role("button", name="Start the lesson").wait_for()
    page.evaluate("bench.connect(false)")
    page.get_by_role("button", name="Start the lesson").click()
    page.wait_for_selector(".clock")
    for i in range(12):
        page.locator("[data-s=A1]").focus()
        page.keyboard.type(f"a{i % 4 + 1} s word {i}\n")
    page.wait_for_function("() => document.querySelectorAll('.feed .i-ring').length === 12")
    page.wait_for_function("() => /12 notes kept here, will send/.test(document.querySelector('.net').innerText)")
    assert list(inq.record.observations) == []
    page.wait_for_function("async () => (await indexedDB.databases()).some((d) => d.name === 'inquirylab')")
    shown.show()
    page.wait_for_selector(".clock")
    notes = notes_arrive(shown, 12)
    assert [n.verbatim for n in notes] == [f"word {i}" for i in range(12)]
    assert all(n.t_rel is not None and n.t_rel < 120 for n in notes)
    assert len({n.observer for n in notes}) == 1
    page.wait_for_function("() => document.querySelectorAll('.feed .i-ring').length === 0")


def test_what_is_noted_is_in_indexeddb_before_it_is_sent(bench: Callable[[Any], Bench], inq: Any) -> None:
    lesson = plan_lesson(inq, minutes_ago=1)
    shown = bench(inq.observation(lesson))
    page = shown.page
    page.wait_for_selector("[data-s=A1]")
    seen = page.evaluate(
        """async () => {
          const kept = () => new Promise((resolve) => { const o = indexedDB.open('inquirylab'); o.onsuccess = () => {
            const r = o.result.transaction('waiting').objectStore('waiting').getAll();
            r.onsuccess = () => { o.result.close(); resolve(JSON.stringify(r.result)) } } });
          const send = window.toPython, found = [];
          window.toPython = async (m) => { if (m.includes('"add"')) found.push((await kept()).includes('in the book')); return send(m) };
          document.querySelector('[data-s=A1]').focus();
          window.foundKept = found }"""
    )
    assert seen is None
    page.keyboard.type("a1 s in the book\n")
    notes_arrive(shown, 1)
    assert page.evaluate("window.foundKept") == [True]


def test_others_notes_arrive_and_can_be_hidden(bench: Callable[[Any], Bench], inq: Any) -> None:
    lesson = plan_lesson(inq, minutes_ago=5)
    shown = bench(inq.observation(lesson))
    shown.page.wait_for_selector("[data-s=A1]")
    with inquirylab.open(inq.folder.path, author="ben") as ben:
        who = next(p.id for p in ben.record.people if p.display == "ben")
        ben.add(
            "observations",
            {"lesson": lesson, "observer": who, "t_rel": 60, "seat": "C1", "kind": "says", "verbatim": "from ben"},
        )
        shown.page.wait_for_function("() => /from ben/.test(document.querySelector('.feed').innerText)")
    shown.page.get_by_role("button", name="ben", exact=True).click()
    shown.page.wait_for_function("() => !/from ben/.test(document.querySelector('.feed').innerText)")


def test_a_reading_and_a_flag_stand_apart_from_the_words(bench: Callable[[Any], Bench], inq: Any) -> None:
    lesson = plan_lesson(inq, minutes_ago=5)
    shown = bench(inq.observation(lesson))
    page = shown.page
    page.locator("[data-s=B3]").focus()
    page.keyboard.type("!")
    page.keyboard.type("b3 s “What is the next line?”\n")
    notes_arrive(shown, 1)
    page.locator(".feed .line").click()
    page.locator("[data-path$='.interpretation'] .ctl").fill("The card is read as a list of steps")
    shown.saved()
    page.wait_for_function("() => /reading: The card/.test(document.querySelector('.feed .line').innerText)")
    (note,) = inq.record.observations
    assert (note.verbatim, note.interpretation, note.flag) == (
        "“What is the next line?”",
        "The card is read as a list of steps",
        True,
    )


def test_a_name_in_a_note_is_found_where_it_stands_and_mended_by_one_press(
    bench: Callable[[Any], Bench], inq: Any
) -> None:
    lesson = plan_lesson(inq, minutes_ago=5)
    shown = bench(inq.observation(lesson))
    page = shown.page
    page.locator("[data-s=B3]").focus()
    page.keyboard.type("b3 d Maria asks what to do\n")
    page.get_by_role("button", name="Write B3 in its place").click()
    shown.saved()
    page.wait_for_function("() => /B3 asks what to do/.test(document.querySelector('.feed').innerText)")
    (note,) = inq.record.observations
    assert note.verbatim == "B3 asks what to do"


@pytest.mark.parametrize("bench", [(1024, "light")], indirect=True)
def test_two_thousand_notes_are_shown_and_only_the_latest_are_drawn(bench: Callable[[Any], Bench], inq: Any) -> None:
    lesson = plan_lesson(inq, minutes_ago=44)
    note_much(inq, lesson, 2000)
    shown = bench(inq.observation(lesson))
    shown.page.wait_for_function("() => /2000 notes/.test(document.querySelector('.lg').innerText)")
    assert shown.page.locator(".feed li").count() == 40
    assert shown.page.locator(".tl path").count() <= 12
    shown.page.locator("[data-s=A1]").focus()
    shown.page.keyboard.type("a1 w the last one\n")
    notes_arrive(shown, 2001)
