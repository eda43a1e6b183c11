"""What a reader of a page should know of the data behind it: what is missing, of which kind, and what that does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from inquirylab.record.types import Measure, MeasureData
from inquirylab.store.site_data.reading import Reading

WORDS = {
    "missing": "missing",
    "not_applicable": "not applicable",
    "suppressed": "suppressed by the publisher",
    "censored": "known only to a bound",
}
FEW = 0.005  # a share of censored points below this moves no mean that people would notice


@dataclass(frozen=True)
class ReadingReport:
    """A reading in numbers and sentences.

    Attributes
    ----------
    counts
        kind, column, site, period (the first day), mark, count: every value that is not a number.
    by_kind
        kind, column, mark, count.
    intervals
        Points known only to bounds, in the measure's own unit (a share for counts): date, site, groups, lower, upper.
    censored, recomputed
        How many points are known only to a bound; how many of them are known after all, from their counts.
    sentences
        For people, the most important first.
    """

    counts: pd.DataFrame
    by_kind: pd.DataFrame
    intervals: pd.DataFrame
    censored: int
    recomputed: int
    sentences: tuple[str, ...]


def report_of(reading: Reading, measure: Measure) -> ReadingReport:
    """Return what should be said of a reading wherever its numbers are shown.

    Where many points are censored, the mean of the others is biased. Three ways are honest, and the report says so:
    show those points as intervals (``censored = "interval"``), leave them out with their count (what is done unless the
    measure says otherwise), or work the rate out from counts, which is done wherever a file has them.
    """
    data = measure.data or MeasureData()
    missing = reading.missing
    counts = missing.rename(columns={"date": "period"})
    by = ["kind", "column", "site", "period", "mark"]
    counts = counts.groupby(by, dropna=False)[["count"]].sum().reset_index()
    by_kind = counts.groupby(["kind", "column", "mark"], dropna=False)[["count"]].sum().reset_index()
    points = _points(missing, data)
    usable = reading.rows[list(_keys(data))]
    known = points.merge(usable, on=list(_keys(data)), how="inner")
    # A bound of a count to date is none of what was new.
    open_points = points.iloc[:0] if data.cumulative else points
    intervals = _intervals(open_points.merge(usable, on=list(_keys(data)), how="left", indicator=True), data)
    sentences = [
        f"{reading.source}: {reading.read:,} rows read, {reading.used:,} of this measure{_usable(reading, data)}.",
        *_of_kinds(by_kind),
        *_of_bias(intervals, len(known), reading, _hidden(missing, usable, data), data.censored == "interval"),
        *reading.notes,
    ]
    return ReadingReport(counts, by_kind, intervals, len(points), len(known), tuple(sentences))


def _usable(reading: Reading, data: MeasureData) -> str:
    return "" if data.incidents else f", {len(reading.rows):,} with the numbers it needs"


def _keys(data: MeasureData) -> tuple[str, ...]:
    return ("date", "site", *data.group)


def _points(missing: pd.DataFrame, data: MeasureData) -> pd.DataFrame:
    """Return one row for each censored point; of several columns, the published value says it best."""
    censored = missing[missing["kind"] == "censored"]
    order = {data.value: 0, data.numerator: 1}  # then the denominator, in whichever table
    rank = censored["column"].map(order).fillna(2)
    return censored.assign(rank=rank).sort_values("rank", kind="stable").drop_duplicates(list(_keys(data)))


def _hidden(missing: pd.DataFrame, usable: pd.DataFrame, data: MeasureData) -> int:
    """Return how many points of the reading have no number."""
    keys = list(_keys(data))
    gone = missing[keys].drop_duplicates()
    return len(gone) - len(gone.merge(usable.drop_duplicates(), on=keys, how="inner"))


def _intervals(points: pd.DataFrame, data: MeasureData) -> pd.DataFrame:
    hidden = points[points["_merge"] == "left_only"] if "_merge" in points else points
    return hidden[[*_keys(data), "column", "mark", "lower", "upper"]].reset_index(drop=True)


def _of_kinds(by_kind: pd.DataFrame) -> list[str]:
    said = []
    for kind, words in WORDS.items():
        here = by_kind[by_kind["kind"] == kind]
        if len(here):
            parts = here.groupby("column")["count"].sum()
            marks = ", ".join(repr(m) if m else "blank" for m in dict.fromkeys(here["mark"]))
            where = "; ".join(f"{n:,} in {column!r}" for column, n in parts.items())
            said.append(f"{words[0].upper()}{words[1:]}: {where} (written {marks[:120]}).")
    return said


def _of_bias(intervals: pd.DataFrame, known: int, reading: Reading, hidden: int, shown: bool) -> list[str]:
    said = []
    if known:
        many = (
            "point is published as a bound only; its rate is"
            if known == 1
            else ("points are published as bounds only; their rates are")
        )
        said.append(f"{known:,} {many} worked out from {'its' if known == 1 else 'their'} counts.")
    points = len(reading.rows) + hidden  # of one site's part of a file too, which `used` counts whole
    if points == 0 or len(intervals) <= FEW * points:
        return said
    share = len(intervals) / points
    mean = f": the mean of the others {bias_of(intervals, reading.rows)}" if len(reading.rows) else ""
    many = f"{len(intervals):,} of {points:,} points ({share:.0%})"
    ways = (
        "They are drawn as intervals and are in no line, limit or run."
        if shown
        else "They are left out and counted here; show them as intervals, or take a measure whose counts are published."
    )
    said.append(f"{many} are known only to a bound ({_bounds(intervals)}){mean}. {ways}")
    return said


def _bounds(intervals: pd.DataFrame) -> str:
    marks = intervals["mark"].value_counts()
    return ", ".join(map(str, marks.index[:3])) + (", …" if len(marks) > 3 else "")


def bias_of(intervals: pd.DataFrame, rows: pd.DataFrame) -> str:
    """Say what leaving out the censored points does to the mean: ``is too low``, ``is too high``, ``may be biased``.

    A point that is at least 95 where the mean of the others is 93 would have raised it.
    """
    column = "value" if "value" in rows else "numerator"  # bounds stand in the published value where there is one
    mean = float(rows[column].mean()) if len(rows) else float("nan")
    above = int((intervals["lower"] >= mean).sum())
    below = int((intervals["upper"] <= mean).sum())
    if np.isnan(mean) or max(above, below) < 0.9 * len(intervals):
        return "may be biased"
    return "is too low" if above > below else "is too high"
