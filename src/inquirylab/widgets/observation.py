"""A research lesson, live: several observers note what students say, do and write, seat by seat."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from inquirylab.errors import RecordError
from inquirylab.reports.lesson_review import review_html, review_markdown
from inquirylab.widgets.live import Live
from inquirylab.widgets.pictures import picture
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

    def answer(self, question: str, details: Mapping[str, Any]) -> Any:
        """Answer what the view asks: the photo of a note."""
        if question == "picture":
            return picture(self.live.inquiry, str(details.get("name", "")))
        return super().answer(question, details)

    def html(self) -> str:
        """Return who noted what, minute by minute."""
        return review_html(self.live.inquiry.record, self._shown(), partial(picture, self.live.inquiry))

    def markdown(self) -> str:
        """Return the same as Markdown."""
        return review_markdown(self.live.inquiry.record, self._shown())

    def _shown(self) -> str | None:
        cycles = self.live.inquiry.record.lesson_study_cycles
        return self.lesson or (cycles[-1].id if cycles else None)
