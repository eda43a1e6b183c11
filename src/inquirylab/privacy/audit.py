"""Audit: how narrow someone who reads every published number can make each hidden count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.errors import PrivacyError
from inquirylab.privacy.bounds import contradiction, interval, parts_of
from inquirylab.privacy.cells import Cells, Groups, groups_of
from inquirylab.privacy.certificate import Certificate, certify
from inquirylab.privacy.network import CAP, Flow, Network, slack
from inquirylab.privacy.releases import Union
from inquirylab.privacy.system import UNBOUNDED, Ints, System

Bounds = dict[int, tuple[int, int | None]]
MOST_SEARCHED = 400
"""Outside flow networks, exact intervals are searched for up to so many hidden cells."""


def audit(
    published: pd.DataFrame | System | Mapping[str, Any],
    *,
    min_n: int = 10,
    zeros: str = "small",
    hierarchy: Mapping[str, Mapping[Any, Any]] | None = None,
) -> pd.DataFrame:
    """Return the interval that is left for every hidden count.

    Parameters
    ----------
    published
        A table as :func:`~inquirylab.privacy.suppress` returns it (with its certificate all earlier
        releases are audited with it), any frame of the same form (dimensions, then the count,
        missing where hidden, then ``published``), a :class:`System`, or a case as plain data (cells,
        relations, rates).
    min_n, zeros, hierarchy
        Only for a frame without a certificate: the rules it was made by, and the groups among its
        labels (``{"site": {"North": ["A", "B"]}}``).

    Returns
    -------
    frame
        One row a hidden count: its name, ``lower``, ``upper`` (missing: no limit) and ``safe`` (the
        interval is at least ``min_n - 1`` wide). Intervals are exact; in certified tables of
        three or more dimensions with many hidden cells they are those of the witnesses: the true
        ones are at least as wide.

    Raises
    ------
    PrivacyError
        The published numbers contradict each other.

    Notes
    -----
    The interval of an integer linear system, as in Fischetti and Salazar (2001), "Solving the cell
    suppression problem on tabular data with linear constraints", Management Science 47(7).
    """
    if isinstance(published, pd.DataFrame):
        return _audit_frame(published, min_n, zeros, hierarchy or {})
    system = published if isinstance(published, System) else System.from_case(published)
    at = np.flatnonzero(system.sensitive)
    names = pd.DataFrame({"cell": pd.Series([system.names[i] for i in at], dtype=object)})
    return _report(names, at, _bounds(system), system.width)


def _audit_frame(
    frame: pd.DataFrame, min_n: int, zeros: str, hierarchy: Mapping[str, Mapping[Any, Any]]
) -> pd.DataFrame:
    by, count = list(frame.columns[:-2]), frame.columns[-2]
    if not by or frame.columns[-1] != "published":
        raise PrivacyError(
            "The table to audit has another form",
            found=", ".join(map(str, frame.columns)),
            cure="It needs the dimensions, then the count (missing where hidden), then 'published'.",
        )
    proof = frame.attrs.get("certificate")
    if isinstance(proof, Certificate):
        cells, system, view = proof.release.cells, proof.system, proof.view
    else:
        cells = _cells(frame, by, hierarchy)
        union = Union.of([cells])
        view, relations = union.views[0], union.grid.relations()
        size = union.grid.values.size
        hidden, values = np.ones(size, dtype=bool), np.zeros(size, dtype=np.int64)
        lower = np.full(size, int(zeros == "public"), dtype=np.int64)
        upper = np.full(size, UNBOUNDED, dtype=np.int64)
        system = System((), values, hidden, relations, lower, upper, hidden, min_n - 1)
    place = [{label: k for k, label in enumerate(rows)} for rows in cells.ordered(by).rows]
    view = np.transpose(view, [cells.by.index(name) for name in by])
    at = np.array([view[tuple(map(dict.__getitem__, place, row))] for row in frame[by].itertuples(index=False)])
    shown = frame["published"].to_numpy(dtype=bool)
    counts = frame[count].fillna(0).to_numpy(dtype=np.int64)
    system = _with(system, at[shown], counts[shown])
    unchanged = isinstance(proof, Certificate) and np.array_equal(system.hidden, proof.system.hidden)
    found = _bounds(system, proof if unchanged else None)
    return _report(frame.loc[~shown, by].reset_index(drop=True), at[~shown], found, system.width)


def _with(system: System, at: Ints, counts: Ints) -> System:
    """Return a system in which these numbers are in print."""
    values, hidden = system.values.copy(), system.hidden.copy()
    if system.start is not None and (system.start[at] != counts).any():
        raise PrivacyError(
            "The table is not the one that its certificate is for: a published number was changed",
            cure="Publish what suppress returned, unchanged.",
        )
    values[at], hidden[at] = counts, False
    return replace(system, values=values, hidden=hidden, sensitive=system.sensitive & hidden)


def _cells(frame: pd.DataFrame, by: list[str], hierarchy: Mapping[str, Mapping[Any, Any]]) -> Cells:
    """Read labels and groups off a published frame; its counts stay unknown."""
    groups: list[Groups] = []
    labels = []
    for column in by:
        named = hierarchy.get(column, {})
        names = tuple(v for v in dict.fromkeys(frame[column].tolist()) if v != "All" and v not in named)
        labels.append(names)
        groups.append(groups_of(frame, column, names, named))
    shape = tuple(len(names) for names in labels)
    nothing = np.zeros(shape, dtype=bool)
    return Cells(tuple(by), tuple(labels), tuple(groups), np.zeros(shape, dtype=np.int64), nothing, nothing)


def _report(names: pd.DataFrame, at: Ints, found: Bounds, width: int) -> pd.DataFrame:
    # A hidden row that is not counted as hidden is a number already known from an earlier release.
    ends = [found[i] for i in at.tolist()]
    return names.assign(
        lower=pd.Series([low for low, _ in ends], dtype="Int64"),
        upper=pd.Series([high for _, high in ends], dtype="Int64"),
        safe=[high is None or high - low >= width for low, high in ends],
    )


def _bounds(system: System, proof: Certificate | None = None) -> Bounds:
    network = None if system.rates else Network.of(system.relations)
    if network is not None:
        return _by_flow(system, network)
    if proof is not None and int(system.hidden.sum()) > MOST_SEARCHED:
        certify(system, proof.moves)
        return {i: (int(proof.low[i]), int(proof.high[i])) for i in np.flatnonzero(system.sensitive).tolist()}
    return _by_search(system)


def _by_flow(system: System, network: Network) -> Bounds:
    start = system.start if system.start is not None else _any_table(system)
    if not system.fits(start):
        raise contradiction()
    cells = np.flatnonzero(system.hidden)
    up, down = slack(system.lower, system.upper, start, cells)
    flow = Flow(network, cells, up, down)
    found: Bounds = {}
    for number in np.flatnonzero(system.sensitive[cells]).tolist():
        cell = int(cells[number])
        rise, fall = flow.extreme(number, True), flow.extreme(number, False)
        high = int(rise[number]) if rise is not None else 0
        low = int(fall[number]) if fall is not None else 0
        found[cell] = (int(start[cell]) + low, None if high >= CAP else int(start[cell]) + high)
    return found


def _by_search(system: System) -> Bounds:
    found: Bounds = {}
    for part in parts_of(system):
        for number in np.flatnonzero(system.sensitive[part.cells]).tolist():
            low, high, _, _ = interval(part, number)
            found[int(part.cells[number])] = (low, high)
    return found


def _any_table(system: System) -> Ints:
    table = np.where(system.hidden, 0, system.values)
    for part in parts_of(system):
        solution = part.solve(np.zeros(len(part.cells)))
        if solution is None:
            raise contradiction()
        table[part.cells] = solution
    return table
