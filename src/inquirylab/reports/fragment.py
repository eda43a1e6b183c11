"""A part of a page that a notebook can show: HTML to read and print, Markdown for plain places, a chart to draw."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from inquirylab.charts.theme import style
from inquirylab.record.shown_text import readable
from inquirylab.reports.page import sheet

CHART_TYPE = "application/vnd.inquirylab.chart+json"
CLASS = "inquirylab"
TWIN = "twin-of"
#: Formulas are typeset nowhere in what people wrote: not by MathJax 2, which Jupyter's own export brings, nor by 3.
WORDS_STAY = "tex2jax_ignore mathjax_ignore"

_STYLE = re.compile(r'<style data-for="inquirylab">.*?</style>', re.DOTALL)


@dataclass(frozen=True)
class Fragment:
    """A part of a page.

    Attributes
    ----------
    html
        The part, complete without scripts.
    markdown
        The same in words.
    charts
        Vega-Lite specifications for the part's `.chart` elements, in their order.
    """

    html: str
    markdown: str
    charts: tuple[dict[str, Any], ...] = ()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = {
            "text/html": f'<div class="{CLASS} {WORDS_STAY}"><style data-for="inquirylab">{_notebook_style()}</style>'
            f"{readable(self.html)}</div>",
            "text/markdown": readable(self.markdown),
            "text/plain": readable(self.markdown),
        }
        if self.charts:
            bundle[CHART_TYPE] = {"charts": list(self.charts)}
        return bundle


@cache
def _notebook_style() -> str:
    """Shown in a notebook, a fragment brings its own style; a page that collects fragments has it already."""
    return style(f".{CLASS}") + sheet("fragment.css")


def ours(html: str) -> bool:
    """Say whether HTML is what a widget or a fragment wrote: it loads nothing, and its words stay as they are."""
    return html.startswith((f'<div class="{CLASS} {WORDS_STAY}">', f'<div class="{WORDS_STAY}">'))


def framed(html: str) -> str:
    """Return the static side of a widget so that nothing around it takes its words for more than words."""
    return readable(html) if ours(html) else f'<div class="{WORDS_STAY}">{readable(html)}</div>'


def pushed(name: str, content: str) -> str:
    """Return what may be wider than a telephone's page: it is pushed to and fro in a frame of its own, also by keyboard."""
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(name)}">{content}</div>'


def twin(summary: str, table: str) -> str:
    """Return the table that says what a picture before it shows, folded away; other forms of a page know it by its class."""
    return f'<details class="{TWIN}"><summary>{escape(summary)}</summary>{table}</details>'


def without_style(html: str) -> str:
    """Return a fragment's HTML for a page that has the style already."""
    return _STYLE.sub("", html)
