"""What is known at each node as short marks: a shape, a role and words. Widgets, drawings and tables show the same ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from inquirylab.findings.finding import Finding
from inquirylab.findings.measure_words import Lately
from inquirylab.findings.theory import Known
from inquirylab.record.cycles import Cycle
from inquirylab.record.driver_diagram import AIM
from inquirylab.record.paths import Roots
from inquirylab.record.stages import reached

#: What a finding is called at its node, by the finding's id and the end of its path.
SHORT = {
    "DD02": "runs in a circle, or skips a level",
    "DD03": "not linked to the aim",
    "DD04": "a single secondary driver",
    "DD06": "sounds like an activity or a person",
    "DD07": "an outcome, or two ideas in one",
    "DD09": "much like another one",
    "DD10": "link has no “because”",
    "DD11": "numbers or dates do not fit",
    "DD12": "whose outcome must rise most?",
}
NOUNS = {"pdsa_cycle": "cycle", "lesson_study": "lesson study", "design_cycle": "design cycle"}


class Mark(NamedTuple):
    """One mark. `shape` is an icon's name; `role` is up (improved), con (a concern or a finding) or empty."""

    shape: str
    role: str
    words: str


def marks(
    record_of_node: Mapping[str, Known],
    roots: Roots,
    findings: Iterable[Finding] = (),
    lately: Mapping[str, Lately] | None = None,
    edges: Mapping[str, str] | None = None,
) -> dict[str, list[Mark]]:
    """Return node -> its marks: cycles first, then measures, then what was found.

    Parameters
    ----------
    record_of_node
        As :func:`inquirylab.findings.theory.known` returns it.
    findings
        All findings; those of nodes and links are taken.
    lately
        Measure -> what it says lately.
    edges
        Id of an edge -> the node from which it leads.
    """
    found = _short_findings(findings, edges or {})
    return {
        node: [
            *_tested(node, known, roots),
            *(_measured(m) for i in known.measures if (m := (lately or {}).get(i)) is not None),
            *(Mark("diamond", "con", words) for words in found.get(node, ())),
        ]
        for node, known in record_of_node.items()
    }


def cycle_words(cycle: Cycle, roots: Roots) -> tuple[str, str]:
    """Return the shape of a cycle's mark and how far it is, in a few words."""
    day = f"{cycle.ended or cycle.begun:%-d %b %Y}" if cycle.ended or cycle.begun else ""
    if cycle.act:
        shape = {"adopt": "dot", "expand": "dot", "abandon": "cross"}.get(cycle.act, "half")
        return shape, ", ".join(w for w in (cycle.act, day) if w)
    stage = _stage(cycle, roots)
    return ("ring", f"in {stage}") if stage else ("clock", f"planned{f', {day}' if day else ''}")


def _tested(node: str, known: Known, roots: Roots) -> list[Mark]:
    if node == AIM:
        return []
    if not known.cycles:
        return [Mark("dash", "", "nobody is testing this")] if not known.below else [_count_below(known.below)]
    out = []
    for kind, noun in NOUNS.items():
        own = [c for c in known.cycles if c.kind == kind]
        if own:
            out.append(_together(own, noun, roots))
    return out


def _count_below(below: int) -> Mark:
    return Mark("half", "", f"{below} cycle{'' if below == 1 else 's'} below")


def _together(own: Sequence[Cycle], noun: str, roots: Roots) -> Mark:
    """Return `3 cycles: 2 adapt, 1 in Study`."""
    decided = Counter(c.act for c in own if c.act)
    under_way = Counter(stage for c in own if not c.act and (stage := _stage(c, roots)))
    planned = sum(1 for c in own if not c.act) - under_way.total()
    parts = [f"{n} {act}" for act, n in decided.items()] + [f"{n} in {stage}" for stage, n in under_way.items()]
    if planned and not parts:
        return Mark("clock", "", f"{noun} planned: nobody is testing it yet")
    parts += [f"{planned} planned"] if planned else []
    count = noun if noun == "lesson study" and len(own) == 1 else f"{len(own)} {_plural(noun, len(own))}"
    shape = "half" if decided else "ring"
    if decided and set(decided) == {"abandon"}:
        shape = "cross"
    last = next((c.act for c in reversed(own) if c.act), None)
    if last in ("adopt", "expand"):
        shape = "dot"
    return Mark(shape, "", f"{count}: {', '.join(parts)}")


def _plural(noun: str, count: int) -> str:
    return noun if count == 1 else {"lesson study": "lesson studies"}.get(noun, f"{noun}s")


def _stage(cycle: Cycle, roots: Roots) -> str:
    """Return the stage that a cycle has reached beyond its plan; empty while it is only planned."""
    form = roots.forms.get(cycle.path.partition(".")[0])
    if form is None or not form.stages:
        return "Do" if cycle.begun else ""
    answers = {q.id: getattr(cycle.answers, q.id, None) for q in form.questions}
    stage = reached(form, answers)
    return form.sections[stage].title if stage > 0 else ""


def _measured(m: Lately) -> Mark:
    shape = {"few": "ring", "none": "ring", "con": "diamond"}.get(m.state, "dot")
    return Mark(shape, m.state if m.state in ("up", "con") else "", m.words)


def _short_findings(findings: Iterable[Finding], edges: Mapping[str, str]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for f in findings:
        node, words = _node_of(f.where, edges), _short(f)
        if node and words and words not in out.setdefault(node, []):
            out[node].append(words)
    return out


def _node_of(where: str, edges: Mapping[str, str]) -> str:
    root, _, rest = where.partition(".")
    words = rest.split(".")
    if root == AIM:
        return AIM
    if root == "change_ideas":
        return words[0]
    if root == "driver_diagram" and len(words) > 1 and words[0] in ("drivers", "edges"):
        return words[1] if words[0] == "drivers" else edges.get(words[1], "")
    return ""


def _short(f: Finding) -> str:
    if f.id == "DD01":
        return "the aim is not complete"
    if f.id == "DD05":
        return "not defined yet" if f.where.endswith(".definition") else "no measure yet"
    return "" if f.id == "DD08" else SHORT.get(f.id, "")
