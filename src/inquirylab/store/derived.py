"""``record.json`` and ``record.md``: written anew after changes, replaced whole, never read back as truth."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from inquirylab.errors import InquiryError
from inquirylab.store.log import SUFFIX, log_names

JSON, MARKDOWN = "record.json", "record.md"
LATEST = 1.5  # seconds after a change, however long the files take to write


class DerivedFiles:
    """Keeps the derived files up to date without slowing down whoever edits.

    They are written at once where that is quick; else a little later, once for many changes, and at the end. What a session
    that was killed left unwritten, the next one finds (:meth:`catch_up`).

    Parameters
    ----------
    folder
        The inquiry's folder.
    writer
        Name of this writer, for its drafts.
    render
        Returns file name -> content, from what stands in the record now.
    """

    def __init__(self, folder: Path, writer: str, render: Callable[[], dict[str, str]]) -> None:
        self.folder, self.writer, self.render = folder, writer, render
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._written, self._took = 0.0, 0.0

    def changed(self) -> None:
        """Say that the record has changed."""
        if self._timer is not None:
            return
        delay = max(0.0, self._written + min(20 * self._took, LATEST) - time.monotonic())
        if delay == 0.0:
            self.write()
            return
        self._timer = threading.Timer(delay, self._write_late)
        self._timer.daemon = True
        self._timer.start()

    def write(self) -> None:
        """Write the files now."""
        began = time.monotonic()
        with self._lock:
            for name, content in self.render().items():
                write(self.folder, self.writer, name, content)
            self._written = time.monotonic()
            self._took = self._written - began

    def catch_up(self) -> None:
        """Write the files if a log is newer than they are; looks at times alone, so that it costs next to nothing."""
        if _is_older(self.folder):
            self.write()

    def close(self) -> None:
        """Write what is still to be written."""
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()
            timer.join()
            self.write()

    def _write_late(self) -> None:
        self._timer = None
        with suppress(InquiryError):  # the folder has gone or turned newer: the next call says so to a person
            self.write()


def write(folder: Path, writer: str, name: str, content: str) -> bool:
    """Replace a derived file; return False where the folder cannot be written.

    Readers see the old file or the new one, whole; two writers who replace it together leave one of theirs.
    """
    draft = folder / f".{name}.{writer}.tmp"
    try:
        draft.write_text(content, encoding="utf-8")
        draft.replace(folder / name)
    except OSError:
        return False
    return True


def _is_older(folder: Path) -> bool:
    """Say whether a derived file is missing or older than a log of the record; False where there is no log."""
    try:
        logs = [(folder / "record" / name).stat().st_mtime_ns for name in log_names(folder / "record")]
        return bool(logs) and min((folder / name).stat().st_mtime_ns for name in (JSON, MARKDOWN)) < max(logs)
    except FileNotFoundError:
        return True
    except OSError:
        return False


def sweep(folder: Path, older_than: float, now: float) -> None:
    """Remove drafts that a crashed process left behind more than `older_than` seconds ago."""
    for place in (folder, folder / "record"):
        with suppress(OSError):
            for draft in place.glob(".*.tmp"):
                ours = ".record." in draft.name or SUFFIX in draft.name
                if ours and now - draft.stat().st_mtime > older_than:
                    draft.unlink(missing_ok=True)
