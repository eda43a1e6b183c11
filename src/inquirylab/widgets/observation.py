"""A research lesson, live: several observers note what students say, do and write, seat by seat."""

from __future__ import annotations

from typing import Any

from inquirylab.errors import RecordError
from inquirylab.reports.lesson_review import review_html, review_markdown
from inquirylab.widgets.live import Live
from inquirylab.widgets.pictures import still
from inquirylab.widgets.record_view import RecordView


class ObservationView(RecordView):
    """The seating chart, the notes and the clock of one lesson; without an id, of the one that people choose or the last."""

    stem = "observation"
    roots = ("lesson_study_cycles", "people", "observations")
    large = ("observations",)

    def __init__(self, live: Live, lesson: str | None = None) -> None:
        if lesson is not None and lesson not in {c.id for c in live.inquiry.record.lesson_study_cycles}:
            raise RecordError(f"There is no lesson study cycle {lesson!r}", cure="inq.lesson_study() shows them all.")
        self.lesson = lesson
        super().__init__(live)

    def worked_out(self) -> dict[str, Any]:
        """Say which lesson was asked for."""
        return {"lesson": self.lesson or ""}

    def html(self) -> str:
        """Return who noted what, minute by minute."""
        return review_html(self.live.inquiry.leaving, self._shown(), still(self.live.inquiry.attachment))

    def markdown(self) -> str:
        """Return the same as Markdown."""
        return review_markdown(self.live.inquiry.leaving, self._shown())

    def _shown(self) -> str | None:
        """The lesson of this page: the one that was asked for, else the last that somebody observed."""
        record = self.live.inquiry.record
        seen = {n.lesson for n in record.observations}
        cycles = [c.id for c in record.lesson_study_cycles]
        return self.lesson or next((c for c in reversed(cycles) if c in seen), cycles[-1] if cycles else None)
