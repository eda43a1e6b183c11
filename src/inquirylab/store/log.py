"""The logs of a record: each writer appends to a file of its own, everybody reads all of them. No locks.

An edit is acknowledged when it is on disk and its file is still where others look for it. After any failure a
writer leaves its file alone and starts another: what stands behind a torn frame is not relied upon.
"""

from __future__ import annotations

import json
import os
import stat
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from inquirylab.errors import RecordError
from inquirylab.store.frame import CHANGE, Frame, pack, scan

SUFFIX = ".iql"
LARGEST_FILE = 1 << 28
_sync = getattr(os, "fdatasync", os.fsync)  # the data and the file's length; its times may wait
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class Damage(NamedTuple):
    """A stretch of a log that cannot be read, or a whole log."""

    file: str
    start: int
    end: int
    at_end: bool
    reason: str = ""

    def __str__(self) -> str:
        """Return a sentence for people."""
        if self.reason:
            return f"{self.file} was skipped: {self.reason}"
        size = f"{self.end - self.start:,} bytes"
        if self.at_end:
            return f"{size} at the end of {self.file} are no whole change and were skipped"
        return f"{size} of {self.file}, from byte {self.start:,} on, are damaged and were skipped"


@dataclass
class LogWriter:
    """Appends frames to ``record/<writer>.gN.iql``; the file is made with the first frame."""

    folder: Path
    writer: str
    generation: int = 0
    _fd: int = field(default=-1, repr=False)
    _size: int = field(default=0, repr=False)

    @property
    def path(self) -> Path:
        """Return the file that is written now."""
        return self.folder / f"{self.writer}.g{self.generation}{SUFFIX}"

    def append(self, header: dict[str, Any], update: bytes, *, schema: int, kind: int = CHANGE) -> None:
        """Write one frame and return when it is safe.

        Raises
        ------
        RecordError
            Nothing was saved: disk full, folder read-only or gone.
        """
        data = pack(
            json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode(), update, kind=kind, schema=schema
        )
        for _ in range(3):  # once as a rule; again if a compaction took the file away meanwhile
            try:
                self._open()
                self._write(data)
            except OSError as e:
                self._abandon()
                raise RecordError(
                    "The change could not be saved",
                    where=str(self.path.parent),
                    found=e.strerror or "",
                    cure="It is not in the record: make room or ask for the right to write, then do it again.",
                ) from e
            if self._is_in_place():
                return
            self.close()
        raise RecordError(
            "The change could not be saved", where=str(self.path), found="the file is taken away again and again"
        )

    def close(self) -> None:
        """Close the file; a later frame begins another."""
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            os.close(fd)
            self.generation += 1

    def _open(self) -> None:
        if self._fd >= 0:
            return
        while True:
            try:
                flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_CLOEXEC", 0)
                self._fd = os.open(self.path, flags, 0o664)
                break
            except FileExistsError:
                self.generation += 1
        self._size = 0
        sync_folder(self.folder)

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._fd, view) :]
        _sync(self._fd)
        self._size += len(data)

    def _is_in_place(self) -> bool:
        try:
            there = self.path.stat()
        except OSError:
            return False
        here = os.fstat(self._fd)
        return (there.st_ino, there.st_dev) == (here.st_ino, here.st_dev)

    def _abandon(self) -> None:
        if self._fd >= 0:
            with suppress(OSError):
                os.ftruncate(self._fd, self._size)
            with suppress(OSError):
                self.close()


def sync_folder(folder: Path) -> None:
    """Make the folder's list of names durable, where the system can."""
    try:
        fd = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(fd)
    except OSError:
        pass
    finally:
        os.close(fd)


@dataclass
class _Known:
    """How far one file has been read."""

    offset: int = 0
    signature: tuple[int, int, int] = (0, 0, 0)
    holes: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0


@dataclass
class LogReader:
    """Reads what is new in all logs of a folder, whoever writes them."""

    folder: Path
    skip: str = ""
    _known: dict[str, _Known] = field(default_factory=dict, repr=False)
    _unreadable: dict[str, str] = field(default_factory=dict, repr=False)

    def poll(self) -> list[tuple[str, Frame]]:
        """Return the frames that were not read before, each with the name of its file.

        A file that is replaced is read from its start; one that vanishes was merged into another, which is
        why the folder is listed again before its absence is believed.
        """
        out: list[tuple[str, Frame]] = []
        for _ in range(20):
            names = log_names(self.folder)
            vanished = [
                name for name in names if not (self.skip and name.startswith(self.skip)) and not self._read(name, out)
            ]
            if not vanished:
                break
        for name in set(self._known) - set(names):
            del self._known[name]
        return out

    def damage(self) -> list[Damage]:
        """Return what could not be read so far."""
        out = [Damage(name, 0, 0, at_end=False, reason=why) for name, why in sorted(self._unreadable.items())]
        for name, known in sorted(self._known.items()):
            out += [Damage(name, a, b, at_end=False) for a, b in known.holes]
            if known.length > known.offset:
                out.append(Damage(name, known.offset, known.length, at_end=True))
        return out

    def _read(self, name: str, out: list[tuple[str, Frame]]) -> bool:
        """Read what is new in one file; return whether the file was there."""
        try:
            fd = os.open(f"{self.folder}{os.sep}{name}", _FLAGS)
        except FileNotFoundError:
            return False
        except OSError as e:
            self._unreadable[name] = (e.strerror or "it cannot be opened").lower()
            return True
        self._unreadable.pop(name, None)
        try:
            info = os.fstat(fd)
            signature = (info.st_ino, info.st_size, info.st_mtime_ns)
            known = self._known.get(name)
            if (known is not None and known.signature == signature) or not stat.S_ISREG(info.st_mode):
                return True
            if known is None or known.signature[0] != info.st_ino or info.st_size < known.length or known.holes:
                known = self._known[name] = _Known()
            data = _read_from(fd, known.offset)
        finally:
            os.close(fd)
        found = scan(data, known.offset)
        known.holes += found.holes
        known.offset, known.length, known.signature = found.end, max(info.st_size, found.end), signature
        out += [(name, frame) for frame in found.frames]
        return True


def _read_from(fd: int, offset: int) -> bytes:
    os.lseek(fd, offset, os.SEEK_SET)
    parts = []
    left = LARGEST_FILE
    while left > 0 and (part := os.read(fd, min(left, 1 << 22))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def log_names(folder: Path) -> list[str]:
    """Return the names of the logs in a folder, sorted.

    Raises
    ------
    RecordError
        The folder cannot be listed.
    """
    try:
        with os.scandir(folder) as found:
            return sorted(e.name for e in found if e.name.endswith(SUFFIX) and not e.name.startswith("."))
    except FileNotFoundError:
        return []
    except OSError as e:
        raise RecordError("The record's folder cannot be read", where=str(folder), found=e.strerror or "") from e
