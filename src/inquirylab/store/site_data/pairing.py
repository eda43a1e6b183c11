"""Which numbers of an unknown file belong together: a count and its whole, or one quantity over many dates."""

from __future__ import annotations

import re

import numpy as np

from inquirylab.store.site_data.columns import without_parts
from inquirylab.store.site_data.date_patterns import Period
from inquirylab.store.site_data.dates import find_form, read_period
from inquirylab.store.site_data.header import BETWEEN
from inquirylab.store.site_data.recognising import Column, Recognised

_BELOW = re.compile(
    r"possible|enrol|denom|member|on roll|number of|total|students|pupils|cohort|headcount|possible|tested", re.I
)
_RATE = re.compile(r"%|perc|pct|rate|ratio|share|mean|average|score|per cent", re.I)


def wide_columns(found: Recognised) -> tuple[str, str] | None:
    """Return the form of the dates in column names and the quantity that has the most of them; "" if it has no name."""
    names = [c.name for c in found.of_role("number")]
    form = find_form([n.rsplit(BETWEEN, 1)[-1] for n in names], inside=True) if len(names) >= 3 else None
    if form is None:
        return None
    periods: dict[str, set[Period]] = {}
    for name in names:
        if period := read_period(name.rsplit(BETWEEN, 1)[-1], form, inside=True):
            periods.setdefault(without_parts(name, form), set()).add(period)
    best = max(periods, key=lambda rest: len(periods[rest]), default=None)
    return (form, best) if best is not None and len(periods[best]) >= 3 else None


def quantity_answers(found: Recognised) -> tuple[dict[str, object], str]:
    """Return which columns to propose as numerator, denominator or value, and the kind of number they make."""
    numbers = found.of_role("number")
    if wide := wide_columns(found):
        return {"value": wide[1] or "*"}, "mean"
    if not numbers:
        return {"value": "?"}, "mean"
    rates = [c for c in numbers if _RATE.search(c.name)]
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
    return {"numerator": counts[0].name}, "count"


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
