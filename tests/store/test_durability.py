"""Disks that are full, folders that turn read-only, processes that fork, logs with any byte wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inquirylab.errors import RecordError
from inquirylab.record.paths import shipped_roots
from inquirylab.store.frame import pack
from inquirylab.store.migration import SCHEMA
from inquirylab.store.team_record import TeamRecord

LONG = bool(os.environ.get("INQUIRYLAB_SOAK"))


def small_record(folder: Path) -> Path:
    writer = TeamRecord(folder, "Ana", shipped_roots())
    writer.set("aim.what", "x")
    writer.set("aim.where", "here")
    writer.set("aim.inclusive_clause", "all of us")
    writer.set("aim.what", "y")
    writer.close()
    return next(folder.glob("*.iql"))


def read(folder: Path) -> TeamRecord:
    reader = TeamRecord(folder, "reader", shipped_roots())
    reader.record(), reader.conflicts(), reader.history()
    return reader


def test_a_log_truncated_at_every_byte_gives_every_whole_change_before_it(folder: Path) -> None:
    from inquirylab.store.frame import PREFIX_SIZE, scan

    log = small_record(folder)
    whole = log.read_bytes()
    ends = [f.offset + PREFIX_SIZE + len(f.header) + len(f.update) for f in scan(whole).frames]
    for size in range(0, len(whole), 1 if LONG else 3):
        log.write_bytes(whole[:size])
        reader = read(folder)
        assert len(reader.history()) == sum(e <= size for e in ends)
        assert bool(reader.damage()) == (size not in [0, *ends])


def test_a_log_with_any_bit_wrong_opens_and_says_what_was_skipped(folder: Path) -> None:
    from inquirylab.store.frame import scan

    log = small_record(folder)
    whole = log.read_bytes()
    starts = [f.offset for f in scan(whole).frames]
    for at in range(0, len(whole), 1 if LONG else 5):
        broken = bytearray(whole)
        broken[at] ^= 1 << (at % 8)
        log.write_bytes(bytes(broken))
        reader = read(folder)
        intact = sum(s <= at for s in starts) - 1
        assert reader.damage() and len(reader.history()) == len(starts) - 1
        if intact >= 1:
            assert reader.get("aim.what") in ("x", "y")
        if intact >= 2:
            assert reader.get("aim.where") == "here"


@settings(max_examples=5000 if LONG else 150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=300), st.tuples(st.binary(max_size=80), st.binary(max_size=120), st.integers(0, 1))
        ),
        max_size=6,
    )
)
def test_a_hostile_log_neither_raises_nor_hangs(
    tmp_path_factory: pytest.TempPathFactory, parts: list[bytes | tuple]
) -> None:
    folder = tmp_path_factory.mktemp("hostile") / "record"
    folder.mkdir()
    log = small_record(folder)
    with log.open("ab") as f:
        for part in parts:
            f.write(part if isinstance(part, bytes) else pack(part[0], part[1], kind=part[2], schema=SCHEMA))
    reader = read(folder)
    assert reader.get("aim.what") == "y" or reader.conflicts()
    reader.set("aim.where", "still writable")
    assert read(folder).get("aim.where") == "still writable"
    shutil.rmtree(folder.parent)


def test_things_that_are_no_logs_are_passed_over(folder: Path) -> None:
    small_record(folder)
    (folder / "folder.iql").mkdir()
    (folder / "gone.iql").symlink_to("/nowhere")
    (folder / "zero.iql").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.iql")
    (folder / "copy (conflicted).iql").write_bytes(next(folder.glob("*.g0.iql")).read_bytes())
    reader = read(folder)
    assert reader.get("aim.what") == "y" and len(reader.history()) == 4


def test_a_record_of_a_newer_version_is_refused_in_one_sentence(folder: Path) -> None:
    small_record(folder)
    (folder / "new.g0.iql").write_bytes(pack(b"{}", b"\x00\x00", schema=SCHEMA + 1))
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    with pytest.raises(RecordError, match="newer version"):
        read(folder)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_a_newer_version_that_joins_in_stops_an_older_writer(ana: TeamRecord, folder: Path) -> None:
    ana.set("aim.what", "x")
    (folder / "new.g0.iql").write_bytes(pack(b"{}", b"\x00\x00", schema=SCHEMA + 1))
    with pytest.raises(RecordError, match="newer version"):
        ana.sync()
    with pytest.raises(RecordError, match="newer version"):
        ana.set("aim.what", "y")


def test_a_change_that_cannot_be_written_is_not_made_and_the_next_one_is(
    ana: TeamRecord, opened: Callable[..., TeamRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana.set("aim.what", "saved")
    real, left = os.write, [5]

    def full(fd: int, data: bytes) -> int:
        if left[0] <= 0:
            raise OSError(28, "No space left on device")
        n = real(fd, bytes(data)[: left[0]])
        left[0] -= n
        return n

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(RecordError, match="No space left") as e:
        ana.set("aim.what", "lost")
    assert "It is not in the record" in str(e.value)
    monkeypatch.setattr(os, "write", real)
    assert ana.get("aim.what") == "saved"
    ana.set("aim.where", "after")
    other = opened("Ben")
    assert other.get("aim") == {"what": "saved", "where": "after"}
    assert other.reading().tree == ana.reading().tree


def test_an_interrupt_midway_leaves_memory_and_disk_as_one(
    ana: TeamRecord, opened: Callable[..., TeamRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana.set("aim.what", "saved")

    def interrupted(fd: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as now:
        now.setattr("inquirylab.store.log._sync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            ana.set("aim.what", "perhaps")
    ana.set("aim.where", "after")
    assert opened("Ben").reading().tree == ana.reading().tree


def test_a_folder_made_read_only_midway_says_so(ana: TeamRecord, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ana.set("aim.what", "saved")
    ana.log.close()  # the next edit needs a new file
    real = os.open

    def refused(path: object, flags: int, *args: object, **kwargs: object) -> int:
        if flags & os.O_CREAT:
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(RecordError, match="Permission denied"):
        ana.set("aim.what", "lost")
    assert ana.get("aim.what") == "saved"


def test_the_folder_taken_away_says_so(ana: TeamRecord, folder: Path) -> None:
    ana.set("aim.what", "saved")
    shutil.rmtree(folder)
    with pytest.raises(RecordError):
        ana.set("aim.what", "lost")


@pytest.mark.skipif(os.geteuid() != 0 or sys.platform != "linux", reason="mounting a small disk needs root on Linux")
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True).returncode:
        pytest.skip("tmpfs cannot be mounted here")
    try:
        record = TeamRecord(disk, "Ana", shipped_roots())
        told = 0
        with pytest.raises(RecordError, match="could not be saved"):
            for n in range(10_000):
                record.set("aim.what", f"{n} " + "x" * 500)
                told = n
        reader = TeamRecord(disk, "reader", shipped_roots())
        assert reader.get("aim.what").startswith(f"{told} ")
        assert record.get("aim.what").startswith(f"{told} ")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_child_process_writes_under_a_name_of_its_own(ana: TeamRecord, folder: Path) -> None:
    ana.set("aim.what", "parent")
    child = os.fork()
    if child == 0:
        try:
            ana.set("aim.where", "child")
            os._exit(0)
        except BaseException:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    ana.set("aim.what", "parent again")
    ana.sync()
    assert ana.get("aim") == {"what": "parent again", "where": "child"}
    assert len(list(folder.glob("*.iql"))) == 2
    assert read(folder).reading().tree == ana.reading().tree
