"""The date of each row: in its columns, completed by the name of a file or sheet, or counted from a day zero."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

import numpy as np

from inquirylab.record.types import MeasureData
from inquirylab.store.site_data.choosing import Kept, chosen
from inquirylab.store.site_data.columns import Plan
from inquirylab.store.site_data.date_patterns import Period
from inquirylab.store.site_data.dates import (
    find_form,
    find_form_of_parts,
    read_parts,
    read_period,
    year_within,
)
from inquirylab.store.site_data.findings import MOST_OF_A_KIND, Findings
from inquirylab.store.site_data.table import Days, Mask, joined

SEPARATOR = "\x1f"
MANY_TEXTS = 20_000
_TIME = re.compile(r"(?<=\d{4}-\d\d-\d\d)[T ]\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?(?=$|\x1f)")


def read_days(
    plan: Plan,
    data: MeasureData,
    kept: Kept,
    findings: Findings,
    empty: Mask,
) -> tuple[Days, dict[str, int], Mask]:
    """Return each row's date, the first line of each grain, and the rows without a date; noted unless empty."""
    none = np.zeros(len(kept.lines), dtype=bool)
    elsewhere = _elsewhere(plan, data, findings)
    if not data.date:
        if "header" in data.date_from or isinstance(elsewhere, str):
            return np.full(len(none), np.datetime64("NaT", "s")), {}, none
        line = int(kept.lines[0]) if len(kept.lines) else 0
        return np.full(len(none), elsewhere.day, "datetime64[s]"), {elsewhere.grain: line}, none
    zero = list(dict.fromkeys(z.column for z in data.day_zero if z.column))
    codes = joined([kept.texts[n] for n in (*data.date, *zero)], SEPARATOR)
    if len(codes.texts) > MANY_TEXTS:  # moments, not days: the time of day is cut off before each is read
        codes = codes.renamed([_TIME.sub("", t) for t in codes.texts])
    parts = [t.split(SEPARATOR) for t in codes.texts]
    if data.date_form == "day_number":
        periods = [_numbered(p, zero, data) for p in parts]
    else:
        prefix = [elsewhere] if isinstance(elsewhere, str) and elsewhere else []
        periods = _read_all([[*prefix, *p] for p in parts], plan, data, findings)
    none_read = np.array([p is None for p in periods], dtype=bool)
    undated = none_read[codes.codes] if none_read.any() else none
    wrong = undated & ~empty
    impossible = np.unique(codes.codes[wrong]) if none_read.any() else np.array([], int)
    for i in impossible[:MOST_OF_A_KIND]:
        rows = np.flatnonzero(wrong & (codes.codes == i))
        more = f" in {len(rows)} rows" if len(rows) > 1 else ""
        findings.add(
            "A date cannot be",
            where=f"{plan.sheet.name}, line {kept.lines[rows[0]]}, column {' and '.join(map(repr, data.date))}",
            found=f"{' '.join(parts[i])!r}{more}",
            cure="Correct it, name its form as date_form, or leave such rows out with none_of in [[data.rows]].",
        )
    findings.more(len(impossible), "texts cannot be a date", plan.sheet.name)
    days = np.array([p.day if p else None for p in periods], dtype="datetime64[s]")
    grains: dict[str, int] = {}
    for i, period in enumerate(periods):
        if period and period.grain not in grains and (here := codes.codes == i).any():
            grains[period.grain] = int(kept.lines[np.argmax(here)])
    return days[codes.codes] if len(days) else np.array([], "datetime64[s]"), grains, undated


def _read_all(parts: list[list[str]], plan: Plan, data: MeasureData, findings: Findings) -> list[Period | None]:
    begins = data.school_year_begins or 9
    form: str | None = data.date_form or None
    if form in (None, "date") and any(map(any, parts)):
        form = find_form_of_parts([p for p in parts if any(p)], data.date)
        if form is None or (data.date_form == "date" and form not in ("date", "day_first", "month_first")):
            if form is None:
                findings.add(
                    "The dates could be read in two ways",
                    where=f"{plan.sheet.name}, column {' and '.join(map(repr, data.date))}",
                    found=repr(" ".join(next(p for p in parts if any(p)))),
                    cure='Say which: date_form = "day_first" or "month_first" (or "school_year" or "month").',
                )
                return [Period(dt.date(1, 1, 1), "day")] * len(parts)
            form = "date"
    periods = [read_parts(p, form or "date", begins=begins) for p in parts]
    if data.date_form is None:
        # What is no date of the form that most have may be of another grain: said as such, not as impossible.
        for i, part in enumerate(parts):
            if periods[i] is None and any(part):
                other = find_form_of_parts([part], data.date)
                periods[i] = read_parts(part, other, begins=begins) if other else None
    return periods


def _numbered(parts: list[str], zero: list[str], data: MeasureData) -> Period | None:
    day = day_of_number(parts[0], dict(zip(zero, parts[len(data.date) :], strict=True)), data)
    return Period(day, "day") if day else None


def day_of_number(text: str, row: Mapping[str, str], data: MeasureData) -> dt.date | None:
    """Return a date: a number of days after the day zero of a row, or a date in the measure's form.

    Parameters
    ----------
    text
        What stands in the column of the date.
    row
        The texts of the columns by which days zero are told apart.
    data
        The measure's declaration.
    """
    if data.date_form != "day_number":
        period = read_parts([text], data.date_form or find_form([text]) or "date", begins=data.school_year_begins or 9)
        return period.day if period else None
    for rule in data.day_zero:
        if rule.date and (not rule.column or chosen(row.get(rule.column, ""), rule.one_of, ())):
            try:
                return rule.date + dt.timedelta(days=int(float(text)))
            except (ValueError, OverflowError):
                return None
    return None


def _elsewhere(plan: Plan, data: MeasureData, findings: Findings) -> Period | str:
    """Return the date that stands outside the columns: whole, or where columns complete it, as text."""
    names = {
        "file_name": plan.sheet.file.rsplit(".", 1)[0],
        "sheet_name": plan.sheet.sheet,
        "title": " ".join(plan.header.title),
    }
    sources = [s for s in data.date_from if s in names]
    if not sources:
        return ""
    text = " ".join(names[s] for s in sources)
    said = " and ".join(s.replace("_", " ") for s in sources)
    if data.date:
        found: Period | str | None = year_within(text)
    else:
        form = data.date_form or find_form([text], inside=True)
        found = read_period(text, form, begins=data.school_year_begins or 9, inside=True) if form else None
    if not found:
        findings.add(
            f"No date stands in the {said}" if not data.date else f"No year stands in the {said}",
            where=plan.sheet.name,
            found=repr(text[:120]),
            cure="Correct date_from, or say with date_form how the date is written.",
        )
        return Period(dt.date(1, 1, 1), "day") if not data.date else "2000"
    return found
