"""Dates in the forms that schools write them."""

from __future__ import annotations

import datetime as dt
import re


def read_date(parts: tuple[str, ...], form: str) -> dt.date | None:
    """Return the day on which a period begins; ``None`` when the parts are no date of that form.

    Examples
    --------
    >>> read_date(("2024", "Week 37"), "iso_week")
    datetime.date(2024, 9, 9)
    >>> read_date(("30/09/2024",), "date")
    datetime.date(2024, 9, 30)
    """
    try:
        if form == "iso_week":
            return _iso_week(" ".join(parts))
        return _date(" ".join(parts))
    except ValueError:
        return None


def _iso_week(text: str) -> dt.date:
    match = re.fullmatch(r"\s*(\d{4})\D+(\d{1,2})\s*", text)
    if not match:
        raise ValueError(text)
    return dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)


def _date(text: str) -> dt.date:
    text = text.strip()
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", text):
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text):
        return dt.date(int(match[3]), int(match[2]), int(match[1]))
    raise ValueError(text)
