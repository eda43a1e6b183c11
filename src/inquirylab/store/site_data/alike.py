"""Files of a folder that belong to one series, and the sites that their names tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

from inquirylab.errors import DataError
from inquirylab.store.site_data.columns import fold
from inquirylab.store.site_data.dates import FORMS, without_period
from inquirylab.store.site_data.files import files_of, open_file
from inquirylab.store.site_data.header import find_header
from inquirylab.store.site_data.naming import SITE_PART, part_at_star
from inquirylab.store.site_data.recognising import file_kind

MOST_HEADERS = 200  # of files whose names say nothing, that many are looked into
_NUMBERED = re.compile(r"(?:part|page|sheet|file|teil|copy)?[ _-]*\(?\d{1,2}\)?", re.I)


def like_files(place: Path) -> list[Path]:
    """Return the largest set of files that are alike: in their names but for digits, or in their columns."""
    kinds: dict[str, list[Path]] = {}
    for file in files_of(place, ()):
        kinds.setdefault(file_kind(file), []).append(file)
    if 1 < len(kinds) <= MOST_HEADERS:
        alike: dict[frozenset[str], list[Path]] = {}
        for kind, files in kinds.items():
            alike.setdefault(_columns(files[0]) or frozenset([kind]), []).extend(files)
        largest: list[Path] = max(alike.values(), key=len)
        return sorted(largest)
    return max(kinds.values(), key=len)


def _columns(file: Path) -> frozenset[str]:
    try:
        return frozenset(fold(n) for n in find_header(open_file(file)[0]).names if n)
    except (DataError, OSError):
        return frozenset()


def pattern_of(names: Sequence[str]) -> str:
    """Return one pattern for like-named files: what differs becomes ``*``.

    Examples
    --------
    >>> pattern_of(["rates_2009-10_race.csv", "rates_2010-11_race.csv"]), pattern_of(["North.csv", "South.csv"])
    ('rates_20*_race.csv', '*.csv')
    """
    start = _start(names)
    end = _start([n[::-1] for n in names])[::-1]
    if len(start) + len(end) > min(map(len, names)):
        end = ""
    if not start and "." in end:  # of North and South only the ending is the pattern
        end = "." + end.rsplit(".", 1)[1]
    return f"{start}*{end}"


def site_name_of(names: Sequence[str], dated: bool) -> str | None:
    """Return the pattern that finds each file's site in its name; "" for the whole name, ``None`` where none is.

    Parameters
    ----------
    names
        The files' names without their endings.
    dated
        Whether the measure takes the date from the file's name too; it is then no part of the site.

    Examples
    --------
    >>> site_name_of(["late_North", "late_South"], False), site_name_of(["North", "Southwood"], False)
    ('late_*', '')
    >>> site_name_of(["late_2023", "late_2024"], False) is None
    True
    """
    if len({_without_dates(n) for n in names}) < 2:
        return None  # they differ in nothing but their dates
    start = _to_a_word(_start(names))
    end = _to_a_word(_start([n[::-1] for n in names]))[::-1]
    middles = [n[len(start) : len(n) - len(end)] for n in names]
    wanted = [_without_dates(m) for m in middles]
    if not all(w != m for w, m in zip(wanted, middles, strict=True)):
        wanted = list(middles)  # 2041 is a code among codes that could not be years
    if not all(wanted) or len(set(wanted)) < 2 or all(_NUMBERED.fullmatch(w) for w in wanted):
        return None
    if wanted == middles or dated:
        return "" if not start and not end else f"{start}*{end}"
    for between in ("_", "-", " ", ""):
        for pattern in (f"{start}*{between}*{end}", f"{start}*{between}{SITE_PART}{end}"):
            if [part_at_star(n, pattern) for n in names] == wanted:
                return pattern
    return None


def _start(names: Sequence[str]) -> str:
    """Return what all names begin with."""
    return "".join(c[0] for c in takewhile(lambda c: len(set(c)) == 1, zip(*names, strict=False)))


def _to_a_word(text: str) -> str:
    """Cut the last word, which may be part of a longer one: ``late_Nor`` -> ``late_``."""
    return re.sub(r"[^\W_]+$", "", text)


def _without_dates(text: str) -> str:
    for form in FORMS:
        if (rest := without_period(text, form)) != text:
            return rest
    return text
