"""The driver diagram as a graph: whatever was merged, it can be walked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from inquirylab.record.reading import Record

AIM = "aim"
AIM_LEVEL, IDEA_LEVEL = 0, 4


class Link(NamedTuple):
    """If `cause` moves, `effect` moves. `id` is that of the edge; a change idea's own list of drivers has none."""

    cause: str
    effect: str
    id: str = ""


@dataclass(frozen=True)
class Diagram:
    """Nodes and links of the theory; removed or unknown ends are kept apart as `dangling`.

    Attributes
    ----------
    labels
        Node -> what it is called. The aim is the node ``"aim"``.
    levels
        Node -> 0 for the aim, 1 to 3 for drivers, 4 for change ideas; None where a driver has no level.
    """

    labels: dict[str, str]
    levels: dict[str, int | None]
    links: tuple[Link, ...]
    dangling: tuple[Link, ...] = ()
    _below: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def effects(self) -> dict[str, list[str]]:
        """Return node -> what it moves."""
        out: dict[str, list[str]] = {n: [] for n in self.labels}
        for link in self.links:
            if link.effect not in out[link.cause]:
                out[link.cause].append(link.effect)
        return out

    @cached_property
    def causes(self) -> dict[str, list[str]]:
        """Return node -> what moves it."""
        out: dict[str, list[str]] = {n: [] for n in self.labels}
        for cause, effects in self.effects.items():
            for effect in effects:
                out[effect].append(cause)
        return out

    def drivers(self, level: int | None = None) -> list[str]:
        """Return the drivers, of one level if given, in the order of the record."""
        return [
            n
            for n, found in self.levels.items()
            if n != AIM and found != IDEA_LEVEL and (level is None or found == level)
        ]

    def ideas(self) -> list[str]:
        """Return the change ideas."""
        return [n for n, found in self.levels.items() if found == IDEA_LEVEL]

    def reaches(self, node: str, goal: str = AIM) -> bool:
        """Return whether there is a way from a node to the aim."""
        return goal in self._reached(node)

    def below(self, node: str) -> set[str]:
        """Return everything that moves a node, at any distance."""
        seen: set[str] = set()
        waiting = list(self.causes.get(node, ()))
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen.add(here)
                waiting += self.causes[here]
        return seen

    def circle(self) -> list[str]:
        """Return the nodes of one circle, in order; empty if there is none."""
        state: dict[str, int] = {}
        for start in self.labels:
            if start in state:
                continue
            trail: list[str] = []
            waiting: list[tuple[str, Iterator[str]]] = [(start, iter(self.effects[start]))]
            state[start] = 1
            trail.append(start)
            while waiting:
                node, following = waiting[-1]
                after = next(following, None)
                if after is None:
                    state[node] = 2
                    waiting.pop()
                    trail.pop()
                elif state.get(after) == 1:
                    return trail[trail.index(after) :]
                elif after not in state:
                    state[after] = 1
                    trail.append(after)
                    waiting.append((after, iter(self.effects[after])))
        return []

    def _reached(self, node: str) -> set[str]:
        seen = {node}
        waiting = [node]
        while waiting:
            for after in self.effects.get(waiting.pop(), ()):
                if after not in seen:
                    seen.add(after)
                    waiting.append(after)
        return seen


def diagram(record: Record) -> Diagram:
    """Return the diagram of a record: aim, drivers, change ideas and the links between them."""
    labels = {AIM: record.aim.what or "Aim"}
    levels: dict[str, int | None] = {AIM: AIM_LEVEL}
    for d in record.driver_diagram.drivers:
        labels[d.id], levels[d.id] = d.label or "", d.level
    for idea in record.change_ideas:
        labels[idea.id], levels[idea.id] = idea.name or "", IDEA_LEVEL
    links = [Link(e.cause or "", e.effect or "", e.id) for e in record.driver_diagram.edges]
    links += [Link(idea.id, d) for idea in record.change_ideas for d in idea.drivers]
    sound = tuple(x for x in links if x.cause in labels and x.effect in labels)
    return Diagram(labels, levels, sound, tuple(x for x in links if x not in sound))
