"""A part of a page that a notebook can show: HTML to read and print, Markdown for plain places, a chart to draw."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from inquirylab.charts.theme import style
from inquirylab.reports.page import sheet

CHART_TYPE = "application/vnd.inquirylab.chart+json"
CLASS = "inquirylab"

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
            "text/html": f'<div class="{CLASS}"><style data-for="inquirylab">{_notebook_style()}</style>{self.html}</div>',
            "text/markdown": self.markdown,
            "text/plain": self.markdown,
        }
        if self.charts:
            bundle[CHART_TYPE] = {"charts": list(self.charts)}
        return bundle


@cache
def _notebook_style() -> str:
    """Shown in a notebook, a fragment brings its own style; a page that collects fragments has it already."""
    return style(f".{CLASS}") + sheet("fragment.css")


def without_style(html: str) -> str:
    """Return a fragment's HTML for a page that has the style already."""
    return _STYLE.sub("", html)
