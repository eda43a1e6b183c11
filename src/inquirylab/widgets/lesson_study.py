"""Lesson study: study, plan, teach and reflect, with the sheets that a school prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inquirylab.errors import InquiryError, RecordError
from inquirylab.record.types import LessonStudy
from inquirylab.reports.lesson_minutes import minutes_html
from inquirylab.reports.lesson_plan import plan_html, sheets_html
from inquirylab.reports.lesson_study import lesson_study_html, lesson_study_markdown
from inquirylab.reports.lesson_words import page
from inquirylab.widgets.live import Live
from inquirylab.widgets.pictures import as_address, still
from inquirylab.widgets.record_view import RecordView


class LessonStudyView(RecordView):
    """One cycle of lesson study, or all of them to choose from."""

    stem = "lesson_study"
    roots = ("lesson_study_cycles", "people", "observations")
    large = ("observations",)

    def __init__(self, live: Live, id: str | None = None) -> None:
        if id is not None and id not in {c.id for c in live.inquiry.record.lesson_study_cycles}:
            raise RecordError(f"There is no lesson study cycle {id!r}", cure="inq.lesson_study() shows them all.")
        self.lesson = id
        super().__init__(live)

    def worked_out(self) -> dict[str, Any]:
        """Say which cycle was asked for."""
        return {"lesson": self.lesson or ""}

    def answer(self, question: str, details: Mapping[str, Any]) -> Any:
        """Answer what the view asks: a page to print."""
        if question == "print":
            return self.print(str(details.get("sheet", "plan")), str(details.get("lesson", "")))
        return super().answer(question, details)

    def print(self, sheet: str = "plan", lesson: str | None = None) -> str:
        """Return a whole page of HTML for print: ``plan``, ``sheets`` (seating and observation) or ``minutes``."""
        record = self.live.inquiry.leaving
        cycle = self._cycle(lesson)
        if sheet == "sheets":
            body = sheets_html(record, cycle)
        elif sheet == "minutes":
            body = minutes_html(record, cycle)
        else:
            body = plan_html(record, cycle, as_address(self.live.inquiry.attachment(cycle.board_plan or "")))
        return page(cycle.title or "Research lesson", body, landscape=sheet == "plan")

    def html(self) -> str:
        """Return plan, timeline, discussion and learning."""
        return lesson_study_html(self.live.inquiry.leaving, self.lesson, still(self.live.inquiry.attachment))

    def markdown(self) -> str:
        """Return the same as Markdown."""
        return lesson_study_markdown(self.live.inquiry.leaving, self.live.inquiry.roots, self.lesson)

    def _cycle(self, lesson: str | None) -> LessonStudy:
        cycles: tuple[LessonStudy, ...] = self.live.inquiry.leaving.lesson_study_cycles
        wanted = lesson or self.lesson
        found = [c for c in cycles if wanted in (None, c.id)]
        if not found:
            raise InquiryError("There is no lesson study cycle to print", cure="Begin one in inq.lesson_study().")
        return found[-1]
