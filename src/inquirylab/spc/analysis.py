"""One call from rows to points, lines and signals, for one series or ten thousand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from inquirylab.errors import AnalysisError
from inquirylab.spc.conventions import Conventions, conventions_named
from inquirylab.spc.kinds import Kind, kind_of
from inquirylab.spc.limits import Data, Lines, lines
from inquirylab.spc.phases import Conditions, Stretches
from inquirylab.spc.rules import asked_rules
from inquirylab.spc.segments import Bools, Floats, Segments
from inquirylab.spc.signals import Judged, judge
from inquirylab.spc.subgroups import Subgroups, subgroups
from inquirylab.spc.summary import summarise


@dataclass(frozen=True)
class Analysis:
    """What a chart shows and what its rules found; a value, to be drawn, tabled, stored or sent elsewhere.

    Parameters
    ----------
    points
        One row a point, sorted by series and x: ``by``…, ``phase`` (1, 2, …), x, ``y`` (times ``multiply``), ``n``,
        ``cl``, ``lcl``, ``ucl``, ``lcl_95``, ``ucl_95`` (three and two sigma), ``baseline`` (not after a freeze),
        ``include`` (not excluded), ``sigma_signal`` (this point is beyond a limit), ``runs_signal`` (its phase has
        too long a run, too few crossings, or another signal of its rules). Numbers are float64 with nan for missing,
        flags bool.
    summary
        One row a series and phase: ``n_obs`` (points not excluded), ``n_useful`` (present and off the centre line),
        ``n_baseline``, ``few`` (too few to judge), ``longest_run``, ``longest_run_max``, ``n_crossings``,
        ``n_crossings_min``, ``run_signal``, ``crossings_signal``, ``runs_signal`` (either), ``sigma_signal`` (how
        many points), ``cl``, ``lcl``, ``ucl`` (their means where they differ from point to point), ``sigma_z``
        (Laney's, for p′ and u′), ``mean_range``, ``n_ranges``, ``n_screened`` (for charts made from moving ranges),
        ``target``, ``variation`` (of its last point: ``"common"``, ``"improvement"``, ``"concern"``, ``"special"``
        where no direction is better, ``"too_few"``) and ``assurance`` (``"pass"``, ``"fail"``, ``"inconsistent"``; of
        the last phase, where there is a target and a direction). Run lengths and crossings are float64, missing where
        no point is useful.
    signals
        One row a point of a signal: ``by``…, ``phase``, x, ``rule`` (``"sigma"``, ``"run"``, …), ``role``
        (``"completing"``: a point at which the rule holds when one looks back from it, for an Anhøj run the one at
        which it became too long; ``"pattern"``: another point of it), ``side`` (1 above or rising, -1 below or
        falling, 0 both), ``signal`` (a number for each signal), ``length`` (its points).
        Too few crossings belong to no point: they are in ``summary`` alone.
    chart, x, y, n, by, multiply, improvement, target, freeze, rules, screen_mr, conventions, max_gap, kind
        What was asked for.
    """

    points: pd.DataFrame
    summary: pd.DataFrame
    signals: pd.DataFrame
    chart: str
    x: str
    y: str
    n: str | None
    by: tuple[str, ...]
    multiply: float
    improvement: Literal["up", "down"] | None
    target: Any
    freeze: Any
    rules: tuple[str, ...]
    screen_mr: bool
    conventions: Conventions
    max_gap: Any
    kind: Kind


def analyse(
    frame: pd.DataFrame,
    x: str,
    y: str,
    n: str | None = None,
    by: str | Sequence[str] = (),
    chart: str = "run",
    freeze: Any = None,
    phases: Any = None,
    exclude: Any = None,
    centre: Any = None,
    target: Any = None,
    improvement: Literal["up", "down"] | None = None,
    multiply: float = 1,
    rules: Sequence[str] = ("anhoej",),
    screen_mr: bool = True,
    conventions: str | Conventions = "inquirylab",
    max_gap: Any = None,
) -> Analysis:
    """Compute a run or control chart for every series of a frame in one pass.

    Parameters
    ----------
    frame
        Rows of data; several rows of one series and date are added up into one point.
    x, y, n
        Columns: time or order; value or numerator; denominator.
    by
        Columns whose combinations are the series (site, group, measure, …).
    chart
        run i mr xbar s p pp u up c g t ip, or an alias (xmr, p', u').
    freeze
        How many points, or up to which date, the lines are computed from; or a table by series (and phase) with a
        column ``freeze``. With phases it applies to the first one unless a table says otherwise.
    phases
        A column's name; or the last points of phases, by 1-based position, date or label; or a table with one row a
        series and phase and a column ``last`` (or ``first``). Each phase has lines of its own.
    exclude
        Points drawn but left out of lines and runs: 1-based positions, x values, or a table.
    centre, target
        A number, or a table by series (and phase), on the scale of the chart (after ``multiply``).
    improvement
        ``"up"`` or ``"down"``: where better is.
    multiply
        Show y and lines times this (100 for per cent).
    rules
        Rule sets; points beyond the three-sigma limits are always told.
    screen_mr
        Whether outlying moving ranges are dropped once before averaging.
    conventions
        A named preset: ``"inquirylab"``, ``"qicharts2"``, ``"mdc"`` or ``"qcc"``.
    max_gap
        A length of time such as ``"12W"``: no run, crossing or moving range reaches over a longer hole in x.

    Raises
    ------
    AnalysisError
        If a column, chart, rule, date or label is unknown, or the data cannot be what the chart needs.

    Examples
    --------
    >>> weeks = pd.DataFrame({"week": range(1, 13), "late": [5, 9, 3, 8, 9, 4, 3, 8, 9, 4, 5, 40]})
    >>> analysis = analyse(weeks, x="week", y="late", chart="i")
    >>> analysis.signals[["week", "rule", "side"]].to_dict("records")
    [{'week': 12, 'rule': 'sigma', 'side': 1}]
    """
    kind, convention = kind_of(chart), conventions_named(conventions)
    columns = [by] if isinstance(by, str) else list(by)
    if improvement not in (None, "up", "down"):
        raise AnalysisError("improvement is a direction", found=repr(improvement), cure="Say 'up', 'down' or None.")
    asked = asked_rules(rules)
    phase_column = phases if isinstance(phases, str) and phases in frame.columns else None
    points = subgroups(frame, x, y, n, columns, kind, phase_column)
    scaled = centre if centre is None or isinstance(centre, pd.DataFrame) else centre / multiply
    stretches = Conditions(points, columns, x).stretches(phases, freeze, exclude, scaled, target, phase_column)
    if not convention.freeze_with_phases and stretches.phase.max(initial=1) > 1:
        stretches = replace(stretches, baseline=np.ones_like(stretches.baseline))
    hole = None if max_gap is None else points.axis.holes(max_gap)
    data = _data(points, stretches, hole, kind, convention, screen_mr)
    found = lines(kind, data)
    drawn = _drawn(data.y, found, kind, multiply)
    judged = judge(drawn, found, data.y, stretches, hole, convention, kind.name != "mr" and points.axis.ordered, asked)
    shown = {name: points.labels[name] for name in (*columns, x)}
    return Analysis(
        points=_points(shown, stretches, drawn, points.n, judged, x),
        summary=summarise({name: shown[name] for name in columns}, stretches, drawn, data, judged, found, improvement),
        signals=_signals(shown, stretches, judged, x),
        chart=kind.name,
        x=x,
        y=y,
        n=n,
        by=tuple(columns),
        multiply=multiply,
        improvement=improvement,
        target=target,
        freeze=freeze,
        rules=(rules,) if isinstance(rules, str) else tuple(rules),
        screen_mr=screen_mr,
        conventions=convention,
        max_gap=max_gap,
        kind=kind,
    )


def _data(
    points: Subgroups, stretches: Stretches, hole: Bools | None, kind: Kind, convention: Conventions, screen: bool
) -> Data:
    y = points.y
    if convention.zero_denominators == "infinite":
        y = np.where((points.n == 0) & (points.total > 0), np.inf, y)
    base = stretches.baseline & stretches.include
    if kind.statistic == "range":
        y = _moving_range(y, stretches.segments, hole)
        if not convention.mr_keeps_excluded:
            base = base & np.concatenate(([True], stretches.include[:-1]))
    return Data(
        y=y,
        n=points.n,
        total=points.total,
        size=points.size,
        spread=points.spread,
        reach=points.reach,
        segments=stretches.segments,
        base=base,
        hole=hole,
        ordered=points.axis.ordered,
        centre=stretches.centre,
        screen=screen and convention.screens,
        rule=convention,
    )


def _moving_range(y: Floats, segments: Segments, hole: Bools | None) -> Floats:
    step = np.full(len(y), np.nan)
    step[1:] = np.abs(np.diff(y))
    step[segments.starts] = np.nan
    if hole is not None:
        step[hole] = np.nan
    return step


def _drawn(y: Floats, found: Lines, kind: Kind, multiply: float) -> dict[str, Floats]:
    """Return the statistic and its lines as they are drawn: kept to what is possible, then multiplied."""
    drawn = {"y": y, "cl": found.cl}
    for name, (side, sigmas) in {"lcl": (-1, 3), "ucl": (1, 3), "lcl_95": (-1, 2), "ucl_95": (1, 2)}.items():
        line = found.at(side, sigmas)
        if kind.floor is not None or kind.ceiling is not None:  # a line of its own may be changed where it stands
            line = np.clip(line, kind.floor, kind.ceiling, out=None if side * sigmas in found.fixed else line)
        drawn[name] = line
    if multiply != 1:
        drawn = {name: line * multiply for name, line in drawn.items()}
    return drawn


def _points(
    labels: dict[str, pd.Series], stretches: Stretches, drawn: dict[str, Floats], n: Floats, judged: Judged, x: str
) -> pd.DataFrame:
    table: dict[str, Any] = {name: column for name, column in labels.items() if name != x}
    table |= {"phase": stretches.phase, x: labels[x], "y": drawn["y"], "n": n}
    table |= {name: drawn[name] for name in ("cl", "lcl", "ucl", "lcl_95", "ucl_95")}
    table |= {
        "baseline": stretches.baseline,
        "include": stretches.include,
        "sigma_signal": judged.beyond,
        "runs_signal": stretches.segments.to_each(judged.rules_signal),
    }
    return pd.DataFrame(table, index=labels[x].index, copy=False)


def _signals(labels: dict[str, pd.Series], stretches: Stretches, judged: Judged, x: str) -> pd.DataFrame:
    found = judged.signals
    table: dict[str, Any] = {name: column.array.take(found.point) for name, column in labels.items() if name != x}
    table |= {
        "phase": stretches.phase[found.point],
        x: labels[x].array.take(found.point),
        "rule": found.rule,
        "role": found.role,
        "side": found.side,
        "signal": found.signal,
        "length": found.length,
    }
    return pd.DataFrame(table, index=pd.RangeIndex(len(found.point)), copy=False)
