"""What a device brings into a lesson: a clock that is wrong, a camera, a screen that is small."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser

import inquirylab
from tests.browser.accessibility import violations
from tests.browser.bench import Bench
from tests.browser.classroom import note_much, plan_lesson
from tests.browser.test_observation import SMALL_TARGETS, notes_arrive

LATE = """const Right = Date, by = -180000;
globalThis.Date = class extends Right {
  constructor(...given) { if (given.length) super(...given); else super(Right.now() + by) }
  static now() { return Right.now() + by } }"""


@pytest.fixture
def inq(tmp_path: Path) -> Iterator[Any]:
    with inquirylab.create(tmp_path / "inquiry", title="Late on Mondays", author="ana") as inquiry:
        yield inquiry


def photo(path: Path) -> Path:
    """Write a photo as a telephone takes it: large, lying on its side, with where and by what it was taken."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Telephone of somebody", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0)})
    picture = Image.effect_noise((4000, 3000), 90).convert("RGB")
    picture.paste((255, 0, 0), (0, 0, 4000, 300))  # the upper edge as the camera lay; on the right, held upright
    picture.save(path, "JPEG", quality=92, exif=exif)
    assert b"Telephone of somebody" in path.read_bytes()
    return path


def test_a_device_whose_clock_is_three_minutes_late_notes_the_time_of_the_team(chromium: Browser, inq: Any) -> None:
    lesson = plan_lesson(inq, minutes_ago=10)
    context = chromium.new_context(viewport={"width": 1024, "height": 768}, offline=True)
    context.set_default_timeout(60_000)
    context.add_init_script(LATE)
    try:
        shown = Bench(context, inq.observation(lesson))
        page = shown.page
        page.wait_for_function("() => /^1\\d:/.test(document.querySelector('.clock').innerText)")
        page.locator("[data-s=A1]").focus()
        before = dt.datetime.now(dt.UTC)
        page.keyboard.type("a1 s by whose clock?\n")
        after = dt.datetime.now(dt.UTC)
        (note,) = notes_arrive(shown, 1)
        near, stored = dt.timedelta(seconds=1), dt.datetime.fromisoformat(note.t_abs)
        assert before - near <= stored <= after + near
        assert abs(stored - dt.datetime.fromisoformat(note.t_device) - dt.timedelta(minutes=3)) < near
        assert note.t_rel >= 600
        page.keyboard.press("Alt+2")
        shown.saved()
        (phase,) = inq.record.lesson_study_cycles[0].phases_taught
        assert dt.datetime.fromisoformat(phase.began) >= stored - near
    finally:
        context.close()


def test_a_device_whose_clock_is_right_notes_its_own_time_alone(bench: Callable[[Any], Bench], inq: Any) -> None:
    shown = bench(inq.observation(plan_lesson(inq, minutes_ago=1)))
    shown.page.locator("[data-s=A1]").focus()
    shown.page.keyboard.type("a1 s on time\n")
    (note,) = notes_arrive(shown, 1)
    assert note.t_device is None


def test_a_photo_taken_without_a_connection_outlives_a_reload_and_says_nothing_of_where(
    bench: Callable[[Any], Bench], inq: Any, tmp_path: Path
) -> None:
    lesson = plan_lesson(inq, minutes_ago=10)
    shown = bench(inq.observation(lesson))
    page = shown.page
    page.locator("[data-s=B3]").click()
    page.evaluate("bench.connect(false)")
    page.locator("#iq-note").fill("three rows of a table")
    with page.expect_file_chooser() as chooser:
        page.locator("label.photo").click()
    chooser.value.set_files(photo(tmp_path / "IMG_0042.jpg"))
    page.wait_for_selector(".feed .i-photo")
    page.wait_for_function("() => document.querySelector('#iq-note').value === ''")
    page.locator(".feed .line").click()
    page.wait_for_function("() => document.querySelector('.photo-shown')?.naturalHeight > 0")
    shown.show()
    (note,) = notes_arrive(shown, 1)
    page.wait_for_function("() => document.querySelectorAll('.feed .i-ring').length === 0")
    shown.saved()
    (note,) = inq.record.observations
    assert (note.seat, note.kind, note.verbatim) == ("B3", "writes", "three rows of a table")
    kept = inq.attachment(note.media).read_bytes()
    picture = Image.open(io.BytesIO(kept))
    assert len(kept) <= 500_000
    assert (picture.format, max(picture.size) <= 1600, picture.height > picture.width) == ("JPEG", True, True)
    assert not picture.getexif() and b"Telephone" not in kept and b"Exif" not in kept
    red, _, blue = picture.getpixel((picture.width - 5, picture.height // 2))
    assert red > 200 and blue < 80, "the upper edge of the photo as it was held stands on the right"
    page.locator(".feed .line").click()
    page.wait_for_function("() => document.querySelector('.photo-shown')?.naturalHeight > 0")
    for page_of_it in (inq.observation(lesson).html(), inq.lesson_study(lesson).html()):
        assert '<img src="data:image/jpeg;base64,' in page_of_it
    review = bench(inq.lesson_study(lesson)).page
    review.get_by_role("tab", name="Reflect").or_(review.get_by_role("button", name="Reflect")).first.click()
    review.wait_for_function("() => document.querySelector('.photo-shown')?.naturalHeight > 0")


def test_a_file_that_is_no_picture_is_not_stored_and_says_so(
    bench: Callable[[Any], Bench], inq: Any, tmp_path: Path
) -> None:
    shown = bench(inq.observation(plan_lesson(inq, minutes_ago=1)))
    (tmp_path / "notes.jpg").write_text("no picture")
    shown.page.locator("label.photo input").set_input_files(tmp_path / "notes.jpg")
    shown.page.get_by_text("This picture cannot be read. Take another one.").wait_for()
    assert list(inq.record.observations) == []


@pytest.mark.parametrize(("width", "height", "scheme"), [(768, 1024, "light"), (1024, 768, "dark")])
def test_a_tablet_filled_by_the_lesson_notes_with_two_taps_on_large_targets(
    chromium: Browser, inq: Any, width: int, height: int, scheme: Any
) -> None:
    lesson = plan_lesson(inq, minutes_ago=23)
    note_much(inq, lesson, 30)
    size: Any = {"width": width, "height": height}
    context = chromium.new_context(viewport=size, has_touch=True, offline=True, color_scheme=scheme)
    context.set_default_timeout(60_000)
    try:
        shown = Bench(context, inq.observation(lesson))
        page = shown.page
        page.get_by_role("button", name="The lesson, this screen and you").tap()
        assert page.evaluate(SMALL_TARGETS) == []
        page.get_by_role("button", name="Fill the screen").tap()
        page.wait_for_function("() => document.fullscreenElement?.classList.contains('ls')")
        page.locator(".menu").wait_for(state="detached")
        assert page.evaluate(SMALL_TARGETS) == []
        assert violations(page) == []
        within = "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight && r.right <= innerWidth }"
        for part in (
            "[data-s=A1]",
            "[data-s=F4]",
            "#iq-note",
            ".codes button >> nth=0",
            ".ph button >> nth=3",
            ".clock",
        ):
            assert page.locator(part).evaluate(within), f"{part} is seen without scrolling"
        page.locator("[data-s=F4]").tap()
        page.get_by_role("button", name="waits").tap()
        last = notes_arrive(shown, 31)[-1]
        assert (last.seat, last.verbatim) == ("F4", "waits")
    finally:
        context.close()


def test_whoever_was_given_a_question_notes_to_it_and_sees_the_own_seats(
    bench: Callable[[Any], Bench], inq: Any
) -> None:
    lesson = plan_lesson(inq, minutes_ago=5)
    shown = bench(inq.observation(lesson))
    shown.page.wait_for_selector("[data-s=A1]")
    mine = (
        "() => [...document.querySelectorAll('.seat')].filter((s) => s.querySelector('.dot')).map((s) => s.dataset.s)"
    )
    assert shown.page.evaluate(mine) == ["A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4"]
    with inquirylab.open(inq.folder.path, author="ben") as ben:
        shown = bench(ben.observation(lesson))
        shown.page.locator("[data-s=C1]").focus()
        shown.page.keyboard.type("c1 s to my question\n")
        (note,) = notes_arrive(shown, 1)
        second = ben.record.lesson_study_cycles[0].data_questions[1]
        assert note.data_question == second.id


def test_escape_leaves_the_line_for_the_room_and_keys_go_on(bench: Callable[[Any], Bench], inq: Any) -> None:
    shown = bench(inq.observation(plan_lesson(inq, minutes_ago=5)))
    page = shown.page
    page.locator("[data-s=B3]").focus()
    page.keyboard.type("b3 s never min")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.s") == "A1"
    page.keyboard.type("3")
    page.keyboard.type("a2 d draws\n")
    (note,) = notes_arrive(shown, 1)
    assert (note.seat, note.kind, note.verbatim) == ("A2", "does", "draws")
    page.get_by_role("button", name="The lesson, this screen and you").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".menu")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    page.locator(".menu").wait_for(state="detached")
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "false"
    shown.saved()
    assert [p.phase for p in inq.record.lesson_study_cycles[0].phases_taught] == ["discuss"]
