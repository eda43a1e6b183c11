"""What axe-core finds against WCAG 2.2 AA, on a whole page or in our own part of one; and what it cannot see."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.bench import DRAWN

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIDEWAYS = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('.inquirylab *')]
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3).map((e) => 'too wide: ' + e.outerHTML.slice(0, 120))"""
NO_OUTLINE = """() => { const e = document.activeElement;
  if (e.matches('input[type=date]')) return '';  // the browser marks the parts of its own field
  const s = getComputedStyle(e.matches('.sr, .inplace') ? e.parentElement : e);
  const within = e.closest('.k, .attach') ? getComputedStyle(e.closest('.k, .attach')) : s;
  return s.outlineStyle === 'none' && within.outlineStyle === 'none' ? e.outerHTML.slice(0, 120) : '' }"""
_SIZE = re.compile(r"((?:font-size|line-height):|font:[^;}]*?)(\d+(?:\.\d+)?)px")


def violations(page: Page, within: str = "html", contrast: bool = True) -> list[str]:
    """Return one line for each violation; without `contrast` where the browser chooses the colours itself."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    # Without preload axe itself asks for nothing: a page's policy would forbid it, and say so on the console.
    run = """([within, tags, contrast]) => axe.run(within, { preload: false, runOnly: { type: 'tag', values: tags },
      rules: { 'color-contrast': { enabled: contrast } } })"""
    found = page.evaluate(run, [within, WCAG, contrast])
    return [
        f"{v['id']}: {v['nodes'][0]['target']} {v['nodes'][0].get('failureSummary', '')}" for v in found["violations"]
    ]


def look(page: Page, width: int, scheme: str = "light", forced: bool = False) -> None:
    """Show the same page at another width, in other colours."""
    colours = {"color_scheme": scheme, "forced_colors": "active" if forced else "none"}
    page.emulate_media(**colours, reduced_motion="reduce")  # type: ignore[arg-type]  # no colour is halfway to another
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(DRAWN)


def too_wide(page: Page) -> list[str]:
    """Return what makes a page scroll sideways."""
    return [str(found) for found in page.evaluate(SIDEWAYS)]


def twice_the_text(page: Page) -> None:
    """Double the size of all text and of nothing else, as a browser does that zooms text alone."""
    css = str(page.evaluate("() => document.querySelector('style').textContent"))
    larger = _SIZE.sub(lambda m: f"{m[1]}{float(m[2]) * 2:g}px", css)
    page.evaluate("(css) => { document.querySelector('style').textContent = css }", larger)
    page.evaluate(DRAWN)


def without_outline(page: Page, stops: int) -> list[str]:
    """Go through the page by Tab and return what has the focus and does not show it."""
    found = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        found.append(str(page.evaluate(NO_OUTLINE)))
    return [f for f in found if f and not f.startswith("<body")]
