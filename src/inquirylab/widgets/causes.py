"""Why it happens: a fishbone and chains of whys that grow with the keyboard, and become drivers with one action."""

from __future__ import annotations

from typing import Any

from inquirylab.charts.fishbone import effect, fishbone
from inquirylab.record.causes import USUAL
from inquirylab.reports.causes import causes_html, causes_markdown
from inquirylab.widgets.record_view import RecordView


class Causes(RecordView):
    """The causes of the problem."""

    stem = "causes"
    roots = ("causes",)

    def worked_out(self) -> dict[str, Any]:
        """Return the drawing, what is explained, and the drivers that causes became."""
        record = self.live.inquiry.record
        return {
            "drawing": fishbone(record),
            "effect": effect(record),
            "usual": list(USUAL),
            "drivers": {d.id: d.label or "" for d in record.driver_diagram.drivers},
        }

    def html(self) -> str:
        """Return the causes as a page that prints."""
        return causes_html(self.live.inquiry.record)

    def markdown(self) -> str:
        """Return the causes as Markdown."""
        return causes_markdown(self.live.inquiry.record, self.live.inquiry.roots)
