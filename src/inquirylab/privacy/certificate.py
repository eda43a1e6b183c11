"""The proof that goes with a protected table, checked in exact whole numbers.

The proof is private: its witnesses were made from the true table. What can be seen of it in a
frame's ``attrs``, in JSON or in a Parquet file is only its summary.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from inquirylab.errors import PrivacyError
from inquirylab.privacy.draft import Move
from inquirylab.privacy.system import Ints, System

GUARANTEE = (
    "For every hidden count there are two complete tables of whole numbers, differing there by at least {width}, "
    "that reproduce every published number."
)


class Certificate(dict[str, Any]):
    """Summary of a proof (as a dict), and the proof itself in attributes.

    Attributes
    ----------
    system
        What the public sees, with the true table as ``start``. Private.
    moves
        Witnesses, as changes of the true table. Private.
    low, high
        The least and largest value of each cell among the witnesses.
    release
        What a ledger keeps of this table. Private.
    view
        Where the rows of the table stand in the system.
    """

    system: System
    moves: tuple[Move, ...]
    low: Ints
    high: Ints
    release: Any = None
    view: Ints

    def __deepcopy__(self, memo: dict[int, Any]) -> Certificate:
        """Return itself: pandas copies ``attrs`` at every step, and a proof never changes."""
        return self

    def __repr__(self) -> str:
        """Show the summary only."""
        return f"Certificate({dict.__repr__(self)})"


def certify(system: System, moves: Sequence[Move]) -> Certificate:
    """Check every witness exactly and return the certificate.

    Parameters
    ----------
    system
        With the true table as ``start``.
    moves
        Changes of the true table.

    Raises
    ------
    PrivacyError
        A witness does not fit what is published, or a hidden count is not covered.
    """
    from scipy.sparse import csr_array

    start = system.start
    if start is None or not system.fits(start):
        raise PrivacyError("A certificate needs the true table", cure="Audit the published numbers instead.")
    sizes = [len(cells) for cells, _ in moves]
    cells = np.concatenate([c for c, _ in moves]) if moves else np.zeros(0, dtype=np.int64)
    change = np.concatenate([d for _, d in moves]) if moves else np.zeros(0, dtype=np.int64)
    row = np.repeat(np.arange(len(moves)), sizes)
    matrix = csr_array((change, (cells, row)), shape=(len(start), len(moves)))
    table = start[cells] + change
    faults = [
        not system.hidden[cells].all() and "changes a published number",
        len(np.unique(cells * max(len(moves), 1) + row)) != len(cells) and "names a cell twice",
        bool(len(moves)) and (system.relations @ matrix).count_nonzero() > 0 and "breaks a sum",
        ((table < system.lower[cells]) | (table < 0)).any() and "has a count below what is known",
        (table > system.upper[cells]).any() and "has a count above what is known",
        bool(system.rates) and "would have to be checked against rates",
    ]
    for fault in faults:
        if fault:
            raise PrivacyError(f"No certificate: a witness {fault}", cure="Do not publish this table.")
    low, high = start.copy(), start.copy()
    np.minimum.at(low, cells, table)
    np.maximum.at(high, cells, table)
    narrow = int((system.sensitive & (high - low < system.width)).sum())
    if narrow:
        raise PrivacyError(
            f"No certificate: {narrow} hidden counts could be worked out too closely",
            cure="Publish fewer dimensions, wider groups or fewer totals.",
        )
    proof = Certificate(
        guarantee=GUARANTEE.format(width=system.width),
        width=system.width,
        hidden=int(system.sensitive.sum()),
        published=int((~system.hidden).sum()),
        witnesses=len(moves),
        checked="exact whole numbers",
        pattern=hashlib.sha256(np.packbits(system.hidden).tobytes()).hexdigest()[:16],
    )
    proof.system, proof.moves, proof.low, proof.high = system, tuple(moves), low, high
    return proof
