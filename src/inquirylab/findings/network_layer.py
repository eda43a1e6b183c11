"""The network's theory as a layer over a site's own: each node with whose it is and what the site says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from inquirylab.findings.theory_marks import Mark
from inquirylab.record.driver_diagram import AIM, IDEA_LEVEL, Link
from inquirylab.record.network_diagram import MergedNode, NetworkDiagram
from inquirylab.record.reading import Record

#: What a site says of a driver of the network, by its `state`.
STATES = {"focus": "working on it", "parked": "later", "done": "done", "not_here": "not working on it at this site"}


def whose(node: MergedNode) -> str:
    """Return whose a node is, and what the site says of it.

    Examples
    --------
    >>> whose(MergedNode("01a", "Mornings", 1, "both", "01x", "focus"))
    'the network’s: working on it'
    """
    if node.scope == "site":
        return "this site’s own"
    if node.level == IDEA_LEVEL:
        return "the network’s idea"
    if node.scope == "network":
        return "the network’s" if node.id == AIM else "the network’s: nothing said here yet"
    return f"the network’s: {STATES[node.state]}" if node.state in STATES else "the network’s"


def layer_marks(merged: NetworkDiagram, known: Mapping[str, Sequence[Mark]]) -> dict[str, list[Mark]]:
    """Return node -> its marks: whose it is, then what the site knows of it."""
    shapes = {"network": "link", "both": "check"}
    out = {}
    for n in merged.nodes.values():
        first = [] if n.scope == "site" else [Mark(shapes[n.scope], "", whose(n))]
        out[n.id] = [*first, *known.get(n.id, ())]
    return out


def layer_answers(site: Record, hub: Record, merged: NetworkDiagram) -> dict[str, Any]:
    """Return both theories as the answers of one diagram, as views draw them; what is the hub's has no path of its own."""
    own = {e.id: e for e in site.driver_diagram.edges}
    theirs = {(e.cause, e.effect): e for e in hub.driver_diagram.edges}
    drivers = {d.id: d for d in site.driver_diagram.drivers}

    def edge(link: Link) -> dict[str, Any]:
        cause, effect = (AIM if n == AIM else merged.nodes[n].hub for n in (link.cause, link.effect))
        said = own[link.id] if link.id in own else theirs.get((cause, effect))
        words = {k: getattr(said, k) for k in ("because", "strength", "evidence") if said and getattr(said, k)}
        return {"id": link.id or f"{link.cause}-{link.effect}", "cause": link.cause, "effect": link.effect, **words}

    def node(n: MergedNode) -> dict[str, Any]:
        name = "name" if n.level == IDEA_LEVEL else "label"
        exact = drivers[n.id].definition if n.id in drivers else None
        level = {} if n.level == IDEA_LEVEL else {"level": n.level or 1}
        return {"id": n.id, name: n.label, "scope": n.scope, "state": n.state, "definition": exact, **level}

    nodes = [n for n in merged.nodes.values() if n.id != AIM]
    aim = {"what": merged.nodes[AIM].label, "for_whom": site.aim.for_whom or hub.aim.for_whom}
    return {
        "aim": aim,
        "driver_diagram": {
            "drivers": [node(n) for n in nodes if n.level != IDEA_LEVEL],
            "edges": [edge(x) for x in merged.graph.links],
        },
        "change_ideas": [node(n) for n in nodes if n.level == IDEA_LEVEL],
    }


def to_take_up(hub: Record, merged: NetworkDiagram) -> list[dict[str, Any]]:
    """Return the network's drivers, each with its definition and with the nodes of the site that stand for it."""
    exact = {d.id: d.definition or "" for d in hub.driver_diagram.drivers}
    standing: dict[str, list[str]] = {}
    labels: dict[str, MergedNode] = {}
    for n in merged.nodes.values():
        if n.hub and n.level != IDEA_LEVEL:
            labels.setdefault(n.hub, n)
            standing.setdefault(n.hub, []).extend([n.id] if n.scope == "both" else [])
    return [
        {"id": h, "label": n.label, "level": n.level or 1, "definition": exact.get(h, ""), "here": standing[h]}
        for h, n in labels.items()
    ]
