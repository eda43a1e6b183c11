"""Where the dates of an unknown file stand: in its columns, in their names, in a title, in the name of the file or sheet."""

from __future__ import annotations

import re

import numpy as np

from inquirylab.store.site_data.dates import find_form, find_form_of_parts, read_parts, read_period, year_within
from inquirylab.store.site_data.pairing import columns_of_a_year, wide_columns
from inquirylab.store.site_data.recognising import Column, Recognised

_PART = re.compile(
    r"week|month|term|quarter|period|semester|woche|\bkw\b|monat|mois|\bmes\b|semaine|semana|quartal|trimestre", re.I
)
DAYS = ("date", "day_first", "month_first", "day_first or month_first")
_MADE = re.compile(
    r"print|generat|creat|export|extract|run on|run date|as of|erstellt|gedruckt|imprimé|édité|impreso", re.I
)


def date_answers(found: Recognised, notes: list[str]) -> dict[str, object]:
    """Return where the date of a row stands, and its form."""
    columns = found.of_role("date")
    finer = [c for c in columns if c.form not in ("year", "school_year") and c.distinct > 1]
    pair = None if finer else _year_and_part(found)
    if pair:
        return {"date": [pair[0].name, pair[1].name], "date_form": pair[2]}
    if not columns and (wide := wide_columns(found)):
        if len(wide[1]) > 2:
            notes.append(
                f"The columns hold several quantities: {', '.join(map(repr, wide[1][:6]))}. Choose among them."
            )
        return {"date_from": ["header"], "date_form": wide[0]}
    if not finer and (completed := _part_of_a_year_elsewhere(found) or _columns_of_a_year(found)):
        return completed
    if columns:
        best = max(
            columns,
            key=lambda c: (
                c in finer,
                c.distinct > 1,
                bool(re.search("date|week|time|year", c.name, re.I)),
                -c.position,
            ),
        )
        if " or " in best.form:
            notes.append(f"{best.name!r} could be day or month first: day_first is a guess.")
        return {"date": [best.name], "date_form": best.form.split(" or ")[0]}
    places = _places(found)
    for place, text in places.items():
        form: str | None = find_form([text], inside=True) if text else None
        form = form or ("school_year" if read_period(text, "school_year", inside=True) else None)
        if form and read_period(text, form, inside=True):
            return {"date_from": [place], "date_form": form}
    notes.append("No date was found: name its column as date, or say with date_from where it stands.")
    return {"date": ["?"]}


def _places(found: Recognised) -> dict[str, str]:
    """Return the texts beside the columns that may hold a date; when a report was printed is none."""
    return {
        "title": " ".join(t for t in found.header.title if not _MADE.search(t)),
        "file_name": found.sheet.file.rsplit(".", 1)[0],
        "sheet_name": found.sheet.sheet,
    }


def _part_of_a_year_elsewhere(found: Recognised) -> dict[str, object] | None:
    """Return a column of weeks, months, terms or days such as ``Mon 2 Sep``, and the place whose year completes it."""
    for column in found.columns:
        day = re.search(r"\b(date|day|datum|jour|fecha)\b", column.name, re.I) is not None
        part = (
            (day or _PART.search(column.name))
            and column.codes is not None
            and 1 < column.distinct <= (400 if day else 60)
        )
        for place, text in _places(found).items() if part else ():
            if not (year := year_within(text)) or column.codes is None:
                continue
            both = [[year, t] for t in column.codes.texts if t]
            form = find_form_of_parts(both, [column.name])
            said = ("date", "day_first", "month_first") if day else ("iso_week", "month", "term", "quarter")
            if form is not None and form in said and all(read_parts(b, form) for b in both):
                return {"date": [column.name], "date_from": [place], "date_form": form}
    return None


def _columns_of_a_year(found: Recognised) -> dict[str, object] | None:
    """Return where the year stands of columns that are its months, terms, quarters or weeks."""
    wide = columns_of_a_year(found)
    if wide is None:
        return None
    year = next((c for c in found.columns if c.role == "date" and c.form in ("year", "school_year")), None)
    if year is not None:
        return {"date": [year.name], "date_from": ["header"], "date_form": wide[0]}
    place = next((place for place, text in _places(found).items() if year_within(text)), None)
    return {"date_from": [place, "header"], "date_form": wide[0]} if place else None


def _year_and_part(found: Recognised) -> tuple[Column, Column, str] | None:
    """Return a column of years and one of weeks, months or terms that completes it."""
    for year in found.columns:
        if not (year.role == "date" and year.form in ("year", "school_year")):
            continue
        for part in found.columns:
            named = part.role == "text" or _PART.search(part.name)
            if part is year or not named or part.codes is None or year.codes is None or part.distinct > 60:
                continue
            rows = np.unique(np.stack([year.codes.codes[:5000], part.codes.codes[:5000]]), axis=1)
            both = [[year.codes.texts[a], part.codes.texts[b]] for a, b in rows.T]
            form = find_form_of_parts(both, [year.name, part.name])
            if form in ("iso_week", "month", "term", "quarter") and all(read_parts(b, form) for b in both if all(b)):
                return year, part, form
    return None
