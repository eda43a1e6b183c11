"""Where seats stand: worked out from a few numbers for tables or rows, or where somebody put each; as the live lesson does it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from inquirylab.record.types import LessonStudySeating

BETWEEN, BESIDE = 3.5, 0.5


@dataclass(frozen=True)
class Seat:
    """A seat's code, its table or row, its middle and its size in hundredths of the room."""

    code: str
    group: str
    x: float
    y: float
    w: float
    h: float


def seats_of(seating: LessonStudySeating | None) -> tuple[Seat, ...]:
    """Return the seats in the order of the room; six tables of four where nothing is said.

    Examples
    --------
    >>> [s.code for s in seats_of(LessonStudySeating(arrangement="rows", groups=2, each=2, empty=("B2",)))]
    ['A1', 'A2', 'B1']
    """
    s = seating or LessonStudySeating()
    if s.arrangement == "free":
        return tuple(
            Seat(p.code.upper(), "", 50 if p.x is None else p.x, 50 if p.y is None else p.y, 9, 12)
            for p in s.places
            if p.code
        )
    ordered = s.arrangement == "rows"
    every = _rows(s.groups or 4, s.each or 6) if ordered else _tables(s.groups or 6, s.each or 4, s.across or 3)
    empty = {c.upper() for c in s.empty}
    return tuple(seat for seat in every if seat.code not in empty)


def _tables(count: int, each: int, across: int) -> list[Seat]:
    side = max(1, min(across, count))
    down = ceil(count / side)
    columns, lines = (each, 1) if each <= 2 else (ceil(each / 2), 2)
    w, h = (100 - BETWEEN * (side - 1)) / side, (100 - BETWEEN * (down - 1)) / down
    out: list[Seat] = []
    for t in range(count):
        left, top = (t % side) * (w + BETWEEN), (t // side) * (h + BETWEEN)
        out += _grid(chr(65 + t), each, columns, lines, (left, top, w, h))
    return out


def _rows(count: int, each: int) -> list[Seat]:
    h = (100 - BETWEEN * (count - 1)) / count
    return [s for r in range(count) for s in _grid(chr(65 + r), each, each, 1, (0, r * (h + BETWEEN), 100, h))]


def _grid(group: str, each: int, columns: int, lines: int, box: tuple[float, float, float, float]) -> list[Seat]:
    left, top, width, height = box
    w, h = (width - BESIDE * (columns - 1)) / columns, (height - BESIDE * (lines - 1)) / lines
    return [
        Seat(
            f"{group}{i + 1}",
            group,
            left + (i % columns) * (w + BESIDE) + w / 2,
            top + (i // columns) * (h + BESIDE) + h / 2,
            w,
            h,
        )
        for i in range(each)
    ]
