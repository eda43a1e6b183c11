"""The driver diagram's lint, DD02 to DD13 (DD01, DD11 and DD12 stand with the aim)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations, pairwise

from inquirylab.definitions.word_lists import limits, prompt_words
from inquirylab.findings.finding import Finding, Mend
from inquirylab.findings.problem import deficit_phrase
from inquirylab.record.cycles import cycles
from inquirylab.record.driver_diagram import AIM, IDEA_LEVEL, Diagram, diagram
from inquirylab.record.links import measures_of
from inquirylab.record.reading import Record
from inquirylab.record.versions import changed_since, versions


def findings(record: Record, today: dt.date) -> Iterator[Finding]:
    """Yield DD02 to DD10 and DD13."""
    graph = diagram(record)
    if graph.drivers():
        yield from _shape(record, graph)
        standing = {d.id or "" for d in record.driver_diagram.drivers if d.overlay_of}
        yield from _orphans(graph, standing)
        if not standing:  # the network's theory has the other drivers
            yield from _numbers(graph)
        yield from _measured(record)
    yield from _wording(record)
    yield from _tested(record, graph, today)
    yield from _alike(graph)
    yield from _because(record)
    yield from _versions(record)


def path_of(node: str, graph: Diagram) -> str:
    """Return where a node of the diagram stands in the record."""
    if node == AIM:
        return "aim"
    return f"{'change_ideas' if graph.levels.get(node) == IDEA_LEVEL else 'driver_diagram.drivers'}.{node}"


def _shape(record: Record, graph: Diagram) -> Iterator[Finding]:
    circle = graph.circle()
    if circle:
        names = " → ".join(f"“{graph.labels[n]}”" for n in [*circle, circle[0]])
        edge = next((x for x in graph.links if x.id and x.cause == circle[-1] and x.effect == circle[0]), None)
        mends = (Mend("Remove the last link", "remove", f"driver_diagram.edges.{edge.id}"),) if edge else ()
        yield Finding(
            "DD02",
            "error",
            path_of(circle[0], graph),
            f"The theory runs in a circle: {names}",
            "Remove one of these links.",
            mends,
        )
    may_skip = {d.id for d in record.driver_diagram.drivers if d.skips_levels}
    for link in graph.links:
        low, high = graph.levels[link.cause], graph.levels[link.effect]
        if low is None or high is None or low == IDEA_LEVEL or {link.cause, link.effect} & may_skip:
            continue
        if low - high != 1:
            yield Finding(
                "DD02",
                "error",
                f"driver_diagram.edges.{link.id}",
                f"“{graph.labels[link.cause]}” (level {low}) is linked to “{graph.labels[link.effect]}” "
                f"({'the aim' if high == 0 else f'level {high}'})",
                "A link leads to the next level up; or say at the driver that its links may skip one.",
            )


def _orphans(graph: Diagram, standing: set[str]) -> Iterator[Finding]:
    """DD03; a driver that stands for one of the network's reaches the aim there."""
    for node in graph.drivers():
        if not any(graph.reaches(node, goal) for goal in (AIM, *standing)):
            yield Finding(
                "DD03",
                "error",
                path_of(node, graph),
                f"The driver “{graph.labels[node]}” does not reach the aim",
                "Link it to what it moves.",
            )
    drivers = set(graph.drivers())
    for node in graph.ideas():
        if not drivers & set(graph.effects[node]):
            yield Finding(
                "DD03",
                "error",
                path_of(node, graph),
                f"The change idea “{graph.labels[node]}” moves no driver",
                "Say which driver it moves.",
            )


def _numbers(graph: Diagram) -> Iterator[Finding]:
    few, many = limits()["primary_drivers"]
    primary = graph.drivers(1)
    if not few <= len(primary) <= many:
        yield Finding(
            "DD04",
            "warning",
            "driver_diagram.drivers",
            f"There are {len(primary)} primary drivers",
            f"{few} to {many} can be kept in mind.",
        )
    for node in primary:
        below = [n for n in graph.causes[node] if graph.levels[n] == 2]
        if len(below) == 1:
            yield Finding(
                "DD04",
                "warning",
                path_of(node, graph),
                f"“{graph.labels[node]}” has a single secondary driver, “{graph.labels[below[0]]}”",
                "Are they one? Or is one missing?",
            )


def _measured(record: Record) -> Iterator[Finding]:
    measured = measures_of(record)
    family = {m.id: m.family for m in record.measures}
    for d in record.driver_diagram.drivers:
        where = f"driver_diagram.drivers.{d.id}"
        if d.state == "not_here":
            continue
        if not d.definition and not d.overlay_of:
            yield Finding(
                "DD05",
                "warning",
                f"{where}.definition",
                f"The driver “{d.label or d.id}” is not defined",
                "One sentence: what exactly is meant?",
            )
        if not measured.get(d.id):
            yield Finding(
                "DD05", "warning", where, f"No measure shows whether “{d.label or d.id}” moves", "Link a measure to it."
            )
    if not any(family[m] == "outcome" for m in measured.get(AIM, ())):
        yield Finding(
            "DD05", "warning", "measures", "The aim has no outcome measure", "Link one: family outcome, node aim."
        )
    if record.measures and "balancing" not in family.values():
        yield Finding("DD05", "warning", "measures", "No measure watches for harm", "Add a balancing measure.")


def _wording(record: Record) -> Iterator[Finding]:
    language = record.about.language or "en"
    for d in record.driver_diagram.drivers:
        where, label = f"driver_diagram.drivers.{d.id}.label", (d.label or "").strip()
        if prompt_words(language, "activity").match(label):
            yield Finding(
                "DD06",
                "warning",
                where,
                f"“{label}” sounds like an activity",
                "A driver is a condition of the system; what one does about it is a change idea.",
            )
        if deficit_phrase(label, language):
            yield Finding(
                "DD06",
                "warning",
                where,
                f"“{label}” puts the problem into people",
                "What in the system would have to be different?",
            )
        if len(label) > limits()["label_length"]:
            yield Finding(
                "DD06",
                "info",
                where,
                f"The label has {len(label)} letters",
                "A short name; the rest is the definition.",
            )
    for i in record.change_ideas:
        where, name = f"change_ideas.{i.id}.name", (i.name or "").strip()
        if prompt_words(language, "outcome").match(name):
            yield Finding(
                "DD07",
                "warning",
                where,
                f"“{name}” sounds like an outcome",
                "What would people do differently on Monday?",
            )
        if prompt_words(language, "compound").search(name):
            yield Finding("DD07", "warning", where, f"“{name}” may be two ideas in one", "Test one change at a time.")


def _tested(record: Record, graph: Diagram, today: dt.date) -> Iterator[Finding]:
    done = cycles(record)
    tested_ideas = {c.change for c in done}
    tested_drivers = {d for c in done for d in c.drivers}
    not_here = {d.id for d in record.driver_diagram.drivers if d.state == "not_here"}
    for node in (n for n in graph.drivers() if n not in not_here):
        if not graph.causes[node]:
            yield Finding(
                "DD08",
                "info",
                path_of(node, graph),
                f"No change idea moves “{graph.labels[node]}”",
                "Find one, or park the driver.",
            )
        elif node not in tested_drivers and not graph.below(node) & (tested_drivers | tested_ideas):
            yield Finding("DD08", "info", path_of(node, graph), f"Nobody tests “{graph.labels[node]}”", "Plan a cycle.")
    for i in record.change_ideas:
        if i.id not in tested_ideas and i.added_on and (today - i.added_on).days > 7 * limits()["idea_untested_weeks"]:
            yield Finding(
                "DD08",
                "info",
                f"change_ideas.{i.id}",
                f"“{i.name}” has waited {(today - i.added_on).days // 7} weeks for a test",
                "Plan a cycle, or let it go.",
            )


def _alike(graph: Diagram) -> Iterator[Finding]:
    named = [(n, label.casefold().strip()) for n, label in graph.labels.items() if label and n != AIM]
    for (a, one), (b, two) in combinations(named[:200], 2):
        if _near(one, two, limits()["near"]):
            yield Finding(
                "DD09",
                "warning",
                path_of(b, graph),
                f"“{graph.labels[a]}” and “{graph.labels[b]}” are nearly the same",
                "Keep one of them, or say how they differ.",
            )


@lru_cache(maxsize=50_000)
def _near(one: str, two: str, near: float) -> bool:
    """Say whether two labels are nearly the same; the two quick ratios are never below the true one."""
    if one == two:
        return True
    match = SequenceMatcher(None, one, two)
    return match.real_quick_ratio() >= near and match.quick_ratio() >= near and match.ratio() >= near


def _because(record: Record) -> Iterator[Finding]:
    for e in record.driver_diagram.edges:
        if not e.because or not e.evidence:
            missing = "a because" if not e.because else "the kind of evidence"
            yield Finding(
                "DD10",
                "warning",
                f"driver_diagram.edges.{e.id}",
                f"A link lacks {missing}",
                "Why would this move that, and how do you know?",
            )
        elif e.evidence == "research" and e.tier is None:
            yield Finding(
                "DD10",
                "info",
                f"driver_diagram.edges.{e.id}.tier",
                "Research is named, but not how strong it is",
                "Give its tier, 1 to 4.",
            )


def _versions(record: Record) -> Iterator[Finding]:
    known = versions(record, "driver_diagram")
    for v in known[1:]:
        if not v.reason or not v.caused_by:
            yield Finding(
                "DD13",
                "info",
                f"driver_diagram.versions.{v.id}",
                f"Version {v.number} does not say {'why' if not v.reason else 'which cycle'} it came about",
                "Name the reason and the cycles.",
            )
    if changed_since(record, "driver_diagram"):
        yield Finding(
            "DD13",
            "info",
            "driver_diagram",
            "The diagram has changed since its latest version",
            "Add a version with the reason and the cycles that caused it.",
        )
    ids = [set(v.content.get("drivers") or {}) for v in known]
    labels = [
        {k: str(d.get("label", "")) for k, d in (v.content.get("drivers") or {}).items() if isinstance(d, dict)}
        for v in known
    ]
    for before, after, shared in zip(labels, labels[1:], (a & b for a, b in pairwise(ids)), strict=False):
        for node in sorted(shared):
            if node in before and node in after and SequenceMatcher(None, before[node], after[node]).ratio() < 0.3:
                yield Finding(
                    "DD09",
                    "warning",
                    f"driver_diagram.drivers.{node}",
                    f"“{before[node]}” became “{after[node]}” under the same id",
                    "Another driver needs an id of its own.",
                )
