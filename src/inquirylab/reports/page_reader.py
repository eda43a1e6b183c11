"""A page of ours, read as blocks: what it says, in its order, without what is only for the screen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from inquirylab.reports.document import (
    Block,
    Card,
    Cards,
    Document,
    Drawing,
    Heading,
    Items,
    Line,
    Pairs,
    Paragraph,
    Table,
    Words,
)
from inquirylab.reports.fragment import TWIN
from inquirylab.reports.page import Mark

INLINE = {"a", "abbr", "b", "bdi", "br", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub",
          "sup", "time", "u"}  # fmt: skip
#: What a page has only for the hand and the screen: what is pressed or searched, what is said of that, and drawings for
#: narrow screens.
FOR_THE_SCREEN = {"form", "input", "nav", "output", "script", "style", "button"}
SCREEN_WORDS = "on-screen"
NARROW = "lo"
CARDS = {"sites", "beside"}
NOTES = {"source", "sub", "cap", "about", "note", "none"}
ROLES = {"imp", "con", "chg"}
FEED = "feed"  # in the order of its dates, which stand there: numbers would be a second count

_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_ATTRIBUTE = re.compile(r'\b(aria-label|aria-hidden|class|viewBox)="([^"]*)"')


def read_page(html: str, mark: Mark) -> Document:
    """Return a page of ours as blocks.

    Parameters
    ----------
    html
        A page as `inquirylab.reports.page.render` writes it.
    mark
        For whom it is.
    """
    drawings: list[str] = []

    def aside(found: re.Match[str]) -> str:
        """Drawings are kept as they are: a reader of HTML would change the case of their names."""
        drawings.append(found[0])
        return f'<img data-drawing="{len(drawings) - 1}">'

    page = BeautifulSoup(_DRAWING.sub(aside, html), "html.parser")
    main = page.main or page
    title = main.h1 or page.title
    name = _plain(title) if title else ""
    if main.h1:
        main.h1.decompose()
    foot = tuple(words for p in page.select("footer p") if (words := _plain(p)))
    return Document(name, mark, _Reader(drawings).blocks(main), foot)


class _Reader:
    def __init__(self, drawings: list[str]) -> None:
        self.drawings = drawings
        self.above: list[
            tuple[int, int]
        ] = []  # the headings over what is read: how deep their section, their own level

    def blocks(self, node: Tag) -> tuple[Block, ...]:
        out: list[Block] = []
        loose: list[Words] = []  # words that stand in no paragraph of their own

        def end() -> None:
            if line := _tidy(loose):
                out.append(Paragraph(line))
            loose.clear()

        for child in node.children:
            if not isinstance(child, Tag):
                loose += self.line(child)
            elif not _shown(child):
                continue
            elif (child.name in INLINE and not child.find("img")) or self._among_words(child):
                loose += self.line(child)
            else:
                sign = _tidy(loose)
                found = list(self._block(child))
                if len(sign) == 1 and sign[0].picture and found and isinstance(found[0], Paragraph):
                    found[0] = Paragraph(sign + found[0].line, found[0].kind)  # a sign stands before what it marks
                    loose.clear()
                end()
                out += found
        end()
        return tuple(out)

    def _block(self, node: Tag) -> Iterable[Block]:
        name, classes = node.name, set(node.get("class") or ())
        if re.fullmatch("h[1-6]", name):
            line = tuple(w._replace(strong=False) for w in self._tidy_line(node))
            return [Heading(self._level(node), line)] if line else []
        if name == "p":
            kind = "lede" if "lede" in classes else "note" if classes & NOTES else ""
            return [Paragraph(line, kind)] if (line := self._tidy_line(node)) else []
        if name == "img":
            return self._picture(node)
        if classes & CARDS:
            return self._cards(node)
        if name in ("ul", "ol"):
            items = [self.blocks(li) for li in node.find_all("li", recursive=False) if _shown(li)]
            return [Items(tuple(i for i in items if i), name == "ol" and FEED not in classes)] if any(items) else []
        if name == "dl":
            return [Pairs(pairs)] if (pairs := tuple(self._pairs(node))) else []
        if name == "table":
            return [self._table(node)]
        if name == "details":
            return self._folded(node, TWIN in classes)
        if name == "pre":
            return [Paragraph((Words(node.get_text().strip("\n")),), "note")]
        return self.blocks(node)

    def _level(self, node: Tag) -> int:
        here = (sum(p.name == "section" for p in node.parents), int(node.name[1]))
        while self.above and self.above[-1] >= here:
            self.above.pop()
        self.above.append(here)
        return len(self.above)

    def _pairs(self, node: Tag) -> Iterator[tuple[Line, tuple[Block, ...]]]:
        name: Line = ()
        for part in node.find_all(["dt", "dd"]):
            if part.find_parent("dl") is not node:
                continue
            if part.name == "dt":
                name = self._tidy_line(part)
            elif said := self._answer(part):
                yield name, said

    def _answer(self, node: Tag) -> tuple[Block, ...]:
        """What somebody wrote in paragraphs keeps them."""
        if node.find(True) is not None:
            return self.blocks(node)
        return tuple(Paragraph((Words(words),)) for one in node.get_text().splitlines() if (words := _spaced(one)))

    def _table(self, node: Tag, twin: bool = False) -> Table:
        rows = [tuple(self._tidy_line(cell) for cell in tr.find_all(["th", "td"])) for tr in node.select("tbody > tr")]
        head = node.select_one("thead > tr")
        return Table(
            tuple(self._tidy_line(cell) for cell in head.find_all(["th", "td"])) if head else (), tuple(rows), twin
        )

    def _folded(self, node: Tag, twin: bool) -> Iterable[Block]:
        summary = node.find("summary", recursive=False)
        line = self._tidy_line(summary) if summary else ()
        if summary:
            summary.extract()
        if twin and (table := node.find("table")):
            return [self._table(table, twin=True)]
        return (
            [Paragraph(tuple(w._replace(strong=True) for w in line)), *self.blocks(node)] if line else self.blocks(node)
        )

    def _cards(self, node: Tag) -> Iterable[Block]:
        found = [self._card(one) for one in node.find_all(recursive=False) if _shown(one)]
        return [Cards(tuple(found))] if found else []

    def _card(self, node: Tag) -> Card:
        before: list[Words] = []
        after: list[Words] = []
        role, drawing = "", None
        for child in node.find_all(recursive=False):
            if child.name == "img":
                drawing = next((d for d in self._picture(child) if isinstance(d, Drawing)), drawing)
                continue
            role = role or next(iter(ROLES & set(child.get("class") or ())), "")
            (before if drawing is None else after).extend([*self.line(child), Words(" ")])
        return Card(_tidy(before), drawing, _tidy(after), role)

    def _picture(self, node: Tag) -> Iterable[Block]:
        number = node.get("data-drawing")
        if number is None:
            return []
        svg = self.drawings[int(str(number))]
        said = _attributes(svg)
        if NARROW in said.get("class", "").split():
            return []
        around = node.find_parent(attrs={"role": "img"})
        alt = unescape(said.get("aria-label", "")) or (str(around.get("aria-label", "")) if around else "")
        box = said.get("viewBox", "0 0 640 360").split()
        return [Drawing(svg, float(box[2]), alt)] if alt else []

    def _among_words(self, node: Tag) -> bool:
        """Say whether a drawing stands for a word: the sign of a chart's key, or of what a line says."""
        return node.name == "img" and node.get("data-drawing") is not None and node.find_parent("li") is not None \
            and "aria-label" not in _attributes(self.drawings[int(str(node["data-drawing"]))])  # fmt: skip

    def _tidy_line(self, node: Tag) -> Line:
        return _tidy(self.line(node))

    def line(self, node: object, strong: bool = False) -> list[Words]:
        if isinstance(node, PreformattedString):
            return []  # a comment
        if isinstance(node, NavigableString):
            return [Words(str(node), strong)]
        if not isinstance(node, Tag) or not _shown(node):
            return []
        if node.name == "br":
            return [Words("\n")]
        if node.name == "img":
            number = node.get("data-drawing")
            return [Words("", picture=self.drawings[int(str(number))])] if number is not None else []
        strong = strong or node.name in ("b", "strong", "h3", "h4")
        around = [] if node.name in INLINE else [Words(" ")]
        return [*around, *(w for child in node.children for w in self.line(child, strong)), *around]


def _shown(node: Tag) -> bool:
    return (
        node.name not in FOR_THE_SCREEN and node.get("hidden") is None and SCREEN_WORDS not in (node.get("class") or ())
    )


def _attributes(svg: str) -> dict[str, str]:
    return dict(_ATTRIBUTE.findall(svg.partition(">")[0]))


def _plain(node: Tag) -> str:
    return _spaced(node.get_text())


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _tidy(line: Iterable[Words]) -> Line:
    """Return words with single blanks, none at the ends; a line break of the page stays one."""
    out: list[Words] = []
    blank = True  # whether what comes next stands at the beginning or after a blank
    for w in line:
        if w.picture or w.text == "\n":
            out.append(w)
            blank = w.text == "\n"
            continue
        text = re.sub(r"\s+", " ", w.text)
        text = text.lstrip() if blank else text
        if not text:
            continue
        blank = text.endswith(" ")
        if out and not out[-1].picture and out[-1].strong == w.strong and out[-1].text != "\n":
            out[-1] = out[-1]._replace(text=out[-1].text + text)
        else:
            out.append(Words(text, w.strong))
    while out and not out[-1].picture and not out[-1].text.strip():
        out.pop()
    if out and not out[-1].picture:
        out[-1] = out[-1]._replace(text=out[-1].text.rstrip())
    return tuple(out)
