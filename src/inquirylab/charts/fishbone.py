"""A fishbone drawing as SVG: the problem at the head, a bone for each family, causes along it. It stands alone, and prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from inquirylab.charts.text_width import wrapped
from inquirylab.charts.theme import FONT, TOKENS, colour
from inquirylab.record.causes import Bone, families
from inquirylab.record.reading import Record

BONE, HEAD, MARGIN = 250, 190, 16
LINE, INDENT, GAP = 16, 12, 6
SUPPORT = {"data": "data", "testimony": "testimony", "hunch": "a hunch", "contradicted": "contradicted"}

Paint = Callable[[str], str]


def light(meaning: str) -> str:
    """Return a colour as its light value: for files that no page gives a theme."""
    return TOKENS[meaning][0]


def fishbone(record: Record, paint: Paint = colour) -> str:
    """Draw the causes of a record; the empty text if there are none.

    Parameters
    ----------
    paint
        Meaning -> colour: :func:`light` for a file, :func:`inquirylab.charts.theme.colour` inside a page.
    """
    found = families(record)
    if not any(found.values()):
        return ""
    blocks = [(family or "No family yet", _lines(bones)) for family, bones in found.items()]
    above, under = blocks[0::2], blocks[1::2]
    half = _head_height(record) / 2
    high = max(max((len(lines) for _, lines in above), default=0) * LINE + 52, half)
    low = max(max((len(lines) for _, lines in under), default=0) * LINE + 52, half)
    columns = max(len(above), len(under))
    width, spine = MARGIN * 2 + columns * BONE + HEAD + 24, MARGIN + high
    parts = [
        f'<line x1="{MARGIN}" x2="{width - HEAD - MARGIN}" y1="{spine}" y2="{spine}" stroke="{paint("series")}" stroke-width="2.5"/>',
        *_head(record, width, spine, paint),
    ]
    for i, (family, lines) in enumerate(above):
        parts += _bone(family, lines, MARGIN + i * BONE, spine, -1, high, paint)
    for i, (family, lines) in enumerate(under):
        parts += _bone(family, lines, MARGIN + i * BONE, spine, 1, low, paint)
    height = spine + low + MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="fishbone" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{escape(describe(record))}" font-size="12.5" font-family="{escape(FONT)}">{"".join(parts)}</svg>'
    )


def describe(record: Record) -> str:
    """Return the drawing in words."""
    told = [
        f"{family or 'No family yet'}: {'; '.join(b.cause.text or '' for b in bones)}"
        for family, bones in families(record).items()
        if bones
    ]
    return f"Causes of “{effect(record)}”. {'. '.join(told)}."


def effect(record: Record) -> str:
    """Return what is explained: the effect, else the problem statement."""
    return str(record.causes.effect or record.problem_definition.statement or "The problem")


def _lines(bones: Sequence[Bone]) -> list[tuple[str, int, bool]]:
    out = []
    for bone in bones:
        text = bone.cause.text or "…"
        support = SUPPORT.get(bone.cause.support or "")
        words = f"{text} ({support})" if support else text
        indent = min(bone.depth, 4) * INDENT
        out += [(line, indent, not i) for i, line in enumerate(wrapped(words, BONE - 84 - indent, 12.5, lines=4))]
    return out


def _bone(
    family: str, lines: Sequence[tuple[str, int, bool]], x: float, spine: float, way: int, reach: float, paint: Paint
) -> list[str]:
    tip = spine + way * (reach - 24)
    foot = x + BONE - 14
    start = tip + (8 if way < 0 else -8)
    parts = [
        f'<line x1="{foot - 52}" y1="{start}" x2="{foot}" y2="{spine}" stroke="{paint("series")}" stroke-width="1.6"/>',
        f'<text x="{x}" y="{tip + (4 if way < 0 else 6)}" font-weight="600" fill="{paint("ink")}">{escape(family)}</text>',
    ]
    top = tip + 24 if way < 0 else spine + 26
    for i, (line, indent, first) in enumerate(lines):
        y = top + i * LINE
        if first:
            parts.append(f'<circle cx="{x + 5 + indent}" cy="{y - 4}" r="2.2" fill="{paint("muted")}"/>')
        parts.append(f'<text x="{x + 13 + indent}" y="{y}" fill="{paint("ink")}">{escape(line)}</text>')
    return parts


def _head_height(record: Record) -> float:
    return len(wrapped(effect(record), HEAD - 28, 13, bold=True, lines=7)) * 18 + 20


def _head(record: Record, width: float, spine: float, paint: Paint) -> list[str]:
    lines = wrapped(effect(record), HEAD - 28, 13, bold=True, lines=7)
    height = _head_height(record)
    x = width - HEAD - MARGIN
    box = f'x="{x}" y="{spine - height / 2}" width="{HEAD}" height="{height}" rx="6"'
    parts = [f'<rect {box} fill="{paint("shade")}" stroke="{paint("series")}"/>']
    for i, line in enumerate(lines):
        y = spine - height / 2 + 24 + i * 18
        parts.append(
            f'<text x="{x + 14}" y="{y}" font-size="13" font-weight="600" fill="{paint("ink")}">{escape(line)}</text>'
        )
    return parts
