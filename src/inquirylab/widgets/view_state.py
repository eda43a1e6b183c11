"""What every view is sent, as `State` of `widgets/views/model.ts` names it."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from inquirylab.widgets.kernel_thread import keep_heard


class ViewState(anywidget.AnyWidget):  # type: ignore[misc]  # anywidget has no types
    """The traits that the notebook host of every view reads."""

    inquiry = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    site = traitlets.Unicode().tag(sync=True)
    me = traitlets.Unicode().tag(sync=True)
    read_only = traitlets.Unicode().tag(sync=True)
    forms = traitlets.Dict().tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)
    findings = traitlets.List().tag(sync=True)
    conflicts = traitlets.List().tag(sync=True)
    present = traitlets.List().tag(sync=True)
    changes = traitlets.List().tag(sync=True)
    names = traitlets.List().tag(sync=True)
    removed = traitlets.Dict().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)
    notebooks = traitlets.List().tag(sync=True)

    def open(self) -> None:
        """Begin to be heard by pages."""
        super().open()
        keep_heard(self.comm)

    def hear(self, content: Mapping[str, Any]) -> None:
        """Answer a page that says that it is here: with the time, so that it knows how far its device's clock is from this one's."""
        if "asked" in content:
            self.send({"kind": "time", "asked": content["asked"], "now": time.time() * 1000})


def notebooks_in(folder: Path) -> list[str]:
    """Return the notebooks of a folder as paths from the one that runs here, whose kernel starts in its own folder."""
    try:
        beside = Path(os.path.relpath(folder)).as_posix()
        names = sorted(p.name for p in folder.glob("*.ipynb"))
    except (OSError, ValueError):  # no such folder any more; on Windows, another drive
        return []
    return [f"{beside}/{name}" for name in names]
