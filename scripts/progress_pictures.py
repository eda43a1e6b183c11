"""Takes the pictures of progress and of PDSA cycles: `PYTHONPATH=. python scripts/progress_pictures.py`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from find_browser import find_browser
from playwright.sync_api import sync_playwright

import inquirylab
from tests.browser.bench import Bench

ROOT = Path(__file__).parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
# name: (which widget, width, height, colours)
PICTURES = {
    "progress": ("progress", 1160, 1400, "light"),
    "progress-dark": ("progress", 1160, 1400, "dark"),
    "progress-phone": ("progress", 375, 812, "light"),
    "pdsa_cycle": ("pdsa_cycle", 1160, 1400, "light"),
    "pdsa_cycle-dark": ("pdsa_cycle", 1160, 1400, "dark"),
    "pdsa_cycle-phone": ("pdsa_cycle", 375, 812, "light"),
}


def take(folder: Path, whole: bool) -> None:
    """Show the worked example as a person meets it, and keep what the window shows (or the whole page)."""
    home = Path(tempfile.mkdtemp())
    shutil.copytree(ROOT / "examples" / "oulad" / "inquiry", home / "inquiry")
    folder.mkdir(parents=True, exist_ok=True)
    with inquirylab.open(home / "inquiry", author="Ana") as inquiry, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=find_browser(), args=FLAGS)
        for name, (which, width, height, scheme) in PICTURES.items():
            cycle = inquiry.record.pdsa_cycles[1].id
            widget = inquiry.progress() if which == "progress" else inquiry.pdsa_cycle(cycle)
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
            page = Bench(context, widget).page
            page.wait_for_selector(".iq h2")
            page.wait_for_function("() => /saved/i.test(document.querySelector('.iq .state').innerText)")
            page.screenshot(path=folder / f"{name}.png", full_page=whole)
            context.close()
        browser.close()
    shutil.rmtree(home)


if __name__ == "__main__":
    whole = len(sys.argv) > 1  # a folder to look at everything in
    take(Path(sys.argv[1]) if whole else ROOT / "docs" / "pictures", whole)
