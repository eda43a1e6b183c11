"""Takes the pictures of lesson study from the worked inquiry, and prints its sheets: `python scripts/lesson_pictures.py`.

The worked lesson is invented and says so. For the live lesson this moves a copy of it to now: 23 minutes have gone by.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from find_browser import find_browser
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
PICTURES = ROOT / "docs" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
GONE = dt.timedelta(minutes=23, seconds=14)


def copied(folder: Path) -> Any:
    """Return a copy of the worked inquiry."""
    import inquirylab

    shutil.copytree(ROOT / "examples" / "oulad" / "inquiry", folder)
    return inquirylab.open(folder, author="Coach K (invented)")


def half_way(folder: Path) -> Any:
    """Return a copy whose lesson goes on now: what comes later in it was not noted yet."""
    inq = copied(folder)
    cycle = inq.record.lesson_study_cycles[0]
    path = f"lesson_study_cycles.{cycle.id}"
    then, now = dt.datetime.fromisoformat(cycle.started), dt.datetime.now(dt.UTC) - GONE
    for phase in cycle.phases_taught:
        began = dt.datetime.fromisoformat(phase.began) - then
        here = f"{path}.phases_taught.{phase.id}"
        inq.set(f"{here}.began", moment(now + began)) if began < GONE else inq.remove(here)
    inq.set(f"{path}.ended", None)
    inq.set(f"{path}.started", moment(now))
    for note in inq.record.observations:
        here = f"observations.{note.id}"
        if note.t_rel < GONE.total_seconds():
            inq.set(f"{here}.t_abs", moment(now + dt.timedelta(seconds=note.t_rel)))
        else:
            inq.remove(here)
    return inq


def moment(at: dt.datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def shoot(browser: Browser, widget: Any, size: tuple[int, int], name: str, go: Any = None) -> None:
    """Take a view in both colours."""
    from tests.browser.bench import Bench

    for scheme in ("light", "dark"):
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, offline=True)
        page = Bench(context, widget).page
        page.wait_for_selector(".iq h1")
        if go:
            go(page)
        page.wait_for_timeout(800)
        page.screenshot(path=PICTURES / f"{name}-{scheme}.png")
        context.close()


def live(page: Page) -> None:
    page.wait_for_selector(".feed li")
    page.evaluate("() => document.querySelector('.ls').classList.add('full')")
    page.locator("[data-s=B2]").click()


def plan(page: Page) -> None:
    page.get_by_role("tab", name="Plan").click()
    page.locator(".lesson-table").scroll_into_view_if_needed()
    page.evaluate(
        "() => scrollTo(0, document.querySelector('.lesson-table').getBoundingClientRect().top + scrollY - 90)"
    )


def reflect(part: str) -> Any:
    def go(page: Page) -> None:
        page.get_by_role("tab", name="Reflect").click()
        page.get_by_role("button", name=part).click()
        if part == "Discussion":
            page.locator(".protocol button", has_text="Evidence").click()

    return go


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=find_browser(), args=FLAGS)
        with half_way(Path(folder) / "live") as inq:
            lesson = inq.record.lesson_study_cycles[0].id
            shoot(browser, inq.observation(lesson), (1024, 768), "lesson-live", live)
            shoot(browser, inq.observation(lesson), (768, 1024), "lesson-live-tablet", live)
        with copied(Path(folder) / "whole") as inq:
            study = inq.lesson_study(inq.record.lesson_study_cycles[0].id)
            shoot(browser, study, (1280, 900), "lesson-plan", plan)
            shoot(browser, study, (1280, 1000), "lesson-review", reflect("Review the data"))
            shoot(browser, study, (1280, 1000), "lesson-discussion", reflect("Discussion"))
            shoot(browser, study, (1280, 1000), "lesson-revise", reflect("Revise and teach again"))
            for sheet in ("plan", "sheets", "minutes"):
                page = browser.new_page()
                page.set_content(study.print(sheet))
                page.pdf(path=PICTURES / f"lesson-{sheet}.pdf", prefer_css_page_size=True)
        browser.close()


if __name__ == "__main__":
    main()
