"""One answer as the record keeps it: the value, who gave it, when, and how often it was replaced before."""

from __future__ import annotations

import json
from typing import Any, NamedTuple


class Entry(NamedTuple):
    """One answer with who gave it and when; `turn` grows with each replacement of the same answer."""

    value: Any
    author: str
    milliseconds: int
    turn: int
    schema: int
    writer: str


def entry(values: list[Any], writer: str) -> Entry:
    """Return the entry that was read from JSON."""
    value, author, milliseconds, turn, schema = values
    return Entry(value, author, milliseconds, turn, schema, writer)


def dumps(entry: Entry) -> str:
    """Return an entry as JSON text; its writer stands in the key."""
    return json.dumps(entry[:5], ensure_ascii=False, separators=(",", ":"))


def parsed(raw: dict[str, str]) -> list[Entry]:
    """Return the entries under one path, the one to show first."""
    found = [entry(v, w) for w, v in zip(raw, loads_all(list(raw.values())), strict=True) if v is not None]
    return sorted(found, key=rank, reverse=True) if len(found) > 1 else found


def loads_all(raw: list[str]) -> list[list[Any] | None]:
    """Read many JSON texts at once; what is no entry becomes None, whoever wrote it."""
    try:
        values = json.loads("[" + ",".join(raw) + "]")
    except (ValueError, RecursionError):
        values = []
    if len(values) != len(raw):
        values = [_loads(r) for r in raw]
    return [v if _is_entry(v) else None for v in values]


def _loads(raw: str) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _is_entry(v: Any) -> bool:
    return (
        type(v) is list
        and len(v) == 5
        and type(v[1]) is str
        and type(v[2]) is int
        and type(v[3]) is int
        and type(v[4]) is int
    )


def rank(entry: Entry) -> tuple[int, int, str]:
    """Return what entries sort by: replaced most often, then latest."""
    return entry.turn, entry.milliseconds, entry.writer
