"""How one diagram became another, node by node and link by link, with what was removed kept in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

AIM = "aim"
IDEA_LEVEL = 4


class NodeChange(NamedTuple):
    """What became of a node: added, removed, reworded, moved or nothing; its old words; changes of its links in words."""

    change: str
    was: str
    links: tuple[str, ...] = ()


class Changes(NamedTuple):
    """All changes, by node and by link (cause, effect); `merged` is the newer diagram with what was removed."""

    nodes: dict[str, NodeChange]
    links: dict[tuple[str, str], str]
    merged: dict[str, Any]

    def count(self, what: str) -> int:
        """Return how many nodes were ``added``, ``removed``, ``reworded`` or ``moved``."""
        return sum(1 for n in self.nodes.values() if n.change == what)


class _Node(NamedTuple):
    label: str
    level: int
    text: str
    fields: Mapping[str, Any]


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Changes:
    """Compare two contents of versions (:func:`inquirylab.record.versions.snapshot_of` makes them).

    A link that changed with a node that came or went is not counted for itself.
    """
    before, after = _nodes(old), _nodes(new)
    links_before, links_after = _links(old), _links(new)
    links: dict[tuple[str, str], str] = {}
    tags: dict[str, list[str]] = {}
    both = before.keys() & after.keys()
    for ends in [*links_after, *(e for e in links_before if e not in links_after)]:
        change, words = _link_change(ends, links_before, links_after)
        if not change:
            continue
        links[ends] = change
        if words and both >= set(ends):
            tags.setdefault(ends[0], []).append(f"link to “{(after.get(ends[1]) or before[ends[1]]).label}” {words}")
    nodes = {
        n: NodeChange(*_node_change(before.get(n), after.get(n)), tuple(tags.get(n, ()))) for n in {**after, **before}
    }
    return Changes(nodes, links, _merged(before, after, links_before, links_after))


def _node_change(old: _Node | None, new: _Node | None) -> tuple[str, str]:
    if old is None or new is None:
        return ("added", "") if old is None else ("removed", "")
    if old.text != new.text:
        return "reworded", old.label if old.label != new.label else ""
    return ("moved", "") if old.level != new.level else ("", "")


def _link_change(ends: tuple[str, str], old: Mapping[Any, Any], new: Mapping[Any, Any]) -> tuple[str, str]:
    if ends not in old:
        return "added", "added"
    if ends not in new:
        return "removed", "removed"
    weak_before, weak_after = old[ends].get("strength") == "weak", new[ends].get("strength") == "weak"
    if weak_before != weak_after:
        return "changed", "weakened; was strong" if weak_after else "is strong now; was weak"
    if (old[ends].get("because") or "") != (new[ends].get("because") or ""):
        return "changed", "has another “because”"
    return "", ""


def _nodes(content: Mapping[str, Any]) -> dict[str, _Node]:
    aim = content.get(AIM)
    aim = aim if isinstance(aim, Mapping) else {}
    parts = ("what", "for_whom", "baseline", "target", "by_when")
    out = {AIM: _Node(str(aim.get("what") or "Aim"), 0, repr([str(aim.get(p)) for p in parts]), aim)}
    for key, d in _items(content, "drivers"):
        level = d.get("level")
        level = int(level) if isinstance(level, (int, float)) and 1 <= level <= 3 else 1
        text = repr([d.get("label") or "", d.get("definition") or ""])
        out[key] = _Node(str(d.get("label") or ""), level, text, d)
    for key, i in _items(content, "change_ideas"):
        out[key] = _Node(str(i.get("name") or ""), IDEA_LEVEL, str(i.get("name") or ""), i)
    return out


def _links(content: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    there = _nodes(content).keys()
    out: dict[tuple[str, str], Mapping[str, Any]] = {}
    for key, idea in _items(content, "change_ideas"):
        for driver in _values(idea.get("drivers")):
            out[(key, driver)] = {}
    for _, edge in _items(content, "edges"):
        out[(str(edge.get("cause")), str(edge.get("effect")))] = edge
    return {ends: edge for ends, edge in out.items() if there >= set(ends)}


def _items(content: Mapping[str, Any], key: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    found = content.get(key)
    if isinstance(found, Mapping):
        yield from ((str(k), v) for k, v in found.items() if isinstance(v, Mapping))


def _values(found: Any) -> list[str]:
    values = found.values() if isinstance(found, Mapping) else found if isinstance(found, (list, tuple)) else ()
    return [str(v) for v in values]


def _merged(
    before: Mapping[str, _Node],
    after: Mapping[str, _Node],
    links_before: Mapping[tuple[str, str], Any],
    links_after: Mapping[tuple[str, str], Any],
) -> dict[str, Any]:
    """Return the newer diagram as views read answers, with the removed nodes and links in their places."""
    nodes = {**after, **{k: v for k, v in before.items() if k not in after}}
    edges = {**{e: v for e, v in links_before.items() if e not in links_after}, **links_after}
    drivers = [
        {"id": k, "label": n.label, "level": n.level, **_kept(n.fields)} for k, n in nodes.items() if 1 <= n.level <= 3
    ]
    ideas = [{"id": k, "name": n.label} for k, n in nodes.items() if n.level == IDEA_LEVEL]
    shown = [
        {"id": f"e{i}", "cause": cause, "effect": effect, "strength": e.get("strength"), "because": e.get("because")}
        for i, ((cause, effect), e) in enumerate(edges.items())
    ]
    return {
        "aim": dict(nodes[AIM].fields),
        "driver_diagram": {"drivers": drivers, "edges": shown},
        "change_ideas": ideas,
    }


def _kept(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {k: fields[k] for k in ("definition", "state") if k in fields}
