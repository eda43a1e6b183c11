"""Parts of several sheets and files as one table of rows, and one of what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from inquirylab.record.types import MeasureData
from inquirylab.store.site_data.columns import QUANTITIES, fold
from inquirylab.store.site_data.cumulative import FIRST, differences
from inquirylab.store.site_data.marks import Mark
from inquirylab.store.site_data.parts import Part
from inquirylab.store.site_data.table import Codes, Days, Floats, Lines, Mask


@dataclass(frozen=True)
class Whole:
    """All parts, one below the other; `sheet` says which part a row comes from."""

    days: Days
    site: Codes
    groups: dict[str, Codes]
    quantities: dict[str, Floats]
    left_out: Codes
    lines: Lines
    sheet: Lines
    names: list[str]

    def where(self, row: int) -> str:
        """Say where a row stands."""
        return f"{self.names[self.sheet[row]]}, line {self.lines[row]}"

    def usable(self) -> Mask:
        """Return the rows whose numbers the measure needs are all there: the counts, or without counts the value."""
        above = "numerator" if "numerator" in self.quantities else "value"
        missing = [np.isnan(self.quantities[q]) for q in (above, "denominator") if q in self.quantities]
        return ~(missing[0] | missing[-1])

    def keys(self) -> pd.DataFrame:
        """Return date, site and groups of each row."""
        return pd.DataFrame(self.key_columns(), copy=False)

    def key_columns(self) -> dict[str, pd.Series]:
        """Return date, site and groups by name."""
        keys = {"date": pd.Series(self.days, copy=False), "site": _text(self.site)}
        return keys | {name: _text(codes) for name, codes in self.groups.items()}

    def keep(self, mask: Mask) -> Whole:
        """Return the rows where the mask is true."""
        return self if mask.all() else self.take(np.flatnonzero(mask))

    def take(self, rows: Lines) -> Whole:
        """Return the rows at these positions."""
        return Whole(
            self.days[rows],
            self.site.take(rows),
            {n: c.take(rows) for n, c in self.groups.items()},
            {q: v[rows] for q, v in self.quantities.items()},
            self.left_out.take(rows),
            self.lines[rows],
            self.sheet[rows],
            self.names,
        )


def whole_of(parts: Sequence[Part], data: MeasureData) -> Whole:
    """Put the parts one below the other."""
    return Whole(
        _stacked([p.days for p in parts]),
        below([p.site for p in parts]),
        {name: below([p.groups[i] for p in parts]) for i, name in enumerate(data.group)},
        {q: _stacked([p.quantities[q] for p in parts]) for q in QUANTITIES if q in parts[0].quantities},
        below([p.left_out for p in parts]),
        _stacked([p.lines for p in parts]),
        _stacked([np.full(len(p.lines), i, np.int16) for i, p in enumerate(parts)]),
        [p.plan.sheet.name for p in parts],
    )


def _stacked(arrays: list[np.ndarray[Any, Any]]) -> np.ndarray[Any, Any]:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


def below(columns: Sequence[Codes]) -> Codes:
    """Return columns one below the other."""
    if len(columns) == 1:
        return columns[0]
    place: dict[str, int] = {}
    for column in columns:
        for text in column.texts:
            place.setdefault(text, len(place))
    codes = [np.array([place[t] for t in c.texts], np.int64)[c.codes] if c.texts else c.codes for c in columns]
    return Codes(np.concatenate(codes), list(place))


def rows_of(whole: Whole) -> pd.DataFrame:
    """Return the usable rows as the measure's table."""
    whole = replace(whole, sheet=np.broadcast_to(np.int16(0), len(whole.lines))).keep(whole.usable())
    columns: dict[str, Any] = {**whole.key_columns(), **whole.quantities}
    columns |= {"left_out": _text(whole.left_out), "line": whole.lines}
    return pd.DataFrame(columns, copy=False)


def marks_of(parts: Sequence[Part]) -> pd.DataFrame:
    """Return every value that is not a number: its row of the whole, column, kind, mark, lower, upper."""
    found = []
    offset = 0
    for part in parts:
        for quantity, name, numbers, rows in part.marks:
            here = rows >= 0
            if here.any():
                marks = [m or Mark("missing") for m in numbers.marks]
                codes = numbers.codes[here]
                found.append(
                    pd.DataFrame(
                        {
                            "row": rows[here] + offset,
                            "quantity": quantity,
                            "column": name,
                            "kind": _take([m.kind for m in marks], codes),
                            "mark": _take(numbers.texts, codes),
                            "lower": np.array([m.lower for m in marks])[codes],
                            "upper": np.array([m.upper for m in marks])[codes],
                        }
                    )
                )
        offset += len(part.lines)
    if not found:
        return pd.DataFrame({"row": np.array([], int), "quantity": [], "column": [], "kind": [], "mark": [],
                             "lower": np.array([], float), "upper": np.array([], float)})  # fmt: skip
    return pd.concat(found, ignore_index=True).sort_values("row", kind="stable", ignore_index=True)


def _take(texts: Sequence[str], codes: Lines) -> pd.Series:
    return _text(Codes(codes, list(texts)))


def with_differences(
    whole: Whole, marks: pd.DataFrame, parts: Sequence[Part], data: MeasureData
) -> tuple[Whole, pd.DataFrame]:
    """Return the counts to date as what was new, and the marks with what is therefore not known."""
    column = "numerator" if "numerator" in whole.quantities else "value"
    keys = whole.keys().assign(n=whole.quantities[column])
    flow = differences(keys, ["site", *data.group], "n", data.cumulative or "whole_file", data.school_year_begins or 9)
    unknown = np.flatnonzero(~flow["why"].isin(["", "hidden"]))
    why = flow["why"].to_numpy()[unknown]
    added = pd.DataFrame(
        {
            "row": unknown,
            "quantity": column,
            "column": next(name for quantity, name, _, _ in parts[0].marks if quantity == column),
            "kind": np.where(why == FIRST, "not_applicable", "missing"),
            "mark": why,
            "lower": -np.inf,
            "upper": np.inf,
        }
    )
    quantities = whole.quantities | {column: flow["new"].to_numpy(float)}
    marks = pd.concat([marks, added], ignore_index=True).sort_values("row", kind="stable", ignore_index=True)
    return (
        Whole(whole.days, whole.site, whole.groups, quantities, whole.left_out, whole.lines, whole.sheet, whole.names),
        marks,
    )


def of_site(whole: Whole, marks: pd.DataFrame, site: str) -> tuple[Whole, pd.DataFrame]:
    """Return one site's rows and marks."""
    mask = whole.site.mask(lambda text: fold(text) == fold(site))
    new_row = np.cumsum(mask) - 1
    marks = marks[mask[marks["row"].to_numpy(int)]]
    return whole.keep(mask), marks.assign(row=new_row[marks["row"].to_numpy(int)]).reset_index(drop=True)


def missing_of(whole: Whole, marks: pd.DataFrame) -> pd.DataFrame:
    """Return what is missing, with date, site and groups."""
    rows = marks["row"].to_numpy(int)
    frame = replace(whole, quantities={}).take(rows).keys()
    for name in ("column", "kind", "mark", "lower", "upper"):
        frame[name] = marks[name].to_numpy() if name in ("lower", "upper") else marks[name]
    frame["count"] = 1
    return frame


def _text(codes: Codes) -> pd.Series:
    return pd.Series(pa.chunked_array([codes.to_text()]).to_pandas())
