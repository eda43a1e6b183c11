"""Takes the pictures of the form view and of the form for a new inquiry: `PYTHONPATH=. python scripts/form_pictures.py`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from find_browser import find_browser
from playwright.sync_api import sync_playwright

import inquirylab
from tests.browser.bench import Bench

ROOT = Path(__file__).parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
# name: (what is shown, width, height, colours)
PICTURES = {
    "form": ("aim", 1160, 1000, "light"),
    "form-dark": ("aim", 1160, 1000, "dark"),
    "form-phone": ("aim", 375, 812, "light"),
    "form-attached": ("pdsa_cycles", 1160, 560, "light"),
    "form-attached-dark": ("pdsa_cycles", 1160, 560, "dark"),
    "new_inquiry": ("new_inquiry", 1024, 680, "light"),
    "new_inquiry-dark": ("new_inquiry", 1024, 680, "dark"),
}


def take(folder: Path) -> None:
    """Show the worked example as a person meets it, with a picture attached, and keep what the window shows."""
    home = Path(tempfile.mkdtemp())
    shutil.copytree(ROOT / "examples" / "oulad" / "inquiry", home / "inquiry")
    with inquirylab.open(home / "inquiry", author="Ana") as inquiry, sync_playwright() as p:
        cycle = inquiry.record.pdsa_cycles[1]
        photo = {"caption": "How the calls went, week by week"}
        item = inquiry.add(f"pdsa_cycles.{cycle.id}.artefacts", photo)
        inquiry.attach(f"pdsa_cycles.{cycle.id}.artefacts.{item}.file", folder / "charts_light.png")
        browser = p.chromium.launch(executable_path=find_browser(), args=FLAGS)
        for name, (what, width, height, scheme) in PICTURES.items():
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
            view = inquirylab.new_inquiry(home) if what == "new_inquiry" else inquiry.form(what)
            if what == "new_inquiry":
                view.shown = {"beside": "/home/ana/inquiries"}
            page = Bench(context, view).page
            page.wait_for_selector(".iq h1")
            if what == "pdsa_cycles":
                _open(page, cycle.title, photo["caption"])
            page.screenshot(path=folder / f"{name}.png")
            context.close()
        browser.close()
    shutil.rmtree(home)


def _open(page: Any, cycle: str, photo: str) -> None:
    page.get_by_role("button", name=cycle, exact=True).click()
    page.get_by_role("button", name=photo, exact=True).click()
    page.wait_for_function("() => [...document.querySelectorAll('.attach img')].some((i) => i.naturalWidth > 0)")
    page.eval_on_selector(
        "[data-path$='.do_log']", "e => scrollBy({ top: e.getBoundingClientRect().top - 16, behavior: 'instant' })"
    )


if __name__ == "__main__":
    take(ROOT / "docs" / "pictures")
