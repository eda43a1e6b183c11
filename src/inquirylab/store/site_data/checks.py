"""What a series of rows cannot be: two rows for one point, a part larger than its whole, weeks among months."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from inquirylab.record.types import Measure, MeasureData
from inquirylab.store.site_data.assembling import Whole
from inquirylab.store.site_data.findings import MOST_OF_A_KIND, Findings
from inquirylab.store.site_data.naming import looks_like_a_total
from inquirylab.store.site_data.parts import Part
from inquirylab.store.site_data.table import Days, Lines, combined_key

MOST_ROWS_SUMMED = 1_000_000
FIRST_ROWS = 4096
MOST_DAYS = 100_000  # between the first and the last, for days to be counted rather than sorted


def check_whole(whole: Whole, parts: Sequence[Part], measure: Measure, data: MeasureData, findings: Findings) -> None:
    """Note what is wrong with the rows as a series."""
    _check_proportion(whole, measure, data, findings)
    _check_grains(parts, findings)
    if not len(whole.lines):
        return
    _check_spacing(whole, findings)
    seconds = whole.days.astype("datetime64[s]", copy=False).view(np.int64)
    day = ((seconds - seconds.min()) // 86400).astype(np.int32)
    if measure.frequency != "event":
        _check_months_among_weeks(whole, day, findings)
    _check_doubles(whole, day, data, findings)


def _check_proportion(whole: Whole, measure: Measure, data: MeasureData, findings: Findings) -> None:
    numerator, denominator = whole.quantities.get("numerator"), whole.quantities.get("denominator")
    if measure.kind in ("proportion", "count") and numerator is not None:
        below = np.flatnonzero(numerator < 0)
        for row in below[:MOST_OF_A_KIND]:
            findings.add(
                "A count is below zero", where=f"{whole.where(int(row))}, column {data.numerator!r}",
                found=f"{numerator[row]:g}", cure="Correct the file.",
            )  # fmt: skip
        findings.more(len(below), "counts are below zero", whole.names[0])
    if measure.kind == "proportion" and numerator is not None and denominator is not None:
        above = np.flatnonzero(numerator > denominator)
        for row in above[:MOST_OF_A_KIND]:
            findings.add(
                "The numerator is above the denominator",
                where=f"{whole.where(int(row))}, columns {data.numerator!r} and {data.denominator!r}",
                found=f"{numerator[row]:.15g} of {denominator[row]:.15g}",
                cure="In a proportion every one counted above the line is counted below it: correct the file.",
            )
        findings.more(len(above), "numerators are above their denominators", whole.names[0])


def _check_grains(parts: Sequence[Part], findings: Findings) -> None:
    """Refuse weeks among months: points of different length are no series."""
    first: dict[str, str] = {}
    for part in parts:
        for grain, line in part.grains.items():
            first.setdefault(grain, f"{part.plan.sheet.name}, line {line}")
    if len(first) > 1:
        findings.add(
            "The dates are of different lengths",
            where="; ".join(f"{grain.replace('_', ' ')}: {where}" for grain, where in first.items()),
            cure="Choose rows of one length with [[data.rows]], or name the form of the date as date_form.",
        )


def _check_spacing(whole: Whole, findings: Findings) -> None:
    """Refuse a file of weeks beside a file of months, where both are written as days."""
    if len(whole.names) == 1:
        return
    steps: dict[str, list[int]] = {}
    for i, _name in enumerate(whole.names):
        days = np.unique(whole.days[whole.sheet == i])
        days = days[~np.isnat(days)]
        if len(days) >= 5:
            gap = int(np.median(np.diff(days).astype(int))) // 86400
            grain = "days" if gap < 4 else "weeks" if gap < 15 else "months" if gap < 46 else "longer"
            steps.setdefault(grain, []).append(i)
    if len(steps) > 1 and "longer" not in steps:
        findings.add(
            "The files are of different grains in time",
            where="; ".join(f"{grain}: {whole.names[files[0]]}" for grain, files in steps.items()),
            cure="Name the files of one grain as files in the measure file.",
        )


def _check_months_among_weeks(whole: Whole, day: Lines, findings: Findings) -> None:
    """Refuse weeks and months in one sheet, both written as days, where it can be told.

    It can where all days but some share a weekday, a week or two apart, and those some are all first, or all last, days
    of months: a holiday moves a Monday to a Tuesday, but not again and again to the first of a month.
    """
    for sheet, name in enumerate(whole.names):
        here = slice(None) if len(whole.names) == 1 else whole.sheet == sheet
        days = whole.days.min().astype("datetime64[D]") + _distinct(day[here])
        weekday = (days.astype(np.int64) + 3) % 7
        common = weekday == np.bincount(weekday, minlength=7).argmax()
        weeks, months = days[common], days[~common]
        if len(weeks) < 5 or len(months) < 3 or not _first_or_last(months):
            continue
        if np.median(np.diff(weeks).astype(int)) <= 14 and np.median(np.diff(months).astype(int)) >= 28:
            dates, at = whole.days[here].astype("datetime64[D]"), whole.lines[here]
            lines = [int(at[np.argmax(dates == d)]) for d in (weeks[0], *months[:MOST_OF_A_KIND])]
            findings.add(
                "Weeks and months stand in one column of days",
                where=f"{name}, weeks: line {lines[0]} and {len(weeks) - 1} other days; months: lines "
                f"{', '.join(map(str, lines[1:]))}{' and more' if len(months) > MOST_OF_A_KIND else ''}",
                found=f"{months[0]} among days like {weeks[0]}",
                cure='Choose rows of one length with [[data.rows]]; or, if these are days of events, say frequency = "event".',
            )


def _first_or_last(days: Days) -> bool:
    """Say whether all days are the first of a month, or all the last."""
    months = days.astype("datetime64[M]")
    first, next_first = months.astype("datetime64[D]"), (months + 1).astype("datetime64[D]")
    return bool((days == first).all() or (days + 1 == next_first).all())


def _check_doubles(whole: Whole, day: Lines, data: MeasureData, findings: Findings) -> None:
    day = _without_gaps(day)
    columns = [whole.site, *whole.groups.values()]
    codes, sizes = [day, *(c.codes for c in columns)], [int(day.max()) + 1, *(len(c.texts) for c in columns)]
    # Most files are sorted by site and date or by date and site: then no key comes twice if each is above the last.
    if _in_order(codes[::-1], sizes[::-1]) or _in_order(codes, sizes):
        return
    key = combined_key(codes, sizes)
    if not _has_doubles(key):
        return
    order = np.argsort(key, kind="stable")
    same = np.flatnonzero(np.diff(key[order]) == 0)
    runs = _runs(same)
    for run in runs[:MOST_OF_A_KIND]:
        rows = order[run]
        found = [str(whole.days[rows[0]])[:10], *(c.texts[c.codes[rows[0]]] for c in columns)]
        findings.add(
            "Two rows are the same date, site and group"
            if len(rows) == 2
            else f"{len(rows)} rows are the same date, site and group",
            where=", ".join(whole.where(int(r)) for r in rows[:6]),
            found=", ".join(map(repr, filter(None, found))),
            cure="Name the column that tells them apart as group or site_within, or choose rows with [[data.rows]]."
            if columns[0].texts[columns[0].codes[rows[0]]] or not data.site
            else f"They name no {data.site!r}: if it stands once above its rows, say fill_down = [{data.site!r}].",
        )
    findings.more(len(runs), "times rows are the same date, site and group", whole.names[0])


def _without_gaps(day: Lines) -> Lines:
    """Return days as codes without gaps: 500 Mondays are 0 to 499."""
    if int(day.max()) > MOST_DAYS:
        codes: Lines = np.unique(day, return_inverse=True)[1].reshape(-1)
        return codes
    place: Lines = np.cumsum(np.bincount(day) > 0, dtype=np.int32) - 1
    found: Lines = place[day]
    return found


def _distinct(day: Lines) -> Lines:
    """Return the distinct days in order; counted, as long as they are few, which is faster than sorted."""
    if not len(day) or int(day.max()) > MOST_DAYS:
        return np.unique(day)
    return np.flatnonzero(np.bincount(day))


def _in_order(codes: Sequence[Lines], sizes: Sequence[int]) -> bool:
    """Say whether each key is above the one before; the first rows tell it of most files that are not."""
    head = [c[:FIRST_ROWS] for c in codes]
    return _rises(combined_key(head, sizes)) and _rises(combined_key(codes, sizes))


def _rises(key: Lines) -> bool:
    return bool((key[1:] > key[:-1]).all())


def _has_doubles(key: Lines) -> bool:
    low, high = int(key.min()), int(key.max())
    if high - low < 64 * len(key) + 1000:
        met = np.zeros(high - low + 1, dtype=bool)
        met[key - low] = True
        return int(np.count_nonzero(met)) < len(key)
    return len(np.unique(key)) < len(key)


def _runs(same: Lines) -> list[Lines]:
    """Return the positions of each run of equal keys, from the positions that equal the next."""
    starts = same[np.r_[True, np.diff(same) > 1]]
    ends = same[np.r_[np.diff(same) > 1, True]] + 2
    return [np.arange(start, end) for start, end in zip(starts, ends, strict=True)]


def total_notes(whole: Whole) -> list[str]:
    """Say which sites look like totals: by their name, or because they are the sum of all others on every date."""
    if (
        len(whole.site.texts) < 3
        or len(whole.lines) > MOST_ROWS_SUMMED
        or whole.groups
        or "numerator" not in whole.quantities
    ):
        return []
    count = whole.quantities.get("denominator", whole.quantities["numerator"])
    day = (whole.days - whole.days.min()).astype(np.int64) // 86400
    sums = np.bincount(day, np.nan_to_num(count))
    half = np.isclose(2 * count, sums[day]) & (np.bincount(day)[day] > 2)
    rows = np.bincount(whole.site.codes, minlength=len(whole.site.texts))
    halves = np.bincount(whole.site.codes, half, minlength=len(whole.site.texts))
    notes = []
    for name, n, sum_of_others in zip(whole.site.texts, rows, halves, strict=True):
        if n and sum_of_others == n:
            notes.append(f"{name!r} is the sum of all other sites on every date: it looks like a total, not a site.")
        elif n and looks_like_a_total(name):
            notes.append(f"{name!r} looks like a total, not a site: leave it out with none_of in [[data.rows]].")
    return notes
