"""Theories to look at: one as a team would write it, invented, with weak links, gaps and findings; and one of sixty nodes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import inquirylab

PRIMARY = (
    "Every task is clear enough to begin in class",
    "Students hear how they are doing before the deadline",
    "There is time and a place for the work",
)
SECONDARY = (
    ("Task instructions have one form in all courses", 0, "One-page task card"),
    ("Students see what good work looks like", 0, "Two marked examples"),
    ("Asking costs nothing", 1, "Question wall without names"),
    ("A first check happens within three days", 1, "Two-minute check-in on day 3"),
    ("Deadlines are spread over the week", 2, "Shared deadline calendar"),
    ("A quiet place with help is open after lessons", 2, "Library hour with a Year 13 mentor"),
)
STEPS = (
    ("Check-in by one teacher", "adapt"),
    ("Same, with the task card", "adapt"),
    ("Three teachers, one week", None),
)
ON_TIME = (62, 63, 64, 62, 63, 64, 62, 63, 64, 64, 67, 70, 70, 73)
CHECKED = (31, 38, 35, 47, 52, 55)
WORDS = [
    "attendance",
    "welcome",
    "feedback",
    "transport",
    "breakfast",
    "reading",
    "mentoring",
    "timetable",
    "homework",
    "language",
    "laptops",
    "corridors",
    "families",
    "sport",
    "music",
    "tutoring",
    "exams",
    "sleep",
    "quiet",
    "lockers",
    "bullying",
    "advice",
    "careers",
    "clubs",
    "lunch",
    "library",
    "science",
    "arts",
    "drama",
    "garden",
    "counsel",
    "volunteers",
]


def invented(folder: Path, author: str = "ana") -> Any:
    """Return an inquiry like the one that the view was drawn for: people, school and numbers are made up."""
    inq = inquirylab.create(folder, title="Work arrives on time", site="Hollin Bridge School (invented)", author=author)
    aim = {"what": "80 of 100 pieces of work arrive on time", "for_whom": "students new to a course"}
    numbers = {"baseline": 62, "target": 80, "direction": "up", "by_when": dt.date(2099, 7, 10)}
    inq.set("aim", {**aim, **numbers, "where": "all six courses"})
    inq.set("aim.measure", _measure(inq, "Work on time", "outcome", "aim", dt.date(2025, 11, 3), ON_TIME))
    tops = [_driver(inq, p, 1, "aim", "what is begun in class is finished") for p in PRIMARY]
    seconds, ideas = [], []
    for label, above, idea in SECONDARY:
        seconds.append(_driver(inq, label, 2, tops[above], "most students had begun but stopped when unsure"))
        ideas.append(_idea(inq, idea, seconds[-1]))
    _link(inq, seconds[2], tops[0], "who may ask, begins", strength="weak", evidence="experience")
    _measure(inq, "Tasks checked within three days", "driver", seconds[3], dt.date(2025, 12, 1), CHECKED)
    for n, (title, act) in enumerate(STEPS):
        day = dt.date(2025, 12, 8) + dt.timedelta(weeks=n)
        fields: dict[str, Any] = {"title": title, "change": ideas[3], "plan": {"what": title, "when_start": day}}
        fields["do_log"] = {f"d{n}": {"at": day, "observation": "As planned."}}
        inq.add("pdsa_cycles", fields | ({"act": act, "acted_on": day + dt.timedelta(days=4)} if act else {}))
    calendar = {"title": "Calendar on the wall", "change": ideas[4], "act": "abandon", "plan": {"what": "A calendar"}}
    cycle = inq.add("pdsa_cycles", calendar)
    _versions(inq, seconds, cycle)
    return inq


def _versions(inq: Any, seconds: list[str], cycle: str) -> None:
    inq.add("driver_diagram.versions", {"reason": "The theory with which we began."})
    gone = _idea(inq, "Reminder e-mail on Sunday", seconds[4])
    inq.add("driver_diagram.versions", {"reason": "Families asked for a reminder.", "caused_by": [cycle]})
    fresh = _idea(inq, "Begin it together for eight minutes", seconds[1])
    inq.add("driver_diagram.edges", {"cause": fresh, "effect": seconds[1]})
    inq.set(f"driver_diagram.drivers.{seconds[4]}.label", "Deadlines are spread over the whole week")
    inq.remove(f"change_ideas.{gone}")


def sixty(folder: Path, author: str = "ana") -> Any:
    """Return a theory of sixty nodes: one aim, five primary, fourteen secondary drivers, forty ideas."""
    inq = inquirylab.create(folder, title="A large theory", author=author)
    aim = {"what": "Nine of ten students finish the year", "for_whom": "all students", "baseline": 71, "target": 90}
    inq.set("aim", {**aim, "by_when": dt.date(2099, 7, 1)})
    tops = [
        _driver(inq, f"{w.capitalize()} works for every student", 1, "aim", "it carries the rest") for w in WORDS[:5]
    ]
    for i, word in enumerate(WORDS[5:19]):
        second = _driver(
            inq, f"{word.capitalize()} is there on all five days", 2, tops[i * 5 // 14], "students said so"
        )
        for k in range(3 if i < 12 else 2):
            _idea(inq, f"{WORDS[(i * 3 + k * 11) % len(WORDS)].capitalize()} {i + k} with {word}", second)
    return inq


def _driver(inq: Any, label: str, level: int, above: str, because: str) -> str:
    definition = f"{label}: seen by the students themselves."
    made = inq.add("driver_diagram.drivers", {"label": label, "level": level, "definition": definition})
    _link(inq, made, above, because, evidence="local_data")
    return str(made)


def _idea(inq: Any, name: str, driver: str) -> str:
    hypothesis = f"If we try “{name}”, then it moves, because the wait ends."
    fields = {"name": name, "drivers": [driver], "hypothesis": hypothesis, "harm_check": "Nobody we know of."}
    return str(inq.add("change_ideas", fields))


def _measure(inq: Any, name: str, family: str, node: str, first: dt.date, values: tuple[int, ...]) -> str:
    form = {"name": name, "family": family, "node": node, "kind": "proportion", "unit": "%", "direction": "up"}
    measure = inq.add("measures", form)
    for week, value in enumerate(values):
        row = {"date": first + dt.timedelta(weeks=week), "numerator": value, "denominator": 100}
        inq.add("measure_data", {"measure": measure, **row})
    return str(measure)


def _link(inq: Any, cause: str, effect: str, because: str, **more: str) -> None:
    inq.add("driver_diagram.edges", {"cause": cause, "effect": effect, "because": because, **more})


def networked(folder: Path) -> Any:
    """The invented theory as that of a site in a network, whose hub has drivers of its own; with causes to take drivers from."""
    with inquirylab.create(folder / "hub", title="On-time network", author="Hub") as hub:
        hub.set("aim.what", "Work handed in on time in every school")
        drivers = (
            ("Every task is clear enough to begin in class", 1),
            ("Families know what is due", 1),
            ("A message before each deadline", 2),
        )
        ids = [hub.add("driver_diagram.drivers", {"label": label, "level": level}) for label, level in drivers]
        for cause, effect in ((ids[0], "aim"), (ids[1], "aim"), (ids[2], ids[1])):
            hub.add("driver_diagram.edges", {"cause": cause, "effect": effect, "because": "four schools saw it"})
        hub.add("change_ideas", {"name": "A text message on Sunday evening", "drivers": [ids[2]]})
    with invented(folder / "site") as site:
        first = site.record.driver_diagram.drivers[0].id
        site.set(f"driver_diagram.drivers.{first}", {"overlay_of": ids[0], "owner_scope": "hub", "state": "focus"})
        policy = site.add(
            "causes.fishbone",
            {"text": "Nothing asks for the brief to be opened", "category": "Policies", "support": "data"},
        )
        site.add(
            "causes.fishbone", {"text": "The plan begins with the reading", "category": "Policies", "parent": policy}
        )
        chain = site.add("causes.why_chains", {"start": "The brief is opened late"})
        site.add(f"causes.why_chains.{chain}.whys", {"why": "It lies under four clicks"})
    identity = folder / "site" / "inquiry.toml"
    identity.write_text(identity.read_text(encoding="utf-8") + '\nnetwork = "../hub"\n', encoding="utf-8")
    return inquirylab.open(folder / "site", author="ana")
