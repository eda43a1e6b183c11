"""A publication as a reader opens it: groups, definitions that differ, methods; wide and narrow, light and dark, offline."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from inquirylab.cli import main
from tests.browser.conftest import Visit
from tests.publish import small_groups
from tests.publish.formative import formative

pytestmark = pytest.mark.browser
LOOKS = [(1440, "light"), (1440, "dark"), (375, "light"), (375, "dark")]
PAGES = ["index.html", "methods.html", "sites/oak.html", "sites/fir.html"]


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight sites by group, two of them with another definition, one too small to be shown."""
    folder = tmp_path_factory.mktemp("public")
    usual = small_groups.write_measure(folder / "late.toml")
    other = small_groups.write_measure(folder / "other.toml", more='exclude = "Pupils with a medical note"\n')
    rows = small_groups.rows(weeks=24)
    rows += [(w, "Yew", g, min(y, 3), n) for w, _, g, y, n in small_groups.rows(("Yew",), 24) if g == "SEN support"]
    data = small_groups.write_rows(folder / "late.csv", rows)
    sites = (*small_groups.SITES, "Yew")
    measures = {site: other if site in ("Ash", "Fir") else usual for site in sites}
    formative(folder / "report", sites, data, measures)
    result = CliRunner().invoke(main, ["report", str(folder / "report"), "--publish", str(folder / "public")])
    assert result.exit_code == 0, result.output
    return folder / "public"


@pytest.mark.parametrize("visit", LOOKS, indirect=True, ids=str)
def test_axe_finds_no_violation_and_nothing_scrolls_sideways(public: Path, visit: Visit) -> None:
    for name in PAGES:
        page = visit.open(public / name)
        assert visit.violations() == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert visit.console == []
    assert visit.outside == []


def test_every_page_says_that_it_is_published(public: Path, visit: Visit) -> None:
    for name in PAGES:
        page = visit.open(public / name)
        assert page.locator(".formative strong").inner_text() == "Published"
        assert page.locator("main h1").count() == 1


def silent_sites(public: Path) -> list[str]:
    """Sites of which no number is in print, from the published numbers themselves."""
    rows = []
    for name in ("numbers.csv", "numbers-2.csv"):
        with (public / "data" / name).open(encoding="utf-8", newline="") as file:
            rows += [row for row in csv.DictReader(file) if row["site"] != "All"]
    return sorted({r["site"] for r in rows} - {r["site"] for r in rows if r["in_print"] == "yes"})


def test_a_site_is_found_by_its_name_and_groups_are_no_sites(public: Path, visit: Visit) -> None:
    page = visit.open(public / "index.html")
    count = len(small_groups.SITES) - 2 - len([s for s in silent_sites(public) if s != "Yew"])
    assert page.locator("#count").inner_text() == f"{count} of {count} sites"
    page.get_by_label("Find a site").fill("oak")
    assert page.locator("#sites .sites > li:visible").count() == 1
    assert page.locator("#equity .sites > li:visible").count() >= 2


def test_sites_of_which_nothing_is_in_print_are_named(public: Path, visit: Visit) -> None:
    silent = silent_sites(public)
    assert "Yew" in silent
    page = visit.open(public / "index.html")
    page.get_by_text("of which nothing is in print").click()
    assert page.locator("#coverage .names").inner_text().replace("\xa0", " ").split(" · ") == silent
    assert not (public / "sites" / "yew.html").exists()


def test_links_lead_to_pages_that_are_there(public: Path, visit: Visit) -> None:
    for name in PAGES:
        page = visit.open(public / name)
        for href in page.locator("a[href]").evaluate_all("all => all.map(a => a.getAttribute('href'))"):
            place, _, anchor = href.partition("#")
            target = (public / name).parent / place if place else public / name
            assert target.exists(), href
            if anchor and not place:
                assert page.locator(f"[id='{anchor}']").count() == 1, href
