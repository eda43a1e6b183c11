"""Generated from definitions/forms/*.toml by `make types`: do not edit, correct the form.

Every field may be missing: a record is readable however incomplete it is. What is required is a matter for `check`.
"""

from __future__ import annotations

from dataclasses import dataclass
import datetime as dt
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class MeasureRow:
    """One row of numbers typed in by hand (kind `measure_data`)."""

    date: dt.date | None = None
    site: str | None = None
    group: str | None = None
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    n: float | None = None
    note: str | None = None
    definition_version: int | None = None
    source: str | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureGoal:
    """Part of measure."""

    value: float | None = None
    by_when: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureBaseline:
    """Part of measure."""

    points: int | None = None
    until: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class MeasurePracticalCheck:
    """Part of measure."""

    in_the_flow: bool | None = None
    fast: bool | None = None
    sensitive: bool | None = None
    actionable: bool | None = None
    tied_to_theory: bool | None = None
    safe: bool | None = None


@dataclass(frozen=True, kw_only=True)
class MeasurePhases:
    """Part of measure."""

    start: dt.date | None = None
    label: str | None = None
    reason: str | None = None
    recalculate: bool | None = None
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MeasureAnnotations:
    """Part of measure."""

    date: dt.date | None = None
    kind: Literal["pdsa_cycle", "lesson_study", "design_cycle", "event"] | None = None
    text: str | None = None
    ref: str | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureDataRows:
    """Part of measure."""

    column: str | None = None
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MeasureDataMarks:
    """Part of measure."""

    mark: str | None = None
    means: Literal["missing", "not_applicable", "suppressed"] | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureDataLeaveOut:
    """Part of measure."""

    column: str | None = None
    one_of: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureData:
    """Part of measure."""

    date: tuple[str, ...] = ()
    date_form: Literal["date", "iso_week"] | None = None
    site: str | None = None
    group: tuple[str, ...] = ()
    numerator: str | None = None
    denominator: str | None = None
    value: str | None = None
    rows: tuple[MeasureDataRows, ...] = ()
    marks: tuple[MeasureDataMarks, ...] = ()
    leave_out: tuple[MeasureDataLeaveOut, ...] = ()
    longest_gap_weeks: int | None = None


@dataclass(frozen=True, kw_only=True)
class Measure:
    """Measure."""

    name: str | None = None
    family: Literal["outcome", "driver", "process", "balancing", "pdsa"] | None = None
    construct: str | None = None
    node: str | None = None
    kind: Literal["proportion", "ratio", "count", "mean", "median", "scale", "time_between"] | None = None
    population: str | None = None
    include: str | None = None
    exclude: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    unit: str | None = None
    multiply: float | None = None
    direction: Literal["up", "down", "neither"] | None = None
    goal: MeasureGoal | None = None
    baseline: MeasureBaseline | None = None
    chart: Literal["run", "i", "mr", "xbar", "s", "p", "pp", "u", "up", "c", "g", "t", "ip"] | None = None
    rules: tuple[str, ...] = ()
    instrument: str | None = None
    source: str | None = None
    collector: str | None = None
    frequency: Literal["day", "week", "month", "term", "year", "event"] | None = None
    lag_days: int | None = None
    burden_minutes: int | None = None
    sampling: str | None = None
    disaggregate_by: tuple[str, ...] = ()
    min_n: int | None = None
    practical_check: MeasurePracticalCheck | None = None
    definition_version: int | None = None
    changed_on: dt.date | None = None
    break_series: bool | None = None
    phases: tuple[MeasurePhases, ...] = ()
    annotations: tuple[MeasureAnnotations, ...] = ()
    rows: tuple[MeasureRow, ...] = ()
    data: MeasureData | None = None
