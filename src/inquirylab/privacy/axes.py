"""The dimensions of a table: labels, the groups above them, and the sums these stand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from inquirylab.privacy.system import Flags, Ints

ALL = "All"
"""The label of a margin."""


@dataclass(frozen=True)
class Axis:
    """One dimension as sets of leaves: the leaves, then groups; the last node is everything.

    Parameters
    ----------
    leaves
        How many leaves.
    sets
        For each node, its leaves. No two nodes have the same ones: two names for the same people
        are one node, so that they are hidden together.
    inside
        The same as flags, shape ``(nodes, leaves)``.
    parts
        For each group, nodes that do not overlap and make it up.
    """

    leaves: int
    sets: tuple[frozenset[int], ...]
    inside: Flags
    parts: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, leaves: int, groups: Iterable[frozenset[int]] = ()) -> Axis:
        """Build an axis from the number of its leaves and groups of them; the margin is added.

        Examples
        --------
        >>> Axis.of(3, [frozenset({0, 1})]).parts
        ((0, 1), (2, 3))
        """
        everything = frozenset(range(leaves))
        real = {group for group in groups if 1 < len(group) < leaves}
        sets = [frozenset({leaf}) for leaf in range(leaves)]
        sets += sorted(real, key=lambda group: (len(group), sorted(group)))
        sets.append(everything)
        inside = np.zeros((len(sets), leaves), dtype=bool)
        for node, members in enumerate(sets):
            inside[node, sorted(members)] = True
        parts = tuple(_cover(sets[node], sets[leaves:node], leaves) for node in range(leaves, len(sets)))
        return cls(leaves, tuple(sets), inside, parts)

    def __len__(self) -> int:
        """Count the nodes."""
        return len(self.sets)

    @property
    def is_flat(self) -> bool:
        """True where there is no group but the margin."""
        return len(self.sets) == self.leaves + 1

    def node(self, members: Iterable[int]) -> int:
        """Return the node that holds just these leaves."""
        wanted = frozenset(members)
        if len(wanted) == self.leaves:
            return len(self.sets) - 1
        return self.sets.index(wanted)

    def totals(self, values: Ints, axis: int) -> Ints:
        """Return values with the groups of this axis added, the leaves being along ``axis``."""
        moved = np.moveaxis(values, axis, 0)
        groups = np.tensordot(self.inside[self.leaves :].astype(np.int64), moved, axes=1)
        return np.moveaxis(np.concatenate([moved, groups]), 0, axis)


def _cover(members: frozenset[int], smaller: Sequence[frozenset[int]], leaves: int) -> tuple[int, ...]:
    """Make a group up from the largest smaller groups that do not overlap, and from leaves."""
    left, used = set(members), []
    for at in range(len(smaller) - 1, -1, -1):
        if smaller[at] <= left:
            used.append(leaves + at)
            left -= smaller[at]
    return (*sorted(left), *sorted(used))
