"""One series drawn small, as SVG text made once: for hundreds side by side, for print, for pages without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd

from inquirylab.charts.time_axis import TimeAxis, ticks
from inquirylab.charts.words import Voice
from inquirylab.findings.series_finding import SeriesFinding

AIR = 0.06  # of the height, above and below what is drawn


@dataclass(frozen=True)
class Scale:
    """The vertical scale that charts side by side share."""

    low: float
    high: float
    labels: tuple[float, ...]

    def words(self, voice: Voice) -> str:
        """Say how far the scale goes; a share does not end beyond 0 or 100 %, though the drawing leaves some air."""
        air = (self.high - self.low) * AIR / (1 + 2 * AIR)
        low, high = self.low, self.high
        if voice.unit == "%":
            low = max(low, 0.0) if low + air >= 0 else low
            high = min(high, 100.0) if high - air <= 100 else high
        return f"{voice.value(low)} to {voice.value(high)}"


def shared_scale(findings: Iterable[SeriesFinding]) -> Scale:
    """Return one scale for all series: the middle 99.8 % of values and bounds and all centre lines, cut at round numbers.

    A single far point would flatten every other chart; it is drawn at the edge.
    """
    findings = list(findings)
    ends = [np.array([e for pair in f.bounds.values() for e in pair if np.isfinite(e)]) for f in findings]
    values = [*(f.y[np.isfinite(f.y)] for f in findings), *ends]
    lines = [f.cl[np.isfinite(f.cl)] for f in findings]
    every = np.concatenate([*values, *lines]) if values else np.array([])
    if not every.size:
        return Scale(0.0, 1.0, (0.0, 1.0))
    low, high = np.quantile(every, [0.001, 0.999]) if every.size > 200 else (every.min(), every.max())
    return scale(
        float(min([low, *(c.min() for c in lines if c.size)])), float(max([high, *(c.max() for c in lines if c.size)]))
    )


def scale(low: float, high: float) -> Scale:
    """Return a scale with two or three round labels inside."""
    if high <= low:
        low, high = low - 0.5, high + 0.5
    pad = (high - low) * AIR
    inside = [t for t in ticks(low, high, 3) if low - pad <= t <= high + pad]
    return Scale(low - pad, high + pad, tuple(inside[:1] + inside[-1:] if len(inside) > 3 else inside))


def small_multiple(
    finding: SeriesFinding,
    voice: Voice,
    axis: TimeAxis,
    scale: Scale,
    alt: str,
    special: Mapping[int, int],
    *,
    width: int = 204,
    height: int = 96,
) -> str:
    """Draw a series with its centre line, limits, current run and the points in `special`.

    Parameters
    ----------
    finding, voice
        What is drawn, and which side is better.
    axis, scale
        Shared by all charts side by side.
    alt
        What the drawing shows, for those who do not see it.
    special
        Position -> side of the points to mark as beyond a limit.
    """
    pen = _Pen(finding, axis, scale, width, height)
    parts = [
        f'<svg class="drawing" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(alt)}">',
        *pen.scale_lines(),
        *pen.stretches(),
        *pen.bars(voice),
        *pen.lines(),
        *pen.run(voice),
        *(pen.mark(i, voice.role(side), 2.1, hollow=True) for i, side in special.items()),
        *pen.left_out(),
    ]
    last = finding.last
    if last is not None and last not in special:
        run = finding.current
        parts.append(pen.mark(last, voice.role(run.side), 2.4) if run else pen.dot(last, 2))
    return "".join(parts) + "</svg>"


class _Pen:
    """Holds the coordinates of one drawing."""

    def __init__(self, finding: SeriesFinding, axis: TimeAxis, scale: Scale, width: int, height: int) -> None:
        self.f, self.axis, self.scale = finding, axis, scale
        self.top, self.bottom = 5, height - 14
        self.left, self.unit = 4.0, (width - 10) / axis.total
        self.xs = [self.x(axis(m)) for m in finding.x]

    def x(self, steps: float) -> float:
        return self.left + steps * self.unit

    def y(self, value: float) -> float:
        s = self.scale
        inside = min(max(value, s.low), s.high)
        return self.bottom - (inside - s.low) / (s.high - s.low) * (self.bottom - self.top)

    def spots(self, positions: Iterable[int]) -> list[tuple[float, float]]:
        return [(self.xs[i], self.y(self.f.y[i])) for i in positions if np.isfinite(self.f.y[i])]

    def scale_lines(self) -> list[str]:
        out = []
        for value in self.scale.labels:
            y = self.y(value)
            out.append(f'<text class="end ylab" x="-2" y="{y + 3.5:.1f}">{value:g}</text>')
            out += [
                f'<path class="grid" d="M{self.x(s.start) - 2:.1f} {y:.1f}H{self.x(s.end) + 2:.1f}"/>'
                for s in self.axis.stretches
            ]
        return out

    def stretches(self) -> list[str]:
        """Limits as a band, the centre line, the axis and its year, once for each stretch of data."""
        out = []
        for number, s in enumerate(self.axis.stretches):
            x0, x1 = self.x(s.start) - 2, self.x(s.end) + 2
            held = [i for i, m in enumerate(self.f.x) if self.axis.stretch(m) == number and np.isfinite(self.f.cl[i])]
            if held:
                out.append(self.band(held))
                out += [
                    f'<path class="centre" d="M{x0:.1f} {self.y(v):.1f}H{x1:.1f}"/>'
                    for v in dict.fromkeys(self.f.cl[held].round(6))
                ]
            out.append(f'<path class="axis" d="M{x0:.1f} {self.bottom + 0.5}H{x1:.1f}"/>')
            out.append(f'<text x="{x0:.1f}" y="{self.bottom + 12}">{pd.Timestamp(s.first).year}</text>')
        return out

    def band(self, held: list[int]) -> str:
        """Between the limits; one rectangle where they hardly differ, else a step for each point."""
        low, high = self.f.lcl[held], self.f.ucl[held]
        if not (np.isfinite(low).all() and np.isfinite(high).all()):
            return ""
        half = self.unit / 2
        if np.ptp(high - low) < 0.2 * float(np.median(high - low)):
            top, bottom = self.y(float(np.median(high))), self.y(float(np.median(low)))
            x0, x1 = self.xs[held[0]] - half, self.xs[held[-1]] + half
            return f'<path class="band" d="M{x0:.1f} {top:.1f}H{x1:.1f}V{bottom:.1f}H{x0:.1f}z"/>'
        upper = [(self.xs[i] + d, self.y(self.f.ucl[i])) for i in held for d in (-half, half)]
        lower = [(self.xs[i] + d, self.y(self.f.lcl[i])) for i in reversed(held) for d in (half, -half)]
        return f'<path class="band" d="{_path(upper + lower)}z"/>'

    def lines(self) -> list[str]:
        out = []
        held = [i for i in range(len(self.xs)) if np.isfinite(self.f.y[i])]
        for piece in self.axis.pieces(self.f.x[held]):
            at = [held[k] for k in piece]
            out.append(self.dot(at[0], 1) if len(at) == 1 else f'<path class="line" d="{_path(self.spots(at))}"/>')
        return out

    def bars(self, voice: Voice) -> list[str]:
        """Points known only within bounds, from bound to bound, cut at the edge of the scale."""
        out = []
        for i, ends in self.f.bounds.items():
            low, high = (self.y(v) for v in voice.drawn(*ends))
            x, cap = self.xs[i], min(2.0, self.unit / 3)
            caps = "".join(
                f"M{x - cap:.1f} {y:.1f}h{2 * cap:.1f}" for y, e in ((low, ends[0]), (high, ends[1])) if np.isfinite(e)
            )
            out.append(f'<path class="bar" d="M{x:.1f} {low:.1f}V{high:.1f}{caps}"/>')
        return out

    def run(self, voice: Voice) -> list[str]:
        run = self.f.current
        if not run:
            return []
        at = [i for i in range(run.start, run.end + 1) if np.isfinite(self.f.y[i])]
        pieces = [[at[k] for k in piece] for piece in self.axis.pieces(self.f.x[at])]
        return [f'<path class="run {voice.role(run.side)}" d="{_path(self.spots(p))}"/>' for p in pieces if len(p) > 1]

    def left_out(self) -> list[str]:
        marks = []
        for moment, _ in self.f.left_out:
            if self.axis.holds(moment):
                x, y, r = self.x(self.axis(moment)), self.bottom - 5, 2.5
                marks.append(
                    f'<path class="out" d="M{x - r:.1f} {y - r}L{x + r:.1f} {y + r}M{x - r:.1f} {y + r}L{x + r:.1f} {y - r}"/>'
                )
        return marks

    def dot(self, i: int, r: float) -> str:
        return f'<circle class="dot" cx="{self.xs[i]:.1f}" cy="{self.y(self.f.y[i]):.1f}" r="{r}"/>'

    def mark(self, i: int, role: str, r: float, hollow: bool = False) -> str:
        return mark(self.xs[i], self.y(self.f.y[i]), role, r, hollow)


def mark(x: float, y: float, role: str, r: float, hollow: bool = False) -> str:
    """Draw a signal's mark: concern is a diamond, anything else a circle; open where it stands for a limit."""
    kind = f"{role}{' open' if hollow else ''}"
    if role == "con":
        a = r * 1.3
        return f'<path class="{kind}" d="M{x:.1f} {y - a:.1f}l{a:.1f} {a:.1f}l{-a:.1f} {a:.1f}l{-a:.1f} {-a:.1f}z"/>'
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{r}"/>'


def _path(points: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
