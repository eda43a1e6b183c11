"""Thousands of sites leave nothing behind; kill -9 at random moments loses nothing.

The short form runs always. INQUIRYLAB_SOAK=1 runs 2,000 sites and 20 kills (INQUIRYLAB_SOAK_SITES for another number).
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import pytest

from inquirylab.batch.journal import read
from tests.batch.warm.conftest import described, notebook, until

SOAK = bool(os.environ.get("INQUIRYLAB_SOAK"))
SITES = int(os.environ.get("INQUIRYLAB_SOAK_SITES", "2000")) if SOAK else 24
KILLS = 20 if SOAK else 2
VICTIMS = ("supervisor", "zygote", "kernel", "worker")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="the warm engine forks")]
LEAVES_A_CHILD = "import subprocess\nchild = subprocess.Popen(['sleep', '900'])"
CELL = "import os, time\ntime.sleep(pause)\nprint(open(data).read())\nopen(data + '.pid', 'w').write(str(os.getpid()))"


def prepared(folder: Path, sites: int, pause: float, *cells: str) -> list[str]:
    """A list of sites in `folder`; the command that runs it."""
    nbformat.write(notebook(f"site = ''\ndata = ''\npause = {pause}", *cells, CELL), folder / "t.ipynb")
    for n in range(sites):
        (folder / f"{n}.txt").write_text(f"data of {n}")
    (folder / "sites.csv").write_text("site,data\n" + "".join(f"site {n},{n}.txt\n" for n in range(sites)))
    paths = [str(folder / "t.ipynb"), str(folder / "sites.csv"), "--out", str(folder / "out")]
    return [
        sys.executable,
        "-m",
        "inquirylab",
        "batch",
        *paths,
        "--workers",
        "2",
        "--engine",
        "warm",
        "--progress",
        "none",
    ]


def state(process: int) -> tuple[int, int, int]:
    """Open files, threads, resident kilobytes."""
    proc = Path("/proc", str(process))
    resident = next(line for line in (proc / "status").read_text().splitlines() if line.startswith("VmRSS"))
    return len(list((proc / "fd").iterdir())), len(list((proc / "task").iterdir())), int(resident.split()[1])


def zygote_of(supervisor: int) -> int | None:
    """The process that serves the nursery of this supervisor; its kernels carry the same command line but another parent."""
    found = []
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if f"inquirylab-{supervisor}-".encode() in command.read_bytes():
                found.append(int(command.parent.name))
        except OSError:
            continue
    return min(found, default=None)


def zombies(parent: int) -> int:
    count = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        count += after[0] == "Z" and int(after[1]) == parent
    return count


def test_many_sites_in_one_run_leave_nothing_behind(tmp_path: Path) -> None:
    temporary = Path(tempfile.mkdtemp(prefix="soak", dir="/tmp"))  # short: Unix sockets live below it
    environment = {**os.environ, "TMPDIR": str(temporary)}
    process = subprocess.Popen(prepared(tmp_path, SITES, 0), stdout=subprocess.DEVNULL, env=environment)
    journal = tmp_path / "out" / ".batch" / "journal"
    seen: list[dict[str, object]] = []
    while process.poll() is None:
        time.sleep(2 if SOAK else 0.3)
        done, zygote = sum(1 for _ in read(journal)), zygote_of(process.pid)
        if done > SITES // 10 and zygote and process.poll() is None:
            try:
                about = {
                    "done": done,
                    "supervisor": state(process.pid),
                    "zygote": state(zygote),
                    "dead": zombies(zygote),
                }
            except (OSError, StopIteration):
                continue
            seen.append({**about, "temporary": sum(1 for _ in temporary.rglob("*"))})
    assert process.returncode == 0
    if SOAK:
        print("\n".join(str(one) for one in seen[:: max(1, len(seen) // 12)]))
    first, last = seen[0], seen[-1]
    for who in ("supervisor", "zygote"):
        files, threads, memory = zip(first[who], last[who], strict=True)  # type: ignore[call-overload]
        assert files[1] <= files[0] + 4 and threads[1] <= threads[0] + 1, (who, first, last)
        assert memory[1] - memory[0] < 4_000 + 4 * SITES, (who, first, last)
    assert max(int(str(one["dead"])) for one in seen) <= 2, "the dead are reaped"
    assert max(int(str(one["temporary"])) for one in seen) <= 40, "no kernel leaves its sockets behind"
    assert list(temporary.iterdir()) == []
    temporary.rmdir()
    manifest = json.loads((tmp_path / "out" / "batch.json").read_text())
    assert [site["outcome"] for site in manifest["sites"]] == ["completed"] * SITES


def test_kill_9_at_random_moments(tmp_path: Path) -> None:
    """Of the supervisor, a worker, the zygote or a kernel, also while both engines are tried.

    Nothing of the batch stays, no process (a child that a cell left behind is one too) and no temporary file; every
    notebook is whole; the same command completes.
    """
    sites, chance = (16 if SOAK else 12), random.Random(8)
    command = prepared(tmp_path, sites, 0.05, LEAVES_A_CHILD)
    out, journal = tmp_path / "out", tmp_path / "out" / ".batch" / "journal"
    temporary = Path(tempfile.mkdtemp(prefix="soak", dir="/tmp"))
    mark = f"{os.getpid()}-{time.time()}"
    environment = {**os.environ, "TMPDIR": str(temporary), "INQUIRYLAB_TEST_MARK": mark}
    subprocess.run([*command, "--limit", "1"], check=True, stdout=subprocess.DEVNULL, env=environment)
    for kill in range(KILLS):
        victim = VICTIMS[kill % len(VICTIMS)]
        if kill % 5 == 4:
            (out / ".batch" / "trial.json").unlink()  # so that the trial comes before the first site
        for n in range(sites):  # new data, so that all run again
            (tmp_path / f"{n}.txt").write_text(f"data of {n}, {kill}")
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        assert until(lambda p=process: zygote_of(p.pid) is not None or p.poll() is not None, 300)
        waited = chance.uniform(0, 6)
        time.sleep(waited)
        assert until(lambda v=victim, p=process: _target(v, p.pid) is not None or p.poll() is not None, 300)
        target = _target(victim, process.pid)
        if target and process.poll() is None:
            os.kill(target, signal.SIGKILL)
        process.wait(timeout=1200)
        report = f"{kill}: killed the {victim} ({target}) after {waited:.1f} s, {sum(1 for _ in read(journal))} lines"
        assert until(lambda: not marked(mark), 60), f"{report}: left behind {described(marked(mark))}"
        assert list(temporary.iterdir()) == [], report
        for path in (out / "notebooks").glob("*.ipynb"):
            if not path.name.startswith("."):
                nbformat.validate(nbformat.read(path, 4))
        again = subprocess.run(command, stdout=subprocess.DEVNULL, env=environment)
        assert again.returncode == 0, report
        for n in range(sites):
            written = (out / "notebooks" / f"site-{n}.ipynb").read_text()
            assert f"data of {n}, {kill}" in written, f"{report}: whole, and the newest"
        if SOAK:
            print(report, "-> exit", process.returncode, flush=True)
    assert len({entry.slug for entry in read(journal)}) == sites
    assert not list(out.rglob("*.partial*"))
    assert until(lambda: not marked(mark), 60) and list(temporary.iterdir()) == []
    temporary.rmdir()


def marked(mark: str) -> set[int]:
    """Every living process that was started with this mark in its environment, whoever its parent is by now."""
    found = set()
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"INQUIRYLAB_TEST_MARK={mark}".encode() in environment.read_bytes():
                found.add(int(environment.parent.name))
        except OSError:
            continue
    return found


def _target(victim: str, supervisor: int) -> int | None:
    if victim == "supervisor":
        return supervisor
    if victim == "zygote":
        return zygote_of(supervisor)
    of = supervisor if victim == "worker" else zygote_of(supervisor)
    children = [child for child in _children(of) if victim == "kernel" or b"spawn_main" in _command(child)]
    return children[0] if children else None


def _children(process: int | None) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""
