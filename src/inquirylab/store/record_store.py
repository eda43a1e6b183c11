"""A record on disk: the document, its logs and its history, kept as one.

One rule holds it together: what a caller was told is saved is on disk under this writer's name, and what is in
memory is on disk. When a frame cannot be written the document in memory, which already holds the edit, is thrown
away and read anew under another name; the caller is told, and nothing half-saved can reach anybody.
"""

from __future__ import annotations

import getpass
import json
import os
import re
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from inquirylab.errors import RecordError
from inquirylab.store.change import Change
from inquirylab.store.document import EMPTY_UPDATE, Document
from inquirylab.store.frame import SNAPSHOT, Frame
from inquirylab.store.identity import chance
from inquirylab.store.log import Damage, LogReader, LogWriter
from inquirylab.store.migration import SCHEMA, Migrations

Header = dict[str, Any]
_LARGEST_HISTORY = 1 << 26


class RecordStore:
    """The record of one inquiry, as one process sees and changes it.

    Parameters
    ----------
    folder
        The folder of the logs, ``<inquiry>/record``.
    author
        Whose edits these are.
    migrations
        What older schemas are read as.
    """

    def __init__(self, folder: Path, author: str, migrations: Migrations | None = None) -> None:
        self.folder, self.author = folder, author
        self.migrations = migrations or Migrations()
        self.lock = threading.RLock()
        self.revision = 0
        self._begin()

    def _begin(self) -> None:
        """Take a name that was never used and read everything."""
        self.key = chance(10)
        self._pid = os.getpid()
        self.document = Document(self.key)
        self.log = LogWriter(self.folder, f"{_word(_user())}-{_word(socket.gethostname())}-{self._pid}-{self.key}")
        self.reader = LogReader(self.folder, skip=f"{self.log.writer}.g")
        self._headers: dict[tuple[str, int], Header] = {}
        self._unread: list[Frame] = []
        self._refused: list[Damage] = []
        self._number = 0
        self._broken = True  # until everything is read
        self._merge(self.reader.poll())
        self._broken = False

    # reading

    def sync(self) -> list[str]:
        """Merge what others wrote since the last look; return the paths that they touched."""
        with self.lock:
            self._awake()
            frames = self.reader.poll()
            if not frames:
                return []
            known = set(self._read_headers())
            self._merge(frames)
            new = [h for identity, h in self._read_headers().items() if identity not in known]
            return list(dict.fromkeys(p for h in new for p in h["p"]))

    def damage(self) -> list[Damage]:
        """Return what could not be read so far."""
        return self.reader.damage() + self._refused

    def history(self) -> list[Header]:
        """Return every change, oldest first: ``w`` writer, ``n`` number, ``a`` author, ``t`` milliseconds, ``p`` paths."""
        with self.lock:
            return sorted(self._read_headers().values(), key=lambda h: (h["t"], h["w"], h["n"]))

    @property
    def has_written(self) -> bool:
        """Return whether anything was written under this name."""
        return self._number > 0

    # changing

    def commit(self, plan: Callable[[Change], None]) -> list[str]:
        """Make one change and return its paths once it is on disk.

        Raises
        ------
        RecordError
            The change is not saved, and not made.
        """
        with self.lock:
            self._awake()
            with self._all_or_nothing(), self.document.change() as change:
                plan(change)
            if change.steps:
                with self._all_or_nothing():
                    self._save(change.paths)
            return change.paths

    def take_back(self, texts: Iterable[str], plan: Callable[[Change], None] | None = None) -> list[str]:
        """Take back this writer's last edit of each of `texts`, together with a planned change."""
        with self.lock:
            self._awake()
            paths = list(texts)
            with self._all_or_nothing():
                for path in paths:
                    self.document.undo_text(path)
                if plan is not None:
                    with self.document.change() as change:
                        plan(change)
                    paths += change.paths
                self._save(paths)
            return paths

    def merge_update(self, update: bytes, headers: list[Header]) -> None:
        """Take in what another copy of this record knows, and write it down here."""
        with self.lock:
            self._awake()
            with self._all_or_nothing():
                if self.document.apply([update]):
                    raise RecordError("The other copy's record cannot be read")
                self._append({"merged": pack_headers(headers).hex(), "p": []}, update)
                self._headers.update({_identity(h): h for h in headers})

    def close(self) -> None:
        """Close this writer's file."""
        with self.lock:
            if self._pid == os.getpid():
                self.log.close()

    # within

    def _awake(self) -> None:
        """Begin anew after a failed write, and in a child process: a name is used by one process only."""
        if self._pid != os.getpid():
            self.lock = threading.RLock()
            self.lock.acquire()
            self.log._fd = -1
            self._begin()
        elif self._broken:
            with suppress(OSError):
                self.log.close()
            self._begin()

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """Whatever goes wrong within (also an interrupt from the keyboard): read everything anew before the next use."""
        try:
            yield
        except BaseException:
            self._broken = True
            raise

    def _save(self, paths: list[str]) -> None:
        update = self.document.take_update()
        if update != EMPTY_UPDATE:
            self._append({"p": paths}, update)

    def _append(self, header: Header, update: bytes) -> None:
        header = {"a": self.author, "t": time.time_ns() // 1_000_000, "w": self.key, "n": self._number, **header}
        self.log.append(header, update, schema=SCHEMA)
        self._number += 1
        self.revision += 1
        self._headers[_identity(header)] = header

    def _merge(self, frames: list[tuple[str, Frame]]) -> None:
        newer = max((f.schema for _, f in frames), default=0)
        if newer > SCHEMA:
            self._broken = True
            raise newer_version(str(self.folder), newer)
        self.revision += 1
        refused = set(self.document.apply(f.update for _, f in frames))
        for i, (name, f) in enumerate(frames):
            if i in refused:
                self._refused.append(Damage(name, f.offset, f.offset + len(f.header) + len(f.update), at_end=False))
        self._unread += [frame for _, frame in frames]

    def _read_headers(self) -> dict[tuple[str, int], Header]:
        """Read the headers of frames that are still unread; a change that came in two logs counts once."""
        frames, self._unread = self._unread, []
        for frame in frames:
            for h in headers_of(frame):
                self._headers.setdefault(_identity(h), h)
        return self._headers


def headers_of(frame: Frame) -> list[Header]:
    """Return the headers that a frame carries: its own, or those of all that it stands for."""
    if frame.kind == SNAPSHOT:
        return list(unpack_headers(frame.header))
    found = list(_lines(frame.header))
    merged = found[0].get("merged") if found else None
    if isinstance(merged, str):
        try:
            return found + list(unpack_headers(bytes.fromhex(merged)))
        except ValueError:
            return found
    return found


def pack_headers(headers: Iterable[Header]) -> bytes:
    """Return headers compressed, one JSON line each."""
    lines = (json.dumps(h, ensure_ascii=False, separators=(",", ":")) for h in headers)
    return zlib.compress("\n".join(lines).encode(), 6)


def unpack_headers(packed: bytes) -> Iterator[Header]:
    """Yield the headers in what :func:`pack_headers` returned; yield nothing that is no header."""
    try:
        yield from _lines(zlib.decompressobj().decompress(packed, _LARGEST_HISTORY))
    except zlib.error:
        return


def _lines(content: bytes) -> Iterator[Header]:
    for line in content.split(b"\n"):
        try:
            h = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if (
            isinstance(h, dict)
            and type(h.get("w")) is str
            and type(h.get("n")) is int
            and type(h.get("t")) is int
            and type(h.get("a")) is str
            and isinstance(h.get("p"), list)
            and all(type(p) is str for p in h["p"])
        ):
            yield h


def newer_version(where: str, found: int) -> RecordError:
    """Return the error for a record that a newer version has written."""
    return RecordError(
        "This inquiry was written by a newer version of inquirylab",
        where=where,
        found=f"format {found}, known here: {SCHEMA}",
        cure="Update inquirylab to open it.",
    )


def _identity(header: Header) -> tuple[str, int]:
    return header["w"], header["n"]


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "someone"


def _word(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "_", name)[:24] or "x"
