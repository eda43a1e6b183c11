"""Audit: how narrow can someone who reads every published number make each hidden count?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.errors import PrivacyError
from inquirylab.privacy.bounds import contradiction, interval, parts_of
from inquirylab.privacy.network import CAP, Flow, Network, slack
from inquirylab.privacy.system import System, name_columns


def audit(published: System | Mapping[str, Any]) -> pd.DataFrame:
    """Return the exact interval of every hidden count.

    Parameters
    ----------
    published
        A :class:`System`, or a case as plain data (cells, relations, rates).

    Returns
    -------
    frame
        One row a sensitive hidden cell: its name, ``lower``, ``upper`` (missing: no limit),
        ``safe`` (the interval is at least ``min_n - 1`` wide).

    Raises
    ------
    PrivacyError
        The published numbers contradict each other.

    Notes
    -----
    The interval of an integer linear system, as in Fischetti and Salazar (2001), "Solving the cell
    suppression problem on tabular data with linear constraints", Management Science 47(7).
    """
    system = published if isinstance(published, System) else System.from_case(published)
    network = None if system.rates else Network.of(system.relations)
    found = _by_flow(system, network) if network is not None else _by_search(system)
    at = np.flatnonzero(system.sensitive)
    names = [system.names[i] for i in at]
    frame = pd.DataFrame({f"cell_{k}" if k else "cell": column for k, column in enumerate(name_columns(names))})
    frame["lower"] = pd.array([found[i][0] for i in at], dtype="Int64")
    frame["upper"] = pd.array([found[i][1] for i in at], dtype="Int64")
    frame["safe"] = [high is None or high - low >= system.width for low, high in (found[i] for i in at)]
    return frame


def _by_flow(system: System, network: Network) -> dict[int, tuple[int, int | None]]:
    start = system.start if system.start is not None else _any_table(system)
    if not system.fits(start):
        raise contradiction()
    cells = np.flatnonzero(system.hidden)
    up, down = slack(system.lower, system.upper, start, cells)
    flow = Flow(network, cells, up, down)
    found: dict[int, tuple[int, int | None]] = {}
    for number in np.flatnonzero(system.sensitive[cells]).tolist():
        cell = int(cells[number])
        rise, fall = flow.extreme(number, True), flow.extreme(number, False)
        high = int(rise[number]) if rise is not None else 0
        low = int(fall[number]) if fall is not None else 0
        found[cell] = (int(start[cell]) + low, None if high >= CAP else int(start[cell]) + high)
    return found


def _by_search(system: System) -> dict[int, tuple[int, int | None]]:
    found: dict[int, tuple[int, int | None]] = {}
    for part in parts_of(system):
        for number in np.flatnonzero(system.sensitive[part.cells]).tolist():
            low, high, _, _ = interval(part, number)
            found[int(part.cells[number])] = (low, high)
    return found


def _any_table(system: System) -> Any:
    table = np.where(system.hidden, 0, system.values)
    for part in parts_of(system):
        solution = part.solve(np.zeros(len(part.cells)))
        if solution is None:
            raise contradiction()
        table[part.cells] = solution
    return table


__all__ = ["PrivacyError", "audit"]
