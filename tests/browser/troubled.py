"""An inquiry in which much is wrong or half done: something for every view to say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import inquirylab
from tests.browser.classroom import note_much, plan_lesson
from tests.browser.theories import invented


def troubled(folder: Path) -> Any:
    """Return an inquiry with findings in every part, answers in conflict, things removed, and a lesson going on."""
    inq = invented(folder)
    _problem(inq)
    _theory(inq)
    _cycles(inq)
    lesson = plan_lesson(inq, minutes_ago=23)
    note_much(inq, lesson, 60)
    inq.add(f"lesson_study_cycles.{lesson}.discussion", {"text": "Maria Lopez did not begin."})
    _conflicts(inq)
    return inq


def _problem(inq: Any) -> None:
    inq.set("problem_definition.statement", "We need a homework app because students are lazy.")
    inq.set("problem_definition.situation", "Everybody says so.")
    inq.add("problem_definition.missing_voices", {"who": "Students new to a course"})
    inq.add("problem_definition.assumptions", {"text": "Families do not care."})
    inq.add("problem_definition.evidence", {"kind": "interview", "says": "Six students, in May"})
    bone = inq.add("causes.fishbone", {"text": "Nobody asks", "category": "People"})
    inq.add("causes.fishbone", {"text": "", "category": "Time", "parent": bone})
    inq.remove(f"problem_definition.missing_voices.{inq.add('problem_definition.missing_voices', {'who': 'Nobody'})}")


def _theory(inq: Any) -> None:
    inq.add("driver_diagram.drivers", {"label": "Training", "level": 1})
    gone = inq.record.driver_diagram.drivers[1].id
    inq.remove(f"driver_diagram.drivers.{gone}")  # its links point to nothing now
    inq.add("change_ideas", {"name": "A poster", "drivers": []})


def _cycles(inq: Any) -> None:
    inq.add("pdsa_cycles", {"title": "Without a plan", "learned": "It helps.", "questions": [{"question": "Does it?"}]})
    inq.add("measures", {"name": "Feelings", "kind": "count"})
    inq.add("measures", {"name": "Late", "kind": "proportion", "direction": "down", "family": "balancing"})


def _conflicts(inq: Any) -> None:
    with inquirylab.open(inq.folder.path, author="ben") as ben:
        first = inq.record.driver_diagram.drivers[0]
        ben.get("aim.where")
        inq.set("aim.where", "Year 9", base="all six courses")
        ben.set("aim.where", "Year 10", base="all six courses")
        inq.set(f"driver_diagram.drivers.{first.id}.label", "Tasks are clear", base=first.label)
        ben.set(f"driver_diagram.drivers.{first.id}.label", "Every task is clear", base=first.label)
        ben.get("aim.where")
    inq.get("aim.where")
