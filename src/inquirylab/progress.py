"""The face of measures: from a site's data file to what it says, ready to be shown in a notebook or a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from inquirylab.errors import DataError
from inquirylab.findings.measure import MeasureFindings, find
from inquirylab.findings.series_finding import SeriesFinding
from inquirylab.findings.sites import SitesFinding, find_sites
from inquirylab.record.types import Measure
from inquirylab.reports import site_parts
from inquirylab.reports.fragment import Fragment
from inquirylab.series import to_series
from inquirylab.store.measure_file import read_measure
from inquirylab.store.site_data import Reading, read_site_data
from inquirylab.store.site_data.report import report_of

SHOW_BOUNDS = (
    'Say censored = "interval" in the [data] part of the measure file: values known to a bound are then drawn.'
)


@dataclass(frozen=True)
class MeasuredSites:
    """One measure for all sites of a data file: what was read, what was found, what the sites show together."""

    measure: Measure
    reading: Reading
    found: MeasureFindings
    sites: SitesFinding


def measure_sites(data: str | Path, measure: Measure | str | Path, site: str | None = None) -> MeasuredSites:
    """Read a data file as a measure declares and analyse every site in it.

    Parameters
    ----------
    data
        A file, or a folder of files that are one series.
    measure
        A measure, or the path of its file.
    site
        The name of the site, for a file that has no column of sites; then the only one.

    Raises
    ------
    DataError
        The file is not as the measure declares.
    """
    measure = measure if isinstance(measure, Measure) else read_measure(measure)
    reading = read_site_data(data, measure, site=site)
    return _measured(measure, reading)


def measure_each(sites: Sequence[tuple[str, str]], measure: str | Path) -> MeasuredSites:
    """Read and analyse the listed sites, each from its data file; a file that many share is read once.

    Parameters
    ----------
    sites
        (name, data file or folder) of each.
    measure
        The measure's file.
    """
    form = read_measure(measure)
    reading = read_each(sites, form)
    return _measured(form, reading)


def _measured(measure: Measure, reading: Reading) -> MeasuredSites:
    series = to_series(reading.rows, measure, reading.bounds)
    if series.empty:
        raise DataError(
            f"No value of the measure {measure.name!r} is known",
            where=reading.source,
            found=_missing_words(reading.missing),
            cure=SHOW_BOUNDS
            if (reading.missing["kind"] == "censored").any()
            else "Ask who made the file for the numbers.",
        )
    found = find(series, measure)
    return MeasuredSites(measure, reading, found, find_sites(found))


def read_each(sites: Sequence[tuple[str, str]], form: Measure) -> Reading:
    """Read the listed sites, each from its data file, without any analysis; a file that many share is read once.

    Raises
    ------
    DataError
        None of the files can be read.
    """
    by_file: dict[str, list[str]] = {}
    for name, path in sites:
        by_file.setdefault(path, []).append(name)
    shared = form.data is not None and form.data.site is not None
    readings = [r for path, names in by_file.items() for r in _readings(path, form, names, shared)]
    if not readings:
        raise DataError("None of the sites' data can be read", where=form.name or "", cure="Run the batch again.")
    listed = {name for name, _ in sites}
    rows = pd.concat([r.rows[r.rows["site"].isin(listed)] for r in readings], ignore_index=True)
    missing = pd.concat([r.missing[r.missing["site"].isin(listed)] for r in readings], ignore_index=True)
    source = readings[0].source if len(readings) == 1 else f"{len(readings)} files"
    bounds = [r.bounds[r.bounds["site"].isin(listed)] for r in readings if len(r.bounds)]
    return Reading(
        rows, missing, source, sum(r.read for r in readings), sum(r.used for r in readings),
        bounds=pd.concat(bounds, ignore_index=True) if bounds else pd.DataFrame(),
    )  # fmt: skip


def _readings(path: str, form: Measure, names: Sequence[str], shared: bool) -> Iterator[Reading]:
    """One reading for a file of many sites; one a site where the file is one site's or another site's rows are wrong."""
    if shared:
        try:
            yield read_site_data(path, form)
            return
        except DataError:
            pass
    for name in names:
        with suppress(DataError):  # its notebook ran, so its data changed since: its page is all there is
            yield read_site_data(path, form, site=name)


class Progress:
    """What the measures of one site say. Each part shows itself in a notebook.

    Parameters
    ----------
    site
        The site's name.
    data
        A data file, a folder of them, or an address. Other sites in it say which signals most sites share.
    measures
        Measure files: the first is the main one.

    Raises
    ------
    DataError
        A file is missing or not as the measure declares; the site is not in it.
    """

    def __init__(self, site: str, data: str | Path, measures: str | Path | Iterable[str | Path]) -> None:
        self.site = site
        paths = [path for path in ([measures] if isinstance(measures, (str, Path)) else measures) if path]
        if not paths:
            raise DataError("No measure was named", where=site, cure="Name at least one measure file.")
        if not data:
            raise DataError("No data were named", where=site, cure="Name a data file, a folder of them, or an address.")
        main = self._read(data, read_measure(paths[0]))
        self.measures = [main, *(self._read_alone(data, read_measure(path), main) for path in paths[1:])]

    def _read(self, data: str | Path, measure: Measure) -> MeasuredSites:
        """Other sites in the same file tell what most share; where their rows are wrong, this site is read alone."""
        if measure.data is not None and measure.data.site:
            try:
                measured = measure_sites(data, measure)
            except DataError:
                return measure_sites(data, measure, site=self.site)
            if measured.found.of_site(self.site) is not None:
                return measured
        return measure_sites(data, measure, site=self.site)

    def _read_alone(self, data: str | Path, measure: Measure, main: MeasuredSites) -> MeasuredSites:
        """A further measure is read for this site; it shares the main measure's time where it has the same step."""
        measured = measure_sites(data, measure, site=self.site)
        same_time = measure.frequency == main.measure.frequency
        return replace(measured, sites=main.sites) if same_time else measured

    @property
    def main(self) -> MeasuredSites:
        """The first measure."""
        return self.measures[0]

    @cached_property
    def finding(self) -> SeriesFinding:
        """What the main measure says of this site."""
        return self.finding_of(self.main)

    def finding_of(self, measured: MeasuredSites) -> SeriesFinding:
        """Return what one measure says of this site."""
        finding = measured.found.of_site(self.site)
        if finding is None:
            missing = measured.reading.missing
            raise DataError(
                f"No number of the measure {measured.measure.name!r} can be used for {self.site!r}",
                where=measured.reading.source,
                found=_missing_words(missing[missing["site"] == self.site]),
                cure="Ask who made the file for the numbers, or take the site off the list.",
            )
        return finding

    def headline(self) -> Fragment:
        """Return what was found, as the title of a page, and the level in one sentence."""
        return site_parts.headline(self.main.found, self.finding)

    def chart(self) -> Fragment:
        """Return the chart of the main measure, its source and its table twin."""
        return site_parts.chart(self.main.found, self.finding, self.main.sites)

    def words(self) -> Fragment:
        """Return every signal in words, with its date."""
        return site_parts.words(self.main.found, self.finding, self.main.sites)

    def other_measures(self) -> Fragment:
        """Return the other measures of the site side by side."""
        others = [(m.found, self.finding_of(m), m.sites) for m in self.measures[1:]]
        return site_parts.other_measures(others)

    def missing(self) -> Fragment:
        """Return what is missing, by kind, and which dates."""
        own = self.main.reading
        own = replace(
            own,
            rows=own.rows[own.rows["site"] == self.site],
            missing=own.missing[own.missing["site"] == self.site],
            bounds=own.bounds[own.bounds["site"] == self.site] if len(own.bounds) else own.bounds,
        )
        said = report_of(own, self.main.measure).sentences
        return site_parts.missing(self.main.found, self.finding, self.main.sites, own.missing, said)


def _missing_words(gone: pd.DataFrame) -> str:
    counts = gone.groupby("kind")["count"].sum()
    return ", ".join(f"{n} {str(kind).replace('_', ' ')}" for kind, n in counts.items()) or "no row"


def measure_paths(measures: str | Sequence[str]) -> list[str]:
    """Return one or more measure files, given as a list or as one text with ``;`` between them."""
    if isinstance(measures, str):
        return [part.strip() for part in measures.split(";") if part.strip()]
    return [str(m) for m in measures]
