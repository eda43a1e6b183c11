"""Hide more cells, as few as it takes, until every hidden count is wide enough."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inquirylab.privacy.boxes import Boxes
from inquirylab.privacy.bundles import HiddenFlow, cover_by_bundles, cover_by_search
from inquirylab.privacy.draft import Draft
from inquirylab.privacy.fewest import fewest
from inquirylab.privacy.grid import Grid
from inquirylab.privacy.network import Network
from inquirylab.privacy.paths import Paths
from inquirylab.privacy.prune import prune
from inquirylab.privacy.system import Ints

FREE = 1e-3
"""Moves below this price hide nothing new."""
EXACT, BATCH = {True: 150, False: 80}, {True: 400, False: 150}
"""Tables of up to so many cells (flow networks, others) get the fewest hidden cells that a mixed-integer program
finds, and how many cells times targets go into one."""
SMALL = 200
"""Outside networks, tables of up to so many cells are searched exactly while pruning."""
LAST_RESORT = 1500
"""Tables of up to so many cells are searched exactly for a count that no path and no box protects."""
BUNDLE_LIMIT = 1500
"""Outside networks, linear programs pay only up to so many hidden cells."""


@dataclass
class Protection:
    """One search over one draft.

    Parameters
    ----------
    draft
        What to protect; its first hidden cells are the small counts.
    grid
        Where its cells lie.
    """

    draft: Draft
    grid: Grid

    def __post_init__(self) -> None:
        self.needed = self.draft.hidden.copy()
        self.is_patient = True
        network = Network.of(self.draft.relations)
        self.is_network = network is not None
        self.finder = Paths(self.draft, network) if network is not None else Boxes(self.draft, self.grid)
        self.flow = HiddenFlow(self.draft, network) if network is not None else None

    def run(self) -> Ints:
        """Protect every hidden count; return the positions of those that could not be."""
        draft = self.draft
        if self.is_network or int(draft.hidden.sum()) <= BUNDLE_LIMIT:
            cover_by_bundles(draft)
        if len(draft.values) <= EXACT[self.is_network]:
            self._fewest()
        for level in self._levels():
            draft.spared = (self.grid.margins.ravel() >= level) & ~draft.hidden
            # In a large table a single count is not worth a long search while all totals are spared.
            self.is_patient = level > 2 or len(draft.values) <= SMALL // 2
            stuck = self._protect_all()
        if not stuck:
            prune(draft, self.needed, self.cover)
        return draft.uncovered

    def _levels(self) -> list[int]:
        """Return from how many axes on a total is spared, first strictly, at last not at all.

        In a network the price of totals does the same; boxes are too coarse to leave it to a price.
        """
        most = len(self.grid.axes) + 1
        return [most] if self.is_network else list(range(2, most + 1))

    def _protect_all(self) -> set[int]:
        """Protect every hidden count that can be protected; return the others."""
        draft, stuck = self.draft, set[int]()
        while True:
            targets = [t for t in draft.uncovered.tolist() if t not in stuck]
            if not targets:
                return {t for t in stuck if draft.is_narrow(t)}
            # The largest first: they ask for the most room, and their partners help the smaller ones.
            targets.sort(key=lambda t: (-int(draft.values[t]), t))
            for target in targets:
                if draft.is_narrow(target) and not self._protect(target):
                    stuck.add(target)

    def cover(self, target: int) -> bool:
        """Widen a hidden count with what is hidden already; tell whether that was enough."""
        if self.flow is not None:
            return self.flow.cover(target)
        found = self.finder.cheapest(target)
        if found is not None and found[0] < FREE:
            self._keep(*found[1:])
            return True
        return len(self.draft.values) <= SMALL and cover_by_search(self.draft, target)

    def _fewest(self) -> None:
        """Hide what several targets need together, a few at a time."""
        draft = self.draft
        batch = max(1, BATCH[self.is_network] // len(draft.values))
        done: set[int] = set()
        while True:
            waiting = [t for t in draft.uncovered.tolist() if t not in done and not self.cover(t)]
            waiting.sort(key=lambda t: (-int(draft.values[t]), t))
            if not waiting:
                return
            targets = np.array(sorted(waiting[:batch]), dtype=np.int64)
            done.update(targets.tolist())
            cells = fewest(draft, targets)
            if cells is not None:
                draft.hide(cells)
                for target in targets.tolist():
                    self.cover(target)

    def _protect(self, target: int) -> bool:
        """Hide what one target needs; tell whether it could be protected."""
        found = self.finder.cheapest(target)
        if (found is None or found[0] >= FREE) and self.flow is not None and self.flow.cover(target):
            return True
        if found is not None:
            self.draft.hide(found[1])
            self._keep(*found[1:])
            return True
        if len(self.draft.values) > LAST_RESORT:
            return False
        if self.flow is None and cover_by_search(self.draft, target):
            return True
        if not self.is_patient:
            return False
        cells = fewest(self.draft, np.array([target], dtype=np.int64))
        if cells is None:
            return False
        self.draft.hide(cells)
        return self.flow.cover(target) if self.flow is not None else cover_by_search(self.draft, target)

    def _keep(self, cells: Ints, signs: Ints, rise: int) -> None:
        for times in (rise, rise - self.draft.width):
            if times:
                self.draft.add(cells, times * signs)
