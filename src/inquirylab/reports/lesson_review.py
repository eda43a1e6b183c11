"""The notes of a research lesson as a page that prints: coverage, counts by minute and kind, what was flagged."""

from __future__ import annotations

from inquirylab.record.reading import Record


def review_html(record: Record, lesson: str | None) -> str:
    return ""


def review_markdown(record: Record, lesson: str | None) -> str:
    return ""
