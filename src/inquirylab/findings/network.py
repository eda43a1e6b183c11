"""A site's theory beside its network's: what stands for nothing, what is not answered, what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from inquirylab.findings.finding import Finding
from inquirylab.record.network_diagram import NetworkTheory
from inquirylab.record.reading import Record


def findings(record: Record, network: NetworkTheory | None) -> Iterator[Finding]:
    """Yield NW01 to NW04; nothing where the inquiry belongs to no network."""
    if network is None:
        return
    if network.merged is None:
        yield Finding("NW01", "info", "network", network.problem, "The site's own theory is shown by itself.")
        return
    drivers = {d.id or "": d for d in record.driver_diagram.drivers}
    labels = {n.hub: n.label for n in network.merged.nodes.values() if n.hub}
    for own in network.merged.lost:
        label = drivers[own].label or own
        near = get_close_matches(label, list(labels.values()), 1)
        yield Finding(
            "NW02",
            "warning",
            f"driver_diagram.drivers.{own}.overlay_of",
            f"“{label}” stands for a driver that the network does not have",
            f"Did the network replace it by “{near[0]}”?"
            if near
            else "Name another one, or keep it as this site's own.",
        )
    for own, d in drivers.items():
        if d.owner_scope == "hub" and not d.overlay_of:
            yield Finding(
                "NW03",
                "info",
                f"driver_diagram.drivers.{own}.overlay_of",
                f"“{d.label or own}” is said to be the network's, but not which of its drivers",
                "Name the driver that it stands for.",
            )
    if silent := network.merged.unanswered:
        names = ", ".join(f"“{n.label}”" for n in silent[:3]) + (
            f" and {len(silent) - 3} more" if len(silent) > 3 else ""
        )
        yield Finding(
            "NW04",
            "info",
            "driver_diagram",
            f"Of the network's drivers, this site says nothing of {names}",
            "Take one up, or mark it “Not working on it at this site”.",
        )
