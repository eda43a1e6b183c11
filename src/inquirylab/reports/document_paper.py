"""A report's blocks as plain data, which `pages/document.typ` lays out on paper. PURE."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

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
)
from inquirylab.reports.paper import ROOM_FOR_SCALE, drawing, sign


def document_paper(told: Document) -> dict[str, Any]:
    """Return a report as `inquirylab.publish.pdf.pdf` takes it. A chart's numbers stay on the page: paper shows the chart."""
    first = next((i for i, b in enumerate(told.blocks) if isinstance(b, Heading)), 0)
    return {
        "title": told.title,
        "report": told.title,
        "mark": told.mark.word,
        "mark_says": told.mark.says,
        "on_paper": told.mark.on_paper,
        "opening": _blocks(told.blocks[:first]),
        "blocks": _blocks(told.blocks[first:]),
        "foot": list(told.foot),
        "made": told.foot[-1] if told.foot else "",
    }


def _blocks(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    return [
        {"kind": type(b).__name__, "wide": False, **_block(b)}
        for b in blocks
        if not (isinstance(b, Table) and (b.twin or not b.rows))
    ]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level, line):
            return {"level": level, "line": _line(line)}
        case Paragraph(line, style):
            return {"line": _line(line), "style": style}
        case Items(items, ordered):
            return {"items": [_blocks(i) for i in items], "ordered": ordered}
        case Pairs(pairs):
            return {"pairs": [[_line(name), _blocks(said)] for name, said in pairs]}
        case Table(head, rows):
            full = [[*map(_line, row), *[[]] * (block.columns - len(row))] for row in (head, *rows)]
            return {"head": full[0], "rows": full[1:], "columns": block.columns, "wide": block.wide}
        case Drawing():
            return _drawing(block)
        case Cards(cards):
            return {"cards": [_card(c) for c in cards]}


def _line(line: Line) -> list[dict[str, Any]]:
    return [{"text": w.text, "strong": w.strong, "picture": sign(w.picture) if w.picture else None} for w in line]


def _drawing(shown: Drawing, left: int = 0) -> dict[str, Any]:
    return {**drawing(shown.svg, left), "alt": shown.alt, "width": shown.width, "wide": shown.wide}


def _card(card: Card) -> dict[str, Any]:
    name = "".join(w.text for w in card.head if w.strong)
    value = "".join(w.text for w in card.head if not w.strong).strip()
    words = "".join(w.text for w in card.words)
    return {"name": name.strip(), "value": value, "role": card.role, "words": words,
            "drawing": _drawing(card.drawing, ROOM_FOR_SCALE) if card.drawing else None}  # fmt: skip
