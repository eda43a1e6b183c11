"""Lists of incidents: the rows of each period are counted, and a period without one is a zero only where that is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from inquirylab.record.types import MeasureData, MeasureDataIncidents
from inquirylab.store.site_data.assembling import Whole
from inquirylab.store.site_data.choosing import chosen
from inquirylab.store.site_data.findings import Findings
from inquirylab.store.site_data.parts import Part
from inquirylab.store.site_data.table import Codes, Days, Floats, Lines, combined_key

_FINER = {
    "day": {"day"},
    "week": {"day", "week"},
    "month": {"day", "month"},
    "quarter": {"day", "month", "quarter"},
    "school_year": {"day", "month", "school_year"},
    "year": {"day", "month", "quarter", "year"},
}
MOST_POINTS = 5_000_000


def check_incidents(parts: Sequence[Part], data: MeasureData, findings: Findings) -> None:
    """Note dates that are longer than the period in which incidents are counted, and dates of completeness that cannot be."""
    incidents = data.incidents or MeasureDataIncidents()
    for part in parts:
        for grain, line in part.grains.items():
            if grain not in _FINER[incidents.per or "week"]:
                findings.add(
                    f"Incidents cannot be counted for each {(incidents.per or 'week').replace('_', ' ')}",
                    where=f"{part.plan.sheet.name}, line {line}",
                    found=f"dates that are a {grain.replace('_', ' ')} each",
                    cure="Take a longer period as per in [data.incidents].",
                )
    spans = [(s.since, s.until) for s in incidents.complete] + [(s.since, s.until) for s in incidents.closed]
    for since, until in spans:
        if since and until and since > until:
            findings.add("A span of days ends before it begins", where="[data.incidents]", found=f"{since} to {until}")


def counted(whole: Whole, data: MeasureData) -> tuple[Whole, tuple[str, ...]]:
    """Return one row for each period, site and group with the number of its incidents, and what to know of them.

    Parameters
    ----------
    whole
        One row an incident.
    data
        Its ``incidents`` say for which period rows are counted and when the reporting was complete.

    Notes
    -----
    Within complete reporting a period without a row is a zero, for each site and each group that the file has anywhere.
    A period that lies only partly within it is no zero. Elsewhere it is not known, and no point.
    """
    incidents = data.incidents or MeasureDataIncidents()
    per = incidents.per or "week"
    named = [t for c in incidents.complete for t in c.one_of if "*" not in t]
    site = _with_texts(whole.site, named)
    starts = _starts(whole.days, per, data.school_year_begins or 9)
    zeros = _complete_periods(incidents, site.texts, per, data.school_year_begins or 9)
    groups = list(whole.groups.values())
    every = [np.unique(c.codes) for c in groups]
    combinations = [np.asarray(c).reshape(-1) for c in np.meshgrid(*every, indexing="ij")] if groups else []
    many = len(combinations[0]) if groups else 1
    day, who = _stack(zeros)
    days = np.concatenate([starts, np.repeat(day, many)])
    sites = np.concatenate([site.codes, np.repeat(who, many)])
    codes = [np.concatenate([c.codes, np.tile(at, len(day))]) for c, at in zip(groups, combinations, strict=True)]
    weight = np.concatenate([np.ones(len(starts)), np.zeros(len(days) - len(starts))])
    place = np.unique(days, return_inverse=True)[1].reshape(-1)
    key = combined_key(
        [place, sites, *codes], [int(place.max(initial=0)) + 1, len(site.texts), *(len(c.texts) for c in groups)]
    )
    _, first, point = np.unique(key, return_index=True, return_inverse=True)
    numbers: Floats = np.bincount(point.reshape(-1), weight, minlength=len(first)).astype(np.float64)
    lines = np.concatenate([whole.lines, np.zeros(len(days) - len(starts), np.int64)])[first]
    sheet = np.concatenate([whole.sheet, np.zeros(len(days) - len(starts), whole.sheet.dtype)])[first]
    points = replace(
        whole, days=days[first], site=Codes(sites[first], site.texts),
        groups={n: Codes(c[first], g.texts) for (n, g), c in zip(whole.groups.items(), codes, strict=True)},
        quantities={"numerator": numbers}, left_out=Codes(np.zeros(len(first), np.int8), [""]), lines=lines, sheet=sheet,
    )  # fmt: skip
    return points, _notes(len(starts), numbers, per, incidents)


def _notes(rows: int, numbers: Floats, per: str, incidents: MeasureDataIncidents) -> tuple[str, ...]:
    word = per.replace("_", " ")
    said = [f"{rows:,} incidents are counted for each {word}, site and group: {len(numbers):,} points."]
    zeros = int((numbers == 0).sum())
    if incidents.complete:
        said.append(f"{zeros:,} of them are zeros: no row, within dates for which reporting is said to be complete.")
    else:
        said.append(
            f"A {word} without a row is no point: nobody has said when reporting was complete "
            "(complete in [data.incidents]), so it may be zero or not reported."
        )
    return tuple(said)


def _with_texts(codes: Codes, texts: Sequence[str]) -> Codes:
    folded = {t.casefold() for t in codes.texts}
    return Codes(
        codes.codes.astype(np.int64), [*codes.texts, *(t for t in dict.fromkeys(texts) if t.casefold() not in folded)]
    )


def _starts(days: Days, per: str, begins: int) -> Days:
    """Return the first day of the period that each day lies in."""
    day = days.astype("datetime64[D]")
    if per == "day":
        first = day
    elif per == "week":
        first = day - ((day.astype(np.int64) + 3) % 7).astype("timedelta64[D]")
    elif per == "month":
        first = day.astype("datetime64[M]").astype("datetime64[D]")
    elif per == "quarter":
        month = day.astype("datetime64[M]").astype(np.int64)
        first = (month - month % 3).astype("datetime64[M]").astype("datetime64[D]")
    else:
        shift = (begins - 1) if per == "school_year" else 0
        year = (day.astype("datetime64[M]") - shift).astype("datetime64[Y]")
        first = (year.astype("datetime64[M]") + shift).astype("datetime64[D]")
    found: Days = first.astype("datetime64[s]")
    return found


def _complete_periods(
    incidents: MeasureDataIncidents, sites: Sequence[str], per: str, begins: int
) -> list[tuple[Days, int]]:
    """Return for each span of complete reporting and each of its sites the periods that lie wholly within it."""
    found = []
    for span in incidents.complete:
        if span.since is None or span.until is None:
            continue
        wanted = [i for i, s in enumerate(sites) if s and chosen(s, span.one_of, ())] or ([0] if sites == [""] else [])
        periods = _within(span.since, span.until, incidents, per, begins)
        found += [(periods, i) for i in wanted]
    return found


def _within(since: dt.date, until: dt.date, incidents: MeasureDataIncidents, per: str, begins: int) -> Days:
    """Return the first days of the periods wholly within a span, of which not every day was closed."""
    days = np.arange(np.datetime64(since), np.datetime64(until) + 1)
    if len(days) > MOST_POINTS:
        return np.array([], "datetime64[s]")
    starts = _starts(days, per, begins)
    before, after = np.datetime64(since) - 1, np.datetime64(until) + 1
    edges = _starts(np.array([before, after]), per, begins)
    open_days = np.ones(len(days), bool)
    for closed in incidents.closed:
        if closed.since and closed.until:
            open_days &= ~((days >= np.datetime64(closed.since)) & (days <= np.datetime64(closed.until)))
    found: Days = np.unique(starts[open_days & (starts != edges[0]) & (starts != edges[1])])
    return found


def _stack(zeros: Sequence[tuple[Days, int]]) -> tuple[Days, Lines]:
    if not zeros:
        return np.array([], "datetime64[s]"), np.array([], np.int64)
    return np.concatenate([d for d, _ in zeros]), np.concatenate([np.full(len(d), i, np.int64) for d, i in zeros])
