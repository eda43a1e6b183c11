"""One notebook on one of the two engines: papermill's own, or the warm one. What it cost and read comes back with it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEFAULT_KERNEL = {"kernel_name": "python3", "language": "python"}
"""For a notebook that a tool made, which names none."""
TRIES_WHEN_ORPHANED = 2
"""How often a site is begun anew when not its kernel but the zygote died; after that, stock runs it."""


@dataclass(frozen=True)
class Request:
    """What an engine is asked to do.

    Attributes
    ----------
    template, output
        Paths of the notebook to run and of the notebook to write.
    parameters
        Injected after the cell tagged ``parameters``.
    timeout
        Seconds that a cell may take.
    memory_limit
        Bytes that a notebook may ask for beyond what its kernel starts with (warm engine), or None.
    nursery
        Folder that the processes of one batch on one host share; "" for one of this process's own.
    preload
        What its zygote imports, where it is this process that starts it.
    """

    template: str
    output: str
    parameters: Mapping[str, Any]
    timeout: int | None = None
    memory_limit: int | None = None
    nursery: str = ""
    preload: tuple[str, ...] = ()


@dataclass(frozen=True)
class Execution:
    """How it went.

    Attributes
    ----------
    error
        What papermill raised, or None.
    kernel_seconds
        Processor seconds of a kernel that was no child of this process (a child's are counted with this process's).
    peak_memory
        Most bytes that the kernel held, None where it is not known.
    reads
        What the notebook read, None where it is not known.
    """

    error: Exception | None
    kernel_seconds: float = 0.0
    peak_memory: float | None = None
    reads: dict[str, list[str]] | None = None


def run_stock(request: Request, record: bool = True) -> Execution:
    """Run a notebook as papermill does; with `record`, an IPython extension in the kernel tells what was read."""
    from inquirylab.batch.warm import stock_engine
    from inquirylab.batch.warm.channel import AttentiveKernelManager

    options: dict[str, Any] = {"engine_name": stock_engine.NAME, "kernel_manager_class": AttentiveKernelManager}
    with _private_folder(Path(f"{request.output}.reads")) as folder, _peak_memory() as peak:
        report = folder / "reads.json"
        if record and _is_ipykernel(request.template):
            os.environ["INQUIRYLAB_READS"] = str(report)
            options["extra_arguments"] = ["--ext=inquirylab.batch.warm.reads"]
        try:
            error = _papermill(request, autosave_cell_every=5, **options)
        finally:
            os.environ.pop("INQUIRYLAB_READS", None)
        return Execution(error, 0.0, peak(), json.loads(report.read_text("utf-8")) if report.exists() else None)


@contextlib.contextmanager
def _private_folder(folder: Path) -> Iterator[Path]:
    """Make a folder beside a partial notebook for as long as it runs; where a kill leaves both, both are tidied up."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_warm(request: Request, learn: bool = False) -> Execution:
    """Run a notebook in a forked kernel; where the zygote dies again and again, run it as stock does."""
    from inquirylab.batch.warm.forked_kernel import Life

    for _ in range(TRIES_WHEN_ORPHANED):
        lives = [Life()]
        options = {"record_reads": True, "learn": learn, "memory_limit": request.memory_limit, "report": lives.append}
        if request.nursery:
            options["nursery"] = shared_nursery(request.nursery, request.preload)
        error = _papermill(request, engine_name="inquirylab", **options)
        life = lives[-1]
        if not life.orphaned:
            return Execution(error, life.cpu_seconds, life.peak_memory or None, life.reads)
    return run_stock(request)


def _papermill(request: Request, **options: Any) -> Exception | None:
    import papermill

    Path(request.output).unlink(missing_ok=True)
    try:
        papermill.execute_notebook(
            request.template,
            request.output,
            parameters=dict(request.parameters),
            progress_bar=False,
            log_output=False,
            execution_timeout=request.timeout,
            request_save_on_cell_execute=True,
            **({} if _kernel(request.template) else DEFAULT_KERNEL),
            **options,
        )
    except Exception as e:  # whatever a notebook does, the batch goes on
        return e
    return None


_nurseries: dict[tuple[int, str], Any] = {}


def shared_nursery(folder: str, preload: Sequence[str] = ()) -> Any:
    """Return this process's hold on the nursery in `folder`; the zygote lives as long as any process holds it."""
    from inquirylab.batch.warm.nursery import Nursery

    key = (os.getpid(), folder)
    if key not in _nurseries:
        _nurseries[key] = Nursery(Path(folder), preload)
    return _nurseries[key]


def kernel_named(notebook: Mapping[str, Any]) -> str:
    """Return the name of the kernel that a notebook asks for, or ""."""
    return str(notebook.get("metadata", {}).get("kernelspec", {}).get("name", ""))


def _kernel(template: str) -> str:
    return kernel_named(json.loads(Path(template).read_text(encoding="utf-8")))


def _is_ipykernel(template: str) -> bool:
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec(_kernel(template) or DEFAULT_KERNEL["kernel_name"])
    except NoSuchKernel:
        return False
    return "ipykernel_launcher" in spec.argv


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
            most[0] = max(most[0], total)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield lambda: most[0] or None
    finally:
        done.set()
        watcher.join()
