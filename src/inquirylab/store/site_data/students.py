"""From rows of students to a measure: who did it, of those who were on the roll on that day."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from inquirylab.errors import DataError
from inquirylab.record.types import Measure, MeasureData, MeasureDataStudents
from inquirylab.store.site_data.beside import read_columns
from inquirylab.store.site_data.choosing import chosen, full
from inquirylab.store.site_data.columns import fold, make_plan
from inquirylab.store.site_data.dating import day_of_number
from inquirylab.store.site_data.files import open_file
from inquirylab.store.site_data.findings import Findings
from inquirylab.store.site_data.header import find_header
from inquirylab.store.site_data.marks import plain_number, read_mark
from inquirylab.store.site_data.reading import Reading
from inquirylab.store.site_data.student_values import read_values, to_numbers, values_of_groups, with_hidden

SMALL = 10


def read_students(path: Path, measure: Measure, site: str | None) -> Reading:
    """Count students into a measure.

    The denominator of an occasion is everybody on the roll on its day: joined on or before it, and not left on or
    before it. The numerator is those of them with a row that counts. Both are counted for each group; groups smaller
    than the measure's ``min_n`` (10) are marked as ``small``, so that no page shows them unaware.

    Parameters
    ----------
    path
        The file of rows, one a student and occasion. The other files that the measure names stand beside it.
    measure
        Its ``data.students`` says what is counted.
    site
        Keep this site only.

    Raises
    ------
    DataError
        A file or column is missing, a number is none, or an occasion has no date. All findings come together.
    """
    data, findings = measure.data or MeasureData(), Findings()
    students = data.students or MeasureDataStudents()
    _check_declaration(measure, data, students)
    tables = _tables(path, data, students, findings)
    findings.raise_all()
    rows, occasions, roll, people = tables
    occasions, missing = _dated(occasions, data, students, findings)
    to_numbers(rows, [c.column for c in students.count_when if c.at_most or c.at_least is not None], path, findings)
    valued = read_values(rows, data, path, findings) if measure.kind in ("mean", "median") and data.value else None
    findings.raise_all()
    if site is not None and data.site:
        occasions = occasions[occasions[data.site].map(fold) == fold(site)]
    on_roll = _on_roll(occasions, roll, people, data, students)
    did = _did(rows, occasions, students)
    key = [*students.occasion, students.student or ""]
    on_roll = on_roll.merge(did, on=key, how="left")
    by = ["_day", *([data.site] if data.site else []), *_named(data, students), *students.occasion]
    hidden = None
    if valued is not None:
        counted, hidden = values_of_groups(on_roll, valued, key, by, str(measure.kind))
    else:
        groups = on_roll.assign(_did=on_roll["_did"].notna()).groupby(by, sort=True, dropna=False)["_did"]
        counted = groups.agg(numerator="sum", denominator="size").astype(float).reset_index()
    reading = _reading(counted, missing, measure, data, students, path, len(rows), site)
    return reading if hidden is None or hidden.empty else with_hidden(reading, hidden, data, site)


def _check_declaration(measure: Measure, data: MeasureData, students: MeasureDataStudents) -> None:
    absent = [q for q in ("student", "occasion", "occasions", "roll", "on") if not getattr(students, q)]
    if not data.date:
        absent.append("date (a column of the file of occasions)")
    if absent:
        raise DataError(
            "The measure does not say how students are counted",
            where=f"{measure.name}, [data.students]",
            found=f"nothing for {', '.join(absent)}",
            cure="Add it to the measure file.",
        )


def _tables(
    path: Path, data: MeasureData, students: MeasureDataStudents, findings: Findings
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return rows, occasions, roll and people, each with the columns that are needed, as text."""
    count = [c.column or "" for c in students.count_when]
    value = [data.value] if data.value else []
    chooses = [r.column or "" for r in data.rows]
    zero = [z.column for z in data.day_zero if z.column]
    site = [data.site] if data.site else []
    stay = [c for c in (students.joined, students.left) if c]
    limits = [c.at_most for c in students.count_when if c.at_most]
    beside = path.parent
    wanted = {
        path: [students.student or "", *students.occasion, *count, *value],
        beside / (students.occasions or ""): [
            *students.occasion,
            *students.on,
            *data.date,
            *zero,
            *site,
            *chooses,
            *limits,
        ],
        beside / (students.roll or ""): [students.student or "", *students.on, *stay],
        beside / (students.people or students.roll or ""): [students.student or "", *students.on, *data.group],
    }
    read = [_table(file, columns, data, findings) for file, columns in wanted.items()]
    if len(read) == 3:  # groups stand in the roll itself
        roll_file = beside / (students.roll or "")
        read[2] = _table(roll_file, [students.student or "", *students.on, *stay], data, Findings())
        read.append(_table(roll_file, [students.student or "", *students.on, *data.group], data, findings))
    rows, occasions, roll, people = read
    return rows, occasions, roll, people


def _table(file: Path, columns: Sequence[str], data: MeasureData, findings: Findings) -> pd.DataFrame:
    """Return columns of a file as text, with the line of each row."""
    columns = list(dict.fromkeys(columns))
    try:
        if not file.is_file():
            raise DataError(
                "There is no such file beside the data file", where=file.name, cure="Put it there, or correct its name."
            )
        sheet = open_file(file)[0]
        plan = make_plan(sheet, find_header(sheet, names=columns), MeasureData(date=tuple(columns)), findings)
        if plan is None:
            return pd.DataFrame(columns=columns)
        table = read_columns(plan, columns)
        texts = {name: full(codes, name, data).to_text().to_pandas() for name, codes in table.texts.items()}
        return pd.DataFrame(texts, dtype=object).assign(_line=table.lines)
    except DataError as e:
        findings.take(e)
        return pd.DataFrame(columns=columns)


def _dated(
    occasions: pd.DataFrame, data: MeasureData, students: MeasureDataStudents, findings: Findings
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the measure's occasions with their day, and those that have none."""
    for rule in data.rows:
        texts = occasions[rule.column]
        keep = {t: chosen(t, rule.one_of, rule.none_of) for t in texts.unique()}
        occasions = occasions[texts.map(keep).astype(bool)]
    occasions = occasions.copy()
    column = data.date[0]
    blank = occasions[column].map(lambda t: plain_number(t) != plain_number(t) and read_mark(t) is not None)
    missing = occasions[blank.astype(bool)]
    occasions = occasions[~blank.astype(bool)].copy()
    days = []
    for row in occasions.to_dict("records"):
        day = day_of_number(str(row[column]), {str(k): str(v) for k, v in row.items()}, data)
        if day is None:
            findings.add(
                "The date of an occasion cannot be",
                where=f"{students.occasions}, line {row['_line']}, column {column!r}",
                found=repr(row[column]),
                cure="Correct it, or name date_form and [[data.day_zero]] in the measure file.",
            )
        days.append(day)
    occasions["_day"] = np.array(days, dtype="datetime64[s]")
    twice = occasions.duplicated([*students.occasion, *students.on])
    for row in occasions[twice].to_dict("records"):
        findings.add(
            "An occasion is listed twice",
            where=f"{students.occasions}, line {row['_line']}",
            found=", ".join(repr(row[c]) for c in students.occasion),
            cure="Leave one of them out.",
        )
    limits = [column] if data.date_form == "day_number" else []
    limits += [c.at_most for c in students.count_when if c.at_most]
    to_numbers(occasions, limits, Path(students.occasions or ""), findings)
    return occasions, missing


def _named(data: MeasureData, students: MeasureDataStudents) -> list[str]:
    return [g for g in data.group if g not in students.occasion]


def _on_roll(
    occasions: pd.DataFrame, roll: pd.DataFrame, people: pd.DataFrame, data: MeasureData, students: MeasureDataStudents
) -> pd.DataFrame:
    """Return one row for each occasion and student who was on the roll on its day, with groups."""
    student, on = students.student or "", list(students.on)
    roll = roll.drop_duplicates([*on, student]).drop(columns="_line", errors="ignore")
    groups = people.drop_duplicates([*on, student]).drop(columns="_line", errors="ignore")
    if data.group:
        names = [*on, student, *[g for g in _named(data, students) if g not in on]]
        roll = roll.merge(groups[names], on=[*on, student], how="left")
    both = occasions.merge(roll, on=on, how="inner", suffixes=("", "_roll"))
    day = both[data.date[0]] if data.date_form == "day_number" else both["_day"]
    here = np.ones(len(both), dtype=bool)
    for column, came in ((students.joined, True), (students.left, False)):
        if column:
            when = _when(both[column], data)
            here &= ((when <= day) | when.isna()).to_numpy() if came else ((when > day) | when.isna()).to_numpy()
    return both[here]


def _when(texts: pd.Series, data: MeasureData) -> pd.Series:
    """Return when a student came or left: a number of days, or a date; nothing where the roll says nothing."""
    if data.date_form == "day_number":
        known = {t: plain_number(t) for t in texts.unique()}
        return texts.map(known).astype(float)
    dates = {t: day_of_number(t, {}, data) for t in texts.unique()}
    return pd.to_datetime(texts.map(dates))


def _did(rows: pd.DataFrame, occasions: pd.DataFrame, students: MeasureDataStudents) -> pd.DataFrame:
    """Return who did what counts, at which occasion: each once."""
    key = [*students.occasion, students.student or ""]
    limits = [c.at_most for c in students.count_when if c.at_most]
    known = occasions[[*students.occasion, *dict.fromkeys(limits)]].rename(
        columns={c: f"{c}\0limit" for c in limits if c}
    )
    rows = rows.merge(known, on=list(students.occasion), how="inner")
    keep = np.ones(len(rows), dtype=bool)
    for rule in students.count_when:
        column = rows[rule.column]
        if rule.one_of:
            fits = {t: chosen(str(t), rule.one_of, ()) for t in column.unique()}
            keep &= column.map(fits).to_numpy(bool)
        if rule.at_most:
            keep &= (column <= rows[f"{rule.at_most}\0limit"]).to_numpy()
        if rule.at_least is not None:
            keep &= (column >= rule.at_least).to_numpy()
    return rows.loc[keep, key].drop_duplicates().assign(_did=True)


def _reading(
    counted: pd.DataFrame,
    missing: pd.DataFrame,
    measure: Measure,
    data: MeasureData,
    students: MeasureDataStudents,
    path: Path,
    read: int,
    site: str | None,
) -> Reading:
    least = measure.min_n or SMALL
    frame = pd.DataFrame({"date": counted["_day"]})
    frame["site"] = counted[data.site].astype(str) if data.site else (site or "")
    for name in data.group:
        frame[name] = counted[name].fillna("").astype(str)
    for quantity in ("numerator", "denominator", "value"):
        if quantity in counted:
            frame[quantity] = counted[quantity]
    for name in students.occasion:
        frame[f"occasion {name}" if name in frame else name] = counted[name].astype(str)
    frame["left_out"], frame["line"] = "", 0
    frame["small"] = counted["denominator"] < least
    gone = pd.DataFrame({"date": pd.Series(np.full(len(missing), np.datetime64("NaT", "s")))})
    gone["site"] = missing[data.site].to_numpy() if data.site else (site or "")
    for name in data.group:
        gone[name] = ""
    gone["column"], gone["kind"], gone["mark"] = data.date[0], "missing", missing[data.date[0]].to_numpy()
    gone["lower"], gone["upper"], gone["count"] = -np.inf, np.inf, 1
    notes = [f"Counted from {read:,} rows in {path.name}, with everybody on the roll on the day as the denominator."]
    if len(gone):
        notes.append(f"{len(gone)} occasions have no date in {students.occasions} and cannot be counted.")
    if small := int(frame["small"].sum()):
        notes.append(
            f"{small:,} of {len(frame):,} points are of fewer than {least} students: they are marked as small."
        )
    return Reading(frame, gone, path.name, read, len(frame), tuple(notes))
