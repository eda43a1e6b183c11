"""The notes of a research lesson, minute by minute: one line for each observer, one mark for each note, no seat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from inquirylab.findings.lesson_review import LessonReview
from inquirylab.record.types import Observation

WIDTH, LEFT, LINE = 960, 120, 22


def lesson_timeline(review: LessonReview, called: Mapping[str, str], phases: Mapping[str, str]) -> Markup:
    """Return the timeline as SVG: ● said, ■ did, ▲ wrote, ◆ turned to another.

    Parameters
    ----------
    review
        The notes, worked out.
    called
        What observers are called, by id.
    phases
        What phases are called, by id.
    """
    observers = review.observers or ("",)
    height = 28 + LINE * len(observers) + 22
    parts = [_band(p.phase, p.start, p.end, review.minutes, height, phases) for p in review.phases]
    for i, observer in enumerate(observers):
        y = 38 + i * LINE
        own = [n for n in review.notes if (n.observer or "") == observer]
        parts.append(
            Markup(
                '<text x="0" y="{}" fill="currentColor">{}</text><path d="M{} {}H{}" stroke="#9aa5b1"/><path d="{}" fill="currentColor"/>'
            ).format(y + 4, called.get(observer, "Observer")[:16], LEFT, y, WIDTH, marks(own, y, review.minutes))
        )
    step = 20 if review.minutes > 70 else 10 if review.minutes > 25 else 5
    parts += [
        Markup('<text x="{:.1f}" y="{}" text-anchor="middle" fill="currentColor">{}</text>').format(
            _x(m, review.minutes), height - 4, m
        )
        for m in range(0, int(review.minutes) + 1, step)
    ]
    words = f"Timeline: {len(review.notes)} notes by {len(review.observers)} observers in {review.minutes:.0f} minutes"
    return Markup('<svg class="iq-time" viewBox="0 0 {} {}" font-size="12" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, height, words, Markup("").join(parts)
    )


def marks(notes: Sequence[Observation], y: float, minutes: float) -> str:
    """Return one path with a mark for each note."""
    shapes = {"does": "M{l} {u}h8v8h-8Z", "writes": "M{x} {t}l5 9h-10Z", "interacts": "M{x} {t}l5 5-5 5-5-5Z"}
    circle = "M{l} {y}a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z"
    placed = ((n.kind, round(_x(n.t_rel / 60, minutes), 1)) for n in notes if n.t_rel is not None)
    return "".join(
        shapes.get(kind or "", circle).format(x=x, l=round(x - 4, 1), u=y - 4, t=y - 5, y=y) for kind, x in placed
    )


def _x(minute: float, minutes: float) -> float:
    return LEFT + minute / minutes * (WIDTH - LEFT - 10)


def _band(phase: str, start: float, end: float, minutes: float, height: int, phases: Mapping[str, str]) -> Markup:
    x, w = _x(start, minutes), max(0.0, _x(end, minutes) - _x(start, minutes) - 2)
    name = phases.get(phase, phase) if w > 60 else ""
    return Markup(
        '<rect x="{:.1f}" y="0" width="{:.1f}" height="20" fill="currentColor" fill-opacity=".09"/>'
        '<text x="{:.1f}" y="14" fill="currentColor">{}</text>'
        '<path d="M{:.1f} 0V{}" stroke="#9aa5b1"/>'
    ).format(x, w, x + 6, name, x, height - 20)
