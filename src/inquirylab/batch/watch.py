"""Watch a batch of a folder from a notebook: the course that it notes is read, its process never asked."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inquirylab.batch.course import BEAT_SECONDS, course_path
from inquirylab.batch.manifest import read_manifest
from inquirylab.errors import BatchError
from inquirylab.reports.batch import BatchNow, Failed

if TYPE_CHECKING:
    from inquirylab.widgets.batch import BatchView

SILENT_SECONDS = 6 * BEAT_SECONDS
"""A batch that gave no sign of life for so long has been killed, or its machine is off."""


def watch(out: str | Path) -> BatchView:
    """Return a view of the batch in a folder: how many sites ended, which failed and why, how long it still takes.

    It may run, have ended, or begin later; in JupyterLab, *Create New View for Output* puts the view into a panel.

    Parameters
    ----------
    out
        The folder given to ``inquirylab batch --out``.

    Examples
    --------
    ::

        inquirylab.watch("attendance/report")
    """
    from inquirylab.widgets.batch import BatchView

    return BatchView(Watched(Path(out)).look)


class Watched:
    """The batch of one folder; a look reads only what has been noted since the last.

    Parameters
    ----------
    out
        Its folder. It need not be there yet.
    """

    def __init__(self, out: Path) -> None:
        self.out = out.absolute()
        self._forget(0)

    def look(self) -> BatchNow:
        """Return how far the batch is."""
        path = course_path(self.out)
        try:
            with path.open("rb") as file:
                about = path.stat()
                if about.st_ino != self._inode or about.st_size < self._read:
                    self._forget(about.st_ino)
                file.seek(self._read)
                *lines, _ = file.read().split(b"\n")  # what is not a whole line yet will be
            self._read += sum(len(line) + 1 for line in lines)
        except OSError:
            return self._finished()
        for line in lines:
            self._take(line)
        return self._now(about.st_mtime)

    def _forget(self, inode: int) -> None:
        self._inode, self._read = inode, 0
        self._about: dict[str, Any] = {}
        self._state = "running"
        self._running: dict[str, tuple[str, float]] = {}
        self._outcomes: dict[str, str] = {}
        self._failed: dict[str, Failed] = {}
        self._said: list[str] = []
        self._first = self._last = 0.0
        self._ran = 0

    def _take(self, line: bytes) -> None:
        try:
            event = json.loads(line)
            kind, at = event.pop("event"), float(event.pop("at"))
        except (ValueError, KeyError, TypeError, AttributeError):
            return  # a line that a crash damaged
        if kind == "begun":
            self._about = {**event, "at": at}
        elif kind == "trying":
            self._state = "trying"
        elif kind == "site_begun":
            self._state, self._first = "running", self._first or at
            self._running[event["slug"]] = (event["name"], at)
        elif kind == "site_ended":
            self._end_site(event, at)
        elif kind == "said":
            self._said.append(str(event["sentence"]))
        elif kind == "ended":
            self._state, self._last = "ended", at
            self._running.clear()

    def _end_site(self, event: dict[str, Any], at: float) -> None:
        slug = event["slug"]
        self._running.pop(slug, None)
        self._outcomes[slug] = event["outcome"]
        self._last = at
        self._ran += event["outcome"] != "skipped"
        if event["outcome"] == "failed":
            self._failed[slug] = Failed(event["name"], event["happened"], event["cure"], event["notebook"])

    def _now(self, sign_of_life: float) -> BatchNow:
        now, about = time.time(), self._about
        state, ended = self._state, Counter(self._outcomes.values())
        if state != "ended" and now - sign_of_life > SILENT_SECONDS:
            state = "stopped"
        alive = state in ("running", "trying")
        sites = int(about.get("sites", 0))
        left = None
        if self._ran and alive:  # as fast as so far; what has passed since the last site ended is part of what is left
            each = (self._last - self._first) / self._ran
            left = max(0.0, each * (sites - len(self._outcomes)) - (now - self._last))
        begun = float(about.get("at", now))
        return BatchNow(
            str(self.out),
            state,
            str(about.get("title", "")),
            str(about.get("template", "")),
            sites,
            int(about.get("workers", 0)),
            ended,
            tuple((name, max(0.0, now - at)) for name, at in self._running.values()) if alive else (),
            tuple(self._failed.values()),
            tuple(self._said),
            max(0.0, (now if alive else self._last) - begun),
            left,
            self._report(),
        )

    def _finished(self) -> BatchNow:
        """Return what is known of a batch that noted no course, or of none."""
        try:
            manifest = read_manifest(self.out)
        except BatchError:
            return BatchNow(str(self.out))
        failed = tuple(
            Failed(o.name, o.happened, o.cure, o.notebook) for o in manifest.outcomes if o.outcome == "failed"
        )
        ended = Counter(o.outcome for o in manifest.outcomes)
        sites = len(manifest.outcomes)
        return BatchNow(
            str(self.out), "ended", manifest.title, sites=sites, ended=ended, failed=failed, report=self._report()
        )

    def _report(self) -> str:
        page = self.out / "index.html"
        return str(page) if page.exists() else ""
