"""Causes: a fishbone and chains of whys that grow with the keyboard, and become drivers with one action."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import inquirylab
from tests.browser.accessibility import violations
from tests.browser.bench import Bench

looks = pytest.mark.parametrize("bench", [(1440, "light"), (1100, "dark"), (375, "light")], indirect=True)


@pytest.fixture
def inq(tmp_path: Path) -> Iterator[Any]:
    with inquirylab.create(tmp_path / "inquiry", title="Late on Mondays", author="ana") as inquiry:
        yield inquiry


@looks
def test_empty_and_full_have_no_barriers_and_fit(bench: Callable[[Any], Bench], inq: Any, worked: Path) -> None:
    with inquirylab.open(worked, author="ana") as full:
        full.set("causes.categories", ["Policies", "Processes", "People and roles"])
        first = full.add(
            "causes.fishbone", {"text": "<b>Due days</b> & \u202ecollide", "category": "Policies", "support": "data"}
        )
        full.add("causes.fishbone", {"text": "Nobody looks across modules", "parent": first})
        for inquiry in (inq, full):
            shown = bench(inquiry.causes())
            shown.page.wait_for_selector(".iq h1")
            assert violations(shown.page) == []
            assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert shown.said == []
        assert shown.page.locator(".drawn b").count() == 0
        assert shown.page.locator(".bone input").first.input_value().startswith("<b>Due days</b>")


def test_a_fishbone_grows_by_keyboard_alone(bench: Callable[[Any], Bench], inq: Any) -> None:
    shown = bench(inq.causes())
    page, keys = shown.page, shown.page.keyboard
    page.get_by_role("button", name="Begin with 6 usual families").focus()
    keys.press("Enter")
    page.get_by_role("button", name="A cause in Policies").focus()
    keys.press("Enter")
    page.wait_for_function("() => document.activeElement.matches('.bone input')")
    keys.type("Buses are late")
    keys.press("Enter")
    page.wait_for_function("() => document.activeElement.matches('.bone input') && document.activeElement.value === ''")
    keys.type("One bus serves two schools")
    keys.press("Alt+ArrowRight")
    page.wait_for_function("() => document.querySelectorAll('.bones li[aria-level=\"2\"]').length === 1")
    keys.press("Enter")
    page.wait_for_function("() => document.activeElement.value === ''")
    keys.press("Backspace")
    shown.saved()
    top, fed = inq.record.causes.fishbone
    assert (top.text, top.category, fed.text, fed.parent) == (
        "Buses are late",
        "Policies",
        "One bus serves two schools",
        top.id,
    )
    page.wait_for_function("() => /One bus serves/.test(document.querySelector('.drawn')?.innerHTML ?? '')")
    page.get_by_role("button", name="Make it a driver").first.focus()
    keys.press("Enter")
    shown.saved()
    page.wait_for_function("() => /driver: Buses are late/.test(document.querySelector('.families').innerText)")
    driver = inq.record.driver_diagram.drivers[0]
    assert (driver.label, inq.record.causes.fishbone[0].becomes_driver) == ("Buses are late", driver.id)


def test_whys_follow_one_another_by_enter_and_the_last_becomes_a_driver(
    bench: Callable[[Any], Bench], inq: Any
) -> None:
    shown = bench(inq.causes())
    page, keys = shown.page, shown.page.keyboard
    page.get_by_role("button", name="Ask why").focus()
    keys.press("Enter")
    page.wait_for_function("() => document.activeElement.matches('.chain input')")
    keys.type("Work comes late")
    keys.press("Enter")
    page.wait_for_function("() => document.activeElement.placeholder === 'because …'")
    keys.type("It is begun late")
    keys.press("Enter")
    page.wait_for_function(
        "() => document.activeElement.value === '' && document.activeElement.placeholder === 'because …'"
    )
    keys.type("Nobody looks before the due day")
    shown.saved()
    page.get_by_role("button", name="Make it a driver").last.click()
    shown.saved()
    chain = inq.record.causes.why_chains[0]
    assert (chain.start, [w.why for w in chain.whys]) == (
        "Work comes late",
        ["It is begun late", "Nobody looks before the due day"],
    )
    assert [d.label for d in inq.record.driver_diagram.drivers] == ["Nobody looks before the due day"]
