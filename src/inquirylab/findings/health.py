"""The record itself: answers that disagree, what refers to nothing, what does not fit its form, what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from inquirylab.findings.finding import Finding, Mend
from inquirylab.record.links import Reference, dangling
from inquirylab.record.paths import Roots
from inquirylab.record.reading import Record


def findings(
    record: Record, roots: Roots, conflicts: Iterable[Mapping[str, Any]], damage: Sequence[str]
) -> Iterator[Finding]:
    """Yield RC01 to RC05."""
    for sentence in damage:
        yield Finding("RC01", "warning", "record", sentence, "What is intact was read; a copy may hold the rest.")
    for c in conflicts:
        yield _conflict(c)
    holders: dict[str, Reference] = {}
    for r in dangling(record, roots):
        holders.setdefault(r.holder if r.holder.startswith("driver_diagram.edges.") else r.path, r)
    for where, r in holders.items():
        yield _dangling(record, roots, where, r)
    for m in record.misfits:
        if m.path.startswith("~"):
            continue
        yield Finding(
            "RC04",
            "info",
            m.path,
            f"The answer {str(m.value)[:40]!r} does not fit its question",
            f"It is kept, but not used: {m.why}",
        )


def _conflict(c: Mapping[str, Any]) -> Finding:
    path = str(c["path"])
    if c["kind"] == "edited_while_removed":
        who = c["values"][0]["author"]
        return Finding(
            "RC03",
            "warning",
            path,
            f"This was removed by {who} while somebody else edited it",
            "Bring it back, or leave it removed.",
            (Mend("Bring it back", "restore", path), Mend("Leave it removed", "resolve", path, "remove")),
        )
    answers = [f"{str(v['value'])[:40]!r} ({v['author']}, {v['at'][:10]})" for v in c["values"]]
    return Finding(
        "RC02",
        "warning",
        path,
        f"Two answers were given at the same time: {' and '.join(answers)}",
        "Choose one; the other stays in the history.",
        tuple(Mend(f"Keep {str(v['value'])[:30]!r}", "resolve", path, v["value"]) for v in c["values"]),
    )


def _dangling(record: Record, roots: Roots, where: str, r: Reference) -> Finding:
    """RC05: two edits, each of them sound, left a reference to what was removed. One click mends it."""
    removed = record.removed.get(r.to)
    back = (Mend("Bring back what was removed", "restore", removed),) if removed else ()
    if where == r.holder:
        return Finding(
            "RC05",
            "warning",
            where,
            "A link of the driver diagram leads to something that was removed",
            "Remove the link, or bring back what it led to.",
            (Mend("Remove the link", "remove", where), *back),
        )
    in_list = roots.spot(where.rpartition(".")[0]).kind == "list"
    mend = Mend("Remove the reference", "remove", where) if in_list else Mend("Empty the answer", "set", where, None)
    return Finding(
        "RC05",
        "warning",
        where,
        "This refers to something that is not there (any more)",
        "Choose another, or empty it.",
        (mend, *back),
    )
