"""Measures: an operational definition that another person could follow, and numbers that can be true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from inquirylab.definitions.word_lists import limits
from inquirylab.findings.finding import Finding, Mend
from inquirylab.record.reading import Record
from inquirylab.record.types import Measure

if TYPE_CHECKING:
    from inquirylab.findings.team_measure import Stray

DEFINITION = {
    "population": "who counts",
    "instrument": "with which instrument",
    "frequency": "how often",
    "collector": "who collects it",
}


def findings(
    record: Record, unread: Mapping[str, str], strays: Mapping[str, Sequence[Stray]] | None = None
) -> Iterator[Finding]:
    """Yield ME01 to ME07.

    Parameters
    ----------
    record
        Its measures and the rows typed in for them.
    unread
        Measure id -> why its data cannot be used.
    strays
        Measure id -> dates to be left out of it that fit no point.
    """
    for m in record.measures:
        if why := unread.get(m.id or ""):
            yield Finding("ME06", "warning", f"measures.{m.id}.data", f"The data of “{m.name}” cannot be used", why)
        yield from _strays(m, (strays or {}).get(m.id or "", ()))
        yield from _definition(m)
        check = m.practical_check
        noes = [f for f in check.__dataclass_fields__ if getattr(check, f) is False] if check else []
        if noes:
            yield Finding(
                "ME04",
                "info",
                f"measures.{m.id}.practical_check",
                f"“{m.name}” may not be a practical measure: {', '.join(noes).replace('_', ' ')}",
                "Can it be made simpler?",
            )
        if m.min_n is not None and m.min_n < limits()["min_n"]:
            yield Finding(
                "ME05",
                "warning",
                f"measures.{m.id}.min_n",
                f"Groups of {m.min_n} would be published",
                f"Below {limits()['min_n']} an authority must allow it.",
            )
    yield from _rows(record)


def _strays(m: Measure, strays: Sequence[Stray]) -> Iterator[Finding]:
    """ME07: a point that is left out is there."""
    nearest = {s.date: s.nearest for s in strays}
    for point in m.excluded:
        if point.date in nearest:
            where = f"measures.{m.id}.excluded.{point.id}"
            yield Finding(
                "ME07",
                "warning",
                where,
                f"“{m.name}” leaves out {point.date}, but has no point on that date",
                f"Name the date of a point, such as {nearest[point.date]}, or remove this one.",
                (Mend("Remove it", "remove", where),),
            )


def _definition(m: Measure) -> Iterator[Finding]:
    missing = [words for field, words in DEFINITION.items() if not getattr(m, field)]
    if m.kind in ("proportion", "ratio"):
        missing += [
            w
            for f, w in {"numerator": "what is above the line", "denominator": "what is below it"}.items()
            if not getattr(m, f)
        ]
    if missing:
        yield Finding(
            "ME01",
            "warning",
            f"measures.{m.id}",
            f"The definition of “{m.name}” does not say {', '.join(missing)}",
            "Two people who follow it should get the same number.",
        )
    if not m.disaggregate_by:
        yield Finding(
            "ME02",
            "info",
            f"measures.{m.id}.disaggregate_by",
            f"“{m.name}” is not shown by group",
            "Name the groups, or the reason for none.",
        )


def _rows(record: Record) -> Iterator[Finding]:
    """ME03: a part is no larger than its whole; nothing is counted below zero."""
    kinds = {m.id: m.kind for m in record.measures}
    for row in record.measure_data:
        where = f"measure_data.{row.id}"
        part, whole = row.numerator, row.denominator
        if kinds.get(row.measure) == "proportion" and part is not None and whole is not None and part > whole:
            yield Finding(
                "ME03",
                "error",
                where,
                f"The part, {part:g}, is larger than the whole, {whole:g}",
                "One of the two numbers is wrong.",
            )
        if (part is not None and part < 0) or (whole is not None and whole < 0):
            yield Finding("ME03", "error", where, "A count is below zero", "Correct it.")
        if whole == 0 and part:
            yield Finding(
                "ME03", "error", where, "Something was counted out of nothing (0 below the line)", "Correct it."
            )
