"""Makes the worked inquiry. Numbers are real (OULAD, CC BY 4.0); people, lesson and cycles are invented: see README.md."""

from __future__ import annotations

import argparse
import csv
import datetime as dt
from pathlib import Path

from lesson import the_lesson

import inquirylab

HERE = Path(__file__).parent
STARTS = {
    "2013B": dt.date(2013, 2, 1),
    "2013J": dt.date(2013, 10, 1),
    "2014B": dt.date(2014, 2, 1),
    "2014J": dt.date(2014, 10, 1),
}
CREDIT = "OULAD (Kuzilek, Hlosta & Zdrahal 2017, doi:10.1038/sdata.2017.171), CC BY 4.0, added up"


def count_submissions(tables: Path) -> list[dict[str, object]]:
    """Return one row for each tutor-marked assignment of module DDD: registered on the due day, in on time."""
    import pandas as pd

    assessments = pd.read_csv(tables / "assessments.csv", na_values="?")
    submitted = pd.read_csv(tables / "studentAssessment.csv")
    registered = pd.read_csv(tables / "studentRegistration.csv", na_values="?")
    wanted = assessments[(assessments.code_module == "DDD") & (assessments.assessment_type == "TMA")]
    rows: list[dict[str, object]] = []
    for presentation, tmas in wanted.groupby("code_presentation"):
        here = registered[(registered.code_module == "DDD") & (registered.code_presentation == presentation)]
        for number, tma in enumerate(tmas.sort_values("date").itertuples(), 1):
            left = here.date_unregistration
            there = here[(here.date_registration <= tma.date) & (left.isna() | (left > tma.date))].id_student
            work = submitted[(submitted.id_assessment == tma.id_assessment) & (submitted.is_banked == 0)]
            on_time = work[work.id_student.isin(there) & (work.date_submitted <= tma.date)]
            day = STARTS[str(presentation)] + dt.timedelta(days=int(tma.date))
            rows.append(
                {
                    "presentation": presentation,
                    "assignment": number,
                    "due": day.isoformat(),
                    "on_time": len(on_time),
                    "registered": len(there),
                }
            )
    return rows


def make(folder: Path, rows: list[dict[str, str]]) -> None:
    """Write the inquiry, step by step, as a team would."""
    with inquirylab.create(
        folder, title="Assignments handed in on time", site="Module DDD", author="Invented team", cycle="pdsa_cycle"
    ) as inq:
        inq.set(
            "about.summary",
            "A worked example. The numbers are real (OULAD, CC BY 4.0); the team, its people, the lesson "
            "and the cycles are invented. Nothing told here caused anything in these numbers.",
        )
        inq.set("about.team_name", "An invented team")
        people = the_people(inq)
        the_problem(inq, rows)
        measures = the_measures(inq, rows)
        drivers, ideas = the_theory(inq, measures, people)
        cycle = the_first_cycle(inq, ideas["call"], measures)
        lesson = the_lesson(inq, drivers, ideas["plan"], people, measures["opened"])
        the_second_cycle(inq, ideas["call"], measures, cycle)
        revise(inq, drivers, cycle, lesson, people)


def the_people(inq: inquirylab.Inquiry) -> dict[str, str]:
    people = {
        "tutor": ("Tutor A (invented)", "teacher", "lead"),
        "second": ("Tutor B (invented)", "teacher", "participant"),
        "student": ("Student S (invented)", "student", "participant"),
        "data": ("Analyst D (invented)", "researcher", "data"),
        "coach": ("Coach K (invented)", "coach", "facilitator"),
        "guest": ("Lecturer L (invented)", "researcher", None),
    }
    return {
        key: inq.add(
            "people",
            {"display": name, "display_kind": "pseudonym", "role_type": role, **({"team_role": team} if team else {})},
        )
        for key, (name, role, team) in people.items()
    }


def the_problem(inq: inquirylab.Inquiry, rows: list[dict[str, str]]) -> None:
    first = [r for r in rows if r["presentation"] == "2013B"]
    rate = {r["assignment"]: round(100 * int(r["on_time"]) / int(r["registered"])) for r in first}
    inq.set(
        "problem_definition.statement",
        f"In module DDD, {rate['1']} of 100 registered students had their first assignment in on time in spring 2013, and "
        f"{rate['6']} of 100 the sixth. It was alike in the presentations that followed.",
    )
    evidence = inq.add(
        "problem_definition.evidence",
        {
            "kind": "admin_data",
            "what": "Due days, submissions and registrations of 24 assignments",
            "date": "2014-07-31",
            "says": "The share falls from assignment to assignment in every presentation.",
            "limits": "It does not say why, nor who had asked for more time.",
        },
    )
    voices = inq.add(
        "problem_definition.evidence",
        {
            "kind": "interview",
            "what": "Six conversations with students (invented)",
            "date": "2014-08-20",
            "says": "Assignments of other modules are due in the same week; the brief is read late.",
            "limits": "Six students who were willing to talk.",
        },
    )
    for dimension, answer in {
        "situation": "Students say: “I opened the brief the weekend before.” Tutors say: “They ask when it is too late.” We would "
        "expect about as many on time at the sixth assignment as at the first.",
        "stakeholders": "Students named it first, in the module survey. Those who left have not been heard. We are tutors who set the "
        "due days ourselves.",
        "scope": "Every presentation, about 900 to 1,600 students. It does not occur at the first assignment, which comes after a "
        "phone call to everybody.",
        "system": "Due days are set module by module. Nobody looks across modules. We assumed that students plan as we do.",
        "significance": "Whoever misses two assignments seldom comes back. Working students are touched most. The next presentation is "
        "within our reach.",
    }.items():
        inq.set(f"problem_definition.{dimension}", answer)
        inq.set(f"problem_definition.{dimension}.evidence", [evidence, voices])
    inq.add("problem_definition.affected", {"group": "Working students", "how": "Evenings and weekends only"})
    inq.set("problem_definition.named_by", ["students", "tutors"])
    inq.add(
        "problem_definition.missing_voices",
        {
            "who": "Students who left",
            "why_absent": "Their addresses are gone with them",
            "plan": "A call within a week of leaving",
            "date": "2014-12-15",
        },
    )
    inq.set("problem_definition.assets", ["Nearly everybody starts", "Tutors answer within a day"])
    inq.add(
        "problem_definition.assumptions", {"text": "Students read the brief when it comes out", "decision": "remove"}
    )
    inq.set("problem_definition.equity_stance", "Paid work must not decide who can hand in on time.")
    inq.set(
        "problem_definition.boundary",
        {"inside": "Tutor-marked assignments", "outside": "Exams", "period": "2013 to 2015"},
    )
    inq.add("problem_definition.versions", {"reason": "First version, after the conversations"})
    inq.set("causes.categories", ["policies", "processes", "people and roles"])
    inq.add(
        "causes.fishbone",
        {
            "text": "Due days of several modules fall into one week",
            "category": "policies",
            "kind": "policy",
            "support": "testimony",
            "influence": "influence",
            "weight": 3,
        },
    )
    inq.add(
        "causes.fishbone",
        {
            "text": "The brief is first opened days before it is due",
            "category": "processes",
            "kind": "process",
            "support": "testimony",
            "influence": "control",
            "weight": 3,
        },
    )
    inq.add(
        "causes.why_chains",
        {
            "start": "The brief is opened late",
            "whys": ["Nothing asks for it to be opened", "The plan of the module starts with the reading"],
        },
    )


def the_measures(inq: inquirylab.Inquiry, rows: list[dict[str, str]]) -> dict[str, str]:
    common = {"collector": "Analyst D", "frequency": "event", "definition_version": 1}
    outcome = inq.add(
        "measures",
        {
            **common,
            "name": "Handed in on time",
            "family": "outcome",
            "node": "aim",
            "kind": "proportion",
            "unit": "%",
            "direction": "up",
            "construct": "How many of those who could hand in did so by the due day",
            "population": "Students registered on the due day",
            "numerator": "Students whose work was in by the due day",
            "denominator": "Students registered on the due day",
            "exclude": "Work carried over from an earlier year",
            "instrument": "The university's submission system",
            "source": CREDIT,
            "disaggregate_by": ["working students, once the survey is in"],
            "baseline": {"until": "2014-10-01"},
        },
    )
    opened = inq.add(
        "measures",
        {
            **common,
            "name": "Brief opened ten days before",
            "family": "driver",
            "kind": "proportion",
            "unit": "%",
            "direction": "up",
            "construct": "Whether work begins early",
            "population": "Students registered",
            "numerator": "Students who opened the brief",
            "denominator": "Students registered",
            "instrument": "The module's web site",
            "disaggregate_by": ["working students"],
        },
    )
    asked = inq.add(
        "measures",
        {
            **common,
            "name": "Questions asked a week before",
            "family": "process",
            "kind": "count",
            "direction": "up",
            "construct": "Whether help is asked for in time",
            "population": "Messages to tutors",
            "instrument": "Tutors' inboxes",
            "disaggregate_by": ["no groups: messages are not linked to persons"],
        },
    )
    hours = inq.add(
        "measures",
        {
            **common,
            "name": "Tutor hours an assignment",
            "family": "balancing",
            "kind": "mean",
            "direction": "down",
            "unit": "h",
            "construct": "What it costs the tutors",
            "population": "Tutors of the module",
            "instrument": "A line in the weekly note",
            "disaggregate_by": ["no groups: too few tutors"],
        },
    )
    for r in rows:
        inq.add(
            "measure_data",
            {
                "measure": outcome,
                "date": r["due"],
                "site": f"DDD {r['presentation']}",
                "numerator": int(r["on_time"]),
                "denominator": int(r["registered"]),
                "note": f"Assignment {r['assignment']}",
                "definition_version": 1,
                "source": CREDIT,
            },
        )
    return {"outcome": outcome, "opened": opened, "asked": asked, "hours": hours}


def the_theory(
    inq: inquirylab.Inquiry, measures: dict[str, str], people: dict[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    inq.set(
        "aim",
        {
            "what": "Handed in on time, assignments 4 to 6",
            "for_whom": "All registered students",
            "where": "Module DDD",
            "measure": measures["outcome"],
            "baseline": 54,
            "target": 62,
            "direction": "up",
            "by_when": "2027-06-30",
        },
    )
    inq.set(
        "aim.equity_clause",
        {"group": "Working students", "gap_now": "to be collected in the survey", "gap_wanted": "none"},
    )
    drivers = {
        "early": inq.add(
            "driver_diagram.drivers",
            {
                "label": "Early sight of the task",
                "level": 1,
                "state": "focus",
                "definition": "Students know, two weeks before, what the assignment asks.",
                "owner": people["tutor"],
            },
        ),
        "room": inq.add(
            "driver_diagram.drivers",
            {
                "label": "Room in the week",
                "level": 1,
                "state": "focus",
                "definition": "No second due day falls into the same week.",
                "owner": people["coach"],
            },
        ),
        "first": inq.add(
            "driver_diagram.drivers",
            {
                "label": "A first step inside the tutorial",
                "level": 2,
                "state": "focus",
                "definition": "Part of the assignment is begun while others are there.",
            },
        ),
        "contact": inq.add(
            "driver_diagram.drivers",
            {
                "label": "A person who asks",
                "level": 2,
                "state": "focus",
                "definition": "Somebody speaks with each student between two assignments.",
            },
        ),
    }
    for cause, effect, because, evidence in [
        ("early", "aim", "what is seen early is planned for", "experience"),
        ("room", "aim", "students told us that they choose one assignment of two", "local_data"),
        ("first", "early", "who has begun knows what is asked", "experience"),
        ("contact", "early", "a question makes one look", "local_data"),
    ]:
        inq.add(
            "driver_diagram.edges",
            {
                "cause": drivers[cause],
                "effect": drivers.get(effect, effect),
                "because": because,
                "strength": "strong",
                "evidence": evidence,
            },
        )
    for node, measure in [("early", "opened"), ("first", "opened"), ("contact", "asked"), ("room", "hours")]:
        inq.add("driver_diagram.measure_links", {"node": drivers[node], "measure": measures[measure]})
    ideas = {
        "call": inq.add(
            "change_ideas",
            {
                "name": "A five-minute call two weeks before",
                "kind": "process",
                "drivers": [drivers["contact"]],
                "origin": "student",
                "proposer": people["student"],
                "benefit": 4,
                "effort": 3,
                "hypothesis": "If a tutor calls two weeks before, then more students open the brief early, because somebody asked.",
                "warrant": {
                    "tested": "partly",
                    "where": "The call before the first assignment",
                    "result": "Most hand that one in",
                },
                "harm_check": "Students who cannot take calls at work: they choose a text message instead.",
            },
        ),
        "plan": inq.add(
            "change_ideas",
            {
                "name": "Begin the assignment in the tutorial",
                "kind": "process",
                "drivers": [drivers["first"]],
                "origin": "teacher",
                "proposer": people["second"],
                "benefit": 4,
                "effort": 2,
                "hypothesis": "If the first part is done in the tutorial, then nobody starts from nothing, "
                "because the hardest step is taken.",
                "warrant": {"tested": "none"},
                "harm_check": "Those who miss the tutorial: the part is put on the web site.",
            },
        ),
        "days": inq.add(
            "change_ideas",
            {
                "name": "One calendar of due days",
                "kind": "tool",
                "drivers": [drivers["room"]],
                "origin": "student",
                "benefit": 5,
                "effort": 5,
                "hypothesis": "If modules share a calendar, then due days spread, because clashes are seen.",
                "warrant": {"tested": "none"},
                "harm_check": "Small modules might be pushed to bad weeks.",
            },
        ),
    }
    inq.add("driver_diagram.versions", {"reason": "First version"})
    return drivers, ideas


def the_first_cycle(inq: inquirylab.Inquiry, idea: str, measures: dict[str, str]) -> str:
    cycle = inq.add(
        "pdsa_cycles",
        {
            "change": idea,
            "title": "Calls, one tutor's group",
            "series": "Calls",
            "cycle_no": 1,
            "purpose": "learn",
            "scale": "one_teacher",
            "scale_people": 18,
            "scale_contexts": "Tutor A's group (invented)",
            "questions": [
                {
                    "id": "reach",
                    "question": "How many can be reached?",
                    "prediction": "At least 12 of 18",
                    "predicted_low": 12,
                    "confidence": "medium",
                },
                {
                    "id": "opened",
                    "question": "Do they open the brief early?",
                    "prediction": "At least half within two days",
                    "predicted_low": 9,
                    "confidence": "low",
                },
            ],
            "plan": {
                "what": "Tutor A calls all 18 students two weeks before assignment 2",
                "who": "Tutor A",
                "where": "By phone",
                "when_start": "2014-10-27",
                "when_end": "2014-11-07",
            },
            "data": [
                {"what": "Who was reached", "who": "Tutor A", "when": "After each call"},
                {"what": "Brief opened", "measure": measures["opened"], "who": "Analyst D", "when": "Two days later"},
            ],
        },
    )
    path = f"pdsa_cycles.{cycle}"
    inq.add(
        f"{path}.do_log",
        {"at": "2014-10-28", "observation": "Eleven answered, four called back.", "kind": "as_planned"},
    )
    inq.add(
        f"{path}.do_log",
        {"at": "2014-10-30", "observation": "“Nobody from the university ever rang me.”", "kind": "feedback"},
    )
    inq.set(f"{path}.as_planned", True)
    inq.add(
        f"{path}.results",
        {"question": "reach", "result": "15 of 18 reached", "value": 15, "matched": "yes", "voice": "teacher"},
    )
    inq.add(
        f"{path}.results",
        {
            "question": "opened",
            "result": "7 opened the brief within two days",
            "value": 7,
            "matched": "no",
            "surprise": "Some could not find it.",
            "voice": "student",
        },
    )
    inq.set(f"{path}.learned", "A call reaches nearly everybody, but the brief is hard to find.")
    inq.set(
        path,
        {
            "act": "adapt",
            "reason": "The call works; the way to the brief does not.",
            "acted_on": "2014-11-10",
            "next_plan": "Send the link while on the phone.",
            "theory_effect": "supports",
            "minutes_spent": 14,
        },
    )
    return cycle


def the_second_cycle(inq: inquirylab.Inquiry, idea: str, measures: dict[str, str], before: str) -> None:
    cycle = inq.add(
        "pdsa_cycles",
        {
            "change": idea,
            "title": "Calls with a link, the team",
            "series": "Calls",
            "cycle_no": 2,
            "purpose": "test",
            "scale": "team",
            "scale_people": 71,
            "clone_of": before,
            "questions": [
                {
                    "id": "opened2",
                    "question": "Do they open the brief early?",
                    "prediction": "At least 45 of 71 within two days",
                    "predicted_low": 45,
                }
            ],
            "plan": {
                "what": "Four tutors call and send the link",
                "who": "Four tutors",
                "when_start": "2015-01-05",
                "when_end": "2015-01-16",
            },
            "data": [
                {"what": "Brief opened", "measure": measures["opened"], "who": "Analyst D", "when": "Two days later"}
            ],
        },
    )
    path = f"pdsa_cycles.{cycle}"
    inq.add(f"{path}.do_log", {"at": "2015-01-06", "observation": "Calls took four minutes.", "kind": "as_planned"})
    inq.add(
        f"{path}.results",
        {"question": "opened2", "result": "52 of 71", "value": 52, "matched": "yes", "voice": "student"},
    )
    inq.set(f"{path}.learned", "With the link at hand most students look at once.")
    inq.set(
        path,
        {
            "act": "expand",
            "reason": "Better than predicted, at four minutes a student.",
            "acted_on": "2015-01-20",
            "next_plan": "All tutors of the module.",
            "next_scale": "school",
            "theory_effect": "supports",
        },
    )


def revise(inq: inquirylab.Inquiry, drivers: dict[str, str], cycle: str, lesson: str, people: dict[str, str]) -> None:
    inq.set(f"driver_diagram.drivers.{drivers['first']}.label", "A first paragraph inside the tutorial")
    inq.add(
        "driver_diagram.versions",
        {
            "reason": "A first step was too vague: what helped was a paragraph, begun in pairs.",
            "caused_by": [cycle, lesson],
        },
    )
    inq.add(
        "contributions",
        {
            "person": people["student"],
            "artefact": cycle,
            "local_roles": ["named_the_problem"],
            "degree": "lead",
            "warrant": "The idea to send the link came from a student.",
        },
    )


def main() -> None:
    """Make the inquiry in a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--tables", type=Path, help="Folder of the dataset's own tables; writes submissions.csv anew.")
    given = parser.parse_args()
    file = HERE / "submissions.csv"
    if given.tables:
        counted = count_submissions(given.tables)
        with file.open("w", newline="", encoding="utf-8") as f:
            writer = csv.DictWriter(f, list(counted[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(counted)
    with file.open(encoding="utf-8", newline="") as f:
        make(given.out, list(csv.DictReader(f)))


if __name__ == "__main__":
    main()
