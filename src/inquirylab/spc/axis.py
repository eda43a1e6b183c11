"""The x of a chart: dates, numbers, ordered categories or text, as numbers that sort and can be looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from inquirylab.errors import AnalysisError, did_you_mean
from inquirylab.spc.segments import Bools, Ints

Keys = npt.NDArray[Any]
_DIGITS = re.compile(r"\d+")
_AMBIGUOUS = re.compile(r"#[/.\-]#[/.\-]#")


@dataclass(frozen=True, slots=True)
class Axis:
    """What x means.

    Parameters
    ----------
    name
        The column.
    sort
        ``"date"`` (keys are datetime64), ``"number"`` (keys are the numbers) or ``"label"`` (keys are codes).
    keys
        One a row or point.
    names
        For labels: the text of each code, in order.
    by_appearance
        True if labels sort in order of first appearance, which is then checked within each series.
    ordered
        False for unordered categories: points side by side (schools, classes), which have no neighbours in time.
    """

    name: str
    sort: Literal["date", "number", "label"]
    keys: Keys
    names: tuple[str, ...] = ()
    by_appearance: bool = False
    ordered: bool = True

    def taken(self, keys: Keys) -> Axis:
        """Return the same axis for other rows."""
        return replace(self, keys=keys)

    def checked_within(self, series: Ints) -> Axis:
        """Refuse text whose order cannot be told: the rows of one series must agree with those of the first."""
        if self.by_appearance and len(series) > 1:
            order = np.argsort(series, kind="stable")
            ordered, keys = series[order], self.keys[order]
            if ((ordered[1:] == ordered[:-1]) & (keys[1:] < keys[:-1])).any():
                raise AnalysisError(
                    f"The order of {self.name!r} cannot be told from its labels",
                    found=", ".join(map(repr, self.names[:4])),
                    cure="Make it a date, a number or an ordered category.",
                )
        return self

    def key_of(self, value: object, what: str) -> Any:
        """Return the key of a date, number or label that the caller gave.

        Raises
        ------
        AnalysisError
            If it is no date (for dates) or not one of the labels.
        """
        if self.sort == "label":
            if str(value) not in self.names:
                raise AnalysisError(
                    f"{what} names no {self.name!r}", found=repr(value), cure=did_you_mean(str(value), self.names)
                )
            return self.names.index(str(value))
        try:
            return pd.Timestamp(value).to_datetime64() if self.sort == "date" else float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError) as error:
            kind = "date such as 2025-03-01" if self.sort == "date" else "number"
            raise AnalysisError(f"{what} must be a position or a {kind}", found=repr(value)) from error

    def keys_of(self, values: pd.Series, what: str) -> Keys:
        """Return the keys of a column of dates, numbers or labels; missing stays missing (NaT, nan, -1)."""
        if self.sort == "label":
            return np.array([-1 if pd.isna(v) else self.key_of(v, what) for v in values], np.int64)
        if self.sort == "number":
            return np.array([np.nan if pd.isna(v) else self.key_of(v, what) for v in values], np.float64)
        return np.array(
            [np.datetime64("NaT") if pd.isna(v) else self.key_of(v, what) for v in values], "datetime64[ns]"
        )

    def holes(self, max_gap: object) -> Bools:
        """Tell for each point whether the step that leads to it is longer than ``max_gap``."""
        if self.sort != "date":
            raise AnalysisError(
                "max_gap needs dates", where=f"column {self.name!r}", cure="Make x a date, or leave max_gap out."
            )
        try:
            longest = pd.Timedelta(max_gap).to_timedelta64()  # type: ignore[arg-type]
        except ValueError as error:
            raise AnalysisError(
                "max_gap is no length of time", found=repr(max_gap), cure="Write '12W' or '90D'."
            ) from error
        wide = np.zeros(len(self.keys), np.bool_)
        wide[1:] = np.diff(self.keys) > longest
        return wide


def read_axis(column: pd.Series, name: str) -> Axis:
    """Read the x column: dates, numbers, periods and categories as they are, text by what it looks like.

    ISO dates in text are dates; labels that differ only in their numbers ("Week 2", "Week 10") sort by those
    numbers; other text (terms, month names) keeps the order in which it first appears.
    """
    if column.array.isna().any():
        raise AnalysisError(
            "Some rows have no place on the chart",
            where=f"column {name!r}",
            found=f"{int(column.isna().sum())} empty cells",
            cure="Fill them in or leave the rows out.",
        )
    if isinstance(column.dtype, pd.CategoricalDtype):
        names = tuple(map(str, column.cat.categories))
        return Axis(name, "label", column.cat.codes.to_numpy(np.int64), names, ordered=bool(column.cat.ordered))
    if isinstance(column.dtype, pd.PeriodDtype):
        return Axis(name, "date", column.dt.to_timestamp().to_numpy("datetime64[ns]"))
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return Axis(name, "date", column.dt.tz_localize(None).to_numpy())
    if pd.api.types.is_datetime64_dtype(column):
        return Axis(name, "date", column.to_numpy())
    if pd.api.types.is_numeric_dtype(column):
        numbers = column.to_numpy()
        return Axis(name, "number", numbers if numbers.dtype.kind in "iuf" else column.to_numpy(np.float64))
    return _from_text(column, name)


def _from_text(column: pd.Series, name: str) -> Axis:
    codes, uniques = pd.factorize(column)
    dates = _as_dates(uniques)
    if dates is not None:
        return Axis(name, "date", dates[codes])
    names = [str(label) for label in uniques]
    shapes = {_DIGITS.sub("#", label) for label in names}
    if len(shapes) > 1 or "#" not in next(iter(shapes), ""):
        return Axis(name, "label", codes.astype(np.int64), tuple(names), by_appearance=True)
    if _AMBIGUOUS.fullmatch(next(iter(shapes))):
        raise AnalysisError(
            "Dates in text can be read in two ways",
            where=f"column {name!r}",
            found=repr(names[0]),
            cure="Write them as 2024-09-01; in Python, pandas.to_datetime(…, dayfirst=True or False) converts them.",
        )
    order = sorted(range(len(names)), key=lambda i: [int(part) for part in _DIGITS.findall(names[i])])
    rank = np.empty(len(names), np.int64)
    rank[order] = np.arange(len(names))
    return Axis(name, "label", rank[codes], tuple(names[i] for i in order))


def _as_dates(uniques: Any) -> npt.NDArray[np.datetime64] | None:
    labels = list(uniques)
    text = all(isinstance(label, str) and re.match(r"\d{4}-\d{2}-\d{2}", label) for label in labels)
    dated = all(hasattr(label, "year") and hasattr(label, "day") for label in labels)
    if not labels or not (text or dated):
        return None
    try:
        dates = pd.to_datetime(pd.Index(labels), format="ISO8601" if text else None)
        return np.asarray(dates.to_numpy("datetime64[ns]"))
    except (ValueError, TypeError):
        return None
