"""How the numbers of a report were made, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from markupsafe import Markup

from inquirylab.charts.time_axis import TimeAxis
from inquirylab.charts.words import Voice, day, listing, plural
from inquirylab.findings.measure import MeasureFindings
from inquirylab.findings.series_finding import SeriesFinding
from inquirylab.findings.sites import SitesFinding
from inquirylab.reports.figure import CHART_NAMES, RULES

SHARED = "A signal on the same date, on the same side, in at least half of the sites is reported once, as shared, and not marked again."
TIME = (
    "True to scale within each stretch of data. {count} without data in any site ({which}): breaks, marked on the axis. "
    "No line and no run crosses them."
)


def methods(
    found: MeasureFindings, held: Mapping[str, SeriesFinding], sites: SitesFinding, axis: TimeAxis, voice: Voice
) -> list[tuple[str, str | Markup]]:
    """Return (subject, words) in the order in which people ask."""
    out: list[tuple[str, str | Markup]] = [("Chart", f"{CHART_NAMES[found.chart]}. {found.reason}")]
    frozen = [f for f in held.values() if f.frozen]
    if frozen:
        until = found.measure.baseline.until if found.measure.baseline else None
        span = f"All points before {day(until)}" if until else "The first points"
        short = sum(int(f.baseline.sum()) < 20 for f in frozen)
        words = f"{span}, frozen: later points are judged against them."
        words += f" {plural(short, 'site has', 'sites have')} a baseline of fewer than 20 points." if short else ""
        unfrozen = len(held) - len(frozen)
        words += f" For {plural(unfrozen, 'site')} all points are the baseline." if unfrozen else ""
        out.append(("Baseline", words))
    rules = [RULES.get(r, r) for r in (found.measure.rules or ("anhoej",))]
    limits = [] if found.chart == "run" else ["a point beyond 3-sigma limits"]
    out.append(
        (
            "Signals",
            f"{listing([*rules, *limits])[0].upper()}{listing([*rules, *limits])[1:]}. Runs are counted over reported {voice.noun}s.",
        )
    )
    if sites.shared:
        out.append(("Shared signals", SHARED))
    few = sum(f.few for f in held.values())
    if few:
        out.append(
            (
                "Too few points",
                f"{plural(few, 'site has', 'sites have')} fewer than ten useful points: drawn, and not judged.",
            )
        )
    out += [(p.label or "Phase", f"From {day(p.start)}. {p.reason or ''}") for p in found.measure.phases if p.start]
    holes = [
        round(float((b.first - a.last) / np.timedelta64(1, "W"))) - 1
        for a, b in zip(axis.stretches, axis.stretches[1:], strict=False)
    ]
    if holes:
        out.append(
            (
                "Time",
                TIME.format(
                    count=plural(len(holes), "stretch", "stretches"), which=f"{listing(str(h) for h in holes)} weeks"
                ),
            )
        )
    counted = [w for w in (found.measure.population, found.measure.include, found.measure.exclude) if w]
    if counted:
        out.append(("Who is counted", ". ".join(counted) + "."))
    return out
