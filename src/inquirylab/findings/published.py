"""What protected tables say: the same analysis as the formative report, from published rows alone. PURE."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from inquirylab.findings.comparability import Pool
from inquirylab.findings.measure import MeasureFindings, find
from inquirylab.findings.series_finding import SeriesFinding
from inquirylab.findings.sites import SitesFinding, find_sites
from inquirylab.record.types import Measure

EVERY = "All"
TOGETHER = "All sites together"
APART = "\N{SYMBOL FOR UNIT SEPARATOR}"


@dataclass(frozen=True)
class Protected:
    """The published rows of one pool of sites.

    Attributes
    ----------
    pool
        The sites and their definition.
    groups
        Columns of groups, none where the measure is not shown by group.
    shape
        How its two numbers hang together (`inquirylab.privacy.periods.SHAPES`).
    table
        ``site``, the groups, ``x`` (date), ``numerator``, ``denominator`` (missing where hidden), ``published``.
    left_out
        What was kept out of the tables, as sentences.
    """

    pool: Pool
    groups: tuple[str, ...]
    shape: str
    table: pd.DataFrame
    left_out: tuple[str, ...] = ()

    @property
    def measure(self) -> Measure:
        """The definition, without its columns of groups: each series here is one site or one group."""
        measure = self.pool.measure
        return replace(measure, data=replace(measure.data, group=()) if measure.data else None)

    def rows(self, **where: str) -> pd.DataFrame:
        """Return published rows: ``site="…"`` or a group's label; what is not named is the margin."""
        table = self.table[self.table["published"]]
        for column in ("site", *self.groups):
            wanted = where.get(column, EVERY)
            table = table[table[column] != EVERY] if wanted == "*" else table[table[column] == wanted]
        return table


@dataclass(frozen=True)
class PublishedFindings:
    """What the published rows of one pool say.

    Attributes
    ----------
    protected
        The rows.
    found, sites
        One series a site, and what they show together; None where nothing of any site may be shown.
    """

    protected: Protected
    found: MeasureFindings | None
    sites: SitesFinding | None

    @cached_property
    def together(self) -> SeriesFinding | None:
        """All sites as one series, where that may be shown."""
        found = self._find(self.protected.rows().assign(site=TOGETHER))
        return found.of_site(TOGETHER) if found else None

    @cached_property
    def by_group(self) -> Mapping[str, MeasureFindings]:
        """For each column of groups, one series a group, over all sites."""
        out = {}
        for column in self.protected.groups:
            rows = self.protected.rows(**{column: "*"})
            found = self._find(rows.assign(site=rows[column]))
            if found is not None:
                out[column] = found
        return out

    @cached_property
    def _at_sites(self) -> Mapping[str, tuple[MeasureFindings, Mapping[str, list[str]]]]:
        out = {}
        for column in self.protected.groups:
            rows = self.protected.rows(site="*", **{column: "*"})
            found = self._find(rows.assign(site=rows["site"] + APART + rows[column]))
            if found is not None:
                at: dict[str, list[str]] = {}
                for name in sorted(found.site_names, key=str.casefold):
                    at.setdefault(name.partition(APART)[0], []).append(name)
                out[column] = (found, at)
        return out

    def groups_at(self, site: str) -> dict[str, list[SeriesFinding]]:
        """Return the groups of one site that may be shown, for each column of groups."""
        out = {}
        for column, (found, at) in self._at_sites.items():
            series = [f for name in at.get(site, ()) if (f := found.of_site(name)) is not None]
            if series:
                out[column] = [replace(f, site=f.site.partition(APART)[2]) for f in series]
        return out

    def _find(self, rows: pd.DataFrame) -> MeasureFindings | None:
        if rows.empty:
            return None
        measure = self.protected.measure
        if self.found is not None:
            measure = replace(measure, chart=self.found.chart)  # type: ignore[arg-type]  # it came from the same list
        return find(to_published_series(rows, self.protected.shape), measure)


def find_published(protected: Protected) -> PublishedFindings:
    """Analyse the published rows of one pool of sites: lines and signals come from nothing else."""
    rows = protected.rows(site="*")
    if rows.empty:
        return PublishedFindings(protected, None, None)
    found = find(to_published_series(rows, protected.shape), protected.measure)
    return PublishedFindings(protected, found, find_sites(found))


def to_published_series(rows: pd.DataFrame, shape: str) -> pd.DataFrame:
    """Return published rows as `inquirylab.series.to_series` gives a site's own: site, x, y, n, left_out."""
    out = pd.DataFrame({"site": rows["site"].astype(str), "x": rows["x"], "y": rows["numerator"].astype(float)})
    if shape != "count":
        out["n"] = rows["denominator"].astype(float)
    return out.assign(left_out="").sort_values(["site", "x"], kind="stable").reset_index(drop=True)
