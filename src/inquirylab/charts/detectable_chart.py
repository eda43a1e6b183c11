"""Could we see it? The probability that a chart shows a change of each size by a date."""

from __future__ import annotations

import textwrap

import altair as alt
import pandas as pd

from inquirylab.charts.analysis_chart import Ink, Mode, configured
from inquirylab.spc import Detectable

_LINE = 116


def detectable_chart(found: Detectable, title: str = "", mode: Mode = "light") -> alt.TopLevelMixin:
    """Draw how often a change of each size would be seen; the left end, no change, is the false alarm rate.

    The sentence of the result stands below the title, so that the picture says what it means wherever it is pasted.
    """
    ink, table = Ink(mode), found.table
    rows = pd.DataFrame({"size": 100 * table["change"].abs(), "level": table["level"], "seen": 100 * table["seen"]})
    curve = alt.Chart(alt.InlineData(values=rows.to_dict("records")))
    x = alt.X(
        "size:Q", title=f"size of a lasting {_way(found)} from {found.baseline:.3g}, %", axis=alt.Axis(grid=False)
    )
    y = alt.Y("seen:Q", title="seen in so many of 100", scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=5))
    tips = [
        alt.Tooltip("size:Q", format=".0f"),
        alt.Tooltip("level:Q", format=".3~g"),
        alt.Tooltip("seen:Q", format=".0f"),
    ]
    none = curve.transform_filter(alt.datum.size == 0)
    wolf = alt.value(f"no change: {100 * found.false_alarm:.0f} false alarms in 100")
    wanted = alt.Chart(alt.InlineData(values=[{"seen": 100 * found.power}]))
    layers = [
        wanted.mark_rule(color=ink("target"), strokeDash=[5, 4], strokeWidth=1.2).encode(y=y),
        *_smallest(found, ink, x, y),
        curve.mark_line(color=ink("series"), strokeWidth=1.6).encode(x=x, y=y),
        curve.mark_point(filled=True, opacity=1, size=36, color=ink("series")).encode(x=x, y=y, tooltip=tips),
        none.mark_point(filled=True, opacity=1, size=110, shape="diamond", color=ink("con")).encode(x=x, y=y, tooltip=tips),
        none.mark_text(align="left", baseline="top", dx=10, dy=4, color=ink("con")).encode(x=x, y=y, text=wolf),
    ]  # fmt: skip
    words = alt.TitleParams(
        title or detectable_title(found),
        subtitle=textwrap.wrap(found.sentence, _LINE),
        anchor="start",
        color=ink("ink"),
        subtitleColor=ink("muted"),
        fontSize=16,
        offset=12,
    )
    return configured(alt.layer(*layers).properties(width=720, height=260, title=words), ink, right=24)


def _smallest(found: Detectable, ink: Ink, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Mark the smallest change that is seen often enough; nothing, where there is none."""
    if pd.isna(found.smallest):
        return []
    size, wanted = 100 * abs(found.smallest), 100 * found.power
    at = alt.Chart(
        alt.InlineData(values=[{"size": size, "seen": wanted, "zero": 0, "words": f"to {found.level:.3g} or beyond"}])
    )
    return [
        at.mark_rule(color=ink("target"), strokeDash=[5, 4], strokeWidth=1.2).encode(x=x, y=y, y2="zero:Q"),
        at.mark_text(align="left", baseline="bottom", dx=6, dy=-6, color=ink("target")).encode(
            x=x, y=alt.Y("zero:Q"), text="words:N"
        ),
    ]


def detectable_title(found: Detectable) -> str:
    """Say in a few words what the chart could show.

    The whole answer, with the date and the false alarms, is the result's sentence.
    """
    if pd.isna(found.smallest):
        return f"{found.y}: no {_way(found)} that was tried would be seen in time"
    return f"{found.y}: a {_way(found)} of {100 * abs(found.smallest):.0f} % or more would be seen in time"


def detectable_table(found: Detectable) -> pd.DataFrame:
    """Return the table twin: a row for each size of change, the first one without any."""
    table = found.table
    sizes = ["none" if change == 0 else f"{100 * abs(change):.0f} %" for change in table["change"]]
    return pd.DataFrame(
        {
            f"Lasting {_way(found)}": sizes,
            f"New level of {found.y}": [f"{level:.3g}" for level in table["level"]],
            "Seen in so many of 100": [f"{100 * seen:.0f}" for seen in table["seen"]],
        }
    )


def detectable_alt(found: Detectable) -> str:
    """Describe the chart for those who do not see it."""
    last = found.table.iloc[-1]
    return (
        f"Curve of the probability to see a lasting {_way(found)} of {found.y} against its size, from "
        f"{100 * found.false_alarm:.0f} in 100 without a change to {100 * last['seen']:.0f} in 100 for a {_way(found)} "
        f"of {100 * abs(last['change']):.0f} %. {found.sentence}"
    )


def _way(found: Detectable) -> str:
    return "rise" if found.direction == "up" else "fall"
