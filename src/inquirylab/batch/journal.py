"""The journal of a batch: which sites are done, and what each of them was made from.

``OUT/.batch/journal`` only ever grows: a line a finished site, each with its own checksum, on disk before the site
counts as done. A line torn by a crash is passed over, and so is everything that is not as it was written. Nothing here
imports a library: a batch in which nothing changed is over before pandas would be loaded.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import socket
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from inquirylab.errors import BatchError

PLACE = ".batch"
ABSENT = "absent"
"""The digest of a file that is not there; a site may have looked for it."""


def digest(*parts: str | bytes) -> str:
    """Return a hash of texts, each kept apart from the next.

    Examples
    --------
    >>> digest("ab", "c") == digest("a", "bc")
    False
    """
    total = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()


class Contents:
    """Digests of files and folders as they are now; a file is read again only when its time or size is another."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, int], str] = {}

    def of_file(self, path: str) -> str:
        """Return the digest of a file's bytes, :data:`ABSENT` where there is none."""
        try:
            now = os.stat(path)  # noqa: PTH116
            key = (path, now.st_mtime_ns, now.st_size)
            if key not in self._known:
                with open(path, "rb") as file:  # noqa: PTH123
                    self._known[key] = hashlib.file_digest(file, _blake2b).hexdigest()
        except OSError:
            return ABSENT
        return self._known[key]

    def of_folder(self, path: str) -> str:
        """Return the digest of the names in a folder."""
        try:
            return digest(*sorted(os.listdir(path)))  # noqa: PTH208
        except OSError:
            return ABSENT

    def below(self, path: str) -> dict[str, str]:
        """Return the digests of all files below a folder, or of the one file that `path` is."""
        if not os.path.isdir(path):  # noqa: PTH112
            return {path: self.of_file(path)}
        found = (Path(folder, name) for folder, _, names in os.walk(path) for name in names)
        return {str(file): self.of_file(str(file)) for file in found if PLACE not in file.parts}


def _blake2b() -> Any:
    return hashlib.blake2b(digest_size=16)


@dataclass(frozen=True)
class Entry:
    """One finished site.

    Attributes
    ----------
    slug
        The site's name in file names.
    key
        Digest of all that is known before a site runs: the template's cells, the parameters, what is installed.
    files, folders
        What the site read, by path, with its digest then.
    outputs
        What it made, by path relative to ``OUT``, with its size in bytes.
    outside
        Why the site can never be skipped ("SQL", "the network"…); empty if it can.
    page
        Digest of what its page says beyond its notebook: its neighbours, the report's title.
    outcome
        The site's outcome as ``batch.json`` tells it.
    """

    slug: str
    key: str
    files: dict[str, str] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, int] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)
    page: str = ""
    outcome: dict[str, Any] = field(default_factory=dict)

    def holds(self, key: str, contents: Contents, out: Path) -> bool:
        """Say whether running the site again could only give what is there."""
        return (
            self.key == key
            and not self.outside
            and all(_size(out / name) == size for name, size in self.outputs.items())
            and all(contents.of_file(path) == known for path, known in self.files.items())
            and all(contents.of_folder(path) == known for path, known in self.folders.items())
        )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def what_was_read(reads: Mapping[str, Iterable[str]] | None, started: float, contents: Contents) -> dict[str, Any]:
    """Return the fields of an :class:`Entry` that a kernel's report of its reading fills.

    Parameters
    ----------
    reads
        The report; None, where a kernel gave none, means that the site can never be skipped.
    started
        When the site started, seconds since the epoch. A file changed since then may have been read before or after.
    contents
        Digests of files.
    """
    if reads is None:
        return {"outside": ["what it read is not known"]}
    files = [*reads["files"], *reads["modules"]]
    changed = sorted(path for path in files if _changed_since(path, started))
    moving = [f"{Path(path).name} changed while the site ran" for path in changed]
    return {
        "files": {path: contents.of_file(path) for path in files},
        "folders": {path: contents.of_folder(path) for path in reads["folders"]},
        "outside": [*reads["outside"], *moving],
    }


def _changed_since(path: str, moment: float) -> bool:
    try:
        return Path(path).stat().st_mtime >= moment
    except OSError:
        return False


class Journal:
    """The finished sites of one ``OUT`` folder.

    A journal is open in one process at a time; who comes second is refused.

    Examples
    --------
    ::

        with Journal(out) as journal:
            journal.entries.get("leeds")
            journal.add(Entry("leeds", key="…"))
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.path = out / PLACE / "journal"
        self.entries: dict[str, Entry] = {}
        self._file: Any = None
        self._lock: Any = None

    def __enter__(self) -> Journal:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = _lock(self.path.with_name("lock"), self.out)
        self.entries = {entry.slug: entry for entry in read(self.path)}
        self._file = self.path.open("ab")
        if self._file.tell() and not _ends_a_line(self.path):
            self._file.write(b"\n")  # what follows a torn line must not be torn with it
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._lock.close()

    def add(self, entry: Entry) -> None:
        """Note a finished site; when this returns, the note is on disk."""
        self._file.write(line(entry))
        self._file.flush()
        os.fsync(self._file.fileno())
        self.entries[entry.slug] = entry


def line(entry: Entry) -> bytes:
    """Return an entry as it stands in the file: checksum, space, JSON, newline."""
    text = json.dumps(asdict(entry), ensure_ascii=False, separators=(",", ":")).encode()
    return b"%08x %s\n" % (zlib.crc32(text), text)


def read(path: Path) -> Iterator[Entry]:
    """Yield the entries of a journal in the order of writing; what is torn or damaged is passed over."""
    with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
        for raw in file:
            checksum, _, text = raw.rstrip(b"\n").partition(b" ")
            with contextlib.suppress(ValueError, TypeError):
                if int(checksum, 16) == zlib.crc32(text):
                    yield Entry(**json.loads(text))


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _lock(path: Path, out: Path) -> Any:
    """Return the open lock file; the system lets go of it when its process ends, however it ends."""
    lock = path.open("a+", encoding="utf-8")
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        lock.seek(0)
        holder = lock.read().strip()
        lock.close()
        cure = "Wait for it to end, or write to another folder."
        raise BatchError("Another batch is writing here", where=str(out), found=holder, cure=cure) from None
    lock.seek(0)
    lock.truncate()
    lock.write(f"process {os.getpid()} on {socket.gethostname()}")
    lock.flush()
    return lock
