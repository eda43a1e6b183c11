"""A part of a page that a notebook can show: HTML to read and print, Markdown for plain places, a chart to draw."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from inquirylab.charts.theme import style

CHART_TYPE = "application/vnd.inquirylab.chart+json"
CLASS = "inquirylab"

# Shown in a notebook, a fragment brings its own style; a page that collects fragments has it already.
NOTEBOOK_STYLE = (
    style(f".{CLASS}")
    + f".{CLASS}{{color:var(--jp-ui-font-color1,#1b2733);font:14px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;"
    "font-variant-numeric:tabular-nums;max-width:72em}"
    f".{CLASS} h2{{font-size:20px;line-height:1.3;margin:0 0 4px}}.{CLASS} h3{{font-size:16px;line-height:1.4;margin:0}}"
    f".{CLASS} figure{{margin:0}}.{CLASS} .chart{{padding:0 24px;max-width:704px}}.{CLASS} .icon{{width:12px;height:12px;overflow:visible;vertical-align:-1px;margin-right:6px}}"
    f".{CLASS} .icon .ring{{fill:none;stroke-width:1.4;stroke:currentColor}}.{CLASS} .icon.imp{{fill:var(--imp);color:var(--imp)}}"
    f".{CLASS} .icon.con{{fill:var(--con);color:var(--con)}}.{CLASS} .icon.chg{{fill:var(--accent);color:var(--accent)}}"
    f".{CLASS} .icon .centre{{stroke:var(--common);fill:none}}.{CLASS} .icon .shade{{fill:var(--shade);stroke:var(--hair)}}"
    f".{CLASS} .plain{{list-style:none;padding:0;margin:8px 0}}.{CLASS} .source,.{CLASS} .sub,.{CLASS} .chart-title span{{font-size:13px;color:var(--jp-ui-font-color2,#55626f)}}"
    f".{CLASS} .three{{display:grid;grid-template-columns:repeat(auto-fit,minmax(240px,1fr));gap:24px}}"
)
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
            "text/html": f'<div class="{CLASS}"><style data-for="inquirylab">{NOTEBOOK_STYLE}</style>{self.html}</div>',
            "text/markdown": self.markdown,
            "text/plain": self.markdown,
        }
        if self.charts:
            bundle[CHART_TYPE] = {"charts": list(self.charts)}
        return bundle


def without_style(html: str) -> str:
    """Return a fragment's HTML for a page that has the style already."""
    return _STYLE.sub("", html)
