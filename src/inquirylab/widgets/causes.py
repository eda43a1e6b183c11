"""The cause analysis: a fishbone that grows with the keyboard, whys, the process; causes become drivers."""

from __future__ import annotations

from typing import Any

from inquirylab.record.causes import effect, families
from inquirylab.reports.causes import causes_html, causes_markdown, drawn_fishbone
from inquirylab.widgets.record_view import RecordView


class Causes(RecordView):
    """Fishbone, chains of whys and the process map of one problem."""

    stem = "causes"
    roots = ("causes", "driver_diagram")

    def worked_out(self) -> dict[str, Any]:
        """Return the drawing, the effect, and the order in which causes stand under their families."""
        record = self.live.inquiry.record
        return {
            "effect": effect(record),
            "svg": drawn_fishbone(record),
            "families": [{"name": n, "causes": [p._asdict() for p in placed]} for n, placed in families(record)],
        }

    def html(self) -> str:
        """Return the cause analysis as a page that prints."""
        return causes_html(self.live.inquiry.leaving, self.live.inquiry.roots)

    def markdown(self) -> str:
        """Return the cause analysis as Markdown."""
        return causes_markdown(self.live.inquiry.leaving, self.live.inquiry.roots)
