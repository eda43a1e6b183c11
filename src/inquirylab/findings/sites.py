"""What many sites show together: signals that most share, signals of a site's own, who reported. PURE."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.findings.measure import Run, SeriesFinding

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
    """What is known of all sites of one measure together."""

    shared: tuple[SharedSignal, ...]
    own: tuple[OwnSignal, ...]
    reported: pd.Series[int]
    crossings_shared_by: int
    judged: int

    def is_shared(self, x: Any, side: int) -> bool:
        """Say whether most sites signal on this date and side."""
        return any(s.x == x and s.side == side for s in self.shared)


def find_sites(sites: Mapping[str, SeriesFinding]) -> SitesFinding:
    """Compare the signals of many sites' series.

    A point beyond a limit counts as shared when at least half of the sites that reported that date (and no fewer
    than ten of them) signal on the same side. Signals inside a baseline are not listed as a site's own: the
    baseline is what later points are judged against.
    """
    reported = Counter(x for f in sites.values() for x in f.x[np.isfinite(f.y)])
    hits = Counter((f.x[i], side) for f in sites.values() for i, side in f.beyond.items())
    shared = tuple(
        SharedSignal(x, side, count, reported[x])
        for (x, side), count in sorted(hits.items(), key=lambda h: (h[0][0], h[0][1]), reverse=True)
        if count >= reported[x] * SHARED_BY and reported[x] >= FEWEST_SITES_TO_SHARE
    )
    common = {(s.x, s.side) for s in shared}
    own = [signal for f in sites.values() for signal in _own(f, common)]
    own.sort(key=lambda s: (-s.x.astype("int64"), s.at is not None, s.side, s.site))
    judged = [f for f in sites.values() if not f.few]
    few_crossings = sum(f.summary["n_crossings"] < f.summary["n_crossings_min"] for f in judged)
    counts = pd.Series(dict(sorted(reported.items())), dtype="int64")
    return SitesFinding(shared, tuple(own), counts, int(few_crossings), len(judged))


def own_beyond(finding: SeriesFinding, shared: SitesFinding) -> dict[int, int]:
    """Return the points beyond a limit, after the baseline, that most sites do not share."""
    common = {(s.x, s.side) for s in shared.shared}
    return {s.at: s.side for s in _own(finding, common) if s.at is not None}


def _own(finding: SeriesFinding, common: set[tuple[np.datetime64, int]]) -> list[OwnSignal]:
    out = []
    if finding.few:
        return out
    after = ~finding.baseline if finding.frozen else np.ones(len(finding.x), dtype=bool)
    if finding.current:
        run = finding.current
        out.append(OwnSignal(finding.x[run.completing], finding.site, run.side, run=run))
    out += [
        OwnSignal(finding.x[i], finding.site, side, at=i)
        for i, side in finding.beyond.items()
        if after[i] and (finding.x[i], side) not in common
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
