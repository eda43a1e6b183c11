"""Only what is on the list is preloaded, in the surroundings of a kernel, and its threads are counted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from inquirylab.batch.warm.nursery import Nursery
from inquirylab.batch.warm.preload import allowed, imported_by

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the warm engine forks")


def test_imports_are_found_in_cells_also_beside_magics() -> None:
    cells = [
        "%matplotlib inline\nimport numpy as np, os.path\n!ls",
        "from a.b import c\n  import deep",
        "from . import x",
        "x = 'import'",
    ]
    assert imported_by(cells) == ["numpy", "os.path", "a.b", "deep"]


def test_a_module_of_the_same_name_beside_the_notebook_is_left_to_the_kernel(tmp_path: Path) -> None:
    (tmp_path / "pandas.py").write_text("")
    (tmp_path / "numpy").mkdir()
    assert allowed(["pandas", "numpy.linalg", "altair", "unknown"], [tmp_path]) == ["altair"]


def test_the_zygote_starts_no_thread_and_tells_of_those_that_imports_start() -> None:
    with Nursery(preload=["numpy", "pandas", "altair", "no_such_library"]) as nursery:
        imports = {one["name"]: one for one in nursery.imports()}
        threads = nursery.facts["threads"]
    idle = sum(one["threads"] for one in imports.values())
    assert threads <= 1 + idle, "a pool may end with the first fork (OpenBLAS's does); no thread is its own"
    assert "ModuleNotFoundError" in imports["no_such_library"]["error"]
    assert {"numpy", "pandas", "altair"} <= imports.keys()


def test_libraries_see_a_kernel_when_they_are_imported() -> None:
    code = """
import json, os
from inquirylab.batch.warm.preload import import_all, like_a_kernel
with like_a_kernel():
    import_all(["pandas"])
import builtins, pandas
print(json.dumps([pandas.get_option("display.max_columns"), hasattr(builtins, "get_ipython"), "MPLBACKEND" in os.environ]))
"""
    clean = {k: v for k, v in os.environ.items() if k != "MPLBACKEND"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=clean)
    assert json.loads(done.stdout) == [20, False, False], done.stderr
