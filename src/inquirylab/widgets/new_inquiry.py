"""The form that makes a new inquiry beside a notebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any

import traitlets

from inquirylab.errors import InquiryError, RecordError
from inquirylab.widgets.record_view import STATIC
from inquirylab.widgets.view_state import ViewState, notebooks_in

Make = Callable[..., Mapping[str, Any]]


class NewInquiry(ViewState):
    """Asks for title, site, first cycle and folder, and makes the inquiry once.

    Parameters
    ----------
    beside
        The folder in which the inquiry's folder is made.
    make
        What makes it: takes the folder and the answers, returns what the view shows then.
    """

    stem = "new_inquiry"
    _esm = STATIC / "new_inquiry.js"
    _css = STATIC / "new_inquiry.css"

    inquiry = traitlets.Unicode("new").tag(sync=True)

    def __init__(self, beside: Path, make: Make) -> None:
        super().__init__(shown={"beside": str(beside)})
        self._beside, self._make = beside, make
        self.on_msg(self._receive)

    def _receive(self, _: Any, content: Any, __: Any) -> None:
        if isinstance(content, Mapping) and content.get("kind") == "here":
            self.hear(content)
        elif isinstance(content, Mapping) and content.get("kind") == "ask" and content.get("question") == "make":
            self.send({"kind": "told", "n": str(content.get("n", "")), **self._made(content)})

    def _made(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """Make it once: a page that asks again after a lost answer is told what was made."""
        if "made" in self.shown:
            return {"result": self.shown["made"]}
        try:
            name = str(wanted.get("folder") or "").strip()
            if not name or name in (".", "..") or any(c in name for c in '/\\:*?"<>|\0'):
                raise RecordError(
                    "This is no name for a folder", found=repr(name), cure="Use letters, digits, - and _ alone."
                )
            told = {k: str(wanted.get(k) or "").strip() or None for k in ("title", "site", "cycle")}
            made = dict(self._make(self._beside / name, **told))
        except InquiryError as e:
            return {"message": str(e)}
        with self.hold_sync():
            self.shown = {**self.shown, "made": made}
            self.notebooks = notebooks_in(self._beside / name)
        return {"result": made}

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        shown = super()._repr_mimebundle_(**kwargs)
        data, metadata = shown if isinstance(shown, tuple) else (shown or {}, {})
        said = (
            f"There is no inquiry in this folder yet ({self._beside}): run this cell in a notebook to begin one, or name the "
            "folder of one in the first cell."
        )
        return {**data, "text/plain": said, "text/html": f"<p>{escape(said)}</p>", "text/markdown": said}, metadata
