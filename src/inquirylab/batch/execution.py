"""Where and on which engine the tasks of a batch run: here or on a Dask cluster, stock or warm."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inquirylab.batch.execute import execute, process_pool
from inquirylab.batch.one_site import Listener, Task
from inquirylab.batch.trial import WORTH_IT, Trial, can_be_warm, preload_for, remember, remembered, try_engines
from inquirylab.errors import BatchError

if TYPE_CHECKING:
    from inquirylab.batch.run import Settings

TRIES = 2
"""How often both engines are tried where the process that tries them is lost."""


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
    memory = Path(tasks[0].out, ".batch", "trial.json")
    engine, known = _chosen(settings.engine, len(notebooks)), remembered(memory, key)
    if engine == "stock" or (known is not None and known.engine == "stock"):
        return _run_on_stock(tasks, settings, listener)
    from inquirylab.batch.warm.nursery import Nursery

    preload = [one["name"] for one in known.imports] if known else preload_for(notebooks[0].template)
    with ExitStack() as stack:
        try:
            nursery = stack.enter_context(Nursery(preload=preload, quiet=True))
        except BatchError as problem:
            if settings.engine == "warm":
                raise
            listener.say(f"{problem} Stock runs instead.")
            return _run_on_stock(tasks, settings, listener)
        folder = str(nursery.folder)
        if known is None:
            listener.trying()
        trial = known or _tried(replace(notebooks[0], nursery=folder), memory, key)
        if trial.sentence:
            listener.say(trial.sentence)
        names = tuple(str(one["name"]) for one in trial.imports)
        chosen = [replace(task, engine=trial.engine, nursery=folder, preload=names) for task in tasks]
        _run_somewhere(chosen, settings, listener)
    return trial.engine, trial.imports


def _run_on_stock(tasks: Sequence[Task], settings: Settings, listener: Listener) -> tuple[str, tuple[()]]:
    _run_somewhere([replace(task, engine="stock") for task in tasks], settings, listener)
    return "stock", ()


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


def _tried(task: Task, memory: Path, key: str) -> Trial:
    """Try both engines in a process of their own; a process that is lost is tried once more, and proves nothing."""
    problem: Exception = BatchError("It was not tried")
    for _ in range(TRIES):
        try:
            with process_pool(1) as pool:
                return remember(pool.submit(try_engines, task).result(), memory, key)
        except Exception as e:  # whatever is wrong with the warm engine, stock runs
            problem = e
    said = f"{type(problem).__name__}: {problem}"
    return Trial("stock", f"The warm engine could not be tried ({said}). Stock runs instead.")


def nursery_on_this_host(batch: str) -> str:
    """Return the folder of the nursery that all processes of a batch on one host share."""
    from inquirylab.batch.warm.nursery import short_place

    return str(Path(short_place()) / f"inquirylab-batch-{batch[:12]}")
