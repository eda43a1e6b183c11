"""A record without some of its texts: what people may be shown who are not of the team."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from inquirylab.record.paths import Roots
from inquirylab.record.reading import Record, record_of


def without(record: Record, roots: Roots, paths: Collection[str], mark: str) -> Record:
    """Return the record with a mark in the place of the answers at these paths; the record itself where there are none.

    What an answer replaced is not in it at all.
    """
    if not paths:
        return record
    tree: Any = record.whole
    for path in paths:
        tree = _put(tree, path.split("."), mark)
    return record_of(tree, roots, answered=record.answered, removed=record.removed)


def _put(node: Any, words: list[str], mark: str) -> Any:
    """Return the tree with a mark at one place; only what leads there is copied."""
    if not isinstance(node, Mapping) or words[0] not in node:
        return node
    inner = mark if len(words) == 1 else _put(node[words[0]], words[1:], mark)
    return {**node, words[0]: inner}
