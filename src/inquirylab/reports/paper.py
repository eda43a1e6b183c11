"""A publication on paper: the same parts as its pages as plain data, which `pages/report.typ` lays out.

Texts are data there, never markup; drawings are SVG with their colours in them, and carry their alternative texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from html import unescape
from typing import Any

from markupsafe import Markup

from inquirylab.charts.theme import in_light, paper_style
from inquirylab.charts.words import NEVER_WHY, lower, plural
from inquirylab.reports.equity_parts import NEVER_THE_CAUSE, GroupView
from inquirylab.reports.index_page import Card
from inquirylab.reports.page import PUBLISHED, sheet
from inquirylab.reports.published_index import PoolView, comparable_words
from inquirylab.reports.published_methods import Section

ROOM_FOR_SCALE = 26
"""The numbers of a small chart's scale stand to its left, outside its frame."""
_TAG = re.compile(r"<[^>]+>")
_BREAK = re.compile(r"</(?:p|div|li|summary)>|<p\b[^>]*>", re.IGNORECASE)
_SIZE = re.compile(r' (?:width|height|xmlns)="[^"]*"')
_ICON_RULE = re.compile(r"(?<=} )\.icon[. ][^{}]+\{[^{}]*\}")
_SUMMARY = re.compile(r"<summary>.*?</summary>", re.DOTALL)


def paper(
    views: Sequence[PoolView],
    sections: Sequence[Section],
    unseen: Sequence[str],
    numbers: Sequence[tuple[str, str]],
    title: str,
    made: str,
) -> dict[str, Any]:
    """Return what stands on paper, in its order."""
    main = views[0]
    return {
        "title": main.title,
        "report": title,
        "mark": PUBLISHED.word,
        "mark_says": PUBLISHED.says,
        "on_paper": PUBLISHED.on_paper,
        "lede": main.lede,
        "about": f"{main.definition} {main.voice.better_words} Each site is compared with its own past, never with another site.",
        "facts": [[number, words] for number, words in main.coverage.facts],
        "coverage": drawing(main.coverage.wide, 8),
        "missing": [[kind, sites, values] for kind, sites, values in main.coverage.missing],
        "unseen": list(unseen),
        "said": list(main.published.protected.left_out),
        "comparable": comparable_words(views, sum(len(v.held) for v in views)),
        "differences": [
            [plural(len(v.held), "site"), d.what, d.most, d.here] for v in views[1:] for d in v.pool.differences
        ],
        "changed": (
            f"Signals since the baseline, newest first, dated by the {main.voice.noun} that completed them. "
            f"{main.quiet} sites have none of their own. {NEVER_WHY}"
        ),
        "shared": [plain(line) for line in main.shared],
        "feed": [{"when": change.when, "lines": [plain(line) for line in change.lines]} for change in main.feed],
        "sites_title": f"{len(main.cards):,} sites, by name",
        "sites_says": f"One scale for all: {main.scale}. The number is the last {main.voice.noun} in print.",
        "sites": [_card(c) for c in main.cards],
        "spread": {"says": main.spread.words, "drawing": drawing(main.spread.wide)} if main.spread else None,
        "equity": f"All sites together, one chart a group, in the order of their names. {NEVER_THE_CAUSE}",
        "groups": [_group(g) for g in main.groups],
        "others": [_other(view) for view in views[1:]],
        "methods": [
            {"title": s.title, "paragraphs": list(s.paragraphs), "facts": [list(f) for f in s.facts], "items": list(s.items)}
            for s in sections
        ],
        "numbers": [f"{href}: {words}" for href, words in numbers],
        "made": made,
    }  # fmt: skip


def _card(card: Card) -> dict[str, Any]:
    return {"name": card.name, "value": card.value, "role": card.role, "words": plain(card.words),
            "drawing": drawing(card.drawing, ROOM_FOR_SCALE)}  # fmt: skip


def _group(view: GroupView) -> dict[str, Any]:
    return {
        "title": f"By {lower(view.column)}",
        "says": f"One scale for these groups: {view.scale}.",
        "cards": [_card(c) for c in view.cards],
        "words": view.words,
        "drawing": drawing(view.wide) if view.wide else None,
    }


def _other(view: PoolView) -> dict[str, Any]:
    return {
        "title": f"{plural(len(view.held), 'site')} with another definition: {view.voice.name}",
        "says": f"{view.definition} {view.title}. Not in any number above. One scale: {view.scale}.",
        "cards": [_card(c) for c in view.cards],
    }


def plain(markup: Markup | str) -> str:
    """Return markup as text.

    Examples
    --------
    >>> plain(Markup("<svg><path/></svg><span><b>12 weeks above</b>, since 9 Sep &amp; on</span>"))
    '12 weeks above, since 9 Sep & on'
    """
    text = _BREAK.sub(" ", _SUMMARY.sub(" ", str(markup)))
    return " ".join(unescape(_TAG.sub("", text)).split())


def drawing(svg: Markup | str, left: int = 0) -> dict[str, str]:
    """Return a drawing that stands alone, and its alternative text."""
    text = str(svg)
    alt = re.search(r'aria-label="([^"]*)"', text)
    text = in_light(text)
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', text)
    head, _, body = text.partition(">")
    head = _SIZE.sub("", head)
    if box is not None:
        width, height = float(box[1]), float(box[2])
        head = head.replace(
            box[0], f'viewBox="{-left} 0 {width + left:g} {height:g}" width="{width + left:g}" height="{height:g}"'
        )
    head = head.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    style = paper_style() + (_icon_style() if 'class="icon' in head else "")
    return {"svg": f"{head}><style>{style}</style>{body}", "alt": unescape(alt[1]) if alt else ""}


@cache
def _icon_style() -> str:
    """Return what a page says of its marks' colours and strokes, in light: a mark on paper is the page's own."""
    return in_light("".join(_ICON_RULE.findall(sheet("page.css"))))


@lru_cache(maxsize=64)  # the signs of a report are few, and stand in many lines
def sign(svg: str) -> str:
    """Return a drawing that stands among words, alone and with room for the ring around it."""
    return drawing(svg)["svg"].replace('viewBox="0 0 12 12"', 'viewBox="-1 -1 14 14"', 1)
