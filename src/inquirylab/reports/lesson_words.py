"""Words and small pieces that all pages of a lesson study share."""

from __future__ import annotations

from markupsafe import Markup, escape

from inquirylab.record.export import short_names
from inquirylab.record.reading import Record

PHASES = {
    "grasp": "Grasp",
    "solve": "Solve",
    "discuss": "Present and compare",
    "summarise": "Sum up",
    "other": "Other",
}
KINDS = {
    "says": "said",
    "does": "did",
    "writes": "wrote",
    "interacts": "turned to another",
    "teacher_move": "teacher",
}
STYLE = Markup("<style>{}</style>").format(
    Markup(
        """
.iq-lesson{line-height:1.5;max-width:1000px}
.iq-lesson h2{margin:0 0 .4em;font-size:1.45em}
.iq-lesson h3{margin:1.3em 0 .3em;font-size:1.1em;break-after:avoid}
.iq-lesson table{border-collapse:collapse;width:calc(100% - 2px);font-size:.93em}
.iq-lesson :is(th,td){border:1px solid #9aa5b1;padding:5px 7px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
.iq-lesson tr{break-inside:avoid}
.iq-lesson small{opacity:.8;font-weight:400}
.iq-lesson :is(ul,ol){margin:0;padding-left:1.2em}
.iq-lesson p{margin:.2em 0;max-width:75ch}
.iq-fields{columns:2 24em;column-gap:2.5em}
.iq-fields h3:first-child{margin-top:0}
.iq-fields p{break-inside:avoid}
.iq-lesson section{break-inside:avoid-page}
.iq-key{font-style:italic}
.iq-lesson .iq-plan{table-layout:fixed}
.iq-lesson .iq-plan th:nth-child(1){width:10%}
.iq-lesson .iq-plan th:nth-child(2){width:22%}
.iq-lesson .iq-plan th:nth-child(3){width:24%}
.iq-lesson .iq-plan th:nth-child(6){width:14%}
.iq-facts{display:flex;flex-wrap:wrap;gap:4px 28px;margin:0 0 1em}
.iq-facts dt{font-size:.85em;opacity:.8}
.iq-facts dd{margin:0;font-weight:600}
.iq-seats{width:100%;max-width:640px;display:block;font-size:12px}
.iq-seats rect{fill:none;stroke:currentColor}
.iq-seats text{fill:currentColor}
.iq-seats .code{font-weight:600;font-size:13px}
.iq-seats text.front{text-anchor:middle}
.iq-seats path.front{stroke:currentColor;stroke-width:3}
.iq-lesson img{max-width:100%;max-height:420px}
.iq-sheet + .iq-sheet{break-before:page;margin-top:2em}
.iq-lines{table-layout:fixed}
.iq-lines td{height:2.6em}
.iq-lines th:nth-child(1){width:9%}
.iq-lines th:nth-child(2){width:13%}
.iq-lines th:nth-child(3){width:13%}
.iq-lesson svg.iq-time{width:100%;max-width:1000px;display:block}
.iq-q th:first-child,.iq-one{white-space:nowrap}
.iq-q th:first-child{width:1%}
.iq-beside{display:flex;flex-wrap:wrap;gap:0 2.5em}
.iq-beside > section{flex:1 1 20em;min-width:0}
.iq-beside > section:first-child:nth-last-child(3){flex:4 1 22em}
.iq-beside > section:nth-child(2):nth-last-child(2){flex:5 1 26em}
.iq-beside > section:nth-child(3){flex:3 1 12em}
@media print{.iq-lesson{max-width:none}.iq-lesson h3{margin-top:.9em}
.iq-sheet + .iq-sheet{margin-top:0}.iq-sheet + .iq-sheet h2{margin-top:0}}
"""
    )
)
PAGE = Markup(
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"><title>{title}</title>"
    "<style>@page{{size:A4 {orient};margin:14mm}}"
    "body{{font:10.5pt/1.5 system-ui,'Segoe UI',Roboto,Arial,sans-serif;margin:16px;color:#1b2733;background:#fff}}"
    "@media print{{body{{margin:0}}}}</style></head><body>{body}</body></html>"
)


def page(title: str, body: Markup, landscape: bool = False) -> str:
    """Return a whole page for print, with no script in it."""
    return str(PAGE.format(title=title, body=fragment(body), orient="landscape" if landscape else "portrait"))


def fragment(body: Markup) -> Markup:
    """Return a fragment with the style of lesson pages."""
    return STYLE + Markup('<div class="iq-lesson">{}</div>').format(body)


def names_of(record: Record) -> dict[str, str]:
    """Return what people, drivers, ideas and questions are called, by id."""
    return dict(short_names(record))


def prose(text: str | None) -> Markup:
    """Return a person's words with their line breaks."""
    return Markup("<br>").join(escape(line) for line in (text or "").splitlines())


def field(title: str, text: object) -> Markup:
    """Return a heading with its answer; nothing where there is none."""
    if text in (None, ""):
        return Markup("")
    return Markup("<h3>{}</h3><p>{}</p>").format(title, prose(str(text)))


def clock(seconds: int | None) -> str:
    """Return minutes and seconds since the lesson began: ``23:14``."""
    return "–" if seconds is None else f"{seconds // 60}:{seconds % 60:02d}"
