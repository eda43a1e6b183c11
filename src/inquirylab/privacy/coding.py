"""Top and bottom codes for hidden rates ("at most 20 %"), given only as far as an audit allows."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pandas as pd

from inquirylab.errors import PrivacyError
from inquirylab.privacy.axes import ALL
from inquirylab.privacy.bounds import interval, parts_of
from inquirylab.privacy.certificate import Certificate, certify
from inquirylab.privacy.draft import Move
from inquirylab.privacy.network import Flow, Network, slack
from inquirylab.privacy.rates import NO, OUTCOME, YES, rates
from inquirylab.privacy.system import Ints, System

STEPS = (1, 2, 5, 10, 20, 25, 50)
"""Percentages that a code may name."""
MOST_CODED = 1500
"""Outside flow networks, tables of up to so many hidden cells are given codes."""
Span = tuple[int, int, str]


def spans(total: int, width: int) -> list[Span]:
    """Return the codes for a rate of a known total: least and largest numerator, and the words.

    They depend on the total alone, cover every numerator, and each leaves at least ``width``.

    Examples
    --------
    >>> spans(40, 9)
    [(0, 10, 'at most 25 %'), (11, 29, 'between'), (30, 40, 'at least 75 %')]
    >>> spans(20, 9)
    [(0, 10, 'at most 50 %'), (11, 20, 'more than 50 %')]
    >>> spans(15, 9)
    []
    """
    for percent in STEPS:
        edge = int(Fraction(percent, 100) * total)
        if percent < 50 and edge >= width and total - 2 * edge - 2 >= width:
            upper = (total - edge, total, f"at least {100 - percent} %")
            return [(0, edge, f"at most {percent} %"), (edge + 1, total - edge - 1, "between"), upper]
    half = total // 2
    if half >= width and total - half - 1 >= width:
        return [(0, half, "at most 50 %"), (half + 1, total, "more than 50 %")]
    return []


def coded_rates(table: pd.DataFrame, outcome: str = OUTCOME, yes: str = YES, no: str = NO) -> pd.DataFrame:
    """Return the rates of a protected table, and a code for hidden rates where the audit allows one.

    Parameters
    ----------
    table
        What ``suppress`` returned, with its certificate; the outcome is one of its dimensions, with
        the labels ``yes`` and ``no``.

    Returns
    -------
    frame
        As :func:`~inquirylab.privacy.rates.rates`, with ``code`` (missing where there is none).
        ``attrs["certificate"]`` proves that every hidden count keeps its width, codes included.

    Raises
    ------
    PrivacyError
        There is no certificate to start from, or the table is too large to audit its codes.

    Notes
    -----
    A code is dropped where it would narrow any hidden count too much. A ledger does not hold codes: a coded
    table cannot be an earlier release.
    """
    proof = table.attrs.get("certificate")
    if not isinstance(proof, Certificate):
        raise PrivacyError("Codes need the certificate of the table", cure="Pass what suppress returned, unchanged.")
    frame = rates(table, outcome, yes)
    by = [c for c in table.columns[:-2] if c != outcome]
    places, codes = _codes(table, proof, by, outcome, yes, no)
    kept = np.ones(len(codes), dtype=bool)
    while True:
        coded = _with_codes(proof.system, places[kept], [c for c, k in zip(codes, kept, strict=True) if k])
        moves = [*_moves(coded)]
        narrow = _narrow(coded, moves)
        if not len(narrow):
            break
        blamed = np.isin(places, narrow).any(axis=1) & kept
        # A count may be narrow through the codes of its neighbours; then all of them go.
        kept &= ~blamed if blamed.any() else False
    words = {tuple(key): code[2] for key, code, keep in zip(_keys(table, by, outcome, yes, places, proof), codes, kept,
                                                            strict=True) if keep}  # fmt: skip
    frame["code"] = [words.get(tuple(row)) for row in frame[by].itertuples(index=False)]
    frame.attrs["certificate"] = certify(coded, moves)
    return frame


def _row_places(table: pd.DataFrame, proof: Certificate) -> Ints:
    """Return where each row of the table stands in the system."""
    cells = proof.release.cells
    place = [{label: k for k, label in enumerate(rows)} for rows in cells.rows]
    index = (tuple(map(dict.__getitem__, place, row)) for row in table[list(cells.by)].itertuples(index=False))
    return np.array([proof.view[at] for at in index], dtype=np.int64)


def _codes(
    table: pd.DataFrame, proof: Certificate, by: list[str], outcome: str, yes: str, no: str
) -> tuple[Ints, list[Span]]:
    """Return the hidden yes and no cells of every known total, and the code that is true of each."""
    start, count = proof.system.start, table.columns[-2]
    assert start is not None
    at = pd.Series(_row_places(table, proof), index=pd.MultiIndex.from_frame(table[[outcome, *by]]))
    totals = table[(table[outcome] == ALL) & table["published"]]
    pairs, codes = [], []
    for row in totals[[*by, count]].itertuples(index=False):
        top, rest = (int(at[(label, *row[:-1])]) for label in (yes, no))
        if proof.system.hidden[top]:
            true = [s for s in spans(int(row[-1]), proof.system.width) if s[0] <= start[top] <= s[1]]
            if true:
                pairs.append((top, rest))
                codes.append(true[0])
    return np.array(pairs, dtype=np.int64).reshape(-1, 2), codes


def _keys(
    table: pd.DataFrame, by: list[str], outcome: str, yes: str, places: Ints, proof: Certificate
) -> list[tuple[object, ...]]:
    rows = table[by][(table[outcome] == yes).to_numpy()]
    at = _row_places(table, proof)[(table[outcome] == yes).to_numpy()]
    known = dict(zip(at.tolist(), rows.itertuples(index=False), strict=True))
    return [tuple(known[int(top)]) for top, _ in places]


def _with_codes(system: System, places: Ints, codes: list[Span]) -> System:
    lower, upper = system.lower.copy(), system.upper.copy()
    for (top, rest), (least, most, _) in zip(places.tolist(), codes, strict=True):
        whole = int(system.start[top] + system.start[rest]) if system.start is not None else 0
        lower[top], upper[top] = max(lower[top], least), most
        lower[rest], upper[rest] = max(lower[rest], whole - most), whole - least
    return replace(system, lower=lower, upper=upper)


def _moves(system: System) -> list[Move]:
    """Return witnesses that show the whole interval of every hidden count."""
    start, found = system.start, []
    assert start is not None
    network = Network.of(system.relations)
    cells = np.flatnonzero(system.hidden)
    if network is not None:
        flow = Flow(network, cells, *slack(system.lower, system.upper, start, cells))
        for number in np.flatnonzero(system.sensitive[cells]).tolist():
            for upward in (True, False):
                change = flow.extreme(number, upward, system.width)
                if change is not None:
                    found.append((cells[change != 0], change[change != 0]))
        return found
    if len(cells) > MOST_CODED:
        raise PrivacyError(
            "The table is too large for its codes to be audited",
            found=f"{len(cells)} hidden cells",
            cure="Publish it without codes, or code parts of it that are published as tables of their own.",
        )
    for part in parts_of(system):
        for number in np.flatnonzero(system.sensitive[part.cells]).tolist():
            for tables in interval(part, number)[2:]:
                change = tables - start[part.cells]
                found.append((part.cells[change != 0], change[change != 0]))
    return found


def _narrow(system: System, moves: list[Move]) -> Ints:
    assert system.start is not None
    low, high = system.start.copy(), system.start.copy()
    for cells, change in moves:
        low[cells] = np.minimum(low[cells], system.start[cells] + change)
        high[cells] = np.maximum(high[cells], system.start[cells] + change)
    return np.flatnonzero(system.sensitive & (high - low < system.width))
