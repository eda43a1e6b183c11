"""A batch as people watch it: how many sites ended, which failed and why, how long it still takes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from inquirylab.reports.batch import BatchNow, batch_page
from inquirylab.widgets.record_view import STATIC
from inquirylab.widgets.view_state import ViewState

LOOK_SECONDS = 1.0
LEFT_SECONDS = 900.0
"""So long it goes on looking when no page says that it is there: a kernel that runs a long cell hears none."""

SIGN_SECONDS = 5.0
"""So often a page that watches hears that the kernel still looks."""


class BatchView(ViewState):
    """Shows a batch; it looks at the folder while a page is open, and a while longer.

    Parameters
    ----------
    look
        Says how far the batch is.
    """

    stem = "batch"
    _esm = STATIC / "batch.js"
    _css = STATIC / "batch.css"

    inquiry = traitlets.Unicode("batch").tag(sync=True)

    def __init__(self, look: Callable[[], BatchNow]) -> None:
        self._look, self._lock = look, threading.RLock()
        self.now = look()
        super().__init__(shown={**self.now.to_view(), "looks": 0})
        self._seen = 0.0
        self._thread: threading.Thread | None = None
        self.on_msg(self._receive)

    def refresh(self, sign: bool = False) -> None:
        """Look, and tell the pages if there is something new; with `sign` in any case."""
        with self._lock:
            self.now = self._look()
            shown = {**self.now.to_view(), "looks": self.shown["looks"] + sign}
            if shown != self.shown:
                self.shown = shown

    def _receive(self, _: Any, content: Any, __: Any) -> None:
        if isinstance(content, Mapping) and content.get("kind") == "here":
            self.hear(content)
            self._seen = time.monotonic()
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._watch, name="inquirylab-watch", daemon=True)
                self._thread.start()

    def _watch(self) -> None:
        signed = 0.0
        while time.monotonic() - self._seen < LEFT_SECONDS:
            due = time.monotonic() - signed >= SIGN_SECONDS
            self.refresh(sign=due)
            signed = time.monotonic() if due else signed
            time.sleep(LOOK_SECONDS)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        shown = super()._repr_mimebundle_(**kwargs)
        if shown is None:
            return None
        data, metadata = shown if isinstance(shown, tuple) else (shown, {})
        with self._lock:
            self.now = self._look()
            still = batch_page(self.now)._repr_mimebundle_()
            return {**data, **still, "text/plain": repr(self)}, metadata

    def __repr__(self) -> str:
        return f"<Batch in {self.now.folder}: {self.now}>"
