"""A run or control chart as SVG text at its true size: for views and pages that draw nothing themselves.

It is drawn from the same rows as the Altair chart. Colours are CSS variables of the page with the light value behind them,
so one drawing serves light and dark; everything else is in the drawing itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise
from textwrap import wrap
from typing import Any

from inquirylab.charts.chart_data import Plot, Rows, plot_of, spread
from inquirylab.charts.theme import colour, role_colour
from inquirylab.charts.time_axis import TimeAxis
from inquirylab.charts.time_marks import break_words, month_labels, year_labels
from inquirylab.charts.words import KINDS, LETTERS, Voice, day, plural
from inquirylab.findings.series_finding import SeriesFinding
from inquirylab.record.types import MeasureAnnotations, MeasurePhases

ROOM_FOR_A_RING = 9.0
FLAG = 17
ROUND = 'stroke-linejoin="round" stroke-linecap="round"'


@dataclass(frozen=True)
class Sheet:
    """Width and height of a drawing, and the room left and right of the plot; `wide` has room for words in the plot."""

    width: int
    height: int
    left: int
    right: int
    wide: bool


SHEETS = {
    "hi": Sheet(1040, 400, 44, 168, True),
    "md": Sheet(640, 360, 44, 152, True),
    "lo": Sheet(326, 300, 32, 100, False),
}


def chart_drawing(
    finding: SeriesFinding,
    voice: Voice,
    axis: TimeAxis,
    sheet: Sheet,
    *,
    goal: float | None = None,
    phases: Sequence[MeasurePhases] = (),
    flags: Sequence[MeasureAnnotations] = (),
) -> str:
    """Draw one series with all that was found in it.

    The drawing is hidden from those who listen: put `inquirylab.charts.words.alt_text` on what holds it.
    """
    shown = [f for f in flags if f.date and axis.holds(f.date)]
    pen = _Pen(
        plot_of(finding, voice, axis, goal, bool(shown)),
        axis,
        sheet,
        [p for p in phases if p.start and axis.holds(p.start)],
    )
    parts = [
        *pen.ground(finding),
        *pen.time(),
        *pen.lines(goal),
        *pen.series(),
        *pen.remark(finding, voice),
        *pen.phases(),
        *pen.ends(),
        *pen.flags(shown),
    ]
    return (
        f'<svg class="chart-drawing" viewBox="0 0 {sheet.width} {sheet.height}" width="{sheet.width}" height="{sheet.height}" '
        f'font-size="12" fill="{colour("muted")}" aria-hidden="true">{"".join(parts)}</svg>'
    )


class _Pen:
    """Holds the coordinates of one drawing."""

    def __init__(self, plot: Plot, axis: TimeAxis, sheet: Sheet, began: Sequence[MeasurePhases]) -> None:
        self.plot, self.axis, self.sheet, self.began = plot, axis, sheet, began
        self.top = 60 if began else 16
        self.bottom = sheet.height - 40
        self.right = sheet.width - sheet.right
        self.step = (self.right - sheet.left) / (plot.total + 1.2)

    def x(self, steps: float) -> float:
        return self.sheet.left + (steps + 0.6) * self.step

    def y(self, value: float) -> float:
        return self.top + (self.plot.high - value) / (self.plot.high - self.plot.low) * (self.bottom - self.top)

    def ground(self, finding: SeriesFinding) -> Iterator[str]:
        for a, b in self.plot.shade:
            height = self.bottom - self.top
            yield f'<rect x="{self.x(a):.1f}" y="{self.top}" width="{(b - a) * self.step:.1f}" height="{height}" fill="{colour("shade")}"/>'
        if self.plot.shade and self.sheet.wide:
            words = f"Baseline: {plural(int(finding.baseline.sum()), self.plot.noun)}"
            yield _text(self.x(self.plot.shade[0][0]) + 6, self.top + 14, words)
        for value in self.plot.ticks:
            y = self.y(value)
            for s in self.axis.stretches:
                yield _line(self.x(s.start - 0.5), y, self.x(s.end + 0.5), y, colour("faint"))
            yield _text(self.sheet.left - 8, y + 4, f"{value:g}", anchor="end")

    def time(self) -> Iterator[str]:
        for s in self.axis.stretches:
            yield _line(self.x(s.start - 0.5), self.bottom, self.x(s.end + 0.5), self.bottom, colour("common"))
        months = month_labels(self.axis) if self.sheet.wide else []
        yield from (_text(x, self.bottom + 16, t) for x, t in self._apart(months, 32))
        low = self.bottom + (32 if months else 16)
        yield from (_text(x, low, t, weight=600) for x, t in self._apart(year_labels(self.axis), 52))
        for b in break_words(self.axis):
            yield _text(self.x(b["x"]), self.bottom + 4, "//", anchor="middle")

    def _apart(self, labels: Rows, gap: float) -> Iterator[tuple[float, str]]:
        last = float("-inf")
        for label in labels:
            x = self.x(label["x"])
            if x - last >= gap:
                last = x
                yield x, label["t"]

    def lines(self, goal: float | None) -> Iterator[str]:
        for _, piece in groupby(self.plot.limits, key=lambda r: r["k"]):
            held = list(piece)
            for limit in ("u", "l"):
                rows = [{"x": r["x"], "y": r[limit]} for r in held if limit in r]
                if rows:
                    yield f'<path d="{self._steps(rows)}" fill="none" stroke="{colour("common")}"/>'
        for c in self.plot.centre:
            yield _line(self.x(c["x"]), self.y(c["y"]), self.x(c["e"]), self.y(c["y"]), colour("common"), 1.4)
        if goal is not None:
            yield _line(
                self.sheet.left,
                self.y(goal),
                self.right,
                self.y(goal),
                colour("target"),
                1.4,
                ' stroke-dasharray="6 4"',
            )

    def _steps(self, rows: Rows) -> str:
        """A line in steps that change half-way between two points."""
        spots = [(self.x(r["x"]), self.y(r["y"])) for r in rows]
        path = f"M{spots[0][0]:.1f} {spots[0][1]:.1f}"
        for (x0, _), (x1, y1) in pairwise(spots):
            path += f"H{(x0 + x1) / 2:.1f}V{y1:.1f}"
        return path + f"H{spots[-1][0]:.1f}"

    def series(self) -> Iterator[str]:
        for rows, width in ((self.plot.points, 1.5), (self.plot.runs, 3.0)):
            for _, piece in groupby(rows, key=lambda r: r["k"]):
                held = list(piece)
                stroke = _ink(held[0]) if width > 2 else colour("series")
                path = "L".join(f"{self.x(r['x']):.1f} {self.y(r['y']):.1f}" for r in held)
                yield f'<path d="M{path}" fill="none" stroke="{stroke}" stroke-width="{width}" {ROUND}/>'
        for r in self.plot.bars:
            yield self._bar(r)
        beyond = {r["x"] for r in self.plot.rings}
        crowded = self.step < ROOM_FOR_A_RING
        for r in self.plot.points:
            yield self._mark(r, r["x"] in beyond, crowded)
        for r in self.plot.left_out:
            yield _text(self.x(r["x"]), self.bottom - 6, "✕", anchor="middle", tip=r["d"])

    def _mark(self, r: dict[str, Any], beyond: bool, crowded: bool) -> str:
        x, y, c = self.x(r["x"]), self.y(r["y"]), _ink(r)
        size = 3.6 if "r" in r else 2.6
        paint = f'fill="{colour("surface")}" stroke="{c}" stroke-width="1.5"' if beyond and crowded else f'fill="{c}"'
        tip = f"{r['d']}: {r['v']}" + (f", {r['w']}" if "w" in r else "")
        ring = (
            ""
            if not beyond or crowded
            else f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7.5" fill="none" stroke="{c}" stroke-width="1.4"/>'
        )
        if r.get("r") == "con":
            a = size * 1.3
            shape = f'<path d="M{x:.1f} {y - a:.1f}l{a:.1f} {a:.1f}l{-a:.1f} {a:.1f}l{-a:.1f} {-a:.1f}z" {paint}/>'
        else:
            shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size}" {paint}/>'
        return f"<g>{_title(tip)}{ring}{shape}</g>"

    def _bar(self, r: dict[str, Any]) -> str:
        """A value known only to bounds: a bar from end to end, an arrow where an end is open."""
        x, low, high = self.x(r["x"]), self.y(r["y"]), self.y(r["y2"])
        ends = "" if r["uo"] else f"M{x - 3:.1f} {high:.1f}h6"
        ends += "" if r["lo"] else f"M{x - 3:.1f} {low:.1f}h6"
        ends += f"M{x - 3:.1f} {high + 4:.1f}l3 -4l3 4" if r["uo"] else ""
        ends += f"M{x - 3:.1f} {low - 4:.1f}l3 4l3 -4" if r["lo"] else ""
        path = f'<path d="M{x:.1f} {low:.1f}V{high:.1f}{ends}" fill="none" stroke="{colour("series")}" stroke-width="1.5"/>'
        return f"<g>{_title(r['d'] + ': ' + r['v'])}{path}</g>"

    def remark(self, finding: SeriesFinding, voice: Voice) -> Iterator[str]:
        """Say how long the current run is, beside it."""
        run = finding.current
        if not run or not self.sheet.wide or finding.few:
            return
        held = [r for r in self.plot.runs if str(r["k"]).startswith(f"{len(finding.runs) - 1}.")]
        tail = held[len(held) // 2 :] or held
        far = run.side * max(run.side * r["y"] for r in tail)
        words = f"{plural(run.length, voice.noun)} {'above' if run.side > 0 else 'below'}"
        y = min(max(self.y(far) + (-12 if run.side > 0 else 22), self.top + 12), self.bottom - 4)
        yield _text(self.x(tail[0]["x"]), y, words, fill=role_colour(voice.role(run.side)), weight=600)

    def phases(self) -> Iterator[str]:
        for p in self.began:
            x = self.x(self.axis(p.start) - 0.5)
            yield _line(x, 4, x, self.bottom, colour("ink"))
            turned = x > self.sheet.left + 0.6 * (self.right - self.sheet.left)
            room = (x - self.sheet.left if turned else self.right - x) / 6.4
            head = [day(p.start), *wrap(p.label or "", max(int(room), 16))][:3]
            for i, line in enumerate(head):
                anchor = "end" if turned else "start"
                yield _text(
                    x + (-6 if turned else 6),
                    14 + 15 * i,
                    line,
                    anchor=anchor,
                    fill=colour("ink"),
                    weight=400 if i else 600,
                )

    def ends(self) -> Iterator[str]:
        """Name the lines at the right end with their numbers, pushed apart where they would meet."""
        ends = self.plot.ends
        places = spread([self.y(v) for v, *_ in ends], 17, self.top, self.bottom)
        for (value, long, short, strong), place in zip(ends, places, strict=True):
            yield _line(self.right - 2, self.y(value), self.right + 9, place, colour("hair"))
            words = long if self.sheet.wide else short
            fill = colour("ink") if strong else colour("muted")
            yield _text(self.right + 12, place + 4, words, fill=fill, weight=600 if strong else 400)

    def flags(self, flags: Sequence[MeasureAnnotations]) -> Iterator[str]:
        """Draw cycles as flags on the axis, in a lane that data never reach, side by side where they would meet."""
        ordered = sorted(flags, key=lambda f: str(f.date))
        places = spread([self.x(self.axis(f.date)) for f in ordered], FLAG + 1, self.sheet.left + 8, self.right - 8)
        for f, x in zip(ordered, places, strict=True):
            kind = f.kind or "event"
            tip = f"{KINDS[kind]}, {day(f.date)}: {f.text or ''}"
            y = self.bottom - FLAG - 3
            yield (
                f'<g>{_title(tip)}<rect x="{x - FLAG / 2:.1f}" y="{y}" width="{FLAG}" height="{FLAG}" rx="2" fill="{colour("surface")}" '
                f'stroke="{colour("accent")}"/>{_text(x, y + 13, LETTERS[kind], anchor="middle", fill=colour("accent"), weight=700)}</g>'
            )


def _line(x0: float, y0: float, x1: float, y1: float, stroke: str, width: float = 1, more: str = "") -> str:
    return (
        f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" fill="none" stroke="{stroke}" stroke-width="{width}"{more}/>'
    )


def _ink(row: dict[str, Any]) -> str:
    """Return the colour of a point: by its role if it is in a signal."""
    return role_colour(row["r"]) if "r" in row else colour("series")


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", fill: str = "", weight: int = 400, tip: str = ""
) -> str:
    style = (f' text-anchor="{anchor}"' if anchor != "start" else "") + (f' fill="{fill}"' if fill else "")
    style += f' font-weight="{weight}"' if weight != 400 else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{style}>{_title(tip) if tip else ""}{escape(words)}</text>'


def _title(words: str) -> str:
    return f"<title>{escape(words)}</title>"
