"""What many sites show together: signals that most share, signals of a site's own, who reported. PURE."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.findings.measure import MeasureFindings
from inquirylab.findings.series_finding import Run, SeriesFinding

# A signal in the same week, on the same side, in at least this share of the sites is not the work of one site.
SHARED_BY = 0.5
FEWEST_SITES_TO_SHARE = 10


@dataclass(frozen=True)
class SharedSignal:
    """A point beyond its limit in most sites at once."""

    x: np.datetime64
    side: int
    sites: int
    of: int


@dataclass(frozen=True)
class OwnSignal:
    """A signal of one site. `x` is the date that completed it."""

    x: np.datetime64
    site: str
    side: int
    run: Run | None = None
    at: int | None = None


@dataclass(frozen=True)
class SitesFinding:
    """What is known of all sites of one measure together.

    Attributes
    ----------
    shared
        Points beyond a limit that most sites have at once, newest first.
    reported
        How many sites have a value, or bounds of one, by date.
    crossings_shared_by, judged
        How many sites cross their centre line too seldom, of those with enough points to judge.
    """

    shared: tuple[SharedSignal, ...]
    reported: pd.Series[int]
    crossings_shared_by: int
    judged: int

    def is_shared(self, x: Any, side: int) -> bool:
        """Say whether most sites signal on this date and side."""
        return any(s.x == x and s.side == side for s in self.shared)


def find_sites(found: MeasureFindings) -> SitesFinding:
    """Compare the signals of many sites' series, in one pass over all of them.

    A point beyond a limit counts as shared when at least half of the sites that reported that date (and no fewer
    than ten of them) signal on the same side.
    """
    analysis = found.analysis
    points, signals, summary = analysis.points, analysis.signals, analysis.summary
    held = points[points["include"] & points["y"].notna()]
    valued = held.groupby("x")["site"].nunique().sort_index()
    reported = _reported(held, found.bounded) if len(found.bounded) else valued
    beyond = signals[signals["rule"] == "sigma"]
    hits = beyond.groupby(["x", "side"], observed=True)["site"].nunique()
    shared = [
        SharedSignal(np.datetime64(x, "s"), int(side), int(count), int(valued[x]))
        for x, side, count in hits.reset_index(name="count").itertuples(index=False)
        if valued.get(x, 0) >= FEWEST_SITES_TO_SHARE and count >= valued[x] * SHARED_BY
    ]
    shared.sort(key=lambda s: (s.x, s.side), reverse=True)
    judged = summary[~summary["few"].astype(bool)]
    seldom = judged.loc[judged["n_crossings"] < judged["n_crossings_min"], "site"].nunique()
    return SitesFinding(tuple(shared), reported, int(seldom), int(judged["site"].nunique()))


def _reported(held: pd.DataFrame, bounded: pd.DataFrame) -> pd.Series[int]:
    both = pd.concat([held[["site", "x"]], bounded[["site", "x"]]])
    return both.groupby("x")["site"].nunique().sort_index()


def own_signals(findings: Iterable[SeriesFinding], sites: SitesFinding) -> list[OwnSignal]:
    """Return the signals that are a site's own, newest first, then runs before points, then by name.

    Signals inside a baseline are not listed: the baseline is what later points are judged against.
    """
    own = [signal for f in findings for signal in _own(f, sites)]
    return sorted(own, key=lambda s: (-s.x.astype("int64"), s.at is not None, s.side, s.site))


def own_beyond(finding: SeriesFinding, sites: SitesFinding) -> dict[int, int]:
    """Return the points beyond a limit, after the baseline, that most sites do not share."""
    return {s.at: s.side for s in _own(finding, sites) if s.at is not None}


def _own(finding: SeriesFinding, sites: SitesFinding) -> list[OwnSignal]:
    out: list[OwnSignal] = []
    if finding.few:
        return out
    after = ~finding.baseline if finding.frozen else np.ones(len(finding.x), dtype=bool)
    if finding.current:
        run = finding.current
        out.append(OwnSignal(finding.x[run.completing], finding.site, run.side, run=run))
    out += [
        OwnSignal(finding.x[i], finding.site, side, at=i)
        for i, side in finding.beyond.items()
        if after[i] and not sites.is_shared(finding.x[i], side)
    ]
    return out


def stretches(dates: pd.Series[int], longest_gap_weeks: int | None) -> list[tuple[np.datetime64, np.datetime64]]:
    """Return the stretches of time in which any site has data: (first, last) of each.

    Only a hole that all sites share, longer than the measure's longest gap, parts one stretch from the next.
    """
    x = dates.index.to_numpy().astype("datetime64[s]")
    if not x.size:
        return []
    if not longest_gap_weeks:
        return [(x[0], x[-1])]
    cuts = np.flatnonzero(np.diff(x) > np.timedelta64(longest_gap_weeks, "W")) + 1
    return [(part[0], part[-1]) for part in np.split(x, cuts)]
