"""Read markup for the scan: texts, attributes, comments, tables by their headers, and data in scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

from inquirylab.privacy.facts import Facts, Passage, Row

BLOCKS = frozenset({
    "a", "blockquote", "body", "br", "button", "caption", "dd", "desc", "details", "div", "dt", "figcaption", "figure",
    "footer", "g", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "label", "li", "main", "metadata", "nav", "ol",
    "option", "p", "pre", "section", "article", "summary", "table", "text", "title", "tr", "ul",
})  # fmt: skip
QUIET = {"class", "id", "style", "d", "points", "transform", "xmlns", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r",
         "width", "height", "viewbox", "stroke", "fill", "rel", "type", "charset", "role", "tabindex", "lang", "scope",
         "font-size", "stroke-width", "opacity", "dx", "dy", "rx", "ry", "for", "colspan", "rowspan",
         "stroke-dasharray", "text-anchor", "nonce", "integrity"}  # fmt: skip
Reader = Callable[[Facts, str, str], object]


def read_markup(facts: Facts, where: str, text: str, data: Reader, embedded: Reader) -> None:
    """Read HTML, SVG or XML; ``data`` reads scripts, ``embedded`` reads data links."""
    page = _Page(facts, where, data, embedded)
    page.feed(text)
    page.close()
    page.flush()


class _Page(HTMLParser):
    def __init__(self, facts: Facts, where: str, data: Reader, embedded: Reader) -> None:
        super().__init__(convert_charrefs=True)
        self.facts, self.where, self.data, self.embedded = facts, where, data, embedded
        self.words: list[str] = []
        self.raw: str | None = None
        self.script: list[str] = []
        self.header: list[str] = []
        self.row: list[str] | None = None
        self.cell: list[str] | None = None
        self.is_header = False
        self.block = ""

    def place(self) -> str:
        return f"{self.where}, line {self.getpos()[0]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.flush()
            self.block = tag
        if tag in ("script", "style"):
            self.raw, self.script = tag, []
        if tag == "table":
            self.header = []
        if tag == "tr":
            self.row, self.is_header = [], True
        if tag in ("td", "th"):
            self.cell = []
            self.is_header &= tag == "th"
        known = {name: value for name, value in attrs if value and name.casefold() not in QUIET}
        for name, value in known.items():
            place = f"{self.place()}, {tag} {name}"
            if value.startswith("data:"):
                self.embedded(self.facts, place, value)
            elif not (value.lstrip()[:1] in "{[" and self.data(self.facts, place, value)):
                self.facts.passages.append(Passage(place, value[:2000]))
        marks = {name.removeprefix("data-").removeprefix("aria-"): value for name, value in known.items()}
        if len(marks) > 1:
            self.facts.rows.append(Row(f"{self.place()}, {tag}", marks))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style") and self.raw:
            content, self.raw = "".join(self.script), None
            if tag == "script":
                self.data(self.facts, f"{self.place()}, script", content)
        if tag in ("td", "th") and self.cell is not None and self.row is not None:
            self.row.append(" ".join("".join(self.cell).split()))
            self.cell = None
        if tag == "tr" and self.row is not None:
            self.end_row(self.row)
            self.row = None
        if tag in BLOCKS:
            self.flush()

    def end_row(self, row: list[str]) -> None:
        if self.is_header and not self.header:
            self.header = row
        names = [h or f"column {k + 1}" for k, h in enumerate(self.header)]
        names += [f"column {k + 1}" for k in range(len(names), len(row))]
        fields = {name: value for name, value in zip(names, row, strict=False) if value}
        if fields and row is not self.header:
            self.facts.rows.append(Row(f"{self.place()}, table row", fields))

    def handle_data(self, data: str) -> None:
        if self.raw:
            self.script.append(data)
            return
        if self.cell is not None:
            self.cell.append(data)
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.facts.passages.append(Passage(f"{self.place()}, comment", data[:2000]))

    def flush(self) -> None:
        text = " ".join("".join(self.words).split())
        self.words = []
        # The cells of a table are read as rows, where each number has its labels beside it.
        if text and self.row is None:
            for piece in re.split(r"(?<=[.!?;])\s+", text):
                self.facts.passages.append(Passage(f"{self.place()}, {self.block or 'text'}", piece[:1000]))
