"""The supervisor: hands sites to processes, a few at a time, and outlives any of them."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from inquirylab.batch.one_site import Ended, Listener, Task, run_site
from inquirylab.batch.outcome import Outcome

DIED = "The process that ran this site was ended from outside, most often because the memory was used up"
ALONE = "Run this site alone with fewer workers: --workers 1."


def execute(tasks: Sequence[Task], workers: int, listener: Listener) -> None:
    """Run all tasks and report each outcome as it comes.

    Parameters
    ----------
    tasks
        What to run.
    workers
        How many at once. Only so many are handed out at a time, so memory does not grow with the number of sites.
    listener
        Told of each site as it begins and ends.

    Notes
    -----
    When a process dies, those that ran beside it are run again one by one: only the one that dies again failed.
    """
    suspects = _run(tasks, workers, listener)
    for task in suspects:
        if _run([task], 1, listener):
            job = task.job
            listener.ended(
                task, Ended(Outcome(job.name, job.slug, "failed", error="ProcessDied", message=DIED, cure=ALONE))
            )


def _run(tasks: Sequence[Task], workers: int, listener: Listener) -> list[Task]:
    """Run tasks; return those that were lost with a process."""
    waiting, lost = list(reversed(tasks)), list[Task]()
    while waiting:
        running: dict[Future[Ended], Task] = {}
        with process_pool(min(workers, len(waiting))) as pool:
            try:
                while waiting or running:
                    while waiting and len(running) < workers:
                        running[pool.submit(run_site, waiting[-1])] = waiting[-1]
                        listener.begun(waiting.pop())
                    done, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        outcome = future.result()
                        listener.ended(running.pop(future), outcome)
            except BrokenProcessPool:
                lost += running.values()
    return lost


@contextmanager
def process_pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Yield a pool of fresh interpreters, which end with this process, however it ends.

    Not forks: papermill changes the working folder of its process, and threads do not survive a fork.
    """
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)
    try:
        yield pool
    except KeyboardInterrupt:
        for process in list((pool._processes or {}).values()):
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """Silence what kernels say on standard error, and end with the supervisor.

    What kernels say there is no part of a batch's output; what cells say is in the notebooks.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    threading.Thread(target=_end_with_the_supervisor, daemon=True).start()


def _end_with_the_supervisor() -> None:
    supervisor = multiprocessing.parent_process()
    if supervisor is not None:
        supervisor.join()  # a pool's own processes would wait for work for ever
        os._exit(1)
