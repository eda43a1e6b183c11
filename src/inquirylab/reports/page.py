"""The shell of every page: its style, its top line, what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from inquirylab.charts.theme import style
from inquirylab.record.shown_text import readable

if TYPE_CHECKING:
    import jinja2

#: What the style of all pages is put together from, in `pages/`, after the colours of the theme.
SHEETS = ("page.css", "theory.css")


@dataclass(frozen=True)
class Mark:
    """For whom a page is: the word at its top, what that means, and the line at the top of each printed page."""

    word: str
    says: str
    on_paper: str


FORMATIVE = Mark(
    "Formative",
    "For the people who may see all of this. Small numbers are not hidden here: do not publish it or pass it on.",
    "Formative: for the people who may see all of this",
)
PUBLISHED = Mark(
    "Published",
    "Made from protected numbers alone: small groups are hidden, and so is whatever would give them away.",
    "Published: small groups are protected",
)


@cache
def _pages() -> jinja2.Environment:
    import jinja2  # here: a batch that is run again without change knows the sheets, and needs no page

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
        "mark": FORMATIVE,
    }
    return readable(_pages().get_template(page).render(**{**common, "style": _style(), **values}))


def sheet(name: str) -> str:
    """Return a style sheet as one line."""
    return " ".join(_pages().get_template(name).render().split())


@cache
def _style() -> Any:
    from markupsafe import Markup

    return Markup("\n".join([style(), *(_pages().get_template(name).render() for name in SHEETS)]))
