"""A table while it is being protected: what is hidden so far, and what proves it.

A *move* is a change of hidden counts that keeps every sum. Added to the true table it gives
another complete table that the public cannot tell from the true one: a witness. A count is
covered when two witnesses differ there by the width that is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inquirylab.privacy.system import Flags, Ints

Move = tuple[Ints, Ints]
"""Positions of the cells that change, and by how much."""


@dataclass
class Draft:
    """State of a search. All arrays have one entry a cell of the (flattened) table.

    Parameters
    ----------
    values
        True counts.
    relations
        Equations, sparse; every row times ``values`` is 0.
    hidden
        Cells that are hidden so far.
    fixed
        Cells that can never be hidden: published before, or zeros that are public.
    wanted
        Cells that count as counts: if hidden, they must be wide. Others are never in print.
    weight
        What hiding a cell costs.
    lower
        What is known of a hidden count from the zero policy.
    width
        ``min_n - 1``.
    """

    values: Ints
    relations: Any
    hidden: Flags
    fixed: Flags
    wanted: Flags
    weight: NDArray[np.float64]
    lower: Ints
    width: int
    moves: dict[int, Move] = field(default_factory=dict)
    high: Ints = field(init=False)
    low: Ints = field(init=False)

    def __post_init__(self) -> None:
        self.high, self.low = self.values.copy(), self.values.copy()
        self.spared = np.zeros(len(self.values), dtype=bool)
        self._through: list[dict[int, int]] = [{} for _ in range(len(self.values))]
        self._next = 0
        self.pattern = 0

    @property
    def uncovered(self) -> Ints:
        """Positions of hidden counts that are not yet wide enough."""
        return np.flatnonzero(self.hidden & self.wanted & (self.high - self.low < self.width))

    def is_narrow(self, cell: int) -> bool:
        """Tell whether a hidden count is not yet wide enough."""
        return bool(self.high[cell] - self.low[cell] < self.width)

    def add(self, cells: Ints, change: Ints) -> None:
        """Keep a move as a witness; the cells it touches must be hidden."""
        touched = change != 0
        cells, change = cells[touched], change[touched]
        if len(cells):
            self._restore(self._next, (cells, change))
            self._next += 1

    def _restore(self, key: int, move: Move) -> None:
        cells, change = move
        self.moves[key] = move
        table = self.values[cells] + change
        self.high[cells] = np.maximum(self.high[cells], table)
        self.low[cells] = np.minimum(self.low[cells], table)
        for cell, count in zip(cells.tolist(), table.tolist(), strict=True):
            self._through[cell][key] = count

    def hide(self, cells: Ints) -> None:
        """Hide cells."""
        self.hidden[cells] = True
        self.pattern += 1

    def price(self) -> NDArray[np.float64]:
        """Return the cost of using each cell in a move: 0 if hidden, infinite if fixed."""
        cost = np.where(self.hidden, 0.0, self.weight)
        cost[self.closed] = np.inf
        return cost

    @property
    def closed(self) -> Flags:
        """Cells that cannot be hidden, or (for now) are spared, because they are dear."""
        return (self.fixed | self.spared) & ~self.hidden

    def show(self, cell: int) -> dict[int, Move]:
        """Publish a cell again; return the moves that are lost by it."""
        self.hidden[cell] = False
        self.pattern += 1
        return self.drop(list(self._through[cell]))

    def witnesses_of(self, cell: int) -> int:
        """Count the moves that change a cell."""
        return len(self._through[cell])

    def drop(self, keys: list[int]) -> dict[int, Move]:
        """Take moves away and work out the intervals they gave anew."""
        lost = {key: self.moves.pop(key) for key in keys}
        touched: set[int] = set()
        for key, (cells, _) in lost.items():
            touched.update(cells.tolist())
            for cell in cells.tolist():
                del self._through[cell][key]
        for cell in touched:
            counts = self._through[cell].values()
            own = int(self.values[cell])
            self.high[cell], self.low[cell] = max(counts, default=own), min(counts, default=own)
            self.high[cell], self.low[cell] = max(self.high[cell], own), min(self.low[cell], own)
        return lost

    def take_back(self, cell: int, lost: dict[int, Move], since: int) -> None:
        """Hide a cell that was shown, bring its moves back, and drop those made since."""
        self.drop([key for key in self.moves if key >= since])
        self.hidden[cell] = True
        self.pattern += 1
        for key, move in lost.items():
            self._restore(key, move)

    @property
    def mark(self) -> int:
        """Where the moves stand, for :meth:`take_back`."""
        return self._next
