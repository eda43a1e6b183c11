"""An inquiry that people look at in notebooks: it takes in others' edits, carries out operations, and tells the views.

One for each inquiry in a kernel, shared by its widgets. Its thread starts when a page says that it is there, and ends a
minute after the last page has gone; a notebook that nobody looks at (a batch, an export) starts none.
"""

from __future__ import annotations

import base64
import binascii
import logging
import tempfile
import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from inquirylab.errors import InquiryError, RecordError
from inquirylab.record.shown_text import readable

if TYPE_CHECKING:
    from inquirylab.widgets.record_view import RecordView

LOG = logging.getLogger(__name__)
POLL_SECONDS = 0.2
HERE_SECONDS = 4.0
LEFT_SECONDS = 60.0
REMEMBERED = 5000
LARGEST_FILE = 32 * 1024 * 1024


class Inquiry(Protocol):
    """What a widget needs of an inquiry; :class:`inquirylab.inquiry.Inquiry` has it."""

    author: str

    @property
    def folder(self) -> Any: ...  # noqa: D102
    @property
    def record(self) -> Any: ...  # noqa: D102
    @property
    def leaving(self) -> Any: ...  # noqa: D102
    @property
    def roots(self) -> Any: ...  # noqa: D102
    @property
    def revision(self) -> int: ...  # noqa: D102
    def get(self, path: str) -> Any: ...  # noqa: D102
    def set(self, path: str, value: Any, base: Any = None) -> None: ...  # noqa: D102
    def add(self, path: str, fields: Any, before: str | None = None) -> str: ...  # noqa: D102
    def remove(self, path: str) -> None: ...  # noqa: D102
    def restore(self, path: str) -> None: ...  # noqa: D102
    def move(self, path: str, before: str | None = None) -> None: ...  # noqa: D102
    def resolve(self, path: str, value: Any) -> None: ...  # noqa: D102
    def undo(self) -> list[str]: ...  # noqa: D102
    def attach(self, path: str, file: str | Path) -> str: ...  # noqa: D102
    def attachment(self, name: str) -> Path | None: ...  # noqa: D102
    def sync(self, wait: float = 0.0) -> list[str]: ...  # noqa: D102
    def history(self, path: str | None = None) -> list[dict[str, Any]]: ...  # noqa: D102
    def conflicts(self) -> list[dict[str, Any]]: ...  # noqa: D102
    def findings(self) -> list[Any]: ...  # noqa: D102
    def here(self, looking_at: str = "") -> list[Any]: ...  # noqa: D102
    def measured(self, measure: str) -> Any: ...  # noqa: D102
    def network(self) -> Any: ...  # noqa: D102
    def network_diagram(self) -> Any: ...  # noqa: D102
    def standing(self) -> Any: ...  # noqa: D102
    def record_of_measure(self, measure: str) -> Any: ...  # noqa: D102
    @property
    def data_choice(self) -> Any: ...  # noqa: D102


class Live:
    """One inquiry, the widgets that show it, and who is here."""

    def __init__(self, inquiry: Inquiry) -> None:
        self.inquiry = inquiry
        self.lock = threading.RLock()
        self.present: list[dict[str, Any]] = []
        self._views: weakref.WeakSet[RecordView] = weakref.WeakSet()
        self._done: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._looking = ""
        self._seen = 0.0
        self._told = inquiry.revision
        self._thread: threading.Thread | None = None
        self._wake = threading.Event()

    def join(self, view: RecordView) -> None:
        """Tell this view from now on."""
        self._views.add(view)

    # from a view

    def here(self, looking_at: str) -> None:
        """Note that a page is there, and watch the folder while one is."""
        self._looking, self._seen = looking_at, time.monotonic()
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._watch, name="inquirylab-live", daemon=True)
            self._thread.start()

    def carry_out(self, number: str, operation: Mapping[str, Any]) -> dict[str, Any]:
        """Do one operation, once for each number, and return the answer: done, refused, or failed (kept by the view)."""
        with self.lock:
            if number in self._done:
                return self._done[number]
            try:
                result = perform(self.inquiry, operation)
            except (InquiryError, KeyError, TypeError, ValueError, AttributeError) as e:
                if isinstance(e, InquiryError) and self._cannot_write(e):
                    return {"kind": "failed", "n": number, "message": str(e)}
                answer = {"kind": "refused", "n": number, "message": str(e) if isinstance(e, InquiryError) else repr(e)}
            except OSError as e:
                return {"kind": "failed", "n": number, "message": f"{e.strerror or e}"}
            else:
                answer = {"kind": "done", "n": number, "result": result}
                if not self._shows_itself(operation):
                    self.tell()
            self._done[number] = answer
            while len(self._done) > REMEMBERED:
                self._done.popitem(last=False)
        self._wake.set()
        return answer

    def tell(self, thoroughly: bool = False) -> None:
        """Send what stands to every view; `thoroughly` with what must be worked out: findings, what is known."""
        with self.lock:
            self._told = self.inquiry.revision  # taken first: what comes in meanwhile is told the next time
            for view in list(self._views):
                try:
                    view.refresh(thoroughly)
                except Exception:  # what one view cannot show must not leave an edit without its answer
                    LOG.exception("%r could not be told what changed", view)

    # within

    def _shows_itself(self, operation: Mapping[str, Any]) -> bool:
        """Say whether every view draws this without being told: a note in a large collection. All are told soon after."""
        root = str(operation.get("path", "")).split(".")[0]
        return all(root in view.large for view in list(self._views))

    def _cannot_write(self, error: InquiryError) -> bool:
        return isinstance(error.__cause__, OSError) or not self.inquiry.folder.writable

    def _watch(self) -> None:
        last_here, rest_until = 0.0, 0.0
        while time.monotonic() - self._seen < LEFT_SECONDS and self._views:
            self._wake.wait(POLL_SECONDS)
            time.sleep(max(0.0, rest_until - time.monotonic()))  # a large record must not keep the kernel busy telling
            woken = self._wake.is_set()  # asked after the rest: who wakes during it must not be cleared unheard
            if woken:
                self._wake.clear()
            began = time.monotonic()
            with suppress(OSError, InquiryError), self.lock:
                paths = self.inquiry.sync()
                if time.monotonic() - last_here > HERE_SECONDS:
                    last_here = time.monotonic()
                    self._look_around()
                changed = self.inquiry.revision != self._told  # also what was taken in while something was worked out
                if paths or (changed and not woken):
                    self.tell()
                if changed or woken:
                    self.tell(thoroughly=True)
                    rest_until = time.monotonic() + 2 * (time.monotonic() - began)

    def _look_around(self) -> None:
        others = [
            {"author": readable(p.author), "looking_at": p.looking_at, "seconds_ago": round(p.seconds_ago)}
            for p in self.inquiry.here(self._looking)
        ]
        if others != self.present:
            self.present = others
            for view in list(self._views):
                view.present = others


def perform(inquiry: Inquiry, operation: Mapping[str, Any]) -> Any:
    """Do one operation of a view (`widgets/views/model.ts` lists them) and return its result.

    Raises
    ------
    RecordError
        The operation is unknown or not allowed; or it could not be saved.
    """
    what = operation.get("do")
    path = operation.get("path", "")
    if what == "set":
        value = operation.get("value")
        inquiry.set(path, None if value == "" else value, operation.get("base"))
    elif what == "add":
        return _add(inquiry, path, operation)
    elif what == "remove":
        inquiry.remove(path)
    elif what == "restore":
        inquiry.restore(path)
    elif what == "move":
        inquiry.move(path, operation.get("before"))
    elif what == "resolve":
        inquiry.resolve(path, operation.get("value"))
    elif what == "undo":
        return inquiry.undo()
    elif what == "attach":
        return _attach(inquiry, path, str(operation.get("name", "file")), str(operation.get("content", "")))
    else:
        raise RecordError(f"A view asked for {what!r}, which is not known here", cure="Run the notebook again.")
    return None


def _add(inquiry: Inquiry, path: str, operation: Mapping[str, Any]) -> Any:
    """Add an item once: a page that sends it again after a lost answer finds it there."""
    fields = operation.get("fields")
    item = fields.get("id") if isinstance(fields, Mapping) else None
    if item is not None and inquiry.get(f"{path}.{item}") is not None:
        return item
    return inquiry.add(path, fields, operation.get("before"))


def _attach(inquiry: Inquiry, path: str, name: str, content: str) -> str:
    try:
        data = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError) as e:
        raise RecordError("The file did not arrive whole", where=repr(path), cure="Drop it in once more.") from e
    if len(data) > LARGEST_FILE:
        raise RecordError(
            "The file is too large to keep here",
            where=repr(path),
            found=f"{len(data) // (1024 * 1024)} MB",
            cure=f"At most {LARGEST_FILE // (1024 * 1024)} MB; put it into the folder data/ and name it there.",
        )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / (Path(name.replace("\\", "/")).name or "file")
        file.write_bytes(data)
        return inquiry.attach(path, file)
