"""Limits of time, memory and output; what a site cost; what is left when a zygote, a kernel or a client dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from inquirylab.batch.warm.nursery import Nursery
from inquirylab.errors import BatchError
from tests.batch.warm.conftest import Run, children, notebook, until

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")


def test_cost_is_reported(run: Run) -> None:
    burn = "import time\nend = time.process_time() + 0.5\nwhile time.process_time() < end: pass\nblock = bytearray(80_000_000)"
    run("warm", notebook("site = 1"))
    idle = run.life
    run("warm", notebook("site = 1", burn))
    assert 0.5 <= run.life.cpu_seconds - idle.cpu_seconds < 0.9
    assert 70e6 < run.life.peak_memory - idle.peak_memory < 100e6
    assert run.life.exit_code == 0


def test_children_count_towards_the_cost(run: Run) -> None:
    burn = "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import time\\nwhile time.process_time() < 0.6: pass'])"
    run("warm", notebook("site = 1", burn))
    assert run.life.cpu_seconds > 0.6


def test_a_site_has_a_time_limit_of_its_own(run: Run) -> None:
    cells = ["site = 1", *["import time\ntime.sleep(0.5)"] * 6]
    done = run("warm", notebook(*cells), site_timeout=1.5)
    assert type(run.error).__name__ == "CellTimeoutError"
    statuses = [cell.metadata.papermill.status for cell in done.cells]
    assert statuses.count("completed") >= 2
    assert "KeyboardInterrupt" in str(done), "the traceback says where it was"


def test_a_cell_that_will_not_be_interrupted_is_killed(run: Run) -> None:
    stubborn = (
        "import time\nprint('on it')\nwhile True:\n    try: time.sleep(1)\n    except KeyboardInterrupt: print('no')"
    )
    start = time.monotonic()
    done = run("warm", notebook("site = 1", stubborn), site_timeout=1)
    assert "on it" in str(done)
    assert time.monotonic() - start < 12


def test_more_memory_than_allowed_is_a_memory_error_in_its_cell(run: Run) -> None:
    done = run(
        "warm", notebook("site = 1", "print('before')\nb = bytearray(900_000_000)", "1"), memory_limit=500_000_000
    )
    assert "MemoryError" in str(run.error)
    assert "before" in str(done)
    run("warm", notebook("site = 1", "b = bytearray(300_000_000)"), memory_limit=500_000_000)
    assert run.error is None


def test_a_cell_that_eats_ever_more_memory_is_stopped_and_the_next_site_runs(run: Run) -> None:
    eats = "print('before')\nkept = []\nwhile True:\n    kept.append('x' * 10_000_000)"
    done = run("warm", notebook("site = 1", eats, "print('never')"), memory_limit=400_000_000)
    assert "MemoryError" in str(run.error)
    outputs = str([cell.get("outputs") for cell in done.cells])
    assert "before" in outputs and "never" not in outputs
    assert "kept.append" in outputs, "its traceback is kept"
    assert run.life.peak_memory < 1_200_000_000
    run("warm", notebook("site = 2", "print(site)"), memory_limit=400_000_000)
    assert run.error is None


def test_a_table_that_grows_without_end_is_stopped(run: Run) -> None:
    eats = "import pandas as pd\nt = pd.DataFrame({'a': range(100_000)})\nwhile True:\n    t = pd.concat([t, t])"
    run("warm", notebook("site = 1", eats), memory_limit=500_000_000)
    assert "MemoryError" in str(run.error) or "unable to allocate" in str(run.error).lower()


CUT = "[The output of this cell was cut after 100,000 characters.]\n"
LOUD = {
    "prints": "for i in range(4_000): print('x' * 99)",
    "quiet": "print('next cell')",
    "clears": "from IPython.display import clear_output, display\nfor i in range(50):\n    clear_output()\n    print(i, 'x' * 9_999)",
    "animates": "for i in range(50):\n    clear_output(wait=True)\n    print(i, 'x' * 9_999)",
    "animates a table": "for i in range(50):\n    clear_output(wait=True)\n    display({'text/html': f'{i} ' + 'x' * 9_999}, raw=True)",
    "at once": "print('x' * 400_000, flush=True)\nprint('never')",
    "fills a widget": "import ipywidgets\nw = ipywidgets.Output()\nwith w:\n    for i in range(4_000): print('x' * 99)\nw",
    "animates a widget": (
        "w = ipywidgets.Output()\nfor i in range(50):\n    with w:\n        clear_output(wait=True)\n        print(i, 'x' * 9_999)"
    ),
    "fails": "for i in range(4_000): print('x' * 99)\nraise ValueError('after all that')",
    "never": "print('not reached')",
}


@pytest.mark.parametrize("engine", ["stock", "warm"])
def test_a_runaway_cell_is_cut_with_a_note(run: Run, engine: str) -> None:
    done = run(engine, notebook("site = 1", *LOUD.values()), output_limit=100_000)
    cells = {str(cell.source): cell for cell in done.cells}
    cells = {name: cells[source] for name, source in LOUD.items()}

    def text(cell: str) -> str:
        return "".join(output.get("text", "") for output in cells[cell].outputs)

    for cell in ("prints", "at once", "fails"):
        assert 100_000 <= len(text(cell)) < 100_200 and text(cell).endswith(CUT), cell
    assert text("quiet") == "next cell\n"
    for cell in ("clears", "animates"):
        assert text(cell).startswith("49 x") and CUT not in text(cell), "what was cleared does not count"
    assert [o.data["text/html"][:4] for o in cells["animates a table"].outputs] == ["49 x"]
    assert text("fills a widget").endswith(CUT)
    state = done.metadata.widgets["application/vnd.jupyter.widget-state+json"].state.values()
    held = ["".join(o.get("text", "") for o in w.state.outputs) for w in state if w.model_name == "OutputModel"]
    assert sorted(len(h) for h in held) == [10_003, 100_000] and any(h.startswith("49 x") for h in held)
    assert type(run.error).__name__ == "PapermillExecutionError", "a cell that failed has failed, however loud it was"
    assert "after all that" in str(cells["fails"].outputs[-1])
    assert cells["never"].outputs == []


def test_the_partial_notebook_is_on_disk_while_a_cell_runs(tmp_path: Path) -> None:
    source = tmp_path / "in.ipynb"
    source.write_text(
        __import__("nbformat").writes(
            notebook("site = 1", "print('first')\nimport time\ntime.sleep(5.2)", "print('second')", "time.sleep(60)")
        )
    )
    command = [
        sys.executable,
        "-m",
        "papermill",
        "--engine",
        "inquirylab",
        "--no-progress-bar",
        str(source),
        str(tmp_path / "out.ipynb"),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert until(lambda: (tmp_path / "out.ipynb").exists() and '"first' in (tmp_path / "out.ipynb").read_text(), 30)
    finally:
        process.kill()
        process.wait()
    assert until(lambda: not list(Path("/tmp").glob(f"inquirylab-{process.pid}-*"))), "its zygote ended with it"


def test_a_zygote_that_died_is_started_again(run: Run) -> None:
    with Nursery(preload=["json"]) as own:
        run.nursery = own
        run("warm", notebook("site = 1"))
        assert run.error is None
        os.kill(own.facts["pid"], signal.SIGKILL)
        run("warm", notebook("site = 2", "site"))
        assert run.error is None


def test_a_zygote_that_serves_nobody_is_ended_before_another_takes_its_place(no_process_left: None) -> None:
    with Nursery(preload=["json"]) as own:
        old = Path("/proc", str(own.facts["pid"]))
        (own.folder / "zygote").unlink()
        with own.connect():
            assert not old.exists()


def killed_while_it_starts(folder: Path) -> None:
    """Wait for a zygote that serves this folder, and kill it at once."""
    found = set[int]()

    def there() -> bool:
        commands = ((p, p.parent.name) for p in Path("/proc").glob("[0-9]*/cmdline"))
        for command, process in commands:
            try:
                if str(folder).encode() in command.read_bytes():
                    found.add(int(process))
            except OSError:
                continue
        return bool(found)

    assert until(there, 60)
    for process in found:
        os.kill(process, signal.SIGKILL)


def test_a_zygote_that_is_killed_while_it_starts_is_started_again() -> None:
    before = children()
    own = Nursery(preload=["pandas"])
    killer = threading.Thread(target=killed_while_it_starts, args=[own.folder])
    killer.start()
    with own:
        killer.join()
        with own.connect():
            assert Path("/proc", str(own.facts["pid"])).exists()
    assert until(lambda: not own.folder.exists() and children() <= before)


def test_a_zygote_that_cannot_start_is_an_error_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import os, sys\nif 'inquirylab.batch.warm.zygote' in sys.orig_argv: os._exit(1)"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    own = Nursery()
    with pytest.raises(BatchError, match="did not start"), own:
        pass
    assert not own.folder.exists()


def test_kernels_and_their_children_end_with_their_zygote(run: Run, tmp_path: Path) -> None:
    with Nursery() as own:
        run.nursery = own
        hang = (
            "import os, subprocess, time\nc = subprocess.Popen(['sleep', '300'])\n"
            "open('pids', 'w').write(f'{os.getpid()} {c.pid}')\n"
            f"os.kill({own.facts['pid']}, 9)\ntime.sleep(60)"
        )
        run("warm", notebook("site = 1", hang))
    assert type(run.error).__name__ == "DeadKernelError"
    for process in (tmp_path / "pids").read_text().split():
        assert until(
            lambda p=process: not Path("/proc", p).exists() or "State:\tZ" in Path("/proc", p, "status").read_text()
        )


def test_many_kernels_leave_nothing_in_the_zygote(run: Run) -> None:
    with Nursery(preload=["json"]) as own:
        run.nursery = own
        process = Path("/proc", str(own.facts["pid"]))

        def held() -> tuple[int, int]:
            return len(list((process / "fd").iterdir())), len(list((process / "task").iterdir()))

        run("warm", notebook("site = 1"))
        fewest = min(held() for _ in range(5))
        for _ in range(11):
            run("warm", notebook("site = 1"))
        assert until(lambda: held() <= fewest), (held(), fewest)  # the last reply may still be on its way out
        assert held()[1] == own.facts["threads"] == 1


def test_when_nobody_holds_it_the_zygote_ends_and_its_folder_is_gone() -> None:
    before = children()
    with Nursery() as own:
        assert (own.folder.stat().st_mode & 0o777) == 0o700
        assert ((own.folder / "zygote").stat().st_mode & 0o077) == 0
    assert until(lambda: not own.folder.exists() and children() <= before)
