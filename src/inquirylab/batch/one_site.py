"""One site, in a process of its own: run, page, outcome, and what it was made from. Nothing is left half-written."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from inquirylab.batch.engines import Execution, Request, run_stock, run_warm
from inquirylab.batch.journal import Contents, what_was_read
from inquirylab.batch.outcome import MEND, Outcome, stopped_cell
from inquirylab.batch.plan import Job
from inquirylab.publish.files import put_in_place
from inquirylab.publish.site_page import write_site_page
from inquirylab.reports.notebook_page import Place, Problem


@dataclass(frozen=True)
class Task:
    """A job with all that the process needs that runs it.

    Attributes
    ----------
    engine
        ``stock`` or ``warm``.
    preload
        What a zygote imports that has to be started where the task runs.
    earlier
        Where the notebook is there and only its page is to be written: the site's outcome.
    """

    job: Job
    template: str
    out: str
    place: Place
    timeout: int
    title: str
    made: str
    engine: str = "stock"
    nursery: str = ""
    memory_limit: int | None = None
    preload: tuple[str, ...] = ()
    earlier: Outcome | None = None


@dataclass(frozen=True)
class Ended:
    """A site's outcome, with the fields of its journal entry that only its run can know."""

    outcome: Outcome
    evidence: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Listener:
    """Who is told what happens to the tasks of a batch, each in the supervisor's thread.

    Attributes
    ----------
    begun
        A site was handed out.
    ended
        It has ended; once for each task.
    trying
        Both engines are about to be tried on the first site.
    say
        A sentence for people.
    """

    begun: Callable[[Task], None]
    ended: Callable[[Task, Ended], None]
    trying: Callable[[], None]
    say: Callable[[str], None]


def run_site(task: Task) -> Ended:
    """Run one site's notebook and write its page; every error becomes an outcome."""
    if task.earlier is not None:
        return Ended(_with_page(task, task.earlier))
    out, job = Path(task.out), task.job
    started, began, cpu = time.time(), time.monotonic(), _cpu()
    partial = out / "notebooks" / f".{job.slug}.partial.ipynb"
    request = Request(
        task.template, str(partial), job.parameters, task.timeout, task.memory_limit, task.nursery, task.preload
    )
    done = run_warm(request) if task.engine == "warm" else run_stock(request)
    outcome = _outcome(job, partial, done.error)
    final = out / "notebooks" / f"{job.slug}.ipynb"
    if partial.exists():
        put_in_place(partial, final)
        outcome = replace(outcome, notebook=f"notebooks/{final.name}")
    outcome = replace(outcome, seconds=round(time.monotonic() - began, 3), peak_memory_mb=_megabytes(done))
    outcome = _with_page(task, outcome)
    outcome = replace(outcome, cpu_seconds=round(_cpu() - cpu + done.kernel_seconds, 3))
    return Ended(outcome, what_was_read(done.reads, started, _contents) if outcome.outcome == "completed" else {})


_contents = Contents()
"""What this process knows of files' contents: the data that sites share are read once."""


def _with_page(task: Task, outcome: Outcome) -> Outcome:
    try:
        place = _place(task.place, outcome)
        write_site_page(Path(task.out), outcome.slug, place, _problem(outcome), task.title, task.made)
        return replace(outcome, page=f"sites/{outcome.slug}.html")
    except Exception as e:  # a notebook that no page can be made of is a failed site, never a failed batch
        error, message = outcome.error or type(e).__name__, outcome.message or str(e)
        return replace(outcome, outcome="failed", error=error, message=message, cure=MEND)


def _outcome(job: Job, partial: Path, error: Exception | None) -> Outcome:
    if error is None:
        return Outcome(job.name, job.slug, "completed")
    number, cell = stopped_cell(_read(partial))
    name, message = type(error).__name__, str(error)
    cure = MEND
    if name == "PapermillExecutionError":
        name, message = str(getattr(error, "ename", name)), str(getattr(error, "evalue", message))
    elif name == "CellTimeoutError":
        name, message = "Timeout", "it was still running when its time was over, and was stopped"
        cure = "Run it again with more time (--timeout); if it stops again, open its notebook at that cell."
    elif name == "DeadKernelError":
        message = "the kernel died: out of memory, or ended by the code itself"
        cure = "Run this site alone and watch its memory; then open its notebook at that cell."
    return Outcome(job.name, job.slug, "failed", cell=cell, cell_number=number, error=name, message=message, cure=cure)


def _read(partial: Path) -> Mapping[str, Any]:
    import json

    try:
        return dict(json.loads(partial.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _place(place: Place, outcome: Outcome) -> Place:
    notebook = f"../{outcome.notebook}" if outcome.notebook else ""
    return replace(place, notebook=notebook, notebook_name=outcome.notebook, seconds=outcome.seconds)


def _problem(outcome: Outcome) -> Problem | None:
    if outcome.outcome != "failed":
        return None
    return Problem(outcome.where, outcome.happened, outcome.cure)


def _cpu() -> float:
    """Processor seconds of this process and of its children that have ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _megabytes(done: Execution) -> float | None:
    return round(done.peak_memory / 1e6, 1) if done.peak_memory else None
