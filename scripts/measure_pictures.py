"""Takes the pictures of the measure view for docs/measures.md: `PYTHONPATH=. python scripts/measure_pictures.py`."""

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
DROP = """([name, text]) => {
  const files = new DataTransfer(); files.items.add(new File([text], name));
  document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true })) }"""
# name: (width, height, colours, what is done, what is scrolled to)
PICTURES = {
    "measure": (1160, 1000, "light", "", ""),
    "measure-dark": (1160, 1000, "dark", "", ""),
    "measure-phone": (375, 812, "light", "", ""),
    "measure-grid": (1160, 760, "light", "", "section[aria-label='The numbers']"),
    "measure-file": (1160, 900, "light", "drop", ".confirm"),
    "measure-phase": (900, 900, "dark", "phase", "section[aria-label='How it is judged']"),
}


def take(folder: Path) -> None:
    """Show the worked example as a person meets it, and keep what the window shows."""
    home = Path(tempfile.mkdtemp())
    shutil.copytree(ROOT / "examples" / "oulad" / "inquiry", home / "inquiry")
    table = (ROOT / "examples" / "oulad" / "submissions.csv").read_text(encoding="utf-8")
    with inquirylab.open(home / "inquiry", author="Ana") as inquiry, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=find_browser(), args=FLAGS)
        for name, (width, height, scheme, act, anchor) in PICTURES.items():
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
            page = Bench(context, inquiry.measure()).page
            page.wait_for_selector(".chart h2")
            _act(page, act, table)
            if anchor:
                page.eval_on_selector(anchor, "e => e.scrollIntoView({ behavior: 'instant' })")
            page.screenshot(path=folder / f"{name}.png")
            context.close()
        browser.close()
    shutil.rmtree(home)


def _act(page: Any, act: str, table: str) -> None:
    if act == "drop":
        page.get_by_role("button", name="A data file").click()
        page.evaluate(DROP, ["submissions.csv", table])
        page.wait_for_selector(".trial tbody td")
    if act == "phase":
        page.get_by_role("button", name="A new phase").click()
        for yes in page.get_by_role("button", name="Yes").all()[:3]:
            yes.click()


if __name__ == "__main__":
    take(ROOT / "docs" / "pictures")
