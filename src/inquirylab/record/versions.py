"""Versions of the problem definition and of the driver diagram: what stood, why it changed, which cycles caused it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from inquirylab.record.reading import Record
from inquirylab.record.tree import find


class Version(NamedTuple):
    """One version: its number, the reason for it, the cycles that caused it, and what stood then."""

    number: int
    id: str
    reason: str | None
    caused_by: tuple[str, ...]
    content: Mapping[str, Any]


class Difference(NamedTuple):
    """How one diagram differs from another; each entry is the name of a driver or of a link."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    reworded: tuple[str, ...]
    moved: tuple[str, ...]
    relinked: tuple[str, ...]

    def __bool__(self) -> bool:
        """Return whether there is any difference."""
        return any(tuple(self))


def snapshot_of(tree: Mapping[str, Any], versions_path: str) -> str:
    """Return what a version keeps: the answers of its root as they stand, without earlier versions."""
    root = versions_path.partition(".")[0]
    content = {k: v for k, v in (tree.get(root) or {}).items() if k != "versions"}
    if root == "driver_diagram":
        content["aim"] = tree.get("aim") or {}
        content["change_ideas"] = {
            k: {"name": v.get("name"), "drivers": v.get("drivers")}
            for k, v in (tree.get("change_ideas") or {}).items()
            if isinstance(v, dict)
        }
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def versions(record: Record, root: str) -> list[Version]:
    """Return the versions of a root, oldest first; a snapshot that cannot be read is an empty one."""
    out = []
    for number, v in enumerate(getattr(record, root).versions, 1):
        out.append(Version(number, v.id or "", v.reason, v.caused_by, _content(v.snapshot)))
    return out


def diagram_difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference:
    """Return how one diagram differs from another.

    Parameters
    ----------
    old, new
        Contents of versions, or ``record.tree["driver_diagram"]``: ``drivers`` and ``edges`` by id.
    """
    before, after = _dicts(old, "drivers"), _dicts(new, "drivers")
    both = before.keys() & after.keys()
    links_before, links_after = _links(old), _links(new)
    return Difference(
        added=_names(after, after.keys() - before.keys()),
        removed=_names(before, before.keys() - after.keys()),
        reworded=_names(
            after, {k for k in both if any(before[k].get(f) != after[k].get(f) for f in ("label", "definition"))}
        ),
        moved=_names(after, {k for k in both if before[k].get("level") != after[k].get("level")}),
        relinked=tuple(
            sorted(f"{_name(after, before, a)} → {_name(after, before, b)}" for a, b in links_before ^ links_after)
        ),
    )


def changed_since(record: Record, root: str) -> bool:
    """Return whether the root differs from its latest version (False where there is none)."""
    known = versions(record, root)
    if not known:
        return False
    latest = known[-1].content
    if root == "driver_diagram":
        return bool(diagram_difference(latest, record.tree.get(root) or {}))
    return bool(latest.get("statement") != find(record.tree, f"{root}.statement"))


def _content(snapshot: str | None) -> Mapping[str, Any]:
    try:
        content = json.loads(snapshot or "{}")
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _dicts(content: Mapping[str, Any], key: str) -> dict[str, dict[str, Any]]:
    found = content.get(key)
    return {k: v for k, v in found.items() if isinstance(v, dict)} if isinstance(found, dict) else {}


def _links(content: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {(str(e.get("cause")), str(e.get("effect"))) for e in _dicts(content, "edges").values()}


def _names(nodes: Mapping[str, Mapping[str, Any]], ids: Any) -> tuple[str, ...]:
    return tuple(sorted(str(nodes[i].get("label") or i) for i in ids))


def _name(after: Mapping[str, Any], before: Mapping[str, Any], node: str) -> str:
    return str((after.get(node) or before.get(node) or {}).get("label") or node)
