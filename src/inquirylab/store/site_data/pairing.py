"""Which numbers of an unknown file belong together: a count and its whole, or one quantity over many dates."""

from __future__ import annotations

import re
from collections.abc import Collection

import numpy as np

from inquirylab.store.site_data.columns import without_parts
from inquirylab.store.site_data.date_patterns import Period
from inquirylab.store.site_data.dates import find_form, form_of_year_parts, part_of_year, read_parts, read_period
from inquirylab.store.site_data.header import BETWEEN
from inquirylab.store.site_data.recognising import Column, Recognised
from inquirylab.store.site_data.table import Floats

_BELOW = re.compile(
    r"^n$|possible|enrol|denom|member|on roll|\broll\b|number of|total|students|pupils|cohort|headcount|tested"
    r"|schüler|gesamt|effectif|élèves|inscrits|alumn|matr[ií]cul",
    re.I,
)
RATE = re.compile(
    r"%|perc|pct|rate|ratio|share|mean|average|score|per cent|taux|quote|anteil|prozent|tasa|porcent|moyenne|promedio",
    re.I,
)


def wide_columns(found: Recognised) -> tuple[str, list[str]] | None:
    """Return the form of the dates in column names and what those have beside the date, the most frequent first.

    Dates may stand in any line of a header of several lines; two are then enough, as three are in one line.
    """
    names = [c.name for c in found.of_role("number")]
    if whole := _year_above_its_parts(names):
        return whole, [""]
    for level in range(max((n.count(BETWEEN) for n in names), default=-1), -1, -1):
        parts = [n.split(BETWEEN)[level] for n in names if n.count(BETWEEN) >= level]
        form = find_form(parts, inside=True) if len(parts) >= 3 else None
        if form is None:
            continue
        periods: dict[str, set[Period]] = {}
        for name in names:
            at = name.split(BETWEEN)
            if len(at) > level and (period := read_period(at[level], form, inside=True)):
                periods.setdefault(without_parts(name, form), set()).add(period)
        enough = 2 if any(BETWEEN in n for n in names) else 3
        rests = sorted((r for r in periods if len(periods[r]) >= enough), key=lambda r: -len(periods[r]))
        if rests:
            return form, rests
    return None


def _year_above_its_parts(names: Collection[str]) -> str | None:
    """Return the form of names such as ``2022-23 / Autumn``, which only both lines of a header make a date."""
    for form in ("term", "month", "quarter", "iso_week"):
        both = [read_parts(n.split(BETWEEN), form, strict=True) for n in names if n.count(BETWEEN) == 1]
        periods = [p for p in both if p is not None]
        if len(periods) >= 3 and len(set(periods)) == len(periods):
            return form
    return None


def columns_of_a_year(found: Recognised) -> tuple[str, list[str]] | None:
    """Return the form of columns that are parts of a year, such as ``Sep``, and what they have beside it."""
    levels = [c.name.split(BETWEEN) for c in found.of_role("number")]
    form = form_of_year_parts(list(dict.fromkeys(part for parts in levels for part in parts)))
    if form is None:
        return None
    rests = [BETWEEN.join(p for p in parts if not part_of_year(p, form)) for parts in levels]
    wide = [r for r, parts in zip(rests, levels, strict=True) if any(part_of_year(p, form) for p in parts)]
    return form, list(dict.fromkeys(wide))


def _wide_answers(found: Recognised, rests: list[str]) -> tuple[dict[str, object], str]:
    """Return which of the quantities of a wide table to propose: a count and its whole, or the first."""
    for below in (r for r in rests if _BELOW.search(r.rsplit(BETWEEN, 1)[-1])):
        group = below.rpartition(BETWEEN)[0]
        for above in rests:
            if above != below and above.rpartition(BETWEEN)[0] == group and not RATE.search(above):
                return {"numerator": above, "denominator": below}, "proportion"
    numbers = [c.values for c in found.of_role("number") if c.values is not None]
    if numbers and _are_counts(np.concatenate(numbers)) and not RATE.search(rests[0] or found.sheet.file):
        return {"numerator": rests[0] or "*"}, "count"
    return {"value": rests[0] or "*"}, "mean"


def _are_counts(values: Floats) -> bool:
    known = values[~np.isnan(values)]
    return len(known) > 0 and bool((known >= 0).all() and (known == np.round(known)).all())


def quantity_answers(found: Recognised, taken: Collection[str], wide: bool) -> tuple[dict[str, object], str]:
    """Return which columns to propose as numerator, denominator or value, and the kind of number they make.

    Parameters
    ----------
    found
        The sheet.
    taken
        Columns that hold dates.
    wide
        Whether dates, or parts of a year, stand in the names of columns.
    """
    numbers = [c for c in found.of_role("number") if c.name not in taken]
    if wide and (rests := wide_columns(found) or columns_of_a_year(found)):
        return _wide_answers(found, rests[1])
    if not numbers:
        return {"value": "?"}, "mean"
    rates = [c for c in numbers if RATE.search(c.name) or all(e.endswith("%") for e in c.examples[:2])]
    counts = [c for c in numbers if c not in rates]
    for rate in rates:
        for below in sorted(counts, key=lambda c: not _BELOW.search(c.name)):
            for above in counts:
                if above is not below and _is_rate_of(rate, above, below):
                    return {"numerator": above.name, "denominator": below.name}, "proportion"
    below_by_name = [c for c in counts if _BELOW.search(c.name)]
    for below in below_by_name[:1]:
        for above in counts:
            if above is not below and _always_at_most(above, below):
                return {"numerator": above.name, "denominator": below.name}, "proportion"
    if rates:
        return {"value": rates[0].name}, "mean"
    first = next((c for c in counts if c not in below_by_name), counts[0])
    if below_by_name or (first.values is not None and _are_counts(first.values)):
        return {"numerator": first.name}, "count"
    return {"value": first.name}, "mean"


def quantities_of_sites(found: Recognised, taken: Collection[str]) -> tuple[dict[str, object], str]:
    """Return what to propose where each column is a site, or several are: Late and On roll under its name."""
    numbers = [c for c in found.of_role("number") if c.name not in taken]
    beside = list(dict.fromkeys(c.name.rpartition(BETWEEN)[2] for c in numbers if BETWEEN in c.name))
    if beside and len(beside) < len(numbers):
        return _wide_answers(found, beside)
    values = np.concatenate([c.values for c in numbers if c.values is not None])
    per_cent = any("%" in e for c in numbers for e in c.examples)
    return ({"numerator": "*"}, "count") if _are_counts(values) and not per_cent else ({"value": "*"}, "mean")


def _is_rate_of(rate: Column, above: Column, below: Column) -> bool:
    r, a, b = rate.values, above.values, below.values
    if r is None or a is None or b is None:
        return False
    known = ~(np.isnan(r) | np.isnan(a) | np.isnan(b)) & (b != 0)
    if known.sum() < 3 or not (a[known] <= b[known]).all():
        return False
    share = a[known] / b[known]
    return bool(
        np.isclose(r[known], 100 * share, atol=0.06).mean() > 0.95
        or np.isclose(r[known], share, atol=6e-4).mean() > 0.95
    )


def _always_at_most(above: Column, below: Column) -> bool:
    a, b = above.values, below.values
    if a is None or b is None:
        return False
    known = ~(np.isnan(a) | np.isnan(b))
    return bool(known.any() and (a[known] <= b[known]).all())
