"""The built front end: where it is, and its copy beside a report."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from inquirylab.errors import ReportError

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
    """Copy the scripts that all pages of a report share."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCRIPTS:
        script(name)
        shutil.copyfile(STATIC / name, folder / name)
