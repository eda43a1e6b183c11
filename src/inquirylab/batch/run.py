"""A batch from beginning to end: plan, run every site, the consolidated report, the manifest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import nbformat

from inquirylab.batch.execute import execute
from inquirylab.batch.manifest import read_manifest, write_manifest
from inquirylab.batch.outcome import Outcome
from inquirylab.batch.plan import Job, Plan, plan
from inquirylab.batch.stock import Task
from inquirylab.charts.words import day
from inquirylab.errors import BatchError, TemplateError
from inquirylab.publish.assets import copy_assets
from inquirylab.publish.consolidated import Source, write_index
from inquirylab.reports.index_page import SiteResult
from inquirylab.reports.notebook_page import Neighbour, Place
from inquirylab.store.site_list import read_site_list
from inquirylab.templates import find_template, parameters


def make_plan(template: str | Path, site_list: str | Path, limit: int | None = None) -> Plan:
    """Read template and site list and match them.

    Raises
    ------
    TemplateError, SiteListError
        One of them is missing or they do not fit: before the first site runs.
    """
    path = find_template(template)
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as e:  # nbformat raises many kinds
        raise TemplateError("The template is not a notebook", where=str(path), found=str(e)[:120]) from e
    listed = read_site_list(site_list)
    takes = parameters(notebook, path.name)
    if "site" not in takes and not takes:
        raise TemplateError(
            "The template declares no parameters",
            where=path.name,
            cure="Tag the cell that assigns them with 'parameters'.",
        )

    def locate(value: str) -> str | None:
        beside = listed.folder / value
        return str(beside) if len(value) < 1024 and "\n" not in value and beside.exists() else None

    made = plan(listed, str(path), takes, locate)
    return Plan(made.template, made.jobs[:limit], made.title) if limit else made


def run_batch(
    made: Plan,
    out: str | Path,
    *,
    workers: int = 2,
    timeout: int = 600,
    ended: Callable[[Outcome], object] = id,
) -> list[Outcome]:
    """Run a plan into a folder.

    Parameters
    ----------
    made
        As `make_plan` returns it.
    out
        The folder; made anew, or one that holds an earlier batch.
    workers
        Sites at once.
    timeout
        Seconds that a single cell may take.
    ended
        Called with each site's outcome as it comes.

    Returns
    -------
    list of Outcome
        In the order of the plan.

    Raises
    ------
    BatchError
        The folder holds something else.
    """
    folder = Path(out)
    _prepare(folder, made)
    today = f"Made with inquirylab from one notebook run for each site, {day(date.today())}."
    tasks = [
        Task(job, made.template, str(folder), _place(made, i), timeout, made.title, today)
        for i, job in enumerate(made.jobs)
    ]
    outcomes: dict[str, Outcome] = {}

    def keep(outcome: Outcome) -> None:
        outcomes[outcome.name] = outcome
        ended(outcome)

    try:
        execute(tasks, workers, keep)
    finally:
        _tidy(folder)
        done = [outcomes[job.name] for job in made.jobs if job.name in outcomes]
        write_manifest(folder, made, done, today, workers, timeout)
        write_report(folder)
    return done


def write_report(out: str | Path) -> Path:
    """Write a batch's index page anew from the sites' data; return its path."""
    folder, manifest = Path(out), read_manifest(out)
    sources = [
        Source(j.name, j.parameters)
        for j, o in zip(manifest.jobs, manifest.outcomes, strict=True)
        if o.outcome == "completed"
    ]
    return write_index(
        folder, [_result(o) for o in manifest.outcomes], sources, title=manifest.title, made=manifest.made
    )


def _result(o: Outcome) -> SiteResult:
    completed = o.outcome == "completed"
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


def _place(made: Plan, i: int) -> Place:
    def neighbour(job: Job) -> Neighbour:
        return Neighbour(job.name, f"{job.slug}.html")

    before = neighbour(made.jobs[i - 1]) if i else None
    after = neighbour(made.jobs[i + 1]) if i + 1 < len(made.jobs) else None
    return Place(made.jobs[i].name, "../index.html", len(made.jobs), before, after)


def _prepare(folder: Path, made: Plan) -> None:
    """Make the folder; of an earlier batch in it, remove what it made for sites that are no longer listed."""
    try:
        if folder.is_dir() and any(folder.iterdir()):
            if not (folder / "batch.json").exists() and not (folder / "notebooks").is_dir():
                raise BatchError(
                    "The folder is not empty and holds no batch",
                    where=str(folder),
                    cure="Name a new folder with --out.",
                )
            _remove_unlisted(folder, {job.slug for job in made.jobs})
        for part in ("notebooks", "sites"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        copy_assets(folder / "assets")
    except OSError as e:
        raise BatchError(
            "The folder cannot be written", where=str(folder), found=e.strerror or "", cure="Name another with --out."
        ) from e


def _remove_unlisted(folder: Path, slugs: set[str]) -> None:
    try:
        earlier = read_manifest(folder)
    except BatchError:
        return
    for job in earlier.jobs:
        if job.slug not in slugs:
            (folder / "sites" / f"{job.slug}.html").unlink(missing_ok=True)
            (folder / "notebooks" / f"{job.slug}.ipynb").unlink(missing_ok=True)


def _tidy(folder: Path) -> None:
    """Partial files of processes that died have been replaced or are of no use."""
    for part in folder.glob("*/.*.partial*"):
        part.unlink(missing_ok=True)
