"""A record is readable whatever was merged into it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from inquirylab.findings.check import check
from inquirylab.findings.next_steps import next_steps
from inquirylab.findings.theory import known
from inquirylab.record.cycles import cycles, ramps, state_of
from inquirylab.record.driver_diagram import diagram
from inquirylab.record.export import as_json, as_markdown, plain
from inquirylab.record.links import dangling, measures_of
from inquirylab.record.paths import ITEM, PLACE, REMOVED, shipped_roots
from inquirylab.record.reading import Record, record_of
from inquirylab.record.tree import nested, visible
from inquirylab.record.versions import diagram_difference, snapshot_of, versions

ROOTS = shipped_roots()
TODAY = dt.date(2026, 1, 1)


def record(tree: dict[str, Any], **known_: Any) -> Record:
    return record_of(tree, ROOTS, **known_)


def everything(r: Record) -> None:
    check(r, ROOTS, today=TODAY), next_steps(r, ROOTS, TODAY), known(r), cycles(r), ramps(r), dangling(r, ROOTS)
    as_json(r, ROOTS, "x"), as_markdown(r, ROOTS), plain(r, ROOTS), versions(r, "driver_diagram")


def test_answers_become_their_types() -> None:
    r = record(
        {
            "aim": {"target": 62, "by_when": "2027-06-30"},
            "change_ideas": {"i1": {"name": "A call", "drivers": {"x": "d1"}}},
        }
    )
    assert r.aim.target == 62.0 and r.aim.by_when == dt.date(2027, 6, 30)
    assert r.change_ideas[0].id == "i1" and r.change_ideas[0].drivers == ("d1",) and r.misfits == ()
    assert "change_ideas" in dir(r)


def test_what_does_not_fit_is_left_out_and_listed() -> None:
    r = record(
        {
            "aim": {"target": "many", "what": {"": "x"}, "nonsense": 1},
            "change_ideas": "text",
            "nowhere": 3,
            "measures": {"m": 5},
        }
    )
    assert r.aim.target is None and r.change_ideas == ()
    assert {m.path for m in r.misfits} == {
        "aim.target",
        "aim.what",
        "aim.nonsense",
        "change_ideas",
        "nowhere",
        "measures.m",
    }
    everything(r)


VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=True),
        st.text(max_size=12),
        st.sampled_from(["2024-01-01", "aim", "d1", "d2", "up", "adopt", "{}", "[1]"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["", "a", "id", "label", ITEM]), inner, max_size=3)
    ),
    max_leaves=5,
)
WORDS = [
    *ROOTS.forms,
    "d1",
    "d2",
    "c1",
    "drivers",
    "edges",
    "cause",
    "effect",
    "level",
    "label",
    "versions",
    "snapshot",
    "questions",
    "prediction",
    "locked_at",
    "do_log",
    "act",
    "change",
    "scale",
    "what",
    "target",
    ITEM,
    PLACE,
    REMOVED,
    "",
    "zz",
]


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(".".join), VALUES, max_size=14))
def test_any_answers_under_any_paths_can_be_read_checked_and_shown(values: dict[str, Any]) -> None:
    everything(record(visible(nested(values))))


def test_marks_order_and_removal() -> None:
    tree = visible(
        nested(
            {
                "change_ideas.b.~item": True,
                "change_ideas.b.name": "B",
                "change_ideas.a.~item": True,
                "change_ideas.a.name": "A",
                "change_ideas.c.~item": True,
                "change_ideas.c.~place": "0",
                "change_ideas.gone.~item": True,
                "change_ideas.gone.~removed": {"digest": "x"},
                "change_ideas.gone.name": "G",
                "problem_definition.assets.x": "one",
                "problem_definition.assets.x.~item": True,
                "~forms.aim.d": {"prompts": {}},
                "aim.what": "w",
                "aim.what.~asked": "d",
                "aim.where": None,
            }
        )
    )
    assert list(tree["change_ideas"]) == ["c", "a", "b"]
    assert (
        tree["problem_definition"] == {"assets": {"x": "one"}} and tree["aim"] == {"what": "w"} and "~forms" not in tree
    )


def theory(**more: Any) -> dict[str, Any]:
    return {
        "driver_diagram": {
            "drivers": {
                "d1": {"label": "Room in the week", "level": 1},
                "d2": {"label": "A person who asks", "level": 2},
            },
            "edges": {
                "e1": {"cause": "d1", "effect": "aim"},
                "e2": {"cause": "d2", "effect": "d1"},
                "e3": {"cause": "gone", "effect": "d1"},
            },
        },
        "change_ideas": {"i1": {"name": "A call", "drivers": {"x": "d2"}}},
        **more,
    }


def test_the_diagram_is_a_graph_that_can_always_be_walked() -> None:
    g = diagram(record(theory()))
    assert g.drivers(1) == ["d1"] and g.ideas() == ["i1"] and [x.id for x in g.dangling] == ["e3"]
    assert g.reaches("i1") and g.below("aim") == {"d1", "d2", "i1"} and g.circle() == []
    circle = theory()
    circle["driver_diagram"]["edges"]["e4"] = {"cause": "d1", "effect": "d2"}
    assert set(diagram(record(circle)).circle()) == {"d1", "d2"}


def test_a_deep_theory_does_not_exhaust_the_stack() -> None:
    n = 5000
    tree = {
        "driver_diagram": {
            "drivers": {f"d{i}": {"label": str(i)} for i in range(n)},
            "edges": {f"e{i}": {"cause": f"d{i}", "effect": f"d{(i + 1) % n}"} for i in range(n)},
        }
    }
    g = diagram(record(tree))
    assert len(g.circle()) == n and not g.reaches("d0")


def test_the_state_of_a_change_idea_follows_from_its_cycles() -> None:
    def state(*acts: tuple[str | None, str]) -> str:
        tree = theory(
            pdsa_cycles={
                f"c{i}": {"change": "i1", **({"act": a} if a else {}), "scale": s} for i, (a, s) in enumerate(acts)
            }
        )
        return state_of("i1", cycles(record(tree)))

    assert state() == "proposed"
    assert state((None, "one_teacher")) == "testing" and state(("adapt", "team")) == "adapted"
    assert state(("adopt", "team")) == "adopted" and state(("abandon", "team")) == "abandoned"
    assert state(("adopt", "schools")) == "spreading" and state(("adopt", "team"), ("expand", "school")) == "spreading"
    assert state(("expand", "team")) == "testing" and state(("repeat", "team")) == "testing"


def test_all_kinds_of_cycles_test_one_theory() -> None:
    r = record(
        theory(
            pdsa_cycles={"c1": {"change": "i1", "act": "adapt"}},
            lesson_study_cycles={"l1": {"drivers": {"x": "d2"}}},
            design_cycles={"k1": {"change": "i1"}},
            measures={"m1": {"node": "d1"}},
        )
    )
    nodes = known(r, {"m1": "Six weeks in a row above the centre line."})
    assert [c.kind for c in nodes["d2"].cycles] == ["pdsa_cycle", "lesson_study", "design_cycle"]
    assert nodes["d1"].below == 3 and not nodes["d1"].untested
    assert "Six weeks" in nodes["d1"].sentence() and nodes["i1"].state == "testing"
    assert measures_of(r) == {"d1": ["m1"]}
    assert known(record({"driver_diagram": {"drivers": {"d9": {"label": "x"}}}}))["d9"].untested


def test_versions_keep_the_whole_diagram_and_say_what_differs() -> None:
    tree = theory()
    kept = snapshot_of(tree, "driver_diagram.versions")
    tree["driver_diagram"]["versions"] = {"v1": {"reason": "first", "snapshot": kept}, "v2": {"snapshot": "no JSON"}}
    r = record(tree)
    assert [v.number for v in versions(r, "driver_diagram")] == [1, 2] and versions(r, "driver_diagram")[
        1
    ].content == {}
    tree["driver_diagram"]["drivers"]["d3"] = {"label": "New", "level": 1}
    tree["driver_diagram"]["drivers"]["d2"]["label"] = "Somebody who asks"
    tree["driver_diagram"]["drivers"]["d1"]["level"] = 2
    del tree["driver_diagram"]["edges"]["e2"]
    diff = diagram_difference(versions(r, "driver_diagram")[0].content, tree["driver_diagram"])
    assert diff.added == ("New",) and diff.reworded == ("Somebody who asks",) and diff.moved == ("Room in the week",)
    assert diff.removed == () and diff.relinked == ("Somebody who asks → Room in the week",)


def test_markdown_shows_each_answer_with_its_question_and_treats_text_as_text() -> None:
    r = record(
        {
            "aim": {"what": "*late* <script> | [x](y)", "by_when": "2027-01-01"},
            "problem_definition": {"statement": "one\n# two"},
        }
    )
    shown = as_markdown(r, ROOTS, {"aim.what": "An older question?"})
    assert "**An older question?** \\*late\\* \\<script\\> \\| \\[x\\](y)" in shown
    assert "Working labels" in shown and "one\n  \\# two" in shown
    assert json.loads(as_json(r, ROOTS, "id"))["answers"]["aim"]["what"].startswith("*late*")


def test_where_a_change_idea_stands_follows_from_its_cycles_whatever_somebody_wrote() -> None:
    tree = {
        "change_ideas": {"call": {"name": "A call", "state": "spreading"}, "bus": {"name": "A bus"}, "odd": "no idea"},
        "pdsa_cycles": {"c1": {"change": "call", "act": "adopt", "scale": "one_teacher"}},
    }
    found = record(tree)
    assert {i.id: i.state for i in found.change_ideas} == {"call": "adopted", "bus": "proposed"}
    assert found.whole["change_ideas"]["call"]["state"] == "adopted"
    assert "change_ideas.bus.state" not in found.answered and tree["change_ideas"]["bus"] == {"name": "A bus"}
