"""A table as a grid: crossed axes, every margin, and the equations that define each margin once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from inquirylab.privacy.axes import Axis
from inquirylab.privacy.system import Flags, Ints


@dataclass(frozen=True)
class Grid:
    """Crossed axes and the counts in all their nodes.

    Parameters
    ----------
    axes
        Those with groups first, which keeps two-dimensional tables flow networks.
    values
        Counts of every cell and margin, one dimension an axis.
    """

    axes: tuple[Axis, ...]
    values: Ints

    @classmethod
    def of(cls, axes: tuple[Axis, ...], finest: Ints) -> Grid:
        """Add every margin to the finest counts."""
        values = finest.astype(np.int64)
        for at, axis in enumerate(axes):
            values = axis.totals(values, at)
        return cls(axes, values)

    @property
    def shape(self) -> tuple[int, ...]:
        """Nodes an axis."""
        return tuple(len(axis) for axis in self.axes)

    @property
    def finest(self) -> Flags:
        """Cells that are no margin, in the shape of the grid."""
        flags = np.ones(self.shape, dtype=bool)
        for at, axis in enumerate(self.axes):
            np.moveaxis(flags, at, 0)[axis.leaves :] = False
        return flags

    @property
    def margins(self) -> Ints:
        """How many axes are summed over, a cell, in the shape of the grid."""
        count = np.zeros(self.shape, dtype=np.int64)
        for at, axis in enumerate(self.axes):
            np.moveaxis(count, at, 0)[axis.leaves :] += 1
        return count

    def relations(self) -> Any:
        """Return the sparse equations ``parts - total = 0``, one for every margin.

        A margin over several axes is defined along the first of them; the others follow from it.
        """
        from scipy.sparse import csr_array

        number = np.arange(self.values.size).reshape(self.shape)
        rows, columns, entries, done = [], [], [], 0
        for at, axis in enumerate(self.axes):
            along = np.moveaxis(number, at, 0)
            # Only where all earlier axes are at a leaf: otherwise the margin is defined already.
            index: list[Any] = [slice(None)]
            index += [slice(self.axes[k].leaves) if k < at else slice(None) for k in range(len(self.axes)) if k != at]
            along = along[tuple(index)].reshape(len(axis), -1)
            here = np.arange(along.shape[1])
            for group, parts in enumerate(axis.parts):
                for part, entry in [(axis.leaves + group, -1), *((p, 1) for p in parts)]:
                    rows.append(done + here)
                    columns.append(along[part])
                    entries.append(np.full(len(here), entry))
                done += len(here)
        shape = (done, self.values.size)
        data = np.concatenate(entries).astype(np.int64)
        return csr_array((data, (np.concatenate(rows), np.concatenate(columns))), shape=shape)
