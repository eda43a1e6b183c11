"""Where a chart's lines come from: the formula, the numbers put in, its source, and why another tool's may differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from inquirylab.errors import AnalysisError, did_you_mean
from inquirylab.spc.analysis import Analysis

_FORMULAS = {
    "run": "centre line = the median",
    "i": "limits = mean ± {factor} × mean moving range",
    "mr": "upper limit = 3.267 × mean moving range; lower limit = 0",
    "xbar": "limits = weighted mean ± A3 × s̄, with A3 = 3 / (c4 √n) for each point's own n",
    "s": "limits = (1 ± 3 √(1 - c4²) / c4) × s̄, for each point's own n",
    "p": "limits = p̄ ± 3 √(p̄ (1 - p̄) / n), for each point's own n",
    "pp": "limits = p̄ ± 3 × sigma_z × √(p̄ (1 - p̄) / n), sigma_z = mean moving range of z / 1.128",
    "u": "limits = ū ± 3 √(ū / n), for each point's own n",
    "up": "limits = ū ± 3 × sigma_z × √(ū / n), sigma_z = mean moving range of z / 1.128",
    "c": "limits = c̄ ± 3 √c̄",
    "g": "upper limit = ḡ + 3 √(ḡ (ḡ + 1)); centre line = the median; lower limit = 0",
    "t": "limits = (mean of y^(1/3.6) ± 3/1.128 × its mean moving range)^3.6",
    "ip": "limits = weighted mean ± 3 sigma / √n, sigma = √(π/2) × mean of |difference| / √(1/n + 1/n')",
}


@dataclass(frozen=True)
class Explanation:
    """Where the lines of one series and phase come from; ``str()`` gives it as plain text."""

    title: str
    formula: str
    numbers: tuple[tuple[str, str], ...]
    source: str
    differences: tuple[str, ...]

    def __str__(self) -> str:
        """Return the whole as plain text, one thing a line."""
        numbers = "; ".join(f"{name} {value}" for name, value in self.numbers)
        return "\n".join(
            [f"{self.title}: {self.formula}.", f"Here: {numbers}.", f"Source: {self.source}.", *self.differences]
        )


def explain(analysis: Analysis, phase: int | None = None, **series: Any) -> Explanation:
    """Explain the lines of one series.

    Parameters
    ----------
    analysis
        As `analyse` returns it.
    phase
        Which phase; by default the last.
    series
        The value of each ``by`` column, for example ``site="Ash"``; not needed if there is one series.

    Raises
    ------
    AnalysisError
        If there is no such series.

    Examples
    --------
    >>> from inquirylab.spc import analyse
    >>> weeks = pd.DataFrame({"week": range(1, 13), "late": [5, 9, 3, 8, 9, 4, 3, 8, 9, 4, 5, 40]})
    >>> print(explain(analyse(weeks, x="week", y="late", chart="i")).formula)
    limits = mean ± 2.66 (3/1.128) × mean moving range
    """
    row = _row(analysis, phase, series)
    kind, rule = analysis.kind, analysis.conventions
    factor = "2.66 (3/1.128)" if rule.three_sigma == 3 / 1.128 else f"{rule.three_sigma:g}"
    numbers = [("points in the baseline", f"{row['n_baseline']}"), ("centre line", _number(row["cl"]))]
    if pd.notna(row["lcl"]) or pd.notna(row["ucl"]):
        label = "mean limits" if kind.denominator == "needed" else "limits"
        numbers.append((label, f"{_number(row['lcl'])} and {_number(row['ucl'])}"))
    if "mean_range" in row:
        dropped = f", {row['n_screened']} screened out" if row["n_screened"] else ""
        numbers.append(("mean moving range", f"{_number(row['mean_range'])} of {row['n_ranges']}{dropped}"))
    if pd.notna(row["sigma_z"]):
        numbers.append(("sigma_z", _number(row["sigma_z"])))
    if analysis.multiply != 1:
        numbers.append(("all shown times", f"{analysis.multiply:g}"))
    return Explanation(
        kind.title,
        _FORMULAS[kind.name].format(factor=factor),
        tuple(numbers),
        kind.source,
        tuple(_differences(analysis, row)),
    )


def _number(value: float) -> str:
    return "none" if pd.isna(value) else f"{value:.6g}"


def _row(analysis: Analysis, phase: int | None, series: dict[str, Any]) -> dict[str, Any]:
    rows = analysis.summary
    for name, value in series.items():
        if name not in analysis.by:
            raise AnalysisError(
                "No such column tells series apart", found=repr(name), cure=did_you_mean(name, analysis.by)
            )
        rows = rows[rows[name] == value]
        if rows.empty:
            raise AnalysisError(
                f"There is no series with this {name}",
                found=repr(value),
                cure=did_you_mean(str(value), map(str, analysis.summary[name].unique())),
            )
    if phase is not None:
        rows = rows[rows["phase"] == phase]
    if rows.empty or (analysis.by and len(rows.drop_duplicates(list(analysis.by))) > 1):
        raise AnalysisError(
            "Name one series to explain",
            where=f"by {', '.join(analysis.by)}",
            found=f"{len(rows)} rows",
            cure="Write explain(analysis, site='…').",
        )
    return {str(name): value for name, value in rows.iloc[-1].items()}


def _differences(analysis: Analysis, row: dict[str, Any]) -> list[str]:
    said = []
    if row.get("n_screened"):
        said.append(
            "Minitab and Excel templates keep every moving range unless told otherwise; here those at or above "
            f"3.267 times their mean were dropped once ({row['n_screened']}), so these limits are narrower "
            "(screen_mr=False gives theirs)."
        )
    if analysis.chart == "i":
        said.append(
            "2.66 is 3/1.128 rounded; tools that multiply by 2.66 differ in the fourth digit. Those that "
            "use the standard deviation of all values get wider limits when a process shifts, and so hide the shift."
        )
    if analysis.chart in ("p", "u", "pp", "up", "ip") and analysis.kind.denominator == "needed":
        said.append(
            "The limits wobble because each point has its own denominator: a small group varies more. Excel templates "
            "often use one mean denominator for all points."
        )
    if row["n_baseline"] < row["n_obs"]:
        said.append("The lines come from the baseline (or without excluded points) only, and are drawn on from there.")
    if analysis.chart == "g":
        said.append(
            "Many tools draw the mean of a g chart; two thirds of such points lie below it: the median is drawn."
        )
    return said
