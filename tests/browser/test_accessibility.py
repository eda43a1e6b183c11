"""No barrier in any view: empty, worked, with findings and with sixty nodes; wide and narrow, light, dark, forced colours, zoomed.

One page for each view and state; it is looked at in every way there is.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

import inquirylab
from tests.browser.accessibility import look, too_wide, twice_the_text, violations, without_outline
from tests.browser.bench import Bench
from tests.browser.classroom import note_much, plan_lesson
from tests.browser.theories import sixty
from tests.browser.troubled import troubled
from tests.samples import VIEWS

Open = Callable[[Any], Bench]
EXAMPLE = Path(__file__).parents[2] / "examples" / "oulad" / "inquiry"
STATES = ("empty", "worked", "findings", "sixty")
FORMS = ("aim", "people", "contributions", "pdsa_cycles")
LOOKS = ((1440, "light", False), (375, "dark", False), (700, "dark", True))
UNFOLD = "() => document.querySelectorAll('details').forEach((d) => { d.open = true })"
STEPS = {"worked": ("Plan", "Teach"), "findings": ("Reflect", "Study")}
wide = pytest.mark.parametrize("bench", [(1440, "light")], indirect=True)


@pytest.fixture(scope="module")
def inquiries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """One inquiry in each state; the tests of this file only look."""
    home = tmp_path_factory.mktemp("looks")
    shutil.copytree(EXAMPLE, home / "worked")
    found = {
        "empty": inquirylab.create(home / "empty", title="Work on time", author="ana"),
        "worked": inquirylab.open(home / "worked", author="ana"),
        "findings": troubled(home / "findings"),
        "sixty": sixty(home / "sixty"),
    }
    note_much(found["sixty"], plan_lesson(found["sixty"], minutes_ago=23), 240)
    yield found
    for inquiry in found.values():
        inquiry.close()


def widget(inq: Any, view: str) -> Any:
    return inq.form(*FORMS) if view == "form" else getattr(inq, view)()


def barriers(page: Page) -> list[str]:
    """Return what is wrong with what is shown, in every look."""
    found = []
    for width, scheme, forced in LOOKS:
        look(page, width, scheme, forced)
        # in forced colours the browser chooses them, and axe would judge those that the page asked for
        wrong = violations(page, contrast=not forced) + too_wide(page)
        found += [f"{width} {scheme}{' forced' if forced else ''}: {w}" for w in wrong]
    return found


def opened(page: Page, view: str) -> None:
    """Open what is folded away, so that it is looked at too."""
    page.wait_for_selector(".iq h1")
    if view == "driver_diagram" and page.get_by_role("button", name="Unfold all").count():
        page.get_by_role("button", name="Unfold all").click()
    if view == "form":
        for items in page.locator("section.collection").all():
            heads = items.locator(".item-head > [aria-expanded=false]")
            if heads.count():
                heads.first.click()
    if view == "progress":
        closed = page.get_by_role("button", name="Answer", exact=True, expanded=False)
        while closed.count():
            closed.first.click()
    page.evaluate(UNFOLD)


@wide
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("view", [*VIEWS, "form"])
def test_no_view_has_a_barrier_in_any_state_at_any_width_in_any_colours(
    bench: Open, inquiries: dict[str, Any], view: str, state: str
) -> None:
    shown = bench(widget(inquiries[state], view))
    opened(shown.page, view)
    assert barriers(shown.page) == []
    for step in STEPS.get(state, ()) if view == "lesson_study" else ():
        shown.page.get_by_role("tab", name=step).click()
        shown.page.evaluate(UNFOLD)
        assert barriers(shown.page) == [], step
    assert shown.said == []


@wide
def test_a_new_inquiry_begins_without_a_barrier(bench: Open, tmp_path: Path) -> None:
    page = bench(inquirylab.new_inquiry(tmp_path)).page
    page.wait_for_selector(".iq h1")
    assert barriers(page) == []


@wide
@pytest.mark.parametrize("view", [*VIEWS, "form"])
def test_at_twice_the_size_nothing_scrolls_sideways_and_the_focus_shows(
    bench: Open, inquiries: dict[str, Any], view: str
) -> None:
    page = bench(widget(inquiries["worked"], view)).page
    opened(page, view)
    for width in (640, 360):  # a window of 1280 or 720 pixels at 200 %
        look(page, width)
        assert too_wide(page) == [], width
    look(page, 1280)
    twice_the_text(page)
    assert too_wide(page) == []
    assert without_outline(page, stops=25) == []
    look(page, 1280, forced=True)
    assert without_outline(page, stops=10) == []


def spoken(page: Page) -> list[tuple[str, str, dict[str, Any]]]:
    """Return role, name and properties of everything that a screen reader is told of."""
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    return [
        (
            n["role"]["value"],
            " ".join(n.get("name", {}).get("value", "").split()),
            {p["name"]: p["value"].get("value") for p in n.get("properties", ())},
        )
        for n in nodes
        if not n.get("ignored")
    ]


CONTROLS = {"button", "link", "textbox", "combobox", "checkbox", "radio", "treeitem", "tab", "searchbox"}
THE_BROWSERS = "Show date picker"  # a part of the browser's own field for a date


@wide
def test_a_screen_reader_is_told_each_node_link_and_control_of_sixty_nodes_by_a_name_of_its_own(
    bench: Open, inquiries: dict[str, Any]
) -> None:
    page = bench(inquiries["sixty"].driver_diagram()).page
    opened(page, "driver_diagram")
    page.wait_for_function("() => document.querySelectorAll('.edges [data-link]').length >= 59")
    told = spoken(page)
    controls = [(role, name) for role, name, _ in told if role in CONTROLS and not name.startswith(THE_BROWSERS)]
    assert [c for c in controls if not any(letter.isalpha() for letter in c[1])] == []
    assert {c: n for c, n in Counter(controls).items() if n > 1} == {}
    buttons = [name for role, name in controls if role == "button"]
    assert "Aim: Nine of ten students finish the year all students; from 71 to 90 by 1 July 2099" in " ".join(buttons)
    assert sum(name.startswith(("Primary driver: ", "Secondary driver: ", "Change idea: ")) for name in buttons) == 59
    links = [name for name in buttons if "” leads to “" in name]
    assert "“Attendance works for every student” leads to “Nine of ten students finish the year”" in links
    assert len(links) == 59
    rows = [(name, about) for role, name, about in told if role == "treeitem"]
    assert Counter(about["level"] for _, about in rows) == {1: 1, 2: 5, 3: 14, 4: 40}
    assert [role for role, _, _ in told].count("tree") == 1
    assert all(about.get("expanded") is (True if about["level"] < 4 else None) for _, about in rows)
    for row in page.locator("[role=treeitem]").all()[1:3]:
        assert row.get_attribute("aria-posinset") == "1" and int(str(row.get_attribute("aria-setsize"))) > 1


@wide
def test_a_screen_reader_is_told_what_is_weak_what_is_chosen_and_what_is_folded(
    bench: Open, inquiries: dict[str, Any]
) -> None:
    page = bench(inquiries["findings"].driver_diagram()).page
    page.wait_for_selector(".edges [data-link]")
    weak = [name for role, name, _ in spoken(page) if role == "button" and name.endswith(", weak link")]
    assert weak == ["“Asking costs nothing” leads to “Every task is clear”, weak link"]
    page.locator("[role=treeitem]", has_text="Asking costs nothing").click()
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("[role=treeitem][aria-expanded=false]")
    chosen = [(name, about) for role, name, about in spoken(page) if role == "treeitem" and about.get("selected")]
    assert len(chosen) == 1 and chosen[0][0].startswith("Asking costs nothing (weak link)")
    assert chosen[0][1]["expanded"] is False
