"""Columns that are months, terms, quarters or weeks of a year which stands elsewhere: in a column, a title, a name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from inquirylab.record.types import MeasureData
from inquirylab.store.site_data.choosing import Kept
from inquirylab.store.site_data.columns import Plan
from inquirylab.store.site_data.dates import part_of_year, year_within
from inquirylab.store.site_data.findings import MOST_OF_A_KIND, Findings
from inquirylab.store.site_data.table import Codes, Days, Mask, joined


def days_of_parts(
    plan: Plan, data: MeasureData, kept: Kept, findings: Findings, empty: Mask
) -> tuple[dict[str, Days], Mask]:
    """Return the days of each part of the year, row by row, and the rows that have no year; noted unless empty."""
    years = _years(plan, data, kept)
    blank = years.mask(lambda text: not text)
    if (lost := blank & ~empty).any():
        findings.add(
            "A row has no year" if data.date else "No year stands where the measure says",
            where=f"{plan.sheet.name}, line {kept.lines[np.argmax(lost)]}",
            found=f"{int(lost.sum())} such rows" if lost.sum() > 1 else "",
            cure="Correct the file, or leave such rows out with none_of in [[data.rows]].",
        )
    found: dict[str, Days] = {}
    wrong: list[tuple[str, str]] = []
    for period, part in plan.parts.items():
        days = []
        for year in years.texts:
            complete = part_of_year(part, period.grain, data.school_year_begins or 9, year) if year else None
            days.append(np.datetime64(complete.day if complete else "NaT", "s"))
            if year and complete is None:
                wrong.append((year, part))
        found[part] = np.array(days, dtype="datetime64[s]")[years.codes] if days else np.array([], "datetime64[s]")
    for year, part in wrong[:MOST_OF_A_KIND]:
        findings.add(
            "A date cannot be",
            where=f"{plan.sheet.name}, column {part!r}",
            found=f"{part!r} of {year!r}",
            cure="Correct it, or name the column of the year as date.",
        )
    findings.more(len(wrong), "parts of years cannot be dates", plan.sheet.name)
    return found, blank


def _years(plan: Plan, data: MeasureData, kept: Kept) -> Codes:
    if data.date:
        return joined([kept.texts[n] for n in data.date], " ")
    names = {
        "file_name": plan.sheet.file.rsplit(".", 1)[0],
        "sheet_name": plan.sheet.sheet,
        "title": " ".join(plan.header.title),
    }
    texts: Sequence[str] = [names[s] for s in data.date_from if s in names]
    return Codes(np.zeros(len(kept.lines), np.int64), [year_within(" ".join(texts))])
