"""A measure's counts, protected: one table for each period, with every margin over sites and groups.

No total over periods that holds a hidden count is printed, so that the tables of two periods share no count and no sum: each is
protected by itself, and what is published later of other periods can undo none of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import pandas as pd

from inquirylab.privacy.axes import ALL
from inquirylab.privacy.policy import Policy
from inquirylab.privacy.rates import OUTCOME, outcome_cells, rates
from inquirylab.privacy.releases import Release
from inquirylab.privacy.suppress import suppress

SHAPES = ("part", "pair", "mean", "count")
"""How the two numbers of a measure hang together: a part and its whole; two counts of different things; a sum of values
and how many they are; one count alone."""
OUTCOMES, ABOVE, BELOW = "outcomes", "above the line", "below the line"
TABLES = {"part": {OUTCOMES}, "pair": {ABOVE, BELOW}, "mean": {BELOW}, "count": {ABOVE}}
"""Which tables the numbers of each shape stand in."""
Earlier = Mapping[str, Sequence[Release]]


@dataclass(frozen=True)
class ProtectedPeriod:
    """What may be printed of one period, and what a ledger keeps of it.

    Attributes
    ----------
    table
        Every cell and margin: the columns of ``by``, ``numerator``, ``denominator`` (missing where hidden; the columns
        that the measure has) and ``published``: whether the rate may be shown.
    releases
        Which table each is -> its private counts.
    """

    table: pd.DataFrame
    releases: Mapping[str, Release] = field(repr=False)


def protect_period(
    cells: pd.DataFrame,
    by: Sequence[str],
    shape: str,
    policy: Policy,
    earlier: Earlier | None = None,
    name: str = "",
) -> ProtectedPeriod:
    """Protect one period of a measure.

    Parameters
    ----------
    cells
        One row a finest cell: the columns of ``by``, ``numerator`` and, except for a count alone, ``denominator``. A missing
        number is one that its publisher has hidden.
    by
        The site, then the groups.
    shape
        One of `SHAPES`.
    policy
        The smallest group in print.
    earlier
        What was published of this period before, by the names of the tables.
    name
        What people call this release.

    Examples
    --------
    >>> rows = [("Ash", 30, 200), ("Elm", 4, 180), ("Oak", 25, 190)]
    >>> frame = pd.DataFrame(rows, columns=["site", "numerator", "denominator"])
    >>> table = protect_period(frame, ["site"], "part", Policy()).table
    >>> table.loc[~table["published"], "site"].tolist()
    ['Ash', 'Elm']
    """
    maker = _Maker(cells, tuple(by), policy, earlier or {}, name)
    table = {"part": maker.part, "pair": maker.pair, "mean": maker.mean, "count": maker.alone}[shape]()
    return ProtectedPeriod(table, maker.releases)


def protect_one_way(
    cells: pd.DataFrame,
    groups: Sequence[str],
    shape: str,
    policy: Policy,
    earlier: Earlier | None = None,
    name: str = "",
) -> ProtectedPeriod:
    """Protect one period by site, and by each kind of group over all sites; no group of a single site is in any table.

    Parameters
    ----------
    cells
        As for `protect_period`, all of them known.
    groups
        The kinds of groups.
    shape, policy, earlier, name
        As for `protect_period`.

    Notes
    -----
    The tables share nothing but their total. Where that is printed in each, whatever is possible in one is possible beside
    the others: for every outcome there is a table of sites × groups with any margins of the same total. So each proof
    holds for all of them together. Where a table cannot print the total, it is left out, and without the total of the
    sites all tables of groups are.

    Examples
    --------
    >>> rows = [("Ash", "a", 30, 200), ("Ash", "b", 4, 20), ("Elm", "a", 30, 180), ("Elm", "b", 8, 40)]
    >>> frame = pd.DataFrame(rows, columns=["site", "kind", "numerator", "denominator"])
    >>> table = protect_one_way(frame, ["kind"], "part", Policy()).table
    >>> table[["site", "kind", "numerator"]].values.tolist()
    [['Ash', 'All', 34], ['Elm', 'All', 38], ['All', 'All', 72], ['All', 'a', 60], ['All', 'b', 12]]
    """
    numbers = [c for c in ("numerator", "denominator") if c in cells.columns]
    known = earlier or {}
    sites = cells.groupby("site", as_index=False)[numbers].sum()
    first = protect_period(sites, ["site"], shape, policy, known, name)
    tables, releases = [first.table], dict(first.releases)
    for group in groups if _prints_total(first.table, numbers) else ():
        own = {table: known.get(_by(table, group), ()) for table in TABLES[shape]}
        sums = cells.groupby(group, as_index=False)[numbers].sum()
        made = protect_period(sums, [group], shape, policy, own, name)
        if _prints_total(made.table, numbers):
            tables.append(made.table[made.table[group] != ALL])
            releases |= {_by(table, group): release for table, release in made.releases.items()}
    every = pd.concat(tables, ignore_index=True)
    by = ["site", *groups]
    every[by] = every.reindex(columns=by).astype(object).fillna(ALL)
    return ProtectedPeriod(every[[*by, *numbers, "published"]], releases)


def tables_of(shape: str, groups: Sequence[str] = ()) -> set[str]:
    """Return the names of the tables that a measure of this shape stands in."""
    return TABLES[shape] | {_by(table, group) for table in TABLES[shape] for group in groups}


def _by(table: str, group: str) -> str:
    return f"{table} by {group}"


def _prints_total(table: pd.DataFrame, numbers: list[str]) -> bool:
    labels = [c for c in table.columns if c not in (*numbers, "published")]
    total = table[(table[labels] == ALL).all(axis=1)]
    return bool(total[numbers].notna().all(axis=None))


class _Maker:
    """Keeps the releases of the tables that one period needs."""

    def __init__(self, cells: pd.DataFrame, by: tuple[str, ...], policy: Policy, earlier: Earlier, name: str) -> None:
        self.cells, self.by, self.policy, self.earlier, self.name = cells, list(by), policy, earlier, name
        self.releases: dict[str, Release] = {}

    def protect(self, table: str, cells: pd.DataFrame, by: list[str], count: str) -> pd.DataFrame:
        policy = self.policy
        found = suppress(cells, by, count, policy.min_n, policy.zeros, self.earlier.get(table, ()),
                         authority=policy.authority, name=self.name)  # fmt: skip
        self.releases[table] = found.attrs["certificate"].release
        found.attrs = {}  # the proof is private, and copied with every step
        return found

    def part(self) -> pd.DataFrame:
        """Yes and no are one more dimension: a rate hides with either of its counts."""
        cells = outcome_cells(self.cells, self.by, "numerator", "denominator")
        found = rates(self.protect(OUTCOMES, cells, [*self.by, OUTCOME], "count"))
        return found[[*self.by, "numerator", "denominator", "published"]]

    def pair(self) -> pd.DataFrame:
        above = self.protect(ABOVE, self.cells, self.by, "numerator").drop(columns="published")
        below = self.protect(BELOW, self.cells, self.by, "denominator").drop(columns="published")
        found = above.merge(below, on=self.by, how="left")
        positive = (found["denominator"] > 0).fillna(False).astype(bool)
        return found.assign(published=found["numerator"].notna() & positive)

    def mean(self) -> pd.DataFrame:
        """A mean is printed where the number behind it is; its sum never is."""
        below = self.protect(BELOW, self.cells, self.by, "denominator")
        found = below.merge(_margins(self.cells, self.by, "numerator"), on=self.by, how="left")
        shown = found["published"] & found["numerator"].notna() & (found["denominator"] > 0).fillna(False).astype(bool)
        found["numerator"] = found["numerator"].where(shown)
        return pd.DataFrame({**{c: found[c] for c in (*self.by, "numerator", "denominator")}, "published": shown})

    def alone(self) -> pd.DataFrame:
        found = self.protect(ABOVE, self.cells, self.by, "numerator")
        return found[[*self.by, "numerator", "published"]]


def _margins(cells: pd.DataFrame, by: list[str], column: str) -> pd.DataFrame:
    """Return the sums of a column over every margin; a sum over something unknown is unknown."""
    parts: list[pd.DataFrame] = []
    for size in range(len(by) + 1):
        for kept in combinations(by, size):
            if kept:
                sums = cells.groupby(list(kept))[column].sum(min_count=1).reset_index()
                unknown = cells[column].isna().groupby([cells[k] for k in kept]).any().to_numpy()
                sums.loc[unknown, column] = float("nan")
            else:
                sums = pd.DataFrame({column: [cells[column].sum(skipna=False)]})
            for missing in set(by) - set(kept):
                sums[missing] = ALL
            parts.append(sums[[*by, column]])
    return pd.concat(parts, ignore_index=True)
