"""The consolidated report of a batch, computed from the sites' data by the same functions as their notebooks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inquirylab.errors import InquiryError
from inquirylab.progress import MeasuredSites, measure_each, measure_paths
from inquirylab.publish.files import write_atomically
from inquirylab.reports.index_page import SiteResult, index_page
from inquirylab.store.site_data.report import report_of


@dataclass(frozen=True)
class Source:
    """Where a completed site's numbers are: the parameters that its notebook was given."""

    name: str
    parameters: Mapping[str, Any]

    @property
    def measure(self) -> str:
        """The main measure's file, or "" where the template takes none."""
        measures = measure_paths(self.parameters.get("measure") or [])
        return measures[0] if measures else ""


def write_index(out: Path, results: Sequence[SiteResult], sources: Sequence[Source], *, title: str, made: str) -> Path:
    """Write `index.html` and return its path.

    Sites are pooled only where their main measure is the same file; others have their own pages all the same.
    """
    measured = measure_sources(sources)
    page = index_page(
        results,
        measured.found if measured else None,
        measured.sites if measured else None,
        _missing(measured) if measured else {},
        title=title or "All sites",
        said=report_of(measured.reading, measured.measure).sentences if measured else (),
        where=title,
        credits=[measured.measure.source] if measured and measured.measure.source else [],
        made=made,
    )
    target = out / "index.html"
    write_atomically(target, page)
    return target


def measure_sources(sources: Sequence[Source]) -> MeasuredSites | None:
    """Return the measure that most sites share with what all their data say, or None where there is none."""
    counts = Counter(s.measure for s in sources if s.measure and s.parameters.get("data"))
    if not counts:
        return None
    main = counts.most_common(1)[0][0]
    pairs = [(s.name, str(s.parameters["data"])) for s in sources if s.measure == main and s.parameters.get("data")]
    try:
        return measure_each(pairs, main)
    except InquiryError:
        return None  # the data went away after the notebooks ran: their pages are all there is


def _missing(measured: MeasuredSites) -> dict[str, tuple[int, int]]:
    gone, found = measured.reading.missing, measured.found.series.values()
    gone = gone[gone["site"].isin({f.site for f in found})]
    out: dict[str, tuple[int, int]] = {}
    left_out = [len(f.left_out) for f in found if f.left_out]
    if left_out:
        out["Left out, with the reason"] = (len(left_out), sum(left_out))
    for kind, frame in gone.groupby("kind"):
        out[str(kind)] = (int(frame["site"].nunique()), int(frame["count"].sum()))
    every = len(measured.sites.reported)
    named = gone.groupby("site")["date"].nunique().to_dict() if len(gone) else {}
    absent = [max(0, every - len(f.x) - len(f.left_out) - int(named.get(f.site, 0))) for f in found]
    if any(absent):
        out["No row for the site"] = (sum(a > 0 for a in absent), sum(absent))
    return out
