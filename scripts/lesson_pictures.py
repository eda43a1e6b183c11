"""Takes the pictures of lesson study from the worked inquiry, and prints its plan: `python scripts/lesson_pictures.py`.

The worked lesson is invented and says so. For the live lesson and the review this adds invented notes to a copy of it.
"""

from __future__ import annotations

import datetime as dt
import random
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
WORDS = {
    "says": ["“So they do not want the history.”", "“What does evaluate mean?”", "“We choose one, then say why.”"],
    "does": ["underlines a word", "waits", "asks a neighbour", "turns the sheet over"],
    "writes": ["a first sentence", "a list of all he knows", "a table with two columns"],
}


def with_notes(folder: Path) -> Any:
    """Return a copy of the worked inquiry with a room and the notes of half a lesson."""
    import inquirylab

    shutil.copytree(ROOT / "examples" / "oulad" / "inquiry", folder)
    inq = inquirylab.open(folder, author="Coach K (invented)")
    cycle = inq.record.lesson_study_cycles[0]
    path = f"lesson_study_cycles.{cycle.id}"
    started = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=23, seconds=14)
    inq.set(f"{path}.seating", {"arrangement": "tables", "groups": 4, "each": 4, "across": 2})
    inq.set(f"{path}.ready_notes", ["begins to write", "asks a neighbour", "reads the task", "waits"])
    inq.add(f"{path}.strategies", {"code": "S1", "strategy": "begins with what is not asked"})
    inq.set(f"{path}.started", moment(started))
    for phase, minute in (("grasp", 0), ("solve", 11)):
        inq.add(f"{path}.phases_taught", {"phase": phase, "began": moment(started + dt.timedelta(minutes=minute))})
    watching = {cycle.data_questions[0].observers[0]: "AB", cycle.data_questions[0].observers[1]: "CD"}
    chance = random.Random(7)
    for who, tables in watching.items():
        inq.add(f"{path}.watching", {"observer": who, "seats": f"table {tables[0]}, table {tables[1]}"})
        at = 0.6
        while at < 22.5:
            kind = chance.choice(list(WORDS))
            seat = chance.choice(tables) + str(chance.choice((1, 2, 3) if tables == "CD" else (1, 2, 4)))
            note(inq, cycle.id, who, started, at, seat=seat, kind=kind, verbatim=chance.choice(WORDS[kind]))
            at += 0.4 + chance.random() * 1.4
    first = next(iter(watching))
    for a, b, n in (("A1", "A2", 3), ("B2", "C1", 1), ("D1", "D2", 2), ("T", "B2", 1)):
        for i in range(n):
            note(
                inq, cycle.id, first, started, 20 + i / 3, seat=a, to_seat=b, kind="interacts", verbatim=f"turns to {b}"
            )
    more = {"flag": True, "interpretation": "The task is read as a list of steps?"}
    note(inq, cycle.id, first, started, 22.9, seat="B2", kind="says", verbatim="“What is the next line?”", **more)
    return inq


def note(inq: Any, lesson: str, who: str, started: dt.datetime, minute: float, **fields: Any) -> None:
    at = {"t_rel": int(minute * 60), "t_abs": moment(started + dt.timedelta(minutes=minute))}
    inq.add("observations", {"lesson": lesson, "observer": who, "data_question": "begin", **at, **fields})


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
        inq = with_notes(Path(folder) / "inquiry")
        browser = p.chromium.launch(executable_path=find_browser(), args=FLAGS)
        shoot(browser, inq.observation(), (1024, 768), "lesson-live", live)
        shoot(browser, inq.observation(), (768, 1024), "lesson-live-tablet", live)
        study = inq.lesson_study()
        shoot(browser, study, (1280, 900), "lesson-plan", plan)
        shoot(browser, study, (1280, 1000), "lesson-review", reflect("Review the data"))
        shoot(browser, study, (1280, 1000), "lesson-discussion", reflect("Discussion"))
        for sheet in ("plan", "sheets"):
            page = browser.new_page()
            page.set_content(study.print(sheet))
            page.pdf(path=PICTURES / f"lesson-{sheet}.pdf", prefer_css_page_size=True)
        browser.close()
        inq.close()


if __name__ == "__main__":
    main()
