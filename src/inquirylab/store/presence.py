"""Who else is here: each writer leaves a small file beside the logs and renews it; nobody waits for anybody."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

SUFFIX = ".here"
ALIVE_SECONDS = 30.0
FORGET_SECONDS = 3600.0


class Present(NamedTuple):
    """A writer that is here, what they look at, and how many seconds ago they said so."""

    writer: str
    author: str
    looking_at: str
    seconds_ago: float


def announce(folder: Path, writer: str, author: str, looking_at: str = "") -> bool:
    """Say that this writer is here; return False where the folder cannot be written."""
    target = folder / f"{writer}{SUFFIX}"
    draft = folder / f".{writer}{SUFFIX}.tmp"
    try:
        draft.write_text(json.dumps({"author": author, "looking_at": looking_at}), encoding="utf-8")
        draft.replace(target)
    except OSError:
        return False
    return True


def leave(folder: Path, writer: str) -> None:
    """Say that this writer has gone."""
    with suppress(OSError):
        (folder / f"{writer}{SUFFIX}").unlink(missing_ok=True)


def present(folder: Path, now: float | None = None) -> list[Present]:
    """Return who is here, the latest first.

    Ages are by the clock of the folder's file system: the newest heartbeat counts as now, unless it is old itself
    by this machine's clock, so that a wrong clock makes nobody vanish.
    """
    beats = []
    for name in _names(folder):
        try:
            path = folder / name
            info = path.stat()
            said = json.loads(path.read_text(encoding="utf-8")) if info.st_size < 4096 else {}
            beats.append((info.st_mtime, name[: -len(SUFFIX)], said))
        except (OSError, ValueError):
            continue
    clock = time.time() if now is None else now
    out = []
    for at, writer, said in sorted(beats, reverse=True, key=lambda b: b[:2]):
        ago = max(clock - at, 0.0)
        if ago <= ALIVE_SECONDS and isinstance(said, dict) and isinstance(said.get("author"), str):
            out.append(Present(writer, said["author"], str(said.get("looking_at", "")), ago))
        elif ago > FORGET_SECONDS:
            leave(folder, writer)
    return out


def _names(folder: Path) -> list[str]:
    try:
        return [p.name for p in folder.glob(f"*{SUFFIX}") if not p.name.startswith(".")]
    except OSError:
        return []
