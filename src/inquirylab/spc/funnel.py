"""Many units side by side at one time: which differ from the whole by more than chance (Spiegelhalter 2005)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from inquirylab.errors import AnalysisError, did_you_mean
from inquirylab.spc.analysis import analyse
from inquirylab.spc.funnel_limits import SCALES, FunnelLimits, Scale
from inquirylab.spc.segments import Bools, Floats, ratio

KINDS = ("proportion", "rate", "ratio")


@dataclass(frozen=True)
class Funnel:
    """Units, limits, and what the limits rest on.

    Parameters
    ----------
    units
        One row a unit, in the order of the unit's labels (never of its result): the unit, ``numerator``,
        ``denominator``, ``y``, ``target``, for each level ``lcl_95``, ``ucl_95``, ``beyond_95`` (1 above, -1 below,
        0 within), …, ``z`` (distance from the target in standard errors, after over-dispersion) and ``unstable``.
    curve
        The limits over a grid of denominators, for drawing.
    target
        The pooled value, or 1 for standardised ratios, or the one that was given.
    tau2, phi
        Additive over-dispersion (between-unit variance on the transformed scale; 0 without) and the ratio of observed
        to expected variance of the winsorised z.
    kind, levels, limits, overdispersion, transform, unit
        What was asked for; ``transform`` is the scale on which over-dispersion was added.
    """

    units: pd.DataFrame
    curve: pd.DataFrame
    target: float
    tau2: float
    phi: float
    unit: str
    kind: str
    levels: tuple[float, ...]
    limits: str
    overdispersion: str | None
    transform: str


def funnel(
    frame: pd.DataFrame,
    unit: str = "site",
    numerator: str = "late",
    denominator: str = "enrolled",
    kind: Literal["proportion", "rate", "ratio"] = "proportion",
    levels: Sequence[float] = (95, 99.8),
    overdispersion: Literal["additive"] | None = None,
    target: float | None = None,
    limits: Literal["exact", "arcsine"] = "exact",
    transform: Literal["arcsine", "sqrt", "log"] | None = None,
    trim: Literal["winsorise", "truncate"] = "winsorise",
    x: str | None = None,
    unstable: Literal["refuse", "mark"] = "refuse",
    conventions: str = "inquirylab",
) -> Funnel:
    """Compute a funnel plot for proportions, rates or standardised ratios.

    Parameters
    ----------
    frame
        Rows with a unit, a numerator and a denominator; several rows of a unit are added up.
    kind
        ``"proportion"`` (part of a whole), ``"rate"`` (events per exposure) or ``"ratio"`` (observed over expected).
    levels
        Two-sided coverage of the limits, in per cent.
    overdispersion
        ``"additive"`` widens the limits by the variance between units, estimated from winsorised z values. Where
        that variance is estimated as zero the limits are those without it.
    target
        The value to compare with; by default the pooled one, for ratios 1.
    limits
        ``"exact"`` (binomial, or Poisson by the chi-square link) or ``"arcsine"`` (for proportions).
    transform, trim
        The scale of over-dispersion, and whether the outer tenths of z are drawn in or left out.
    x, unstable
        A column of dates. Stability can only be told from dates: without them a funnel is drawn of whatever the rows
        add up to. With them each unit's own series is charted first (p for proportions, u for rates and ratios), and
        a unit with a signal is refused with the reason, since a funnel of changing units misleads; ``"mark"`` marks
        it instead. A unit with fewer than ten useful points gives no signal and is taken as it is.
    conventions
        ``"funnelplotr"`` computes the lines of the R package of that name (docs/deviations.md says where they differ).

    Raises
    ------
    AnalysisError
        If columns or kinds are unknown, numerators impossible, or a unit's series is unstable.

    Notes
    -----
    Spiegelhalter DJ. Funnel plots for comparing institutional performance. Statistics in Medicine 2005; 24: 1185–1202.
    Spiegelhalter DJ. Handling over-dispersion of performance indicators. Qual Saf Health Care 2005; 14: 347–351.

    Examples
    --------
    >>> schools = pd.DataFrame({"site": ["Ash", "Birch"], "late": [5, 40], "enrolled": [100, 400]})
    >>> found = funnel(schools)
    >>> round(found.target, 3), found.units["beyond_95"].tolist()
    (0.09, [0, 0])
    """
    _check(frame, unit, numerator, denominator, kind, limits, levels, conventions, overdispersion)
    totals = _totals(frame, unit, numerator, denominator, kind)
    top, below = totals["numerator"].to_numpy(np.float64), totals["denominator"].to_numpy(np.float64)
    y = ratio(top, below)
    theirs = conventions == "funnelplotr"
    if target is None:
        target = 1.0 if kind == "ratio" else float(top[below > 0].sum() / below[below > 0].sum())
    name = transform or {"proportion": "arcsine", "rate": "log" if theirs else "sqrt", "ratio": "sqrt"}[kind]
    scale = SCALES[name]
    z, error = _standardised(top, below, y, target, scale, name, theirs, kind)
    phi, tau2 = _dispersion(z, error, trim) if overdispersion else (float("nan"), 0.0)
    drawn = FunnelLimits(kind, target, scale, name, tau2, limits, tau2 > 0, theirs)
    table: dict[str, Any] = {unit: totals[unit], "numerator": top, "denominator": below, "y": y, "target": target}
    for level in levels:
        lower, upper = drawn.at(below, level)
        beyond = np.where(y > upper, 1, np.where(y < lower, -1, 0))
        table |= {f"lcl_{_name(level)}": lower, f"ucl_{_name(level)}": upper, f"beyond_{_name(level)}": beyond}
    table["z"] = z * error / np.sqrt(error**2 + tau2)
    table["unstable"] = _unstable(frame, totals[unit], unit, numerator, denominator, kind, x, unstable)
    return Funnel(
        pd.DataFrame(table),
        _curve(drawn, below, levels),
        target,
        tau2,
        phi,
        unit,
        kind,
        tuple(levels),
        limits,
        overdispersion,
        name,
    )


def _name(level: float) -> str:
    return f"{level:g}".replace(".", "_")


def _check(
    frame: pd.DataFrame,
    unit: str,
    numerator: str,
    denominator: str,
    kind: str,
    limits: str,
    levels: Sequence[float],
    conventions: str,
    overdispersion: str | None,
) -> None:
    for column in (unit, numerator, denominator):
        if column not in frame.columns:
            raise AnalysisError("There is no such column", found=repr(column), cure=did_you_mean(column, frame.columns))
    for value, known, what in (
        (kind, KINDS, "kind of funnel"),
        (limits, ("exact", "arcsine"), "kind of limits"),
        (conventions, ("inquirylab", "funnelplotr"), "set of conventions"),
    ):
        if value not in known:
            raise AnalysisError(f"There is no such {what}", found=repr(value), cure=did_you_mean(value, known))
    if overdispersion not in (None, "additive"):
        raise AnalysisError(
            "There is no such model of over-dispersion", found=repr(overdispersion), cure="Say 'additive' or None."
        )
    if limits == "arcsine" and kind != "proportion":
        raise AnalysisError("Arcsine limits are for proportions", found=kind, cure="Leave limits at 'exact'.")
    if any(not 0 < level < 100 for level in levels):
        raise AnalysisError("A level is a percentage between 0 and 100", found=repr(tuple(levels)))
    if frame.empty:
        raise AnalysisError("There are no rows to chart", cure="Check the filter or the file that they come from.")


def _totals(frame: pd.DataFrame, unit: str, numerator: str, denominator: str, kind: str) -> pd.DataFrame:
    both = frame[[unit, numerator, denominator]].dropna(subset=[unit])
    missing = both[numerator].isna() | both[denominator].isna()
    both = both.assign(numerator=both[numerator].mask(missing), denominator=both[denominator].mask(missing))
    totals = both.groupby(unit, observed=True, sort=True)[["numerator", "denominator"]].sum(min_count=1).reset_index()
    wrong = (totals["numerator"] < 0) | (totals["denominator"] < 0)
    if kind == "proportion":
        wrong |= totals["numerator"] > totals["denominator"]
    if wrong.any():
        row = totals[wrong].iloc[0]
        raise AnalysisError(
            f"A {kind} cannot be so",
            where=f"{unit} {row[unit]!r}",
            found=f"{row['numerator']:g} of {row['denominator']:g}",
            cure="Correct the data.",
        )
    return totals


def _standardised(
    top: Floats, below: Floats, y: Floats, target: float, scale: Scale, name: str, theirs: bool, kind: str
) -> tuple[Floats, Floats]:
    """Return z values and standard errors on the transformed scale; nan for units without a denominator."""
    safe = np.where(below > 0, below, np.nan)
    if theirs and kind == "rate":  # FunnelPlotR's ratio of counts: half a count added to each
        error = np.sqrt(top / (top + 0.5) ** 2 + safe / (safe + 0.5) ** 2)
        return (np.log((top + 0.5) / (safe + 0.5)) - np.log(target)) / error, error
    error = scale.error(safe, target)
    zero = (y == 0) & (name == "log")
    if zero.any() and not theirs:
        raise AnalysisError(
            "A logarithm needs numerators above zero", found=f"{int(zero.sum())} zeros", cure="Use transform='sqrt'."
        )
    off = scale.forward(np.where(zero, 1, y)) - scale.forward(np.full(1, target))
    return np.where(zero, -np.inf, off / error), error


def _dispersion(z: Floats, error: Floats, trim: str) -> tuple[float, float]:
    """Return phi and tau² from trimmed z (Spiegelhalter 2005, Qual Saf Health Care; DerSimonian & Laird 1986)."""
    known = ~np.isnan(z)
    z, error = z[known], error[known]
    if len(z) < 2:
        return float("nan"), 0.0
    if trim == "winsorise":
        z = np.clip(z, *np.quantile(z, [0.1, 0.9]))
    else:
        kept = _inner_tenths(z)
        z, error = z[kept], error[kept]
    units, phi = len(z), float(np.mean(z**2))
    if not np.isfinite(phi):
        raise AnalysisError("Over-dispersion cannot be told on a logarithm with zeros", cure="Use transform='sqrt'.")
    weight = 1 / error**2
    tau2 = (units * phi - (units - 1)) / (weight.sum() - (weight**2).sum() / weight.sum())
    return phi, max(float(tau2), 0.0)


def _inner_tenths(z: Floats) -> Bools:
    rank = pd.Series(z).rank().to_numpy()
    tenth = np.floor(rank * 10 / (len(z) + 1))
    return np.asarray((tenth > 0) & (tenth < 9))


def _curve(drawn: FunnelLimits, below: Floats, levels: Sequence[float]) -> pd.DataFrame:
    largest = np.nanmax(below) if np.isfinite(below).any() else 1.0
    smallest = np.nanmin(np.where(below > 0, below, np.nan)) if (below > 0).any() else 1.0
    grid = np.unique(np.round(np.geomspace(max(smallest * 0.8, 1), max(largest * 1.05, 2), 200))).astype(np.float64)
    table = {"denominator": grid, "target": np.full(len(grid), drawn.target)}
    for level in levels:
        table[f"lcl_{_name(level)}"], table[f"ucl_{_name(level)}"] = drawn.at(grid, level)
    return pd.DataFrame(table)


def _unstable(
    frame: pd.DataFrame,
    units: pd.Series,
    unit: str,
    numerator: str,
    denominator: str,
    kind: str,
    x: str | None,
    unstable: str,
) -> Bools:
    if x is None:
        return np.zeros(len(units), np.bool_)
    chart = "p" if kind == "proportion" else "u"
    summary = analyse(frame, x, numerator, n=denominator, by=unit, chart=chart).summary
    changing = summary[summary["runs_signal"] | (summary["sigma_signal"] > 0)]
    if len(changing) and unstable == "refuse":
        reasons = [f"{row[unit]} ({_reason(row)})" for row in changing.head(5).to_dict("records")]
        raise AnalysisError(
            "A funnel compares units at rest, and some are changing",
            where=f"{len(changing)} of {len(units)} units",
            found=", ".join(reasons) + (", …" if len(changing) > len(reasons) else ""),
            cure="Look at their charts first, choose a stable period, or ask to mark them instead.",
        )
    return units.isin(changing[unit]).to_numpy(np.bool_)


def _reason(row: dict[Hashable, Any]) -> str:
    """Say which signals a unit's chart has."""
    beyond = int(row["sigma_signal"])
    told = [f"{beyond} point{'s' if beyond > 1 else ''} beyond the limits"] if beyond else []
    told += [f"a run of {row['longest_run']:.0f}"] if row["run_signal"] else []
    told += [f"only {row['n_crossings']:.0f} crossings"] if row["crossings_signal"] else []
    return ", ".join(told)
