"""Rows of a frame become points: one for each series and date, in order, with what was added up to make it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.errors import AnalysisError, did_you_mean
from inquirylab.spc.axis import Axis, Keys, read_axis
from inquirylab.spc.kinds import Kind
from inquirylab.spc.segments import Bools, Floats, Ints, Segments, ratio


@dataclass(frozen=True, slots=True)
class Subgroups:
    """All points of all series, sorted by series and then by x; every array has one element a point.

    Parameters
    ----------
    labels
        The ``by`` columns and ``x``, taken from the caller's rows; they share one index, 0, 1, 2, …
    axis
        x as numbers that sort.
    series
        The series as segments, one for each combination of ``by``.
    y, n
        The plotted statistic (nan where it cannot be had) and its denominator (nan where there is none).
    total
        The numerators, added up.
    size, spread, reach
        Subgroup sizes, standard deviations and ranges, for Xbar and S charts.
    """

    labels: dict[str, pd.Series]
    axis: Axis
    series: Segments
    y: Floats
    n: Floats
    total: Floats
    size: Floats
    spread: Floats
    reach: Floats

    def labels_at(self, names: list[str], rows: Ints) -> pd.DataFrame:
        """Return some points' labels as a frame."""
        taken = {name: self.labels[name].iloc[rows].array for name in names}
        return pd.DataFrame(taken, index=pd.RangeIndex(len(rows)))


def subgroups(
    frame: pd.DataFrame, x: str, y: str, n: str | None, by: list[str], kind: Kind, carried: str | None = None
) -> Subgroups:
    """Sort and aggregate the rows of a frame.

    With a denominator a point is the sum of y over the sum of n, and a row that lacks either counts for neither.
    Without one it is the mean of y (for a c chart the sum; for p and u charts the sum over the number of rows).
    A carried column goes along in the labels, as it stands in each point's first row.
    """
    needed = [x, y, *([n] if n else []), *by]
    _need_columns(frame, needed)
    if kind.denominator == "none" and n is not None:
        raise AnalysisError(f"A {kind.name} chart takes no denominator", where=f"n={n!r}", cure="Leave n out.")
    if frame.empty:
        raise AnalysisError("There are no rows to chart", cure="Check the filter or the file that they come from.")
    shown = [*by, x, *([carried] if carried else [])]
    columns = {name: frame[name] for name in (*needed, *shown)}
    axis = read_axis(columns[x], x)
    series = _series_codes({name: columns[name] for name in by}, len(frame))
    axis = axis.checked_within(series)
    order, firsts = _order(series, axis.keys)
    values = _numbers(columns[y], y)
    counts = _numbers(columns[n], n) if n else None
    _check_values(values, counts, kind, y, n)
    rows = firsts if order is None else order[firsts]
    whole = len(rows) == len(frame) and order is None
    index = pd.RangeIndex(len(rows))
    labels = {name: (columns[name] if whole else columns[name].take(rows)).set_axis(index) for name in shown}
    groups = None if len(firsts) == len(frame) else firsts
    if order is not None:
        values = values[order]
        counts = None if counts is None else counts[order]
    keys, series = (axis.keys, series) if whole else (axis.keys[rows], series[rows])
    made = _aggregate(values, counts, groups, kind)
    return Subgroups(labels, axis.taken(keys), Segments.where_changes(series), **made)


def _need_columns(frame: pd.DataFrame, names: list[str]) -> None:
    for name in names:
        if name not in frame.columns:
            cure = did_you_mean(str(name), [str(column) for column in frame.columns])
            raise AnalysisError("There is no such column", found=repr(name), cure=cure)
    if len(set(names)) < len(names):
        raise AnalysisError(
            "One column is used twice", found=repr(names), cure="Give x, y, n and by different columns."
        )


def _numbers(column: pd.Series, name: str) -> Floats:
    if not (pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column)):
        if not column.isna().all():
            shown = repr(column.dropna().iloc[0])
            raise AnalysisError(
                "The column is not numeric", where=repr(name), found=shown, cure="Make it numbers first."
            )
        return np.full(len(column), np.nan)
    plain = isinstance(column.dtype, np.dtype)
    missing = {} if plain else {"na_value": np.nan}
    numbers = column.to_numpy(np.float64, copy=True, **missing)
    if plain and column.dtype.kind != "f":
        return numbers
    endless = np.isinf(numbers)
    return np.where(endless, np.nan, numbers) if endless.any() else numbers


def _check_values(values: Floats, counts: Floats | None, kind: Kind, y: str, n: str | None) -> None:
    wrong = None if kind.data == "any" else values <= 0 if kind.data == "positive" else values < 0
    if wrong is not None and wrong.any():
        least = "greater than zero" if kind.data == "positive" else "zero or more"
        raise AnalysisError(
            f"A {kind.name} chart needs values {least}",
            where=f"{y!r}, {int(wrong.sum())} rows",
            found=f"{values[wrong][0]:g}",
            cure="Correct the data, or use an I chart.",
        )
    if counts is not None and (counts < 0).any():
        raise AnalysisError(
            "A denominator is negative", where=repr(n), found=f"{counts[counts < 0][0]:g}", cure="Correct the data."
        )
    if kind.data == "proportion":
        whole = np.ones(len(values)) if counts is None else counts
        above = values > whole
        if above.any() and (above := values > whole * (1 + 1e-12)).any():
            found = f"{values[above][0]:g} of {whole[above][0]:g}"
            raise AnalysisError(
                "A numerator is greater than its denominator",
                where=f"{y!r}, {int(above.sum())} rows",
                found=found,
                cure="Correct the data, or use a u chart for rates."
                if counts is not None
                else f"Name the column of denominators (n): without one, each value of a {kind.name} chart is 0 or 1.",
            )


def _series_codes(by: dict[str, pd.Series], count: int) -> Ints:
    """Number the series in the order of their labels; the rows of one mostly stand together and are told apart once."""
    new = np.zeros(count, np.bool_)
    new[0] = True
    for name, column in by.items():
        values = column.array
        if values.isna().any():
            raise AnalysisError(
                "Some rows belong to no series",
                where=f"column {name!r}",
                found=f"{int(values.isna().sum())} empty cells",
                cure="Name them, or leave those rows out.",
            )
        new[1:] |= np.asarray(values[1:] != values[:-1], np.bool_)
    starts = np.flatnonzero(new)
    combined = np.zeros(len(starts), np.int64)
    for column in by.values():
        codes, count_of = _sorted_codes(column.array.take(starts))
        combined = _renumbered(combined * count_of + codes)
    return np.repeat(combined, np.diff(starts, append=count))


def _sorted_codes(labels: Any) -> tuple[Ints, int]:
    """Number labels in their order, and count them; mostly they stand in it already, and each comes once."""
    plain = isinstance(labels.dtype, pd.StringDtype) or (
        isinstance(labels.dtype, np.dtype) and labels.dtype.kind in "iufM"
    )
    if plain and np.asarray(labels[1:] > labels[:-1], np.bool_).all():
        return np.arange(len(labels)), len(labels)
    codes, uniques = pd.factorize(pd.Series(labels, copy=False), sort=True)
    return codes.astype(np.int64, copy=False), len(uniques)


def _renumbered(codes: Ints) -> Ints:
    if len(codes) == 0:
        return codes
    span = int(codes.max()) + 1
    if span > 8 * len(codes) + 1024:
        return np.unique(codes, return_inverse=True)[1].astype(np.int64)
    present = np.zeros(span, np.int64)
    present[codes] = 1
    return (np.cumsum(present) - 1)[codes]


def _order(series: Ints, keys: Keys) -> tuple[Ints | None, Ints]:
    """Return the sorting order (None if sorted already) and where each point's rows start in it."""
    if keys.dtype.kind == "M":
        keys = keys.view(np.int64)  # no date is missing, and whole numbers compare several times as fast
    order: Ints | None = None
    if not ((series[1:] > series[:-1]) | ((series[1:] == series[:-1]) & (keys[1:] >= keys[:-1]))).all():
        order = np.lexsort((keys, series))
        series, keys = series[order], keys[order]
    new = np.ones(len(series), np.bool_)
    new[1:] = (series[1:] != series[:-1]) | (keys[1:] != keys[:-1])
    return order, np.flatnonzero(new)


def _aggregate(values: Floats, counts: Floats | None, starts: Ints | None, kind: Kind) -> dict[str, Floats]:
    if counts is not None:
        both = np.isfinite(values) & np.isfinite(counts)
        if not both.all():
            values, counts = np.where(both, values, np.nan), np.where(both, counts, np.nan)
    known = np.isfinite(values)
    size, total, below = known.astype(np.float64), values, counts
    spread = reach = np.broadcast_to(np.nan, len(size))
    if starts is not None:
        size = _added(size, starts)
        total = np.where(size > 0, _added(np.where(known, values, 0), starts), np.nan)
        below = None if counts is None else np.where(size > 0, _added(np.where(known, counts, 0), starts), np.nan)
        spread = _spread(values, known, starts, total, size)
        reach = _reach(values, known, starts, size)
    if below is None and kind.denominator == "needed":
        below = np.where(size > 0, size, np.nan)
    shown = {"sum": total, "spread": spread}.get(kind.statistic)
    y = ratio(total, size if below is None else below) if shown is None else shown
    n = np.full(len(size), np.nan) if below is None else below
    return {"y": y, "n": n, "total": total, "size": size, "spread": spread, "reach": reach}


def _added(values: Floats, starts: Ints) -> Floats:
    return np.add.reduceat(values, starts) if len(starts) else np.zeros(0)


def _reach(values: Floats, known: Bools, starts: Ints, size: Floats) -> Floats:
    """Return the range within each subgroup; nan for fewer than two values."""
    high = np.maximum.reduceat(np.where(known, values, -np.inf), starts)
    low = np.minimum.reduceat(np.where(known, values, np.inf), starts)
    reach = np.full(len(starts), np.nan)
    np.subtract(high, low, out=reach, where=size > 1)
    return reach


def _spread(values: Floats, known: Bools, starts: Ints, total: Floats, size: Floats) -> Floats:
    """Return standard deviations within subgroups, by two passes; nan for fewer than two values."""
    owner = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(values))))
    off = np.where(known, values - ratio(total, size)[owner], 0)
    return np.sqrt(ratio(_added(off * off, starts), np.where(size > 1, size - 1, 0)))
