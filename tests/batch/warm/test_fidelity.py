"""The warm engine's notebooks are stock papermill's, cell by cell: on awkward cells and on every way to fail."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from inquirylab.batch.run import make_plan
from inquirylab.batch.warm.canonical import differences
from inquirylab.templates import find_template, list_templates, parameters
from tests.batch.warm.conftest import Run, notebook, until
from tests.batch.warm.strange import STRANGE

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")
AWKWARD = Path(__file__).parent / "notebooks" / "awkward.ipynb"


def test_awkward_cells_give_the_same_notebook(run: Run) -> None:
    stock = run("stock", AWKWARD, {"site": "Leeds & York"})
    warm = run("warm", AWKWARD, {"site": "Leeds & York"})
    assert differences(stock, warm) == []
    text = str(warm)
    assert "still here Leeds & York 3" in text, "the last cell was reached"
    assert warm.metadata.widgets, "widgets were kept"


def test_strange_cells_give_the_same_notebook(run: Run, tmp_path: Path) -> None:
    source = notebook(*STRANGE.values())
    for cell in source.cells[1:]:
        cell.metadata.tags = ["raises-exception"]  # each is reached, whatever those before did
    stock = run("stock", source)
    for left in ("own_module.py", "script.py"):  # a file that is there already is told otherwise
        (tmp_path / left).unlink()
    shutil.rmtree(tmp_path / "__pycache__", ignore_errors=True)
    warm = run("warm", source)
    names = {text: name for name, text in STRANGE.items()}
    assert [(names.get(warm.cells[d.cell].source, "the notebook"), str(d)) for d in differences(stock, warm)] == []
    assert "the last cell" in str(warm.cells[-1].outputs)


ENGLAND = Path(__file__).parents[3] / "examples" / "england"


INQUIRY = ENGLAND.parent / "oulad" / "inquiry"


@pytest.mark.slow
def test_the_template_of_a_batch_gives_the_same_notebook(run: Run) -> None:
    job = make_plan("progress", ENGLAND / "sites.csv", where="site == 'Leeds'").jobs[0]
    template = find_template("progress")
    stock = run("stock", template, dict(job.parameters))
    assert run.error is None
    assert differences(stock, run("warm", template, dict(job.parameters))) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "stem", [s for s, p in list_templates().items() if "inquiry" in parameters(json.loads(p.read_text()))]
)
def test_every_template_gives_the_same_notebook_of_an_inquiry(run: Run, stem: str, tmp_path: Path) -> None:
    chosen = {"inquiry": str(shutil.copytree(INQUIRY, tmp_path / "worked"))}
    template = find_template(stem)
    stock = run("stock", template, chosen)
    assert run.error is None
    assert differences(stock, run("warm", template, chosen)) == []


FAILURES = {
    "exception": "def f(n):\n    raise ValueError(n)\nf(3)",
    "sys.exit": "import sys\nsys.exit(2)",
    "sys.exit without a code": "import sys\nsys.exit()",
    "IPython's exit": "exit",
    "syntax": "print('a'\n",
    "unknown magic": "%no_such_magic",
    "recursion": "def f(): return f()\nf()",
    "keyboard interrupt": "raise KeyboardInterrupt",
    "failing thread": "import threading\nt = threading.Thread(target=lambda: 1 / 0)\nt.start()\nt.join()\nassert 0",
    "exception group": "raise ExceptionGroup('both', [ValueError(1), TypeError('two')])",
    "out of memory": (
        "import resource\nlimit = int(open('/proc/self/statm').read().split()[0]) * 4096 + 200_000_000\n"
        "resource.setrlimit(resource.RLIMIT_AS, (limit, limit))\nblock = bytearray(900_000_000)"
    ),
    "await": "import asyncio\nasync def f():\n    await asyncio.sleep(0)\n    raise OSError('late')\nawait f()",
}


@pytest.mark.parametrize("cell", FAILURES.values(), ids=FAILURES)
def test_failures_are_the_same(run: Run, cell: str) -> None:
    source = notebook("site = 1", "print('before')", cell, "print('never')")
    stock = run("stock", source)
    expected = run.error
    warm = run("warm", source)
    found = differences(stock, warm)
    if cell == "exit":  # whether the kernel still answers its client's last question is chance, on stock as well
        assert {type(e).__name__ for e in (expected, run.error)} <= {"NoneType", "DeadKernelError"}
        found = [d for d in found if d.part != "metadata"]
    else:
        assert type(run.error) is type(expected)
    assert found == []
    assert "before" in str(warm), "what came before the failure is kept"


DEATHS = {
    "exit": "import os\nos._exit(7)",
    "segmentation fault": "import ctypes\nctypes.string_at(0)",
    "killed": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "aborted": "import os\nos.abort()",
}


@pytest.mark.parametrize(("cell", "code"), list(zip(DEATHS.values(), (7, -11, -9, -6), strict=True)), ids=DEATHS)
def test_sudden_deaths_are_the_same(run: Run, cell: str, code: int) -> None:
    source = notebook("site = 1", "print('before')", cell, "print('never')")
    stock = run("stock", source)
    expected = run.error
    warm = run("warm", source)
    # Whether the number of the last cell still leaves the dying process is chance, on stock as well.
    assert [d for d in differences(stock, warm) if (d.cell, d.part) != (2, "execution_count")] == []
    assert type(run.error) is type(expected)
    assert run.life.exit_code == code
    assert "before" in str(warm), "what came before the failure is kept"


LIMITS = {
    "endless loop": "while True:\n    pass",
    "sleep": "import time\ntime.sleep(60)",
    "awaited sleep": "import asyncio\nawait asyncio.sleep(60)",
    "child": "import subprocess\nsubprocess.run(['sleep', '60'])",
}


@pytest.mark.parametrize("cell", LIMITS.values(), ids=LIMITS)
def test_a_cell_past_its_time_limit_leaves_the_same_traceback(run: Run, cell: str) -> None:
    source = notebook("site = 1", f"print('before')\n{cell}", "print('never')")
    stock = run("stock", source, execution_timeout=1)
    expected = run.error
    warm = run("warm", source, execution_timeout=1)
    assert differences(stock, warm) == []
    assert type(run.error) is type(expected)
    assert str(run.error) == str(expected)
    assert "KeyboardInterrupt" in str(warm) or "CancelledError" in str(warm) or "asyncio" in str(warm)


def test_a_child_left_over_ends_with_its_kernel(run: Run, tmp_path: Path) -> None:
    start = "import subprocess\nchild = subprocess.Popen(['sleep', '300'])\nopen('child', 'w').write(str(child.pid))"
    warm = run("warm", notebook("site = 1", start))
    assert run.error is None
    child = int((tmp_path / "child").read_text())
    assert until(lambda: not Path("/proc", str(child)).exists())
    assert warm.cells[1].outputs[0].data["text/plain"]


def test_a_child_of_a_kernel_that_died_ends_too(run: Run, tmp_path: Path) -> None:
    start = (
        "import os, subprocess\nchild = subprocess.Popen(['sleep', '300'])\nopen('child', 'w').write(str(child.pid))"
    )
    run("warm", notebook("site = 1", start, "os._exit(1)"))
    child = int((tmp_path / "child").read_text())
    assert until(lambda: not Path("/proc", str(child)).exists())


def test_what_a_notebook_leaves_open_is_written_to_disk(run: Run, tmp_path: Path) -> None:
    cells = [
        "site = 1",
        "kept = open('kept.txt', 'w')\nkept.write('all of it')",
        "import tempfile\ntemporary = tempfile.TemporaryDirectory(dir='.')",
        "class Last:\n    def __del__(self): open('last.txt', 'w').write('freed')\nlast = Last(); last.me = last",
        "import atexit\natexit.register(lambda: open('exit.txt', 'w').write('exit'))",
    ]
    for engine in ("stock", "warm"):
        run(engine, notebook(*cells))
        assert run.error is None
        left = {p.name: p.read_text() for p in tmp_path.iterdir() if p.suffix == ".txt"}
        assert left == {"kept.txt": "all of it", "last.txt": "freed", "exit.txt": "exit"}, engine
        assert not [p for p in tmp_path.iterdir() if p.is_dir()], engine
        for name in left:
            (tmp_path / name).unlink()
