"""Progress as a widget: one page of the whole thread; what is missing is answered where it is named."""

from __future__ import annotations

from typing import Any

from inquirylab.charts.theme import DRAWING_STYLE
from inquirylab.reports.progress_page import progress_page
from inquirylab.widgets.record_view import RecordView


class ProgressView(RecordView):
    """Where an inquiry stands."""

    stem = "progress"
    roots = (
        "about",
        "problem_definition",
        "causes",
        "aim",
        "driver_diagram",
        "change_ideas",
        "pdsa_cycles",
        "lesson_study_cycles",
        "design_cycles",
        "measures",
    )

    def worked_out(self) -> dict[str, Any]:
        """Return the thread, what is next, measures, cycles by driver and what was done lately."""
        now = self.live.inquiry.standing()
        return {
            "thread": [s._asdict() for s in now.thread],
            "next": [s._asdict() for s in now.next_steps],
            "measures": [m._asdict() for m in now.measures],
            "rows": [{"driver": r.driver, "label": r.label, "counts": dict(r.counts)} for r in now.rows],
            "untested": list(now.untested),
            "deeds": [d._asdict() for d in now.deeds],
            "style": DRAWING_STYLE,
        }

    def html(self) -> str:
        """Return the page as HTML that needs no script."""
        return str(self._page["text/html"])

    def markdown(self) -> str:
        """Return the page in words."""
        return str(self._page["text/markdown"])

    @property
    def _page(self) -> dict[str, Any]:
        return progress_page(self.live.inquiry.standing())._repr_mimebundle_()
