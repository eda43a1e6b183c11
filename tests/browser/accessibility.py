"""What axe-core finds against WCAG 2.2 AA, on a whole page or in our own part of one."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page, within: str = "html") -> list[str]:
    """Return one line for each violation."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    # Without preload axe itself asks for nothing: a page's policy would forbid it, and say so on the console.
    run = "([within, tags]) => axe.run(within, { preload: false, runOnly: { type: 'tag', values: tags } })"
    found = page.evaluate(run, [within, WCAG])
    return [
        f"{v['id']}: {v['nodes'][0]['target']} {v['nodes'][0].get('failureSummary', '')}" for v in found["violations"]
    ]
