"""The dimensions of a table: labels, the groups above them, and the sums these stand in."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from inquirylab.errors import PrivacyError
from inquirylab.privacy.system import Flags, Ints

ALL = "All"
"""The label of a margin."""


@dataclass(frozen=True)
class Axis:
    """One dimension: leaves, then groups of leaves; the last group is everything.

    Parameters
    ----------
    name
        The column.
    nodes
        Labels: leaves first, then groups.
    leaves
        How many of the nodes are leaves.
    inside
        Which leaves stand in which node, shape ``(nodes, leaves)``.
    parts
        For each group, nodes that do not overlap and make it up.
    """

    name: str
    nodes: tuple[Hashable, ...]
    leaves: int
    inside: Flags
    parts: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, name: str, leaves: Sequence[Hashable], groups: Mapping[Hashable, Iterable[Hashable]]) -> Axis:
        """Build an axis from its leaves and named groups of them; the margin is added.

        Examples
        --------
        >>> Axis.of("site", ["A", "B", "C"], {"North": ["A", "B"]}).parts
        ((0, 1), (2, 3))
        """
        place = {leaf: at for at, leaf in enumerate(leaves)}
        sets: list[tuple[Hashable, frozenset[int]]] = []
        for label, members in groups.items():
            unknown = [m for m in members if m not in place]
            if unknown:
                raise PrivacyError(
                    f"The group {label!r} of {name!r} names members that are not in the table",
                    found=", ".join(repr(u) for u in unknown[:5]),
                    cure="Correct the hierarchy, or add rows for them.",
                )
            if label in place or label == ALL:
                raise PrivacyError(
                    f"The group {label!r} of {name!r} has the same name as one of its labels",
                    cure="Rename the group, so that a row of the published table says what it counts.",
                )
            sets.append((label, frozenset(place[m] for m in members)))
        sets.sort(key=lambda one: (len(one[1]), min(one[1], default=0)))
        sets.append((ALL, frozenset(range(len(leaves)))))
        inside = np.zeros((len(leaves) + len(sets), len(leaves)), dtype=bool)
        inside[np.arange(len(leaves)), np.arange(len(leaves))] = True
        parts = []
        for at, (_, members) in enumerate(sets):
            inside[len(leaves) + at, sorted(members)] = True
            parts.append(_cover(members, [s for _, s in sets[:at]], len(leaves)))
        return cls(name, (*leaves, *(label for label, _ in sets)), len(leaves), inside, tuple(parts))

    def __len__(self) -> int:
        """Count the nodes."""
        return len(self.nodes)

    @property
    def is_flat(self) -> bool:
        """True where there is no group but the margin."""
        return len(self.nodes) == self.leaves + 1

    def totals(self, values: Ints, axis: int) -> Ints:
        """Return values with the groups of this axis added, the leaves being along ``axis``."""
        moved = np.moveaxis(values, axis, 0)
        groups = np.tensordot(self.inside[self.leaves :].astype(np.int64), moved, axes=1)
        return np.moveaxis(np.concatenate([moved, groups]), 0, axis)


def _cover(members: frozenset[int], smaller: Sequence[frozenset[int]], leaves: int) -> tuple[int, ...]:
    """Make a group up from the largest smaller groups that do not overlap, and from leaves."""
    left, used = set(members), []
    for at in range(len(smaller) - 1, -1, -1):
        if smaller[at] and smaller[at] <= left:
            used.append(leaves + at)
            left -= smaller[at]
    return (*sorted(left), *sorted(used))
