"""What is known at each node of the theory: which cycles tested it, what they decided, what its measures say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from inquirylab.record.cycles import Cycle, cycles, state_of
from inquirylab.record.driver_diagram import diagram
from inquirylab.record.links import measures_of
from inquirylab.record.reading import Record


class Known(NamedTuple):
    """What is known at one node.

    Attributes
    ----------
    cycles
        Cycles that test the node itself: its own, or of a change idea that moves it directly.
    below
        How many cycles test something further down.
    measures
        Ids of the measures linked to it.
    signal
        The latest signal of these measures, as its words; empty if there is none or no data.
    state
        Of a change idea: where it stands. Empty for aim and drivers.
    """

    node: str
    label: str
    level: int | None
    cycles: tuple[Cycle, ...]
    below: int
    measures: tuple[str, ...]
    signal: str
    state: str

    @property
    def untested(self) -> bool:
        """Return whether nobody tests this node or anything that moves it."""
        return not self.cycles and self.below == 0

    def sentence(self) -> str:
        """Return what is known, in one line.

        Examples
        --------
        >>> Known("d", "Routines", 1, (), 0, (), "", "").sentence()
        'Nobody tests this yet. No measure shows it.'
        """
        decided = [c for c in self.cycles if c.act]
        parts = []
        if self.untested:
            parts.append("Nobody tests this yet.")
        else:
            counts = [(len(self.cycles), "here"), (self.below, "below")]
            said = [f"{n} cycle{'' if n == 1 else 's'} {where}" for n, where in counts if n]
            parts.append(f"{', '.join(said)}.")
        if decided:
            parts.append(f"Last decision: {decided[-1].act} (“{decided[-1].title}”).")
        parts.append(self.signal or ("No signal yet." if self.measures else "No measure shows it."))
        return " ".join(parts)


def known(record: Record, signals: Mapping[str, str] | None = None) -> dict[str, Known]:
    """Return node -> what is known there, for the aim, every driver and every change idea.

    Parameters
    ----------
    signals
        Measure id -> the latest signal in words, where its data were analysed.
    """
    graph, done, measured = diagram(record), cycles(record), measures_of(record)
    direct = {n: tuple(c for c in done if n in (c.change, *c.drivers)) for n in graph.labels}
    out = {}
    for node, label in graph.labels.items():
        ids = {c.id for c in direct[node]}
        below = {c.id for n in graph.below(node) for c in direct[n]} - ids
        own = tuple(measured.get(node, ()))
        words = [w for m in own if (w := (signals or {}).get(m))]
        state = state_of(node, done) if node in graph.ideas() else ""
        out[node] = Known(node, label, graph.levels[node], direct[node], len(below), own, " ".join(words), state)
    return out
