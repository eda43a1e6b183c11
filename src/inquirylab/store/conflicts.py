"""What people must settle: answers given at the same time, and items that were edited while somebody removed them."""

from __future__ import annotations

import json
import zlib
from typing import Any, NamedTuple

from inquirylab.record.paths import MARKS, REMOVED
from inquirylab.record.stages import iso
from inquirylab.record.tree import Node, find, visible
from inquirylab.store.entry import Entry

TWO_ANSWERS, EDITED_WHILE_REMOVED = "two_answers", "edited_while_removed"


class Reading(NamedTuple):
    """Everything in a record at one moment."""

    values: dict[str, Any]
    entries: dict[str, list[Entry]]
    raw: Node
    tree: Node


def conflicts_in(reading: Reading) -> list[dict[str, Any]]:
    """Return the conflicts in a record: path, kind, the answer shown, and every answer with its author and time."""
    out = []
    for path, entries in reading.entries.items():
        last = path.rpartition(".")[2]
        if last not in MARKS and len({json.dumps(e.value, sort_keys=True) for e in entries}) > 1:
            shown = [_shown(e) for e in entries]
            out.append({"path": path, "kind": TWO_ANSWERS, "shown": entries[0].value, "values": shown})
        elif last == REMOVED and isinstance(entries[0].value, dict):
            item = path[: -len(REMOVED) - 1]
            if entries[0].value.get("digest") != digest(find(reading.raw, item)):
                who = [_shown(entries[0]._replace(value="removed"))]
                out.append({"path": item, "kind": EDITED_WHILE_REMOVED, "shown": None, "values": who})
    return sorted(out, key=lambda c: str(c["path"]))


def digest(node: Any) -> str:
    """Return a short digest of an item's content, marks left out: whoever removes an item notes what they saw."""
    bare = node.get("") if isinstance(node, dict) else None
    content = visible({k: v for k, v in node.items() if k not in MARKS}) if isinstance(node, dict) else node
    return f"{zlib.crc32(json.dumps([content, bare], sort_keys=True).encode()):08x}"


def _shown(e: Entry) -> dict[str, Any]:
    return {"value": e.value, "author": e.author, "at": iso(e.milliseconds)}
