"""What the pages of a report share, beside them: the built front end and one style sheet."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from inquirylab.charts.theme import style
from inquirylab.errors import ReportError
from inquirylab.reports.page import SHEETS

SHEET = "page.css"
PAGES = Path(__file__).parents[1] / "reports" / "pages"
STATIC = Path(__file__).parents[1] / "static"
SCRIPTS = ("page.js", "vega.js")


@cache
def script(name: str) -> str:
    """Return a built script as text.

    Raises
    ------
    ReportError
        The front end was not built.
    """
    try:
        return (STATIC / name).read_text(encoding="utf-8")
    except FileNotFoundError as e:
        raise ReportError(
            "The front end is not built", where=f"static/{name}", cure="In a checkout, run: make front."
        ) from e


def copy_assets(folder: Path) -> None:
    """Copy the scripts and the style sheet that all pages of a report share."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in shared_files().items():
        (folder / name).write_text(content, encoding="utf-8")


def shared_files() -> dict[str, str]:
    """Return what stands in every report's folder of assets, by name."""
    return {**{name: script(name) for name in SCRIPTS}, SHEET: style_sheet()}


def style_sheet() -> str:
    """Return the style of all pages, which a page that stands alone carries inside."""
    return "\n".join([style(), *((PAGES / name).read_text(encoding="utf-8") for name in SHEETS)])
