"""Nothing hidden can be worked out: checked by an attacker who shares no code with the room."""

from __future__ import annotations

import json
import os

import numpy as np
import pandas as pd
import pytest

from inquirylab.errors import PrivacyError
from inquirylab.privacy import suppress
from inquirylab.privacy.certificate import certify

SOAK = bool(os.environ.get("INQUIRYLAB_SOAK"))
TABLES = 500 if SOAK else 24


def shape_of(seed: int) -> tuple[int, ...]:
    """Half of the tables have two dimensions, the others three or four."""
    random = np.random.default_rng(seed + 10_000)
    if seed % 4 < 2:
        return tuple(int(k) for k in random.integers(2, 8, 2))
    if seed % 4 == 2:
        return tuple(int(k) for k in random.integers(2, 5, 3))
    return (3, int(random.integers(2, 4)), 2, 2)


@pytest.mark.parametrize("seed", range(TABLES))
def test_no_hidden_count_of_a_random_table_can_be_worked_out(seed, random_cells, attacker) -> None:
    shape, min_n = shape_of(seed), (10, 10, 5, 20)[seed % 7 % 4]
    zeros = "public" if seed % 5 == 0 else "small"
    cells = random_cells(seed, shape, mean=[12, 25, 60][seed % 3])
    by = list("abcd")[: len(shape)]
    table = suppress(cells, by, "students", min_n=min_n, zeros=zeros)
    truth = margins(cells, by)
    shown = table[table["published"]].set_index(by)["students"]
    assert (shown == truth.loc[shown.index]).all()
    assert ((shown >= min_n) | ((shown == 0) & (zeros == "public"))).all()
    assert len(table) == len(truth)
    assert attacker([(table, by, "students")], zeros_public=zeros == "public").narrowest() >= min_n - 1


def margins(cells: pd.DataFrame, by: list[str]) -> pd.Series:
    """Every cell and margin, by repeated groupby."""
    frames = [cells[[*by, "students"]]]
    for column in by:
        frames += [frame.assign(**{column: "All"}).groupby(by, as_index=False)["students"].sum() for frame in frames]
    return pd.concat(frames).set_index(by)["students"]


def published(table: pd.DataFrame, **at: str) -> bool:
    """Tell whether the one row with these labels is in print."""
    row = table[np.logical_and.reduce([table[column] == label for column, label in at.items()])]
    assert len(row) == 1
    return bool(row["published"].iloc[0])


def test_the_same_cells_give_the_same_table_in_any_order(random_cells) -> None:
    cells = random_cells(3, (6, 5))
    first = suppress(cells, ["a", "b"], "students")
    second = suppress(cells.sample(frac=1, random_state=1), ["a", "b"], "students")
    pd.testing.assert_frame_equal(first, second)


def test_one_marker_and_a_private_proof(random_cells) -> None:
    table = suppress(random_cells(3, (6, 5)), ["a", "b"], "students")
    assert list(table.columns) == ["a", "b", "students", "published"]
    assert table["students"].isna().equals(~table["published"])
    proof = table.attrs["certificate"]
    summary = json.loads(json.dumps(proof))
    assert summary["hidden"] == int((~table["published"]).sum())
    assert set(summary) == {"guarantee", "width", "hidden", "published", "witnesses", "checked", "pattern", "min_n",
                            "zeros", "extra", "releases"}  # fmt: skip
    assert str(proof.moves[0][1]) not in repr(proof)


def test_the_proof_is_checked_in_whole_numbers(random_cells) -> None:
    proof = suppress(random_cells(3, (6, 5)), ["a", "b"], "students").attrs["certificate"]
    assert certify(proof.system, proof.moves)["hidden"] == proof["hidden"]
    with pytest.raises(PrivacyError, match="worked out too closely"):
        certify(proof.system, proof.moves[:1])
    cells, change = proof.moves[0]
    shown = int(np.flatnonzero(~proof.system.hidden)[0])
    with pytest.raises(PrivacyError, match="changes a published number"):
        certify(proof.system, [*proof.moves, (np.append(cells, shown), np.append(change, 1))])
    with pytest.raises(PrivacyError, match="breaks a sum"):
        certify(proof.system, [*proof.moves, (cells[1:], change[1:])])
    with pytest.raises(PrivacyError, match="below what is known"):
        certify(proof.system, [*proof.moves, (cells, change * 10_000)])


def test_a_smallest_group_below_five_needs_an_authority(random_cells) -> None:
    cells = random_cells(1, (4, 4))
    with pytest.raises(PrivacyError, match="no authority is recorded"):
        suppress(cells, ["a", "b"], "students", min_n=4)
    with pytest.raises(PrivacyError, match="no authority is recorded"):
        suppress(cells, ["a", "b"], "students", min_n=4, authority="  ")
    table = suppress(cells, ["a", "b"], "students", min_n=4, authority="Board decision of 3 May 2024")
    assert table.attrs["certificate"]["authority"] == "Board decision of 3 May 2024"


@pytest.mark.parametrize("overlapping", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_districts_and_groups_that_overlap_get_rows_and_are_protected(
    seed, overlapping, random_cells, attacker
) -> None:
    cells = random_cells(seed, (6, 4), mean=20)
    cells["district"] = cells["a"].map(
        dict(zip(sorted(cells["a"].unique()), ["N", "N", "N", "S", "S", "T"], strict=True))
    )
    groups = {"a": {"N": ["a0", "a1", "a2"], "S": ["a3", "a4"], "T": ["a5"]}, "b": {}}
    hierarchy = {"a": ["district"]}
    if overlapping:
        groups["b"] = {"any": ["b0", "b1"], "other": ["b1", "b2"]}
        hierarchy["b"] = groups["b"]
    table = suppress(cells, ["a", "b"], "students", hierarchy=hierarchy)
    assert set(table["a"]) == {*cells["a"], "N", "S", "T", "All"}
    assert attacker([(table, ["a", "b"], "students")], groups).narrowest() >= 9
    # A district of one school is that school: both rows or neither.
    one = table[table["a"].isin(["T", "a5"])].pivot(index="b", columns="a", values="published")
    assert (one["T"] == one["a5"]).all()


def test_what_its_publisher_has_hidden_stays_hidden(random_cells, attacker) -> None:
    cells = random_cells(5, (5, 4), mean=60)
    cells["students"] += 20
    cells["flag"] = (cells["a"] == "a1") & (cells["b"] == "b2")
    table = suppress(cells, ["a", "b"], "students", hide="flag")
    assert not published(table, a="a1", b="b2")
    assert attacker([(table, ["a", "b"], "students")]).narrowest() >= 9


def test_a_count_that_is_not_known_hides_every_total_that_holds_it(random_cells) -> None:
    cells = random_cells(5, (5, 4), mean=60).astype({"students": "Int64"})
    cells["students"] += 20
    cells.loc[(cells["a"] == "a1") & (cells["b"] == "b2"), "students"] = pd.NA
    table = suppress(cells, ["a", "b"], "students")
    for row in ({"a": "a1", "b": "b2"}, {"a": "a1", "b": "All"}, {"a": "All", "b": "b2"}, {"a": "All", "b": "All"}):
        assert not published(table, **row)
    assert int(table["published"].sum()) == len(table) - 4


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"students": 1.5}, "whole numbers"),
        ({"students": -1}, "whole numbers"),
        ({"students": "many"}, "no counts"),
        ({"a": None}, "without a label"),
        ({"a": "All"}, "already has a row"),
    ],
)
def test_cells_that_cannot_be_counted_are_refused(change, message, random_cells) -> None:
    cells = random_cells(1, (3, 3)).astype(object)
    for column, value in change.items():
        cells.loc[0, column] = value
    with pytest.raises(PrivacyError, match=message):
        suppress(cells, ["a", "b"], "students")


def test_an_unknown_column_is_named(random_cells) -> None:
    with pytest.raises(PrivacyError, match="Did you mean 'students'"):
        suppress(random_cells(1, (3, 3)), ["a", "b"], "student")


def test_a_table_in_which_nothing_is_small_is_published_whole(random_cells) -> None:
    cells = random_cells(1, (3, 3)).assign(students=50)
    assert suppress(cells, ["a", "b"], "students")["published"].all()


def test_a_thousand_sites_are_certified(random_cells) -> None:
    table = suppress(random_cells(1, (1000, 8)), ["a", "b"], "students")
    assert table.attrs["certificate"]["checked"] == "exact whole numbers"
    assert len(table) == 1001 * 9


def test_one_dimension_may_be_named_alone() -> None:
    cells = pd.DataFrame({"site": ["Ash", "Elm", "Oak"], "students": [3, 40, 20]})
    pd.testing.assert_frame_equal(suppress(cells, "site", "students"), suppress(cells, ["site"], "students"))
