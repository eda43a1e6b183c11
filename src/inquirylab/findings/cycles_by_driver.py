"""How many cycles of each primary driver ended how, and which drivers nobody tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from inquirylab.findings.cycle_board import Card
from inquirylab.findings.theory import Known
from inquirylab.record.driver_diagram import IDEA_LEVEL, Diagram

#: What a cycle came to, and the decisions that mean it.
ENDS = {"adopt": ("adopt",), "adapt": ("adapt", "expand", "repeat"), "abandon": ("abandon",), "open": (None,)}


class Row(NamedTuple):
    """One primary driver, or the cycles that are linked to none; `counts` by the keys of `ENDS`."""

    driver: str
    label: str
    counts: Mapping[str, int]


def cycles_by_driver(cards: Sequence[Card], graph: Diagram) -> list[Row]:
    """Return a row for every primary driver; cycles that are linked to none come last."""
    rows = [Row(d, graph.labels[d], _counts([c for c in cards if d in c.primary])) for d in graph.drivers(1)]
    loose = [c for c in cards if not c.primary]
    return [*rows, Row("", "No driver yet", _counts(loose))] if loose else rows


def untested(known: Mapping[str, Known]) -> list[str]:
    """Return what the drivers are called that no cycle tests, neither here nor further down."""
    return [k.label for k in known.values() if k.level not in (0, IDEA_LEVEL) and k.untested]


def _counts(cards: Sequence[Card]) -> dict[str, int]:
    acts = Counter(c.cycle.act for c in cards)
    return {end: sum(acts[a] for a in meant) for end, meant in ENDS.items()}
