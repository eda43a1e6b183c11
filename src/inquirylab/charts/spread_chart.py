"""Between-site spread over time: the median site, the middle half, the middle eight tenths. No site is named."""

from __future__ import annotations

import altair as alt
import pandas as pd

from inquirylab.charts.analysis_chart import Ink, Mode, configured
from inquirylab.spc import Analysis
from inquirylab.spc.spread import spread_over_time


def spread_chart(analysis: Analysis, title: str = "", mode: Mode = "light") -> alt.TopLevelMixin:
    """Draw how far the series of an analysis lie apart at each point in time."""
    ink, table = Ink(mode), spread_over_time(analysis)
    dates = pd.api.types.is_datetime64_any_dtype(table[analysis.x])
    table = table.rename(columns={analysis.x: "x"})
    table["x"] = table["x"].dt.strftime("%Y-%m-%dT%H:%M:%S") if dates else table["x"]
    kind = "T" if dates else "Q" if pd.api.types.is_numeric_dtype(table["x"]) else "O"
    rows = [{k: v for k, v in row.items() if v == v} for row in table.astype(object).to_dict("records")]
    base = alt.Chart(alt.InlineData(values=rows))
    x = alt.X(f"x:{kind}", title=None, axis=alt.Axis(grid=False), sort=None)
    y = alt.Y("lowest_tenth:Q", title=analysis.y, scale=alt.Scale(zero=False))
    layers = [
        base.mark_area(color=ink("band"), opacity=0.7).encode(x=x, y=y, y2="highest_tenth:Q"),
        base.mark_area(color=ink("hair"), opacity=0.8).encode(x=x, y="lower_quarter:Q", y2="upper_quarter:Q"),
        base.mark_line(color=ink("series"), strokeWidth=2).encode(
            x=x, y="median:Q", tooltip=["x:N", "median:Q", "n_series:Q"]
        ),
    ]
    words = alt.TitleParams(
        title or f"{analysis.y}: how far {len(analysis.summary)} series lie apart",
        anchor="start",
        color=ink("ink"),
        fontSize=16,
        subtitleColor=ink("muted"),
        subtitle="Line: the middle series. Dark band: the middle half. Light band: the middle eight tenths.",
    )
    return configured(alt.layer(*layers).properties(width=720, height=280, title=words), ink, right=24)
