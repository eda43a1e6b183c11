"""The limits of a funnel: exact or on a scale where values are nearly normal (Spiegelhalter 2005)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from inquirylab.spc.segments import Floats


@dataclass(frozen=True, slots=True)
class Scale:
    """A transformation that makes a unit's value nearly normal with a known standard error."""

    forward: Callable[[Floats], Floats]
    back: Callable[[Floats], Floats]
    error: Callable[[Floats, float], Floats]


# Spiegelhalter 2005, appendix: arcsine for proportions; square root or logarithm for rates and ratios, whose
# numerators are Poisson with mean target times denominator.
SCALES = {
    "arcsine": Scale(
        lambda y: np.arcsin(np.sqrt(y)),
        lambda t: np.sin(np.clip(t, 0, np.pi / 2)) ** 2,
        lambda n, _: 1 / (2 * np.sqrt(n)),
    ),
    "sqrt": Scale(np.sqrt, lambda t: np.maximum(t, 0) ** 2, lambda n, _: 1 / (2 * np.sqrt(n))),
    "log": Scale(np.log, np.exp, lambda n, target: 1 / np.sqrt(n * target)),
}


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """How the limits of one funnel are computed, for any denominator."""

    kind: str
    target: float
    scale: Scale
    name: str
    tau2: float
    limits: str
    adjusted: bool
    theirs: bool

    def at(self, n: Floats, level: float) -> tuple[Floats, Floats]:
        """Return the lower and upper limit for each denominator; nan where it is not positive."""
        from scipy.special import ndtri

        n = np.where(n > 0, n, np.nan)
        tail = (1 - level / 100) / 2
        if not self.adjusted and self.limits == "exact" and not (self.theirs and self.kind != "ratio"):
            return _binomial(n, self.target, tail) if self.kind == "proportion" else _poisson(n, self.target, tail)
        error = 1 / (2 * np.sqrt(n)) if self.theirs and self.kind == "rate" else self.scale.error(n, self.target)
        sigmas = float(ndtri(1 - tail))
        wide = (round(sigmas, 6) if self.theirs else sigmas) * np.sqrt(error**2 + self.tau2)
        middle = float(self.scale.forward(np.full(1, self.target))[0])
        if self.theirs and self.name == "sqrt":  # FunnelPlotR's CQC method does not square
            return middle - wide, middle + wide
        return self.scale.back(middle - wide), self.scale.back(middle + wide)


def _poisson(n: Floats, target: float, tail: float) -> tuple[Floats, Floats]:
    """Return exact limits of a rate or ratio: chi-square quantiles over twice the denominator."""
    from scipy.special import chdtri

    expected = n * target
    return chdtri(2 * expected, 1 - tail) / 2 / n, chdtri(2 * (expected + 1), tail) / 2 / n


def _binomial(n: Floats, target: float, tail: float) -> tuple[Floats, Floats]:
    """Return exact limits of a proportion, interpolated between whole numbers (Spiegelhalter 2005, appendix A.1.1)."""
    return _binomial_at(n, target, tail), _binomial_at(n, target, 1 - tail)


def _binomial_at(n: Floats, target: float, p: float) -> Floats:
    from scipy.special import bdtr, bdtrik

    if target in (0.0, 1.0):
        return np.where(np.isnan(n), np.nan, target)
    whole = np.floor(np.where(np.isnan(n), 1, n)).astype(np.int64)
    guess = bdtrik(p, whole.astype(np.float64), target)
    r = np.clip(np.ceil(np.where(np.isnan(guess), 0, guess) - 1e-9), 0, whole)
    at = bdtr(r, whole, target)
    before = np.where(r > 0, bdtr(np.maximum(r - 1, 0), whole, target), 0.0)
    value = np.maximum(r - (at - p) / (at - before), 0) / whole
    return np.where(np.isnan(n), np.nan, np.clip(value, 0, 1))
