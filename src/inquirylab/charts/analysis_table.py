"""The table twin of any analysis or funnel, and its alternative text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from inquirylab.charts.analysis_chart import chart_title
from inquirylab.charts.words import day
from inquirylab.spc import Analysis, Funnel, describe_signals

MOST_SAID = 12
"""Signals that an alternative text names, where many series stand side by side; the table has them all."""


def analysis_table(analysis: Analysis) -> pd.DataFrame:
    """Return the points as text: the same numbers as the chart, with each point's signals in words."""
    points, keys = analysis.points, [*analysis.by, "phase", analysis.x]
    words = analysis.signals.groupby(keys, observed=True)["rule"].agg(lambda rules: ", ".join(dict.fromkeys(rules)))
    table = points[keys].copy()
    for name, heading in (
        ("y", analysis.y),
        ("n", analysis.n or "n"),
        ("lcl", "Lower limit"),
        ("cl", "Centre line"),
        ("ucl", "Upper limit"),
    ):
        if points[name].notna().any():
            table[heading if heading not in table else f"{heading} "] = [_number(v) for v in points[name]]
    index = pd.MultiIndex.from_frame(points[keys])
    said = words.reindex(index).fillna("").to_numpy() if len(words) else [""] * len(points)
    table["Signal"] = [word if kept else "left out" for word, kept in zip(said, points["include"], strict=True)]
    table[analysis.x] = [_text(v) for v in points[analysis.x]]
    return table.drop(columns="phase") if (points["phase"] == 1).all() else table


def funnel_table(funnel: Funnel) -> pd.DataFrame:
    """Return the units of a funnel as text, in the order of their names."""
    table = funnel.units.copy()
    for name in table.columns:
        if pd.api.types.is_float_dtype(table[name]):
            table[name] = [_number(v) for v in table[name]]
    return table


def signal_sentences(analysis: Analysis) -> list[str]:
    """Say every signal with its dates, and with its series where there are several, in the order of the series."""
    said = describe_signals(analysis)
    names = [", ".join(map(str, row)) for row in said[list(analysis.by)].itertuples(index=False)]
    lines = (
        _dated(sentence, first, last)
        for sentence, first, last in said[["sentence", "first", "last"]].itertuples(index=False)
    )
    return [f"{name}: {line}" if name else line for name, line in zip(names, lines, strict=True)]


def _dated(sentence: str, first: Any, last: Any) -> str:
    if pd.isna(first):
        return sentence  # of the whole series
    when = _when(first) if first == last else f"{_when(first)} to {_when(last)}"
    return f"{sentence.removesuffix('.')}: {when}."


def _when(x: Any) -> str:
    return day(x) if isinstance(x, date) else str(x)


def alt_text(analysis: Analysis, sentences: Sequence[str] | None = None) -> str:
    """Describe a chart for those who do not see it: level, limits, and each signal with its date.

    `sentences` are what :func:`signal_sentences` returns, where they are known already.
    """
    sentences = signal_sentences(analysis) if sentences is None else sentences
    summary = analysis.summary
    if len(summary) == 1:
        row = summary.iloc[0]
        lines = f"centre line {_number(row['cl'])}"
        if pd.notna(row["ucl"]):
            lines += f", limits {_number(row['lcl'])} to {_number(row['ucl'])}"
        said = " ".join(sentences)
        return f"{analysis.kind.title} of {analysis.y} with {row['n_obs']} points; {lines}. {said or 'No signal.'}"
    series = len(summary.drop_duplicates(list(analysis.by))) if analysis.by else 1
    more = f" And {len(sentences) - MOST_SAID} more signals." if len(sentences) > MOST_SAID else ""
    return " ".join([f"{series} small charts of {analysis.y}. {chart_title(analysis)}.", *sentences[:MOST_SAID]]) + more


def _number(value: float) -> str:
    return "" if pd.isna(value) else f"{value:,.4g}"


def _text(value: Any) -> str:
    return f"{value:%Y-%m-%d}" if hasattr(value, "strftime") else str(value)
