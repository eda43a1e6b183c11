"""A batch goes on where it was: nothing runs twice, nothing that changed is skipped; both engines, and a cluster."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import nbformat
import pytest

from inquirylab.batch.execution import _chosen
from inquirylab.batch.journal import read
from inquirylab.batch.run import Settings, make_plan, run_batch
from inquirylab.batch.watch import Watched
from inquirylab.errors import BatchError, SiteListError
from tests.batch.warm.conftest import notebook, until

CELLS = ("site = ''\ndata = ''\nnumber = 1", "text = open(data).read()\nprint(site, number, text)")
WARM = pytest.mark.skipif(sys.platform != "linux", reason="the warm engine forks")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")


class Batch:
    """A small batch in a folder of its own."""

    def __init__(self, folder: Path, sites: int = 3, *cells: str) -> None:
        self.folder, self.out = folder, folder / "out"
        self.template(*(cells or CELLS))
        for n in range(sites):
            (folder / f"{n}.txt").write_text(f"data of {n}")
        rows = "".join(f"site {n},{n}.txt\n" for n in range(sites))
        (folder / "sites.csv").write_text("site,data\n" + rows)

    def template(self, *cells: str) -> None:
        nbformat.write(notebook(*cells), self.folder / "t.ipynb")

    def run(self, limit: int | None = None, where: str | None = None, **settings: Any) -> dict[str, str]:
        plan = make_plan(self.folder / "t.ipynb", self.folder / "sites.csv", limit, where)
        done = run_batch(plan, self.out, Settings(**{"workers": 1, "engine": "warm", **settings}))
        return {outcome.name.removeprefix("site "): outcome.outcome for outcome in done}

    def command(self, *options: str) -> list[str]:
        return [sys.executable, "-m", "inquirylab", "batch", str(self.folder / "t.ipynb"), str(self.folder / "sites.csv"),
                "--out", str(self.out), "--workers", "2", "--progress", "json", *options]  # fmt: skip


@pytest.fixture
def small(tmp_path: Path) -> Batch:
    return Batch(tmp_path)


RAN, SKIPPED = "completed", "skipped"


@WARM
def test_what_changed_runs_again_and_nothing_else(small: Batch) -> None:
    everything = {"0": RAN, "1": RAN, "2": RAN}
    nothing = {"0": SKIPPED, "1": SKIPPED, "2": SKIPPED}
    assert small.run() == everything
    index = (small.out / "index.html").stat().st_mtime_ns
    assert small.run() == nothing
    assert (small.out / "index.html").stat().st_mtime_ns == index, "the report is left as it is"
    (small.folder / "1.txt").write_text("new data")
    (small.out / "notebooks" / "site-2.ipynb").unlink()
    assert small.run() == {"0": SKIPPED, "1": RAN, "2": RAN}, "a file that a site read, a notebook that is gone"
    (small.folder / "sites.csv").write_text("site,data,number\nsite 0,0.txt,5\nsite 1,1.txt,\nsite 2,2.txt,\n")
    assert small.run() == {**nothing, "0": RAN}, "a parameter"
    assert small.run(where="site == 'site 1'", force=True) == {"1": RAN}
    manifest = json.loads((small.out / "batch.json").read_text())
    assert [site["outcome"] for site in manifest["sites"]] == [RAN, RAN, SKIPPED], "the others keep what they have"
    assert manifest["engine"] == "warm"


@pytest.mark.parametrize("engine", [pytest.param("warm", marks=WARM), "stock"])
def test_a_notebook_that_names_no_kernel_runs_in_python(small: Batch, engine: str) -> None:
    nb = notebook(*CELLS)
    nb.metadata = nbformat.NotebookNode()
    nbformat.write(nb, small.folder / "t.ipynb")
    assert small.run(limit=1, engine=engine) == {"0": RAN}


def test_a_condition_that_fits_no_site_is_refused_before_anything_is_made(small: Batch) -> None:
    with pytest.raises(SiteListError, match="No site fits --where"):
        small.run(where="site == 'sight 1'")
    assert not small.out.exists()


@WARM
def test_where_no_zygote_starts_stock_runs_and_says_so(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks = tmp_path_factory.mktemp("hooks")
    (hooks / "sitecustomize.py").write_text(
        "import os, sys\nif 'inquirylab.batch.warm.zygote' in sys.orig_argv: os._exit(1)"
    )
    monkeypatch.setenv("PYTHONPATH", str(hooks))
    batch = Batch(tmp_path, 4)
    said: list[str] = []
    plan = make_plan(batch.folder / "t.ipynb", batch.folder / "sites.csv")
    done = run_batch(plan, batch.out, Settings(workers=2), say=said.append)
    assert {outcome.outcome for outcome in done} == {RAN}
    assert json.loads((batch.out / "batch.json").read_text())["engine"] == "stock"
    assert "did not start" in said[0] and said[0].endswith("Stock runs instead.")
    assert not (batch.out / ".batch" / "trial.json").exists(), "nothing was proved"
    assert list(Watched(batch.out).look().said) == said
    with pytest.raises(BatchError, match="did not start"):
        batch.run(engine="warm", force=True)


@WARM
def test_own_modules_count_sql_is_never_skipped_failures_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.py").write_text("x = 1")
    cell = (
        "import own, sqlite3\nif site == 'site 1':\n    sqlite3.connect('any.db').close()\nif site == 'site 2': 1 / 0"
    )
    small = Batch(tmp_path, 3, CELLS[0], cell)
    assert small.run() == {"0": RAN, "1": RAN, "2": "failed"}
    assert small.run() == {"0": SKIPPED, "1": RAN, "2": "failed"}
    (tmp_path / "own.py").write_text("x = 2")
    assert small.run(limit=1) == {"0": RAN}
    small.template(CELLS[0], "1 + 1")
    assert small.run(limit=1) == {"0": RAN}, "the template"


@pytest.mark.parametrize("engine", [pytest.param("warm", marks=WARM), "stock"])
def test_data_from_the_web_are_read_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    cell = (
        "from inquirylab.store.site_data.web import fetched, is_web\nfrom contextlib import nullcontext\n"
        "with fetched(data) if is_web(data) else nullcontext(data) as file: print(open(file).read())"
    )
    small = Batch(tmp_path, 2, CELLS[0], cell)
    serving = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), serving) as server:
        Thread(target=server.serve_forever, args=(0.05,)).start()
        address = f"http://127.0.0.1:{server.server_port}/1.txt?key=s3cret"
        (tmp_path / "sites.csv").write_text(f"site,data\nsite 0,0.txt\nsite 1,{address}\n")
        assert small.run(engine=engine) == {"0": RAN, "1": RAN}
        (tmp_path / "1.txt").write_text("new data")
        assert small.run(engine=engine) == {"0": SKIPPED, "1": RAN}
        server.shutdown()
    assert "new data" in (small.out / "notebooks" / "site-1.ipynb").read_text()
    assert "s3cret" not in "".join(p.read_text() for p in small.out.rglob("*.html"))
    assert small.run(engine=engine) == {"0": SKIPPED, "1": "failed"}, "nobody answers any more"
    assert "s3cret" not in "".join(p.read_text() for p in small.out.rglob("*.html"))


def test_on_papermills_own_engine_too_what_was_read_is_known(small: Batch) -> None:
    assert small.run(limit=2, engine="stock") == {"0": RAN, "1": RAN}
    (small.folder / "1.txt").write_text("new data")
    assert small.run(limit=2, engine="stock") == {"0": SKIPPED, "1": RAN}
    assert "new data" in (small.out / "notebooks" / "site-1.ipynb").read_text()


@WARM
def test_a_batch_killed_at_any_moment_goes_on(tmp_path: Path) -> None:
    small = Batch(tmp_path, 6, CELLS[0], "import time\ntime.sleep(0.3)\nprint(open(data).read())")
    process = subprocess.Popen(small.command("--engine", "warm"), stdout=subprocess.DEVNULL, start_new_session=True)
    journal = small.out / ".batch" / "journal"
    assert until(lambda: len(list(read(journal))) >= 2, 120)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert until(lambda: not list(Path("/tmp").glob(f"inquirylab-{process.pid}-*")), 10), "kernels and zygote are gone"
    done = {entry.slug for entry in read(journal)}
    again = subprocess.run(small.command("--engine", "warm"), capture_output=True, text=True)
    assert again.returncode == 0, again.stderr
    outcomes = {o["slug"]: o["outcome"] for o in map(json.loads, again.stdout.splitlines())}
    assert {slug for slug, outcome in outcomes.items() if outcome == SKIPPED} == done
    for path in (small.out / "notebooks").iterdir():
        nbformat.validate(nbformat.read(path, 4))
        assert not path.name.startswith(".")


@WARM
def test_a_second_batch_on_the_same_folder_is_refused(small: Batch) -> None:
    from inquirylab.batch.journal import Journal

    small.out.mkdir()
    with Journal(small.out):
        second = subprocess.run(small.command(), capture_output=True, text=True)
    assert second.returncode == 2
    assert "Another batch is writing here" in second.stderr


def test_a_rerun_without_change_imports_nothing_heavy(small: Batch) -> None:
    small.run(limit=1, engine="stock")
    code = f"""
import sys
from inquirylab.batch.run import *
plan = make_plan({str(small.folder / "t.ipynb")!r}, {str(small.folder / "sites.csv")!r}, 1)
print([o.outcome for o in run_batch(plan, {str(small.out)!r}, Settings(engine="stock"))])
print(sorted({{"pandas", "numpy", "altair", "papermill", "nbformat", "ipykernel", "jinja2"}} & set(sys.modules)))
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert said.stdout == "['skipped']\n[]\n", said.stderr


def test_the_engine_is_chosen_by_system_and_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert (_chosen("", 100), _chosen("", 2), _chosen("warm", 2), _chosen("stock", 100)) == (
        "warm",
        "stock",
        "warm",
        "stock",
    )
    monkeypatch.setattr(sys, "platform", "darwin")
    assert _chosen("", 100) == "stock"
    with pytest.raises(BatchError, match="forks"):
        _chosen("warm", 100)


@WARM
@pytest.mark.slow
def test_a_library_that_behaves_otherwise_when_preloaded_is_found_by_the_canary(tmp_path: Path) -> None:
    # matplotlib reads this variable when it is imported: in a zygote that was before the cell set it.
    cell = "import os\nos.environ['MPLBACKEND'] = 'svg'\nimport matplotlib\nprint(site, matplotlib.rcParams['backend'])"
    batch, said = Batch(tmp_path, 4, "site = ''\ndata = ''", "print('before')", cell), list[str]()
    plan = make_plan(batch.folder / "t.ipynb", batch.folder / "sites.csv")
    done = run_batch(plan, batch.out, Settings(workers=1), say=said.append)
    assert [outcome.outcome for outcome in done] == [RAN] * 4
    assert len(said) == 1
    assert "cell 4" in said[0] and "'matplotlib'" in said[0] and said[0].endswith("Stock runs instead.")
    assert json.loads((batch.out / "batch.json").read_text())["engine"] == "stock"
    for n in range(4):
        assert f"site {n} svg" in (batch.out / "notebooks" / f"site-{n}.ipynb").read_text()


def test_a_parameter_that_is_missing_is_an_error_before_the_first_site(small: Batch) -> None:
    small.template("site: str\ndata: str\nnumber: int", CELLS[1])
    done = subprocess.run(small.command("--engine", "stock"), capture_output=True, text=True)
    assert done.returncode == 2 and "parameter 'number'" in done.stderr and "[[defaults]]" in done.stderr
    assert not small.out.exists()
    (small.folder / "batch.toml").write_text("[[defaults]]\nnumber = 4\n")
    assert small.run(engine="stock", limit=1) == {"0": RAN}


def test_a_command_is_told_how_it_ended(small: Batch) -> None:
    told = small.folder / "told.json"
    options = ["--engine", "stock", "--limit", "1", "--notify", f"cat > {told}"]
    assert subprocess.run(small.command(*options), stdout=subprocess.DEVNULL).returncode == 0
    said = json.loads(told.read_text())
    assert said["failed"] == []
    assert said["summary"].startswith("1 sites completed, 0 failed.")
