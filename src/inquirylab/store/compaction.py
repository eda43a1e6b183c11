"""Many logs of finished writers become one; what they hold stays, and so does who changed what, when.

A file is taken by renaming it, which one process alone can do. Its owner, should it still live, looks after each
append whether its file is still in its place, and writes the edit again elsewhere before it acknowledges it. So no
order of events loses an acknowledged edit. The new file is read back and compared before the old ones go.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterable
from pathlib import Path

from inquirylab.errors import RecordError
from inquirylab.store.document import Document
from inquirylab.store.frame import SNAPSHOT, Frame, pack, scan
from inquirylab.store.identity import chance
from inquirylab.store.log import SUFFIX, log_names, sync_folder
from inquirylab.store.migration import SCHEMA
from inquirylab.store.record_store import Header, RecordStore, _user, _word, headers_of, pack_headers
from inquirylab.store.update_check import clocks, is_safe, reach

LEASE_SECONDS = 60.0
MANY_FILES, MANY_BYTES = 8, 1 << 20


def finished(store: RecordStore, lease: float = LEASE_SECONDS) -> list[str]:
    """Return the logs that this process may take over: its own, and those of ended processes of its user and host.

    Parameters
    ----------
    lease
        How many seconds a file of another process must have rested.
    """
    out = []
    for name in log_names(store.folder):
        words = name.partition(".")[0].split("-")
        if len(words) != 4 or words[:2] != [_word(_user()), _word(socket.gethostname())]:
            continue
        mine = words[3] == store.key or words[2] == str(os.getpid())
        if mine or (not _alive(words[2]) and _rested(store.folder / name, lease)):
            out.append(name)
    return out


def compact(store: RecordStore, names: Iterable[str] | None = None, *, lease: float = LEASE_SECONDS) -> int:
    """Merge logs into one and return how many there were.

    Damaged logs are left as they are. Two logs are needed for it to be worth the while, or one with many changes.

    Raises
    ------
    RecordError
        The folder cannot be written; nothing is lost.
    """
    with store.lock:
        store.sync()
        store.log.close()
        chosen = finished(store, lease) if names is None else list(names)
        try:
            taken = [t for name in chosen if (t := take(store.folder, name, store.key)) is not None]
            read = {path: _whole(path) for path in taken}
            sound = {path: frames for path, (frames, damaged) in read.items() if not damaged}
            frames = [f for found in sound.values() for f in found]
            if frames:
                write_merged(store, frames, [h for f in frames for h in headers_of(f)])
                remove(store.folder, sound)
        except OSError as e:
            raise RecordError(
                "The record's logs could not be merged",
                where=str(store.folder),
                found=e.strerror or "",
                cure="Nothing is lost: they are read as they are.",
            ) from e
        return len(sound)


def tidy(store: RecordStore) -> None:
    """Merge this user's finished logs when there are many of them or they are large; never an error."""
    try:
        names = finished(store)
        size = sum((store.folder / n).stat().st_size for n in names)
        if len(names) >= MANY_FILES or (len(names) > 1 and size > MANY_BYTES):
            compact(store, names)
    except (RecordError, OSError):
        pass  # nothing is lost: the logs stay as they are


def take(folder: Path, name: str, key: str) -> Path | None:
    """Take a log by renaming it; None if another process was quicker."""
    stem = name[: -len(SUFFIX)].partition(".taken-")[0]
    target = folder / f"{stem}.taken-{key}-{chance(4)}{SUFFIX}"
    try:
        (folder / name).rename(target)
    except FileNotFoundError:
        return None
    return target


def write_merged(store: RecordStore, frames: list[Frame], headers: list[Header]) -> bytes:
    """Write one log that holds what `frames` hold, prove it, and return its content.

    A document forgets, when it is written as a whole, the changes that still wait for another change: an edit of a
    text whose first words stand in somebody else's log. Then the whole record is written, as this process knows it;
    and should a change wait even so, because a log is lost, its frame goes along as it is.
    """
    if max(f.schema for f in frames) > SCHEMA:
        raise RecordError("A newer version of inquirylab writes to this record", cure="Update inquirylab.")
    frames = [f for f in frames if is_safe(f.update)]
    store._merge([("", f) for f in frames])
    source = Document(chance(10))
    source.apply(f.update for f in frames)
    waiting = _waiting(frames, source)
    if waiting:
        source = store.document
        waiting = _waiting(frames, source)
    update = source.update_since()
    distinct = {(h["w"], h["n"]): h for h in headers}
    ordered = sorted(distinct.values(), key=lambda h: (h["t"], h["w"], h["n"]))
    content = pack(pack_headers(ordered), update, kind=SNAPSHOT, schema=SCHEMA)
    content += b"".join(pack(pack_headers([]), f.update, kind=SNAPSHOT, schema=f.schema) for f in waiting)
    _prove(content, source, set(distinct), bool(waiting))
    target = store.folder / f"{store.log.writer}.g{store.log.generation}{SUFFIX}"
    store.log.generation += 1
    draft = store.folder / f".{target.name}.tmp"
    with draft.open("xb") as f:
        f.write(content)
        f.flush()
        os.fsync(f.fileno())
    if draft.read_bytes() != content:
        raise OSError(None, "what was written is not what was read back")
    draft.rename(target)
    sync_folder(store.folder)
    store._merge([("", f) for f in scan(content).frames])
    return content


def remove(folder: Path, paths: Iterable[Path]) -> None:
    """Remove logs that were merged into another."""
    for path in paths:
        path.unlink(missing_ok=True)
    sync_folder(folder)


def _whole(path: Path) -> tuple[list[Frame], bool]:
    content = path.read_bytes()
    found = scan(content)
    return found.frames, bool(found.holes) or found.end < len(content)


def _waiting(frames: list[Frame], document: Document) -> list[Frame]:
    """Return the frames that a document could not take in whole."""
    known = clocks(document.state())
    return [f for f in frames if any(clock > known.get(client, 0) for client, clock in reach(f.update).items())]


def _prove(content: bytes, source: Document, headers: set[tuple[str, int]], waiting: bool) -> None:
    """Read what is about to be written and compare; raise where anything differs."""
    written = scan(content)
    copy = Document(chance(10))
    refused = copy.apply(f.update for f in written.frames)
    same = (
        not refused
        and written.end == len(content)
        and {(h["w"], h["n"]) for f in written.frames for h in headers_of(f)} >= headers
        and clocks(copy.state()).items() >= clocks(source.state()).items()
    )
    if not waiting:
        same = (
            same
            and copy.texts() == source.texts()
            and copy.all_entries() == source.all_entries()
            and copy.kept() == source.kept()
        )
    if not same:
        raise RecordError("The logs cannot be merged without losing something", cure="They stay as they are.")


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except (OSError, ValueError, OverflowError):
        return True
    return True


def _rested(path: Path, lease: float) -> bool:
    try:
        return time.time() - path.stat().st_mtime >= lease
    except OSError:
        return False
