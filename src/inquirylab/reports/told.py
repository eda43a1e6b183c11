"""A section of a report, told once: as HTML and as Markdown, every word of a person escaped in both."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from inquirylab.record.shown_text import in_markdown
from inquirylab.reports.fragment import Fragment

STYLE = Markup(
    "<style>.inquirylab .story{max-width:1000px}.inquirylab .story :is(p,li,dd){max-width:72ch;overflow-wrap:anywhere}"
    ".inquirylab .story h2{margin-top:24px}.inquirylab .story h3{margin:18px 0 2px}"
    ".inquirylab .story .iq-answers section{margin:0;padding:0}.inquirylab .story h4{margin:14px 0 2px}"
    ".inquirylab .story dl{display:grid;grid-template-columns:minmax(110px,max-content) minmax(0,1fr);gap:4px 20px;margin:8px 0}"
    ".inquirylab .story dt{color:var(--muted);font-weight:400;margin:0}.inquirylab .story dd{margin:0;white-space:pre-wrap}"
    ".inquirylab .story ul{padding-left:20px;margin:6px 0}"
    ".inquirylab .story .lede{font-size:18px;line-height:28px;margin:8px 0}"
    ".inquirylab .story .formative{border:1px solid currentColor;border-radius:3px;padding:0 7px;font-weight:600}"
    ".inquirylab .story figure{overflow-x:auto}.inquirylab .story figure svg{max-width:100%;height:auto}"
    ".inquirylab .story :is(.part,figure,tr){break-inside:avoid}"
    "@media (max-width:560px){.inquirylab .story dl{grid-template-columns:minmax(0,1fr);gap:0}"
    ".inquirylab .story dd{margin-bottom:8px}.inquirylab .story figure svg{max-width:none}}</style>"
)


class Told:
    """A section that grows block by block."""

    def __init__(self, heading: str, anchor: str, level: int = 2) -> None:
        self._anchor = anchor
        self._html = [Markup(f"<h{level}>{{}}</h{level}>").format(heading)]
        self._markdown = [f"{'#' * level} {in_markdown(heading)}"]

    def text(self, words: str | None, kind: str = "") -> None:
        """Add a paragraph; nothing if there are no words."""
        if words:
            self._html.append(
                Markup('<p class="{}" dir="auto">{}</p>').format(kind, words)
                if kind
                else Markup('<p dir="auto">{}</p>').format(words)
            )
            self._markdown.append(in_markdown(words))

    def heading(self, words: str) -> None:
        """Add a smaller heading."""
        self._html.append(Markup('<h3 dir="auto">{}</h3>').format(words))
        self._markdown.append(f"### {in_markdown(words)}")

    def pairs(self, pairs: Iterable[tuple[str, str | None]]) -> None:
        """Add names with what there is of each; those without words are left out."""
        held = [(k, v) for k, v in pairs if v]
        if held:
            rows = Markup("").join(Markup('<dt dir="auto">{}</dt><dd dir="auto">{}</dd>').format(k, v) for k, v in held)
            self._html.append(Markup('<dl class="part">{}</dl>').format(rows))
            self._markdown.append("\n".join(f"- **{in_markdown(k)}:** {in_markdown(v)}" for k, v in held))

    def items(self, lines: Iterable[str]) -> None:
        """Add a list."""
        held = [line for line in lines if line]
        if held:
            self._html.append(
                Markup("<ul>{}</ul>").format(Markup("").join(Markup('<li dir="auto">{}</li>').format(i) for i in held))
            )
            self._markdown.append("\n".join(f"- {in_markdown(i)}" for i in held))

    def drawn(self, html: str, markdown: str) -> None:
        """Add what another report has written already."""
        self._html.append(Markup(html))
        self._markdown.append(markdown)

    def fragment(self) -> Fragment:
        """Return the section."""
        body = Markup('{}<section class="story" id="{}">{}</section>').format(
            STYLE, self._anchor, Markup("").join(self._html)
        )
        return Fragment(str(body), "\n\n".join(self._markdown))
