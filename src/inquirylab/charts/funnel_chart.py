"""A funnel: units at one time against their size, never in order of their results."""

from __future__ import annotations

import altair as alt

from inquirylab.charts.analysis_chart import Ink, Mode, configured
from inquirylab.spc import Funnel


def funnel_chart(funnel: Funnel, title: str = "", mode: Mode = "light") -> alt.TopLevelMixin:
    """Draw a funnel: limits as curves, units as points, those beyond the outermost limits named."""
    ink = Ink(mode)
    names = [f"{level:g}".replace(".", "_") for level in funnel.levels]
    outer = f"beyond_{names[-1]}"
    units = funnel.units.rename(columns={funnel.unit: "unit"})
    units = units.assign(
        state=units[outer].map({0: "within", 1: "above", -1: "below"}).where(~units["unstable"], "changing")
    )
    x = alt.X("denominator:Q", title="denominator", axis=alt.Axis(grid=False, tickCount=8))
    y = alt.Y("y:Q", title=funnel.kind, scale=alt.Scale(zero=False))
    curve = alt.Chart(alt.InlineData(values=funnel.curve.to_dict("records")))
    layers = [curve.mark_line(color=ink("common"), strokeWidth=1).encode(x=x, y=alt.Y("target:Q"))]
    for place, name in enumerate(names):
        for side in ("lcl", "ucl"):
            layers.append(
                curve.mark_line(color=ink("common"), strokeDash=[] if place else [4, 3], strokeWidth=1).encode(
                    x=x, y=alt.Y(f"{side}_{name}:Q")
                )
            )
    columns = ["unit", "numerator", "denominator", "y", "state"]
    data = alt.InlineData(values=units.loc[units["y"].notna(), columns].astype(object).to_dict("records"))
    states, shapes = ["within", "above", "below", "changing"], ["circle", "triangle-up", "triangle-down", "cross"]
    colours = [ink("series"), ink("accent"), ink("accent"), ink("muted")]
    points = alt.Chart(data).mark_point(filled=True, opacity=1, size=50).encode(
        x=x, y=y, tooltip=[f"{name}:N" for name in columns],
        color=alt.Color("state:N", scale=alt.Scale(domain=states, range=colours), legend=None),
        shape=alt.Shape("state:N", scale=alt.Scale(domain=states, range=shapes), legend=None),
    )  # fmt: skip
    beyond = alt.Chart(data).transform_filter((alt.datum.state == "above") | (alt.datum.state == "below"))
    labels = beyond.mark_text(align="left", dx=7, color=ink("ink")).encode(x=x, y=y, text="unit:N")
    words = alt.TitleParams(
        title or funnel_title(funnel),
        anchor="start",
        color=ink("ink"),
        fontSize=16,
        subtitle=f"Limits: {' and '.join(f'{level:g} %' for level in funnel.levels)}. A unit outside them differs "
        "by more than chance; why, the funnel does not say.",
        subtitleColor=ink("muted"),
    )
    return configured(alt.layer(*layers, points, labels).properties(width=720, height=380, title=words), ink)


def funnel_title(funnel: Funnel) -> str:
    """Say how many units differ from the whole by more than chance."""
    outer = f"beyond_{funnel.levels[-1]:g}".replace(".", "_")
    beyond = int((funnel.units[outer] != 0).sum())
    return f"{beyond or 'None'} of {len(funnel.units)} units differ{'s' if beyond == 1 else ''} by more than chance"
