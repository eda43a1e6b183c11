"""Freeze, phases, exclusions, centre and target: by position, date or label; for all series or in a table per site."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.errors import AnalysisError, did_you_mean
from inquirylab.spc.segments import Bools, Floats, Ints, Segments
from inquirylab.spc.subgroups import Subgroups

LAST = ("last", "until", "end", "to")
FIRST = ("first", "start", "from", "since")


@dataclass(frozen=True, slots=True)
class Stretches:
    """Where lines start and end, and which points they are computed from.

    Parameters
    ----------
    phase
        For each point, the 1-based number of its phase within its series.
    segments
        Each phase of each series.
    baseline
        Points that a freeze leaves for the lines (all, without a freeze).
    include
        False for excluded points.
    centre, target
        For each segment, the given value, or nan.
    """

    phase: Ints
    segments: Segments
    baseline: Bools
    include: Bools
    centre: Floats
    target: Floats


class Conditions:
    """Reads what the caller says of phases, freezes, exclusions and targets, for one set of points."""

    def __init__(self, points: Subgroups, by: list[str], x: str) -> None:
        self.points, self.by, self.x = points, by, x

    @cached_property
    def position(self) -> Ints:
        """For each point, its 1-based place in its series."""
        return self.points.series.positions()

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a series: its labels and number."""
        starts = self.points.series.starts
        return self.points.labels_at(self.by, starts).assign(_series=np.arange(len(starts)))

    def stretches(
        self, phases: object, freeze: object, exclude: object, centre: object, target: object, column: str | None
    ) -> Stretches:
        """Resolve all of them."""
        codes = self.points.series.codes
        phase = self._phase(phases) if column is None else self._by_column(self.points.labels[column])
        segments = self.points.series if phases is None else Segments.where_changes(codes, phase)

        def keys() -> pd.DataFrame:
            starts = segments.starts
            return self.points.labels_at(self.by, starts).assign(phase=phase[starts], _segment=np.arange(len(starts)))

        if freeze is None and isinstance(phases, pd.DataFrame) and "freeze" in phases.columns:
            freeze = self._numbered(phases)
        if target is None and isinstance(phases, pd.DataFrame) and "target" in phases.columns:
            target = self._numbered(phases)
        baseline = self._baseline(freeze, segments, phase, keys)
        return Stretches(
            phase,
            segments,
            baseline,
            self._include(exclude),
            self._per_segment(centre, "centre", segments.count, keys),
            self._per_segment(target, "target", segments.count, keys),
        )

    # -- phases -----------------------------------------------------------------------------------------------------

    def _by_column(self, values: Any) -> Ints:
        codes = pd.factorize(values)[0].astype(np.int64)
        within = Segments.where_changes(self.points.series.codes, codes).codes
        return within - self.points.series.to_each(within[self.points.series.starts]) + 1

    def _phase(self, phases: object) -> Ints:
        phase = np.ones(len(self.points.y), np.int64)
        if phases is None:
            return phase
        if isinstance(phases, pd.DataFrame):
            return phase + self._breaks(phases)
        for item in _items(phases):
            phase += self._after(item, "phases")
        return self._without_gaps(phase)

    def _without_gaps(self, phase: Ints) -> Ints:
        """Count the phases that a series has 1, 2, 3: a break before its first point makes no empty phase."""
        within = Segments.where_changes(self.points.series.codes, phase).codes
        return within - self.points.series.to_each(within[self.points.series.starts]) + 1

    def _after(self, item: Any, what: str) -> Bools:
        if _is_position(item, self.points.axis.sort):
            if int(item) < 1:
                raise AnalysisError(f"A position in {what} is less than 1", found=repr(item), cure="Count from 1.")
            return np.asarray(self.position > item)
        return np.asarray(self.points.axis.keys > self.points.axis.key_of(item, what))

    def _breaks(self, frame: pd.DataFrame) -> Ints:
        rows = self._matched(frame, "phases")
        column = next((c for c in (*LAST, self.x) if c in rows.columns), None)
        begins = column is None
        column = column or next((c for c in FIRST if c in rows.columns), None)
        if column is None:
            raise AnalysisError(
                "The table of phases says not where they end",
                found=", ".join(map(str, frame.columns)),
                cure="Give it a column 'last' (last point) or 'first' (first point).",
            )
        rows = rows[rows[column].notna()]
        series, ranks = rows["_series"].to_numpy(np.int64), rows.groupby("_series").cumcount().to_numpy()
        after = np.zeros(len(self.position), np.int64)
        limit = self._thresholds(rows[column])
        point = self._measure(limit)
        for rank in range(int(ranks.max(initial=-1)) + 1):
            here = ranks == rank
            own = np.empty(self.points.series.count, limit.dtype)
            own[series[here]] = limit[here]
            has = np.zeros(self.points.series.count, np.bool_)
            has[series[here]] = True
            to_each = self.points.series.to_each
            passed = point >= to_each(own) if begins else point > to_each(own)
            after += to_each(has) & passed
        return self._without_gaps(after + 1) - 1

    def _thresholds(self, column: pd.Series) -> Any:
        if pd.api.types.is_integer_dtype(column) or (
            pd.api.types.is_float_dtype(column) and self.points.axis.sort != "number"
        ):
            return column.to_numpy(np.int64)
        return self.points.axis.keys_of(column, "phases")

    def _measure(self, limit: Any) -> Any:
        return self.position if limit.dtype.kind == "i" and self.points.axis.sort != "label" else self.points.axis.keys

    # -- freeze, exclude, values ------------------------------------------------------------------------------------

    def _baseline(self, freeze: Any, segments: Segments, phase: Ints, keys: Callable[[], pd.DataFrame]) -> Bools:
        everything = np.ones(len(self.points.y), np.bool_)
        if freeze is None:
            return everything
        within = segments.positions()
        if isinstance(freeze, pd.DataFrame):
            return self._frozen_by_table(freeze, segments, within, keys)
        if _is_position(freeze, self.points.axis.sort):
            if int(freeze) < 1:
                raise AnalysisError(
                    "freeze must keep at least one point", found=repr(freeze), cure="Name how many points."
                )
            kept = within <= freeze
        else:
            kept = self.points.axis.keys <= self.points.axis.key_of(freeze, "freeze")
            if len(kept) and not kept.any():
                raise AnalysisError(
                    "freeze keeps no point: all points come later", found=repr(freeze), cure="Name a later date."
                )
        return np.asarray(kept | (phase != 1))

    def _frozen_by_table(
        self, table: pd.DataFrame, segments: Segments, within: Ints, keys: Callable[[], pd.DataFrame]
    ) -> Bools:
        if "freeze" not in table.columns:
            raise AnalysisError("The table of freezes has no column 'freeze'", found=", ".join(map(str, table.columns)))
        if "phase" not in table.columns:
            table = table.assign(phase=1)
        rows = self._joined(table, keys(), "freeze")
        rows = rows[rows["freeze"].notna()]
        own = rows["_segment"].to_numpy(np.int64)
        frozen = np.zeros(segments.count, np.bool_)
        frozen[own] = True
        if pd.api.types.is_numeric_dtype(rows["freeze"]):
            limit = np.full(segments.count, np.inf)
            limit[own] = rows["freeze"].to_numpy(np.float64)
            kept = within <= segments.to_each(limit)
        else:
            given = self.points.axis.keys_of(rows["freeze"], "freeze")
            dates = np.empty(segments.count, given.dtype)
            dates[own] = given
            kept = self.points.axis.keys <= segments.to_each(dates)
        return np.asarray(kept | ~segments.to_each(frozen))

    def _include(self, exclude: object) -> Bools:
        include = np.ones(len(self.points.y), np.bool_)
        if exclude is None:
            return include
        if isinstance(exclude, pd.DataFrame):
            return ~self._excluded_by_table(exclude)
        axis = self.points.axis
        for item in _items(exclude):
            if _is_position(item, axis.sort):
                include &= self.position != item
                continue
            hit = axis.keys == axis.key_of(item, "exclude")
            if len(hit) and not hit.any():
                raise AnalysisError(
                    "There is no point to exclude there",
                    where=f"column {self.x!r}",
                    found=repr(item),
                    cure="Name a date or label of the data, or a position counted from 1.",
                )
            include &= ~hit
        return include

    def _excluded_by_table(self, table: pd.DataFrame) -> Bools:
        column = self.x if self.x in table.columns else "position"
        if column not in table.columns:
            raise AnalysisError(
                "The table of exclusions names no points",
                found=", ".join(map(str, table.columns)),
                cure=f"Give it a column {self.x!r} or 'position'.",
            )
        rows = self._matched(table, "exclude")
        axis = self.points.axis
        keys = rows[column].to_numpy(np.int64) if column == "position" else axis.keys_of(rows[column], "exclude")
        mine = self.position if column == "position" else axis.keys
        left = pd.DataFrame({"series": self.points.series.codes, "key": mine})
        gone = pd.DataFrame({"series": rows["_series"].to_numpy(np.int64), "key": keys}).drop_duplicates()
        gone["key"] = gone["key"].astype(left["key"].dtype)
        return left.merge(gone.assign(gone=True), on=["series", "key"], how="left")["gone"].notna().to_numpy(np.bool_)

    def _per_segment(self, value: object, what: str, count: int, keys: Callable[[], pd.DataFrame]) -> Floats:
        filled = np.full(count, np.nan)
        if value is None:
            return filled
        if isinstance(value, pd.DataFrame):
            if what not in value.columns:
                raise AnalysisError(f"The table has no column {what!r}", found=", ".join(map(str, value.columns)))
            rows = self._joined(value, keys(), what)
            filled[rows["_segment"].to_numpy(np.int64)] = rows[what].to_numpy(np.float64, na_value=np.nan)
            return filled
        try:
            filled[:] = float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError) as error:
            raise AnalysisError(f"{what} must be a number or a table", found=repr(value)) from error
        return filled

    # -- tables -----------------------------------------------------------------------------------------------------

    def _numbered(self, phases: pd.DataFrame) -> pd.DataFrame:
        shared = [name for name in self.by if name in phases.columns]
        order = phases.groupby(shared, observed=True).cumcount() + 1 if shared else np.arange(1, len(phases) + 1)
        return phases if "phase" in phases.columns else phases.assign(phase=order)

    def _matched(self, table: pd.DataFrame, what: str) -> pd.DataFrame:
        return self._joined(table, self.table, what)

    def _joined(self, table: pd.DataFrame, keys: pd.DataFrame, what: str) -> pd.DataFrame:
        shared = [name for name in (*self.by, "phase") if name in table.columns and name in keys.columns]
        sites = [name for name in shared if name != "phase"]
        for name in sites:
            known = set(self.points.labels[name].unique())
            unknown = [value for value in table[name].unique() if value not in known]
            if unknown:
                raise AnalysisError(
                    f"The table for {what} names a series that is not in the data",
                    where=repr(name),
                    found=repr(unknown[0]),
                    cure=did_you_mean(str(unknown[0]), map(str, known)),
                )
        if not shared:
            return table.merge(keys.drop(columns=[*self.by, "phase"], errors="ignore"), how="cross")
        spare = [name for name in keys.columns if name not in shared and not name.startswith("_")]
        aligned = {name: table[name].astype(keys[name].dtype) for name in sites}
        return table.assign(**aligned).merge(keys.drop(columns=spare), on=shared, how="inner")


def _items(given: object) -> list[object]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        return [given]
    return list(given)


def _is_position(item: object, sort: str) -> bool:
    if isinstance(item, (bool, np.bool_)):
        raise AnalysisError("A position is a whole number, a date or a label", found=repr(item))
    if isinstance(item, (int, np.integer)):
        return True
    return isinstance(item, str) and sort != "label" and item.strip().isdigit() and len(item.strip()) < 4
