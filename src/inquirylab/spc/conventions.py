"""What sound tools do differently with the same data, named, so that a chart can say which way it took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from inquirylab.errors import AnalysisError, did_you_mean


@dataclass(frozen=True, slots=True)
class Conventions:
    """The choices that the literature leaves open, or on which well-known tools differ.

    Parameters
    ----------
    name
        The preset's name, recorded with every analysis.
    ties
        What a point on the centre line does to a run: ``"skip"`` (neither counts nor breaks; Perla, Provost & Murray
        2011) or ``"break"`` (ends the run; NHS Making Data Count's R package).
    tolerance
        Relative distance within which a point is *on* a line. Not zero: the mean of equal numbers may differ from
        them in the last bit, and a constant series would then be one long run.
    bridge
        Whether the two neighbours of an excluded point become adjacent in moving ranges. If so, limits with an
        excluded point are those of the data without it; if not, both ranges that it touches are dropped.
    judges_few
        Whether a series with fewer than ten useful points gets a verdict, as most tools give one.
    screens
        Whether outlying moving ranges are screened at all (qcc never does).
    three_sigma, two_sigma
        The average moving range times these gives the limits of an I chart (3/1.128, or the rounded 2.66 and 1.773).
    freeze_with_phases
        Whether freeze and phases work together (qicharts2 ignores freeze when there are phases).
    constant_has_limits
        Whether a series whose moving ranges are all zero has limits (at its centre) rather than none.
    ip_baseline
        Whether the sigma of an I-prime chart comes from the baseline, as its centre line does.
    mr_keeps_excluded
        Whether a moving range made with an excluded value stays in the mean of an MR chart.
    sigma_from
        What the sigma of an Xbar chart comes from: the subgroups' standard deviations, or their ranges (qcc).
    sizes_of_all
        Whether Xbar and S charts pool deviations because of unequal sizes outside the baseline, too (qicharts2).
    zones
        Where limits differ from point to point: whether rules about several points judge each by its own lines or all
        by those of the current point (qcc).
    zero_denominators
        A point with a numerator but a denominator of zero: a gap, or infinitely high (R's 3/0; qicharts2).
    g_centre_is_mean
        Whether a given centre of a G chart is the process mean (the line is then drawn at 0.693 of it) or the line.
    mr_two_sigma
        The average moving range times this is the inner line of an MR chart.
    """

    name: str = "inquirylab"
    ties: Literal["skip", "break"] = "skip"
    tolerance: float = 1e-9
    bridge: bool = True
    judges_few: bool = False
    screens: bool = True
    three_sigma: float = 3 / 1.128
    two_sigma: float = 2 / 1.128
    freeze_with_phases: bool = True
    constant_has_limits: bool = True
    ip_baseline: bool = True
    mr_keeps_excluded: bool = False
    sigma_from: Literal["deviations", "ranges"] = "deviations"
    sizes_of_all: bool = False
    zones: Literal["own", "current"] = "own"
    zero_denominators: Literal["gap", "infinite"] = "gap"
    g_centre_is_mean: bool = False
    mr_two_sigma: float = 1 + 2 * 0.8525 / 1.128


PRESETS = {
    "inquirylab": Conventions(),
    "qicharts2": Conventions(
        name="qicharts2", judges_few=True, freeze_with_phases=False, constant_has_limits=False, ip_baseline=False,
        mr_keeps_excluded=True, g_centre_is_mean=True, sizes_of_all=True, zero_denominators="infinite",
        mr_two_sigma=2 / 3 * 3.267,
    ),
    "mdc": Conventions(name="mdc", ties="break", three_sigma=2.66, two_sigma=1.773, constant_has_limits=False,
                       judges_few=True),
    "qcc": Conventions(name="qcc", screens=False, ties="break", sigma_from="ranges", zones="current", judges_few=True),
}  # fmt: skip


def conventions_named(given: str | Conventions) -> Conventions:
    """Return a preset by its name; one's own ``Conventions`` passes through.

    Raises
    ------
    AnalysisError
        If there is no such preset.

    Examples
    --------
    >>> conventions_named("mdc").ties
    'break'
    """
    if isinstance(given, Conventions):
        return given
    if given not in PRESETS:
        raise AnalysisError("There are no such conventions", found=repr(given), cure=did_you_mean(given, PRESETS))
    return PRESETS[given]
