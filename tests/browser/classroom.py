"""A research lesson for tests: a room, three observers, questions; and notes, as many as are wanted."""

from __future__ import annotations

import datetime as dt
from typing import Any

SEATS = [f"{table}{n}" for table in "ABCDEF" for n in (1, 2, 3, 4)]
ROWS = [
    {"minutes": 6, "phase": "grasp", "activity": "Pairs say what the card asks"},
    {"minutes": 22, "phase": "solve", "activity": "Alone, then with a neighbour"},
    {"minutes": 12, "phase": "discuss", "activity": "Three answers side by side"},
    {"minutes": 10, "phase": "summarise", "activity": "What helped you to begin?"},
]


def iso(moment: dt.datetime) -> str:
    """Return a moment as a browser writes it."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def plan_lesson(inq: Any, minutes_ago: float | None = None) -> str:
    """Plan a lesson for ana, ben and cleo and return its id; it began some minutes ago, or not yet."""
    people = {name: inq.add("people", {"display": name}) for name in ("ana", "ben", "cleo")}
    lesson: str = inq.add(
        "lesson_study_cycles",
        {
            "title": "Begin it together (invented)",
            "lesson_rows": ROWS,
            "data_questions": [
                {
                    "question": "When does the first mark go on paper?",
                    "observers": [people["ana"]],
                    "focal_seats": "A1 to B4",
                },
                {"question": "Who is asked, and what for?", "observers": [people["ben"]]},
            ],
            "ready_notes": ["reads the card", "first mark", "asks a neighbour", "waits"],
            "strategies": [{"code": "S1", "strategy": "draws a table"}],
            "seating": {"arrangement": "tables", "groups": 6, "each": 4, "across": 3},
        },
    )
    if minutes_ago is not None:
        started = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=minutes_ago)
        inq.set(f"lesson_study_cycles.{lesson}.started", iso(started))
    return lesson


def note_much(inq: Any, lesson: str, count: int) -> None:
    """Write down many notes, three a minute at every second seat and so on, as three observers would."""
    who = [p.id for p in inq.record.people]
    begun = dt.datetime(2026, 2, 12, 9, 30, tzinfo=dt.UTC)
    for i in range(count):
        seconds = i * 2700 // max(1, count)
        inq.add(
            "observations",
            {
                "lesson": lesson,
                "observer": who[i % len(who)],
                "t_rel": seconds,
                "t_abs": iso(begun + dt.timedelta(seconds=seconds)),
                "seat": SEATS[i * 7 % len(SEATS)],
                "kind": ("says", "does", "writes")[i % 3],
                "verbatim": f"note {i}",
            },
        )
