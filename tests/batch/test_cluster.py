"""A batch on a real Dask cluster of several processes; one of them is killed midway."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from inquirylab.batch.run import Settings, make_plan, run_batch
from inquirylab.errors import BatchError
from tests.batch.warm.conftest import notebook, until

distributed = pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="counts processes as Linux does"),
    pytest.mark.filterwarnings("ignore"),
]
CELL = "import os, time\ntime.sleep(0.4)\nprint(open(data).read())\nopen('LOG', 'a').write(f'{site} {os.getppid()}\\n')"


class Cluster:
    """A scheduler and two workers, each a process of its own, on 127.0.0.1; `options` are given to all three."""

    def __init__(self, folder: Path, *options: object) -> None:
        self.file = folder / "scheduler.json"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        dask = [
            sys.executable,
            "-m",
            "distributed.cli.dask_scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            *map(str, options),
        ]
        self.scheduler = subprocess.Popen([*dask, "--scheduler-file", str(self.file)], **quiet)  # type: ignore[call-overload]
        assert until(lambda: self.file.exists() and bool(self.file.read_text()), 60)
        self.address = json.loads(self.file.read_text())["address"]
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-nanny"]
        worker += ["--no-dashboard", "--local-directory", str(folder), "--host", "127.0.0.1", *map(str, options)]
        self.workers = [subprocess.Popen(worker, **quiet) for _ in range(2)]  # type: ignore[call-overload]

    def close(self) -> None:
        for process in [*self.workers, self.scheduler]:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    (tmp_path / "dask").mkdir()
    one = Cluster(tmp_path / "dask")
    yield one
    one.close()
    assert until(lambda: not list(Path("/tmp").glob("inquirylab-batch-*")), 120), "its zygote ended with its workers"


def plan(folder: Path, sites: int) -> Any:
    nbformat.write(notebook("site = ''\ndata = ''", CELL.replace("LOG", str(folder / "log"))), folder / "t.ipynb")
    rows = "".join(f"site {n},{n}.txt\n" for n in range(sites))
    (folder / "sites.csv").write_text("site,data\n" + rows)
    for n in range(sites):
        (folder / f"{n}.txt").write_text(f"data of {n}")
    return make_plan(folder / "t.ipynb", folder / "sites.csv")


def test_a_killed_worker_s_sites_run_elsewhere_and_the_journal_has_them_all(tmp_path: Path, cluster: Cluster) -> None:
    made = plan(tmp_path, 8)
    ended: list[str] = []

    def note(outcome: Any) -> None:
        ended.append(outcome.name)
        if len(ended) == 3:
            cluster.workers[0].send_signal(signal.SIGKILL)

    done = run_batch(made, tmp_path / "out", Settings(scheduler=cluster.address, engine="warm"), ended=note)
    assert [outcome.outcome for outcome in done] == ["completed"] * 8
    assert len(ended) == 8
    for n in range(8):
        assert f"data of {n}" in (tmp_path / "out" / "notebooks" / f"site-{n}.ipynb").read_text()
        assert (tmp_path / "out" / "sites" / f"site-{n}.html").exists()
    zygotes = {line.split()[-1] for line in (tmp_path / "log").read_text().splitlines()}
    assert str(os.getpid()) not in zygotes
    again = run_batch(made, tmp_path / "out", Settings(scheduler=cluster.address, engine="warm"))
    assert [outcome.outcome for outcome in again] == ["skipped"] * 8


def test_workers_that_do_not_see_the_folder_are_sent_the_data(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inquirylab.batch import cluster as room

    monkeypatch.setattr(room, "_all_see", lambda client, out: False)
    made = plan(tmp_path, 2)
    with distributed.Client(cluster.address, set_as_default=False) as client:
        done = run_batch(made, tmp_path / "out", Settings(scheduler=client, engine="stock"))
    assert [outcome.outcome for outcome in done] == ["completed"] * 2
    assert "data of 1" in (tmp_path / "out" / "notebooks" / "site-1.ipynb").read_text()
    (tmp_path / "1.txt").write_text("new data")
    again = run_batch(made, tmp_path / "out", Settings(scheduler=cluster.address, engine="stock"))
    assert [outcome.outcome for outcome in again] == ["skipped", "completed"]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "silent"])
def test_a_lost_scheduler_ends_the_batch_and_the_next_run_goes_on(
    tmp_path: Path, cluster: Cluster, how: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, ended, lost = plan(tmp_path, 8), list[str](), list[float]()

    def note(outcome: Any) -> None:
        ended.append(outcome.name)
        if len(ended) == 2:
            lost.append(time.monotonic())
            monkeypatch.setattr(
                "inquirylab.batch.cluster.SILENT_SECONDS", 5
            )  # not before: a busy scheduler is not lost
            cluster.scheduler.send_signal(how)

    with pytest.raises(BatchError, match="scheduler was lost"):
        run_batch(made, tmp_path / "out", Settings(scheduler=cluster.address, engine="stock"), ended=note)
    assert time.monotonic() - lost[0] < 90
    assert 2 <= len(ended) < 8
    again = run_batch(made, tmp_path / "out", Settings(workers=2, engine="stock"))
    assert [outcome.outcome for outcome in again].count("skipped") >= 2
    assert {outcome.outcome for outcome in again} == {"skipped", "completed"}


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificate with openssl")
def test_a_cluster_behind_tls(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([*made, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    (tmp_path / "dask").mkdir()
    cluster = Cluster(tmp_path / "dask", "--tls-ca-file", certificate, "--tls-cert", certificate, "--tls-key", key)
    sites, out = plan(tmp_path, 2), tmp_path / "out"
    command = [sys.executable, "-m", "inquirylab", "batch", str(tmp_path / "t.ipynb"), str(tmp_path / "sites.csv")]
    command += ["--out", str(out), "--engine", "stock", "--progress", "none", "--scheduler", cluster.address]
    known = {"CA_FILE": certificate, "CLIENT__CERT": certificate, "CLIENT__KEY": key}
    tls = {f"DASK_DISTRIBUTED__COMM__TLS__{name}": str(value) for name, value in known.items()}
    try:
        assert cluster.address.startswith("tls://")
        refused = subprocess.run(command, capture_output=True, text=True)
        assert refused.returncode == 2 and "no certificate is configured" in refused.stderr
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **tls})
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("2 sites completed, 0 failed.")
        security = distributed.Security(
            tls_ca_file=str(certificate),
            tls_client_cert=str(certificate),
            tls_client_key=str(key),
            require_encryption=True,
        )
        with distributed.Client(cluster.address, security=security, set_as_default=False) as client:
            assert {o.outcome for o in run_batch(sites, out, Settings(scheduler=client, force=True))} == {"completed"}
    finally:
        cluster.close()


def test_a_scheduler_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="scheduler cannot be reached"):
        run_batch(plan(tmp_path, 1), tmp_path / "out", Settings(scheduler="tcp://127.0.0.1:9", engine="stock"))
