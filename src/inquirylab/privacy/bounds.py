"""The interval of a hidden count, by whole-number optimization (HiGHS, through scipy).

The system is cut to its hidden cells and split into parts that no equation joins; each part
keeps its own small model. A solution counts only after it was rounded and checked exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from inquirylab.errors import PrivacyError
from inquirylab.privacy.system import UNBOUNDED, Ints, System


@dataclass(frozen=True)
class Part:
    """Hidden cells that equations join, with the model over them alone."""

    cells: Ints
    matrix: Any
    low: Ints
    high: Ints
    floor: Ints
    ceiling: Ints
    sane: int

    def solve(self, cost: Any) -> Any:
        """Return the cheapest table of this part as whole numbers, or None if there is none."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        rules = [LinearConstraint(self.matrix, self.low, self.high)] if self.matrix.shape[0] else []
        answer = milp(
            c=cost,
            constraints=rules,
            integrality=np.ones(len(self.cells), dtype=np.int64),
            bounds=Bounds(self.floor, self.ceiling),
            options={"mip_rel_gap": 0.0},
        )
        if answer.x is None:
            return None
        table = np.rint(answer.x).astype(np.int64)
        return table if self.holds(table) else None

    def holds(self, table: Ints) -> bool:
        """Check a table of this part in exact whole numbers."""
        sums = self.matrix @ table
        return bool(
            (sums >= self.low).all()
            and (sums <= self.high).all()
            and (table >= self.floor).all()
            and (table <= self.ceiling).all()
        )


def parts_of(system: System) -> list[Part]:
    """Split the hidden cells of a system into parts that are independent of each other."""
    from scipy.sparse import csr_array, vstack
    from scipy.sparse.csgraph import connected_components

    at = np.flatnonzero(system.hidden)
    if not len(at):
        return []
    known = np.where(system.hidden, 0, system.values)
    rates = [(r, line) for r in system.rates for line in r.inequalities()]
    lines = csr_array(
        (
            np.array([x for _, (a, b, _) in rates for x in (a, b)], dtype=np.int64),
            (
                np.repeat(np.arange(len(rates)), 2),
                np.array([x for r, _ in rates for x in (r.numerator, r.denominator)], dtype=np.int64),
            ),
        ),
        shape=(len(rates), len(known)),
    )
    everything = csr_array(vstack([system.relations, lines], format="csr"))
    high = -(everything @ known)
    high[system.relations.shape[0] :] += np.array([c for _, (_, _, c) in rates], dtype=np.int64)
    low = high.copy()
    low[system.relations.shape[0] :] = -UNBOUNDED * 1000
    matrix = csr_array(everything[:, at])
    touched = np.diff(matrix.indptr) > 0
    if ((low > 0) | (high < 0))[~touched].any():
        raise contradiction()
    matrix, low, high = csr_array(matrix[touched]), low[touched], high[touched]
    joined = csr_array(abs(matrix).T @ abs(matrix))
    count, label = connected_components(joined, directed=False)
    row_label = label[matrix.indices[matrix.indptr[:-1]]]
    # A bounded count cannot exceed the sum of all that was published; the cap keeps models bounded.
    cap = 4 * (int(np.abs(high).sum()) + system.width + 1)
    ceiling = np.minimum(system.upper[at], min(cap, UNBOUNDED))
    found = []
    for k in range(count):
        mine, rows = label == k, row_label == k
        found.append(
            Part(
                at[mine],
                csr_array(matrix[rows][:, mine]),
                low[rows],
                high[rows],
                system.lower[at][mine],
                ceiling[mine],
                cap // 4,
            )
        )
    return found


def contradiction() -> PrivacyError:
    """Return the error for published numbers that no table fits."""
    return PrivacyError(
        "The published numbers contradict each other: no table of whole numbers fits them all",
        cure="Check totals and rates; a correction of old data needs a release of its own.",
    )


def interval(part: Part, cell: int) -> tuple[int, int | None, Ints, Ints]:
    """Return the least and the largest value of one cell (None: no limit), with the tables that show them."""
    cost = np.zeros(len(part.cells))
    cost[cell] = 1
    least, most = part.solve(cost), part.solve(-cost)
    if least is None or most is None:
        raise contradiction()
    largest = None if most[cell] > part.sane else int(most[cell])
    return int(least[cell]), largest, least, most
