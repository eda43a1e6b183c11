"""Tables of one period: by site, by group over all sites, or crossed; attacked together, with yes and no as a dimension."""

from __future__ import annotations

import os
from itertools import product

import numpy as np
import pandas as pd
import pytest

from inquirylab.errors import PrivacyError
from inquirylab.privacy.periods import protect_one_way, protect_period
from inquirylab.privacy.policy import Policy

SEEDS = range(60 if os.environ.get("INQUIRYLAB_SOAK") else 8)


def learners(seed: int, sites: int = 5, kinds: int = 3) -> pd.DataFrame:
    """Sites of unequal size with one large kind and some small ones."""
    chance = np.random.default_rng(seed)
    rows = []
    for site, kind in product(range(sites), range(kinds)):
        n = int(chance.poisson(chance.gamma(2, 40) * (1.0 if kind == 0 else 0.2)))
        rows.append((f"S{site}", f"k{kind}", int(chance.binomial(n, 0.3)), n))
    return pd.DataFrame(rows, columns=["site", "kind", "numerator", "denominator"])


def as_printed(table: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Every cell and margin of site × kind × outcome, with the counts that are in print; all others are hidden."""
    known = {}
    for row in table.itertuples(index=False):
        yes, whole = row.numerator, row.denominator
        no = pd.NA if pd.isna(yes) or pd.isna(whole) else whole - yes
        for outcome, count in (("yes", yes), ("no", no), ("All", whole)):
            known[row.site, row.kind, outcome] = count
    labels = [[*sorted(cells[c].unique()), "All"] for c in ("site", "kind")]
    rows = [(*key, known.get(key, pd.NA)) for key in product(*labels, ("yes", "no", "All"))]
    frame = pd.DataFrame(rows, columns=["site", "kind", "outcome", "count"])
    return frame.assign(count=frame["count"].astype("Int64"), published=frame["count"].notna())


@pytest.mark.parametrize("seed", SEEDS)
def test_tables_by_site_and_by_group_do_not_undo_one_another(seed: int, attacker) -> None:
    """No hidden count can be narrowed to fewer than nine values, not even that of a group of one site, which is in no table."""
    cells = learners(seed)
    table = protect_one_way(cells, ["kind"], "part", Policy()).table
    printed = as_printed(table, cells)
    assert printed["published"].any()
    assert (printed.loc[printed["published"], "count"] >= 10).all()
    assert attacker([(printed, ["site", "kind", "outcome"], "count")]).narrowest() >= 9


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_crossed_tables_hold_too(seed: int, attacker) -> None:
    cells = learners(seed, sites=4)
    table = protect_period(cells, ["site", "kind"], "part", Policy()).table
    assert attacker([(as_printed(table, cells), ["site", "kind", "outcome"], "count")]).narrowest() >= 9


def test_totals_over_all_sites_are_shown_where_they_are_large(attacker) -> None:
    cells = learners(1)
    one_way = protect_one_way(cells, ["kind"], "part", Policy()).table
    crossed = protect_period(cells, ["site", "kind"], "part", Policy()).table
    shown = [int(t.loc[t["site"] == "All", "published"].sum()) for t in (one_way, crossed)]
    assert shown[0] >= shown[1]
    assert shown[0] == 4


def test_several_kinds_of_groups_stand_beside_each_other() -> None:
    rows = [(s, d, a, 30, 100) for s in ("A", "B", "C") for d in ("yes", "no") for a in ("young", "old")]
    cells = pd.DataFrame(rows, columns=["site", "need", "age", "numerator", "denominator"])
    table = protect_one_way(cells, ["need", "age"], "part", Policy()).table
    assert set(map(tuple, table[["site", "need", "age"]].to_numpy())) == {
        *((s, "All", "All") for s in "ABC"),
        ("All", "All", "All"),
        ("All", "yes", "All"),
        ("All", "no", "All"),
        ("All", "All", "young"),
        ("All", "All", "old"),
    }


def test_without_the_total_no_group_is_shown() -> None:
    rows = [("A", "a", 3, 40), ("A", "b", 2, 30), ("B", "a", 2, 40), ("B", "b", 1, 30)]
    cells = pd.DataFrame(rows, columns=["site", "kind", "numerator", "denominator"])
    made = protect_one_way(cells, ["kind"], "part", Policy())
    assert set(made.table["kind"]) == {"All"}
    assert set(made.releases) == {"outcomes"}


def test_teachers_are_protected_like_pupils() -> None:
    """Nothing knows who is counted: teachers with a permanent post, of all teachers of a school."""
    rows = [("Ash", 9, 12), ("Elm", 31, 44), ("Fir", 25, 38), ("Oak", 28, 41)]
    cells = pd.DataFrame(rows, columns=["site", "numerator", "denominator"])
    table = protect_period(cells, ["site"], "part", Policy()).table.set_index("site")
    assert not table.loc["Ash", "published"]
    assert (table["published"].sum()) >= 2
    assert (table["numerator"].dropna() >= 10).all()


def test_a_mean_hides_with_the_number_behind_it_and_its_sum_is_never_shown_alone() -> None:
    rows = [("Ash", 31.5, 7), ("Elm", 140.0, 40), ("Fir", 150.5, 44), ("Oak", 160.0, 48)]
    cells = pd.DataFrame(rows, columns=["site", "numerator", "denominator"])
    table = protect_period(cells, ["site"], "mean", Policy()).table
    assert not table.loc[table["site"] == "Ash", "published"].item()
    assert table.loc[~table["published"], "numerator"].isna().all()


def test_counts_of_two_things_are_hidden_each_for_itself() -> None:
    rows = [("Ash", 4, 180), ("Elm", 22, 9), ("Fir", 25, 160), ("Oak", 30, 150)]
    cells = pd.DataFrame(rows, columns=["site", "numerator", "denominator"])
    table = protect_period(cells, ["site"], "pair", Policy()).table.set_index("site")
    assert pd.isna(table.loc["Ash", "numerator"]) and pd.isna(table.loc["Elm", "denominator"])
    assert not table.loc[["Ash", "Elm"], "published"].any()


def test_a_number_that_its_publisher_hides_stays_hidden_with_its_totals() -> None:
    rows = [("Ash", "a", np.nan, np.nan), ("Ash", "b", 40.0, 90.0), ("Elm", "a", 30.0, 80.0), ("Elm", "b", 50.0, 99.0)]
    cells = pd.DataFrame(rows, columns=["site", "kind", "numerator", "denominator"])
    table = protect_period(cells, ["site", "kind"], "part", Policy()).table.set_index(["site", "kind"])
    for key in (("Ash", "a"), ("Ash", "All"), ("All", "a"), ("All", "All")):
        assert not table.loc[key, "published"]


def test_a_part_that_is_larger_than_its_whole_is_refused() -> None:
    cells = pd.DataFrame([("Ash", 30, 20)], columns=["site", "numerator", "denominator"])
    with pytest.raises(PrivacyError, match="larger than"):
        protect_period(cells, ["site"], "part", Policy())
