"""Which chart suits: whether counting noise alone explains how a proportion or rate varies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from inquirylab.spc.analysis import analyse

_ENOUGH = 10


@dataclass(frozen=True, slots=True)
class ChartChoice:
    """A chart, and why.

    Parameters
    ----------
    chart
        ``"p"``, ``"pp"``, ``"u"``, ``"up"`` or ``"i"``.
    reason
        ``"overdispersed"``, ``"counting_noise"``, ``"too_few"`` or ``"no_denominator"``.
    sigma_z
        The median over the series of how many times wider than counting noise they vary; nan if unknown.
    bound
        What 95 % of series of this length with counting noise alone stay below.
    median_n
        The median denominator.
    sentence
        All that in words.
    """

    chart: Literal["p", "pp", "u", "up", "i"]
    reason: Literal["overdispersed", "counting_noise", "too_few", "no_denominator"]
    sigma_z: float
    bound: float
    median_n: float
    sentence: str


def choose_chart(
    frame: pd.DataFrame, x: str, y: str, n: str | None = None, by: str | Sequence[str] = (), max_gap: Any = None
) -> ChartChoice:
    """Choose between a plain and a Laney chart for numerators and denominators.

    With large denominators counting noise is so small that ordinary causes common to all points (weather, weekdays)
    exceed it, and a p or u chart flags nearly every point. Laney's sigma_z measures that: it is 1 for counting noise
    alone. The chart is p′ or u′ if the median sigma_z of the series is above 1 + 1.645 √(0.826 / (k - 1)), k being
    their median number of points: the upper 95 % bound of a sigma from moving ranges.

    Sources: Laney DB. Quality Engineering 2002; 14(4): 531–537. Cryer JD, Ryan TP. The estimation of sigma for an X
    chart: MR/d2 or S/c4? J Quality Technology 1990; 22(3): 187–192.

    Raises
    ------
    AnalysisError
        As `analyse` does.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(1)
    >>> rate = np.tile([0.05, 0.07, 0.04, 0.06, 0.08, 0.05], 4)
    >>> frame = pd.DataFrame({"week": range(24), "absent": rng.binomial(50_000, rate), "enrolled": 50_000})
    >>> choose_chart(frame, x="week", y="absent", n="enrolled").chart
    'pp'
    """
    if n is None:
        sentence = "There is no denominator, so each value stands for itself on an individuals chart."
        return ChartChoice("i", "no_denominator", np.nan, np.nan, np.nan, sentence)
    rate = bool((frame[y] > frame[n]).any()) if {y, n} <= set(frame.columns) else False
    plain: Literal["p", "u"] = "u" if rate else "p"
    found = analyse(frame, x, y, n=n, by=by, chart=f"{plain}p", max_gap=max_gap, rules=())
    known = found.summary[(found.summary["n_useful"] >= _ENOUGH) & found.summary["sigma_z"].notna()]
    middle_n = float(found.points["n"].median())
    if known.empty:
        sentence = (
            f"No series has {_ENOUGH} points yet, so whether counting noise explains how they vary "
            f"cannot be told; a {plain} chart assumes that it does."
        )
        return ChartChoice(plain, "too_few", np.nan, np.nan, middle_n, sentence)
    wide = float(known["sigma_z"].median())
    bound = 1 + 1.645 * float(np.sqrt(0.826 / (known["n_useful"].median() - 1)))
    noise = f"{wide:.1f} times the counting noise of groups of about {middle_n:,.0f}"
    if wide > bound:
        sentence = (
            f"Points vary by {noise} (chance alone rarely gives more than {bound:.1f}), so ordinary limits would flag "
            f"almost any of them; a {plain}′ chart widens its limits by what the points themselves show (Laney 2002)."
        )
        return ChartChoice("up" if rate else "pp", "overdispersed", wide, bound, middle_n, sentence)
    sentence = f"Points vary by {noise}, as chance alone would have it, so a {plain} chart's limits fit."
    return ChartChoice(plain, "counting_noise", wide, bound, middle_n, sentence)
