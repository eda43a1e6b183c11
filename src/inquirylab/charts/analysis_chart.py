"""Any analysis as a chart: one series large, many as small multiples, in light, dark or print."""

from __future__ import annotations

from typing import Any, Literal

import altair as alt
import pandas as pd

from inquirylab.charts.analysis_rows import Rows, rows_of
from inquirylab.charts.theme import FONT, TOKENS
from inquirylab.spc import Analysis, describe_signals

Mode = Literal["light", "dark", "print"]
STATES = ["common", "improvement", "concern", "special", "excluded"]
SHAPES = ["circle", "circle", "diamond", "triangle-up", "circle"]
COLOURS = ["series", "imp", "con", "accent", "muted"]
SIZES = [1, 1, 2.2, 1.8, 1]  # a diamond or triangle of a circle's area is lost on a thick line


def analysis_chart(
    analysis: Analysis,
    title: str = "",
    unit: str = "",
    mode: Mode = "light",
    scales: Literal["shared", "free"] = "shared",
    two_way: bool = False,
    columns: int = 6,
    annotations: pd.DataFrame | None = None,
) -> alt.TopLevelMixin:
    """Draw an analysis.

    One series is drawn large, with its lines' values at the right end; several as small multiples in the order of
    their names, on one scale or each on its own, or with ``two_way`` as a table of the first two ``by`` columns.

    Parameters
    ----------
    title
        By default what was found.
    unit
        What y counts, for its axis.
    annotations
        See :func:`~inquirylab.charts.analysis_rows.rows_of`.
    """
    rows = rows_of(analysis, annotations)
    small = len(rows.panels) > 1
    layers = alt.layer(*_layers(rows, Ink(mode), small, unit or analysis.y), data=alt.InlineData(values=rows.values))
    ink = Ink(mode)
    words = alt.TitleParams(
        title or chart_title(analysis),
        subtitle=subtitle(analysis),
        anchor="start",
        color=ink("ink"),
        subtitleColor=ink("muted"),
        fontSize=16,
        offset=12,
    )
    if not small:
        return configured(layers.properties(width=720, height=320, title=words), ink)
    panel = layers.properties(width=200, height=96)
    if two_way and len(analysis.by) > 1:
        faceted = panel.facet(
            row=alt.Row(analysis.by[0], type="nominal"), column=alt.Column(analysis.by[1], type="nominal")
        )
    else:
        faceted = panel.facet(alt.Facet("panel:N", title=None, sort=list(rows.panels)), columns=columns)
    faceted = faceted.resolve_scale(y="shared" if scales == "shared" else "independent")
    return configured(faceted.properties(title=words), ink, right=16)


class Ink:
    """Colours of a mode by their meaning; print is light on white."""

    def __init__(self, mode: Mode) -> None:
        self.place = 1 if mode == "dark" else 0

    def __call__(self, meaning: str) -> str:
        """Return the colour of a meaning."""
        return TOKENS[meaning][self.place]


def _layers(rows: Rows, ink: Ink, small: bool, y_title: str) -> list[alt.Chart]:
    x_at = {"temporal": "T", "quantitative": "Q", "ordinal": "O"}[rows.x]
    axis = alt.Axis(title=None, grid=False, labelOverlap=True, tickCount=4 if small else 8)
    sort = list(rows.order) if rows.order else alt.Undefined
    x = alt.X(
        f"x:{x_at}", axis=axis, sort=sort, scale=alt.Scale(zero=False, nice=False) if x_at != "O" else alt.Undefined
    )
    y = alt.Y(
        "y:Q", title=None if small else y_title, scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=3 if small else 6)
    )

    def of(what: str) -> Any:
        return alt.Chart().transform_filter(alt.datum.what == what)

    colour = alt.Color("state:N", scale=alt.Scale(domain=STATES, range=[ink(c) for c in COLOURS]), legend=None)
    shape = alt.Shape("state:N", scale=alt.Scale(domain=STATES, range=SHAPES), legend=None)
    tips = [alt.Tooltip(f"x:{x_at}"), alt.Tooltip("y:Q", format=",.4~g"), alt.Tooltip("n:Q"), alt.Tooltip("state:N")]
    layers = []
    if rows.has("shade"):
        layers.append(of("shade").mark_rect(color=ink("shade")).encode(x=x, x2="x2"))
    for name in ("lcl", "ucl"):
        layers.append(
            of("point")
            .mark_line(color=ink("common"), interpolate="step", strokeWidth=0.6)
            .encode(x=x, y=y.copy() if name == "y" else alt.Y(f"{name}:Q"), detail="phase:N")
        )
    layers.append(
        of("point").mark_line(color=ink("common"), strokeWidth=1.2).encode(x=x, y=alt.Y("cl:Q"), detail="phase:N")
    )
    if rows.has("target"):
        layers.append(
            of("target")
            .mark_line(color=ink("target"), strokeDash=[5, 4], strokeWidth=1.2)
            .encode(x=x, y=alt.Y("target:Q"), detail="phase:N")
        )
    if rows.has("break"):
        layers.append(of("break").mark_rule(color=ink("muted"), strokeWidth=0.8).encode(x=x))
        if not small:
            when = of("break").mark_text(align="left", baseline="top", dx=5, color=ink("muted"))
            layers.append(when.encode(x=x, y=alt.value(2), text="words:N"))
    drawn = of("point").transform_filter(alt.datum.state != "excluded")
    layers.append(drawn.mark_line(color=ink("series"), strokeWidth=1.2).encode(x=x, y=y))
    if rows.has("run"):
        layers.append(
            of("run").mark_line(strokeWidth=3, strokeJoin="round").encode(x=x, y=y, color=colour, detail="signal:N")
        )
    size = 18 if small else 46
    sizes = alt.Size("state:N", scale=alt.Scale(domain=STATES, range=[size * s for s in SIZES]), legend=None)
    points = drawn.mark_point(filled=True, opacity=1)
    layers.append(points.encode(x=x, y=y, color=colour, shape=shape, size=sizes, tooltip=tips))
    gone = of("point").transform_filter(alt.datum.state == "excluded")
    layers.append(gone.mark_text(text="✕", color=ink("muted"), size=8 if small else 13).encode(x=x, y=y, tooltip=tips))
    rings = of("point").transform_filter(alt.datum.sigma_signal == True)  # noqa: E712 a Vega expression
    layers.append(
        rings.mark_point(filled=False, shape="circle", size=5 * size, strokeWidth=1.6).encode(x=x, y=y, color=colour)
    )
    if rows.has("flag"):
        layers.append(
            of("flag")
            .mark_text(baseline="bottom", fontWeight="bold", color=ink("accent"))
            .encode(x=x, y=alt.value(96 if small else 320), text="mark:N", tooltip="title:N")
        )
    if not small:
        layers += _ends(rows, x, ink)
    return layers


def _ends(rows: Rows, x: alt.X, ink: Ink) -> list[alt.Chart]:
    """Label the centre line and limits at the right end with their numbers."""
    last = next((row for row in reversed(rows.values) if row["what"] == "point" and "cl" in row), None)
    if last is None:
        return []
    names = {"ucl": "upper limit", "cl": "centre", "lcl": "lower limit"}
    least = max(abs(last[key]) for key in names if key in last) / 1e4  # less than that is zero, at this scale
    values = [
        {"x": last["x"], "at": last[key], "words": f"{names[key]} {last[key] if abs(last[key]) > least else 0:,.4g}"}
        for key in names
        if key in last
    ]
    labels = alt.Chart(alt.InlineData(values=values)).mark_text(align="left", dx=14, color=ink("muted"))
    return [labels.encode(x=x, y=alt.Y("at:Q"), text="words:N")]


def configured(chart: Any, ink: Ink, right: int = 120) -> alt.TopLevelMixin:
    """Dress a chart in the house theme."""
    axis = {"labelColor": ink("muted"), "titleColor": ink("muted"), "domainColor": ink("hair"), "tickColor": ink("hair"),
            "gridColor": ink("faint"), "labelFont": FONT, "titleFont": FONT, "titleFontWeight": "normal"}  # fmt: skip
    header = {"labelColor": ink("ink"), "titleColor": ink("ink"), "labelFont": FONT, "labelFontWeight": "bold"}
    made: alt.TopLevelMixin = chart.configure(
        background=ink("surface"), font=FONT, padding={"left": 16, "top": 16, "right": right, "bottom": 12},
        axis=axis, header=header, view={"stroke": None}, title={"font": FONT, "subtitleFont": FONT},
    )  # fmt: skip
    return made


def chart_title(analysis: Analysis) -> str:
    """Say what was found, as a title."""
    last = analysis.summary.drop_duplicates(list(analysis.by), keep="last") if analysis.by else analysis.summary.tail(1)
    if len(last) > 1:
        signalling = int((last["runs_signal"] | (last["sigma_signal"] > 0)).sum())
        few = int(last["few"].sum())
        words = (
            f"{signalling} of {len(last)} series show a change"
            if signalling
            else f"No change in any of {len(last)} series"
        )
        return words + (f"; {few} have too few points to judge" if few else "")
    if bool(last["few"].iloc[0]):
        return f"{analysis.y}: too few points to judge"
    said = describe_signals(analysis)
    if said.empty:
        return f"{analysis.y}: only common cause variation"
    said = said.assign(own=said["first"].notna()).sort_values(["own", "length"], kind="stable")
    return f"{analysis.y}: {_uncapital(said['sentence'].iloc[-1].rstrip('.'))}"


def _uncapital(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def subtitle(analysis: Analysis) -> str:
    """Say chart, rules, and that a chart shows change and not its cause."""
    better = {"up": " Higher is better.", "down": " Lower is better.", None: ""}[analysis.improvement]
    return (
        f"{analysis.kind.title}; rules: {', '.join(analysis.rules) or 'three sigma only'}.{better} "
        "It shows whether something changed, never why."
    )
