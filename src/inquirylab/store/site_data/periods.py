"""Spans of time that another table speaks of, and which of them a day lies in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from inquirylab.record.types import MeasureData
from inquirylab.store.site_data.beside import Beside
from inquirylab.store.site_data.date_patterns import READERS, Period
from inquirylab.store.site_data.dates import find_form, read_declared
from inquirylab.store.site_data.findings import MOST_OF_A_KIND, Findings
from inquirylab.store.site_data.table import Days, Lines, Mask

_MONTHS = {"month": 1, "quarter": 3, "school_year": 12, "year": 12}
_DAYS = {"day": 1, "week": 7}


@dataclass(frozen=True)
class Spans:
    """Spans in order: the day on which each begins, and the first day after it."""

    starts: Days
    ends: Days

    def at(self, days: Days) -> Lines:
        """Return the span that each day lies in; -1 for none."""
        place = np.searchsorted(self.starts, days, side="right") - 1
        inside = (place >= 0) & (days < self.ends[place]) if len(self.ends) else np.zeros(len(days), bool)
        found: Lines = np.where(inside, place, -1)
        return found


def end_of(period: Period) -> dt.date:
    """Return the first day after a period; a term goes on until the next begins, at most eight months.

    Examples
    --------
    >>> end_of(Period(dt.date(2023, 9, 1), "school_year")), end_of(Period(dt.date(2024, 1, 29), "week"))
    (datetime.date(2024, 9, 1), datetime.date(2024, 2, 5))
    """
    if period.grain in _DAYS:
        return period.day + dt.timedelta(days=_DAYS[period.grain])
    month = period.day.month - 1 + _MONTHS.get(period.grain, 8)
    return dt.date(period.day.year + month // 12, month % 12 + 1, 1)


def spans_of(
    table: Beside, column: str, form: str | None, data: MeasureData, wanted: Mask, findings: Findings
) -> tuple[Spans, Lines]:
    """Return the spans that a column names, and which of them each row is of; a text that names none is noted."""
    texts = table.texts[column]
    found = form if form in READERS else find_form([t for t in texts.texts if t])
    periods = [read_declared(t, found, begins=data.school_year_begins or 9) if found else None for t in texts.texts]
    is_read = np.array([p is not None for p in periods], bool)
    unread = wanted & ~is_read[texts.codes]
    for row in np.flatnonzero(unread)[:MOST_OF_A_KIND]:
        findings.add(
            "The period of a denominator cannot be read",
            where=f"{table.name}, line {table.lines[row]}, column {column!r}",
            found=repr(texts.texts[texts.codes[row]]),
            cure="Correct it, name its form as date_form, or leave such rows out with rows.",
        )
    findings.more(int(unread.sum()), "periods of denominators cannot be read", table.name)
    known = sorted({p for p in periods if p}, key=lambda p: p.day)
    starts = [p.day for p in known]
    ends = [min(end_of(p), starts[i + 1]) if i + 1 < len(starts) else end_of(p) for i, p in enumerate(known)]
    at = {p: i for i, p in enumerate(known)}
    place = np.array([at[p] if p else -1 for p in periods], np.int64)
    spans = Spans(np.array(starts, "datetime64[s]"), np.array(ends, "datetime64[s]"))
    return spans, place[texts.codes]
