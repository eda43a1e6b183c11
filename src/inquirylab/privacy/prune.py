"""Publish again what turned out not to be needed, dearest first."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from inquirylab.privacy.draft import Draft
from inquirylab.privacy.system import Flags

MOST_WITNESSES = 40
"""A cell that more witnesses pass through is hardly ever free, and costs much to try."""


def prune(draft: Draft, needed: Flags, cover: Callable[[int], bool]) -> int:
    """Show hidden cells again wherever all others stay wide; return how many.

    Parameters
    ----------
    draft
        A draft that covers every hidden count.
    needed
        Cells that must stay hidden.
    cover
        Widens one hidden count within what is hidden, and tells whether that was enough.
    """
    candidates = np.flatnonzero(draft.hidden & ~needed)
    order = np.lexsort((candidates, -draft.values[candidates], -draft.weight[candidates]))
    shown = 0
    for cell in candidates[order].tolist():
        if draft.witnesses_of(cell) > MOST_WITNESSES:
            continue
        since = draft.mark
        lost = draft.show(cell)
        touched = sorted({c for cells, _ in lost.values() for c in cells.tolist()})
        narrow = [c for c in touched if draft.hidden[c] and draft.wanted[c] and draft.is_narrow(c)]
        if all(not draft.is_narrow(c) or cover(c) for c in narrow):
            shown += 1
        else:
            draft.take_back(cell, lost, since)
    return shown
