"""Any form as a widget: what has no view of its own, and what a hub adds, is asked for and shown all the same."""

from __future__ import annotations

from inquirylab.errors import RecordError, did_you_mean
from inquirylab.widgets.live import Live
from inquirylab.widgets.record_view import RecordView


class FormView(RecordView):
    """The answers under one root of the record, or several, as forms."""

    stem = "form"

    def __init__(self, live: Live, *roots: str) -> None:
        known = live.inquiry.roots.forms
        for root in roots:
            if root not in known:
                raise RecordError(f"There is no form {root!r} in a record", cure=did_you_mean(root, known))
        self.roots = roots  # type: ignore[misc]  # a form's roots are those of this one
        super().__init__(live)
