"""Values of students, such as scores: read, refused where they are none, and brought to one number a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from inquirylab.record.types import MeasureData
from inquirylab.store.site_data.findings import MOST_OF_A_KIND, Findings
from inquirylab.store.site_data.marks import Mark, plain_number, read_mark
from inquirylab.store.site_data.numbers import Numbers, read_numbers
from inquirylab.store.site_data.reading import Reading


def to_numbers(frame: pd.DataFrame, columns: Sequence[str | None], file: Path, findings: Findings) -> None:
    """Turn columns of text into numbers in place, marks into nan; what is neither is noted."""
    for column in dict.fromkeys(filter(None, columns)):
        known = {text: plain_number(text) for text in frame[column].unique()}
        _note_strangers(
            frame, column, [t for t, v in known.items() if np.isnan(v) and not read_mark(t)], file, findings
        )
        frame[column] = frame[column].map(known).astype(float)


def read_values(rows: pd.DataFrame, data: MeasureData, file: Path, findings: Findings) -> pd.DataFrame:
    """Return the rows with ``_value`` (nan where there is none) and ``_mark`` (nan where there is a value).

    Decimal marks and declared marks are read as in any other file.
    """
    column = str(data.value)
    decimal = {"point": ".", "comma": ","}.get(data.decimal or "")
    read: Numbers = read_numbers({column: pa.array(rows[column], pa.string())}, data.marks, decimal)[column]
    strange = [t for t, mark in zip(read.texts, read.marks, strict=True) if mark is None]
    _note_strangers(rows, column, strange, file, findings)
    marks = np.full(len(rows), None, dtype=object)
    marks[read.rows] = np.array([*read.texts, ""], dtype=object)[read.codes]
    known = dict(zip(read.texts, read.marks, strict=True))
    valued = rows.assign(_value=read.values, _mark=marks)
    valued.attrs["marks"] = known
    return valued


def _note_strangers(frame: pd.DataFrame, column: str, strange: Sequence[str], file: Path, findings: Findings) -> None:
    for text in strange[:MOST_OF_A_KIND]:
        lines = frame.loc[frame[column].str.strip() == text.strip(), "_line"]
        more = f" in {len(lines)} rows" if len(lines) > 1 else ""
        findings.add(
            "A value is neither a number nor a known mark",
            where=f"{file.name}, line {lines.iloc[0]}, column {column!r}",
            found=f"{text[:60]!r}{more}",
            cure="Correct it in the file, or say what it means with [[data.marks]].",
        )
    findings.more(len(strange), "texts are neither numbers nor known marks", file.name)


def values_of_groups(
    on_roll: pd.DataFrame, valued: pd.DataFrame, key: list[str], by: list[str], kind: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return one number a group, and what stands in place of values.

    Parameters
    ----------
    on_roll
        One row for each occasion and student on the roll; ``_did`` where a row of theirs counts.
    valued
        As `read_values` makes them.
    key, by
        The columns of an occasion and student, and those of a group.
    kind
        ``mean`` or ``median``: of the students' values. Several values of one student at one occasion are first
        brought to one in the same way, so that each student weighs once.

    Returns
    -------
    counted, hidden
        ``value`` with ``numerator`` (how many have one) and ``denominator`` (how many are on the roll); and for each
        student without a value who has a mark in its place: the columns of the group, ``mark`` and what it means.
    """
    each = valued.groupby(key).agg(_value=("_value", kind), _mark=("_mark", "first")).reset_index()
    both = on_roll.merge(each, on=key, how="left")
    both["_value"] = both["_value"].where(both["_did"].notna())
    groups = both.groupby(by, sort=True, dropna=False)["_value"]
    counted = groups.agg(value=kind, numerator="count", denominator="size").astype(float).reset_index()
    hidden = both[both["_did"].notna() & both["_value"].isna() & both["_mark"].notna()]
    known: dict[str, Mark] = valued.attrs["marks"]
    means = [known[m] or Mark("missing") for m in hidden["_mark"]]
    return counted, hidden.assign(
        kind=[m.kind for m in means], lower=[m.lower for m in means], upper=[m.upper for m in means]
    )


def with_hidden(reading: Reading, hidden: pd.DataFrame, data: MeasureData, site: str | None) -> Reading:
    """Return the reading with the marks that stand in place of students' values, counted by group."""
    frame = pd.DataFrame({"date": hidden["_day"]})
    frame["site"] = hidden[data.site].astype(str) if data.site else (site or "")
    for name in data.group:
        frame[name] = hidden[name].fillna("").astype(str)
    frame["column"], frame["mark"] = str(data.value), hidden["_mark"].astype(str)
    for name in ("kind", "lower", "upper"):
        frame[name] = hidden[name]
    frame = frame.groupby(list(frame.columns), sort=True, dropna=False).size().rename("count").reset_index()
    every = pd.concat([reading.missing, frame[reading.missing.columns]], ignore_index=True)
    return replace(reading, missing=every)
