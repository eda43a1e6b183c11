"""Causes by family: whatever was merged, every cause stands in one family, and feeds another cause or the family itself."""

from __future__ import annotations

from typing import NamedTuple

from inquirylab.record.reading import Record
from inquirylab.record.types import CausesFishbone

NO_FAMILY = ""
#: Families to begin with; a team chooses its own.
USUAL = ("People and roles", "Policies", "Processes", "Resources", "Environment and culture", "Measurement")


class Bone(NamedTuple):
    """One cause, how deep it stands below its family, and the text of it."""

    cause: CausesFishbone
    depth: int


def families(record: Record) -> dict[str, list[Bone]]:
    """Return family -> its causes, each followed by those that feed it; causes without a family stand last.

    A cause whose parent is gone, or that feeds itself through others, stands directly under its family.
    """
    causes = {c.id or "": c for c in record.causes.fishbone}
    below: dict[str, list[str]] = {}
    for c in record.causes.fishbone:
        parent = c.parent if c.parent in causes and not _feeds(causes, c.parent, c.id or "") else None
        below.setdefault(parent or "", []).append(c.id or "")
    named = [f for f in record.causes.categories if f]
    out: dict[str, list[Bone]] = {f: [] for f in dict.fromkeys(named)}
    for top in below.get("", []):
        family = causes[top].category or NO_FAMILY
        out.setdefault(family, []).extend(_walk(top, 0, causes, below))
    last = out.pop(NO_FAMILY, None)
    return {**out, NO_FAMILY: last} if last else out


def _walk(cause: str, depth: int, causes: dict[str, CausesFishbone], below: dict[str, list[str]]) -> list[Bone]:
    return [Bone(causes[cause], depth), *(b for c in below.get(cause, ()) for b in _walk(c, depth + 1, causes, below))]


def _feeds(causes: dict[str, CausesFishbone], start: str | None, goal: str) -> bool:
    """Say whether `goal` is met on the way up from `start`."""
    seen: set[str] = set()
    while start and start in causes and start not in seen:
        if start == goal:
            return True
        seen.add(start)
        start = causes[start].parent
    return start in seen if start else False
