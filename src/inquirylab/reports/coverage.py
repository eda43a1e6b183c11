"""Who reported, up to when, and what is missing by kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import pandas as pd
from markupsafe import Markup

from inquirylab.charts.time_axis import TimeAxis
from inquirylab.charts.words import Voice, day, plural
from inquirylab.findings.sites import SitesFinding
from inquirylab.reports.site_parts import MISSING_KINDS


@dataclass(frozen=True)
class Coverage:
    """Facts (number, what it counts), two drawings of one chart, missing values by kind."""

    facts: tuple[tuple[str, str], ...]
    wide: Markup
    narrow: Markup
    missing: tuple[tuple[str, int, int], ...]


def coverage(
    sites: SitesFinding,
    axis: TimeAxis,
    listed: int,
    completed: int,
    voice: Voice,
    missing: Mapping[str, tuple[int, int]],
    done: str = "with a result",
) -> Coverage:
    """Return the coverage of a batch: `listed` sites in the list, `completed` of them are `done`."""
    counts = sites.reported
    facts = [(f"{listed:,}", "sites in the list"), (f"{completed:,}", f"sites {done}")]
    alt = "No site reported."
    if len(counts):
        last = day(counts.index[-1])
        facts.append((last, f"last {voice.noun}, reported by {plural(int(counts.iloc[-1]), 'site')}"))
        facts.append((f"{len(counts):,}", f"{voice.noun}s in which any site reported"))
        alt = (
            f"Sites that reported, {voice.noun} by {voice.noun}: {counts.median():.0f} of {listed} in a usual {voice.noun}, "
            f"from {counts.min()} to {counts.max()}; {counts.iloc[-1]} in the last, {last}."
        )
    kinds = [(MISSING_KINDS.get(kind, kind), *amount) for kind, amount in missing.items()]
    return Coverage(
        tuple(facts),
        Markup(bars(counts, axis, listed, alt, 760, 168, "hi")),
        Markup(bars(counts, axis, listed, alt, 343, 130, "lo")),
        tuple(kinds),
    )


def bars(counts: pd.Series[int], axis: TimeAxis, total: int, alt: str, width: int, height: int, kind: str) -> str:
    """Draw how many sites reported at each date, out of all."""
    top, bottom, left, right = 14, height - 26, 6, width - 44
    unit = (right - left) / axis.total
    bar = max(0.6, unit * 0.72)

    def x(steps: float) -> float:
        return left + steps * unit

    out = [f'<svg class="cover {kind}" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(alt)}">']
    for s in axis.stretches:
        x0, x1 = x(s.start) - bar / 2, x(s.end) + bar / 2
        first = pd.Timestamp(s.first)
        words = f"{first:%b} {first.year}" if kind == "hi" else str(first.year)
        out.append(
            f'<path class="grid" d="M{x0:.1f} {top}H{x1:.1f}"/><path class="axis" d="M{x0:.1f} {bottom + 0.5}H{x1:.1f}"/>'
        )
        out.append(f'<text x="{x0:.1f}" y="{bottom + 17}">{words}</text>')
    for moment, count in counts.items():
        y = bottom - int(count) / max(total, 1) * (bottom - top)
        out.append(f'<path class="bar" d="M{x(axis(moment)) - bar / 2:.1f} {bottom}V{y:.1f}h{bar:.1f}V{bottom}z"/>')
    out.append(
        f'<text x="{right + bar / 2 + 6:.1f}" y="{top + 4}">{total}</text><text x="{right + bar / 2 + 6:.1f}" y="{bottom + 4}">0</text>'
    )
    return "".join(out) + "</svg>"
