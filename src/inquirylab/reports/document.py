"""A report as blocks: what PDF, Word and Markdown are written from, so that none of them says other things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from inquirylab.reports.page import Mark


class Words(NamedTuple):
    """Some words of a line, or a small picture among them (SVG)."""

    text: str
    strong: bool = False
    picture: str = ""


Line = tuple[Words, ...]

WIDEST_UPRIGHT = 900
MOST_COLUMNS_UPRIGHT = 7


@dataclass(frozen=True)
class Heading:
    """Level 1 stands below the title; no level is left out."""

    level: int
    line: Line


@dataclass(frozen=True)
class Paragraph:
    """`kind` is "lede", "note" or ""."""

    line: Line
    kind: str = ""


@dataclass(frozen=True)
class Items:
    """A list; what an item holds are blocks."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False


@dataclass(frozen=True)
class Pairs:
    """Names, each with what there is of it."""

    pairs: tuple[tuple[Line, tuple[Block, ...]], ...]


@dataclass(frozen=True)
class Table:
    """`twin` says that it holds the numbers of the chart before it: where the chart itself is seen, it may be left out."""

    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    twin: bool = False

    @property
    def columns(self) -> int:
        """How many columns the longest row has."""
        return max([len(self.head), *map(len, self.rows)], default=0)

    @property
    def wide(self) -> bool:
        """Whether an upright sheet would leave no column room for a word."""
        return self.columns > MOST_COLUMNS_UPRIGHT


@dataclass(frozen=True)
class Drawing:
    """A drawing (SVG, `width` in its own units) and what it shows in words."""

    svg: str
    width: float
    alt: str

    @property
    def wide(self) -> bool:
        """Whether an upright sheet would make it too small to read."""
        return self.width > WIDEST_UPRIGHT


@dataclass(frozen=True)
class Card:
    """A small chart with its name and what it says, or a name that has none; `role` is imp, con, chg or ""."""

    head: Line
    drawing: Drawing | None
    words: Line
    role: str = ""


@dataclass(frozen=True)
class Cards:
    """Small charts on one scale, side by side."""

    cards: tuple[Card, ...]


Block = Heading | Paragraph | Items | Pairs | Table | Drawing | Cards


@dataclass(frozen=True)
class Document:
    """A report that has left its page: title, for whom it is, its blocks, and the lines at its foot."""

    title: str
    mark: Mark
    blocks: tuple[Block, ...]
    foot: tuple[str, ...] = ()
