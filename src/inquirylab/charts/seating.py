"""A seating chart as a small drawing for paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from inquirylab.record.seats import Seat

WIDTH, HEIGHT, TOP = 640, 400, 46


def seating_svg(seats: Sequence[Seat], words: Mapping[str, str] | None = None, title: str = "Seating chart") -> Markup:
    """Return the room as SVG, each seat with its code and, if given, a few words under it."""
    parts = [Markup('<path d="M190 30h260" class="front"/><text x="320" y="22" class="front">Board</text>')]
    for seat in seats:
        x, y = (seat.x - seat.w / 2) / 100 * WIDTH, TOP + (seat.y - seat.h / 2) / 100 * HEIGHT
        w, h = seat.w / 100 * WIDTH, seat.h / 100 * HEIGHT
        parts.append(
            Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="5"/>').format(x, y, w, h)
            + Markup('<text x="{:.1f}" y="{:.1f}" class="code">{}</text>').format(x + 6, y + 16, seat.code)
        )
        if words and words.get(seat.code):
            parts.append(Markup('<text x="{:.1f}" y="{:.1f}">{}</text>').format(x + 6, y + 32, words[seat.code]))
    return Markup('<svg class="iq-seats" viewBox="-2 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH + 4, HEIGHT + TOP + 4, title, Markup("").join(parts)
    )
