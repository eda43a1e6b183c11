"""Headless Chromium with the network cut: every request and every word on the console is kept."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def browser_path() -> str:
    spec = importlib.util.spec_from_file_location("find_browser", ROOT / "scripts" / "find_browser.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = module.find_browser()
    if not found:
        pytest.fail("The browser tests need Chromium: run `make browser`.")
    return str(found)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=browser_path(), args=FLAGS)
        yield browser
        browser.close()


class Visit:
    """A page that was opened, with what it said and what it asked for."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.console: list[str] = []
        self.outside: list[str] = []
        self.page.on("console", lambda m: self.console.append(m.text))
        self.page.on("pageerror", lambda e: self.console.append(str(e)))
        self.page.on("request", self._note)

    def _note(self, request: Any) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            self.outside.append(request.url)

    def open(self, path: Path) -> Page:
        """Open a file and scroll through all of it, as a reader does."""
        self.page.goto(path.resolve().as_uri())
        self.page.evaluate(
            """async () => {
                 const go = y => scrollTo({ top: y, behavior: 'instant' });
                 for (let y = 0; y < document.body.scrollHeight; y += 500) { go(y); await new Promise(r => setTimeout(r, 30)) }
                 go(0) }"""
        )
        self.page.wait_for_function(
            "() => document.querySelectorAll('.chart').length === document.querySelectorAll('.chart.drawn svg').length"
        )
        return self.page

    def violations(self) -> list[str]:
        """Return what axe-core finds against WCAG 2.2 AA."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("tags => axe.run(document, { runOnly: { type: 'tag', values: tags } })", WCAG)
        return [
            f"{v['id']}: {v['nodes'][0]['target']} {v['nodes'][0].get('failureSummary', '')}"
            for v in found["violations"]
        ]


@pytest.fixture
def visit(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A visit at the width and in the colours that a test asks for: `@pytest.mark.parametrize("visit", [...], indirect=True)`."""
    width, scheme = getattr(request, "param", (1440, "light"))
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)
    context.set_default_timeout(20_000)
    yield Visit(context)
    context.close()
