"""Where the nodes of a layered drawing stand: each parent beside the middle of its children, no two in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from inquirylab.record.driver_diagram import AIM, Diagram

GAP = 10.0
APART = 18.0
HIGHEST_AIM = 360.0


def forest(graph: Diagram) -> tuple[list[str], dict[str, list[str]]]:
    """Return the roots (the aim first, then what does not reach it) and each node's children; every node once.

    A node stands below the first of its effects that is nearer to the aim; a circle is opened at its first node.
    """
    parent: dict[str, str] = {}
    for node, effects in graph.effects.items():
        level = graph.levels[node] or 1
        nearer = [e for e in effects if (graph.levels[e] or 0) < level]
        above = next(iter(nearer or (e for e in effects if e != node)), None)
        if node != AIM and above is not None:
            parent[node] = above
    kids: dict[str, list[str]] = {n: [] for n in graph.labels}
    for node in graph.labels:
        if node in parent:
            kids[parent[node]].append(node)
    seen: set[str] = set()
    roots: list[str] = []

    def take(node: str) -> None:
        if node in parent:
            kids[parent.pop(node)].remove(node)
        roots.append(node)
        waiting = [node]
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen.add(here)
                waiting += kids[here]

    take(AIM)
    for node in [*(n for n in graph.labels if n not in parent), *graph.labels]:
        if node not in seen:
            take(node)
    return roots, kids


@dataclass
class Placing:
    """Tops of nodes in their columns.

    Attributes
    ----------
    columns, heights
        Node -> its column, and how high it is drawn.
    """

    kids: Mapping[str, Sequence[str]]
    columns: Mapping[str, int]
    heights: Mapping[str, float]
    tops: dict[str, float] = field(default_factory=dict)
    _free: dict[int, float] = field(default_factory=dict)

    def place(self, roots: Sequence[str]) -> float:
        """Place a forest from top to bottom and return how high it is."""
        for root in roots:
            self._stand(root)
            end = max(self._free.values(), default=0.0)
            if root != roots[-1]:
                self._free = dict.fromkeys(self.columns.values(), end)
        self._keep_in_sight()
        return max((top + self.heights[n] for n, top in self.tops.items()), default=0.0)

    def _stand(self, node: str) -> None:
        kids = self.kids[node]
        for kid in kids:
            self._stand(kid)
        least = self._free.get(self.columns[node], 0.0)
        wanted = least
        if kids:
            wanted = (self._middle(kids[0]) + self._middle(kids[-1])) / 2 - self.heights[node] / 2
        self._at(node, max(wanted, least))
        if wanted < least:
            for kid in kids:
                self._shift(kid, least - wanted)
        for kid in kids:
            column = self.columns[kid]
            self._free[column] = max(self._free.get(column, 0.0), self.tops[kid] + self.heights[kid] + APART)

    def _at(self, node: str, top: float) -> None:
        self.tops[node] = top
        column = self.columns[node]
        self._free[column] = max(self._free.get(column, 0.0), top + self.heights[node] + GAP)

    def _shift(self, node: str, by: float) -> None:
        self._at(node, self.tops[node] + by)
        for kid in self.kids[node]:
            self._shift(kid, by)

    def _keep_in_sight(self) -> None:
        """In a high drawing the aim stands near the top, where one begins to read."""
        if self.tops.get(AIM, 0.0) > HIGHEST_AIM:
            self.tops[AIM] = HIGHEST_AIM

    def _middle(self, node: str) -> float:
        return self.tops[node] + self.heights[node] / 2
