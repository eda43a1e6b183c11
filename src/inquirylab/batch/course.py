"""The course of a batch: what it does, noted as it does it, for whoever watches its folder.

``OUT/.batch/course`` is begun anew by each run and then only grows, a line of JSON an event; while the run lives, the
file's time is renewed every few seconds. Who watches reads the file and nothing else, never the batch's process, so one
may watch from another machine that sees the folder, and after the end.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from pathlib import Path
from typing import Any

from inquirylab.batch.journal import PLACE
from inquirylab.batch.outcome import Outcome

BEAT_SECONDS = 5.0


def course_path(out: Path) -> Path:
    """Return where the course of the batch in a folder stands."""
    return out / PLACE / "course"


class Course:
    """Writes the course of one run. A disk that takes no more of it never stops the batch.

    Parameters
    ----------
    out
        The batch's folder.
    about
        What is known before the first site: ``title``, ``template``, ``sites`` (how many), ``workers``.
    """

    def __init__(self, out: Path, **about: Any) -> None:
        self.path = course_path(out)
        self._ended = threading.Event()
        self._file: Any = None
        with contextlib.suppress(OSError):
            partial = self.path.with_name("course.partial")
            partial.unlink(missing_ok=True)
            self._file = partial.open("a", encoding="utf-8")
            self._note(event="begun", at=time.time(), **about)
            partial.replace(self.path)  # who watches sees the old course or the new one
        threading.Thread(target=self._beat, name="inquirylab-course", daemon=True).start()

    def trying(self) -> None:
        """Both engines are about to be tried on the first site."""
        self._note(event="trying", at=time.time())

    def site_begun(self, name: str, slug: str) -> None:
        """A site was handed out."""
        self._note(event="site_begun", at=time.time(), name=name, slug=slug)

    def site_ended(self, outcome: Outcome) -> None:
        """A site has ended; of one that failed its sentence is noted."""
        told = {"name": outcome.name, "slug": outcome.slug, "outcome": outcome.outcome}
        if outcome.outcome == "failed":
            told |= {"happened": outcome.happened, "cure": outcome.cure, "notebook": outcome.notebook}
        self._note(flush=outcome.outcome != "skipped", event="site_ended", at=time.time(), **told)

    def said(self, sentence: str) -> None:
        """A sentence that people should read."""
        self._note(event="said", at=time.time(), sentence=sentence)

    def end(self) -> None:
        """The run is over, all sites or not."""
        self._ended.set()
        self._note(event="ended", at=time.time())
        with contextlib.suppress(OSError, AttributeError):
            self._file.close()

    def _note(self, flush: bool = True, **event: Any) -> None:
        if self._file is None:
            return
        with contextlib.suppress(OSError, ValueError):
            self._file.write(json.dumps(event, ensure_ascii=False) + "\n")
            if flush:
                self._file.flush()

    def _beat(self) -> None:
        while not self._ended.wait(BEAT_SECONDS):
            with contextlib.suppress(OSError):
                os.utime(self.path)
