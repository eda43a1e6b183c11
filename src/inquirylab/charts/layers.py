"""The layers of a control chart, from the ground up. Each draws rows that `chart_data` has worked out."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import altair as alt
import numpy as np

from inquirylab.charts.chart_data import Plot, Rows
from inquirylab.charts.theme import colour, role_colour
from inquirylab.charts.time_axis import TimeAxis
from inquirylab.charts.time_marks import break_words, month_labels, year_labels
from inquirylab.charts.words import KINDS, LETTERS, Voice, day, plural
from inquirylab.findings.series_finding import SeriesFinding
from inquirylab.record.types import MeasureAnnotations, MeasurePhases

WIDE = "size != 'lo'"
PHASE_TOP = "size == 'lo' ? -66 : size == 'md' ? -72 : -56"


class Easel:
    """Draws the layers of one chart and holds the rows that they name, so that no row is embedded twice."""

    def __init__(self, plot: Plot, finding: SeriesFinding, voice: Voice, axis: TimeAxis) -> None:
        self.plot, self.finding, self.voice, self.axis = plot, finding, voice, axis
        self.datasets: dict[str, Rows] = {}
        self.spans = [{"x": s.start - 0.5, "e": s.end + 0.5} for s in axis.stretches]

    def chart(self, name: str, rows: Rows) -> alt.Chart:
        """Return a chart of named rows."""
        self.datasets[name] = rows
        return alt.Chart(alt.NamedData(name=name))

    @property
    def x(self) -> alt.X:
        """Steps of time."""
        scale = alt.Scale(domain=[-0.6, self.plot.total + 0.6], nice=False, zero=False)
        return alt.X("x", type="quantitative", axis=None, scale=scale)

    def y(self, name: str = "y") -> alt.Y:
        """Values, above the lane of the flags."""
        scale = alt.Scale(domain=[self.plot.low, self.plot.high], nice=False, zero=False)
        return alt.Y(name, type="quantitative", axis=None, scale=scale)

    def ground(self) -> list[alt.Chart]:
        """Draw the shaded baseline, hairlines at round values, and their numbers."""
        plot, out = self.plot, []
        if plot.shade:
            shade = self.chart("shade", [{"x": a, "e": b} for a, b in plot.shade]).mark_rect(color=colour("shade"))
            out.append(shade.encode(x=self.x, x2=_e()))
            words = f"Baseline: {plural(int(self.finding.baseline.sum()), plot.noun)}"
            label = self.chart("baseline", [{"x": plot.shade[0][0] + 0.3, "t": words}]).mark_text(
                align="left", baseline="middle"
            )
            out.append(label.transform_filter(WIDE).encode(x=self.x, y=_y_at("8"), text=_t()))
        hairs = self.chart("hairs", [{**s, "y": t} for s in self.spans for t in plot.ticks]).mark_rule(
            color=colour("faint")
        )
        numbers = self.chart("numbers", [{"y": t, "t": f"{t:g}"} for t in plot.ticks]).mark_text(
            align="right", dx=-8, baseline="middle"
        )
        return [*out, hairs.encode(x=self.x, x2=_e(), y=self.y()), numbers.encode(x=_x_at("0"), y=self.y(), text=_t())]

    def time(self) -> list[alt.Chart]:
        """Draw the axis of each stretch with its months and years, and how long each break is."""
        axis = self.chart("spans", self.spans).mark_rule(color=colour("common"))
        years = self.chart("years", year_labels(self.axis)).mark_text(align="left", baseline="top", fontWeight=600)
        years = years.transform_filter(f"{WIDE} || datum.s")
        out = [
            axis.encode(x=self.x, x2=_e(), y=_y_at("height")),
            years.encode(x=self.x, y=_y_at("size == 'lo' ? height + 7 : height + 22"), text=_t()),
        ]
        if months := month_labels(self.axis):
            text = self.chart("months", months).mark_text(align="left", baseline="top")
            out.append(text.transform_filter(WIDE).encode(x=self.x, y=_y_at("height + 6"), text=_t()))
        if breaks := break_words(self.axis):
            tear = self.chart("breaks", breaks).mark_text(align="center", baseline="middle")
            words = (
                self.chart("breaks", breaks).mark_text(align="center", baseline="top").transform_filter("size == 'hi'")
            )
            out.append(tear.encode(x=self.x, y=_y_at("height + 1"), text=alt.TextValue("//")))
            out.append(words.encode(x=self.x, y=_y_at("0"), text=_t()))
        return out

    def lines(self, goal: float | None) -> list[alt.Chart]:
        """Draw limits as steps, centre lines, the goal dashed."""
        out = []
        if self.plot.limits:
            limits = self.chart("limits", self.plot.limits).mark_line(
                interpolate="step", color=colour("common"), strokeWidth=1
            )
            out.append(limits.encode(x=self.x, y=self.y(), detail=_k()))
        if self.plot.centre:
            centre = self.chart("centre", self.plot.centre).mark_rule(color=colour("common"), strokeWidth=1.25)
            out.append(centre.encode(x=self.x, x2=_e(), y=self.y()))
        if goal is not None:
            line = self.chart("goal", [{"y": goal}]).mark_rule(color=colour("target"), strokeDash=[6, 4])
            out.append(line.encode(y=self.y()))
        return out

    def bars(self) -> list[alt.Chart]:
        """Draw points known only within bounds as bars with ends; an end that nobody published is an arrow."""
        rows = self.plot.bars
        if not rows:
            return []
        tip = [alt.Tooltip("d", type="nominal", title="Date"), alt.Tooltip("v", type="nominal", title=self.plot.name)]
        rule = self.chart("bars", rows).mark_rule(color=colour("series"), strokeWidth=1.5)
        out = [rule.encode(x=self.x, y=self.y(), y2=alt.Y2("y2"), tooltip=tip)]
        for end, is_open, arrow in (("y", "lo", "triangle-down"), ("y2", "uo", "triangle-up")):
            for shape, wanted, size in (("stroke", "!", 55), (arrow, "", 40)):
                if any(row[is_open] == (not wanted) for row in rows):
                    mark = self.chart("bars", rows).transform_filter(f"{wanted}datum.{is_open}").mark_point(
                        shape=shape, size=size, filled=shape == arrow, strokeWidth=1.5, color=colour("series"), opacity=1
                    )  # fmt: skip
                    out.append(mark.encode(x=self.x, y=self.y(end), tooltip=tip))
        return out

    def series(self) -> list[alt.Chart]:
        """Draw the line, long runs thicker, marks by shape and colour, rings beyond limits, what a pointer tells."""
        plot = self.plot
        line = self.chart("points", plot.points).mark_line(color=colour("series"), strokeWidth=1.5, strokeJoin="round")
        out = [line.encode(x=self.x, y=self.y(), detail=_k())]
        if plot.runs:
            runs = self.chart("runs", plot.runs).mark_line(strokeWidth=3, strokeJoin="round", strokeCap="round")
            out.append(runs.encode(x=self.x, y=self.y(), detail=_k(), color=_as_is(alt.Color, "c")))
        if plot.rings:
            rings = self.chart("rings", plot.rings).mark_point(size=170, strokeWidth=1.4, filled=False, opacity=1)
            out.append(rings.transform_filter(WIDE).encode(x=self.x, y=self.y(), color=_as_is(alt.Color, "c")))
        points = self.chart("points", plot.points).mark_point(filled=True, opacity=1)
        out.append(
            points.encode(
                x=self.x,
                y=self.y(),
                color=_as_is(alt.Color, "c"),
                shape=_as_is(alt.Shape, "m"),
                size=_as_is(alt.Size, "s"),
                tooltip=self._tips(),
            )
        )
        if plot.left_out:
            cross = self.chart("left_out", plot.left_out).mark_text(baseline="middle", fontSize=13)
            tip = [alt.Tooltip("d", type="nominal", title="Left out")]
            out.append(cross.encode(x=self.x, y=_y_at("height - 9"), text=alt.TextValue("✕"), tooltip=tip))
        return out

    def _tips(self) -> list[alt.Tooltip]:
        names = {"d": "When", "v": self.plot.name, "n": self.plot.n_name, "w": "Signal"}
        return [alt.Tooltip(field, type="nominal", title=title) for field, title in names.items() if title]

    def phases(self, phases: Sequence[MeasurePhases]) -> list[alt.Chart]:
        """Draw a thin vertical line with its date, what began, and what a reader should know."""
        rows: dict[bool, Rows] = {False: [], True: []}
        for p in phases:
            head, at = f"{day(p.start)}  {p.label or ''}", self.axis(p.start)
            rows[at > self.plot.total * 0.85].append(
                {
                    "x": at - 0.5,
                    "hi": "\n".join([head, *wrap(p.reason or "", 60)]),
                    "md": "\n".join([head, *wrap(p.reason or "", 48)]),
                    "lo": "\n".join([day(p.start), *wrap(p.label or "", 24)]),
                }
            )
        out = []
        for right, spots in rows.items():
            if spots:
                name = "phases_right" if right else "phases"
                line = self.chart(name, spots).mark_rule(color=colour("ink"))
                out.append(line.encode(x=self.x, y=_y_at(PHASE_TOP), y2=alt.Y2Value(alt.ExprRef(expr="height"))))
                text = self.chart(name, spots).mark_text(
                    align="right" if right else "left", dx=-7 if right else 7, baseline="top", lineHeight=15
                )
                text = text.transform_calculate(t="datum[size]")
                out.append(text.encode(x=self.x, y=_y_at(PHASE_TOP), text=_t()))
        return out

    def remarks(self, remarks: Sequence[tuple[Any, str]]) -> list[alt.Chart]:
        """Say how long the current run is, beside it; and what is shared by most sites, beside its point."""
        finding, out, run = self.finding, [], self.finding.current
        if run:
            tail = [i for i in range((run.start + run.end) // 2 + 1, run.end + 1) if np.isfinite(finding.y[i])] or [
                run.end
            ]
            far = run.side * max(run.side * float(finding.y[i]) for i in tail)
            words = f"{plural(run.length, self.voice.noun)} {'above' if run.side > 0 else 'below'}"
            row = {"x": self.axis(finding.x[tail[0]]), "y": far, "t": words}
            label = self.chart("run_words", [row]).mark_text(
                align="left",
                dy=-16 if run.side > 0 else 18,
                fontSize=13,
                fontWeight=600,
                color=role_colour(self.voice.role(run.side)),
            )
            out.append(label.transform_filter(WIDE).encode(x=self.x, y=self.y(), text=_t()))
        place = {m: i for i, m in enumerate(finding.x)}
        rows = [
            {"x": self.axis(m), "y": float(finding.y[place[m]]), "t": "\n".join(wrap(text, 24))}
            for m, text in remarks
            if m in place
        ]
        if rows:
            label = self.chart("remarks", rows).mark_text(align="right", baseline="bottom", dx=-14, dy=4, lineHeight=13)
            out.append(label.transform_filter(WIDE).encode(x=self.x, y=self.y(), text=_t()))
        return out

    def end_labels(self, heights: dict[str, int]) -> list[alt.Chart]:
        """Name the lines at the right end with their numbers, pushed apart where they would meet."""
        rows = self.plot.end_labels(heights)
        if not rows:
            return []
        base = self.chart("ends", rows).transform_calculate(
            at="datum[size]", t="size == 'lo' ? datum.short : datum.long"
        )
        lead = base.mark_rule(color=colour("hair"))
        out = [
            lead.encode(
                x=_x_at("width - 2"), x2=alt.X2Value(alt.ExprRef(expr="width + 9")), y=self.y(), y2=alt.Y2("at")
            )
        ]
        for strong, weight, meaning in (("false", 400, "muted"), ("true", 600, "ink")):
            text = base.transform_filter(f"datum.b == {strong}").mark_text(
                align="left", baseline="middle", fontSize=13, fontWeight=weight, color=colour(meaning)
            )
            out.append(text.encode(x=_x_at("width + 13"), y=self.y("at"), text=_t()))
        return out

    def flags(self, flags: Sequence[MeasureAnnotations]) -> list[alt.Chart]:
        """Draw cycles as flags on the axis, in a lane that data never reach."""
        rows: Rows = [
            {
                "x": self.axis(f.date),
                "t": LETTERS[f.kind or "event"],
                "d": f"{KINDS[f.kind or 'event']}, {day(f.date)}: {f.text or ''}",
            }
            for f in flags
            if f.date and self.axis.holds(f.date)
        ]
        if not rows:
            return []
        base, tip = self.chart("flags", rows), [alt.Tooltip("d", type="nominal", title="Cycle")]
        box = base.mark_point(
            shape="square", size=250, filled=True, fill=colour("surface"), stroke=colour("accent"), opacity=1
        )
        letter = base.mark_text(baseline="middle", fontWeight=700, color=colour("accent"))
        return [
            box.encode(x=self.x, y=_y_at("height - 16"), tooltip=tip),
            letter.encode(x=self.x, y=_y_at("height - 15.5"), text=_t(), tooltip=tip),
        ]


def _x_at(expression: str) -> alt.XValue:
    return alt.XValue(alt.ExprRef(expr=expression))


def _y_at(expression: str) -> alt.YValue:
    return alt.YValue(alt.ExprRef(expr=expression))


def _e() -> alt.X2:
    return alt.X2("e")


def _t() -> alt.Text:
    return alt.Text("t", type="nominal")


def _k() -> alt.Detail:
    return alt.Detail("k", type="nominal")


def _as_is(channel: Any, field: str) -> Any:
    """A field that holds the colour, shape or size itself."""
    return channel(field, type="quantitative" if field == "s" else "nominal", scale=None, legend=None)
