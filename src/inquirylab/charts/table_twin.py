"""The table twin of a chart: the same points, limits and signals as rows of text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inquirylab.charts.words import Voice, capital, day
from inquirylab.findings.series_finding import SeriesFinding


@dataclass(frozen=True)
class Table:
    """Headings and rows of text; `numeric` says which columns are numbers."""

    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


def table_twin(finding: SeriesFinding, voice: Voice, n_name: str = "Counted below the line") -> Table:
    """Return every point of a series with its limits and what was found at it.

    The first column is the date, the last the signal; a point left out stands in its place with its reason.
    """
    unit = f", {voice.unit}" if voice.unit else ""
    limits = bool(np.isfinite(finding.ucl).any())
    headings = ["Week of" if voice.noun == "week" else "Date", f"Value{unit}"]
    headings += [n_name] if finding.n is not None else []
    headings += ["Lower limit", "Centre line", "Upper limit"] if limits else ["Centre line"]
    rows = [(moment, cells) for moment, cells in _points(finding, voice, limits)]
    blanks = len(headings) - 1
    rows += [(moment, ("",) * blanks + (f"left out: {why}",)) for moment, why in finding.left_out]
    rows.sort(key=lambda r: r[0])
    numeric = (False, *(True for _ in headings[1:]), False)
    return Table((*headings, "Signal"), numeric, tuple((day(moment), *cells) for moment, cells in rows))


def _points(finding: SeriesFinding, voice: Voice, limits: bool) -> list[tuple[np.datetime64, tuple[str, ...]]]:
    number = [f"{{:,.{voice.digits}f}}".format(v) if np.isfinite(v) else "" for v in finding.y]
    out = []
    for i, moment in enumerate(finding.x):
        cells = [voice.bounds(*finding.bounds[i]) if i in finding.bounds else number[i]]
        if finding.n is not None:
            cells.append(f"{finding.n[i]:,.0f}" if np.isfinite(finding.n[i]) else "")
        lines = (finding.lcl, finding.cl, finding.ucl) if limits else (finding.cl,)
        cells += [f"{line[i]:,.{voice.digits}f}" if np.isfinite(line[i]) else "" for line in lines]
        out.append((moment, (*cells, _signal(finding, i))))
    return out


def _signal(finding: SeriesFinding, i: int) -> str:
    """Return the signals at a point: beyond a limit, in a run."""
    words = ["known only within bounds"] if i in finding.bounds else []
    if i in finding.beyond:
        words.append("above limit" if finding.beyond[i] > 0 else "below limit")
    for run in finding.runs:
        if run.start <= i <= run.end and np.sign(finding.y[i] - finding.cl[i]) == run.side:
            words.append(f"run of {run.length} {'above' if run.side > 0 else 'below'}")
    return capital("; ".join(words))
