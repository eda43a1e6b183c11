"""A finding as the few columns that a chart needs: nothing else is embedded in a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from inquirylab.charts.time_axis import TimeAxis, ticks
from inquirylab.charts.words import Voice, capital, day
from inquirylab.findings.series_finding import SeriesFinding

Rows = list[dict[str, Any]]
# Between the lowest hairline and the axis lies a lane for flags and points left out: data never reach it.
LANE, LANE_EMPTY = 0.105, 0.02
LABEL_GAP = 17


@dataclass(frozen=True)
class Plot:
    """Rows of data for each layer of a control chart, and the vertical range they stand in."""

    name: str
    noun: str
    n_name: str
    total: float
    low: float
    high: float
    ticks: tuple[float, ...]
    points: Rows
    runs: Rows
    rings: Rows
    limits: Rows
    centre: Rows
    left_out: Rows
    bars: Rows
    shade: tuple[tuple[float, float], ...]
    ends: tuple[tuple[float, str, str, bool], ...]

    def end_labels(self, heights: dict[str, int]) -> Rows:
        """Return the labels at the right end; each size has its own place for each, pushed apart."""
        rows: Rows = [{"y": v, "long": long, "short": short, "b": strong} for v, long, short, strong in self.ends]
        for size, height in heights.items():
            px = height / (self.high - self.low)
            places = spread([self.high * px - v * px for v, *_ in self.ends], LABEL_GAP, 0, height)
            for row, place in zip(rows, places, strict=True):
                row[size] = round(self.high - place / px, 4)
        return rows


def plot_of(finding: SeriesFinding, voice: Voice, axis: TimeAxis, goal: float | None, flags: bool) -> Plot:
    """Return the rows of a finding's chart."""
    ends = np.array([voice.drawn(*b) for b in finding.bounds.values()]).ravel()
    values = [finding.y, finding.cl, finding.lcl, finding.ucl, ends, np.array([] if goal is None else [goal])]
    held = np.concatenate([v[np.isfinite(v)] for v in values])
    low, high = (float(held.min()), float(held.max())) if held.size else (0.0, 1.0)
    if (finding.y[np.isfinite(finding.y)] >= 0).all():
        low = max(low, 0.0)  # a limit below zero is no value that could occur
    marks = ticks(low, high)
    low, high = marks[0], marks[-1]
    lane = LANE if flags or finding.left_out else LANE_EMPTY
    at = [_step(axis(m)) for m in finding.x]
    return Plot(
        name=voice.name,
        noun=voice.noun,
        n_name="Counted below the line" if finding.n is not None else "",
        total=axis.total,
        low=low - lane * (high - low) / (1 - lane),
        high=high,
        ticks=tuple(marks),
        points=_points(finding, voice, axis, at),
        runs=_runs(finding, voice, axis, at),
        rings=[{"x": at[i], "y": _n(finding.y[i]), "r": voice.role(s)} for i, s in finding.beyond.items()],
        limits=_limits(finding, axis, at, low),
        centre=_centre(finding, axis, at),
        left_out=[{"x": round(axis(m), 3), "d": f"{day(m)}: {why}"} for m, why in finding.left_out if axis.holds(m)],
        bars=_bars(finding, voice, at, low, high),
        shade=_shade(finding, axis),
        ends=_ends(finding, voice, low, goal),
    )


def _step(place: float) -> float:
    """A thousandth of a step is more than a chart can show; whole steps are written without a point."""
    short = round(place, 3)
    return int(short) if short.is_integer() else short


def _n(value: float) -> float:
    """Five significant digits are more than a chart can show."""
    return float(f"{value:.5g}")


def _points(finding: SeriesFinding, voice: Voice, axis: TimeAxis, at: list[float]) -> Rows:
    inside = {i: r.side for r in finding.runs for i in range(r.start, r.end + 1) if _on_side(finding, i, r.side)}
    held = [i for i in range(len(at)) if np.isfinite(finding.y[i])]
    rows = []
    for k, piece in enumerate(axis.pieces(finding.x[held])):
        for i in (held[p] for p in piece):
            side = finding.beyond.get(i, inside.get(i, 0))
            role = voice.role(side) if side else ""
            signal = [w for w, on in (("beyond its limit", i in finding.beyond), ("in a long run", i in inside)) if on]
            row: dict[str, Any] = {
                "x": at[i],
                "y": _n(finding.y[i]),
                "k": k,
                "d": day(finding.x[i]),
                "v": voice.value(finding.y[i]),
            }
            if role:
                row |= {"r": role, "w": ", ".join(signal)}
            if finding.n is not None:
                row["n"] = f"{finding.n[i]:,.0f}"
            rows.append(row)
    return rows


def _bars(finding: SeriesFinding, voice: Voice, at: list[float], low: float, high: float) -> Rows:
    """A bar from bound to bound; an end that is not known reaches to the edge and is marked as open."""
    rows = []
    for i, (lower, upper) in sorted(finding.bounds.items()):
        words = {"d": day(finding.x[i]), "v": capital(voice.bounds(lower, upper))}
        lower, upper = voice.drawn(lower, upper)
        ends = {"y": _n(max(lower, low)), "y2": _n(min(upper, high)), "lo": lower < low, "uo": upper > high}
        rows.append({"x": at[i], **ends, **words})
    return rows


def _on_side(finding: SeriesFinding, i: int, side: int) -> bool:
    return bool(np.sign(finding.y[i] - finding.cl[i]) == side)


def _runs(finding: SeriesFinding, voice: Voice, axis: TimeAxis, at: list[float]) -> Rows:
    rows = []
    for number, run in enumerate(finding.runs):
        held = [i for i in range(run.start, run.end + 1) if np.isfinite(finding.y[i])]
        for k, piece in enumerate(axis.pieces(finding.x[held])):
            role = voice.role(run.side)
            rows += [{"x": at[held[p]], "y": _n(finding.y[held[p]]), "k": f"{number}.{k}", "r": role} for p in piece]
    return rows


def _limits(finding: SeriesFinding, axis: TimeAxis, at: list[float], low: float) -> Rows:
    """Both limits as steps, half a step beyond the first and last point of each piece, never below what is drawn."""
    ucl, lcl = finding.ucl, finding.lcl
    held = [i for i in range(len(at)) if np.isfinite(ucl[i]) or np.isfinite(lcl[i])]

    def row(i: int, k: int, away: float = 0.0) -> dict[str, Any]:
        both = {"u": ucl[i], "l": lcl[i]}
        return {"x": _step(at[i] + away), "k": k, **{w: max(_n(v), low) for w, v in both.items() if np.isfinite(v)}}

    rows: Rows = []
    for k, piece in enumerate(axis.pieces(finding.x[held])):
        spots = [held[p] for p in piece]
        rows += [row(spots[0], k, -0.5), *(row(i, k) for i in spots), row(spots[-1], k, 0.5)]
    return rows


def _centre(finding: SeriesFinding, axis: TimeAxis, at: list[float]) -> Rows:
    """A line for each stretch and level."""
    rows: Rows = []
    for i, x in enumerate(at):
        if not np.isfinite(finding.cl[i]):
            continue
        level, stretch = _n(finding.cl[i]), axis.stretch(finding.x[i])
        if rows and rows[-1]["y"] == level and rows[-1]["k"] == stretch:
            rows[-1]["e"] = x + 0.5
        else:
            rows.append({"x": x - 0.5, "e": x + 0.5, "y": level, "k": stretch})
    return rows


def _shade(finding: SeriesFinding, axis: TimeAxis) -> tuple[tuple[float, float], ...]:
    if not finding.frozen:
        return ()
    end = finding.x[np.flatnonzero(finding.baseline)[-1]]
    spans = [(s.start, axis(end) if s.first <= end <= s.last else s.end) for s in axis.stretches if s.first <= end]
    return tuple((a - 0.5, b + 0.5) for a, b in spans)


def _ends(
    finding: SeriesFinding, voice: Voice, low: float, goal: float | None
) -> tuple[tuple[float, str, str, bool], ...]:
    last = finding.last
    if last is None:
        return ()
    lines = [
        (finding.ucl[last], "Upper limit", "Upper"),
        (finding.cl[last], "Centre line", "Centre"),
        (finding.lcl[last], "Lower limit", "Lower"),
    ]
    out = [
        (float(max(v, low)), f"{long} {voice.value(v)}", f"{short} {v:,.{voice.digits}f}", False)
        for v, long, short in lines
        if np.isfinite(v)
    ]
    if goal is not None:
        out.append((goal, f"Goal {voice.value(goal)}", f"Goal {goal:g}", False))
    value, when = finding.y[last], day(finding.x[last], year=False)
    out.append((float(value), f"{when}: {voice.value(value)}", f"{when} {value:,.{voice.digits}f}", True))
    return tuple(sorted(out, key=lambda e: -e[0]))


def spread(places: list[float], gap: float, low: float, high: float) -> list[float]:
    """Move places (in order) apart until none is nearer to the next than `gap`, staying near and inside.

    Examples
    --------
    >>> spread([10, 12, 40], 17, 0, 100)
    [2.5, 19.5, 40]
    """
    out = list(places)
    for _ in range(100):
        moved = False
        for i in range(len(out) - 1):
            short = gap - (out[i + 1] - out[i])
            if short > 1e-9:
                out[i] -= short / 2
                out[i + 1] += short / 2
                moved = True
        if out and out[0] < low:
            out[0], moved = low, True
        if out and out[-1] > high:
            out[-1], moved = high, True
        if not moved:
            break
    return out
