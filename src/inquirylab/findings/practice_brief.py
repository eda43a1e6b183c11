"""A research-practice brief: short, written with a practitioner, and looked at again in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from inquirylab.definitions.word_lists import limits
from inquirylab.findings.finding import Finding
from inquirylab.record.reading import Record


def findings(record: Record, today: dt.date) -> Iterator[Finding]:
    """Yield BR01 to BR03."""
    roles = {p.id: p.role_type for p in record.people}
    for b in record.practice_briefs:
        where, name = f"practice_briefs.{b.id}", (b.challenge or "a question without words")[:60]
        words = len((b.short_answer or "").split())
        if words > limits()["brief_words"]:
            yield Finding(
                "BR01",
                "warning",
                f"{where}.short_answer",
                f"The short answer to “{name}” has {words} words",
                f"At most {limits()['brief_words']}: what should one try, or stop?",
            )
        known = [roles[a.person] for a in b.authors if a.person in roles]
        if known and all(role == "researcher" for role in known):
            yield Finding(
                "BR02",
                "warning",
                f"{where}.authors",
                f"No practitioner wrote the answer to “{name}”",
                "Write it with whoever asked.",
            )
        review = b.living.review_by if b.living else None
        if review and review < today and not (b.living and b.living.superseded_by):
            yield Finding(
                "BR03",
                "info",
                f"{where}.living.review_by",
                f"The brief on “{name}” should have been looked at again by {review}",
                "Look at it, or say which one has taken its place.",
            )
