"""A run or control chart in Altair: one specification that a page draws at three true sizes.

All horizontal places are steps of the time axis, so that time is true inside a stretch of data and a break has its own
width. The page sets width, height and padding from `usermeta.sizes` and the parameter `size` before it compiles, so text
is never scaled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from inquirylab.charts.chart_data import Plot, plot_of
from inquirylab.charts.theme import FONT, colour
from inquirylab.charts.time_axis import TimeAxis
from inquirylab.charts.words import KINDS, LETTERS, Voice, day, plural
from inquirylab.findings.measure import SeriesFinding
from inquirylab.record.types import Measure, MeasurePhases

WIDE, ANY = "size != 'lo'", "true"


@dataclass(frozen=True)
class Size:
    """One true size: outer width and height in px, and the room around the plot."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int

    @property
    def plot(self) -> tuple[int, int]:
        """Width and height of the plot itself."""
        return self.width - self.left - self.right, self.height - self.top - self.bottom

    def usermeta(self) -> dict[str, Any]:
        """Return the size as the page's script reads it."""
        width, height = self.plot
        padding = {"top": self.top, "right": self.right, "bottom": self.bottom, "left": self.left}
        return {"width": width, "height": height, "padding": padding, "outer": self.width}


def page_sizes(phase: bool) -> dict[str, Size]:
    """Return the three sizes of a page's main chart; a phase needs room for its words above the plot."""
    return {
        "hi": Size(1104, 470, 64 if phase else 26, 168, 40, 44),
        "md": Size(704, 420, 80 if phase else 26, 150, 40, 44),
        "lo": Size(343, 340, 74 if phase else 22, 84, 24, 36),
    }


THIRD = {"lo": Size(358, 210, 10, 92, 24, 34)}


@dataclass(frozen=True)
class Setting:
    """What stands around a series: its goal, its phases, its cycles, remarks on single points."""

    goal: float | None = None
    phases: tuple[MeasurePhases, ...] = ()
    flags: tuple[Any, ...] = ()
    remarks: tuple[tuple[Any, str], ...] = field(default=())

    @classmethod
    def of(cls, measure: Measure, remarks: Sequence[tuple[Any, str]] = ()) -> Setting:
        """Return the setting that a measure's form declares."""
        goal = measure.goal.value if measure.goal else None
        return cls(goal, measure.phases, measure.annotations, tuple(remarks))


def control_chart(
    finding: SeriesFinding,
    voice: Voice,
    axis: TimeAxis,
    setting: Setting | None = None,
    sizes: dict[str, Size] | None = None,
) -> alt.LayerChart:
    """Draw one series with all that was found in it.

    Parameters
    ----------
    finding, voice
        The analysed series and how it is spoken of.
    axis
        Time, with its breaks.
    setting
        Goal, phases, cycles and remarks.
    sizes
        The sizes to draw it at; a page's three by default.

    Returns
    -------
    LayerChart
        Ready to be shown by any Vega-Lite renderer at its largest size.
    """
    setting = setting or Setting()
    phases = [p for p in setting.phases if p.start and axis.holds(p.start)]
    sizes = sizes or page_sizes(bool(phases))
    plot = plot_of(finding, voice, axis, setting.goal, bool(setting.flags))
    first = next(iter(sizes))
    layers = [
        *_ground(plot, finding, axis),
        *_time(axis),
        *_lines(plot, setting.goal),
        *_series(plot),
        *_phases(phases, axis),
        *_remarks(plot, finding, voice, axis, setting.remarks),
        *_end_labels(plot, sizes),
        *_flags(finding, axis, setting.flags),
    ]
    size = sizes[first]
    return (
        alt.layer(*layers)
        .add_params(alt.param(name="size", value=first))
        .properties(
            width=size.plot[0],
            height=size.plot[1],
            padding=size.usermeta()["padding"],
            usermeta={"sizes": {k: s.usermeta() for k, s in sizes.items()}},
        )
        .resolve_scale(x="shared", y="shared")
        .configure(font=FONT, aria=False)
        .configure_view(stroke=None)
        .configure_text(color=colour("muted"), fontSize=12, lineBreak="\n")
    )


def _x(plot: Plot, name: str = "x") -> alt.X:
    return alt.X(f"{name}:Q", axis=None, scale=alt.Scale(domain=[-0.6, plot.total + 0.6], nice=False, zero=False))


def _y(plot: Plot, name: str = "y") -> alt.Y:
    return alt.Y(f"{name}:Q", axis=None, scale=alt.Scale(domain=[plot.low, plot.high], nice=False, zero=False))


def _px(expression: str) -> Any:
    return alt.value(alt.ExprRef(expr=expression))


def _data(rows: list[dict[str, Any]]) -> alt.Data:
    return alt.Data(values=rows)


def _ground(plot: Plot, finding: SeriesFinding, axis: TimeAxis) -> list[alt.Chart]:
    """The shaded baseline, hairlines at round values, their numbers."""
    spans = [{"x": s.start - 0.5, "e": s.end + 0.5} for s in axis.stretches]
    rules = [{**s, "y": t} for s in spans for t in plot.ticks]
    numbers = [{"y": t, "t": f"{t:g}"} for t in plot.ticks]
    out = []
    if plot.shade:
        shade = alt.Chart(_data([{"x": a, "e": b} for a, b in plot.shade])).mark_rect(color=colour("shade"))
        out.append(shade.encode(x=_x(plot), x2="e:Q"))
        count = int(finding.baseline.sum())
        words = [{"x": plot.shade[0][0] + 0.3, "t": f"Baseline: {plural(count, plot.noun)}"}]
        out.append(_text(words, plot, y=_px("8"), align="left").transform_filter(WIDE))
    out.append(alt.Chart(_data(rules)).mark_rule(color=colour("faint")).encode(x=_x(plot), x2="e:Q", y=_y(plot)))
    out.append(alt.Chart(_data(numbers)).mark_text(align="right", dx=-8, baseline="middle").encode(
        x=_px("0"), y=_y(plot), text="t:N"))
    return out


def _time(axis: TimeAxis) -> list[alt.Chart]:
    from inquirylab.charts.time_marks import break_words, month_labels, year_labels

    scale = alt.Scale(domain=[-0.6, axis.total + 0.6], nice=False, zero=False)
    x = alt.X("x:Q", axis=None, scale=scale)
    spans = [{"x": s.start - 0.5, "e": s.end + 0.5} for s in axis.stretches]
    out = [alt.Chart(_data(spans)).mark_rule(color=colour("common")).encode(x=x, x2="e:Q", y=_px("height"))]
    if labels := month_labels(axis):
        text = alt.Chart(_data(labels)).mark_text(align="left", baseline="top").encode(x=x, y=_px("height + 6"), text="t:N")
        out.append(text.transform_filter(WIDE))
    years = alt.Chart(_data(year_labels(axis))).mark_text(align="left", baseline="top", fontWeight=600)
    out.append(years.encode(x=x, y=_px("size == 'lo' ? height + 7 : height + 22"), text="t:N"))
    if tears := break_words(axis):
        out.append(alt.Chart(_data(tears)).mark_text(align="center", baseline="middle").encode(
            x=x, y=_px("height + 1"), text=alt.value("//")))
        words = alt.Chart(_data(tears)).mark_text(align="center", baseline="top").encode(x=x, y=_px("0"), text="t:N")
        out.append(words.transform_filter("size == 'hi'"))
    return out


def _lines(plot: Plot, goal: float | None) -> list[alt.Chart]:
    """Limits as steps, centre lines, the goal dashed."""
    out = []
    if plot.limits:
        step = alt.Chart(_data(plot.limits)).mark_line(interpolate="step", color=colour("common"), strokeWidth=1)
        out.append(step.encode(x=_x(plot), y=_y(plot), detail="k:N"))
    if plot.centre:
        rule = alt.Chart(_data(plot.centre)).mark_rule(color=colour("common"), strokeWidth=1.25)
        out.append(rule.encode(x=_x(plot), x2="e:Q", y=_y(plot)))
    if goal is not None:
        rule = alt.Chart(_data([{"y": goal}])).mark_rule(color=colour("target"), strokeDash=[6, 4])
        out.append(rule.encode(y=_y(plot)))
    return out


def _series(plot: Plot) -> list[alt.Chart]:
    """The line, long runs thicker, marks by shape and colour, rings beyond limits, and what a pointer tells."""
    out = [alt.Chart(_data(plot.points)).mark_line(color=colour("series"), strokeWidth=1.5, strokeJoin="round").encode(
        x=_x(plot), y=_y(plot), detail="k:N")]
    if plot.runs:
        line = alt.Chart(_data(plot.runs)).mark_line(strokeWidth=3, strokeJoin="round", strokeCap="round")
        out.append(line.encode(x=_x(plot), y=_y(plot), detail="k:N", color=alt.Color("c:N", scale=None, legend=None)))
    if plot.rings:
        ring = alt.Chart(_data(plot.rings)).mark_point(size=170, strokeWidth=1.4, filled=False, opacity=1)
        out.append(ring.encode(x=_x(plot), y=_y(plot), color=alt.Color("c:N", scale=None, legend=None)).transform_filter(WIDE))
    points = alt.Chart(_data(plot.points)).mark_point(filled=True, opacity=1)
    tip = [alt.Tooltip("d:N", title="When"), alt.Tooltip("v:N", title=plot.name)]
    tip += [alt.Tooltip("n:N", title=plot.n_name)] if plot.n_name else []
    tip += [alt.Tooltip("w:N", title="Signal")]
    out.append(points.encode(
        x=_x(plot), y=_y(plot), color=alt.Color("c:N", scale=None, legend=None), shape=alt.Shape("m:N", scale=None, legend=None),
        size=alt.Size("s:Q", scale=None, legend=None), tooltip=tip))
    if plot.left_out:
        out.append(_text(plot.left_out, plot, y=_px("height - 9"), fontSize=13).encode(
            text=alt.value("✕"), tooltip=[alt.Tooltip("d:N", title="Left out")]))
    return out


def _text(rows: list[dict[str, Any]], plot: Plot, y: Any, **mark: Any) -> alt.Chart:
    return alt.Chart(_data(rows)).mark_text(**{"baseline": "middle", "align": "center", **mark}).encode(
        x=_x(plot), y=y, text="t:N")


def _phases(phases: Sequence[MeasurePhases], axis: TimeAxis) -> list[alt.Chart]:
    """A thin vertical line with date, what began and what a reader should know."""
    rows = []
    for p in phases:
        right = axis(p.start) > axis.total * 0.72
        short = "\n".join([day(p.start), *wrap(p.label or "", 26)])
        long = "\n".join([f"{day(p.start)}  {p.label or ''}", *wrap(p.reason or "", 46)])
        widest = "\n".join([f"{day(p.start)}  {p.label or ''}", *wrap(p.reason or "", 70)])
        rows.append({"x": axis(p.start) - 0.5, "hi": widest, "md": long, "lo": short, "r": right})
    if not rows:
        return []
    x = alt.X("x:Q", axis=None)
    line = alt.Chart(_data(rows)).mark_rule(color=colour("ink")).encode(
        x=x, y=_px("size == 'lo' ? -66 : size == 'md' ? -72 : -56"), y2=_px("height"))
    out = [line]
    for right, align, dx in ((False, "left", 7), (True, "right", -7)):
        if any(r["r"] is right for r in rows):
            text = alt.Chart(_data([r for r in rows if r["r"] is right])).transform_calculate(t="datum[size]")
            out.append(text.mark_text(align=align, dx=dx, baseline="top", lineHeight=15).encode(
                x=x, y=_px("size == 'lo' ? -66 : size == 'md' ? -72 : -56"), text="t:N"))
    return out


def _remarks(plot: Plot, finding: SeriesFinding, voice: Voice, axis: TimeAxis, remarks: Sequence[tuple[Any, str]]) -> list[alt.Chart]:
    """How long the current run is, beside it; what is shared by most sites, beside its point."""
    out = []
    run = finding.current
    if run:
        at = max(range((run.start + run.end) // 2, run.end + 1), key=lambda i: run.side * np.nan_to_num(finding.y[i], nan=-np.inf * run.side))
        words = f"{plural(run.length, voice.noun)} {'above' if run.side > 0 else 'below'}"
        spot = [{"x": axis(finding.x[at]), "y": float(finding.y[at]), "t": words}]
        label = _text(spot, plot, y=_y(plot), dy=-16 if run.side > 0 else 18, align="center", fontSize=13, fontWeight=600,
                      color=colour({"imp": "imp", "con": "con", "chg": "accent"}[voice.role(run.side)]))
        out.append(label.transform_filter(WIDE))
    place = {m: i for i, m in enumerate(finding.x)}
    rows = [{"x": axis(m), "y": float(finding.y[place[m]]), "t": "\n".join(wrap(t, 24))} for m, t in remarks if m in place]
    if rows:
        out.append(_text(rows, plot, y=_y(plot), align="right", dx=-14, dy=-8, lineHeight=13).transform_filter(WIDE))
    return out


def _end_labels(plot: Plot, sizes: dict[str, Size]) -> list[alt.Chart]:
    """Lines are named at the right end with their numbers, pushed apart where they would meet."""
    rows = plot.end_labels({k: s.plot[1] for k, s in sizes.items()})
    if not rows:
        return []
    base = alt.Chart(_data(rows)).transform_calculate(at="datum[size]", t="size == 'lo' ? datum.short : datum.long")
    lead = base.mark_rule(color=colour("hair")).encode(x=_px("width - 2"), x2=_px("width + 9"), y=_y(plot), y2="at:Q")
    out = [lead]
    for strong in (False, True):
        text = base.transform_filter(f"datum.b == {str(strong).lower()}").mark_text(
            align="left", baseline="middle", fontSize=13, fontWeight=600 if strong else 400,
            color=colour("ink" if strong else "muted"))
        out.append(text.encode(x=_px("width + 13"), y=_y(plot, "at"), text="t:N"))
    return out


def _flags(finding: SeriesFinding, axis: TimeAxis, flags: Sequence[Any]) -> list[alt.Chart]:
    """Cycles as flags on the axis, in a lane that data never reach."""
    rows = [
        {"x": axis(f.date), "t": LETTERS[f.kind or "event"], "d": f"{KINDS[f.kind or 'event']}, {day(f.date)}: {f.text or ''}"}
        for f in flags
        if f.date and axis.holds(f.date)
    ]
    if not rows:
        return []
    x = alt.X("x:Q", axis=None)
    base = alt.Chart(_data(rows))
    tip = [alt.Tooltip("d:N", title="Cycle")]
    return [
        base.mark_point(shape="square", size=250, filled=True, fill=colour("surface"), stroke=colour("accent"), opacity=1).encode(
            x=x, y=_px("height - 16"), tooltip=tip),
        base.mark_text(baseline="middle", fontWeight=700, color=colour("accent")).encode(
            x=x, y=_px("height - 15.5"), text="t:N", tooltip=tip),
    ]


