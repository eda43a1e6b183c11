"""On small tables: the fewest cells that make several hidden counts wide at once.

A mixed-integer program in the form of Fischetti and Salazar (2001): one yes/no a cell (hide it?),
and for every target one flow up and one flow down that may use hidden cells only.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from inquirylab.privacy.draft import Draft
from inquirylab.privacy.system import Ints

NODES = 200
"""Branches looked at before the best answer so far is taken; a count, not a clock, so that runs agree."""


def fewest(draft: Draft, targets: Ints) -> Ints | None:
    """Return the cells to hide so that all targets become wide, or None if no answer was found."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, diags_array, eye_array, hstack, kron

    cells = np.flatnonzero(~draft.closed)
    count, flows, width = len(cells), 2 * len(targets), draft.width
    relations = draft.relations[:, cells]
    fall = np.minimum((draft.values - draft.lower)[cells], width).astype(float)
    ones, each = np.ones((flows, 1)), eye_array(flows * count)
    sums = hstack([csr_array((relations.shape[0] * flows, count)), kron(eye_array(flows), relations)], format="csr")
    above = hstack([kron(ones, -width * eye_array(count)), each], format="csr")
    below = hstack([kron(ones, -diags_array(fall)), -each], format="csr")
    at = np.searchsorted(cells, targets)
    up, down = (count + (2 * np.arange(len(targets)) + k) * count + at for k in (0, 1))
    row = np.arange(len(targets))
    spans: Any = csr_array(
        (np.repeat([1.0, -1.0], len(targets)), (np.append(row, row), np.append(up, down))),
        shape=(len(targets), (flows + 1) * count),
    )
    none_yet = draft.hidden[cells]
    answer = milp(
        c=np.concatenate([np.where(none_yet, 0.0, draft.weight[cells]), np.zeros(flows * count)]),
        constraints=[
            LinearConstraint(sums, 0, 0),
            LinearConstraint(above, -np.inf, 0),
            LinearConstraint(below, -np.inf, 0),
            LinearConstraint(spans, width, np.inf),
        ],
        bounds=Bounds(
            np.concatenate([none_yet.astype(float), np.tile(-fall, flows)]),
            np.concatenate([np.ones(count), np.full(flows * count, float(width))]),
        ),
        integrality=np.concatenate([np.ones(count), np.zeros(flows * count)]),
        options={"node_limit": NODES},
    )
    if answer.x is None:
        return None
    return cells[(answer.x[:count] > 0.5) & ~none_yet]
