"""Each finding, shown by the smallest record that has it and by one that has not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from inquirylab.findings.check import check
from inquirylab.findings.next_steps import next_steps
from inquirylab.findings.problem import deficit_phrase
from inquirylab.record.paths import shipped_roots
from inquirylab.record.reading import Answered, Earlier, record_of

ROOTS = shipped_roots()
TODAY = dt.date(2026, 3, 1)
AIM = {
    "what": "On time",
    "for_whom": "All",
    "measure": "m",
    "target": 62,
    "baseline": 54,
    "by_when": "2027-06-30",
    "equity_clause": {"reason_for_none": "All alike"},
}
MEASURE = {
    "name": "Rate",
    "family": "outcome",
    "node": "aim",
    "kind": "proportion",
    "population": "p",
    "instrument": "i",
    "frequency": "week",
    "collector": "c",
    "numerator": "n",
    "denominator": "d",
    "direction": "up",
    "construct": "x",
    "disaggregate_by": {"x": "group"},
    "definition_version": 1,
}


def driver(label: str = "Room in the week", **more: Any) -> dict[str, Any]:
    return {"label": label, "level": 1, "definition": "d", **more}


def edge(cause: str, effect: str = "aim", **more: Any) -> dict[str, Any]:
    return {"cause": cause, "effect": effect, "because": "b", "evidence": "experience", **more}


def diagram(drivers: dict[str, Any], edges: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    made = {f"e{k}": edge(k) for k in drivers} if edges is None else edges
    return {"aim": AIM, "driver_diagram": {"drivers": drivers, "edges": made}, **more}


def cycle(**more: Any) -> dict[str, Any]:
    return {
        "change": "i",
        "questions": {"q": {"question": "?", "prediction": "at least 3"}},
        "plan": {"what": "w"},
        "data": {"d": {"what": "w"}},
        **more,
    }


def lesson(**more: Any) -> dict[str, Any]:
    return {"lesson_study_cycles": {"l": {"title": "t", "drivers": {"x": "d"}, **more}}}


IDEA = {"change_ideas": {"i": {"name": "A call", "drivers": {"x": "d"}, "hypothesis": "h", "harm_check": "n"}}}
DONE = {"do_log": {"x": {"observation": "o"}}, "learned": "l"}

CASES: dict[str, list[tuple[dict[str, Any], str]]] = {
    "RQ01": [
        ({"aim": {}}, ""),
        ({"aim": {"what": "x"}}, "aim.for_whom"),
        ({"pdsa_cycles": {"c": {"title": "t"}}}, "pdsa_cycles.c.change"),
        ({"measures": {"m": MEASURE | {"excluded": {"e": {"date": "2026-01-05"}}}}}, "measures.m.excluded.e.reason"),
    ],
    "DD01": [
        ({"aim": {"what": "x"}}, "aim.by_when"),
        (diagram({"d": driver()}) | {"aim": None}, "aim"),
        ({"aim": AIM | {"baseline": None}}, "aim.baseline"),
    ],
    "DD02": [
        (
            diagram({"d": driver(), "k": driver("B", level=2)}, {"e": edge("d", "k"), "f": edge("k", "d")}),
            "driver_diagram.drivers.d",
        ),
        (diagram({"d": driver(level=2)}), "driver_diagram.edges.ed"),
    ],
    "DD03": [
        (diagram({"d": driver()}, {}), "driver_diagram.drivers.d"),
        (diagram({"d": driver()}, change_ideas={"i": {"name": "A call"}}), "change_ideas.i"),
    ],
    "DD04": [
        (diagram({"d": driver()}), "driver_diagram.drivers"),
        (
            diagram({"d": driver(), "k": driver("Other", level=2)}, {"e": edge("d"), "f": edge("k", "d")}),
            "driver_diagram.drivers.d",
        ),
    ],
    "DD05": [
        (diagram({"d": driver()}), "driver_diagram.drivers.d"),
        (diagram({"d": driver(definition=None)}), "driver_diagram.drivers.d.definition"),
        (diagram({"d": driver()}), "measures"),
    ],
    "DD06": [
        (diagram({"d": driver("Train the tutors")}), "driver_diagram.drivers.d.label"),
        (diagram({"d": driver("Students lack motivation")}), "driver_diagram.drivers.d.label"),
    ],
    "DD07": [
        ({"change_ideas": {"i": {"name": "Better attendance"}}}, "change_ideas.i.name"),
        ({"change_ideas": {"i": {"name": "Call and write"}}}, "change_ideas.i.name"),
    ],
    "DD08": [
        (diagram({"d": driver()}), "driver_diagram.drivers.d"),
        ({"change_ideas": {"i": {"name": "A call", "added_on": "2025-01-01"}}}, "change_ideas.i"),
    ],
    "DD09": [
        (diagram({"d": driver("Room in the week"), "k": driver("Room in the week!")}), "driver_diagram.drivers.k")
    ],
    "DD10": [
        (diagram({"d": driver()}, {"e": edge("d", because=None)}), "driver_diagram.edges.e"),
        (diagram({"d": driver()}, {"e": edge("d", evidence="research")}), "driver_diagram.edges.e.tier"),
    ],
    "DD11": [
        ({"aim": AIM | {"by_when": "2025-01-01"}}, "aim.by_when"),
        ({"aim": AIM | {"target": 54}}, "aim.target"),
        ({"aim": AIM, "measures": {"m": MEASURE | {"direction": "down"}}}, "measures.m.direction"),
    ],
    "DD12": [
        ({"aim": AIM | {"equity_clause": None}}, "aim.equity_clause"),
        (
            {
                "aim": AIM | {"equity_clause": {"group": "girls"}},
                "measures": {"m": MEASURE | {"disaggregate_by": None}},
            },
            "measures",
        ),
    ],
    "DD13": [
        ({"driver_diagram": {"versions": {"a": {"reason": "r"}, "b": {"reason": "r"}}}}, "driver_diagram.versions.b")
    ],
    "PR01": [({"problem_definition": {"statement": "s"}}, "problem_definition.evidence")],
    "PR02": [
        (
            {"problem_definition": {"evidence": {"a": {"kind": "admin_data"}, "b": {"kind": "literature"}}}},
            "problem_definition.evidence",
        )
    ],
    "PR03": [
        ({"problem_definition": {"missing_voices": {"v": {"who": "Parents"}}}}, "problem_definition.missing_voices.v")
    ],
    "PR04": [({"problem_definition": {"statement": "s" * 401}}, "problem_definition.statement")],
    "PR05": [({"problem_definition": {"statement": "Pupils lack motivation."}}, "problem_definition.statement")],
    "PR06": [
        (
            {
                "problem_definition": {
                    "statement": "new",
                    "versions": {"v": {"reason": "r", "snapshot": '{"statement": "old"}'}},
                }
            },
            "problem_definition.statement",
        )
    ],
    "PR07": [
        (
            {"problem_definition": {"statement": "s", "versions": {"a": {"reason": "r"}, "b": {}}}},
            "problem_definition.versions.b",
        )
    ],
    "PR08": [
        (
            {"problem_definition": {"empathy_interviews": {"v": {"role": "A parent", "quotes": "We wait.", **agreed}}}},
            "problem_definition.empathy_interviews.v.quotable",
        )
        for agreed in ({}, {"quotable": False})
    ],
    "ME01": [({"measures": {"m": MEASURE | {"denominator": None}}}, "measures.m")],
    "ME02": [({"measures": {"m": MEASURE | {"disaggregate_by": None}}}, "measures.m.disaggregate_by")],
    "ME03": [
        (
            {"measures": {"m": MEASURE}, "measure_data": {"r": {"measure": "m", "numerator": 5, "denominator": 4}}},
            "measure_data.r",
        ),
        ({"measure_data": {"r": {"numerator": -1}}}, "measure_data.r"),
    ],
    "ME04": [({"measures": {"m": MEASURE | {"practical_check": {"fast": False}}}}, "measures.m.practical_check")],
    "ME05": [({"measures": {"m": MEASURE | {"min_n": 3}}}, "measures.m.min_n")],
    "PD01": [
        ({"pdsa_cycles": {"c": cycle(questions={"q": {"question": "?"}})}}, "pdsa_cycles.c.questions.q.prediction")
    ],
    "PD03": [
        (
            {"pdsa_cycles": {"c": cycle(questions={f"q{i}": {"question": "?", "prediction": "1"} for i in range(5)})}},
            "pdsa_cycles.c.questions",
        )
    ],
    "PD04": [
        (
            {"pdsa_cycles": {"c": cycle(questions={"q": {"question": "?", "prediction": "It goes well"}})}},
            "pdsa_cycles.c.questions.q.prediction",
        )
    ],
    "PD05": [({"pdsa_cycles": {"c": cycle(data=None)}}, "pdsa_cycles.c.data")],
    "PD06": [({"pdsa_cycles": {"c": cycle(**DONE)}}, "pdsa_cycles.c.results")],
    "PD07": [({"pdsa_cycles": {"c": cycle(**DONE, act="adapt")}}, "pdsa_cycles.c.reason")],
    "PD08": [
        ({"pdsa_cycles": {"a": cycle(scale="one_teacher"), "b": cycle(scale="school")}}, "pdsa_cycles.b.scale"),
        ({"pdsa_cycles": {"a": cycle(scale="team", act="adopt", reason="r")}}, "pdsa_cycles.a.act"),
    ],
    "PD09": [({"pdsa_cycles": {"c": cycle(plan={"what": "w", "when_start": "2025-01-01"})}}, "pdsa_cycles.c")],
    "PD10": [
        ({"change_ideas": {"i": {"name": "Call and write"}}, "pdsa_cycles": {"c": cycle()}}, "pdsa_cycles.c.change")
    ],
    "PD11": [({"pdsa_cycles": {"c": cycle(**DONE)}}, "pdsa_cycles.c.results")],
    "LS01": [(lesson(data_questions={"q": {"question": "?"}}), "lesson_study_cycles.l.data_questions.q")],
    "LS02": [
        (lesson(data_questions={f"q{i}": {"question": "?"} for i in range(5)}), "lesson_study_cycles.l.data_questions")
    ],
    "LS03": [(lesson(lesson_rows={"r": {"activity": "a", "phase": "solve"}}), "lesson_study_cycles.l.lesson_rows")],
    "LS04": [
        (lesson(background={"findings": "f", "sources": {"x": "one"}}), "lesson_study_cycles.l.background.sources")
    ],
    "LS05": [({"lesson_study_cycles": {"l": {"title": "t"}}}, "lesson_study_cycles.l.drivers")],
    "LS06": [
        (lesson(discussion={"d": {"text": "t"}}), "lesson_study_cycles.l.discussion"),
        (
            lesson(discussion={"d": {"text": "t"}}, data_questions={"q": {"question": "?"}}),
            "lesson_study_cycles.l.data_questions.q",
        ),
    ],
    "LS07": [(lesson(discussion={"d": {"text": "t"}}), "lesson_study_cycles.l.commentary")],
    "RC04": [({"aim": {"target": "many"}}, "aim.target")],
    "RC05": [
        (diagram({"d": driver()}, {"e": edge("gone")}), "driver_diagram.edges.e"),
        ({"change_ideas": {"i": {"drivers": {"x": "gone"}}}}, "change_ideas.i.drivers.x"),
        ({"aim": {"measure": "gone"}}, "aim.measure"),
    ],
}
SOUND = {
    "about": {"title": "t"},
    "problem_definition": {
        "statement": "On Mondays 20 of 100 come late.",
        "evidence": {"a": {"kind": "admin_data"}, "b": {"kind": "interview"}},
        **{d: {"answer": "a"} for d in ("situation", "stakeholders", "scope", "system", "significance")},
        "missing_voices": {"v": {"who": "Parents", "plan": "p", "date": "2026-06-01"}},
        "assets": {"x": "a"},
        "assumptions": {"x": {"text": "t"}},
        "equity_stance": "s",
    },
    **diagram({"d": driver(), "k": driver("A person who asks")}),
    "change_ideas": {
        "i": {**IDEA["change_ideas"]["i"]},
        "j": {**IDEA["change_ideas"]["i"], "name": "One calendar", "drivers": {"x": "k"}},
    },
    "measures": {
        "m": MEASURE,
        "n": MEASURE | {"node": "d", "family": "driver"},
        "o": MEASURE | {"node": "k", "family": "balancing"},
    },
    "measure_data": {"r": {"measure": "m", "date": "2026-01-01", "numerator": 3, "denominator": 4}},
    "pdsa_cycles": {"c": cycle(), "e": cycle(change="j")},
}


def ids(tree: dict[str, Any], **known: Any) -> list[tuple[str, str]]:
    record = record_of({k: v for k, v in tree.items() if v is not None}, ROOTS, **known)
    return [(f.id, f.where) for f in check(record, ROOTS, today=TODAY)]


@pytest.mark.parametrize(("finding", "tree", "where"), [(k, t, w) for k, cases in CASES.items() for t, w in cases if w])
def test_a_record_that_has_it(finding: str, tree: dict[str, Any], where: str) -> None:
    assert (finding, where) in ids(tree)


def test_a_sound_record_has_no_finding() -> None:
    assert ids(SOUND) == []


def test_an_empty_record_has_no_finding_and_a_first_step() -> None:
    assert ids({}) == []
    assert next_steps(record_of({}, ROOTS), ROOTS, TODAY)[0].where == "problem_definition.statement"
    steps = next_steps(record_of(SOUND, ROOTS), ROOTS, TODAY)
    assert steps[0].where.startswith("pdsa_cycles.c")


def test_conflicts_damage_and_late_predictions() -> None:
    values = [{"value": "x", "author": "Ana", "at": "2026-01-01"}, {"value": "y", "author": "Ben", "at": "2026-01-01"}]
    found = check(
        record_of({}, ROOTS),
        ROOTS,
        conflicts=[{"path": "aim.what", "kind": "two_answers", "values": values}],
        damage=["3 bytes of a.iql are damaged"],
        today=TODAY,
    )
    assert [(f.id, len(f.mends)) for f in found] == [("RC01", 0), ("RC02", 2)]
    assert "'x' (Ana" in found[1].message and found[1].to_dict()["mends"][0]["value"] == "x"
    tree = {
        "pdsa_cycles": {
            "c": cycle(
                questions={"q": {"question": "?", "prediction": "at least 3", "locked_at": "2026-01-01T00:00:00.000Z"}}
            )
        }
    }
    path, late = "pdsa_cycles.c.questions.q.prediction", 1_800_000_000_000
    assert ("PD02", path) in ids(tree, answered={path: Answered("Ana", late)})
    assert ("PD02", path) in ids(
        tree, answered={path: Answered("Ana", late)}, earlier={path: [Earlier("at least 5", "Ana", 1)]}
    )
    assert ("PD02", path) not in ids(tree, answered={path: Answered("Ana", 1)})


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Our students lack motivation", "students lack"),
        ("Parents don't care about homework.", "Parents don't care"),
        ("The timetable leaves pupils ten minutes for lunch", ""),
        ("The lift failed. Pupils came late.", ""),
        ("They are unmotivated", "They are unmotivated"),
        ("", ""),
    ],
)
def test_a_deficit_is_asked_about_never_scored(text: str, phrase: str) -> None:
    assert deficit_phrase(text) == phrase
    assert deficit_phrase("Los alumnos carecen de interés", "es") == "alumnos carecen"


def test_every_finding_says_what_to_do_and_is_listed_here() -> None:
    seen = {}
    for cases in CASES.values():
        for tree, _ in cases:
            record = record_of({k: v for k, v in tree.items() if v is not None}, ROOTS)
            seen.update({f.id: f for f in check(record, ROOTS, today=TODAY)})
    assert set(seen) <= set(CASES)
    assert [f.id for f in seen.values() if not f.cure and f.id != "RQ01"] == []


def test_a_brief_is_short_written_with_a_practitioner_and_looked_at_again() -> None:
    brief = {
        "challenge": "Why are pupils late on Mondays?",
        "short_answer": "word " * 121,
        "authors": {"a": {"person": "r"}},
        "living": {"reviewed_on": "2024-01-01", "review_by": "2024-02-01"},
    }
    people = {"r": {"role_type": "researcher"}, "t": {"role_type": "teacher"}}

    def found(**changed: object) -> list[str]:
        tree = {"people": people, "practice_briefs": {"b": {**brief, **changed}}}
        return [f.id for f in check(record_of(tree, ROOTS), ROOTS, today=TODAY) if f.id.startswith("BR")]

    assert sorted(found()) == ["BR01", "BR02", "BR03"]
    assert found(short_answer="word " * 120, authors={"a": {"person": "r"}, "b": {"person": "t"}}, living={}) == []
    assert found(authors={}, short_answer="a", living={"review_by": "2024-02-01", "superseded_by": "c"}) == []


def test_a_quotation_with_consent_is_no_finding() -> None:
    told = {"role": "A parent", "quotes": "We wait.", "consent": True, "quotable": True}
    found = ids({"problem_definition": {"statement": "s", "empathy_interviews": {"v": told}}})
    assert "PR08" not in {finding for finding, _ in found}
