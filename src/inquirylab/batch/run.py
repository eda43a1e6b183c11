"""A batch from beginning to end: plan, run every site that needs it, the consolidated report, the manifest.

Modules that take long to import are imported where they are needed: a batch in which nothing changed needs none.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inquirylab.batch.course import Course
from inquirylab.batch.folder import around, prepare, refuse_other_folders, tidy
from inquirylab.batch.journal import Contents, Journal, digest
from inquirylab.batch.manifest import read_manifest, write_manifest
from inquirylab.batch.outcome import Outcome
from inquirylab.batch.plan import Job, Plan, plan
from inquirylab.batch.resume import earlier_outcome, entry_of, environment_key, longest_first, site_key, template_key
from inquirylab.batch.where import condition
from inquirylab.errors import BatchError, SiteListError, TemplateError
from inquirylab.store.site_list import read_site_list
from inquirylab.templates import find_template, parameters

if TYPE_CHECKING:
    from inquirylab.batch.one_site import Ended, Task

REPORT_KEY = "report"


def make_plan(template: str | Path, site_list: str | Path, limit: int | None = None, where: str | None = None) -> Plan:
    """Read template and site list and match them.

    Parameters
    ----------
    template
        A stem or a notebook's path.
    site_list
        The CSV file.
    limit
        Only the first so many of the sites that `where` leaves.
    where
        A condition on the sites' parameters, see :func:`inquirylab.batch.where.condition`.

    Raises
    ------
    TemplateError, SiteListError
        One of them is missing or they do not fit: before the first site runs.
    """
    path = find_template(template)
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
            raise ValueError("it has no cells")
    except ValueError as e:
        raise TemplateError("The template is not a notebook", where=str(path), found=str(e)[:120]) from e
    listed = read_site_list(site_list)
    takes = parameters(notebook, path.name)
    if not takes:
        cure = "Tag the cell that assigns them with 'parameters'."
        raise TemplateError("The template declares no parameters", where=path.name, cure=cure)

    def locate(value: str) -> str | None:
        beside = listed.folder / value
        return str(beside) if len(value) < 1024 and "\n" not in value and beside.exists() else None

    made = plan(listed, str(path), takes, locate)
    jobs = made.jobs
    if where:
        true = condition(where)
        columns = {site.name: site.values for site in listed.sites}
        jobs = tuple(job for job in jobs if true({**columns[job.name], **job.parameters, "site": job.name}))
        if not jobs:
            cure = "Compare it with the columns of the list; texts stand in quotation marks, written as they are there."
            raise SiteListError("No site fits --where", where=str(site_list), found=where, cure=cure)
    return replace(made, jobs=jobs[:limit] if limit else jobs, listed=made.jobs)


@dataclass(frozen=True)
class Settings:
    """How a batch runs.

    Attributes
    ----------
    workers
        Sites at once.
    timeout
        Seconds that a single cell may take.
    engine
        ``warm``, ``stock``, or "" to choose: warm where it works and pays.
    scheduler
        Address of a Dask scheduler, or a ``distributed.Client``; "" runs here.
    force
        Run also what did not change.
    memory_limit
        Bytes that a notebook may ask for (warm engine), or None.
    """

    workers: int = 2
    timeout: int = 600
    engine: str = ""
    scheduler: Any = ""
    force: bool = False
    memory_limit: int | None = None


def run_batch(
    made: Plan,
    out: str | Path,
    settings: Settings | None = None,
    *,
    ended: Callable[[Outcome], None] = lambda _: None,
    say: Callable[[str], None] = lambda _: None,
) -> list[Outcome]:
    """Run a plan into a folder. Sites that nothing changed for are skipped; an interrupted batch goes on.

    Parameters
    ----------
    made
        As `make_plan` returns it.
    out
        The folder; made anew, or one that holds an earlier batch.
    settings
        How to run it.
    ended
        Called with each site's outcome as it comes.
    say
        Called with sentences that a person should read: a canary that found a difference.

    Returns
    -------
    list of Outcome
        In the order of the plan.

    Raises
    ------
    BatchError
        The folder holds something else, or another batch is writing to it.
    """
    settings, folder = settings or Settings(), Path(out)
    refuse_other_folders(folder)
    with Journal(folder) as journal:
        run = _Run(made, folder, settings, journal, ended, say)
        try:
            run.execute()
        finally:
            try:
                run.finish()
            finally:
                run.course.end()
    return [run.outcomes[job.name] for job in made.jobs if job.name in run.outcomes]


class _Run:
    """One run of a batch: what is known of its sites so far."""

    def __init__(
        self, made: Plan, folder: Path, settings: Settings, journal: Journal, ended: Callable[[Outcome], None],
        say: Callable[[str], None],
    ) -> None:  # fmt: skip
        self.made, self.folder, self.settings, self.journal = made, folder, settings, journal
        self.tell, self.tell_people = ended, say
        about = {"title": made.title, "template": Path(made.template).name}
        self.course = Course(folder, **about, sites=len(made.jobs), workers=settings.workers)
        self.outcomes: dict[str, Outcome] = {}
        self.contents = Contents()
        template, environment = template_key(made.template), environment_key()
        self.trial_key = digest(template, environment)
        self.keys = {job.slug: site_key(job, template, environment) for job in made.jobs}
        earlier = _earlier(folder)
        self.others = {job.name: earlier[job.name] for job in made.others if job.name in earlier}
        self.shown = [job for job in made.listed or made.jobs if job in made.jobs or job.name in self.others]
        self.pages = {
            job.slug: digest(environment, made.title, *around(self.shown, i)) for i, job in enumerate(self.shown)
        }
        self.engine = settings.engine or "stock"
        self.imports: tuple[dict[str, Any], ...] = ()

    def execute(self) -> None:
        """Run what needs to run."""
        prepare(self.folder, {job.slug for job in self.made.listed or self.made.jobs})
        tasks = self._tasks()
        if not tasks:
            return
        from inquirylab.batch.execution import run_tasks
        from inquirylab.batch.one_site import Listener

        listener = Listener(self._begun, self._keep, self.course.trying, self._say)
        self.engine, self.imports = run_tasks(tasks, self.settings, listener, self.trial_key)

    def _tasks(self) -> list[Task]:
        """Return what is left to do, and tell of what is not."""
        to_run: list[Job] = []
        pages: dict[str, Outcome] = {}
        for job in self.made.jobs:
            known = (
                None if self.settings.force else earlier_outcome(self.journal, job, self.keys[job.slug], self.contents)
            )
            if known is None:
                to_run.append(job)
            elif self.journal.entries[job.slug].page != self.pages[job.slug]:
                pages[job.slug] = known
            else:
                self._note(known)
        if not to_run and not pages:
            return []
        from inquirylab.batch.one_site import Task
        from inquirylab.batch.report import place_of

        places = {job.slug: place_of(self.shown, i) for i, job in enumerate(self.shown)}
        settings, made = self.settings, self.made

        def task(job: Job) -> Task:
            return Task(job, made.template, str(self.folder.resolve()), places[job.slug], settings.timeout, made.title,
                        _today(), memory_limit=settings.memory_limit, earlier=pages.get(job.slug))  # fmt: skip

        ready = [job for job in made.jobs if job.slug in pages]
        return [task(job) for job in [*longest_first(to_run, self.journal), *ready]]

    def _begun(self, task: Task) -> None:
        self.course.site_begun(task.job.name, task.job.slug)

    def _say(self, sentence: str) -> None:
        self.course.said(sentence)
        self.tell_people(sentence)

    def _keep(self, task: Task, ended: Ended) -> None:
        """Write a completed site to the journal, then tell of it."""
        job, outcome = task.job, ended.outcome
        if task.earlier is not None and outcome.outcome == "skipped":
            self.journal.add(
                replace(self.journal.entries[job.slug], page=self.pages[job.slug], outputs=self._sizes(outcome))
            )
        elif outcome.outcome == "completed":
            self.journal.add(
                entry_of(
                    job, self.keys[job.slug], self.pages[job.slug], outcome, ended.evidence, self.contents, self.folder
                )
            )
        self._note(outcome)

    def _sizes(self, outcome: Outcome) -> dict[str, int]:
        return {name: (self.folder / name).stat().st_size for name in (outcome.notebook, outcome.page)}

    def _note(self, outcome: Outcome) -> None:
        self.outcomes[outcome.name] = outcome
        self.course.site_ended(outcome)
        self.tell(outcome)

    def finish(self) -> None:
        """Write the manifest, and the report if it would not be the one that is there."""
        tidy(self.folder)
        known = {**self.others, **self.outcomes}
        made = replace(self.made, jobs=tuple(job for job in self.shown if job.name in known))
        done = [known[job.name] for job in made.jobs]
        settings = self.settings
        about = {
            "workers": settings.workers,
            "timeout": settings.timeout,
            "engine": self.engine,
            "preloaded": list(self.imports),
        }
        write_manifest(self.folder, made, done, _today(), about)
        lasting = [(o.name, o.outcome == "failed", o.message, self.keys.get(o.slug, "")) for o in done]
        key = digest(json.dumps([made.title, lasting]), *sorted(self.pages.values()))
        mark = self.folder / ".batch" / REPORT_KEY
        ran = any(o.outcome != "skipped" for o in self.outcomes.values())
        if ran or not (self.folder / "index.html").exists() or not mark.exists() or mark.read_text("utf-8") != key:
            from inquirylab.batch.report import write_report

            write_report(self.folder)
            mark.write_text(key, encoding="utf-8")


def _earlier(folder: Path) -> dict[str, Outcome]:
    try:
        return {outcome.name: outcome for outcome in read_manifest(folder).outcomes}
    except BatchError:
        return {}


def _today() -> str:
    today = date.today()
    return f"Made with inquirylab from one notebook run for each site, {today.day} {today:%b} {today.year}."
