"""Takes the README's pictures of a real report: `make pictures`, after `make demo`."""

from __future__ import annotations

import sys
from pathlib import Path

from find_browser import find_browser
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
# name: (page, width, height, colours, how far to scroll to)
PICTURES = {
    "index": ("index.html", 1280, 900, "light", None),
    "sites": ("index.html", 1280, 820, "light", "#sites"),
    "site": ("sites/liverpool.html", 1200, 1000, "light", None),
    "site-dark": ("sites/liverpool.html", 1200, 1000, "dark", None),
    "phone": ("sites/liverpool.html", 375, 812, "light", None),
}


# The same of a publication: `inquirylab report demo/report --publish demo/public`, and one by group in demo/groups.
PUBLISHED = {
    "published-index": ("index.html", 1280, 900, "light", None),
    "published-index-dark": ("index.html", 1280, 900, "dark", None),
    "published-site": ("sites/liverpool.html", 1200, 1000, "light", None),
}
GROUPS = {
    "published-groups": ("index.html", 1280, 900, "light", "#equity"),
    "published-groups-dark": ("index.html", 1280, 900, "dark", "#equity"),
}


def take(report: Path, folder: Path, pictures: dict[str, tuple[str, int, int, str, str | None]] = PICTURES) -> None:
    """Open each page as a person does and keep what the window shows."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=find_browser(), args=FLAGS)
        for name, (page_name, width, height, scheme, anchor) in pictures.items():
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, offline=True
            )
            page = context.new_page()
            page.goto((report / page_name).resolve().as_uri() + (anchor or ""))
            if page.locator(".chart").count():
                page.wait_for_function("() => document.querySelectorAll('.chart.drawn').length > 0")
            page.wait_for_timeout(400)
            page.screenshot(path=folder / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    report = ROOT / "demo" / "report"
    if not (report / "index.html").exists():
        sys.exit("There is no report in ./demo: run `make demo` first.")
    take(report, ROOT / "docs" / "pictures")
    for place, pictures in (("public", PUBLISHED), ("groups", GROUPS)):
        if (ROOT / "demo" / place / "index.html").exists():
            take(ROOT / "demo" / place, ROOT / "docs" / "pictures", pictures)
