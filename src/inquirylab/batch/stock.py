"""One site with stock papermill, in a process of its own: run, page, outcome. Nothing is left half-written."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from inquirylab.batch.outcome import MEND, Outcome, stopped_cell
from inquirylab.batch.plan import Job
from inquirylab.publish.site_page import write_site_page
from inquirylab.reports.notebook_page import Place, Problem


@dataclass(frozen=True)
class Task:
    """A job with all that the process needs that runs it."""

    job: Job
    template: str
    out: str
    place: Place
    timeout: int
    title: str
    made: str


def run_site(task: Task) -> Outcome:
    """Run one site's notebook and write its page; every error becomes an outcome."""
    out, job = Path(task.out), task.job
    began, cpu = time.monotonic(), _cpu()
    partial = out / "notebooks" / f".{job.slug}.partial.ipynb"
    with _peak_memory() as peak:
        error = _execute(task, partial)
    outcome = _outcome(job, partial, error)
    final = out / "notebooks" / f"{job.slug}.ipynb"
    if partial.exists():
        partial.replace(final)
        outcome = replace(outcome, notebook=f"notebooks/{final.name}")
    outcome = replace(outcome, seconds=round(time.monotonic() - began, 3), peak_memory_mb=peak())
    try:
        write_site_page(out, outcome.slug, _place(task.place, outcome), _problem(outcome), task.title, task.made)
        outcome = replace(outcome, page=f"sites/{job.slug}.html")
    except Exception as e:  # a notebook that no page can be made of is a failed site, never a failed batch
        outcome = replace(
            outcome,
            outcome="failed",
            error=outcome.error or type(e).__name__,
            message=outcome.message or str(e),
            cure=MEND,
        )
    return replace(outcome, cpu_seconds=round(_cpu() - cpu, 3))


def _execute(task: Task, partial: Path) -> Exception | None:
    import papermill

    partial.unlink(missing_ok=True)
    try:
        papermill.execute_notebook(
            task.template,
            str(partial),
            parameters=dict(task.job.parameters),
            progress_bar=False,
            log_output=False,
            execution_timeout=task.timeout,
            request_save_on_cell_execute=True,
            autosave_cell_every=5,
        )
    except Exception as e:  # whatever a notebook does, the batch goes on
        return e
    return None


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
    if outcome.outcome == "completed":
        return None
    return Problem(outcome.where, outcome.happened, outcome.cure)


def _cpu() -> float:
    """Processor seconds of this process and of its kernels that have ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


@contextlib.contextmanager
def _peak_memory() -> Iterator[Any]:
    """Watch the memory of this process's children (the kernel and what it starts), four times a second."""
    import psutil

    most, done = [0.0], threading.Event()

    def watch() -> None:
        me = psutil.Process()
        while not done.wait(0.25):
            total = 0
            for child in me.children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    total += child.memory_info().rss
            most[0] = max(most[0], total / 1e6)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield lambda: round(most[0], 1) or None
    finally:
        done.set()
        watcher.join()
