"""The consolidated report of a batch, from its manifest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from inquirylab.batch.manifest import Manifest, read_manifest
from inquirylab.batch.outcome import Outcome
from inquirylab.batch.plan import Job
from inquirylab.publish.consolidated import Source, write_index
from inquirylab.publish.publication import Publication, Rules, publish
from inquirylab.reports.index_page import SiteResult
from inquirylab.reports.notebook_page import Neighbour, Place


def write_report(out: str | Path) -> Path:
    """Write a batch's index page anew from the sites' data; return its path."""
    folder, manifest = Path(out), read_manifest(out)
    results, sources = _results(manifest), _sources(manifest)
    return write_index(folder, results, sources, title=manifest.title, made=manifest.made)


def publish_report(out: str | Path, dest: str | Path, rules: Rules) -> Publication:
    """Publish a batch: protected, scanned, and put in place only if nothing was found."""
    manifest = read_manifest(out)
    return publish(Path(out), Path(dest), _results(manifest), _sources(manifest), rules, title=manifest.title)


def _sources(manifest: Manifest) -> list[Source]:
    return [
        Source(j.name, j.parameters)
        for j, o in zip(manifest.jobs, manifest.outcomes, strict=True)
        if o.outcome != "failed"
    ]


def _results(manifest: Manifest) -> list[SiteResult]:
    return [_result(o) for o in manifest.outcomes]


def _result(o: Outcome) -> SiteResult:
    completed = o.outcome != "failed"
    return SiteResult(
        o.name,
        o.page,
        completed,
        "" if completed else o.happened,
        "" if completed else o.where,
        o.message,
        o.cure,
        o.notebook,
    )


def place_of(jobs: Sequence[Job], i: int) -> Place:
    """Return where the page of the i-th job stands among the others."""

    def neighbour(job: Job) -> Neighbour:
        return Neighbour(job.name, f"{job.slug}.html")

    before = neighbour(jobs[i - 1]) if i else None
    after = neighbour(jobs[i + 1]) if i + 1 < len(jobs) else None
    return Place(jobs[i].name, "../index.html", len(jobs), before, after)
