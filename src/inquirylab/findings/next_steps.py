"""What a team could do next: the first gaps in the thread, and what waits in cycles under way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from inquirylab.findings.completeness import open_questions
from inquirylab.record.cycles import ROOTS, cycles
from inquirylab.record.driver_diagram import diagram
from inquirylab.record.links import measures_of
from inquirylab.record.paths import Roots
from inquirylab.record.reading import Record


class NextStep(NamedTuple):
    """One step: where in the record, and what to do there."""

    where: str
    sentence: str


def next_steps(
    record: Record, roots: Roots, today: dt.date, signals: Mapping[str, str] | None = None
) -> list[NextStep]:
    """Return the next steps, the most pressing first.

    Parameters
    ----------
    record, roots, today
        What is known, the forms, and the day from which cycles are judged.
    signals
        Measure id -> its latest signal in words, of measures that have one.
    """
    return [*_in_cycles(record, roots, today), *_at_signals(record, signals or {}), *_in_thread(record)]


def _at_signals(record: Record, signals: Mapping[str, str]) -> Iterator[NextStep]:
    """Yield one step for each measure with a signal: somebody should ask what changed."""
    nodes = {m: node for node, measures in measures_of(record).items() for m in measures}
    labels = diagram(record).labels
    for measure, words in signals.items():
        at = labels.get(nodes.get(measure, ""), "")
        here = f"At “{at}”: " if at else ""
        yield NextStep(f"measures.{measure}", f"{here}{words} Ask what changed, and whether a cycle explains it.")


def _in_thread(record: Record) -> Iterator[NextStep]:
    if not record.problem_definition.statement:
        yield NextStep("problem_definition.statement", "Say what you see, where, for whom, since when.")
        return
    if not record.problem_definition.evidence:
        yield NextStep("problem_definition.evidence", "Write down how you know about the problem.")
    if not record.aim.what or record.aim.target is None or record.aim.by_when is None:
        yield NextStep("aim", "Set the aim: how much, for whom, by when.")
    if not record.driver_diagram.drivers:
        yield NextStep("driver_diagram", "Draw the first two to five drivers of the aim.")
    elif not record.change_ideas:
        yield NextStep("change_ideas", "Find a change idea that could move a driver.")
    if not record.measures:
        yield NextStep("measures", "Define the measure that will show whether the aim is met.")
    tested = {c.change for c in cycles(record)}
    waiting = next((i for i in record.change_ideas if i.id not in tested), None)
    if waiting is not None:
        yield NextStep(f"change_ideas.{waiting.id}", f"Plan a small first test of “{waiting.name}”.")


def _in_cycles(record: Record, roots: Roots, today: dt.date) -> Iterator[NextStep]:
    under_way = sorted((c for c in cycles(record) if not c.act), key=lambda c: c.begun or today)
    for c in under_way:
        root = next(r for r, kind in ROOTS.items() if kind == c.kind)
        form = roots.forms[root]
        fields = record.tree[root][c.id]
        missing = open_questions(form, fields)
        if missing:
            question = form.question(missing[0])
            yield NextStep(f"{c.path}.{missing[0]}", f"“{c.title}”: {question.prompt if question else ''}")
        else:
            yield NextStep(c.path, f"“{c.title}”: go on to the next stage.")
