"""What a measure of an inquiry says: its data file is read, rows typed in are added, cycles become flags on the axis."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from inquirylab.errors import InquiryError
from inquirylab.findings.team_measure import TeamMeasure, team_measure
from inquirylab.findings.team_rows import typed_in
from inquirylab.record.cycles import cycles
from inquirylab.record.driver_diagram import AIM, diagram
from inquirylab.record.reading import Record
from inquirylab.record.types import Measure, MeasureAnnotations
from inquirylab.store.data_files import data_files, stamp
from inquirylab.store.site_data import read_site_data
from inquirylab.store.site_data.report import report_of


@dataclass(frozen=True)
class _Read:
    rows: pd.DataFrame | None = None
    missing: pd.DataFrame | None = None
    bounds: pd.DataFrame | None = None
    notes: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()


class MeasuredRecord:
    """The measures of one inquiry with what they say; each is worked out again only when something of it changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._done: dict[str, tuple[Any, TeamMeasure]] = {}
        self._files: dict[str, tuple[Any, _Read]] = {}

    def of(self, record: Record, measure: Measure) -> TeamMeasure:
        """Return what one measure of the record says."""
        flags, rows = flags_of(record, measure), typed_in(record.measure_data, measure.id)
        site, files = record.about.site or "", stamp(data_files(self.folder)) if _names_a_file(measure) else ()
        key = (measure, rows, flags, site, files)
        known = self._done.get(measure.id or "")
        if known is None or known[0] != key:
            read = self._read(measure, files)
            found = team_measure(
                measure, rows, read.rows, site=site, flags=flags, missing=read.missing, bounds=read.bounds,
                notes=read.notes, refusals=read.refusals,
            )  # fmt: skip
            known = self._done[measure.id or ""] = (key, found)
        return known[1]

    def _read(self, measure: Measure, files: Any) -> _Read:
        if not _names_a_file(measure):
            return _Read()
        key = (measure.data, measure.kind, files)
        known = self._files.get(measure.id or "")
        if known is None or known[0] != key:
            known = self._files[measure.id or ""] = (key, read_file(self.folder / "data", measure))
        return known[1]


def read_file(place: Path, measure: Measure) -> _Read:
    """Read a measure's data as its form says; what cannot be read is a sentence, never an error."""
    try:
        reading = read_site_data(place, measure)
    except InquiryError as e:
        return _Read(refusals=(str(e),))
    return _Read(reading.rows, reading.missing, reading.bounds, report_of(reading, measure).sentences)


def flags_of(record: Record, measure: Measure) -> tuple[MeasureAnnotations, ...]:
    """Return what stands on a measure's time axis: its own annotations, and the cycles that test its part of the theory."""
    graph = diagram(record)
    node = measure.node if measure.node in graph.labels else AIM
    mine = {node, *graph.below(node)} if node else set()
    noted = {a.ref for a in measure.annotations if a.ref}
    found = [
        MeasureAnnotations(date=c.begun, kind=c.kind, text=c.title, ref=c.id)  # type: ignore[arg-type]
        for c in cycles(record)
        if c.begun and c.id not in noted and (node == AIM or mine & {c.change, *c.drivers})
    ]
    return (*(a for a in measure.annotations if a.date), *found)


def _names_a_file(measure: Measure) -> bool:
    data = measure.data
    return data is not None and bool(data.date or data.date_from or data.students)
