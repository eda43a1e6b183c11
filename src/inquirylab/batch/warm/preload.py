"""What a zygote may import, and in which surroundings.

A library is on the list when importing it and forking afterwards was tried and gave the same notebooks. Importing is
all that a zygote does with it: polars and vl_convert, for example, hang in a fork of a process that has *used* them.
"""

from __future__ import annotations

import builtins
import importlib
import os
import re
import sys
import threading
import time
import types
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ALLOWED = frozenset({
    "altair", "anywidget", "bleach", "dateutil", "inquirylab", "ipywidgets", "jinja2", "jsonschema", "markupsafe",
    "matplotlib", "matplotlib_inline", "narwhals", "numpy", "pandas", "psygnal", "pyarrow", "scipy", "sklearn",
    "statsmodels", "tomllib", "tqdm", "zoneinfo",
})  # fmt: skip
KERNEL = ("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell")
"""Where every kernel begins; what else it imports to start is learnt from one (`modules_of_a_kernel`)."""

_IMPORT = re.compile(r"^\s*(?:from\s+([\w.]+)\s+import\b|import\s+([\w., ]+))", re.MULTILINE)


@dataclass(frozen=True)
class Import:
    """One library in a zygote: how long it took and how many threads its import left (idle pools)."""

    name: str
    seconds: float
    threads: int = 0
    error: str = ""


def imported_by(sources: Iterable[str]) -> list[str]:
    r"""Return the modules that these cells import, each once, in the order of the cells.

    Examples
    --------
    >>> imported_by(["import pandas as pd, os.path", "%matplotlib inline\nfrom inquirylab.spc import analyse"])
    ['pandas', 'os.path', 'inquirylab.spc']
    """
    found: dict[str, None] = {}
    for source in sources:
        for from_, names in _IMPORT.findall(source):
            for name in [from_] if from_ else names.split(","):
                first = name.split(" as ")[0].strip()
                if first and not first.startswith("."):
                    found[first] = None
    return list(found)


def allowed(modules: Iterable[str], folders: Iterable[Path] = ()) -> list[str]:
    """Return those of `modules` that a zygote may import.

    A library is left to the kernel where one of `folders` (the notebook's working folder, ``PYTHONPATH``) holds a
    module of the same name: there the notebook would import that one.

    Examples
    --------
    >>> allowed(["pandas", "secret_tool", "inquirylab.spc"])
    ['pandas', 'inquirylab.spc']
    """
    places = list(folders)

    def shadowed(top: str) -> bool:
        return any((place / top).is_dir() or (place / f"{top}.py").exists() for place in places)

    tops = {name.partition(".")[0] for name in modules} & ALLOWED
    open_ = {top for top in tops if top == "inquirylab" or not shadowed(top)}
    return [name for name in modules if name.partition(".")[0] in open_]


def threads() -> int:
    """Return how many threads this process has, also those that Python does not know of."""
    return len(os.listdir("/proc/self/task"))  # noqa: PTH208


@contextmanager
def like_a_kernel() -> Iterator[None]:
    """Surround imports with what libraries look for when they are imported in a kernel.

    pandas asks ``get_ipython().kernel`` (and then shows 20 columns); matplotlib reads ``MPLBACKEND``.
    """
    from traitlets.config import Config

    shell = types.SimpleNamespace(
        kernel=object(),
        config=Config({"IPKernelApp": {"connection_file": "zygote"}}),
        has_trait=lambda name: name == "kernel",
    )
    backend = os.environ.get("MPLBACKEND")
    os.environ["MPLBACKEND"] = backend or "module://matplotlib_inline.backend_inline"
    builtins.get_ipython = lambda: shell  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del builtins.get_ipython  # type: ignore[attr-defined]
        if backend is None:
            del os.environ["MPLBACKEND"]


@contextmanager
def quiet_debugger() -> Iterator[None]:
    """Keep debugpy from warning on the terminal when it is imported; in a kernel nobody hears that warning."""
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    try:
        yield
    finally:
        del os.environ["PYDEVD_DISABLE_FILE_VALIDATION"]


def import_all(names: Iterable[str]) -> list[Import]:
    """Import each of `names` and report what it cost; one that cannot be imported is left to the kernel."""
    done = []
    for name in names:
        if name in sys.modules:
            continue
        start, before = time.perf_counter(), threads()
        error = ""
        try:
            importlib.import_module(name)
        except Exception as problem:  # what an import may raise is not known
            error = f"{type(problem).__name__}: {problem}"
        if threading.active_count() > 1:
            error = f"starts a Python thread ({threading.enumerate()[-1].name})"
        done.append(Import(name, round(time.perf_counter() - start, 4), threads() - before, error))
    return done
