"""The causes of a record as families and trees: whatever was merged, every cause is drawn once."""

from __future__ import annotations

from typing import NamedTuple

from inquirylab.record.reading import Record

NO_FAMILY = "No family yet"


class Placed(NamedTuple):
    """A cause in its place: its id, its words, its depth under another cause."""

    id: str
    depth: int


def effect(record: Record) -> str:
    """Return what is explained: the team's own words, else the problem statement."""
    return str(record.causes.effect or record.problem_definition.statement or "")


def families(record: Record) -> list[tuple[str, list[Placed]]]:
    """Return each family with its causes in order, each below the cause that it feeds; causes without a family last."""
    known = {c.id: c for c in record.causes.fishbone}
    below: dict[str, list[str]] = {}
    tops: list[str] = []
    for c in record.causes.fishbone:
        if c.parent in known and c.parent != c.id and not _circle(c.id, known):
            below.setdefault(c.parent, []).append(c.id)
        else:
            tops.append(c.id)
    names = list(dict.fromkeys(n for n in record.causes.categories if n))
    names += [n for n in dict.fromkeys(known[t].category or NO_FAMILY for t in tops) if n not in names]
    return [(n, [p for t in tops if (known[t].category or NO_FAMILY) == n for p in _tree(t, below)]) for n in names]


def _tree(top: str, below: dict[str, list[str]]) -> list[Placed]:
    out, waiting = [], [(top, 0)]
    while waiting:
        here, depth = waiting.pop()
        out.append(Placed(here, depth))
        waiting += [(b, depth + 1) for b in reversed(below.get(here, []))]
    return out


def _circle(start: str, known: dict[str, object]) -> bool:
    seen, here = set(), start
    while here in known and here not in seen:
        seen.add(here)
        here = getattr(known[here], "parent", None) or ""
    return here in seen
