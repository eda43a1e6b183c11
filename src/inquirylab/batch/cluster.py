"""The same tasks on a Dask cluster: results come back as they end, a lost worker's sites run elsewhere.

Workers need inquirylab installed. Where they see the batch's folder (a shared file system) they write into it. Where
they do not, template and data are sent to them and notebook and page come back. A worker's host has one zygote for all
its worker processes.
"""

from __future__ import annotations

import os
import tempfile
import threading
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from inquirylab.batch.one_site import Ended, Listener, Task, run_site
from inquirylab.batch.outcome import Outcome
from inquirylab.batch.plan import Job
from inquirylab.errors import BatchError
from inquirylab.publish.files import put_in_place

WORKER_SECONDS = 30
"""So long a cluster may take to have a worker."""

SILENT_SECONDS = 30
"""After so long without a result a scheduler is asked whether it is there."""

CLOSE_SECONDS = 5

IN_HAND = 2
"""Sites given to each worker process at a time, so that none waits for the supervisor."""

_one_at_a_time = threading.Lock()
"""Papermill and the count of processor time belong to a process, not to a thread of it."""

LARGEST_SHIPMENT = 200_000_000
"""Bytes of data that are sent to workers which do not see the folder of the site list."""


def execute_on(scheduler: Any, tasks: Sequence[Task], listener: Listener) -> None:
    """Run all tasks on a cluster and report each outcome as it comes.

    Parameters
    ----------
    scheduler
        Address of a scheduler, such as ``tcp://10.0.0.1:8786`` or ``tls://…`` (certificates as configured for Dask), or
        a ``distributed.Client``, such as dask-gateway and dask-jobqueue give.
    tasks
        What to run.
    listener
        Told of each site as it is handed out and as it ends.

    Raises
    ------
    BatchError
        The scheduler cannot be reached or was lost; the journal has what ended until then, and the same command goes on.
    """
    with _client(scheduler) as client:
        batch = uuid.uuid4().hex
        shipment = None if _all_see(client, tasks[0].out) else _shipment(client, tasks)
        waiting = list(reversed([replace(task, nursery=batch) for task in tasks]))
        running: dict[str, Task] = {}
        done: SimpleQueue[Any] = SimpleQueue()
        hands = IN_HAND * max(1, len(client.nthreads()))

        def hand_out() -> None:
            while waiting and len(running) < hands:
                task = waiting.pop()
                future = client.submit(run_on_worker, task, shipment, pure=False, retries=0)
                running[future.key] = task
                listener.begun(task)
                future.add_done_callback(done.put)

        hand_out()
        while running:
            future = _next(client, done, scheduler)
            task = running.pop(future.key)
            listener.ended(task, _received(task, future))
            hand_out()
            if client.status != "running":
                raise _lost(scheduler)


def _next(client: Any, done: SimpleQueue[Any], scheduler: Any) -> Any:
    """Return the next task that ended; while none does, make sure that the scheduler still answers."""
    while True:
        try:
            return done.get(timeout=SILENT_SECONDS)
        except Empty:
            try:
                client.sync(client.scheduler.identity, callback_timeout=SILENT_SECONDS)
            except Exception as problem:
                raise _lost(scheduler) from problem


def _received(task: Task, future: Any) -> Ended:
    """Return how a task ended; put the files that came with it in their place."""
    from distributed import KilledWorker

    try:
        done: Ended
        done, files = future.result()
    except KilledWorker:
        what, cure = "Several processes that ran this site were lost", "Run this site alone here, and watch its memory."
        return Ended(Outcome(task.job.name, task.job.slug, "failed", error="ProcessDied", message=what, cure=cure))
    except Exception as problem:
        if type(problem).__name__ in ("CancelledError", "FutureCancelledError", "CommClosedError"):
            raise _lost("") from problem
        name, message = type(problem).__name__, str(problem)
        cure = "Check that the cluster's workers have the same inquirylab installed."
        return Ended(Outcome(task.job.name, task.job.slug, "failed", error=name, message=message, cure=cure))
    for name, content in files.items():
        partial = Path(task.out, name).with_name(f".{Path(name).name}.partial")
        partial.write_bytes(content)
        put_in_place(partial, Path(task.out, name))
    return done


def run_on_worker(task: Task, shipment: Mapping[str, bytes] | None) -> tuple[Ended, dict[str, bytes]]:
    """Run a site on a worker, in the folder that all see or in one of its own; return also the files made there."""
    from inquirylab.batch.execution import nursery_on_this_host

    if task.engine == "warm":
        task = replace(task, nursery=nursery_on_this_host(task.nursery))
    with _one_at_a_time:
        return (run_site(task), {}) if shipment is None else _run_shipped(task, shipment)


def _run_shipped(task: Task, shipment: Mapping[str, bytes]) -> tuple[Ended, dict[str, bytes]]:
    with tempfile.TemporaryDirectory(prefix=f"inquirylab-{os.getpid()}-site-") as folder:
        here = _unpacked(shipment, Path(folder))
        out = Path(folder, "out")
        for part in ("notebooks", "sites"):
            (out / part).mkdir(parents=True)
        job = Job(task.job.name, task.job.slug, _moved(task.job.parameters, here))
        done = run_site(replace(task, job=job, template=here[task.template], out=str(out)))
        files = {n: (out / n).read_bytes() for n in (done.outcome.notebook, done.outcome.page) if n}
    back = {moved: original for original, moved in here.items()}
    evidence = {**done.evidence, "files": {back.get(p, p): d for p, d in done.evidence.get("files", {}).items()}}
    evidence.pop("folders", None)
    return replace(done, evidence=evidence), files


def _shipment(client: Any, tasks: Sequence[Task]) -> Any:
    """Send template and data to every worker once; return the future of them."""
    names = {tasks[0].template}
    for task in tasks:
        for value in task.job.parameters.values():
            for text in value if isinstance(value, (list, tuple)) else [value]:
                if isinstance(text, str) and 0 < len(text) < 1024 and Path(text).is_absolute() and Path(text).exists():
                    names |= {str(p) for p in Path(text).rglob("*") if p.is_file()} if Path(text).is_dir() else {text}
    size = sum(Path(name).stat().st_size for name in names)
    if size > LARGEST_SHIPMENT:
        cure = "Put the site list, its data and --out on a file system that the workers see."
        raise BatchError("The data are too large to be sent to the workers", found=f"{size / 1e6:.0f} MB", cure=cure)
    content = {name: Path(name).read_bytes() for name in sorted(names)}
    return client.scatter(content, broadcast=True, hash=False)


def _unpacked(shipment: Mapping[str, bytes], folder: Path) -> dict[str, str]:
    """Write the files that were sent, in the same tree; return where each path is now, folders included."""
    here: dict[str, str] = {}
    for name, content in shipment.items():
        path = folder / "data" / Path(name).relative_to("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (0, 0))
        here[name] = str(path)
        for above in Path(name).parents:
            here.setdefault(str(above), str(folder / "data" / above.relative_to("/")))
    return here


def _moved(parameters: Mapping[str, Any], here: Mapping[str, str]) -> dict[str, Any]:
    def moved(value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return [moved(item) for item in value]
        return here.get(value, value) if isinstance(value, str) else value

    return {name: moved(value) for name, value in parameters.items()}


def _all_see(client: Any, out: str) -> bool:
    """Say whether every worker finds a file that was just written into the batch's folder."""
    probe = Path(out, ".batch", f"seen-{uuid.uuid4().hex}")
    probe.write_text("seen", encoding="utf-8")
    try:
        return all(client.run(os.path.exists, str(probe)).values())
    finally:
        probe.unlink()


@contextmanager
def _client(scheduler: Any) -> Iterator[Any]:
    try:
        import distributed
    except ImportError as e:
        cure = "Install it with: pip install 'inquirylab[dask]'."
        raise BatchError("Dask is not installed", cure=cure) from e
    if isinstance(scheduler, distributed.Client):
        yield scheduler
        return
    if str(scheduler).startswith("tls:") and not distributed.Security().get_connection_args("client").get(
        "ssl_context"
    ):
        names = ", ".join(f"DASK_DISTRIBUTED__COMM__TLS__{name}" for name in ("CA_FILE", "CLIENT__CERT", "CLIENT__KEY"))
        cure = f"Name the files in Dask's configuration, or set {names}."
        raise BatchError("The scheduler is behind TLS and no certificate is configured", where=scheduler, cure=cure)
    try:
        client = distributed.Client(scheduler, timeout="10s", set_as_default=False)
    except (OSError, ValueError, TimeoutError) as e:
        cure = "Check the address and that the scheduler runs."
        raise BatchError("The scheduler cannot be reached", where=str(scheduler), found=str(e)[:120], cure=cure) from e
    try:
        try:
            client.wait_for_workers(1, timeout=WORKER_SECONDS)
        except TimeoutError as e:
            cure = "Start workers: dask worker ADDRESS."
            raise BatchError("The cluster has no workers", where=str(scheduler), cure=cure) from e
        yield client
    finally:
        with suppress(Exception):  # a scheduler that is gone has nothing to say goodbye to
            client.close(timeout=CLOSE_SECONDS)


def _lost(scheduler: Any) -> BatchError:
    cure = "Run the same command again: sites that ended are not run again."
    return BatchError("The scheduler was lost", where=str(scheduler), cure=cure)
