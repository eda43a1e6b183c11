"""The supervisor: hands sites to processes, a few at a time, and outlives any of them."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from inquirylab.batch.outcome import Outcome
from inquirylab.batch.stock import Task, run_site

DIED = "The process that ran this site was ended from outside, most often because the memory was used up"


def execute(tasks: Sequence[Task], workers: int, ended: Callable[[Outcome], None]) -> None:
    """Run all tasks and report each outcome as it comes.

    Parameters
    ----------
    tasks
        What to run.
    workers
        How many at once. Only so many are handed out at a time, so memory does not grow with the number of sites.
    ended
        Called once for each task.

    Notes
    -----
    When a process dies, those that ran beside it are run again one by one: only the one that dies again failed.
    """
    suspects = _run(tasks, workers, ended)
    for task in suspects:
        if _run([task], 1, ended):
            ended(
                Outcome(
                    task.job.name,
                    task.job.slug,
                    "failed",
                    error="ProcessDied",
                    message=DIED,
                    cure="Run this site alone with fewer workers: --workers 1.",
                )
            )


def _run(tasks: Sequence[Task], workers: int, ended: Callable[[Outcome], None]) -> list[Task]:
    """Run tasks; return those that were lost with a process."""
    waiting, lost = list(reversed(tasks)), list[Task]()
    while waiting:
        running: dict[Future[Outcome], Task] = {}
        with _pool(workers) as pool:
            try:
                while waiting or running:
                    while waiting and len(running) < workers:
                        running[pool.submit(run_site, waiting[-1])] = waiting[-1]
                        waiting.pop()
                    done, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        outcome = future.result()
                        running.pop(future)
                        ended(outcome)
            except BrokenProcessPool:
                lost += running.values()
    return lost


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Fresh interpreters, not forks: papermill changes its working folder, and threads do not survive a fork."""
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_quiet)
    try:
        yield pool
    except KeyboardInterrupt:
        for process in list((pool._processes or {}).values()):
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _quiet() -> None:
    """What kernels say on their own standard error is no part of a batch; what cells say is in the notebooks."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
