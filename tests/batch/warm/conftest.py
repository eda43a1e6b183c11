"""What the tests of the batch room share: notebooks in the making, both engines, and a count of what is left behind."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from inquirylab.batch.warm import stock_engine
from inquirylab.batch.warm.channel import AttentiveKernelManager
from inquirylab.batch.warm.forked_kernel import Life
from inquirylab.batch.warm.nursery import Nursery

KERNEL = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},
}
PRELOAD = ["numpy", "pandas", "altair", "ipywidgets", "matplotlib.pyplot"]


def notebook(*cells: str) -> Any:
    """A notebook of these cells; the first is tagged as parameters."""
    made = [new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(cells)]
    made[0].metadata["tags"] = ["parameters"]
    return new_notebook(cells=made, metadata=KERNEL)


def children() -> set[int]:
    """The processes below this one, and every zygote or kernel of a nursery of this process."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
            command = stat.with_name("cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        pid, parent = int(text.split()[0]), int(text.rpartition(")")[2].split()[1])
        if "resource_tracker" in command:
            continue  # Python's own, for pools; it ends with this process
        if parent == os.getpid() or f"inquirylab-{os.getpid()}-" in command:
            found.add(pid)
    return found


def described(processes: set[int]) -> list[str]:
    return [
        Path("/proc", str(p), "status").read_text()[:120] + str(Path("/proc", str(p), "cmdline").read_bytes())
        for p in processes
    ]


def until(true: Callable[[], bool], seconds: float = 5) -> bool:
    """Wait until something is true; say whether it came true."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """One zygote for all tests; when they end, nothing of it may be left."""
    before = children()
    with Nursery(preload=PRELOAD) as one:
        yield one
    assert until(lambda: not one.folder.exists()), f"{one.folder} is left"
    assert until(lambda: children() <= before), f"left behind: {described(children() - before)}"


@pytest.fixture
def no_process_left(nursery: Nursery) -> Iterator[None]:
    """After the test there are the processes of before, no more: no kernel and no child of one."""
    before = children()
    yield
    assert until(lambda: children() <= before), f"left behind: {described(children() - before)}"
    assert sorted(p.name for p in nursery.folder.iterdir()) == ["imports.json", "lock", "preload.json", "zygote"]


class Run:
    """Runs notebooks on either engine; keeps the error and what the kernel reported of its life."""

    def __init__(self, folder: Path, nursery: Nursery) -> None:
        self.folder, self.nursery = folder, nursery
        self.error: BaseException | None = None
        self.life = Life()

    def __call__(self, engine: str, source: Any, /, parameters: dict[str, Any] | None = None, **options: Any) -> Any:
        path = self.folder / f"{engine}.in.ipynb"
        nbformat.write(nbformat.read(source, 4) if isinstance(source, Path) else source, path)
        output = self.folder / f"{engine}.ipynb"
        self.error, self.life = None, Life()
        options.setdefault("execution_timeout", 120)  # a kernel that hangs is a failure, not an endless test
        if engine == "stock":
            options["kernel_manager_class"] = AttentiveKernelManager  # as it is, it seldom hangs: see that module
            if "output_limit" in options:
                options["engine_name"] = stock_engine.NAME
        else:
            options |= {"engine_name": "inquirylab", "nursery": self.nursery, "report": self._note}
        try:
            papermill.execute_notebook(path, output, parameters, progress_bar=False, cwd=self.folder, **options)
        except Exception as error:
            self.error = error
        return nbformat.read(output, 4)

    def _note(self, life: Life) -> None:
        self.life = life


@pytest.fixture
def run(tmp_path: Path, nursery: Nursery, no_process_left: None) -> Run:
    return Run(tmp_path, nursery)
