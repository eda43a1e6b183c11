"""A chart or funnel as a file: HTML that works offline, SVG, or PNG."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from inquirylab.charts.analysis_chart import Mode, analysis_chart, chart_title
from inquirylab.charts.analysis_table import alt_text, analysis_table, funnel_table, signal_sentences
from inquirylab.charts.funnel_chart import funnel_chart, funnel_title
from inquirylab.errors import InquiryError, ReportError
from inquirylab.publish.files import write_atomically
from inquirylab.record.shown_text import readable
from inquirylab.reports.chart_page import chart_page
from inquirylab.spc import Analysis, Funnel, explain

ENDINGS = (".html", ".svg", ".png")
_MOST_SENTENCES = 60


def write_chart(analysis: Analysis, out: Path) -> Path:
    """Write an analysis as a picture or page, by the ending of ``out``."""

    def page(light: str, dark: str) -> str:
        sentences = signal_sentences(analysis)
        alt = alt_text(analysis, sentences)
        extra = len(sentences) - _MOST_SENTENCES
        sentences = sentences[:_MOST_SENTENCES] + ([f"… and {extra} more, in the table"] if extra > 0 else [])
        return chart_page(
            chart_title(analysis),
            light,
            dark,
            alt,
            analysis_table(analysis),
            sentences,
            _methods(analysis),
        )

    return _write(out, lambda mode: analysis_chart(analysis, mode=mode), page, lambda: alt_text(analysis))


def write_funnel(funnel: Funnel, out: Path) -> Path:
    """Write a funnel as a picture or page, by the ending of ``out``."""
    title = funnel_title(funnel)
    alt = f"Funnel plot. {title}."

    def page(light: str, dark: str) -> str:
        methods = [
            f"Target {funnel.target:.4g}; {funnel.limits} limits (Spiegelhalter 2005). Units keep the order of their "
            "names: this is no league table."
        ]
        return chart_page(title, light, dark, alt, funnel_table(funnel), [], methods)

    return _write(out, lambda mode: funnel_chart(funnel, mode=mode), page, lambda: alt)


def _methods(analysis: Analysis) -> list[str]:
    try:
        return str(explain(analysis)).split("\n")
    except InquiryError:  # several series: the formula without the numbers of one
        first = analysis.summary.iloc[0]
        found = explain(analysis, **{name: first[name] for name in analysis.by})
        return [f"{found.title}: {found.formula}.", f"Source: {found.source}."]


def _write(out: Path, draw: Callable[[Mode], Any], page: Callable[[str, str], str], alt: Callable[[], str]) -> Path:
    import vl_convert

    ending = out.suffix.casefold()
    if ending not in ENDINGS:
        raise ReportError(
            "A chart is written as HTML, SVG or PNG", found=out.name, cure="End the name in .html, .svg or .png."
        )

    def svg(mode: Mode) -> str:
        return str(vl_convert.vegalite_to_svg(draw(mode).to_dict()))

    if ending == ".png":
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(vl_convert.vegalite_to_png(draw("print").to_dict(), scale=2))
        return out
    write_atomically(out, _named(svg("print"), alt()) if ending == ".svg" else page(svg("light"), svg("dark")))
    return out


def _named(svg: str, alt: str) -> str:
    """Return a drawing that says what it shows to those who do not see it, wherever it is put."""
    head, _, body = svg.partition(">")
    said = escape(readable(alt))
    return f'{head} role="img" aria-label="{said}"><desc>{said}</desc>{body}'
