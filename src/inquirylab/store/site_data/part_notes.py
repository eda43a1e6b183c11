"""What a reader should know of how a sheet was read: rows and columns that are no part of it, shares, remarks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from inquirylab.record.types import MeasureData
from inquirylab.store.site_data.choosing import Kept
from inquirylab.store.site_data.columns import Plan
from inquirylab.store.site_data.header import BETWEEN
from inquirylab.store.site_data.marks import known_remarks
from inquirylab.store.site_data.naming import looks_like_a_total
from inquirylab.store.site_data.numbers import Numbers
from inquirylab.store.site_data.table import Mask


def notes_of(
    plan: Plan, data: MeasureData, kept: Kept, numbers: Mapping[int, Numbers], dropped: Mask
) -> tuple[str, ...]:
    """Return the notes on a sheet, of which some rows were dropped, in sentences that name it."""
    return (*_on_rows(plan, kept, dropped), *_on_numbers(plan, numbers), *_on_totals(plan, data))


def _on_rows(plan: Plan, kept: Kept, dropped: Mask) -> Iterator[str]:
    if many := int(dropped.sum()):
        yield (
            f"{plan.sheet.name}: {many} {'row' if many == 1 else 'rows'} with neither a date nor a number, the first in "
            f"line {kept.lines[np.argmax(dropped)]}, {'is no row' if many == 1 else 'are no rows'} of the measure."
        )


def _on_numbers(plan: Plan, numbers: Mapping[int, Numbers]) -> Iterator[str]:
    for position, column in numbers.items():
        name = repr(plan.column_name(position))
        if column.shares:
            yield (
                f"{plan.sheet.name}: {column.shares:,} values in column {name} are shares among per cent "
                "and are read as per cent: 0.945 as 94.5 %."
            )
        if many := sum(column.remarks.values()):
            bear = "number bears a remark and is" if many == 1 else "numbers bear a remark and are"
            stand = "it stands" if many == 1 else "they stand"
            yield f"{plan.sheet.name}, column {name}: {many:,} {bear} read as {stand}: {_counted(column.remarks)}."


def _counted(remarks: Mapping[str, int]) -> str:
    said = {remark: known_remarks().get(remark.strip("[]() ").casefold(), "") for remark in remarks}
    shown = [f"{r} {said[r]} ({n:,})" if said[r] else f"{r} ({n:,})" for r, n in remarks.items()]
    return ", ".join(shown[:6]) + (f" and {len(shown) - 6} more" if len(shown) > 6 else "")


def _on_totals(plan: Plan, data: MeasureData) -> Iterator[str]:
    """Say which columns are left out where each is a site."""
    left = [n for n in plan.header.names if data.site_from == "header" and looks_like_a_total(n.split(BETWEEN)[0])]
    if left:
        look = "looks like a total, not a site: it is" if len(left) == 1 else "look like totals, not sites: they are"
        yield f"{plan.sheet.name}: {', '.join(map(repr, left[:4]))} {look} left out."
