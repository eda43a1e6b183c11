"""Cover many hidden counts at once with what is hidden already.

One linear program with random prices finds a table far from the true one in many cells: in a
network its corners are whole numbers, elsewhere it counts only if it is whole. In a network what
remains is settled cell by cell with largest flows.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from inquirylab.privacy.bounds import parts_of
from inquirylab.privacy.draft import Draft
from inquirylab.privacy.grid import Grid
from inquirylab.privacy.network import Flow, Network
from inquirylab.privacy.system import UNBOUNDED, Flags, Ints, System

ROUNDS = 12


def system_of(draft: Draft) -> System:
    """Return what the public would see of a draft."""
    upper = np.full(len(draft.values), UNBOUNDED, dtype=np.int64)
    return System(
        names=(),
        values=draft.values,
        hidden=draft.hidden,
        relations=draft.relations,
        lower=draft.lower,
        upper=upper,
        sensitive=draft.hidden & draft.wanted,
        width=draft.width,
        start=draft.values,
    )


def public_system(grid: Grid, hidden: Flags, sensitive: Flags, lower: int, width: int) -> System:
    """Return what the public would see of a grid of which some cells are hidden."""
    size = grid.values.size
    values = grid.values.ravel()
    floor = np.minimum(np.full(size, lower, dtype=np.int64), values)
    upper = np.full(size, UNBOUNDED, dtype=np.int64)
    names = tuple(range(size))
    return System(names, values, hidden, grid.relations(), floor, upper, sensitive, width, start=values)


def cover_by_bundles(draft: Draft, rounds: int = ROUNDS) -> None:
    """Solve a few linear programs with random prices and keep what they show."""
    from scipy.optimize import linprog

    cells = np.flatnonzero(draft.hidden)
    matrix = draft.relations[:, cells]
    matrix = matrix[np.diff(matrix.indptr) > 0]
    random = np.random.default_rng(20240229)
    reach = draft.width
    floor = -np.minimum(draft.values[cells] - draft.lower[cells], reach)
    box: Any = np.stack([floor, np.full(len(cells), reach)], axis=1)
    for _ in range(rounds):
        open_cells = draft.uncovered
        if not len(open_cells):
            return
        cost = np.zeros(len(cells))
        places = np.searchsorted(cells, open_cells)
        cost[places] = random.uniform(0.5, 1.5, len(places)) * random.choice([-1.0, 1.0], len(places))
        gained = 0
        for direction in (cost, -cost):
            answer = linprog(direction, A_eq=matrix, b_eq=np.zeros(matrix.shape[0]), bounds=box, method="highs")
            if answer.x is None:
                continue
            change = np.rint(answer.x).astype(np.int64)
            if not (matrix @ change).any() and (change >= floor).all():
                draft.add(cells, change)
                gained = 1
        left = len(draft.uncovered)
        if not gained or left > 0.9 * len(open_cells):
            return


class HiddenFlow:
    """Flows within what a draft hides; built anew whenever more is hidden."""

    def __init__(self, draft: Draft, network: Network) -> None:
        self.draft, self.network, self._pattern = draft, network, -1
        self._flow: Flow | None = None
        self._cells: Ints = np.zeros(0, dtype=np.int64)

    def cover(self, target: int) -> bool:
        """Widen one hidden count as far as is needed with what is hidden; tell whether that was enough."""
        draft = self.draft
        if self._flow is None or self._pattern != draft.pattern:
            self._pattern, self._cells = draft.pattern, np.flatnonzero(draft.hidden)
            up = np.full(len(self._cells), UNBOUNDED, dtype=np.int64)
            self._flow = Flow(self.network, self._cells, up, (draft.values - draft.lower)[self._cells])
        number = int(np.searchsorted(self._cells, target))
        for upward in (True, False):
            if draft.is_narrow(target):
                change = self._flow.extreme(number, upward, draft.width)
                if change is not None:
                    draft.add(self._cells, change)
        return not draft.is_narrow(target)


def cover_by_search(draft: Draft, target: int) -> bool:
    """Widen one hidden count by whole-number optimization within what is hidden; tell whether that was enough."""
    for part in parts_of(system_of(draft)):
        if target in part.cells:
            cost = np.zeros(len(part.cells))
            for sign in (-1.0, 1.0):
                if draft.is_narrow(target):
                    cost[np.searchsorted(part.cells, target)] = sign
                    table = part.solve(cost)
                    if table is not None:
                        draft.add(part.cells, table - draft.values[part.cells])
    return not draft.is_narrow(target)


def narrow_counts(system: System, most_searched: int) -> int:
    """Return how many sensitive counts are not wide enough, without working out how wide they are.

    Outside networks, systems of more than ``most_searched`` hidden cells are not looked into.
    """
    network = Network.of(system.relations)
    if system.start is None or (network is None and int(system.hidden.sum()) > most_searched):
        return 0
    weight = np.zeros(len(system.values))
    draft = Draft(system.start, system.relations, system.hidden.copy(), ~system.hidden, system.sensitive, weight,
                  system.lower, system.width)  # fmt: skip
    cover_by_bundles(draft)
    flow = HiddenFlow(draft, network) if network is not None else None
    cover = flow.cover if flow is not None else (lambda target: cover_by_search(draft, target))
    return sum(not cover(target) for target in draft.uncovered.tolist() if draft.is_narrow(target))
