"""A wide still drawing over time, as SVG text made once: how far sites lie apart, and the gap between groups.

Drawn twice, wide and narrow; a page shows the one that fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.charts.small_multiple import Scale, scale
from inquirylab.charts.time_axis import TimeAxis
from inquirylab.charts.words import Voice

Values = np.ndarray[Any, np.dtype[np.float64]]
WIDE, NARROW = (760, 190, "hi"), (343, 150, "lo")


class WideDrawing:
    """Axes of one drawing, and what is drawn on them.

    Parameters
    ----------
    axis
        Time, shared with all charts of the report.
    values
        The vertical scale holds all of them.
    kind
        ``hi`` (wide) or ``lo`` (narrow).
    zero
        Whether the scale starts at zero.
    """

    def __init__(
        self,
        axis: TimeAxis,
        values: Sequence[float],
        size: tuple[int, int, str] = WIDE,
        zero: bool = False,
        class_name: str = "cover",
    ) -> None:
        self.axis, (self.width, self.height, self.kind) = axis, size
        self.class_name = class_name
        held = [float(v) for v in values if v == v]
        low, high = (min(held), max(held)) if held else (0.0, 1.0)
        found = scale(0.0 if zero else low, high)
        self.scale = Scale(0.0, found.high, found.labels) if zero and low >= 0 else found
        self.left, self.right = 40.0, float(self.width - (150 if self.kind == "hi" else 84))
        self.top, self.bottom = 12.0, float(self.height - 24)
        self.unit = (self.right - self.left) / axis.total
        self.parts: list[str] = []
        self._scaffold()

    def x(self, moment: Any) -> float:
        """Return where a date stands."""
        return self.left + self.axis(moment) * self.unit

    def y(self, value: float) -> float:
        """Return where a value stands."""
        s = self.scale
        inside = min(max(value, s.low), s.high)
        return self.bottom - (inside - s.low) / (s.high - s.low) * (self.bottom - self.top)

    def _scaffold(self) -> None:
        for value in self.scale.labels:
            y = self.y(value)
            self.parts.append(f'<text class="end" x="{self.left - 8:.1f}" y="{y + 4:.1f}">{value:g}</text>')
            self.parts += [f'<path class="grid" d="M{a:.1f} {y:.1f}H{b:.1f}"/>' for a, b in self._spans()]
        for (a, b), stretch in zip(self._spans(), self.axis.stretches, strict=True):
            self.parts.append(f'<path class="axis" d="M{a:.1f} {self.bottom + 0.5}H{b:.1f}"/>')
            first = pd.Timestamp(stretch.first)
            words = f"{first:%b} {first.year}" if self.kind == "hi" else f"{first.year}"
            self.parts.append(f'<text x="{a:.1f}" y="{self.bottom + 17}">{words}</text>')

    def _spans(self) -> list[tuple[float, float]]:
        return [(self.left + s.start * self.unit, self.left + s.end * self.unit) for s in self.axis.stretches]

    def line(self, x: np.ndarray[Any, Any], values: Values) -> None:
        """Draw a line; it is parted where a step of time is missing."""
        for piece in self.axis.pieces(x):
            spots = [f"{self.x(x[i]):.1f} {self.y(values[i]):.1f}" for i in piece]
            if len(spots) == 1:
                a, b = spots[0].split()
                self.parts.append(f'<circle class="dot" cx="{a}" cy="{b}" r="1.6"/>')
            else:
                self.parts.append(f'<path class="line" d="M{"L".join(spots)}"/>')

    def band(self, x: np.ndarray[Any, Any], low: Values, high: Values, name: str) -> None:
        """Fill what lies between two lines."""
        for piece in self.axis.pieces(x):
            half = self.unit / 2 if len(piece) == 1 else 0.0
            upper = [(self.x(x[i]) + d, self.y(high[i])) for i in piece for d in ((-half, half) if half else (0.0,))]
            lower = [
                (self.x(x[i]) + d, self.y(low[i])) for i in reversed(piece) for d in ((half, -half) if half else (0.0,))
            ]
            path = "L".join(f"{a:.1f} {b:.1f}" for a, b in upper + lower)
            self.parts.append(f'<path class="{name}" d="M{path}z"/>')

    def end(self, labels: Sequence[tuple[float, str, bool]]) -> None:
        """Write labels at the right end, pushed apart; each is (value, words, strong)."""
        taken: list[float] = []
        for value, words, strong in sorted(labels, key=lambda label: -label[0]):
            y = self.y(value) + 4
            while taken and y - taken[-1] < 14:
                y = taken[-1] + 14
            taken.append(y)
            kind = ' class="strong"' if strong else ""
            self.parts.append(f'<text{kind} x="{self.right + 8:.1f}" y="{y:.1f}">{escape(words)}</text>')

    def svg(self, alt: str) -> str:
        """Return the drawing."""
        head = f'<svg class="{self.class_name} {self.kind}" viewBox="0 0 {self.width} {self.height}" role="img"'
        return f'{head} aria-label="{escape(alt)}">{"".join(self.parts)}</svg>'


def spread_drawing(
    table: pd.DataFrame, axis: TimeAxis, voice: Voice, alt: str, size: tuple[int, int, str] = WIDE
) -> str:
    """Draw how far sites lie apart: the middle site, the middle half, the middle eight tenths. No site is named."""
    x = table["x"].to_numpy(dtype="datetime64[s]")
    column = {name: table[name].to_numpy(dtype=float) for name in table.columns if name not in ("x", "n_series")}
    every = [v for values in column.values() for v in values]
    drawing = WideDrawing(axis, every, size)
    drawing.band(x, column["lowest_tenth"], column["highest_tenth"], "tenths")
    drawing.band(x, column["lower_quarter"], column["upper_quarter"], "half")
    drawing.line(x, column["median"])
    last = {name: values[-1] for name, values in column.items()}
    wide = size[2] == "hi"
    drawing.end([
        (last["highest_tenth"], f"{voice.value(last['highest_tenth'])}{' nine tenths below' if wide else ''}", False),
        (last["median"], f"{voice.value(last['median'])}{' middle site' if wide else ''}", True),
        (last["lowest_tenth"], f"{voice.value(last['lowest_tenth'])}{' one tenth below' if wide else ''}", False),
    ])  # fmt: skip
    return drawing.svg(alt)


def gap_drawing(
    x: np.ndarray[Any, Any], gap: Values, axis: TimeAxis, words: str, alt: str, size: tuple[int, int, str] = WIDE
) -> str:
    """Draw a distance over time, from zero up, with its last value at the right end."""
    drawing = WideDrawing(axis, [0.0, *gap.tolist()], size, zero=True)
    drawing.line(x, gap)
    if len(gap):
        drawing.end([(float(gap[-1]), words, True)])
    return drawing.svg(alt)
