"""How people write dates and periods: a pattern, and the period that it names, for each form."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

# Each month as it is written in English, German, French and Spanish; three letters of a name are enough.
_MONTHS = (
    "january januar janvier enero",
    "february februar février fevrier feb. febrero",
    "march märz marz mars marzo",
    "april avril abril",
    "may mai mayo",
    "june juni juin junio",
    "july juli juillet julio",
    "august août aout agosto",
    "september septembre septiembre setiembre",
    "october oktober octobre octubre",
    "november novembre noviembre",
    "december dezember décembre decembre diciembre",
)
_TERMS = {"autumn": 9, "fall": 9, "michaelmas": 9, "winter": 1, "spring": 1, "lent": 1, "summer": 4}
_TERM_WORDS = "|".join(_TERMS)
# Terms that have a number: months after the school year's first; and months of a calendar year, as in the south.
# How many terms a year has is not written: they come in their order, each about where it begins.
_NUMBERED = {"t": ((0, 2, 4, 5, 7, 9), (2, 5, 7, 10)), "s": ((0, 5), (2, 7))}
_NUMBERED_TERM = r"(?<![^\W\d_])(?P<word>terms?|t|semester|sem\.?)[\s_]*(?P<n>[1-6])"
_DASH = r"\s*[-/–_]\s*"
_YEAR_PIVOT = 70
_EXCEL_DAY_ZERO = dt.date(1899, 12, 30)


@dataclass(frozen=True)
class Period:
    """A period: the day on which it begins, and its grain (day, week, month, quarter, term, school_year, year)."""

    day: dt.date
    grain: str


def _month_number(word: str) -> int:
    word = word.casefold().rstrip(".")
    for number, names in enumerate(_MONTHS, 1):
        if len(word) >= 3 and any(name.startswith(word) for name in names.split()):
            return number
    if word == "sept":
        return 9
    raise ValueError(word)


def _year(text: str) -> int:
    year = int(text.lstrip("'’"))
    if len(text.lstrip("'’")) == 2:
        year += 1900 if year >= _YEAR_PIVOT else 2000
    if not 1800 <= year <= 2200:
        raise ValueError(text)
    return year


Make = Callable[[re.Match[str], int], Period]


def _day(y: int, m: int, d: int) -> Make:
    return lambda match, _: Period(dt.date(_year(match[y]), int(match[m]), int(match[d])), "day")


def _named_day(y: int, m: int, d: int) -> Make:
    return lambda match, _: Period(dt.date(_year(match[y]), _month_number(match[m]), int(match[d])), "day")


def _serial(match: re.Match[str], _: int) -> Period:
    return Period(_EXCEL_DAY_ZERO + dt.timedelta(days=int(match[1])), "day")


def _week(y: int, w: int) -> Make:
    return lambda match, _: Period(dt.date.fromisocalendar(_year(match[y]), int(match[w]), 1), "week")


def _month(y: int, m: int) -> Make:
    return lambda match, _: Period(dt.date(_year(match[y]), int(match[m]), 1), "month")


def _named_month(y: int, m: int) -> Make:
    return lambda match, _: Period(dt.date(_year(match[y]), _month_number(match[m]), 1), "month")


def _quarter(y: int, q: int) -> Make:
    return lambda match, _: Period(dt.date(_year(match[y]), 3 * int(match[q]) - 2, 1), "quarter")


def _school_year_start(first: str, second: str) -> int:
    year = _year(first)
    if int(second) not in (year + 1, (year + 1) % 100):
        raise ValueError(second)
    return year


def _school_year(match: re.Match[str], begins: int) -> Period:
    return Period(dt.date(_school_year_start(match[1], match[2]), begins, 1), "school_year")


def _year_alone(match: re.Match[str], _: int) -> Period:
    return Period(dt.date(_year(match[1]), 1, 1), "year")


def _term(match: re.Match[str], begins: int) -> Period:
    parts = match.groupdict()
    month = _TERMS[parts["term"].casefold()]
    year = _school_year_start(parts["y"], parts["z"]) + (month < begins) if parts["z"] else _year(parts["y"])
    return Period(dt.date(year, month, 1), "term")


def _numbered_term(match: re.Match[str], begins: int) -> Period:
    parts = match.groupdict()
    of_school_year, of_year = _NUMBERED[parts["word"][0].casefold()]
    number = int(parts["n"])
    if number > len(of_school_year if parts["z"] else of_year):
        raise ValueError(match[0])
    if not parts["z"]:
        return Period(dt.date(_year(parts["y"]), of_year[number - 1], 1), "term")
    month = begins - 1 + of_school_year[number - 1]
    return Period(dt.date(_school_year_start(parts["y"], parts["z"]) + month // 12, month % 12 + 1, 1), "term")


_WEEK_WORD = r"(?:weeks?|wk|kw|woche|semaine|sem\.|semana|w|s(?=\d\d(?!\d)))"
READERS: dict[str, list[tuple[str, Make]]] = {
    "date": [
        (r"(?<!\d)(\d{4})[-/._](\d{1,2})[-/._](\d{1,2})(?!\d)", _day(1, 2, 3)),
        (r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)", _day(1, 2, 3)),
        (
            r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[\s./-]*(?:of\s+)?([^\W\d_]{3,10})\.?,?[\s./-]*(\d{4}|['’]?\d\d)(?!\d)",
            _named_day(3, 2, 1),
        ),
        (
            r"(?<![^\W\d_])([^\W\d_]{3,10})\.?\s*(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+)(\d{4})(?!\d)",
            _named_day(3, 1, 2),
        ),
    ],
    "iso_week": [
        (rf"(?<!\d)(\d{{4}})[\s/_-]*{_WEEK_WORD}[\s_-]*(\d{{1,2}})(?!\d)(?:-[1-7])?", _week(1, 2)),
        (rf"(?<![^\W\d_]){_WEEK_WORD}[\s_-]*(\d{{1,2}})(?:,|\s|/|_|-|of|\()+(\d{{4}})(?!\d)\)?", _week(2, 1)),
    ],
    "month": [
        (r"(?<![^\W\d_])([^\W\d_]{3,10})\.?[\s,/_-]*(\d{4}|['’]\d\d|(?<=[-/ ])\d\d)(?!\d)", _named_month(2, 1)),
        (r"(?<!\d)(\d{4})[\s,/_-]*([^\W\d_]{3,10})(?![^\W\d_])", _named_month(1, 2)),
        (r"(?<!\d)(\d{4})[-/_.](\d{1,2})(?![-/_.]?\d)", _month(1, 2)),
        (r"(?<![\d/.-])(\d{1,2})[-/.](\d{4})(?!\d)", _month(2, 1)),
    ],
    "quarter": [
        (r"(?<!\d)(\d{4})[\s/_-]*(?:quarter\s*|q)([1-4])(?!\d)", _quarter(1, 2)),
        (r"(?<![^\W\d_])(?:quarter\s*|q)([1-4])[\s,/_-]*(\d{4})(?!\d)", _quarter(2, 1)),
    ],
    "term": [
        (rf"(?P<term>{_TERM_WORDS})(?:\s+term)?[\s,_-]*(?P<y>\d{{4}})(?:{_DASH}(?P<z>\d{{4}}|\d\d))?(?!\d)", _term),
        (rf"(?<!\d)(?P<y>\d{{4}})(?:{_DASH}(?P<z>\d{{4}}|\d\d))?[\s,_-]*(?P<term>{_TERM_WORDS})(?:\s+term)?", _term),
        (rf"{_NUMBERED_TERM}[\s,_-]*(?P<y>\d{{4}})(?:{_DASH}(?P<z>\d{{4}}|\d\d))?(?!\d)", _numbered_term),
        (rf"(?<!\d)(?P<y>\d{{4}})(?:{_DASH}(?P<z>\d{{4}}|\d\d))?[\s,_-]*{_NUMBERED_TERM}(?!\d)", _numbered_term),
    ],
    "school_year": [
        (rf"(?:(?:SY|AY|school year|academic year)[\s_]*)?(?<!\d)(\d{{4}}){_DASH}(\d{{4}}|\d\d)(?!\d)", _school_year),
        (r"(?<!\d)((?:19|20)\d\d)((?:19|20)?\d\d)(?!\d)", _school_year),
        (r"(?:(?:SY|AY)[\s_]*)?(?<![\d/.-])(\d\d)[-/–](\d\d)(?![\d/.-])", _school_year),
    ],
    "year": [
        (r"(?:(?:SY|FY|AY|(?:school|academic|fiscal)?\s*year)[\s_]*)?(?<!\d)((?:18|19|20|21)\d\d)(?!\d)", _year_alone),
    ],
}  # fmt: skip
_SLASHED = r"(?<!\d)(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d\d)(?!\d)"
_SERIAL = r"([2-7]\d{4})(?:\.\d+)?"
READERS["day_first"] = [*READERS["date"], (_SLASHED, _day(3, 2, 1)), (rf"^{_SERIAL}$", _serial)]
READERS["month_first"] = [*READERS["date"], (_SLASHED, _day(3, 1, 2)), (rf"^{_SERIAL}$", _serial)]
READERS["date"] = READERS["day_first"]
# Where the measure says so, two numbers are enough.
DECLARED: dict[str, list[tuple[str, Make]]] = {
    "iso_week": [(r"(\d{4})[\s/_-]*(\d{1,2})", _week(1, 2)), (r"(\d{4})\D+(\d{1,2})", _week(1, 2))],
    "month": [(r"(\d{4})\s*(\d{1,2})", _month(1, 2)), (r"(\d{1,2})\s+(\d{4})", _month(2, 1)),
              (r"([^\W\d_]{3,10})\.?\s*(\d\d)", _named_month(2, 1))],
    "quarter": [(r"(\d{4})\D+([1-4])", _quarter(1, 2))],
}  # fmt: skip
