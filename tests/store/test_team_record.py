"""What people do, two of them at once, and what each of them finds afterwards."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inquirylab.errors import RecordError
from inquirylab.record.paths import shipped_roots
from inquirylab.record.stages import predictions
from inquirylab.store.migration import Migrations, Step
from inquirylab.store.team_record import TeamRecord

STATEMENT = "problem_definition.statement"


def meet(*people: TeamRecord) -> None:
    for p in people:
        p.sync()
    assert all(p.reading().tree == people[0].reading().tree for p in people)


def test_a_colleagues_words_stay_under_a_stale_view(ana: TeamRecord, ben: TeamRecord) -> None:
    ana.set(STATEMENT, "Pupils are late.")
    meet(ana, ben)
    ben.set(STATEMENT, "Pupils are late. It rains.", base="Pupils are late.")
    meet(ana, ben)
    ana.set(STATEMENT, "Many pupils are late.", base="Pupils are late.")
    meet(ana, ben)
    assert ben.get(STATEMENT) == "Many pupils are late. It rains."


def test_a_true_conflict_keeps_both_says_who_and_when_and_a_person_settles_it(ana: TeamRecord, ben: TeamRecord) -> None:
    ana.set("aim.what", "x")
    ben.set("aim.what", "y")
    meet(ana, ben)
    (conflict,) = ana.conflicts()
    assert conflict["path"] == "aim.what" and {(v["value"], v["author"]) for v in conflict["values"]} == {
        ("x", "Ana"),
        ("y", "Ben"),
    }
    assert ben.conflicts() == ana.conflicts()
    ben.resolve("aim.what", "x")
    meet(ana, ben)
    assert ana.conflicts() == [] and ana.get("aim.what") == "x"
    assert {e.value for e in ana.document.kept()["aim.what"]} == {"x", "y"}


def test_an_answer_typed_over_an_old_one_conflicts_with_what_came_between(ana: TeamRecord) -> None:
    ana.set("aim.what", "first")
    ana.set("aim.what", "second", base="first")
    ana.set("aim.what", "third", base="first")
    assert {v["value"] for v in ana.conflicts()[0]["values"]} == {"second", "third"}


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("nonsense", 1, "nothing called 'nonsense'"),
        ("aim.whatt", "x", "Did you mean 'what'?"),
        ("aim.target", "much", "must be a number"),
        ("aim.by_when", "soon", "must be a date"),
        ("aim.direction", "sideways", "must be one of up, down"),
        ("aim.what.more", "x", "Nothing stands below"),
        ("change_ideas.zzz.name", "x", "There is no item 'zzz'"),
        ("change_ideas.a b.name", "x", "cannot be an id"),
        ("change_ideas", [{"name": "x"}], "Use add(), remove() and move()"),
        ("aim.target", float("nan"), "finite"),
        ("aim.what", "half \ud800 a character", "half a character"),
    ],
)
def test_unknown_paths_and_wrong_types_are_refused(
    ana: TeamRecord, folder: Path, path: str, value: Any, says: str
) -> None:
    with pytest.raises(RecordError) as e:
        ana.set(path, value)
    assert says in str(e.value)
    assert list(folder.iterdir()) == []


def test_an_incomplete_item_is_never_refused(ana: TeamRecord) -> None:
    idea = ana.add("change_ideas", {})
    assert ana.get("change_ideas") == {idea: {}}


def test_lists_within_lists_and_bare_values(ana: TeamRecord) -> None:
    cycle = ana.add("pdsa_cycles", {"plan": "do it", "questions": ["Does it help?", {"id": "q2", "question": "How?"}]})
    assert [q["question"] for q in ana.get(f"pdsa_cycles.{cycle}.questions").values()] == ["Does it help?", "How?"]
    ana.set("problem_definition.situation", "seen")
    assert ana.get("problem_definition.situation") == {"answer": "seen"}
    ana.set("problem_definition.assets", ["one", "two"])
    ana.set("problem_definition.assets", ["two", "three"])
    assert list(ana.get("problem_definition.assets").values()) == ["two", "three"]


def test_a_list_keeps_its_order_whatever_ids_its_items_were_given(ana: TeamRecord) -> None:
    rows = [{"id": "read", "activity": "1"}, {"id": "alone", "activity": "2"}, {"activity": "3"}]
    lesson = ana.add("lesson_study_cycles", {"lesson_rows": rows})
    here = f"lesson_study_cycles.{lesson}.lesson_rows"
    assert [r["activity"] for r in ana.get(here).values()] == ["1", "2", "3"]
    ana.add(here, {"id": "again", "activity": "4"})
    ana.move(f"{here}.again", before="alone")
    assert [r["activity"] for r in ana.get(here).values()] == ["1", "4", "2", "3"]


def test_two_pages_that_each_set_a_whole_list_lose_nothing(ana: TeamRecord, ben: TeamRecord) -> None:
    ana.set("problem_definition.assets", ["kept"])
    meet(ana, ben)
    for n in range(5):
        ana.set("problem_definition.assets", [*ana.get("problem_definition.assets").values(), f"a{n}"])
        ben.set("problem_definition.assets", [*ben.get("problem_definition.assets").values(), f"b{n}"])
    meet(ana, ben)
    assert set(ana.get("problem_definition.assets").values()) == {"kept", *(f"{w}{n}" for w in "ab" for n in range(5))}


def test_order_holds_under_inserts_and_moves_at_the_same_time(opened: Callable[..., TeamRecord]) -> None:
    chance = random.Random(7)
    people = [opened(n) for n in ("Ana", "Ben", "Cem")]
    for n in range(6):
        people[0].add("change_ideas", {"id": f"i{n}", "name": str(n)})
    meet(*people)
    added = 6
    for _ in range(25):
        for p in people:
            ids = list(p.get("change_ideas"))
            if chance.random() < 0.5:
                wanted = chance.choice(ids)
                new = p.add("change_ideas", {"name": str(added)}, before=wanted)
                added += 1
                now = list(p.get("change_ideas"))
                assert now.index(new) == now.index(wanted) - 1
            else:
                moved, before = chance.sample(ids, 2)
                p.move(f"change_ideas.{moved}", before=before)
                now = list(p.get("change_ideas"))
                assert now.index(moved) == now.index(before) - 1
        if chance.random() < 0.4:
            meet(*people)
    meet(*people)
    orders = [list(p.get("change_ideas")) for p in people]
    assert orders[0] == orders[1] == orders[2] and len(orders[0]) == len(set(orders[0])) == added


def test_what_is_added_stands_last_even_when_the_clock_was_set_back(
    ana: TeamRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ana.add("change_ideas", {"name": "first"})
    monkeypatch.setattr("time.time_ns", lambda: 1_000_000_000)
    second = ana.add("change_ideas", {"name": "second"})
    third = ana.add("change_ideas", {"name": "third"})
    assert list(ana.get("change_ideas")) == [first, second, third]
    ana.set("aim.what", "later")
    ana.set("aim.what", "latest")
    assert ana.get("aim.what") == "latest"


def test_a_removed_item_comes_back_whole_and_editing_it_meanwhile_is_for_people_to_settle(
    ana: TeamRecord, ben: TeamRecord
) -> None:
    idea = ana.add("change_ideas", {"name": "A call", "description": "on Sunday"})
    meet(ana, ben)
    ana.remove(f"change_ideas.{idea}")
    ben.set(f"change_ideas.{idea}.description", "on Sunday evening")
    meet(ana, ben)
    assert ana.get("change_ideas") == {}
    assert [c["kind"] for c in ben.conflicts()] == ["edited_while_removed"]
    with pytest.raises(RecordError, match="was removed"):
        ana.set(f"change_ideas.{idea}.name", "x")
    ben.resolve(f"change_ideas.{idea}", "restore")
    meet(ana, ben)
    assert ana.get("change_ideas") == {idea: {"name": "A call", "description": "on Sunday evening"}}
    assert ana.conflicts() == []


def test_undo_goes_back_step_by_step_and_leaves_what_others_did(ana: TeamRecord, ben: TeamRecord) -> None:
    ana.set("aim.what", "one")
    ana.set("aim.what", "two")
    ana.set(STATEMENT, "mine")
    meet(ana, ben)
    ben.set("aim.what", "ben's")
    ben.set(STATEMENT, "mine and ben's")
    meet(ana, ben)
    ana.undo()
    meet(ana, ben)
    assert ana.get(STATEMENT) == " and ben's" and ana.get("aim.what") == "ben's"
    assert ana.undo() == [] and ana.get("aim.what") == "ben's"
    item = ana.add("change_ideas", {"name": "oops"})
    ana.undo()
    assert item not in (ana.get("change_ideas") or {})
    ana.set("aim.where", "here")
    ana.set("aim.where", "there")
    ana.undo()
    assert ana.get("aim.where") == "here"


def test_a_prediction_is_locked_when_do_begins_and_a_later_edit_is_kept_and_flagged(ana: TeamRecord) -> None:
    cycle = ana.add("pdsa_cycles", {"questions": [{"id": "q", "question": "Fewer?", "prediction": "at most 3"}]})
    path = f"pdsa_cycles.{cycle}.questions.q"
    assert "locked_at" not in ana.get(path)
    ana.add(f"pdsa_cycles.{cycle}.do_log", {"observation": "four"})
    (found,) = predictions(ana.record(), ana.roots)
    assert found.locked_at and not found.changed_after_lock and not found.written_late
    wait_a_millisecond()
    ana.set(f"{path}.prediction", "at most 5")
    ana.set(f"pdsa_cycles.{cycle}.questions.q.predicted_value", 5)
    flags = {
        p.path.rpartition(".")[2]: (p.changed_after_lock, p.written_late) for p in predictions(ana.record(), ana.roots)
    }
    assert flags == {"prediction": (True, False), "predicted_value": (False, True)}
    assert [e.value for e in ana.record().earlier[f"{path}.prediction"]] == ["at most 3"]
    with pytest.raises(RecordError, match="worked out"):
        ana.set(f"{path}.locked_at", "2020-01-01")


def wait_a_millisecond() -> None:
    import time

    time.sleep(0.003)


def test_history_says_who_changed_what_when(ana: TeamRecord, ben: TeamRecord) -> None:
    ana.set("aim.what", "x")
    ben.set("aim.where", "y")
    ana.sync()
    told = [(h["a"], h["p"][0]) for h in ana.history()]
    assert sorted(told) == [("Ana", "aim.what"), ("Ben", "aim.where")]


def test_an_answer_keeps_the_prompt_that_it_answered(folder: Path) -> None:
    import dataclasses

    from inquirylab.record.paths import Roots
    from inquirylab.store.wording import prompt_of

    before = shipped_roots()
    old = TeamRecord(folder, "Ana", before)
    old.set("aim.what", "x")
    form = before.forms["aim"]
    questions = tuple(dataclasses.replace(q, prompt="Put otherwise?") for q in form.questions)
    reworded = Roots(
        [
            *(f for r, f in before.forms.items() if r != "aim"),
            dataclasses.replace(form, questions=questions, digest="other"),
        ]
    )
    new = TeamRecord(folder, "Ben", reworded)
    new.set("aim.where", "y")
    assert prompt_of(reworded, "aim.what", new.document) == form.questions[0].prompt
    assert prompt_of(reworded, "aim.where", new.document) == "Put otherwise?"
    assert new.get("aim") == {"what": "x", "where": "y"} and new.record().misfits == ()


def test_an_older_schema_is_read_as_todays_and_nothing_is_written_twice(folder: Path) -> None:
    old = TeamRecord(folder, "Ana", shipped_roots())
    old.set("aim.where", "7")
    old.set("aim.inclusive_clause", "all of us")
    idea = old.add("change_ideas", {"name": "x"})
    steps = Migrations(
        [
            Step(
                renamed={
                    "aim.where": "aim.target",
                    "aim.inclusive_clause": "about.summary",
                    "change_ideas.*.name": "change_ideas.*.harm_check",
                },
                values={"aim.target": float},
            )
        ]
    )
    assert steps.reading("change_ideas.i1.name", "v", 1) == ("change_ideas.i1.harm_check", "v")
    new = TeamRecord(folder, "Ben", shipped_roots(), steps)
    assert new.get("aim") == {"target": 7.0} and new.get("about.summary") == "all of us"
    new.set("aim.target", 8)
    new.set("about.summary", "all of us here")
    again = TeamRecord(folder, "Cem", shipped_roots(), steps)
    assert again.get("aim") == {"target": 8.0} and again.get("about.summary") == "all of us here"
    assert idea in again.get("change_ideas")


def test_two_legal_edits_that_break_something_together_stay_readable(ana: TeamRecord, ben: TeamRecord) -> None:
    """Remove a driver; connect an edge to it: in both orders, on two machines. One finding, one click to mend."""
    import datetime as dt

    from inquirylab.findings.check import check

    for order in ("ana first", "ben first"):
        driver = ana.add("driver_diagram.drivers", {"label": f"Lunch time {order}", "level": 1})
        meet(ana, ben)
        ana.remove(f"driver_diagram.drivers.{driver}")
        edge = ben.add("driver_diagram.edges", {"cause": driver, "effect": "aim", "because": "x", "evidence": "none"})
        first, second = (ana, ben) if order == "ana first" else (ben, ana)
        first.sync()
        second.sync()
        meet(ana, ben)
        for reader in (ana, ben):
            found = [
                f
                for f in check(reader.record(), reader.roots, conflicts=reader.conflicts(), today=dt.date(2026, 1, 1))
                if edge in f.where or driver in f.where
            ]
            assert [(f.id, f.where) for f in found] == [("RC05", f"driver_diagram.edges.{edge}")]
        mend = found[0].mends[0]
        getattr(ana, mend.operation)(mend.path)
        meet(ana, ben)
        assert check(ana.record(), ana.roots, conflicts=ana.conflicts(), today=dt.date(2026, 1, 1)) == []
