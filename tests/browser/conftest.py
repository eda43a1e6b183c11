"""Headless Chromium with the network cut: every request and every word on the console is kept."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.accessibility import violations
from tests.browser.bench import Bench
from tests.browser.lab import Lab

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
        return violations(self.page)


@pytest.fixture
def visit(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A visit at the width and in the colours that a test asks for: `@pytest.mark.parametrize("visit", [...], indirect=True)`."""
    width, scheme = getattr(request, "param", (1440, "light"))
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)
    context.set_default_timeout(20_000)
    yield Visit(context)
    context.close()


@pytest.fixture
def worked(tmp_path: Path) -> Path:
    """A copy of the worked inquiry."""
    return Path(shutil.copytree(ROOT / "examples" / "oulad" / "inquiry", tmp_path / "worked"))


@pytest.fixture
def bench(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[[Any], Bench]]:
    """Show a widget at the width and in the colours that a test asks for, as `visit` does; without a server."""
    width, scheme = getattr(request, "param", (1100, "light"))
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)
    context.set_default_timeout(20_000)
    yield lambda widget: Bench(context, widget)
    context.close()


@pytest.fixture
def labs(tmp_path: Path) -> Iterator[Callable[..., Lab]]:
    """Start servers over folders; all are stopped at the end."""
    started: list[Lab] = []

    def start(folder: Path, user: str = "ana", app: str = "jupyterlab") -> Lab:
        home = tmp_path / f"home{len(started)}"
        home.mkdir()
        started.append(Lab(home, folder, user, app))
        return started[-1]

    yield start
    for lab in started:
        lab.stop()


@pytest.fixture
def contexts(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open browser profiles that refuse every request that leaves this machine."""
    opened: list[BrowserContext] = []

    def open_one(width: int = 1280, scheme: str = "light") -> BrowserContext:
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        context.set_default_timeout(60_000)
        context.route(
            lambda url: not url.startswith(("http://127.0.0.1", "data:", "blob:")), lambda route: route.abort()
        )
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()
