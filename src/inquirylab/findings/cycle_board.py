"""Where every cycle stands: planned, doing, study or decided; under which primary driver; what is still to be answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from inquirylab.findings.completeness import open_questions
from inquirylab.record.cycles import ROOTS, Cycle, cycles
from inquirylab.record.driver_diagram import diagram
from inquirylab.record.paths import Roots
from inquirylab.record.reading import Record
from inquirylab.record.stages import predictions, reached

STATES = ("planned", "doing", "study", "decided")
NO_DRIVER = ""


class Card(NamedTuple):
    """One cycle on the board.

    Attributes
    ----------
    primary
        Ids of the primary drivers that it is about; empty if it is linked to none.
    state
        One of `STATES`: how far its form is filled in.
    open
        Ids of the required questions that are asked by now and have no answer.
    """

    cycle: Cycle
    primary: tuple[str, ...]
    state: str
    open: tuple[str, ...]


class Lock(NamedTuple):
    """A prediction's lock: since when, whether it was written late or changed since, and what it said before."""

    locked_at: str | None
    late: bool
    changed: bool
    before: tuple[Any, ...]


def board(record: Record, roots: Roots) -> list[Card]:
    """Return a card for every cycle, in the order of the record."""
    graph = diagram(record)
    primary = graph.drivers(1)
    out = []
    for c in cycles(record):
        root = next(r for r, kind in ROOTS.items() if kind == c.kind)
        fields = record.tree[root][c.id]
        above = tuple(p for p in primary if p in c.drivers or graph.below(p) & {*c.drivers, c.change or ""})
        out.append(Card(c, above, _state(c, reached(roots.forms[root], fields)), tuple(_open(roots, root, fields))))
    return out


def locks(record: Record, roots: Roots) -> dict[str, Lock]:
    """Return path -> lock of every prediction that has one."""
    out = {}
    for p in predictions(record, roots):
        if p.locked_at:
            before = tuple(e.value for e in record.earlier.get(p.path, ()) if e.value is not None)
            out[p.path] = Lock(p.locked_at, p.written_late, p.changed_after_lock, before)
    return out


def days(cycle: Cycle) -> tuple[str, str]:
    """Return when a cycle began and ended, as ISO dates; empty where that is not known."""
    return _day(cycle.begun), _day(cycle.ended)


def _state(c: Cycle, stage: int) -> str:
    return "decided" if c.act else STATES[min(max(stage, 0), 2)]


def _open(roots: Roots, root: str, fields: Mapping[str, Any]) -> list[str]:
    return open_questions(roots.forms[root], fields)


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
