"""Flat answers, path by path, as the nested thing that they describe; whatever was merged, this never fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inquirylab.record.paths import ITEM, MARKS, PLACE, REMOVED

Node = dict[str, Any]


def nested(values: Mapping[str, Any]) -> Node:
    """Return ``{"a.b": 1}`` as ``{"a": {"b": 1}}``, marks included.

    An answer that stands where other answers stand below it is kept under the empty word.
    """
    root: Node = {}
    branches: dict[str, Node] = {"": root}

    def branch(path: str) -> Node:
        found = branches.get(path)
        if found is None:
            above, _, word = path.rpartition(".")
            parent = branch(above)
            found = parent.get(word)
            if not isinstance(found, dict):
                found = {} if found is None else {"": found}
                parent[word] = found
            branches[path] = found
        return found

    for path, value in values.items():
        above, _, word = path.rpartition(".")
        parent = branch(above)
        standing = parent.get(word)
        if isinstance(standing, dict) and word not in MARKS:
            standing[""] = value
        else:
            parent[word] = value
    return root


def visible(node: Node) -> Node:
    """Return the tree without marks, removed items and emptied answers; items of a list stand in their order."""
    out: Node = {}
    for word, value in in_order(node):
        if word.startswith("~") or value is None:
            continue
        if not isinstance(value, dict):
            out[word] = value
        elif not value.get(REMOVED):
            if "" in value and all(not k or k in MARKS for k in value):
                if value[""] is not None:
                    out[word] = value[""]
                continue
            inner = visible(value)
            if inner or value.get(ITEM):
                out[word] = inner
    return out


def in_order(node: Node) -> list[tuple[str, Any]]:
    """Return the children; where they are items of a list, in the order in which people see them."""
    if not any(type(v) is dict and ITEM in v for v in node.values()):
        return list(node.items())
    return sorted(node.items(), key=lambda pair: place(pair[0], pair[1]))


def place(word: str, value: Any) -> tuple[str, str]:
    """Return what an item sorts by: its place if somebody moved it, else its id; the id breaks a tie."""
    moved = value.get(PLACE) if isinstance(value, dict) else None
    return (moved if isinstance(moved, str) else word, word)


def find(node: Mapping[str, Any], path: str) -> Any:
    """Return what stands under `path`, or None."""
    here: Any = node
    for word in path.split("."):
        if not isinstance(here, dict) or word not in here:
            return None
        here = here[word]
    return here
