"""What every view is sent, as `State` of `widgets/views/model.ts` names it."""

from __future__ import annotations

import anywidget
import traitlets


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
