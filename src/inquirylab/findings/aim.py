"""The aim: what, for whom, how much, by when, measured by what (DD01, DD11, DD12)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from inquirylab.findings.finding import Finding
from inquirylab.record.reading import Record

PARTS = {
    "what": "what will be better",
    "for_whom": "for whom",
    "measure": "measured by what",
    "target": "how much",
    "by_when": "by when",
}


def findings(record: Record, today: dt.date) -> Iterator[Finding]:
    """Yield DD01, DD11 and DD12."""
    aim = record.aim
    if record.driver_diagram.drivers and not record.tree.get("aim"):
        yield Finding(
            "DD01",
            "error",
            "aim",
            "There are drivers, but no aim that they would move",
            "Write the aim: how much, for whom, by when.",
        )
    if not record.tree.get("aim"):
        return
    for part, words in PARTS.items():
        if getattr(aim, part) is None:
            yield Finding("DD01", "error", f"aim.{part}", f"The aim does not say {words}", "An aim has all five parts.")
    if aim.baseline is None and aim.baseline_by is None:
        yield Finding(
            "DD01",
            "warning",
            "aim.baseline",
            "The aim has no baseline, and no date by which there will be one",
            "Give the value from which you start, or say by when it is collected.",
        )
    yield from _sense(record, today)
    yield from _equity(record)


def _sense(record: Record, today: dt.date) -> Iterator[Finding]:
    aim = record.aim
    if aim.by_when and aim.by_when < today:
        yield Finding(
            "DD11",
            "info",
            "aim.by_when",
            f"The aim's date, {aim.by_when}, is past",
            "Say what became of it, and set the next.",
        )
    if aim.target is not None and aim.target == aim.baseline:
        yield Finding("DD11", "info", "aim.target", "Target and baseline are the same", "What should change?")
    measure = next((m for m in record.measures if m.id == aim.measure), None)
    if aim.target is None or aim.baseline is None or aim.target == aim.baseline:
        return
    way = "up" if aim.target > aim.baseline else "down"
    said = {"aim.direction": aim.direction, f"measures.{aim.measure}.direction": measure.direction if measure else None}
    for where, direction in said.items():
        if direction in ("up", "down") and direction != way:
            yield Finding(
                "DD11",
                "info",
                where,
                f"From {aim.baseline:g} to {aim.target:g} is {way}, but better is said to be {direction}",
                "One of them is wrong.",
            )


def _equity(record: Record) -> Iterator[Finding]:
    """DD12: the group whom the problem touches most is seen in a measure."""
    clause = record.aim.equity_clause
    named = clause.group if clause else None
    if clause and clause.reason_for_none and not named:
        return
    affected = [a.group for a in record.problem_definition.affected if a.group]
    if not named and not affected:
        yield Finding(
            "DD12",
            "warning",
            "aim.equity_clause",
            "The aim does not say whose outcome must rise most",
            "Name the group, or say why there is none.",
        )
    elif not any(m.disaggregate_by for m in record.measures):
        yield Finding(
            "DD12",
            "warning",
            "measures",
            f"No measure is shown for {named or affected[0]!r} by itself",
            "An average can hide whom it fails: show one measure by group.",
        )
