"""One chart as one HTML file that needs nothing else: light and dark, table twin, signals in words, methods."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup, escape

from inquirylab.charts.theme import style

_STYLE = """
body{margin:0 auto;max-width:1040px;padding:24px;font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
color:var(--ink);background:var(--surface)}
h1{font-size:20px;line-height:1.3}h2{font-size:16px;margin-top:32px}
.dark{display:none}svg{max-width:100%;height:auto}figure{margin:0}
table{border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums}
th,td{padding:4px 12px 4px 0;text-align:left;border-bottom:1px solid var(--hair)}
.note{color:var(--muted);max-width:70ch}details{margin-top:16px}summary{cursor:pointer}
@media (prefers-color-scheme:dark){.light{display:none}.dark{display:block}}
@media print{.light{display:block}.dark{display:none}details{display:block}}
"""


def chart_page(
    title: str,
    light: str,
    dark: str,
    described: str,
    table: pd.DataFrame,
    sentences: Sequence[str],
    methods: Sequence[str],
) -> str:
    """Return the page. The drawings are SVG text of our own making; all else is escaped."""
    signals = Markup("").join(Markup("<li>{}</li>").format(said) for said in sentences)
    lines = Markup("").join(Markup("<p class=note>{}</p>").format(line) for line in methods)
    drawing = Markup(
        '<figure role=img aria-label="{}"><div class=light>{}</div><div class=dark>{}</div></figure>'
    ).format(described, Markup(light), Markup(dark))
    found = Markup("<h2>What was found</h2><ul>{}</ul>").format(signals) if sentences else Markup("")
    return str(
        Markup(
            "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
            "<title>{}</title><style>{}</style><main>{}{}"
            "<details><summary>The same as a table</summary>{}</details><h2>How it is made</h2>{}</main></html>\n"
        ).format(title, Markup(style() + _STYLE), drawing, found, _table(table), lines)
    )


def _table(table: pd.DataFrame) -> Markup:
    head = Markup("").join(Markup("<th scope=col>{}</th>").format(name) for name in table.columns)
    rows = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(escape(cell)) for cell in row))
        for row in table.itertuples(index=False)
    )
    return Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(head, rows)
