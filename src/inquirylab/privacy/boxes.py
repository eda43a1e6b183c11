"""In three and more dimensions: moves that are products of one step along each axis.

Along an axis a step takes from one node and gives to another (or gives to one, and to every
group above it). The product of such steps keeps every sum, in whole numbers: a box with 2**d
corners in a table without groups. The cheapest box of a count is found by adding prices axis by
axis, for all other corners at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inquirylab.privacy.axes import Axis
from inquirylab.privacy.draft import Draft
from inquirylab.privacy.grid import Grid
from inquirylab.privacy.paths import splits
from inquirylab.privacy.system import Flags, Ints

BLOCKED = 1e9
Prices = NDArray[np.float64]


@dataclass(frozen=True)
class Steps:
    """Every step along one axis that changes one node: which nodes rise and fall in it."""

    rising: Any
    falling: Any

    @classmethod
    def of(cls, axis: Axis, node: int) -> Steps:
        """List the steps by which a node rises, sparse, shape ``(steps, nodes)`` each.

        A leaf may rise alone, or while another falls; a group rises with one of its members.
        """
        from scipy.sparse import csr_array

        inside = axis.inside.astype(np.int64)
        members = np.flatnonzero(axis.inside[node])
        others = np.flatnonzero(~axis.inside[node])
        if len(members) > 1:
            # Every member with every other would be too many: the pairs of the first few suffice to move a group.
            others = others[:8]
        alone = inside[:, members].T
        pairs = (inside[:, members].T[:, None, :] - inside[:, others].T[None, :, :]).reshape(-1, len(axis))
        steps = np.concatenate([pairs, alone])
        return cls(csr_array((steps > 0).astype(float)), csr_array((steps < 0).astype(float)))


class Boxes:
    """Cheapest boxes in a draft that lies on a grid."""

    def __init__(self, draft: Draft, grid: Grid) -> None:
        self.draft, self.grid = draft, grid
        self._slack = (draft.values - draft.lower).reshape(grid.shape)
        self._finest: Flags = grid.finest
        self._steps: dict[tuple[int, int], Steps] = {}

    def cheapest(self, target: int) -> tuple[float, Ints, Ints, int] | None:
        """Return cost, cells, signs and rise of the cheapest box that makes a count wide, or None."""
        at = tuple(int(i) for i in np.unravel_index(target, self.grid.shape))
        fall = int(self._slack[at]) if self._finest[at] else self.draft.width
        price = np.minimum(self.draft.price(), BLOCKED).reshape(self.grid.shape)
        best: tuple[float, tuple[int, ...], int] | None = None
        for rise in splits(self.draft.width, fall):
            costs = self._costs(at, price, rise)
            flat = int(np.argmin(costs))
            cost = float(costs.flat[flat])
            if cost < BLOCKED and (best is None or cost < best[0] - 1e-9):
                best = (cost, tuple(int(i) for i in np.unravel_index(flat, costs.shape)), rise)
                if cost <= 0:
                    break
        if best is None:
            return None
        cells, signs = self._cells(at, best[1])
        return best[0], cells, signs, best[2]

    def _costs(self, at: tuple[int, ...], price: Prices, rise: int) -> Prices:
        """Return the cost of every box through a node, one dimension an axis (its steps)."""
        short_up = self._finest & (self._slack < self.draft.width - rise)
        short_down = self._finest & (self._slack < rise)
        even = np.where(short_up, BLOCKED, price)
        odd = np.where(short_down, BLOCKED, price)
        for axis in range(len(self.grid.axes)):
            even, odd = self._along(axis, at[axis], even, odd)
        return even

    def _along(self, axis: int, node: int, even: Prices, odd: Prices) -> tuple[Prices, Prices]:
        """Replace the nodes of an axis (the first of the arrays) by the steps along it, adding up what they cost."""
        shape = self.grid.axes[axis]
        if shape.is_flat:
            if node < shape.leaves:
                up, down = even[node] + odd, odd[node] + even
                up[-1], down[-1] = even[node] + even[-1], odd[node] + odd[-1]
            else:
                up, down = even[node] + even, odd[node] + odd
            up[node] = down[node] = BLOCKED
        else:
            steps, rest = self._of(axis, node), even.shape[1:]
            even, odd = even.reshape(len(shape), -1), odd.reshape(len(shape), -1)
            up = (steps.rising @ even + steps.falling @ odd).reshape(-1, *rest)
            down = (steps.rising @ odd + steps.falling @ even).reshape(-1, *rest)
        # The next axis comes first; after the last one all stand in their old order.
        turn = (*range(1, up.ndim), 0)
        return up.transpose(turn), down.transpose(turn)

    def _cells(self, at: tuple[int, ...], choice: tuple[int, ...]) -> tuple[Ints, Ints]:
        """Return the cells of a box and their signs."""
        cells, signs = np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64)
        for axis, (node, step) in enumerate(zip(at, choice, strict=True)):
            shape = self.grid.axes[axis]
            if shape.is_flat:
                nodes = np.array([node, step])
                both = node < shape.leaves and step < shape.leaves
                turns = np.array([1, -1 if both else 1])
            else:
                steps = self._of(axis, node)
                row = np.asarray((steps.rising[[step]] - steps.falling[[step]]).todense()).ravel().astype(np.int64)
                nodes = np.flatnonzero(row)
                turns = row[nodes]
            cells = (cells[:, None] * len(shape) + nodes[None, :]).ravel()
            signs = (signs[:, None] * turns[None, :]).ravel()
        return cells, signs.astype(np.int64)

    def _of(self, axis: int, node: int) -> Steps:
        key = (axis, node)
        if key not in self._steps:
            self._steps[key] = Steps.of(self.grid.axes[axis], node)
        return self._steps[key]
