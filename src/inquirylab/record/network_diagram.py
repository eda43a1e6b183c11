"""The network's theory and a site's own as one: the hub's drivers are read, never changed; the site says where it stands.

A driver of the site that names one of the hub's (`overlay_of`) stands for it. Everything else of the site is its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from inquirylab.record.driver_diagram import AIM, AIM_LEVEL, IDEA_LEVEL, Diagram, Link, diagram
from inquirylab.record.reading import Record

HUB = "hub:"


class MergedNode(NamedTuple):
    """A driver or change idea of both theories.

    Attributes
    ----------
    id
        Of the site's own node; for one that only the hub has, ``hub:`` and its id there.
    label, level
        The site's words where it has any, else the hub's.
    scope
        ``network``: the hub's alone; ``both``: the site stands for it; ``site``: the site's own.
    hub
        Id of the hub's driver; empty for the site's own.
    state
        What the site says of it: focus, parked, done, not_here; empty if nothing.
    """

    id: str
    label: str
    level: int | None
    scope: str
    hub: str = ""
    state: str = ""


@dataclass(frozen=True)
class NetworkDiagram:
    """Both theories merged.

    Attributes
    ----------
    nodes
        Id -> node, the aim first, then the hub's drivers in the hub's order, then the site's own.
    graph
        The same as a graph that can be walked.
    lost
        Site's driver -> the hub's id that it names and that is not there.
    """

    nodes: Mapping[str, MergedNode]
    graph: Diagram
    lost: Mapping[str, str]

    @cached_property
    def unanswered(self) -> tuple[MergedNode, ...]:
        """Return the hub's drivers of which the site says nothing."""
        return tuple(n for n in self.nodes.values() if n.scope == "network" and n.hub and n.level != IDEA_LEVEL)

    def plain(self) -> list[dict[str, Any]]:
        """Return the nodes as plain data, each with what it moves."""
        return [
            {"id": n.id, "label": n.label, "level": n.level, "scope": n.scope, "hub": n.hub, "state": n.state,
             "moves": self.graph.effects[n.id]}
            for n in self.nodes.values()
        ]  # fmt: skip


class NetworkTheory(NamedTuple):
    """What is known of a site's network: its name and the merged theory, or why it cannot be read."""

    title: str
    merged: NetworkDiagram | None
    problem: str = ""


def network_diagram(site: Record, hub: Record) -> NetworkDiagram:
    """Return the merged view of a site's theory and its hub's; neither record is changed.

    A link of the hub holds where the site stands for its ends. Several drivers of the site may stand for one of the hub's:
    then each moves what that moves.
    """
    theirs, ours = diagram(hub), diagram(site)
    drivers = {d.id or "": d for d in site.driver_diagram.drivers}
    names = {d.id or "": d.overlay_of or "" for d in site.driver_diagram.drivers if d.overlay_of}
    there = set(theirs.drivers())
    lost = {own: named for own, named in names.items() if named not in there}
    standing: dict[str, list[str]] = {}
    for own, named in names.items():
        if named in there:
            standing.setdefault(named, []).append(own)
    nodes = {
        AIM: MergedNode(AIM, site.aim.what or hub.aim.what or "Aim", AIM_LEVEL, "site" if site.aim.what else "network")
    }
    for node in theirs.drivers():
        for own in standing.get(node, [HUB + node]):
            said = drivers.get(own)
            label = (said.label if said else "") or theirs.labels[node]
            level = said.level if said and said.level is not None else theirs.levels[node]
            state = (said.state if said else None) or ""
            nodes[own] = MergedNode(own, label, level, "both" if said else "network", node, state)
    for node in theirs.ideas():
        nodes[HUB + node] = MergedNode(HUB + node, theirs.labels[node], IDEA_LEVEL, "network", node)
    for node in [*ours.drivers(), *ours.ideas()]:
        if node not in nodes:
            state = (drivers[node].state if node in drivers else None) or ""
            nodes[node] = MergedNode(node, ours.labels[node], ours.levels[node], "site", "", state)
    return NetworkDiagram(nodes, _graph(nodes, theirs, ours, standing), lost)


def _graph(
    nodes: Mapping[str, MergedNode], theirs: Diagram, ours: Diagram, standing: Mapping[str, list[str]]
) -> Diagram:
    def here(node: str) -> list[str]:
        return [AIM] if node == AIM else standing.get(node, [HUB + node])

    links = [*ours.links, *(Link(c, e) for x in theirs.links for c in here(x.cause) for e in here(x.effect))]
    known = dict.fromkeys((x.cause, x.effect, x.id) for x in links if x.cause in nodes and x.effect in nodes)
    own = {(c, e) for c, e, i in known if i}
    merged = tuple(Link(c, e, i) for c, e, i in known if i or (c, e) not in own)
    return Diagram({n.id: n.label for n in nodes.values()}, {n.id: n.level for n in nodes.values()}, merged)
