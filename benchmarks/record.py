"""The record beside SQLite (WAL, synchronous=FULL) and JSON behind a file lock, in one run.

    python benchmarks/record.py [--edits 10000] [--json]

Appends are measured turn by turn, so that a slow moment of the disk strikes all alike; ratios are of medians.
JSON + lock is what a careful script would do: lock, read, change, write a new file, fsync, replace.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import multiprocessing
import os
import secrets
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from inquirylab.record.paths import shipped_roots
from inquirylab.store import log
from inquirylab.store.compaction import compact
from inquirylab.store.document import Document
from inquirylab.store.identity import new_id
from inquirylab.store.log import LogReader
from inquirylab.store.record_store import RecordStore
from inquirylab.store.team_record import TeamRecord

NOW = 1_764_000_000_000


def milliseconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - began)


def sqlite_writer(file: Path) -> Callable[[int], None]:
    base = sqlite3.connect(file, timeout=60, isolation_level=None)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=FULL")
    base.execute("CREATE TABLE IF NOT EXISTS answers (path TEXT, value TEXT, author TEXT, at INTEGER)")

    def write(n: int) -> None:
        base.execute("INSERT INTO answers VALUES (?, ?, ?, ?)", (f"aim.what.{n}", f"value number {n}", "Ana", NOW + n))

    return write


def json_writer(file: Path) -> Callable[[int], None]:
    def write(n: int) -> None:
        with file.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            data = json.loads(file.read_text()) if file.exists() else {}
            data[f"aim.what.{os.getpid()}.{n}"] = [f"value number {n}", "Ana", NOW + n]
            draft = file.with_suffix(".tmp")
            with draft.open("w") as f:
                json.dump(data, f)
                f.flush()
                os.fsync(f.fileno())
            draft.replace(file)

    return write


def record_writer(folder: Path) -> Callable[[int], None]:
    folder.mkdir(exist_ok=True)
    store = RecordStore(folder, "Ana")

    def write(n: int) -> None:
        store.commit(lambda c: c.put(f"aim.what.{n}", f"value number {n}", author="Ana", now=NOW + n, schema=1))

    return write


WRITERS = {"record": record_writer, "sqlite": sqlite_writer, "json": json_writer}


def append(folder: Path, edits: int) -> dict[str, float]:
    """Return the median milliseconds of one acknowledged append of each kind."""
    writers = {name: make(folder / name) for name, make in WRITERS.items()}
    times: dict[str, list[float]] = {name: [] for name in writers}
    for n in range(edits):
        for name, write in writers.items():
            times[name].append(milliseconds(lambda w=write, n=n: w(n)))
    return {name: statistics.median(t) for name, t in times.items()}


def _many(kind: str, place: str, edits: int) -> None:
    write = WRITERS[kind](Path(place))
    for n in range(edits):
        write(n)


def four_writers(folder: Path, edits: int) -> dict[str, float]:
    """Return the seconds that four processes need for `edits` appends each."""
    out = {}
    for kind in WRITERS:
        jobs = [
            multiprocessing.Process(target=_many, args=(kind, str(folder / f"four_{kind}"), edits)) for _ in range(4)
        ]
        began = time.perf_counter()
        for job in jobs:
            job.start()
        for job in jobs:
            job.join()
        out[kind] = time.perf_counter() - began
    return out


def load(folder: Path, edits: int) -> dict[str, float]:
    """Return milliseconds to read `edits` answers from logs, from one compacted log, and from the equal JSON."""
    folder.mkdir()
    store = RecordStore(folder, "Ana")
    store.log.append = without_fsync(store.log.append)  # only to be quick in setting up
    items = [new_id() for _ in range(edits // 10)]
    for n in range(edits):
        path = f"measure_data.{items[n // 10]}.field{n % 10}"
        store.commit(lambda c, p=path, n=n: c.put(p, f"value number {n}", author="Ana", now=NOW + n, schema=1))
    full = {p: [list(e) for e in found] for p, found in store.document.all_entries().items()}
    values: dict[str, dict[str, object]] = {}
    for path, found in full.items():
        _, item, name = path.split(".")
        values.setdefault(item, {})[name] = found[0][0]
    (folder.parent / "full.json").write_text(json.dumps(full))
    (folder.parent / "values.json").write_text(json.dumps({"measure_data": values}))
    out = {"logs": best(lambda: answers_of(folder))}
    compact(store, lease=0.0)
    out["compacted"] = best(lambda: answers_of(folder))
    out["compacted_document_only"] = best(lambda: document_of(folder))
    for name in ("full", "values"):
        text = folder.parent / f"{name}.json"
        out[f"json_{name}"] = best(lambda t=text: json.loads(t.read_bytes()))
    return out


def without_fsync(real: Callable[..., None]) -> Callable[..., None]:
    def write(*args: object, **kwargs: object) -> None:
        sync, log._sync = log._sync, lambda _: None
        try:
            real(*args, **kwargs)
        finally:
            log._sync = sync

    return write


def document_of(folder: Path) -> Document:
    document = Document("reader")
    document.apply(f.update for _, f in LogReader(folder).poll())
    return document


def answers_of(folder: Path) -> object:
    return document_of(folder).all_entries()


def best(action: Callable[[], object], times: int = 9) -> float:
    return statistics.median(milliseconds(action) for _ in range(times))


FOLLOWER = """
import sys, time, inquirylab
inq = inquirylab.open(sys.argv[1], author="follower")
inq.sync(); print("ready", flush=True)
for _ in range(int(sys.argv[2])):
    while "aim.what" not in inq.sync(wait=30): pass
    print(time.time(), inq.get("aim.what"), flush=True)
"""


def visible(folder: Path, times: int) -> dict[str, float]:
    """Return milliseconds until another process, which follows, has a change."""
    import inquirylab

    with inquirylab.create(folder / "seen", author="writer") as inq:
        reader = subprocess.Popen(
            [sys.executable, "-c", FOLLOWER, str(folder / "seen"), str(times)], stdout=subprocess.PIPE, text=True
        )
        assert reader.stdout is not None and reader.stdout.readline()
        waited = []
        for n in range(times):
            inq.set("aim.what", str(n))
            began = time.time()
            at, _ = reader.stdout.readline().split()
            waited.append(1000 * (float(at) - began))
            time.sleep(0.01 * secrets.randbelow(20))
        reader.wait()
    return {"median": statistics.median(waited), "largest": max(waited)}


def poll(folder: Path, writers: int) -> float:
    """Return milliseconds to look for news in the files of `writers` writers."""
    folder.mkdir()
    for n in range(writers):
        one = TeamRecord(folder, f"w{n}", shipped_roots()) if n < 2 else RecordStore(folder, f"w{n}")
        one.commit(lambda c, n=n: c.put("aim.what", n, author="w", now=NOW, schema=1))
        one.close()
    reader = RecordStore(folder, "reader")
    return best(reader.sync, 50)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as place:
        folder = Path(place)
        appended = append(folder, 300)
        found = {
            "append_ms": appended,
            "append_ratio_to_sqlite": appended["record"] / appended["sqlite"],
            "four_writers_500_each_s": four_writers(folder, 500),
            "load_ms": (loaded := load(folder / "load", given.edits)),
            "load_ratio_to_json": {
                "equal (with who and when)": loaded["compacted"] / loaded["json_full"],
                "values alone": loaded["compacted"] / loaded["json_values"],
            },
            "visible_ms": visible(folder, 30),
            "poll_200_writers_ms": poll(folder / "poll", 200),
        }
    if given.json:
        print(json.dumps(found, indent=1))
        return
    for name, value in found.items():
        shown = ", ".join(f"{k} {v:.2f}" for k, v in value.items()) if isinstance(value, dict) else f"{value:.2f}"
        print(f"{name:28} {shown}")


if __name__ == "__main__":
    main()
