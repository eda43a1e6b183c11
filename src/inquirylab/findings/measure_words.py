"""What a measure says lately, in a few words for a node of the theory; the chart itself stands in the measure's view."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inquirylab.findings.series_finding import SeriesFinding

ENOUGH = 10


class Lately(NamedTuple):
    """What a measure says.

    `state`: up (improved), con (got worse), changed (no side is better), same, few (too few points), none (no data).
    `points`: date and value of each point.
    """

    state: str
    words: str
    points: tuple[tuple[str, float], ...] = ()


def lately(finding: SeriesFinding | None, better: int) -> Lately:
    """Return what a series says at its end.

    Parameters
    ----------
    finding
        The measure's series; None where there is no data.
    better
        1 where more is better, -1 where less is, 0 where neither is.
    """
    if finding is None or finding.last is None:
        return Lately("none", "no data yet")
    held = np.flatnonzero(np.isfinite(finding.y))
    points = tuple((str(finding.x[i].astype("datetime64[D]")), round(float(finding.y[i]), 4)) for i in held)
    if finding.few:
        return Lately("few", f"too few points to judge ({int(finding.summary['n_useful'])} of {ENOUGH})", points)
    if finding.current:
        run = finding.current
        side = "above" if run.side > 0 else "below"
        return Lately(_state(run.side, better), f"{run.length} points {side} the centre line", points)
    after = [i for i in finding.beyond if not (finding.frozen and finding.baseline[i])]
    if after:
        beyond = finding.beyond[max(after)]
        count = f"{len(after)} points" if len(after) > 1 else "1 point"
        return Lately(_state(beyond, better), f"{count} beyond the {'upper' if beyond > 0 else 'lower'} limit", points)
    return Lately("same", f"no signal in {len(points)} points", points)


def _state(side: int, better: int) -> str:
    if not better:
        return "changed"
    return "up" if side == better else "con"
