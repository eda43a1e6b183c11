"""In a flow network, the cheapest cells that make a hidden count wide lie on a shortest path."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from inquirylab.privacy.draft import Draft
from inquirylab.privacy.network import Network
from inquirylab.privacy.system import Ints

NOTHING = 1e-7
"""Cost of a cell that is hidden already: just enough to prefer short ways."""


def splits(width: int, fall: int) -> list[int]:
    """Return ways to split a width into a rise and a fall (the rise is returned), widest rise first.

    Examples
    --------
    >>> splits(9, 3)
    [9, 6, 7]
    """
    least = max(0, width - fall)
    return list(dict.fromkeys([width, least, (width + least) // 2]))


class Paths:
    """Shortest paths through a draft whose equations form a network."""

    def __init__(self, draft: Draft, network: Network) -> None:
        size, cells = network.nodes, len(network.tail)
        self.draft, self.network = draft, network
        ends = np.concatenate([network.tail * size + network.head, network.head * size + network.tail])
        self._order = np.argsort(ends, kind="stable")
        self._keys = ends[self._order]
        self._cell = self._order % cells
        self._rising = self._order < cells
        self._indices = (self._keys % size).astype(np.int32)
        self._indptr = np.searchsorted(self._keys // size, np.arange(size + 1)).astype(np.int32)
        self._slack = draft.values - draft.lower

    def cheapest(self, target: int) -> tuple[float, Ints, Ints, int] | None:
        """Return cost, cells, signs and rise of the cheapest move that makes a count wide, or None.

        The move adds ``rise`` times the signs; its mirror takes off ``width - rise`` times.
        """
        best: tuple[float, Ints, Ints, int] | None = None
        for rise in splits(self.draft.width, int(self._slack[target])):
            limit = np.inf if best is None else best[0] - 1e-9
            found = self._path(target, rise, limit)
            if found is not None and (best is None or found[0] < best[0] - 1e-9):
                best = (*found, rise)
        return best

    def _path(self, target: int, rise: int, limit: float) -> tuple[float, Ints, Ints] | None:
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        draft, size = self.draft, self.network.nodes
        cost = self._costs(rise, draft.width - rise)
        cost[self._cell == target] = np.inf
        source, sink = int(self.network.head[target]), int(self.network.tail[target])
        own = np.array([target], dtype=np.int64)
        if source == sink:
            return 0.0, own, np.ones(1, dtype=np.int64)
        graph: Any = csr_array((cost, self._indices, self._indptr), shape=(size, size))
        shortest: Any = dijkstra
        length, before = shortest(graph, indices=source, return_predecessors=True, limit=limit)
        if not np.isfinite(length[sink]):
            return None
        entries = []
        node = sink
        while node != source:
            parent = int(before[node])
            span = slice(*np.searchsorted(self._keys, [parent * size + node, parent * size + node + 1]))
            entries.append(span.start + int(np.argmin(cost[span])))
            node = parent
        signs = np.where(self._rising[entries], 1, -1).astype(np.int64)
        return float(length[sink]), np.concatenate([own, self._cell[entries]]), np.append(1, signs).astype(np.int64)

    def _costs(self, rise: int, fall: int) -> NDArray[np.float64]:
        """Price every arc: a cell that falls while the target rises must hold ``rise``, one that rises ``fall``."""
        price = self.draft.price() + NOTHING
        up = np.where(self._slack >= fall, price, np.inf)
        down = np.where(self._slack >= rise, price, np.inf)
        return np.where(self._rising, up[self._cell], down[self._cell])
