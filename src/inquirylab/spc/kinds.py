"""The chart kinds: what each is called, what it needs, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from inquirylab.errors import AnalysisError, did_you_mean


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of chart.

    Parameters
    ----------
    name, title
        Its short name in code, and the words for people.
    statistic
        How rows of one date become a point: a mean or ratio, a sum, a subgroup's mean or spread, a moving range.
    denominator
        ``"needed"``, ``"optional"`` or ``"none"``.
    data
        ``"any"`` numbers, ``"proportion"`` (0 ≤ y ≤ n), ``"count"`` (y ≥ 0) or ``"positive"`` (y > 0).
    floor, ceiling
        What the limits cannot pass because no point can.
    source
        Where its formula is published.
    """

    name: str
    title: str
    statistic: Literal["ratio", "sum", "mean", "spread", "range"]
    denominator: Literal["needed", "optional", "none"]
    data: Literal["any", "proportion", "count", "positive"] = "any"
    floor: float | None = None
    ceiling: float | None = None
    source: str = ""


_MONTGOMERY = "Montgomery DC. Introduction to Statistical Quality Control, 7th ed. Wiley; 2013"
_PROVOST = "Provost LP, Murray SK. The Health Care Data Guide. Jossey-Bass; 2011"
_LANEY = "Laney DB. Improved control charts for attributes. Quality Engineering 2002; 14(4): 531–537"

KINDS = {
    kind.name: kind
    for kind in (
        Kind("run", "Run chart", "ratio", "optional", source="Anhøj J, Olesen AV. PLoS ONE 2014; 9(11): e113825"),
        Kind("i", "Individuals (I, XmR) chart", "ratio", "optional", source=f"{_MONTGOMERY}, 6.4"),
        Kind("mr", "Moving range chart", "range", "optional", floor=0, source=f"{_MONTGOMERY}, 6.4"),
        Kind("xbar", "Xbar chart (means of subgroups)", "mean", "none", source=f"{_MONTGOMERY}, 6.3"),
        Kind("s", "S chart (spread within subgroups)", "spread", "none", floor=0, source=f"{_MONTGOMERY}, 6.3"),
        Kind("p", "P chart (proportions)", "ratio", "needed", "proportion", 0, 1, f"{_MONTGOMERY}, 7.2"),
        Kind("pp", "P′ chart (proportions, large denominators)", "ratio", "needed", "proportion", 0, 1, _LANEY),
        Kind("u", "U chart (rates)", "ratio", "needed", "count", 0, None, f"{_MONTGOMERY}, 7.3"),
        Kind("up", "U′ chart (rates, large denominators)", "ratio", "needed", "count", 0, None, _LANEY),
        Kind("c", "C chart (counts)", "sum", "none", "count", 0, None, f"{_MONTGOMERY}, 7.3"),
        Kind("g", "G chart (units between rare events)", "mean", "none", "count", 0, None, f"{_PROVOST}, ch. 7"),
        Kind("t", "T chart (time between rare events)", "mean", "none", "positive", 0, None, f"{_PROVOST}, ch. 7"),
        Kind("ip", "I′ chart (individuals, unequal denominators)", "ratio", "optional", "any", None, None,
             "Taylor WA. Normalized Individuals (I_N) Control Chart. Variation.com; 2017"),
    )
}  # fmt: skip
ALIASES = {"xmr": "i", "p'": "pp", "p′": "pp", "u'": "up", "u′": "up", "i'": "ip", "i′": "ip"}


def kind_of(name: str) -> Kind:
    """Return a chart kind by its name or alias, in any case.

    Raises
    ------
    AnalysisError
        If there is no such chart.

    Examples
    --------
    >>> kind_of("XmR").name
    'i'
    """
    folded = str(name).casefold()
    found = KINDS.get(ALIASES.get(folded, folded))
    if found is None:
        raise AnalysisError("There is no such chart", found=repr(name), cure=did_you_mean(folded, [*KINDS, *ALIASES]))
    return found
