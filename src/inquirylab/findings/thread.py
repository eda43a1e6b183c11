"""The thread of an inquiry, from problem to revised theory: what of it is done, and where the team is now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from inquirylab.findings.cycle_board import Card
from inquirylab.findings.measure_words import Lately
from inquirylab.findings.next_steps import NextStep
from inquirylab.record.cycles import ROOTS
from inquirylab.record.driver_diagram import diagram
from inquirylab.record.links import measures_of
from inquirylab.record.reading import Record
from inquirylab.record.types import Aim
from inquirylab.record.versions import versions

#: Root of the record -> the step of the thread that it belongs to.
STEP_OF = {
    "problem_definition": "problem",
    "causes": "problem",
    "aim": "aim",
    "driver_diagram": "drivers",
    "change_ideas": "ideas",
    **dict.fromkeys(ROOTS, "cycles"),
    "measures": "measures",
    "measure_data": "measures",
}


class Step(NamedTuple):
    """One step of the thread.

    Attributes
    ----------
    state
        ``done``, ``part`` or ``open``.
    words
        What there is of it, in a few words.
    here
        Whether the next thing to do is here.
    """

    id: str
    label: str
    state: str
    words: str
    here: bool = False


def thread(record: Record, cards: list[Card], lately: Mapping[str, Lately], steps: list[NextStep]) -> tuple[Step, ...]:
    """Return the eight steps of the thread.

    Parameters
    ----------
    cards
        The cycles, as :func:`inquirylab.findings.cycle_board.board` returns them.
    lately
        Measure id -> what it says.
    steps
        What could be done next; the first one says where the team is.
    """
    now = STEP_OF.get(steps[0].where.partition(".")[0]) if steps else None
    every = [
        _problem(record), _aim(record), _drivers(record), _ideas(record, cards), _cycles(cards),
        _measures(record, lately), _decisions(cards), _theory(record),
    ]  # fmt: skip
    return tuple(s._replace(here=s.id == now) for s in every)


def _problem(record: Record) -> Step:
    told = record.problem_definition
    if not told.statement:
        return Step("problem", "Problem", "open", "not said yet")
    version = f"version {len(told.versions)}" if told.versions else "said"
    if not told.evidence:
        return Step("problem", "Problem", "part", f"{version}, no evidence yet")
    return Step("problem", "Problem", "done", version)


def _aim(record: Record) -> Step:
    aim = record.aim
    if not aim.what:
        return Step("aim", "Aim", "open", "not set yet")
    lacking = [w for w, v in (("no target", aim.target), ("no date", aim.by_when)) if v is None]
    if lacking:
        return Step("aim", "Aim", "part", f"{' and '.join(lacking)} yet")
    return Step("aim", "Aim", "done", target_words(aim, record))


def target_words(aim: Aim, record: Record) -> str:
    """Return the target and its date: ``62 % by 30 June 2027``; empty where neither is set."""
    unit = next((m.unit for m in record.measures if m.id == aim.measure and m.unit), "")
    much = f"{aim.target:g} {unit}".strip() if aim.target is not None else ""
    when = f"by {aim.by_when.day} {aim.by_when:%B %Y}" if aim.by_when else ""
    return " ".join(w for w in (much, when) if w)


def _drivers(record: Record) -> Step:
    drivers, measured = diagram(record).drivers(), measures_of(record)
    if not drivers:
        return Step("drivers", "Drivers", "open", "none yet")
    without = sum(1 for d in drivers if not measured.get(d))
    if without:
        return Step("drivers", "Drivers", "part", f"{len(drivers)}, {_few(without)} without a measure")
    return Step("drivers", "Drivers", "done", f"{len(drivers)}, each with a measure")


def _ideas(record: Record, cards: list[Card]) -> Step:
    ideas = [i.id for i in record.change_ideas]
    tried = len({c.cycle.change for c in cards} & set(ideas))
    if not ideas:
        return Step("ideas", "Change ideas", "open", "none yet")
    return Step("ideas", "Change ideas", "done" if tried == len(ideas) else "part", f"{len(ideas)}, {tried} tried")


def _cycles(cards: list[Card]) -> Step:
    if not cards:
        return Step("cycles", "Cycles", "open", "none yet")
    waiting = sum(1 for c in cards if c.state == "study")
    under_way = sum(1 for c in cards if c.state in ("planned", "doing"))
    if waiting:
        words = f"{len(cards)}, {_few(waiting)} {'waits' if waiting == 1 else 'wait'} for a decision"
    elif under_way:
        words = f"{len(cards)}, {_few(under_way)} under way"
    else:
        return Step("cycles", "Cycles", "done", f"{len(cards)}, all decided")
    return Step("cycles", "Cycles", "part", words)


def _measures(record: Record, lately: Mapping[str, Lately]) -> Step:
    ids = [m.id for m in record.measures]
    if not ids:
        return Step("measures", "Measures", "open", "none yet")
    says = Counter(lately[i].state for i in ids if i in lately)
    without = len(ids) - sum(says.values()) + says["none"]
    words = [f"{len(ids)}"]
    words += [f"{_few(says['up'])} improved"] if says["up"] else []
    words += [f"{_few(without)} without data"] if without else []
    return Step("measures", "Measures", "part" if without else "done", ", ".join(words))


def _decisions(cards: list[Card]) -> Step:
    decided = [c.cycle for c in cards if c.cycle.act]
    if not decided:
        return Step("decisions", "Decisions", "open", "none yet")
    counts = Counter(str(c.act) for c in decided)
    order = ("adopt", "adapt", "expand", "repeat", "abandon")
    words = ", ".join(f"{counts[a]} {a}" for a in order if counts[a])
    silent = any(c.kind != "lesson_study" and not c.answers.reason for c in decided)
    return Step("decisions", "Decisions", "part" if silent else "done", words)


def _theory(record: Record) -> Step:
    revised = max(len(versions(record, "driver_diagram")) - 1, 0)
    if revised:
        return Step("theory", "Theory", "done", f"revised {'once' if revised == 1 else f'{revised} times'}")
    return Step("theory", "Theory", "part" if record.driver_diagram.drivers else "open", "not revised yet")


def _few(count: int) -> str:
    return "one" if count == 1 else str(count)
