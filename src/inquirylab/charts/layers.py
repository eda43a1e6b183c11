"""The layers of a control chart, from the ground up. Each draws rows that `chart_data` has worked out."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import numpy as np

from inquirylab.charts.chart_data import Plot, Rows
from inquirylab.charts.layer import END, PIECE, WORDS, Channel, Layer, as_is, at, layer, let, only, place, tip
from inquirylab.charts.theme import ROLE_TOKENS, colour, role_colour
from inquirylab.charts.time_axis import TimeAxis
from inquirylab.charts.time_marks import break_words, month_labels, year_labels
from inquirylab.charts.words import KINDS, LETTERS, Voice, day, plural
from inquirylab.findings.series_finding import SeriesFinding
from inquirylab.record.types import MeasureAnnotations, MeasurePhases

ROOMY = "size != 'lo'"
WIDE = only(ROOMY)
ROLE = "{" + ",".join(f"{role}:'{colour(token)}'" for role, token in ROLE_TOKENS.items()) + "}[datum.r]"
"""The colour of a row's role (improvement, concern, change), worked out where it is drawn: a page holds the short word."""
PHASE_TOP = "size == 'lo' ? -66 : size == 'md' ? -72 : -56"


class Easel:
    """Draws the layers of one chart and holds the rows that they name, so that no row is embedded twice."""

    def __init__(self, plot: Plot, finding: SeriesFinding, voice: Voice, axis: TimeAxis) -> None:
        self.plot, self.finding, self.voice, self.axis = plot, finding, voice, axis
        self.datasets: dict[str, Rows] = {}
        self.spans = [{"x": s.start - 0.5, "e": s.end + 0.5} for s in axis.stretches]

    @property
    def places(self) -> dict[str, Channel]:
        """Steps of time, and values above the lane of the flags: what all layers share."""
        return {"x": place("x", -0.6, self.plot.total + 0.6), "y": place("y", self.plot.low, self.plot.high)}

    def hold(self, name: str, rows: Rows) -> str:
        """Keep rows for the layers that name them."""
        self.datasets[name] = rows
        return name

    def ground(self) -> list[Layer]:
        """Draw the shaded baseline, hairlines at round values, and their numbers."""
        plot, out = self.plot, []
        if plot.shade:
            shade = self.hold("shade", [{"x": a, "e": b} for a, b in plot.shade])
            tall = {"x2": END, "y": at("0"), "y2": at("height")}
            out.append(layer(shade, "rect", {"color": colour("shade")}, tall))
            words = f"Baseline: {plural(int(self.finding.baseline.sum()), plot.noun)}"
            label = self.hold("baseline", [{"x": plot.shade[0][0] + 0.3, "t": words}])
            beside = {"align": "left", "baseline": "middle"}
            out.append(layer(label, "text", beside, {"y": at("8"), "text": WORDS}, WIDE))
        hairs = self.hold("hairs", [{**s, "y": t} for s in self.spans for t in plot.ticks])
        out.append(layer(hairs, "rule", {"color": colour("faint")}, {"x2": END}))
        numbers = self.hold("numbers", [{"y": t, "t": f"{t:g}"} for t in plot.ticks])
        look = {"align": "right", "baseline": "middle", "dx": -8}
        return [*out, layer(numbers, "text", look, {"x": at("0"), "text": WORDS})]

    def time(self) -> list[Layer]:
        """Draw the axis of each stretch with its months and years, and how long each break is."""
        spans, years = self.hold("spans", self.spans), self.hold("years", year_labels(self.axis))
        below = {"align": "left", "baseline": "top"}
        deep = at("size == 'lo' ? height + 7 : height + 22")
        out = [
            layer(spans, "rule", {"color": colour("common")}, {"x2": END, "y": at("height")}),
            layer(years, "text", {**below, "fontWeight": 600}, {"y": deep, "text": WORDS}, only(f"{ROOMY} || datum.s")),
        ]
        if rows := month_labels(self.axis):
            months = self.hold("months", rows)
            out.append(layer(months, "text", below, {"y": at("height + 6"), "text": WORDS}, WIDE))
        if rows := break_words(self.axis):
            breaks = self.hold("breaks", rows)
            tear, words = {"align": "center", "baseline": "middle"}, {"align": "center", "baseline": "top"}
            out.append(layer(breaks, "text", tear, {"y": at("height + 1"), "text": {"value": "//"}}))
            out.append(layer(breaks, "text", words, {"y": at("0"), "text": WORDS}, only("size == 'hi'")))
        return out

    def lines(self, goal: float | None) -> list[Layer]:
        """Draw limits as steps, centre lines, the goal dashed."""
        out, common = [], colour("common")
        if self.plot.limits:
            limits = self.hold("limits", self.plot.limits)
            look = {"interpolate": "step", "color": common, "strokeWidth": 1}
            which: Channel = {"field": "w", "type": "nominal"}
            both: Layer = {"fold": ["u", "l"], "as": ["w", "y"]}
            out.append(layer(limits, "line", look, {"detail": [PIECE, which]}, both))
        if self.plot.centre:
            centre = self.hold("centre", self.plot.centre)
            out.append(layer(centre, "rule", {"color": common, "strokeWidth": 1.25}, {"x2": END}))
        if goal is not None:
            look = {"color": colour("target"), "strokeDash": [6, 4]}
            wide = {"x": at("0"), "x2": at("width")}
            out.append(layer(self.hold("goal", [{"y": goal}]), "rule", look, wide))
        return out

    def bars(self) -> list[Layer]:
        """Draw points known only within bounds as bars with ends; an end that nobody published is an arrow."""
        rows, ink = self.plot.bars, {"color": colour("series"), "strokeWidth": 1.5}
        if not rows:
            return []
        bars, told = self.hold("bars", rows), tip(d="Date", v=self.plot.name)
        out = [layer(bars, "rule", ink, {"y2": {"field": "y2"}, "tooltip": told})]
        for end, is_open, arrow in (("y", "lo", "triangle-down"), ("y2", "uo", "triangle-up")):
            for shape, wanted, size in (("stroke", "!", 55), (arrow, "", 40)):
                if any(row[is_open] == (not wanted) for row in rows):
                    look = {**ink, "shape": shape, "size": size, "filled": shape == arrow, "opacity": 1}
                    spot = {"y": {"field": end, "type": "quantitative"}, "tooltip": told}
                    out.append(layer(bars, "point", look, spot, only(f"{wanted}datum.{is_open}")))
        return out

    def series(self) -> list[Layer]:
        """Draw the line, long runs thicker, marks by shape and colour, rings beyond limits, what a pointer tells."""
        plot, points, coloured = self.plot, self.hold("points", self.plot.points), {"color": as_is("c")}
        thin = {"color": colour("series"), "strokeWidth": 1.5, "strokeJoin": "round"}
        out = [layer(points, "line", thin, {"detail": PIECE})]
        if plot.runs:
            thick = {"strokeWidth": 3, "strokeJoin": "round", "strokeCap": "round"}
            out.append(
                layer(self.hold("runs", plot.runs), "line", thick, {"detail": PIECE, **coloured}, let("c", ROLE))
            )
        if plot.rings:
            open_ = {"size": 170, "strokeWidth": 1.4, "filled": False, "opacity": 1}
            out.append(layer(self.hold("rings", plot.rings), "point", open_, coloured, WIDE, let("c", ROLE)))
        marks: dict[str, Any] = {**coloured, "shape": as_is("m"), "size": as_is("s"), "tooltip": self._tips()}
        out.append(
            layer(
                points, "point", {"filled": True, "opacity": 1}, marks,
                let("c", f"{ROLE} || '{colour('series')}'"), let("m", "datum.r == 'con' ? 'diamond' : 'circle'"),
                let("s", "datum.r ? 44 : 24"), let("w", "datum.w || 'none'"),
            )
        )  # fmt: skip
        if plot.left_out:
            cross: dict[str, Any] = {"y": at("height - 9"), "text": {"value": "✕"}, "tooltip": tip(d="Left out")}
            left_out = self.hold("left_out", plot.left_out)
            out.append(layer(left_out, "text", {"baseline": "middle", "fontSize": 13}, cross))
        return out

    def _tips(self) -> list[Channel]:
        return tip(d="When", v=self.plot.name, n=self.plot.n_name, w="Signal")

    def phases(self, phases: Sequence[MeasurePhases]) -> list[Layer]:
        """Draw a thin vertical line with its date, what began, and what a reader should know."""
        rows: dict[bool, Rows] = {False: [], True: []}
        for p in phases:
            head, spot = f"{day(p.start)}  {p.label or ''}", self.axis(p.start)
            rows[spot > self.plot.total * 0.85].append(
                {
                    "x": spot - 0.5,
                    "hi": "\n".join([head, *wrap(p.reason or "", 60)]),
                    "md": "\n".join([head, *wrap(p.reason or "", 48)]),
                    "lo": "\n".join([day(p.start), *wrap(p.label or "", 24)]),
                }
            )
        out = []
        for right, spots in rows.items():
            if spots:
                name = self.hold("phases_right" if right else "phases", spots)
                look = {
                    "align": "right" if right else "left",
                    "baseline": "top",
                    "dx": -7 if right else 7,
                    "lineHeight": 15,
                }
                out.append(layer(name, "rule", {"color": colour("ink")}, {"y": at(PHASE_TOP), "y2": at("height")}))
                out.append(layer(name, "text", look, {"y": at(PHASE_TOP), "text": WORDS}, let("t", "datum[size]")))
        return out

    def remarks(self, remarks: Sequence[tuple[Any, str]]) -> list[Layer]:
        """Say how long the current run is, beside it; and what is shared by most sites, beside its point."""
        finding, out, run = self.finding, [], self.finding.current
        if run:
            tail = [i for i in range((run.start + run.end) // 2 + 1, run.end + 1) if np.isfinite(finding.y[i])]
            tail = tail or [run.end]
            far = run.side * max(run.side * float(finding.y[i]) for i in tail)
            words = f"{plural(run.length, self.voice.noun)} {'above' if run.side > 0 else 'below'}"
            row = self.hold("run_words", [{"x": self.axis(finding.x[tail[0]]), "y": far, "t": words}])
            ink = role_colour(self.voice.role(run.side))
            look = {"align": "left", "color": ink, "dy": -16 if run.side > 0 else 18, "fontSize": 13, "fontWeight": 600}
            out.append(layer(row, "text", look, {"text": WORDS}, WIDE))
        where = {m: i for i, m in enumerate(finding.x)}
        rows = [
            {"x": self.axis(m), "y": float(finding.y[where[m]]), "t": "\n".join(wrap(text, 24))}
            for m, text in remarks
            if m in where
        ]
        if rows:
            look = {"align": "right", "baseline": "bottom", "dx": -14, "dy": 4, "lineHeight": 13}
            out.append(layer(self.hold("remarks", rows), "text", look, {"text": WORDS}, WIDE))
        return out

    def end_labels(self, heights: dict[str, int]) -> list[Layer]:
        """Name the lines at the right end with their numbers, pushed apart where they would meet."""
        rows = self.plot.end_labels(heights)
        if not rows:
            return []
        ends, own = self.hold("ends", rows), let("at", "datum[size]")
        lead = {"x": at("width - 2"), "x2": at("width + 9"), "y2": {"field": "at"}}
        out = [layer(ends, "rule", {"color": colour("hair")}, lead, own)]
        words = let("t", "size == 'lo' ? datum.short : datum.long")
        spot = {"x": at("width + 13"), "y": {"field": "at", "type": "quantitative"}, "text": WORDS}
        for strong, weight, meaning in (("false", 400, "muted"), ("true", 600, "ink")):
            look = {
                "align": "left",
                "baseline": "middle",
                "color": colour(meaning),
                "fontSize": 13,
                "fontWeight": weight,
            }
            out.append(layer(ends, "text", look, spot, own, words, only(f"datum.b == {strong}")))
        return out

    def flags(self, flags: Sequence[MeasureAnnotations]) -> list[Layer]:
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
        held, told, accent = self.hold("flags", rows), tip(d="Cycle"), colour("accent")
        box = {
            "shape": "square",
            "size": 250,
            "filled": True,
            "fill": colour("surface"),
            "stroke": accent,
            "opacity": 1,
        }
        letter = {"baseline": "middle", "color": accent, "fontWeight": 700}
        return [
            layer(held, "point", box, {"y": at("height - 16"), "tooltip": told}),
            layer(held, "text", letter, {"y": at("height - 15.5"), "text": WORDS, "tooltip": told}),
        ]
