"""Cycles of every kind as one: which change they test, how far they are, what was decided, and what follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from inquirylab.record.reading import Record

SCALES = ("one_learner", "one_teacher", "team", "school", "schools", "network")
ROOTS = {"pdsa_cycles": "pdsa_cycle", "lesson_study_cycles": "lesson_study", "design_cycles": "design_cycle"}
IDEAS = "change_ideas"
MANY_SITES = SCALES.index("schools")


class Cycle(NamedTuple):
    """What all kinds of cycles share."""

    id: str
    path: str
    kind: str
    title: str
    change: str | None
    drivers: tuple[str, ...]
    scale: str | None
    begun: dt.date | None
    ended: dt.date | None
    act: str | None
    theory_effect: str | None
    answers: Any


def cycles(record: Record) -> list[Cycle]:
    """Return the cycles of a record, in its order: PDSA, lesson study, design."""
    ideas = {i.id: i for i in record.change_ideas}
    return [_cycle(root, kind, c, ideas) for root, kind in ROOTS.items() for c in getattr(record, root)]


def state_of(idea: str, of: Iterable[Cycle]) -> str:
    """Return the state of a change idea, which follows from its cycles.

    No cycle: proposed. One under way: testing. Else the last decision: abandoned, adapted, or adopted;
    adopted on several sites, or to be expanded after it was adopted: spreading.
    """
    own = [c for c in of if c.change == idea]
    if not own:
        return "proposed"
    decided = [c for c in own if c.act]
    if len(decided) < len(own) or decided[-1].act == "repeat":
        return "testing"
    last = decided[-1]
    adopted_before = any(c.act == "adopt" for c in decided[:-1])
    if last.act in ("adopt", "expand") and (
        adopted_before or (last.scale in SCALES and SCALES.index(last.scale) >= MANY_SITES)
    ):
        return "spreading"
    said = {"adopt": "adopted", "adapt": "adapted", "expand": "testing", "abandon": "abandoned"}
    return said.get(str(last.act), "testing")  # a hub's own decision says nothing of this


def is_state(path: str) -> bool:
    """Say whether a path is the state of a change idea, which follows from its cycles and is kept nowhere.

    Examples
    --------
    >>> is_state("change_ideas.call.state"), is_state("driver_diagram.drivers.d1.state")
    (True, False)
    """
    words = path.split(".")
    return len(words) == 3 and words[0] == IDEAS and words[2] == "state"


def with_states(record: Record) -> Record:
    """Return the record with the state of each of its change ideas; its `tree` stays what people wrote."""
    if not record.change_ideas:
        return record
    done = cycles(record)
    states = {i.id: state_of(i.id, done) for i in record.change_ideas}
    ideas = tuple(replace(i, state=states[i.id]) for i in record.change_ideas)
    told = {k: {**v, "state": states[k]} if k in states else v for k, v in record.whole[IDEAS].items()}
    return replace(record, answers=replace(record.answers, change_ideas=ideas), whole={**record.whole, IDEAS: told})


def ramps(record: Record) -> dict[str, list[Cycle]]:
    """Return change idea -> its cycles, in the order in which they were begun: the ramp that they climb."""
    out: dict[str, list[Cycle]] = {}
    for c in cycles(record):
        if c.change:
            out.setdefault(c.change, []).append(c)
    for found in out.values():
        found.sort(key=lambda c: c.begun or dt.date.max)
    return out


def scale_step(before: Cycle, after: Cycle) -> int | None:
    """Return how many rungs of the ladder lie between two cycles; None where a scale is not given."""
    if before.scale not in SCALES or after.scale not in SCALES:
        return None
    return SCALES.index(after.scale) - SCALES.index(before.scale)


def _cycle(root: str, kind: str, c: Any, ideas: dict[str, Any]) -> Cycle:
    idea = ideas.get(c.change)
    drivers = tuple(getattr(c, "drivers", ())) or (tuple(idea.drivers) if idea else ())
    if kind == "pdsa_cycle":
        days = [e.at for e in c.do_log if e.at]
        begun = c.plan.when_start if c.plan and c.plan.when_start else min(days, default=None)
        ended = c.acted_on or (c.plan.when_end if c.plan else None) or max(days, default=None)
    elif kind == "lesson_study":
        days = [e.date for e in c.events if e.date]
        begun, ended = min(days, default=c.taught_on), max(days, default=c.taught_on)
    else:
        begun, ended = c.enacted_on, c.acted_on
    title = c.title or (idea.name if idea and idea.name else "") or c.id
    return Cycle(
        c.id, f"{root}.{c.id}", kind, title, c.change, drivers, c.scale, begun, ended, c.act, c.theory_effect, c
    )
