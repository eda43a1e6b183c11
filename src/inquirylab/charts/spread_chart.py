"""Between-site spread over time: the median site, the middle half, the middle eight tenths. No site is named."""

from __future__ import annotations

import altair as alt
import pandas as pd

from inquirylab.charts.analysis_chart import Ink, Mode, configured
from inquirylab.charts.words import day
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


def spread_table(analysis: Analysis) -> pd.DataFrame:
    """Return the table twin: at each point in time, how many series there are and how they lie."""
    table = spread_over_time(analysis)
    x = table[analysis.x]
    dates = pd.api.types.is_datetime64_any_dtype(x)
    numbers = {
        "Middle series": "median",
        "Lower quarter": "lower_quarter",
        "Upper quarter": "upper_quarter",
        "Lowest tenth": "lowest_tenth",
        "Highest tenth": "highest_tenth",
    }
    return pd.DataFrame(
        {
            str(analysis.x): [day(value) if dates else str(value) for value in x],
            "Series": [f"{count:,}" for count in table["n_series"]],
            **{name: ["" if v != v else f"{v:.3g}" for v in table[column]] for name, column in numbers.items()},
        }
    )


def spread_alt(analysis: Analysis) -> str:
    """Describe the chart for those who do not see it: how far the series lay apart at its begin and at its end."""
    held = spread_over_time(analysis).dropna(subset=["median"])
    if held.empty:
        return f"{analysis.y}: no series has a value."
    words = [f"{analysis.y}: how far {len(analysis.summary)} series lie apart."]
    for name, row in (("first", held.iloc[0]), ("last", held.iloc[-1])):
        words.append(
            f"At the {name} point the middle series is at {row['median']:.3g}, the middle half lies between "
            f"{row['lower_quarter']:.3g} and {row['upper_quarter']:.3g}."
        )
    return " ".join(words)
