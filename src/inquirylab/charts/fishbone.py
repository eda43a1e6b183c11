"""A fishbone as SVG text: families of causes as bones on a spine that leads to the effect.

Nothing is measured: widths come from counts of letters, so that the drawing is the same on a screen and on paper. What is
too long to draw is cut with an ellipsis and stands whole in its tooltip and in the list beside the drawing.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from inquirylab.record.shown_text import readable

LINE, TWIG, BONE, LEAN = 17, 214, 262, 54
LETTERS, MOST_LINES = 29, 4
GAP, HEAD, EDGE = 10, 214, 8


class Cause(NamedTuple):
    """One cause: its id, its words, how deep it stands under another, whether the evidence speaks against it."""

    id: str
    text: str
    depth: int = 0
    contradicted: bool = False
    driver: bool = False


class Family(NamedTuple):
    """A family of causes, in the order in which they are drawn."""

    name: str
    causes: tuple[Cause, ...] = ()


def fishbone_svg(effect: str, families: Sequence[Family]) -> str:
    """Return the drawing; its text names every family, and its causes follow in reading order.

    Examples
    --------
    >>> fishbone_svg("Late on Mondays", [Family("Timetable", (Cause("01a", "The bus leaves early"),))]).count("<text")
    3
    """
    pairs = max(1, (len(families) + 1) // 2)
    tall = [max([90.0, *(_height(f) for f in families[side::2])]) for side in (0, 1)]
    top, bottom = tall[0] + 44, tall[1] + 44 if len(families) > 1 else 56
    spine, end = top, EDGE + pairs * BONE + LEAN
    width, height = end + HEAD + EDGE, top + bottom
    parts = [f'<path d="M{EDGE} {spine:.0f}H{end}" stroke-width="2.5"/>']
    for i, family in enumerate(families):
        foot = end - 12 - (i // 2) * BONE
        parts.append(_bone(family, foot, spine, tall[i % 2], up=i % 2 == 0))
    parts.append(_effect(effect, end, spine))
    families_named = ", ".join(_short(f.name, 60) for f in families)
    title = _safe(f"Fishbone: {_short(effect, 200) or 'the problem'}. Families of causes: {families_named}")
    return (
        f'<svg class="iq-fishbone" viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label="{title}" '
        'xmlns="http://www.w3.org/2000/svg" font-family="inherit" font-size="13" stroke="currentColor" fill="none" '
        f'style="width:100%;max-width:{width:.0f}px;height:auto">{"".join(parts)}</svg>'
    )


def _bone(family: Family, foot: float, spine: float, tall: float, *, up: bool) -> str:
    sign = -1 if up else 1
    tip, end = foot - LEAN, spine + sign * (tall + 18)
    name_y = end - 8 if up else end + 17
    parts = [
        f'<path d="M{foot:.0f} {spine:.0f}L{tip:.0f} {end:.0f}" stroke-width="1.8"/>',
        _text(tip, name_y, [_short(family.name, 34)], family.name, weight=600, anchor="middle"),
    ]
    # causes are read from the top down on both sides of the spine
    y = end + 12 if up else spine + 14
    for cause in family.causes:
        lines = _lines(cause)
        base = y + len(lines) * LINE
        at = foot - LEAN * abs(base - spine) / (tall + 18)
        indent = 14 * min(cause.depth, 3)
        left = at - TWIG + indent
        dash = ' stroke-dasharray="4 3"' if cause.contradicted else ""
        parts.append(f'<path d="M{left:.0f} {base:.0f}H{at:.0f}" stroke-width="1" opacity=".6"{dash}/>')
        parts.append(_text(left, y + LINE - 5, lines, cause.text, cause=cause))
        y = base + GAP
    return "".join(parts)


def _height(family: Family) -> float:
    return sum(len(_lines(c)) * LINE + GAP for c in family.causes) + 14.0


def _lines(cause: Cause) -> list[str]:
    mark = "✕ " if cause.contradicted else "→ " if cause.driver else ""
    room = LETTERS - 2 * min(cause.depth, 3)
    return _wrapped(mark + (cause.text or "…"), room, MOST_LINES)


def _wrapped(text: str, room: int, most: int) -> list[str]:
    lines = textwrap.wrap(_short(text, room * most * 2), room) or [""]
    return [*lines[: most - 1], _short(" ".join(lines[most - 1 :]), room)] if len(lines) > most else lines


def _short(text: str, room: int) -> str:
    text = " ".join(text[: room * 4 + 400].split())
    return text if len(text) <= room else text[: room - 1] + "…"


def _text(
    x: float,
    y: float,
    lines: Sequence[str],
    whole: str,
    *,
    weight: int = 400,
    anchor: str = "start",
    cause: Cause | None = None,
) -> str:
    spans = "".join(f'<tspan x="{x:.0f}" dy="{LINE if n else 0}">{_safe(line)}</tspan>' for n, line in enumerate(lines))
    about = f' data-cause="{escape(cause.id)}"' if cause else ""
    cut = "" if lines and "".join(lines).endswith(whole.strip()[-8:]) else f"<title>{_safe(_short(whole, 400))}</title>"
    return (
        f'<g{about}><text x="{x:.0f}" y="{y:.0f}" stroke="none" fill="currentColor" font-weight="{weight}" '
        f'text-anchor="{anchor}">{spans}</text>{cut}</g>'
    )


def _effect(effect: str, x: float, spine: float) -> str:
    lines = _wrapped(effect or "The problem", 23, 8)
    tall = len(lines) * LINE + 24
    top = spine - tall / 2
    return f'<rect x="{x:.0f}" y="{top:.0f}" width="{HEAD - 8}" height="{tall:.0f}" rx="6" stroke-width="2"/>' + _text(
        x + 12, top + 25, lines, effect, weight=600
    )


def _safe(text: str) -> str:
    return escape(readable(text))
