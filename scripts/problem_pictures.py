"""Takes the pictures of the problem board and the cause analysis: `PYTHONPATH=. python scripts/problem_pictures.py`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from find_browser import find_browser
from playwright.sync_api import sync_playwright

import inquirylab
from tests.browser.bench import Bench

ROOT = Path(__file__).parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
PICTURES = {
    "problem_definition": ("problem_definition", 1160, "light"),
    "problem_definition-dark": ("problem_definition", 1160, "dark"),
    "problem_definition-phone": ("problem_definition", 375, "light"),
    "causes": ("causes", 1160, "light"),
    "causes-dark": ("causes", 1160, "dark"),
}


def take(folder: Path) -> None:
    """Show the worked example as a person meets it, and keep the whole view."""
    home = Path(tempfile.mkdtemp())
    shutil.copytree(ROOT / "examples" / "oulad" / "inquiry", home / "inquiry")
    with inquirylab.open(home / "inquiry", author="Ana") as inquiry, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=find_browser(), args=FLAGS)
        for name, (view, width, scheme) in PICTURES.items():
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
            page = Bench(context, getattr(inquiry, view)()).page
            page.wait_for_selector(".iq h1")
            page.screenshot(path=folder / f"{name}.png", full_page=True)
            context.close()
        browser.close()
    shutil.rmtree(home)


if __name__ == "__main__":
    take(ROOT / "docs" / "pictures")
