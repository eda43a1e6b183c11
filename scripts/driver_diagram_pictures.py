"""Takes the pictures of the driver diagram: `PYTHONPATH=. python scripts/driver_diagram_pictures.py`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from find_browser import find_browser
from playwright.sync_api import sync_playwright

import inquirylab
from tests.browser.bench import Bench
from tests.browser.theories import invented, sixty

ROOT = Path(__file__).parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
# name: (which theory, width, height, colours, what is done)
PICTURES = {
    "driver_diagram": ("invented", 1440, 1000, "light", "choose"),
    "driver_diagram-dark": ("invented", 1440, 1000, "dark", "choose"),
    "driver_diagram-compare": ("invented", 1024, 860, "light", "compare"),
    "driver_diagram-link": ("invented", 1100, 900, "dark", "link"),
    "driver_diagram-worked": ("worked", 1100, 900, "light", ""),
    "driver_diagram-sixty": ("sixty", 1440, 1000, "light", ""),
    "driver_diagram-phone": ("invented", 375, 812, "light", "tree"),
    "driver_diagram-empty": ("empty", 1024, 520, "light", ""),
}


def take(folder: Path) -> None:
    """Show each theory as a person meets it, and keep what the window shows."""
    home = Path(tempfile.mkdtemp())
    shutil.copytree(ROOT / "examples" / "oulad" / "inquiry", home / "worked")
    theories: dict[str, Any] = {
        "invented": invented(home / "invented"),
        "sixty": sixty(home / "sixty"),
        "worked": inquirylab.open(home / "worked", author="Ana"),
        "empty": inquirylab.create(home / "empty", title="Work on time", author="Ana"),
    }
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=find_browser(), args=FLAGS)
        for name, (which, width, height, scheme, act) in PICTURES.items():
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
            page = Bench(context, theories[which].driver_diagram()).page
            page.wait_for_selector(".iq h1")
            _act(page, act)
            page.wait_for_timeout(400)
            page.screenshot(path=folder / f"{name}.png")
            context.close()
        browser.close()
    for inquiry in theories.values():
        inquiry.close()
    shutil.rmtree(home)


def _act(page: Any, act: str) -> None:
    if act == "choose":
        page.locator(".dia .node", has_text="A first check").click()
        page.mouse.move(0, 0)
    if act == "compare":
        page.get_by_role("button", name="Compare with").click()
        page.wait_for_selector(".d-added")
    if act == "link":
        page.locator(".dia .node", has_text="Asking costs nothing").focus()
        page.keyboard.press("ArrowDown")
    if act == "tree":
        page.locator("[role=treeitem]", has_text="Asking costs nothing").click()
        page.locator(".tree").scroll_into_view_if_needed()


if __name__ == "__main__":
    take(ROOT / "docs" / "pictures")
