"""The report as a person opens it: from a folder, without a network, wide and narrow, light and dark, on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit
from tests.samples import Report

pytestmark = pytest.mark.browser
LOOKS = [(1440, "light"), (1440, "dark"), (375, "light"), (375, "dark")]


def site_pages(report: Report) -> list[Path]:
    return sorted((report.folder / "sites").glob("*.html"))


def test_the_demo_ends_well_and_names_the_report(england_report: Report) -> None:
    assert england_report.finished.returncode == 0, england_report.finished.stderr
    assert england_report.finished.stdout.splitlines()[-1] == f"Open the report: {england_report.folder / 'index.html'}"
    assert "12 sites completed, 0 failed." in england_report.finished.stdout


def test_index_and_five_pages_open_offline_with_every_chart_drawn_and_a_silent_console(
    england_report: Report, visit: Visit
) -> None:
    for path in [england_report.folder / "index.html", *site_pages(england_report)[:5]]:
        page = visit.open(path)
        assert page.locator("main h1").count() == 1
    assert visit.console == []
    assert visit.outside == []


@pytest.mark.parametrize("visit", LOOKS, indirect=True, ids=str)
def test_axe_finds_no_violation_and_nothing_scrolls_sideways(england_report: Report, visit: Visit) -> None:
    for path in [england_report.folder / "index.html", site_pages(england_report)[0]]:
        page = visit.open(path)
        assert visit.violations() == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("visit", [(1440, "light"), (375, "dark")], indirect=True, ids=str)
def test_axe_finds_no_violation_where_sites_failed_and_names_bite(mixed_report: Report, visit: Visit) -> None:
    for path in [mixed_report.folder / "index.html", mixed_report.folder / "sites" / "kernel-dies.html"]:
        page = visit.open(path)
        assert visit.violations() == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert visit.console == []


@pytest.mark.parametrize(
    ("visit", "size"), [((1440, "light"), 1104), ((820, "light"), 704), ((375, "light"), 343)], indirect=["visit"]
)
def test_a_chart_is_drawn_at_its_true_size(england_report: Report, visit: Visit, size: int) -> None:
    page = visit.open(site_pages(england_report)[0])
    svg = page.locator("#chart .chart svg")
    assert svg.get_attribute("width") == str(size)
    assert page.evaluate("() => document.querySelector('#chart .chart svg').getBoundingClientRect().width") == size


def test_a_chart_has_its_words_and_its_table(england_report: Report, visit: Visit) -> None:
    page = visit.open(site_pages(england_report)[0])
    words = page.get_by_role("img").first.get_attribute("aria-label") or ""
    assert "Centre line" in words and "weeks from" in words
    page.get_by_text("The chart as a table").click()
    assert page.get_by_role("region", name="Table of the chart").locator("tbody tr").count() >= 30


def test_a_pointer_on_a_point_is_told_its_value(england_report: Report, visit: Visit) -> None:
    page = visit.open(site_pages(england_report)[0])
    page.locator("#chart .chart svg path[transform]").nth(30).hover(force=True)
    page.wait_for_selector("#vg-tooltip-element.visible")
    assert "Attendance rate" in page.locator("#vg-tooltip-element").inner_text()


def test_a_site_is_found_by_keyboard(england_report: Report, visit: Visit) -> None:
    page = visit.open(england_report.folder / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.get_by_label("Find a site").focus()
    page.keyboard.type("barns")
    assert page.locator(".sites > li:visible").count() == 1
    assert page.locator("#count").inner_text() == "1 of 12 sites"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/barnsley.html")


def test_a_name_that_no_site_has_is_answered(england_report: Report, visit: Visit) -> None:
    page = visit.open(england_report.folder / "index.html")
    page.get_by_label("Find a site").fill("zzz")
    assert page.get_by_text("No site has that in its name").is_visible()


def test_without_scripts_a_page_is_complete(england_report: Report, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto((england_report.folder / "index.html").as_uri())
    assert page.locator(".sites svg.drawing").count() == 12
    page.goto(site_pages(england_report)[0].as_uri())
    assert page.locator(".chart svg .line").count() >= 4
    assert page.locator("table.twin").count() == 1
    context.close()


def test_on_paper_every_chart_is_there_and_the_mark_stands_on_every_page(
    england_report: Report, chromium: Browser, tmp_path: Path
) -> None:
    context = chromium.new_context(offline=True)
    page = context.new_page()
    page.goto(site_pages(england_report)[0].as_uri())
    page.wait_for_function("() => document.querySelectorAll('.chart.drawn').length > 0")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    pdf = page.pdf(path=str(tmp_path / "page.pdf"))
    assert pdf[:5] == b"%PDF-"
    context.close()
