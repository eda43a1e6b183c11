"""The shell of every page: its style, its top line, what it says of itself."""

from __future__ import annotations

from functools import cache
from typing import Any

import jinja2

from inquirylab.charts.theme import style


@cache
def _pages() -> jinja2.Environment:
    loader = jinja2.PackageLoader("inquirylab.reports", "pages")
    return jinja2.Environment(
        loader=loader,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def render(page: str, **values: Any) -> str:
    """Return a page as HTML.

    Parameters
    ----------
    page
        Name of its template in ``pages/``.
    values
        What the template shows. Text is escaped; `markupsafe.Markup` is not.
    """
    common = {
        "language": "en",
        "where": "",
        "links": (),
        "credits": (),
        "narrow": False,
        "assets": "",
        "scripts": (),
        "made": "",
    }
    return _pages().get_template(page).render(**{**common, "tokens": _tokens(), **values})


def sheet(name: str) -> str:
    """Return a style sheet as one line."""
    return " ".join(_pages().get_template(name).render().split())


@cache
def _tokens() -> Any:
    from markupsafe import Markup

    return Markup(style())
