"""A copy, its JSON, and both in any order: every word once, none lost."""

from __future__ import annotations

import itertools
import json
import random
import shutil
from pathlib import Path

import pytest

import inquirylab
from inquirylab.inquiry import Inquiry
from inquirylab.store.stand_ins import notes

TEXT = "problem_definition.statement"


def pair(tmp_path: Path, text: str = "Base.") -> tuple[Inquiry, Inquiry]:
    """Return an inquiry and a copy of it at which Bob works."""
    with inquirylab.create(tmp_path / "home", title="Late", author="Ana") as made:
        made.set(TEXT, text)
        made.set("aim.what", "on time")
    shutil.copytree(tmp_path / "home", tmp_path / "copy")
    return inquirylab.open(tmp_path / "home", author="Ana"), inquirylab.open(tmp_path / "copy", author="Bob")


def merge(into: Inquiry, of: Inquiry, how: str) -> int:
    """Merge a folder or its JSON; return how many answers changed."""
    if how == "json":
        of.write_derived()
        return len(into.import_(of.folder.path / "record.json").paths)
    return len(into.import_(of.folder.path).paths)


ORDERS = [o for n in (1, 2, 3) for o in itertools.product(("json", "folder"), repeat=n)]


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_words_of_a_copy_and_of_its_json_stand_once(tmp_path: Path, order: tuple[str, ...]) -> None:
    home, copy = pair(tmp_path)
    copy.set(TEXT, "Base. More by B.")
    copy.set("aim.where", "there")
    assert [merge(home, copy, how) for how in order] == [2] + [0] * (len(order) - 1)
    assert home.get(TEXT) == "Base. More by B." and home.conflicts() == []
    assert not notes(home._store.document) or "folder" not in order
    assert inquirylab.open(home.folder.path).get(TEXT) == home.get(TEXT)


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_so_do_words_that_were_written_on_both_sides_meanwhile(tmp_path: Path, order: tuple[str, ...]) -> None:
    home, copy = pair(tmp_path, "Base.\nLast.\n")
    home.set(TEXT, "Base of Ana.\nLast.\n")
    copy.set(TEXT, "Base.\nBob in between.\nLast.\nBob at the end.\n")
    for n, how in enumerate(order):
        merge(home, copy, how)
        home.set(TEXT, f"{home.get(TEXT)}Ana {n}.\n")
    text = home.get(TEXT)
    for words in ("Bob in between.", "Bob at the end.", "of Ana", *(f"Ana {n}." for n in range(len(order)))):
        assert text.count(words) == 1, text
    if "folder" in order:
        assert text.count("Base") == text.count("Last.") == 1


def test_a_stretch_that_somebody_has_worked_on_stays_beside_the_edit_that_it_was_a_copy_of(tmp_path: Path) -> None:
    home, copy = pair(tmp_path)
    copy.set(TEXT, "Base. More by B.")
    merge(home, copy, "json")
    home.set(TEXT, "Base. More by Bob.")
    merge(home, copy, "folder")
    assert sorted(home.get(TEXT).split(" More by ")) == ["B.", "Base.", "Bob."]


def test_what_was_taken_out_since_does_not_come_back_with_an_old_json(tmp_path: Path) -> None:
    home, copy = pair(tmp_path)
    copy.set(TEXT, "Base. More by B.")
    merge(home, copy, "json")
    merge(home, copy, "folder")
    home.set(TEXT, "Base. Less.")
    assert merge(home, copy, "json") == 0 and home.get(TEXT) == "Base. Less."
    home.set(TEXT, None)
    assert merge(home, copy, "json") == 1 and home.get(TEXT) == "Base. More by B."


def test_a_json_that_was_changed_by_hand_is_merged_as_it_is(tmp_path: Path) -> None:
    home, copy = pair(tmp_path)
    copy.set(TEXT, "Base. More by B.")
    merge(home, copy, "folder")
    data = json.loads((copy.folder.path / "record.json").read_text())
    data["answers"]["problem_definition"]["statement"] = "Base. More by B. By hand."
    (tmp_path / "hand.json").write_text(json.dumps(data))
    home.import_(tmp_path / "hand.json")
    assert home.get(TEXT) == "Base. More by B. By hand."
    merge(home, copy, "folder")
    assert home.get(TEXT) == "Base. More by B. By hand."


@pytest.mark.parametrize(
    "value", [3, {"seen": "zz", "texts": {}}, {"seen": "00", "texts": {TEXT: [[1]]}}, {"seen": "00"}]
)
def test_a_note_that_nobody_can_read_is_left_alone(tmp_path: Path, value: object) -> None:
    home, copy = pair(tmp_path)
    path = "~imported.x"
    home._store.commit(lambda c: c.put(path, value, author="Ana", now=1, schema=1) and None)  # type: ignore[func-returns-value]
    copy.set(TEXT, "Base. More by B.")
    merge(home, copy, "folder")
    assert home.get(TEXT) == "Base. More by B."


@pytest.mark.parametrize("seed", range(12))
def test_however_two_go_back_and_forth_no_word_is_lost_and_both_end_alike(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    sides = pair(tmp_path, "base\n")
    words = ["base"]
    for n in range(14):
        one, other = chance.sample(sides, 2)
        do = chance.choice(("write", "write", "json", "folder"))
        if do == "write":
            words.append(f"word{n:02}")
            lines = one.get(TEXT).splitlines(keepends=True)
            lines.insert(chance.randint(0, len(lines)), f"word{n:02}\n")
            one.set(TEXT, "".join(lines))
        else:
            merge(one, other, do)
    for _ in range(2):
        merge(sides[0], sides[1], "folder"), merge(sides[1], sides[0], "folder")
    text = sides[0].get(TEXT)
    assert text == sides[1].get(TEXT)
    assert set(text.split()) == set(words), text
