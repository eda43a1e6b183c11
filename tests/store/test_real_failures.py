"""What the operating system really refuses: a folder made read-only midway, a disk remounted read-only, a clock set back."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import inquirylab

WRITER = Path(__file__).with_name("told_writer.py")
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights, mounts and clocks as POSIX has them")

CLOCK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <stdio.h>
#include <time.h>
#include <sys/time.h>

/* Seconds to add to the true time, read anew each time: the clock can be set back while a process runs. */
static long offset(void) {
  long seconds = 0;
  FILE *f = fopen(getenv("CLOCK_OFFSET"), "r");
  if (f) { if (fscanf(f, "%ld", &seconds) != 1) seconds = 0; fclose(f); }
  return seconds;
}
int clock_gettime(clockid_t id, struct timespec *t) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
  int done = real(id, t);
  if (id == CLOCK_REALTIME) t->tv_sec += offset();
  return done;
}
int gettimeofday(struct timeval *restrict t, void *restrict zone) {
  struct timespec now;
  int done = clock_gettime(CLOCK_REALTIME, &now);
  t->tv_sec = now.tv_sec; t->tv_usec = now.tv_nsec / 1000;
  return done;
}
time_t time(time_t *t) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (t) *t = now.tv_sec;
  return now.tv_sec;
}
"""


class Told:
    """A process that does to an inquiry what it is told."""

    def __init__(self, folder: Path, author: str, env: dict[str, str] | None = None, **how: Any) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(WRITER), str(folder), author],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "HOME": str(folder), **(env or {})},
            **how,
        )

    def do(self, *what: Any) -> dict[str, Any]:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return dict(json.loads(self.process.stdout.readline()))

    def end(self) -> None:
        self.process.communicate(timeout=120)


@contextmanager
def told(folder: Path, author: str, **how: Any) -> Iterator[Told]:
    process = Told(folder, author, **how)
    try:
        yield process
        process.end()
        assert process.process.returncode == 0
    finally:
        process.process.kill()
        process.process.wait()


def made(folder: Path) -> Path:
    inquirylab.create(folder, title="Late", author="Ana").close()
    return folder


def without_override() -> None:
    """Give up what lets root write where nobody may, so that rights hold for this process as for everybody."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0):
        os._exit(1)


def rights(folder: Path, mode: int) -> None:
    """Give folders a mode, and files the same without the right to be run."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(mode if path.is_dir() else mode & 0o666)


def answers(folder: Path, path: str) -> Any:
    with inquirylab.open(folder, author="reader") as inq:
        return inq.get(path)


@pytest.mark.skipif(ROOT and sys.platform != "linux", reason="THIS TEST DID NOT RUN: root writes everywhere here")
def test_a_folder_made_read_only_midway_refuses_and_loses_nothing(tmp_path: Path) -> None:
    folder = made(tmp_path / "late")
    how: dict[str, Any] = {"preexec_fn": without_override} if ROOT else {}
    with told(folder, "Ben", **how) as ben:
        assert "ok" in ben.do("set", "aim.what", "saved")
        rights(folder, 0o555)
        kept = ben.do("set", "aim.for_whom", "all")  # its own log is still open: what is told must be so
        ben.do("leave the log")
        refused = ben.do("set", "aim.where", "lost")
        assert "Permission denied" in refused["error"] and "not in the record" in refused["error"]
        assert ben.do("get", "aim.where") == {"ok": None} and ben.do("get", "aim.what") == {"ok": "saved"}
        with told(folder, "Cleo", **how) as late:
            assert "read-only for you" in late.do("set", "aim.where", "never")["error"]
            assert late.do("get", "aim.what") == {"ok": "saved"}
        rights(folder, 0o777)
        assert "ok" in ben.do("set", "aim.where", "after")
    expected = {"what": "saved", "where": "after"} | ({"for_whom": "all"} if "ok" in kept else {})
    assert answers(folder, "aim") == expected


@pytest.mark.skipif(not ROOT or sys.platform != "linux", reason="THIS TEST DID NOT RUN: mounting needs root on Linux")
def test_a_disk_remounted_read_only_midway_refuses_and_loses_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], capture_output=True).returncode:
        pytest.skip("THIS TEST DID NOT RUN: a disk in memory cannot be mounted here")
    try:
        folder = made(disk / "late")
        with told(folder, "Ben") as ben:
            assert "ok" in ben.do("set", "aim.what", "saved")
            ben.do("write_derived")
            ben.do("leave the log")  # an open log keeps the kernel from remounting
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
            refused = ben.do("set", "aim.where", "lost")
            assert "Read-only file system" in refused["error"] and "not in the record" in refused["error"]
            assert ben.do("get", "aim") == {"ok": {"what": "saved"}}
            subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
            assert "ok" in ben.do("set", "aim.where", "after")
        assert answers(folder, "aim") == {"what": "saved", "where": "after"}
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.fixture
def set_back(tmp_path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """Return the file that holds the seconds a process's clock is off, and the environment that makes it so."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("THIS TEST DID NOT RUN: there is no C compiler, or this is not Linux")
    (tmp_path / "clock.c").write_text(CLOCK, encoding="utf-8")
    library, offset = tmp_path / "clock.so", tmp_path / "offset"
    offset.write_text("0", encoding="utf-8")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", str(library), str(tmp_path / "clock.c"), "-ldl"], check=True)
    yield offset, {"LD_PRELOAD": str(library), "CLOCK_OFFSET": str(offset)}


def test_a_clock_set_back_midway_loses_nothing_and_the_later_answer_stands(
    tmp_path: Path, set_back: tuple[Path, dict[str, str]]
) -> None:
    folder = made(tmp_path / "late")
    offset, env = set_back
    with told(folder, "Ben", env=env) as ben, told(folder, "Cleo") as cleo:
        year = ben.do("year")["ok"]
        ben.do("set", "aim.what", "before")
        ben.do("set", "problem_definition.statement", "On Mondays pupils come late.")
        first = ben.do("add", "change_ideas", {"name": "first"})["ok"]
        cleo.do("sync")
        cleo.do("set", "aim.where", "by Cleo, whose clock is right")
        offset.write_text(str(-3 * 366 * 86400), encoding="utf-8")
        assert ben.do("year")["ok"] <= year - 3
        ben.do("sync")
        ben.do("set", "aim.what", "after")
        ben.do("set", "aim.where", "by Ben, three years earlier")
        ben.do("set", "problem_definition.statement", "On Mondays pupils come late. And on Fridays.")
        second = ben.do("add", "change_ideas", {"name": "second"})["ok"]
        ben.do("compact")
        cleo.do("sync")
        assert cleo.do("get", "aim")["ok"] == {"what": "after", "where": "by Ben, three years earlier"}
        third = cleo.do("add", "change_ideas", {"name": "third"})["ok"]
        offset.write_text("0", encoding="utf-8")
        ben.do("sync")
        ben.do("set", "aim.what", "right again")
    with inquirylab.open(folder, author="reader") as inq:
        assert inq.get("aim") == {"what": "right again", "where": "by Ben, three years earlier"}
        assert inq.get("problem_definition.statement") == "On Mondays pupils come late. And on Fridays."
        assert list(inq.get("change_ideas")) == [first, second, third] and inq.conflicts() == []
        touched = [h["paths"] for h in inq.history()]
        assert sum("aim.what" in paths for paths in touched) == 3 and len(touched) == 11
        assert inq.damage() == []
