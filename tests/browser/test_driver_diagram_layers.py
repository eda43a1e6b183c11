"""The network's theory as a layer in the driver diagram, and drivers taken from the causes: by mouse and by keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.accessibility import violations
from tests.browser.bench import Bench
from tests.browser.theories import networked

Open = Callable[[Any], Bench]


def drivers(inq: Any) -> dict[str, Any]:
    return {d.label: d for d in inq.record.driver_diagram.drivers}


@pytest.fixture
def site(tmp_path: Path) -> Any:
    with networked(tmp_path) as inquiry:
        yield inquiry


def row(page: Any, words: str) -> Any:
    return page.locator("[role=treeitem]", has_text=words).first


@pytest.mark.parametrize("bench", [(1440, "light"), (375, "dark")], indirect=True)
def test_the_networks_drivers_are_seen_and_answered_in_the_diagram(bench: Open, site: Any) -> None:
    shown = bench(site.driver_diagram())
    page = shown.page
    page.get_by_role("button", name="Network", exact=True).click()
    page.get_by_text("2 of its drivers not answered here").wait_for()
    assert page.locator(".node.theirs").count() == 3 and violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    row(page, "Families know what is due").click()
    page.locator(".panel .eyebrow", has_text="the network’s").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Not at this site").click()
    page.get_by_text("1 of its drivers not answered here").wait_for()
    shown.saved()
    taken = drivers(site)["Families know what is due"]
    assert (taken.state, taken.owner_scope, bool(taken.overlay_of)) == ("not_here", "hub", True)
    edge = next(e for e in site.record.driver_diagram.edges if e.cause == taken.id)
    assert (edge.effect, edge.because) == ("aim", "four schools saw it")
    assert [f.id for f in site.findings() if f.id in ("NW02", "NW03")] == [] and shown.said == []


def test_a_driver_says_which_of_the_networks_it_stands_for(bench: Open, site: Any) -> None:
    shown = bench(site.driver_diagram())
    row(shown.page, "There is time and a place").click()
    field = shown.page.get_by_label("Which of the network’s drivers does it stand for?")
    field.select_option(label="Families know what is due")
    shown.saved()
    own = drivers(site)["There is time and a place for the work"]
    assert own.owner_scope == "hub" and own.overlay_of in {
        d["id"] for d in site.driver_diagram().shown["network"]["drivers"]
    }


def test_causes_become_drivers_by_keys_alone_and_one_undo_takes_them_back(bench: Open, site: Any) -> None:
    shown = bench(site.driver_diagram())
    page = shown.page
    row(page, "80 of 100").focus()
    page.keyboard.press("c")
    page.locator(".fromcauses input:focus").wait_for()
    assert violations(page) == []
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Make 2 drivers").wait_for()
    page.keyboard.press("Enter")
    page.locator(".fromcauses").wait_for(state="detached")
    shown.saved()
    made = drivers(site)
    above, below = made["Nothing asks for the brief to be opened"], made["The plan begins with the reading"]
    assert (above.level, below.level) == (1, 2)
    assert {c.becomes_driver for c in site.record.causes.fishbone} == {above.id, below.id}
    assert {(e.cause, e.effect) for e in site.record.driver_diagram.edges} >= {(above.id, "aim"), (below.id, above.id)}
    page.keyboard.press("Control+z")
    page.get_by_text("Undone: made 2 causes drivers").wait_for()
    shown.saved()
    assert "The plan begins with the reading" not in drivers(site)
    assert {c.becomes_driver for c in site.record.causes.fishbone} == {None}
