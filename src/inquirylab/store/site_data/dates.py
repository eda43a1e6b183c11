"""Dates and periods in the forms that schools write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence

from inquirylab.store.site_data.date_patterns import DECLARED, READERS, Period

_BEFORE = re.compile(
    r"^(?:w/c|w/b|week\s+(?:commencing|beginning|ending|of)|wc|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?)\s+", re.I
)
_WEEKDAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?", re.I)
_AFTER = re.compile(r"(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]m)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)$", re.I)
# What the name of a column says of the numbers in it, in English, German, French and Spanish.
NAMED = {
    "iso_week": re.compile(r"week|woche|\bkw\b|semaine|semana|\bwk\b", re.I),
    "month": re.compile(r"month|monat|mois|\bmes\b|\bmeses\b", re.I),
    "quarter": re.compile(r"quarter|quartal|trimestre|\bqtr\b", re.I),
}
FORMS = ("date", "iso_week", "month", "quarter", "term", "school_year", "year")


def read_period(text: str, form: str, *, begins: int = 9, inside: bool = False) -> Period | None:
    """Return the period that a text names; ``None`` when it names none in that form.

    Parameters
    ----------
    text
        As it stands in the file.
    form
        A form of the measure's ``date_form``; ``date`` reads no date whose day and month could be exchanged
        otherwise than as day before month.
    begins
        The month in which the school year begins.
    inside
        Look for the period within the text: the name of a file, a title, the name of a column.

    Examples
    --------
    >>> read_period("2024 Week 37", "iso_week").day, read_period("30 Sept 2024", "date").day
    (datetime.date(2024, 9, 9), datetime.date(2024, 9, 30))
    >>> read_period("suspension-rates__2009-10_race.csv", "school_year", inside=True).day
    datetime.date(2009, 9, 1)
    >>> read_period("2024-02-30", "date") is None
    True
    """
    text = " ".join(text.split())
    if not inside:
        text = _AFTER.sub("", _BEFORE.sub("", text)).strip()
    for pattern, make in READERS[form]:
        for match in re.finditer(pattern, text, re.I) if inside else filter(None, [re.fullmatch(pattern, text, re.I)]):
            try:
                return make(match, begins)
            except ValueError:
                continue
    return None


def holds_a_period(name: str) -> bool:
    """Say whether a name, of a column or a sheet, holds a period in any form.

    Examples
    --------
    >>> holds_a_period("w/c 04/09/2023"), holds_a_period("Late")
    (True, False)
    """
    return any(read_period(name, form, inside=True) for form in FORMS)


def find_form_of_parts(parts: Sequence[Sequence[str]], names: Sequence[str] = ()) -> str | None:
    """Return the form in which the most of several texts are periods together; ``None`` when none is.

    Two bare numbers are a year and its week or its month: the names of their columns say which, or a number above 12.

    Examples
    --------
    >>> find_form_of_parts([["2024", "Week 37"], ["2024", "Week 38"]])
    'iso_week'
    >>> find_form_of_parts([["2024", "3"]], ["Year", "Month"]), find_form_of_parts([["2024", "3"]]) is None
    ('month', True)
    """
    if all(len(p) == 1 for p in parts):
        return find_form([p[0] for p in parts])
    sample = [p for p in parts if all(p)][:400] or list(parts[:400])
    counts = {form: sum(read_parts(p, form, strict=True) is not None for p in sample) for form in FORMS}
    best = max(FORMS, key=lambda form: counts[form])
    if counts[best]:
        return best
    said = next((form for form, word in NAMED.items() for name in names if word.search(name)), None)
    numbers = [int(p[-1]) for p in sample if p[-1].isdigit()]
    form = said or ("iso_week" if max(numbers, default=0) > 12 else None)
    return form if form and any(read_parts(p, form) for p in sample) else None


def find_form(texts: Sequence[str], *, inside: bool = False) -> str | None:
    """Return the form in which the most of the texts are periods; ``None`` when they could be read in two ways.

    A column is read as a whole: one 30/09 settles that 03/09 is in September, and so does a weekday that all share.

    Examples
    --------
    >>> find_form(["03/09/2024", "30/09/2024"]), find_form(["03/09/2024"]) is None
    ('day_first', True)
    >>> find_form(["2009-10", "2010-11"]), find_form(["2009-10"]) is None
    ('school_year', True)
    """
    texts = [t for t in texts if t.strip()][:400]
    counts = {form: sum(read_period(t, form, inside=inside) is not None for t in texts) for form in FORMS}
    months, years = counts["month"], counts["school_year"]
    if months and months == years and max(counts.values()) == months:
        return "school_year" if len(set(texts)) > 1 else None
    counts["date"] = max(_counts_of(texts, inside))
    best = max(FORMS, key=lambda form: counts[form])
    return best if best != "date" else _day_or_month_first(texts, inside)


def _counts_of(texts: Sequence[str], inside: bool) -> list[int]:
    return [sum(read_period(t, f, inside=inside) is not None for t in texts) for f in ("day_first", "month_first")]


def _day_or_month_first(texts: Sequence[str], inside: bool) -> str | None:
    day = [read_period(t, "day_first", inside=inside) for t in texts]
    month = [read_period(t, "month_first", inside=inside) for t in texts]
    if day == month:
        return "date"
    read = [sum(p is not None for p in periods) for periods in (day, month)]
    if read[0] != read[1]:
        return "day_first" if read[0] > read[1] else "month_first"
    same = [_share_a_weekday(periods) for periods in (day, month)]
    if same[0] != same[1]:
        return "day_first" if same[0] else "month_first"
    return None


def _share_a_weekday(periods: Iterable[Period | None]) -> bool:
    days = {p.day for p in periods if p}
    return len(days) >= 3 and len({d.weekday() for d in days}) == 1


def read_parts(parts: Sequence[str], form: str, *, begins: int = 9, strict: bool = False) -> Period | None:
    """Return the period that several texts name together: a year, or a school year, and its week, month or day.

    Within a school year the week or month settles which of the two years is meant; its quarters are marking periods,
    the first of which begins with the year. `strict` refuses what only a declared form explains, such as two numbers.

    Examples
    --------
    >>> read_parts(["2024", "Week 37"], "iso_week").day, read_parts(["2023/24", "Feb"], "month").day
    (datetime.date(2024, 9, 9), datetime.date(2024, 2, 1))
    >>> read_parts(["202425", "Spring term"], "term").day, read_parts(["2022-23", "Q3"], "quarter").day
    (datetime.date(2025, 1, 1), datetime.date(2023, 2, 1))
    """
    parts = [p for p in parts if p]
    read = read_period if strict else read_declared
    if len(parts) > 1 and (school := read_period(parts[0], "school_year", begins=begins)):
        rest = " ".join(parts[1:])
        if form == "term":
            years = f"{school.day.year}/{(school.day.year + 1) % 100:02d}"
            return read(f"{years} {rest}", form, begins=begins)
        period = _in_year(read, school.day.year, rest, form, begins)
        if form == "quarter" and period:
            return _marking_period(school.day, period.day.month // 3)
        if period and period.day < school.day - dt.timedelta(days=6):
            return _in_year(read, school.day.year + 1, rest, form, begins)
        return period
    period = read(" ".join(parts), form, begins=begins)
    return period or (read(" ".join([*parts[1:], parts[0]]), form, begins=begins) if len(parts) > 1 else None)


PARTS = ("month", "term", "quarter", "iso_week")


def part_of_year(text: str, form: str, begins: int = 9, year: str = "2020/21") -> Period | None:
    """Return the period of a year that a text names: ``Sep`` or ``Autumn``, of 2020/21 (2020 has 53 weeks) unless another year is given.

    Examples
    --------
    >>> part_of_year("Sep", "month").day, part_of_year("Late", "month") is None
    (datetime.date(2020, 9, 1), True)
    """
    form = {"week": "iso_week"}.get(form, form)
    return (
        None
        if not text.strip() or text.strip().isdigit()
        else read_parts([year, text], form, begins=begins, strict=True)
    )


def form_of_year_parts(texts: Sequence[str]) -> str | None:
    """Return the form in which texts are parts of a year, at least two of them and no two the same; else ``None``.

    Examples
    --------
    >>> form_of_year_parts(["School", "Sep", "Oct", "Total"]), form_of_year_parts(["Late", "Enrolled"]) is None
    ('month', True)
    """
    for form in PARTS:
        found = [p for t in texts if (p := part_of_year(t, form))]
        if len(found) >= 2 and len(set(found)) == len(found):
            return form
    return None


def _in_year(read: Callable[..., Period | None], year: int, text: str, form: str, begins: int) -> Period | None:
    return read(f"{year} {text}", form, begins=begins) or read(f"{text} {year}", form, begins=begins)


def _marking_period(start: dt.date, number: int) -> Period:
    """Return a quarter of a school year: one from September begins in September, November, February and April."""
    month = start.month - 1 + (0, 2, 5, 7)[number]
    return Period(dt.date(start.year + month // 12, month % 12 + 1, 1), "quarter")


def year_within(text: str) -> str:
    """Return the school year, else the year, that stands in a name: what a column completes to a date.

    Examples
    --------
    >>> year_within("attendance 2023-24.xlsx"), year_within("sheet 2024"), year_within("Data")
    ('2023/24', '2024', '')
    """
    if school := read_period(text, "school_year", inside=True):
        return f"{school.day.year}/{(school.day.year + 1) % 100:02d}"
    year = read_period(text, "year", inside=True)
    return str(year.day.year) if year else ""


def without_period(text: str, form: str) -> str:
    """Return the text without the period it names: ``"Late Sep 2024"`` -> ``"Late"``.

    Examples
    --------
    >>> without_period("Late Sep 2024", "month"), without_period("Sep 2024", "month")
    ('Late', '')
    """
    for pattern, make in READERS[form]:
        for match in re.finditer(pattern, text, re.I):
            try:
                make(match, 9)
            except ValueError:
                continue
            text = _WEEKDAY.sub(" ", text[: match.start()] + " " + text[match.end() :])
            break
    return " ".join(text.split()).strip(" /-–_,:()")


def read_declared(text: str, form: str, *, begins: int = 9, inside: bool = False) -> Period | None:
    """Read a period in a form that the measure names: two numbers are then enough for a year and its week or month.

    Examples
    --------
    >>> read_declared("2024 37", "iso_week").day
    datetime.date(2024, 9, 9)
    """
    period = read_period(text, form, begins=begins, inside=inside)
    if period is None and not inside:
        for pattern, make in DECLARED.get(form, []):
            if match := re.fullmatch(pattern, " ".join(text.split()), re.I):
                try:
                    return make(match, begins)
                except ValueError:
                    continue
    return period
