"""Processor time of one site, notebook and page: `inquirylab batch` beside what people use today.

One run, interleaved: half of the loop, the others, the other half of the loop. Counted is the processor time of all
descendants, whoever their parent became (this process adopts orphans), divided by the number of sites; so the start of
processes, the canary and the report are in it. The wall clock says more about the machine than about the program.

    python benchmarks/batch.py [--sites 100] [--workers 2] [--only NAME]...
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
TEMPLATE = ROOT / "notebooks" / "templates" / "06_progress.ipynb"
SITES = ROOT / "examples" / "england" / "sites.csv"
BIN = Path(sys.executable).parent


def jobs(first: int, last: int) -> list[Any]:
    from inquirylab.batch.run import make_plan

    return list(make_plan("progress", SITES).jobs[first:last])


def loop(first: int, last: int, out: Path, workers: int) -> list[Any]:
    """The loop of a shell script: papermill, then jupyter nbconvert, for each site, as many at once as workers."""
    lines = []
    for job in jobs(first, last):
        parameters = out / f"{job.slug}.yaml"
        parameters.write_text(json.dumps(dict(job.parameters)))  # JSON is YAML
        notebook = out / f"{job.slug}.ipynb"
        lines.append(
            f"{BIN}/papermill --no-progress-bar -f {parameters} {TEMPLATE} {notebook} && "
            f"{BIN}/jupyter nbconvert --to html --no-input --log-level ERROR {notebook}"
        )
    script = out / "loop.txt"
    script.write_text("\n".join(lines) + "\n")
    return ["sh", "-c", f"tr '\\n' '\\0' < {script} | xargs -0 -P {workers} -I LINE sh -c LINE 2>/dev/null"]


def ours(first: int, last: int, out: Path, workers: int) -> list[Any]:
    """What this project does; the sites are the first of the list."""
    options = ["--limit", last - first, "--workers", workers, "--progress", "none"]
    return [sys.executable, "-m", "inquirylab", "batch", "progress", SITES, "--out", out / "report", *options]


def itself(name: str) -> Callable[[int, int, Path, int], list[Any]]:
    def command(first: int, last: int, out: Path, workers: int) -> list[Any]:
        return [sys.executable, __file__, "--work", name, str(first), str(last), str(out), str(workers)]

    return command


def run_papermill(job: Any, out: Path) -> None:
    import nbconvert
    import papermill

    target = str(out / f"{job.slug}.ipynb")
    papermill.execute_notebook(str(TEMPLATE), target, dict(job.parameters), progress_bar=False)
    page, _ = nbconvert.HTMLExporter(exclude_input=True).from_filename(target)
    (out / f"{job.slug}.html").write_text(page)


def run_ploomber(job: Any, out: Path) -> None:
    import nbconvert
    from ploomber_engine import execute_notebook

    target = str(out / f"{job.slug}.ipynb")
    execute_notebook(str(TEMPLATE), target, parameters=dict(job.parameters), progress_bar=False)
    page, _ = nbconvert.HTMLExporter(exclude_input=True).from_filename(target)
    (out / f"{job.slug}.html").write_text(page)


def run_pure(job: Any, out: Path) -> None:
    """The cells of the template as a function: no kernel, no notebook, no isolation."""
    import inquirylab

    given = job.parameters
    progress = inquirylab.Progress(given["site"], given["data"], given["measure"])
    parts = [progress.headline(), progress.chart(), progress.words(), progress.other_measures(), progress.missing()]
    (out / f"{job.slug}.json").write_text(json.dumps([part._repr_mimebundle_() for part in parts], default=str))


def work(name: str, first: int, last: int, out: Path, workers: int) -> None:
    """Run one of the peers that are Python functions, in this process and its workers."""
    function = {"joblib": run_papermill, "ploomber": run_ploomber, "pure": run_pure}[name]
    if name == "joblib":
        from joblib import Parallel, delayed

        Parallel(n_jobs=workers)(delayed(function)(job, out) for job in jobs(first, last))
        return
    if workers == 1:
        for job in jobs(first, last):
            function(job, out)
        return
    # ploomber-engine dies in a process pool: plain processes, each with its part of the sites
    step = -(-(last - first) // workers)
    parts = [(start, min(start + step, last)) for start in range(first, last, step)]
    command = [sys.executable, __file__, "--work", name]
    running = [subprocess.Popen([*command, str(a), str(b), str(out), "1"]) for a, b in parts]
    if max(process.wait() for process in running):
        raise SystemExit(1)


PEERS: dict[str, tuple[str, Callable[[int, int, Path, int], list[Any]], tuple[str, ...]]] = {
    "loop": ("papermill + jupyter nbconvert, a loop", loop, ("papermill", "nbconvert")),
    "ours": ("inquirylab batch", ours, ()),
    "ploomber": ("ploomber-engine + HTMLExporter, no isolation", itself("ploomber"), ("ploomber_engine",)),
    "pure": ("the pure function in a warm process", itself("pure"), ()),
    "joblib": ("papermill + HTMLExporter in joblib", itself("joblib"), ("joblib",)),
}


def adopt_orphans() -> None:
    ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER: what a program leaves behind is counted too


def measure(command: Iterable[Any]) -> tuple[float, float]:
    """Return processor and wall seconds of a command with everything that it started."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([str(part) for part in command], stdout=subprocess.DEVNULL, cwd=ROOT)
    if done.returncode:
        raise SystemExit(f"ended with {done.returncode}: {command}")
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            break
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sites", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", action="append", choices=list(PEERS))
    options = parser.parse_args()
    adopt_orphans()
    names = [name for name in PEERS if not options.only or name in options.only]
    for name in [n for n in names if any(find_spec(module) is None for module in PEERS[n][2])]:
        print(f"left out, not installed: {PEERS[name][0]} ({', '.join(PEERS[name][2])})")
        names.remove(name)
    half = options.sites // 2
    runs = [(name, 0, options.sites) for name in names if name != "loop"]
    if "loop" in names:
        runs = [("loop", 0, half), *runs, ("loop", half, options.sites)]
    cpu, wall = dict.fromkeys(names, 0.0), dict.fromkeys(names, 0.0)
    for name, first, last in runs:
        with tempfile.TemporaryDirectory() as folder:
            spent, took = measure(PEERS[name][1](first, last, Path(folder), options.workers))
        cpu[name] += spent
        wall[name] += took
        print(f"  {PEERS[name][0]}: sites {first + 1} to {last}, {spent / (last - first):.2f} s each", flush=True)
    print(f"\n{options.sites} sites, {options.workers} workers, processor seconds a site (all descendants)")
    base = cpu.get("loop", 0.0)
    for name in names:
        each = cpu[name] / options.sites
        ratio = f"{base / cpu[name]:5.1f} x less than the loop" if base else ""
        print(f"{PEERS[name][0]:48} {each:6.2f} s   wall {wall[name] / options.sites:6.2f} s   {ratio}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]), int(sys.argv[6]))
    else:
        main()
