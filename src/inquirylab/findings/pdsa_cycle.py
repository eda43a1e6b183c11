"""PDSA and design cycles: predictions that can be wrong, made before Do, compared in Study; small steps; reasons."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import pairwise

from inquirylab.definitions.word_lists import limits, prompt_words
from inquirylab.findings.finding import Finding
from inquirylab.record.cycles import MANY_SITES, SCALES, Cycle, cycles, ramps, scale_step
from inquirylab.record.paths import Roots
from inquirylab.record.reading import Record
from inquirylab.record.stages import predictions
from inquirylab.record.types import PdsaCycle

_CHECKABLE = re.compile(
    r"\d|\b(all|none|no one|every|most|half|at least|at most|more than|fewer than|less than|"
    r"todos|todas|ninguno|ninguna|mitad|al menos|más de|menos de)\b",
    re.IGNORECASE,
)


def findings(record: Record, roots: Roots, today: dt.date) -> Iterator[Finding]:
    """Yield PD01 to PD11."""
    for p in predictions(record, roots):
        if p.written_late:
            yield Finding(
                "PD02",
                "warning",
                p.path,
                "This prediction was written after the test had begun",
                "It cannot be proved wrong any more: mark it so in Study, and predict first next time.",
            )
        elif p.changed_after_lock:
            yield Finding(
                "PD02",
                "warning",
                p.path,
                "This prediction was changed after the test had begun",
                "The first one is kept, and stands beside it.",
            )
    for cycle in record.pdsa_cycles:
        yield from _plan(cycle, record)
        yield from _study(cycle)
    for c in cycles(record):
        yield from _act(c, today)
    for ramp in ramps(record).values():
        yield from _ramp(ramp)


def _plan(c: PdsaCycle, record: Record) -> Iterator[Finding]:
    where = f"pdsa_cycles.{c.id}"
    few, many = limits()["pdsa_questions"]
    if len(c.questions) > many:
        yield Finding(
            "PD03",
            "info",
            f"{where}.questions",
            f"The cycle asks {len(c.questions)} questions",
            f"{few} to {many} can be answered by a small test.",
        )
    for q in c.questions:
        if not q.prediction:
            yield Finding(
                "PD01",
                "warning",
                f"{where}.questions.{q.id}.prediction",
                f"“{q.question}” has no prediction",
                "What do you expect to see?",
            )
        elif (
            q.predicted_value is None
            and q.predicted_low is None
            and q.predicted_high is None
            and not _CHECKABLE.search(q.prediction)
        ):
            yield Finding(
                "PD04",
                "info",
                f"{where}.questions.{q.id}.prediction",
                f"“{q.prediction[:60]}”: how would you see that it is wrong?",
                "Say how many, how often, by when.",
            )
    if c.questions and not c.data:
        yield Finding(
            "PD05",
            "warning",
            f"{where}.data",
            "Nothing is collected that could answer the questions",
            "Say what, by whom, when.",
        )
    idea = next((i for i in record.change_ideas if i.id == c.change), None)
    if idea and prompt_words(record.about.language or "en", "compound").search(idea.name or ""):
        yield Finding(
            "PD10", "info", f"{where}.change", f"“{idea.name}” may be more than one change", "One change a cycle."
        )


def _study(c: PdsaCycle) -> Iterator[Finding]:
    where = f"pdsa_cycles.{c.id}"
    if c.learned and not any(r.matched for r in c.results):
        yield Finding(
            "PD06",
            "warning",
            f"{where}.results",
            "What was learned is not compared with the predictions",
            "For each question: did it turn out as predicted?",
        )
    if (
        c.learned
        and not any(r.voice in ("student", "family") for r in c.results)
        and not any(e.kind == "feedback" for e in c.do_log)
    ):
        yield Finding(
            "PD11",
            "info",
            f"{where}.results",
            "No student or family speaks in the results",
            "Ask one of those whom it is for.",
        )


def _act(c: Cycle, today: dt.date) -> Iterator[Finding]:
    if c.act and c.kind != "lesson_study" and not c.answers.reason:
        yield Finding("PD07", "warning", f"{c.path}.reason", f"“{c.title}”: the decision has no reason", "Say why.")
    if c.begun and c.ended and (c.ended - c.begun).days > limits()["act_within_days"]:
        yield Finding(
            "PD09",
            "info",
            c.path,
            f"“{c.title}” took {(c.ended - c.begun).days} days",
            f"A small test is decided within {limits()['act_within_days']} days.",
        )
    elif c.begun and not c.act and (today - c.begun).days > limits()["act_within_days"]:
        yield Finding(
            "PD09",
            "info",
            c.path,
            f"“{c.title}” began {(today - c.begun).days} days ago and is not decided",
            "Decide, or say that it was given up.",
        )


def _ramp(ramp: list[Cycle]) -> Iterator[Finding]:
    for before, after in pairwise(ramp):
        step = scale_step(before, after)
        if step is not None and step > limits()["scale_step"]:
            yield Finding(
                "PD08",
                "warning",
                f"{after.path}.scale",
                f"From “{before.title}” to “{after.title}” the test grows by {step} steps at once",
                "One step at a time shows where a change stops working.",
            )
    first = ramp[0]
    if (
        len(ramp) == 1
        and first.act == "adopt"
        and (first.scale not in SCALES or SCALES.index(first.scale) < MANY_SITES)
    ):
        yield Finding(
            "PD08",
            "warning",
            f"{first.path}.act",
            f"“{first.title}” was adopted after one cycle in one place",
            "Test it once more where it might fail.",
        )
