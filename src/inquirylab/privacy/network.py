"""Tables that are flow networks: two dimensions, of which one may be a hierarchy.

When every cell stands in at most two equations, a cell is an arc between them and a change that
keeps every sum is a circulation. Then the widest interval is a largest flow, the cheapest cells
to hide lie on a shortest path, and both come out in whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from inquirylab.privacy.system import Ints

CAP = 1 << 24
"""No flow is followed beyond this; a cell that reaches it has no upper limit."""


@dataclass(frozen=True)
class Network:
    """Arcs (one a cell) between equations: raising a cell sends flow from ``tail`` to ``head``."""

    tail: Ints
    head: Ints
    nodes: int

    @classmethod
    def of(cls, relations: Any) -> Network | None:
        """Find signs for the equations that make every cell an arc, or return None.

        The last node is the ground: what is left over when all equations are added up.
        """
        rows = relations.shape[0]
        by_cell = relations.tocsc()
        by_cell.sum_duplicates()
        counts = np.diff(by_cell.indptr)
        if (counts > 2).any() or (np.abs(by_cell.data) != 1).any():
            return None
        signs = _signs(by_cell, counts, rows)
        if signs is None:
            return None
        tail = np.full(by_cell.shape[1], rows, dtype=np.int64)
        head = tail.copy()
        cell = np.repeat(np.arange(by_cell.shape[1]), counts)
        entry = by_cell.data * signs[by_cell.indices]
        tail[cell[entry > 0]] = by_cell.indices[entry > 0]
        head[cell[entry < 0]] = by_cell.indices[entry < 0]
        return cls(tail, head, rows + 1)


def _signs(by_cell: Any, counts: Ints, rows: int) -> Ints | None:
    """Colour equations +1 or -1 so that the two entries of each cell get opposite signs."""
    pairs = np.flatnonzero(counts == 2)
    first = by_cell.indptr[pairs]
    left, right = by_cell.indices[first], by_cell.indices[first + 1]
    same = by_cell.data[first] == by_cell.data[first + 1]
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order, connected_components

    ones = np.ones(len(pairs))
    graph = csr_array((ones, (left, right)), shape=(rows, rows))
    turn = {(a, b): -1 if s else 1 for a, b, s in zip(left.tolist(), right.tolist(), same.tolist(), strict=True)}
    signs = np.zeros(rows, dtype=np.int64)
    _, label = connected_components(graph, directed=False)
    _, starts = np.unique(label, return_index=True)
    for start in starts.tolist():
        signs[start] = 1
        order, before = breadth_first_order(graph, start, directed=False)
        for node in order[1:].tolist():
            parent = int(before[node])
            change = turn.get((parent, node), turn.get((node, parent), 1))
            signs[node] = signs[parent] * change
    agree = signs[left] * by_cell.data[first] == -signs[right] * by_cell.data[first + 1]
    return signs if bool(agree.all()) else None


class Flow:
    """Largest changes of single cells within what is hidden, from one complete table.

    Parameters
    ----------
    network
        The arcs.
    cells
        Positions of the hidden cells.
    up, down
        How far each of these cells may rise and fall, shape ``(len(cells),)``.
    """

    def __init__(self, network: Network, cells: Ints, up: Ints, down: Ints) -> None:
        self.cells, self.up, self.down = cells, np.minimum(up, CAP), np.minimum(down, CAP)
        self.tail, self.head = network.tail[cells], network.head[cells]
        size = network.nodes
        forward, backward = self.tail * size + self.head, self.head * size + self.tail
        self._pairs, place = np.unique(np.concatenate([forward, backward]), return_inverse=True)
        self._forward, self._backward = place[: len(cells)], place[len(cells) :]
        self._capacity = np.bincount(self._forward, self.up, len(self._pairs)).astype(np.int64)
        self._capacity += np.bincount(self._backward, self.down, len(self._pairs)).astype(np.int64)
        starts = np.searchsorted(self._pairs // size, np.arange(size + 1))
        self._shape, self._indptr, self._indices = (
            (size, size),
            starts.astype(np.int32),
            (self._pairs % size).astype(np.int32),
        )

    def extreme(self, target: int, upward: bool, enough: int = CAP) -> Ints | None:
        """Return the change of all cells that moves cell number ``target`` furthest, or None if it cannot move."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import maximum_flow

        tail, head = int(self.tail[target]), int(self.head[target])
        own = int(min(self.up[target] if upward else self.down[target], enough))
        if own <= 0:
            return None
        change = np.zeros(len(self.cells), dtype=np.int64)
        if tail == head:
            change[target] = own if upward else -own
            return change
        source, sink = (head, tail) if upward else (tail, head)
        capacity = np.append(self._capacity, own)
        capacity[self._forward[target]] -= self.up[target]
        capacity[self._backward[target]] -= self.down[target]
        # A gate before the source lets through only what the target can take.
        gate = self._shape[0]
        graph = csr_array(
            (
                np.minimum(capacity, own).astype(np.int32),
                np.append(self._indices, np.int32(source)),
                np.append(self._indptr, self._indptr[-1] + 1),
            ),
            shape=(gate + 1, gate + 1),
        )
        result = maximum_flow(graph, gate, sink)
        amount = int(result.flow_value)
        if amount <= 0:
            return None
        self._spread(result.flow, change, target)
        change[target] = amount if upward else -amount
        return change

    def _spread(self, flow: Any, change: Ints, target: int) -> None:
        """Give the net flow between two nodes to the arcs between them."""
        entries = flow.tocoo()
        row, column = entries.coords
        positive = (entries.data > 0) & (row < self._shape[0]) & (column < self._shape[0])
        keys = row[positive].astype(np.int64) * self._shape[0] + column[positive]
        left = np.zeros(len(self._pairs), dtype=np.int64)
        left[np.searchsorted(self._pairs, keys)] = entries.data[positive]
        for arcs, limit, sign in ((self._forward, self.up, 1), (self._backward, self.down, -1)):
            candidates = np.flatnonzero((left[arcs] > 0) & (np.arange(len(arcs)) != target))
            pairs, first = np.unique(arcs[candidates], return_index=True)
            if len(pairs) == len(candidates):
                some = candidates[first]
                amount = np.minimum(left[pairs], limit[some])
                change[some] += sign * amount
                left[pairs] -= amount
                continue
            for arc in candidates.tolist():
                moved = min(int(left[arcs[arc]]), int(limit[arc]))
                change[arc] += sign * moved
                left[arcs[arc]] -= moved


def slack(lower: Ints, upper: Ints, table: Ints, cells: Ints) -> tuple[Ints, Ints]:
    """Return how far cells may rise and fall from a table, shape ``(len(cells),)`` each."""
    return upper[cells] - table[cells], table[cells] - lower[cells]
