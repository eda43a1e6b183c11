"""A whole cycle of lesson study for a report or for print: plan, timeline, discussion, learning."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from inquirylab.record.export import roots_as_markdown
from inquirylab.record.paths import Roots
from inquirylab.record.reading import Record
from inquirylab.record.types import LessonStudy
from inquirylab.reports.lesson_minutes import minutes_parts
from inquirylab.reports.lesson_plan import plan_html
from inquirylab.reports.lesson_review import review_parts
from inquirylab.reports.lesson_words import fragment

EMPTY = "No lesson study cycle was begun yet."


def lesson_study_html(record: Record, lesson: str | None, picture: Callable[[str], str]) -> str:
    """Return one cycle, or all of them, as a fragment that needs no script.

    Parameters
    ----------
    record
        The record.
    lesson
        The id of one cycle; None for all.
    picture
        From the name of an attached picture to an address that holds it whole.
    """
    cycles = [c for c in record.lesson_study_cycles if lesson in (None, c.id)]
    if not cycles:
        return str(fragment(Markup("<p>{}</p>").format(EMPTY)))
    return str(fragment(Markup("").join(_cycle(record, c, picture) for c in cycles)))


def lesson_study_markdown(record: Record, roots: Roots, lesson: str | None) -> str:
    """Return the answers of one cycle, or of all, as Markdown."""
    if not any(lesson in (None, c.id) for c in record.lesson_study_cycles):
        return EMPTY
    return roots_as_markdown(record, roots, ["lesson_study_cycles"]).strip()


def _cycle(record: Record, lesson: LessonStudy, picture: Callable[[str], str]) -> Markup:
    seen = any(o.lesson == lesson.id for o in record.observations)
    return Markup("<section>{}{}{}</section>").format(
        plan_html(record, lesson, picture(lesson.board_plan or "")),
        review_parts(record, lesson, picture) if seen else "",
        minutes_parts(record, lesson),
    )
