"""Two ways to use a notebook: with a mouse, and with the keyboard alone. Real events only, never a call into the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.bench import DRAWN
from tests.browser.lab import SETTLED

PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"
AFTER = """(e) => { const now = document.activeElement;
  return e === now || e.contains(now) && now.matches('input:not([type=radio]):not([type=checkbox]),textarea,select') ? 'here'
    : now.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING ? 'before' : 'after' }"""
WHERE = """() => { const e = document.activeElement;
  return `${e.tagName} ${e.className} ${e.getAttribute('aria-label') ?? e.textContent?.slice(0, 60)}` }"""
SAVED = """(panel) => { const all = [...document.querySelectorAll(`${panel} .iq .state > [role=status]:first-child`)];
  return all.length > 0 && all.every((e) => /saved/i.test(e.textContent) && !/not saved|saving/i.test(e.textContent)) }"""
SHOWN = "(name) => window.jupyterapp?.shell?.currentWidget?.context?.path.endsWith(name)"
MOST_TABS = 600


class Hand:
    """Somebody before a page that shows a notebook."""

    def __init__(self, page: Page, app: str = "jupyterlab") -> None:
        self.page, self.app = page, app

    @property
    def notebook(self) -> Locator:
        """The notebook that is in front."""
        return self.page.locator(PANEL)

    def view(self, title: str) -> Locator:
        """A view in it by its heading."""
        return self.notebook.locator(".iq").filter(has=self.page.locator("h1", has_text=title))

    def field(self, path: str) -> Locator:
        """The field that answers the question at a path; ``*`` stands for an id that the page made."""
        first, *rest = path.split("*")
        inside = "".join(f"[data-path*='{part}']" for part in rest[:-1])
        held = f"[data-path^='{first}']{inside}[data-path$='{rest[-1]}']" if rest else f"[data-path='{path}']"
        return self.notebook.locator(f"{held} :is(.ctl, input), textarea{held}").first

    def to(self, target: Locator) -> None:
        """Go to a control, so that keys go to it."""
        raise NotImplementedError

    def press(self, name: str, within: Locator | None = None, exact: bool = False) -> None:
        """Press a button by its name."""
        self.use((within or self.notebook).get_by_role("button", name=name, exact=exact).first)

    def use(self, target: Locator) -> None:
        """Press a button, follow a link, choose a radio button."""
        raise NotImplementedError

    def follow(self, link: Locator, notebook: str) -> Page:
        """Follow a link to a notebook and return the page that shows it: Notebook opens a tab of its own."""
        return self._opened(lambda: self.use(link), notebook)

    def _opened(self, by: Callable[[], None], notebook: str) -> Page:
        page = self.page
        if self.app == "notebook":
            with self.page.context.expect_page() as opened:
                by()
            page = opened.value
        else:
            by()
        page.wait_for_function(SHOWN, arg=notebook)
        return page

    def write(self, path: str, words: str) -> None:
        """Write into the field of a question."""
        self.to(self.field(path))
        self.page.keyboard.type(words)

    def date(self, path: str, day: str) -> None:
        """Write a date, month first, as digits into the parts of a date field."""
        raise NotImplementedError

    def pick(self, path: str, words: str) -> None:
        """Choose from a list, by typing how the choice begins."""
        self.to(self.field(path))
        self.page.keyboard.type(words)

    def choose(self, path: str, words: str) -> None:
        """Choose one of several that stand side by side."""
        raise NotImplementedError

    def row(self, words: str) -> None:
        """Select a node in the tree of a driver diagram."""
        raise NotImplementedError

    def rename(self, words: str) -> None:
        """Begin to change the words of a node."""
        raise NotImplementedError

    def open(self, notebook: str) -> None:
        """Open another notebook of the same folder."""
        raise NotImplementedError

    def run_all(self) -> None:
        """Run all cells of the notebook."""
        raise NotImplementedError

    def saved(self) -> None:
        """Wait until every view of the notebook says that all is on disk."""
        self.page.wait_for_function(SAVED, arg=PANEL)


class Mouse(Hand):
    """Points and clicks; types only words."""

    def to(self, target: Locator) -> None:
        target.click()

    def use(self, target: Locator) -> None:
        target.click()

    def date(self, path: str, day: str) -> None:
        self.field(path).click(position={"x": 14, "y": 18})
        self.page.keyboard.type(day)

    def pick(self, path: str, words: str) -> None:
        self.field(path).click()
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")

    def choose(self, path: str, words: str) -> None:
        held = self.field(path).locator("xpath=ancestor::*[@data-path][1]")
        held.locator("label.choice", has_text=words).first.click()

    def row(self, words: str) -> None:
        self.notebook.locator("[data-row]", has_text=words).first.click()

    def rename(self, words: str) -> None:
        self.notebook.locator("[data-row]", has_text=words).first.dblclick()

    def open(self, notebook: str) -> None:
        if self.app == "notebook":
            folder, _, _ = self.page.url.rpartition("/")
            self.page.goto(folder.replace("/notebooks/", "/tree/"))
        item = self.page.locator(".jp-DirListing-item", has_text=notebook).first
        self.page = self._opened(item.dblclick, notebook)
        self.page.locator(f"{PANEL}:has(.jp-Cell)").first.wait_for()
        self.page.evaluate(SETTLED)

    def run_all(self) -> None:
        self.page.get_by_role("menuitem", name="Run", exact=True).first.click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


class Keys(Hand):
    """Never touches the mouse."""

    def to(self, target: Locator, inside: bool = False) -> None:
        target.wait_for(state="attached")
        for _ in range(MOST_TABS):
            where: Any = target.evaluate(AFTER)
            if where == "here" or (inside and target.evaluate("(e) => e.contains(document.activeElement)")):
                return
            self.page.keyboard.press("Shift+Tab" if where == "before" else "Tab")
        raise AssertionError(f"Tab never came to {target}; it is at {self.page.evaluate(WHERE)}")

    def use(self, target: Locator) -> None:
        self.to(target)
        self.page.keyboard.press("Enter")

    def date(self, path: str, day: str) -> None:
        self.to(self.field(path))
        self.page.keyboard.type(day)

    def choose(self, path: str, words: str) -> None:
        held = self.field(path).locator("xpath=ancestor::*[@data-path][1]")
        of = held.locator("label.choice", has_text=words).first.locator("input")
        radios = held.locator("input")
        self.to(held.get_by_role("radiogroup").first, inside=True)  # radio buttons are one stop: arrows go among them
        for _ in range(radios.count()):
            if of.evaluate("(e) => e === document.activeElement"):
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")

    def row(self, words: str) -> None:
        self.to(self.notebook.locator("[data-row][tabindex='0']"))  # the tree is one stop: arrows go among its rows
        self.page.keyboard.press("Home")
        for _ in range(self.notebook.locator("[data-row]").count()):
            self.page.evaluate(DRAWN)  # the focus follows when the row is drawn
            if words.lower() in str(self.page.evaluate("document.activeElement.innerText")).lower():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"No row of the tree says {words!r}")

    def rename(self, words: str) -> None:
        self.row(words)
        self.page.keyboard.press("Enter")

    def open(self, notebook: str) -> None:
        folder, _, _ = self.page.url.rpartition("/")
        self.page.goto(f"{folder}/{notebook}")
        self.page.wait_for_function(SHOWN, arg=notebook)
        self.page.evaluate(SETTLED)

    def run_all(self) -> None:
        self.to(self.notebook.locator(".jp-Cell.jp-mod-active"))
        cells = self.notebook.locator(".jp-Cell").count()
        for _ in range(cells - 1):
            self.page.keyboard.press("Shift+Enter")
        self.page.keyboard.press("Control+Enter")  # the last one, without a new one below it
