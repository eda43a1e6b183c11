"""How one diagram became another."""

from __future__ import annotations

from typing import Any

from inquirylab.record.diagram_changes import changes


def content(drivers: dict[str, Any], edges: dict[str, Any], ideas: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"aim": {"what": "More"}, "drivers": drivers, "edges": edges, "change_ideas": ideas or {}}


P = {"label": "P", "level": 1}
S = {"label": "S", "level": 2}
TO_AIM = {"cause": "p", "effect": "aim"}
OLD = content({"p": P, "s": S}, {"1": TO_AIM, "2": {"cause": "s", "effect": "p", "because": "so"}})


def changed(new: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    return {n: tuple(c) for n, c in changes(OLD, new).nodes.items() if c.change or c.links}


def test_nothing_changed_is_nothing() -> None:
    found = changes(OLD, OLD)
    assert not found.links and all(not c.change for c in found.nodes.values())


def test_a_node_that_came_and_one_that_went() -> None:
    new = content({"p": P, "t": {"label": "T", "level": 2}}, {"1": TO_AIM, "3": {"cause": "t", "effect": "p"}})
    assert changed(new) == {"t": ("added", "", ()), "s": ("removed", "", ())}
    merged = changes(OLD, new).merged
    assert {d["id"] for d in merged["driver_diagram"]["drivers"]} == {"p", "s", "t"}
    assert changes(OLD, new).links == {("t", "p"): "added", ("s", "p"): "removed"}


def test_other_words_and_another_level() -> None:
    new = content({"p": {"label": "P!", "level": 1}, "s": {**S, "level": 3}}, OLD["edges"])
    assert changed(new) == {"p": ("reworded", "P", ()), "s": ("moved", "", ())}


def test_another_definition_is_reworded_though_the_label_stands() -> None:
    new = content({"p": {**P, "definition": "That is."}, "s": S}, OLD["edges"])
    assert changed(new) == {"p": ("reworded", "", ())}


def test_a_link_that_weakened_and_one_with_another_because() -> None:
    weak = content({"p": P, "s": S}, {"1": TO_AIM, "2": {**OLD["edges"]["2"], "strength": "weak"}})
    assert changed(weak) == {"s": ("", "", ("link to “P” weakened; was strong",))}
    other = content({"p": P, "s": S}, {"1": TO_AIM, "2": {**OLD["edges"]["2"], "because": "of that"}})
    assert changed(other) == {"s": ("", "", ("link to “P” has another “because”",))}


def test_ideas_are_linked_by_their_own_lists_in_whatever_form() -> None:
    old = content({"s": S}, {}, {"i": {"name": "I", "drivers": {"x": "s"}}})
    new = content({"s": S}, {}, {"i": {"name": "I", "drivers": []}, "j": {"name": "J", "drivers": ["s"]}})
    assert changes(old, new).links == {("j", "s"): "added", ("i", "s"): "removed"}


def test_what_cannot_be_a_diagram_is_an_empty_one() -> None:
    assert changes({"drivers": 3, "aim": None}, {"edges": []}).nodes.keys() == {"aim"}
