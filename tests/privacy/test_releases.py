"""Several releases together: nothing that an earlier one hid comes out through a later one."""

from __future__ import annotations

import json
import os

import numpy as np
import pandas as pd
import pytest

from inquirylab.errors import PrivacyError
from inquirylab.privacy import Release, audit, suppress

PAIRS = 60 if os.environ.get("INQUIRYLAB_SOAK") else 3
BY = ["a", "b"]


def frozen(earlier: pd.DataFrame, later: pd.DataFrame) -> bool:
    """Tell whether every row that was hidden earlier, with the same people in it, is hidden later."""
    both = earlier[earlier["a"] != "All"].merge(later, on=BY, suffixes=("_earlier", "_later"))
    return not (both["published_later"] & ~both["published_earlier"]).any()


@pytest.mark.parametrize("seed", range(PAIRS))
def test_one_more_site_gives_nothing_away(seed, random_cells, attacker) -> None:
    cells = random_cells(seed, (7, 5))
    first = suppress(cells[cells["a"] != "a6"], BY, "students")
    second = suppress(cells, BY, "students", earlier=[first])
    assert attacker([(first, BY, "students"), (second, BY, "students")]).narrowest() >= 9
    assert frozen(first, second)


def test_one_more_site_does_leak_where_each_table_is_protected_alone(random_cells, attacker) -> None:
    leaks = 0
    for seed in range(3):
        cells = random_cells(seed, (7, 5))
        first, second = suppress(cells[cells["a"] != "a6"], BY, "students"), suppress(cells, BY, "students")
        leaks += attacker([(first, BY, "students"), (second, BY, "students")]).narrowest() < 9
    assert leaks


def test_a_site_that_leaves_gives_nothing_away(random_cells, attacker) -> None:
    cells = random_cells(11, (7, 5))
    first = suppress(cells, BY, "students")
    second = suppress(cells[cells["a"] != "a2"], BY, "students", earlier=[first])
    assert attacker([(first, BY, "students"), (second, BY, "students")]).narrowest() >= 9


def test_three_releases(random_cells, attacker) -> None:
    cells = random_cells(2, (6, 4))
    releases: list[pd.DataFrame] = []
    for sites in (4, 5, 6):
        now = cells[cells["a"] < f"a{sites}"]
        releases.append(suppress(now, BY, "students", earlier=releases, most_extra=1.0))
    assert attacker([(table, BY, "students") for table in releases]).narrowest() >= 9


class Weeks:
    """An attacker on two cumulative tables: the finest cells are what came before and what came since."""

    def __init__(self, attacker, before: pd.DataFrame, since: pd.DataFrame, truth: pd.Series) -> None:
        first = before.assign(week="1").rename(columns={"students": "n"})
        second = since.assign(week="All").rename(columns={"students": "n"})
        # Increments are never printed: rows of the second week, hidden, of which the small ones matter.
        between = since.assign(week="2", published=False, students=pd.NA).rename(columns={"students": "n"})
        table = pd.concat([first, second, between])[["week", "a", "b", "n", "published"]]
        self.attack = attacker([(table, ["week", *BY], "n")])
        small = set(truth[truth < 10].index)
        self.attack.rows = [row for row in self.attack.rows if row[1][0] != "2" or row[1][1:] in small]

    def narrowest(self) -> int:
        return self.attack.narrowest()


@pytest.mark.parametrize("seed", range(PAIRS))
def test_one_more_week_of_a_running_total_is_protected_or_refused(seed, random_cells, attacker) -> None:
    random = np.random.default_rng(seed)
    cells = random_cells(seed, (5, 4))
    new = random.binomial(cells["students"], 0.5)
    first = suppress(cells, BY, "students")
    later = cells.assign(students=cells["students"] + new)
    try:
        second = suppress(later, BY, "students", earlier=[first])
    except PrivacyError as refusal:
        assert "running totals give the difference away" in str(refusal)
        return
    increments = suppress(cells.assign(students=new), BY, "students").attrs["certificate"].system.start
    names = pd.MultiIndex.from_product([[*sorted(cells["a"].unique()), "All"], [*sorted(cells["b"].unique()), "All"]])
    assert Weeks(attacker, first, second, pd.Series(increments, index=names)).narrowest() >= 9
    assert audit(second)["safe"].all()


def test_too_much_to_hide_is_refused_with_the_cheaper_way(random_cells) -> None:
    cells = random_cells(1, (6, 5))
    first = suppress(cells, BY, "students")
    later = cells.assign(students=cells["students"] + cells["students"] // 10)
    with pytest.raises(PrivacyError, match="Publish what is new as a table of its own"):
        suppress(later, BY, "students", earlier=[first], most_extra=0.05)


def test_a_correction_is_refused(random_cells) -> None:
    cells = random_cells(1, (4, 4))
    first = suppress(cells, BY, "students")
    with pytest.raises(PrivacyError, match="do not continue"):
        suppress(cells.assign(students=cells["students"] // 2), BY, "students", earlier=[first])


def test_a_stricter_rule_cannot_hide_what_is_public(random_cells) -> None:
    cells = random_cells(1, (4, 4))
    first = suppress(cells, BY, "students", min_n=5)
    with pytest.raises(PrivacyError, match="were published in an earlier release"):
        suppress(cells, BY, "students", min_n=20, earlier=[first])


def test_a_ledger_survives_being_written(random_cells) -> None:
    cells = random_cells(4, (7, 5))
    first = suppress(cells[cells["a"] != "a6"], BY, "students", name="Autumn")
    kept = json.loads(json.dumps(first.attrs["certificate"].release.to_dict()))
    assert kept["name"] == "Autumn"
    again = suppress(cells, BY, "students", earlier=[Release.from_dict(kept)])
    pd.testing.assert_frame_equal(again, suppress(cells, BY, "students", earlier=[first]))


def test_a_table_without_its_certificate_is_no_ledger(random_cells) -> None:
    cells = random_cells(4, (4, 4))
    bare = pd.DataFrame(suppress(cells, BY, "students").to_dict())
    with pytest.raises(PrivacyError, match="no certificate"):
        suppress(cells, BY, "students", earlier=[bare])


def test_an_audit_notices_a_row_that_was_opened(random_cells) -> None:
    cells = random_cells(8, (5, 4))
    table = suppress(cells, BY, "students")
    assert audit(table)["safe"].all()
    opened = table.copy()
    hidden = opened.index[~opened["published"]]
    truth = cells.set_index(BY)["students"]
    for row in [i for i in hidden if tuple(opened.loc[i, BY]) in truth.index][:-1]:
        opened.loc[row, ["students", "published"]] = [truth[tuple(opened.loc[row, BY])], True]
    assert not audit(opened)["safe"].all()


def test_an_audit_needs_nothing_but_the_printed_rows(random_cells) -> None:
    table = suppress(random_cells(8, (5, 4)), BY, "students")
    bare = table.copy()
    bare.attrs = {}
    pd.testing.assert_frame_equal(audit(bare), audit(table))


def test_an_audit_of_a_changed_number_refuses(random_cells) -> None:
    table = suppress(random_cells(8, (5, 4)), BY, "students")
    first = table.index[table["published"]][0]
    table.loc[first, "students"] += 1
    with pytest.raises(PrivacyError, match="a published number was changed"):
        audit(table)
