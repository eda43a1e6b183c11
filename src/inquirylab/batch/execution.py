"""Where and on which engine the tasks of a batch run: here or on a Dask cluster, stock or warm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inquirylab.batch.execute import execute, process_pool
from inquirylab.batch.one_site import Listener, Task
from inquirylab.batch.trial import WORTH_IT, Trial, can_be_warm, preload_for, remember, remembered, try_engines
from inquirylab.errors import BatchError

if TYPE_CHECKING:
    from inquirylab.batch.run import Settings


def run_tasks(
    tasks: Sequence[Task], settings: Settings, listener: Listener, key: str = ""
) -> tuple[str, tuple[dict[str, Any], ...]]:
    """Run tasks; return the engine that ran them and what it had preloaded.

    Template and environment of one `key` are tried once: the verdict stays in the batch's folder.

    Raises
    ------
    BatchError
        The warm engine was asked for and does not work here; the scheduler cannot be reached.
    """
    notebooks = [task for task in tasks if task.earlier is None]
    engine = _chosen(settings.engine, len(notebooks))
    if engine == "stock":
        _run_somewhere([replace(task, engine="stock") for task in tasks], settings, listener)
        return engine, ()
    from inquirylab.batch.warm.nursery import Nursery

    memory = Path(notebooks[0].out, ".batch", "trial.json")
    known = remembered(memory, key)
    if known is not None and known.engine == "stock":
        _run_somewhere([replace(task, engine="stock") for task in tasks], settings, listener)
        return "stock", ()
    preload = [one["name"] for one in known.imports] if known else preload_for(notebooks[0].template)
    with Nursery(preload=preload, quiet=True) as nursery:
        folder = str(nursery.folder)
        if known is None:
            listener.trying()
        trial = known or remember(_trial(replace(notebooks[0], nursery=folder)), memory, key)
        if trial.sentence:
            listener.say(trial.sentence)
        names = tuple(str(one["name"]) for one in trial.imports)
        chosen = [replace(task, engine=trial.engine, nursery=folder, preload=names) for task in tasks]
        _run_somewhere(chosen, settings, listener)
    return trial.engine, trial.imports


def _run_somewhere(tasks: Sequence[Task], settings: Settings, listener: Listener) -> None:
    if settings.scheduler:
        from inquirylab.batch.cluster import execute_on

        execute_on(settings.scheduler, tasks, listener)
    else:
        execute(tasks, settings.workers, listener)


def _chosen(wanted: str, notebooks: int) -> str:
    if wanted == "warm" and not can_be_warm():
        cure = "Leave out --engine: papermill's own engine runs here."
        raise BatchError("The warm engine forks processes, which this system does not do well", cure=cure)
    if wanted:
        return wanted if notebooks else "stock"
    return "warm" if can_be_warm() and notebooks >= WORTH_IT else "stock"


def _trial(task: Task) -> Trial:
    try:
        with process_pool(1) as pool:
            return pool.submit(try_engines, task).result()
    except Exception as problem:  # whatever is wrong with the warm engine, stock runs
        return Trial(
            "stock", f"The warm engine could not be tried ({type(problem).__name__}: {problem}). Stock runs instead."
        )


def nursery_on_this_host(batch: str) -> str:
    """Return the folder of the nursery that all processes of a batch on one host share."""
    from inquirylab.batch.warm.nursery import short_place

    return str(Path(short_place()) / f"inquirylab-batch-{batch[:12]}")
