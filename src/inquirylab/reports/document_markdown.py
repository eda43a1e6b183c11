"""A report as Markdown: its words, its tables, and the numbers of each chart. PURE."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from inquirylab.record.shown_text import in_markdown
from inquirylab.reports.document import (
    Block,
    Cards,
    Document,
    Drawing,
    Heading,
    Items,
    Line,
    Pairs,
    Paragraph,
    Table,
)


def document_markdown(told: Document) -> str:
    """Return a report as Markdown in which no word of a person is markup.

    A drawing is said in words, and the table of its numbers follows where the page has one.
    """
    parts = [f"# {in_markdown(told.title)}", f"**{told.mark.word}.** {in_markdown(told.mark.says)}"]
    parts += _parts(told.blocks)
    parts += [in_markdown(line) for line in told.foot]
    return "\n\n".join(p for p in parts if p) + "\n"


def _parts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(level, line):
                yield f"{'#' * min(level + 1, 6)} {_words(line)}"
            case Paragraph(line):
                yield _words(line)
            case Items(items, ordered):
                yield "\n".join(_item(item, "1." if ordered else "-") for item in items)
            case Pairs(pairs):
                yield "\n".join(_pair(name, said) for name, said in pairs)
            case Table():
                yield _table(block)
            case Drawing(_, _, alt):
                yield f"*{in_markdown(alt)}*"
            case Cards(cards):
                yield "\n".join(f"- {_words(c.head)}. {_words(c.words)}" for c in cards)


def _words(line: Line) -> str:
    out = ""
    for w in line:
        words = in_markdown(w.text) if w.text.strip() else ""
        if not words:
            out += "  \n" if w.text == "\n" else " " if w.text else ""
            continue
        before, after = " " * w.text.startswith(" "), " " * w.text.endswith(" ")
        out += f"{before}**{words}**{after}" if w.strong else f"{before}{words}{after}"
    return out.strip()


def _item(blocks: tuple[Block, ...], sign: str) -> str:
    first, *more = blocks
    return _below(f"{sign} {next(_parts([first]))}", more, " " * (len(sign) + 1))


def _pair(name: Line, said: Sequence[Block]) -> str:
    if said and isinstance(said[0], Paragraph):
        return _below(f"- **{_words(name)}:** {_words(said[0].line)}", said[1:], "  ")
    return _below(f"- **{_words(name)}:**", said, "  ")


def _below(first: str, blocks: Sequence[Block], room: str) -> str:
    """Return what stands below the first line of an item, each line as far in as its words."""
    lines = [first]
    for block, part in zip(blocks, _parts(blocks), strict=True):
        lines += [] if isinstance(block, Items) else [""]
        lines += [f"{room}{line}" if line else "" for line in part.split("\n")]
    return "\n".join(lines)


def _table(table: Table) -> str:
    def row(cells: tuple[Line, ...]) -> str:
        shown = [_words(c).replace("  \n", "; ") for c in cells] + [""] * (table.columns - len(cells))
        return f"| {' | '.join(shown)} |"

    rows = [row(table.head), f"|{' --- |' * table.columns}", *map(row, table.rows)]
    return "\n".join(rows) if table.columns else ""
