"""An executed notebook as a page: what its cells show, without their code; a failed cell with its code and its error."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from markupsafe import Markup

from inquirylab.reports.fragment import CHART_TYPE, ours, without_style
from inquirylab.reports.lean_chart import lean
from inquirylab.reports.offline import offline
from inquirylab.reports.page import render

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
VEGALITE = re.compile(r"application/vnd\.vegalite\.v\d+\+json")
LONGEST_STREAM = 20_000
ANCHORS = {"words": "In words", "more": "Other measures", "missing": "Missing", "notebook": "Notebook"}


@dataclass(frozen=True)
class Neighbour:
    """A site's page beside this one."""

    name: str
    href: str


@dataclass(frozen=True)
class Place:
    """Where a page stands in a report."""

    name: str = ""
    index: str = ""
    of: int = 0
    before: Neighbour | None = None
    after: Neighbour | None = None
    notebook: str = ""
    notebook_name: str = ""
    seconds: float | None = None


@dataclass(frozen=True)
class Problem:
    """Why a notebook has no complete result: the cell, what happened, what to do."""

    where: str
    what: str
    cure: str = ""


def notebook_page(
    notebook: Mapping[str, Any],
    *,
    markdown: Callable[[str], str],
    guide: bool = False,
    place: Place | None = None,
    problem: Problem | None = None,
    title: str = "",
    where: str = "",
    assets: str = "",
    scripts: Sequence[str] = (),
    credits: Sequence[str] = (),
    made: str = "",
) -> str:
    """Return the page of an executed notebook.

    Parameters
    ----------
    notebook
        As a mapping (nbformat 4).
    markdown
        Turns Markdown into HTML.
    guide
        Whether the cells tagged `guide` appear: they teach the team that works in the notebook, not those who read a
        site's page in a report.
    place
        Where the page stands in a report.
    problem
        Why it stopped, if it did.
    title
        Used where no heading is found in the outputs.
    where, credits, made
        What stands at the top and the lines at the foot.
    assets, scripts
        The folder of scripts that pages share, or the scripts themselves for a page that stands alone.
    """
    place = place or Place()
    cells = [(cell, _cell(cell, markdown)) for cell in notebook.get("cells", [])]
    body = "".join(html for cell, html in cells if guide or not _guides(cell))
    said = (
        "".join(html for cell, html in cells if not _guides(cell)) + body
    )  # what was found names a page, else its guide
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", said, re.DOTALL)
    name = re.sub(r"<[^>]+>", "", heading[1]) if heading else ""
    links = [("chart", "Chart")] if 'id="chart"' in body else []
    links += [(i, words) for i, words in ANCHORS.items() if f'id="{i}"' in body or (i == "notebook" and place.notebook)]
    return render(
        "site.html.j2",
        title=Markup(name) if name else (place.name or title or "Notebook"),
        body=Markup(body),
        headed=bool(heading),
        place=place,
        problem=problem,
        links=links,
        narrow=True,
        where=where,
        assets=assets,
        scripts=scripts,
        credits=credits,
        made=made,
    )


def _cell(cell: Mapping[str, Any], markdown: Callable[[str], str]) -> str:
    tags = cell.get("metadata", {}).get("tags", [])
    if "parameters" in tags:
        return ""
    source = _text(cell.get("source", ""))
    if cell.get("cell_type") == "markdown":
        return (
            f'<div class="cell{" guide" if _guides(cell) else ""}">{offline(markdown(source))}</div>'
            if source.strip()
            else ""
        )
    if cell.get("cell_type") != "code" or "injected-parameters" in tags:
        return ""
    return "".join(_output(output, source) for output in cell.get("outputs", []))


def _guides(cell: Mapping[str, Any]) -> bool:
    return "guide" in cell.get("metadata", {}).get("tags", [])


def _output(output: Mapping[str, Any], source: str) -> str:
    kind = output.get("output_type")
    if kind == "stream":
        text = ANSI.sub("", _text(output.get("text", "")))
        if output.get("name") == "stderr" or not text.strip():
            return ""
        cut = (
            ""
            if len(text) <= LONGEST_STREAM
            else f"\n… {len(text) - LONGEST_STREAM:,} more characters in the notebook."
        )
        return _plain(text[:LONGEST_STREAM] + cut)
    if kind == "error":
        trace = ANSI.sub("", "\n".join(output.get("traceback", [])))
        return (
            f'<details open><summary>The cell that stopped</summary><pre tabindex="0">{escape(source)}</pre></details>'
            f'<details><summary>Its error in full</summary><pre tabindex="0">{escape(trace)}</pre></details>'
        )
    return _rich(output.get("data", {}))


def _rich(data: Mapping[str, Any]) -> str:
    """The richest form that needs nothing from elsewhere."""
    vegalite = next((v for k, v in data.items() if VEGALITE.fullmatch(k)), None)
    if CHART_TYPE in data:
        html, charts = without_style(_text(data["text/html"])), data[CHART_TYPE]
        return f'<div class="fragment">{html}{chart_script(charts)}</div>'
    if vegalite is not None:
        alt = (
            escape(str(vegalite.get("description") or vegalite.get("title") or "Chart"))
            if isinstance(vegalite, Mapping)
            else "Chart"
        )
        drawn = chart_script({"charts": [lean(vegalite)]})
        return f'<div class="output fragment"><div class="chart" role="img" aria-label="{alt}"></div>{drawn}</div>'
    if "text/html" in data:
        html = _text(data["text/html"])
        return (
            f'<div class="fragment">{without_style(html)}</div>'
            if ours(html)
            else f'<div class="output">{offline(html)}</div>'
        )
    if "image/svg+xml" in data:
        return f'<div class="output">{offline(_text(data["image/svg+xml"]))}</div>'
    for kind in ("image/png", "image/jpeg"):
        if kind in data:
            alt = escape(_text(data.get("text/plain", "")) or "Picture")
            return f'<div class="output"><img alt="{alt}" src="data:{kind};base64,{_text(data[kind]).strip()}"></div>'
    if "text/plain" in data:
        return _plain(_text(data["text/plain"]))
    return ""


def _plain(text: str) -> str:
    """Text that may be wide: it scrolls by itself, also by keyboard."""
    return f'<div class="output" tabindex="0" role="region" aria-label="Text output"><pre>{escape(text)}</pre></div>'


def chart_script(charts: Any) -> str:
    """Data for the page's script. `</` would end the element early."""
    content = (
        json.dumps(charts, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/").replace("<!--", "<\\!--")
    )
    return f'<script type="application/json" class="chart-spec">{content}</script>'


def _text(value: Any) -> str:
    return "".join(value) if isinstance(value, list) else str(value)
