"""A report's index by itself: one file with its script and its style inside, to be opened anywhere."""

from __future__ import annotations

from pathlib import Path

from inquirylab.publish.assets import script, style_sheet
from inquirylab.publish.files import write_atomically

SHARED_SCRIPT = '<script src="assets/page.js" defer></script>'
SHARED_SHEET = '<link rel="stylesheet" href="assets/page.css">'


def copy_report(index: Path, target: Path) -> Path:
    """Write the index page with script and style inside and return where it is.

    Links to the sites' pages lead to the folder that it was made in: a copy that is sent away shows all charts and words
    of the index, and no more.
    """
    html = index.read_text(encoding="utf-8").replace(SHARED_SCRIPT, "")
    html = html.replace(SHARED_SHEET, f"<style>{style_sheet()}</style>")
    html = html.replace("</body>", f"<script>{script('page.js')}</script>\n</body>")
    base = index.parent.resolve().as_uri()
    html = html.replace('href="sites/', f'href="{base}/sites/').replace('href="notebooks/', f'href="{base}/notebooks/')
    write_atomically(target, html)
    return target
