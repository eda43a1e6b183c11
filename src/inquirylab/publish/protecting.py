"""From the sites' rows to protected tables: one pool of sites that follow one definition, one table a period."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.errors import PrivacyError
from inquirylab.findings.comparability import Pool
from inquirylab.findings.published import Protected
from inquirylab.privacy.periods import Earlier, ProtectedPeriod, protect_one_way, protect_period, tables_of
from inquirylab.privacy.policy import Policy
from inquirylab.privacy.releases import Release
from inquirylab.series import excluded, series_columns, to_series
from inquirylab.store.site_data import Reading

SPARSE = 0.5
"""Where more than this share of sites × groups never has a row, the groups are kinds of sites, not groups of people."""
UNKNOWN_GROUP = "Not known"
Released = dict[str, dict[str, list[Release]]]
"""Period -> name of its table -> releases."""


@dataclass(frozen=True)
class ProtectedPool:
    """What may be printed of a pool, what a ledger keeps, and the true cells beside which the files are scanned."""

    protected: Protected
    released: Released
    cells: pd.DataFrame


def protect_pool(
    pool: Pool,
    reading: Reading,
    policy: Policy,
    earlier: Callable[[str, Sequence[str]], Earlier],
    name: str,
    within_sites: bool = False,
) -> ProtectedPool:
    """Protect all periods of a pool.

    Parameters
    ----------
    pool
        Sites and their definition.
    reading
        Their rows, read anew.
    policy
        The smallest group in print.
    earlier
        What was published of a period and of any of some sites before.
    name
        What people call this release.
    within_sites
        Show the groups of each site, not only of all sites together. Much more must be hidden then.
    """
    shape = shape_of(reading.rows, pool)
    cells, groups, said = _cells(reading, pool, within_sites)
    tables, released = [], Released()
    for moment, period in cells.groupby("x", sort=True):
        key = period_key(moment)
        for part in _by_completeness(period):
            before = earlier(key, part["site"].unique().tolist())
            _refuse_other_tables(before, tables_of(shape, groups), key)
            made = _protect(part, groups, shape, policy, before, name, within_sites)
            table = made.table if part["numerator"].notna().all() else made.table[made.table["site"] != "All"]
            tables.append(table.assign(x=moment))
            for which, release in made.releases.items():
                released.setdefault(key, {}).setdefault(which, []).append(release)
    table = pd.concat(tables, ignore_index=True)
    return ProtectedPool(Protected(pool, tuple(groups), shape, table, tuple(said)), released, cells)


def _protect(
    part: pd.DataFrame,
    groups: Sequence[str],
    shape: str,
    policy: Policy,
    earlier: Earlier,
    name: str,
    within_sites: bool,
) -> ProtectedPeriod:
    if groups and not within_sites:
        return protect_one_way(part, groups, shape, policy, earlier, name)
    return protect_period(part, ["site", *groups], shape, policy, earlier, name)


def _refuse_other_tables(earlier: Earlier, tables: set[str], period: str) -> None:
    other = set(earlier) - tables
    if other:
        raise PrivacyError(
            "The same sites were published as another kind of number, and no equation links the two",
            where=period,
            found=", ".join(sorted(other)),
            cure="Publish later periods only, or keep the definition of the first publication.",
        )


def period_key(moment: Any) -> str:
    """Return a period as ledger and data package write it: its first day."""
    return pd.Timestamp(moment).date().isoformat()


def shape_of(rows: pd.DataFrame, pool: Pool) -> str:
    """Return how the two numbers of a measure hang together.

    Raises
    ------
    PrivacyError
        Nobody can tell from the file how many people stand behind a number.
    """
    measure = pool.measure
    if "numerator" in rows.columns and "denominator" in rows.columns:
        held = rows.dropna(subset=["numerator", "denominator"])
        whole = bool((held["numerator"] == held["numerator"].round()).all())
        inside = bool((held["numerator"] <= held["denominator"]).all())
        if measure.kind == "proportion" or (whole and inside and measure.kind == "mean"):
            return "part"
        return "mean" if measure.kind in ("mean", "median", "scale") else "pair"
    column = "value" if "value" in rows.columns else "numerator"
    values = rows[column].dropna()
    if measure.kind == "count" and bool((values == values.round()).all()):
        return "count"
    raise PrivacyError(
        "Nothing of this measure is published: its file does not say how many people stand behind each number",
        where=measure.name or "",
        found=f"a {measure.kind or 'number'} without counts",
        cure="Name the columns of counts in the measure file (numerator and denominator), or publish another measure.",
    )


def _cells(reading: Reading, pool: Pool, within_sites: bool) -> tuple[pd.DataFrame, list[str], list[str]]:
    """Return the finest cells with what their publisher has hidden, the groups, and what is to be said of them."""
    measure = pool.measure
    groups, said = series_columns(measure)[1:], list[str]()
    rows, missing = reading.rows, reading.missing
    rows, missing = rows[rows["site"].isin(pool.sites)], missing[missing["site"].isin(pool.sites)]
    named = dict.fromkeys(groups, UNKNOWN_GROUP)
    rows, missing = rows.fillna(named), missing.fillna(named)
    left = (rows["left_out"] != "") | rows["date"].dt.normalize().isin(list(excluded(measure)))
    if left.any():
        said.append(f"{int(left.sum()):,} rows that the definition leaves out count in no number of this report.")
    series = to_series(rows[~left], measure)
    by = ["site", *groups, "x"]
    gone = _unknown(missing, measure.data.value if measure.data and measure.data.numerator else None)
    gone = gone.rename(columns={"date": "x"})[by].drop_duplicates()
    cells = series.rename(columns={"y": "numerator", "n": "denominator"}).drop(columns="left_out")
    cells = cells.merge(gone.assign(gone=True), on=by, how="outer")
    numbers = [c for c in ("numerator", "denominator") if c in cells.columns]
    said += _rounded(cells, numbers if measure.kind not in ("mean", "median", "scale") else numbers[1:])
    unknown = cells["gone"].eq(True) | cells[numbers].isna().any(axis=1)
    cells = cells.drop(columns="gone")
    cells.loc[unknown, numbers] = np.nan
    cells = cells[cells["x"].notna()]
    if groups and _share_never_there(cells, groups) > SPARSE:
        said.append(f"Not shown by {', '.join(groups)}: most sites have one kind only, so these are kinds of sites.")
        cells, groups = _added_up(cells, numbers), []
    if groups and not within_sites:
        said.append(f"By {', '.join(groups)} over all sites together; groups of single sites are in no table.")
    if int(unknown.sum()):
        said.append(f"{int(unknown.sum()):,} numbers are not known or hidden by their publisher; no total holds one.")
    if not (groups and within_sites):  # a site of which something is unknown is simply not in that period's tables
        whole = cells[numbers].notna().all(axis=1).groupby([cells["site"], cells["x"]]).transform("all")
        cells = cells[whole]
    if cells.empty:
        raise PrivacyError("There is no number to publish", where=measure.name or "")
    return cells[["site", *groups, "x", *numbers]].reset_index(drop=True), groups, said


def _rounded(cells: pd.DataFrame, numbers: list[str]) -> list[str]:
    """Make counts with fractions (half days) whole; the table is then one of whole numbers like any other."""
    whole = np.floor(cells[numbers] + 0.5)
    if not ((whole != cells[numbers]) & cells[numbers].notna()).any(axis=None):
        return []
    cells[numbers] = whole
    return ["Counts with fractions, such as half days, are rounded to whole ones before anything else."]


def _added_up(cells: pd.DataFrame, numbers: list[str]) -> pd.DataFrame:
    """Return sites without groups; a sum that holds something unknown is unknown."""
    spots = [cells["site"], cells["x"]]
    sums = cells[numbers].groupby(spots).sum()
    unknown = cells[numbers].isna().any(axis=1).groupby(spots).any()
    sums.loc[unknown, numbers] = np.nan
    return sums.reset_index()


def _unknown(missing: pd.DataFrame, value: str | None) -> pd.DataFrame:
    """Rows whose count exists and is not known to us. Not applicable means that there is nothing to count."""
    known = missing["kind"] == "not_applicable"
    if value is not None:
        known |= missing["column"] == value
    return missing[~known]


def _share_never_there(cells: pd.DataFrame, groups: Sequence[str]) -> float:
    """How many of the combinations of a site and a group never have a row."""
    pairs = len(cells[["site", *groups]].drop_duplicates())
    sites = cells["site"].nunique()
    kinds = len(cells[list(groups)].drop_duplicates())
    return 1 - pairs / (sites * kinds)


def _by_completeness(period: pd.DataFrame) -> list[pd.DataFrame]:
    """Part the sites of a period: those of which all is known have totals over them, the others have none.

    A total that holds an unknown number is unknown; without this one site with a mark would take every total away.
    """
    known = period.groupby("site")["numerator"].transform(lambda v: v.notna().all())
    return [part for part in (period[known], period[~known]) if len(part)]


def shares(table: pd.DataFrame) -> Mapping[str, int]:
    """Return how many rows of a published table are in print, and how many are not."""
    return {"in print": int(table["published"].sum()), "hidden": int((~table["published"]).sum())}
