"""Control chart constants, computed rather than tabled (Montgomery 2013, appendix VI, prints them to four places)."""

from __future__ import annotations

import numpy as np

from inquirylab.spc.segments import Floats

SCREEN = 3.267
"""D4 for two values: a moving range above this times their mean is not of the same system of causes."""
D2 = 1.128
"""Mean range of two standard normal values, as every table rounds it (2/√π = 1.12838)."""


def c4(n: Floats) -> Floats:
    """Return the mean standard deviation of n standard normal values; nan for fewer than two.

    c4 = √(2/(n-1)) Γ(n/2) / Γ((n-1)/2)

    Examples
    --------
    >>> c4(np.array([2.0, 5.0, 10.0])).round(4).tolist()
    [0.7979, 0.94, 0.9727]
    """
    from scipy.special import gammaln

    n = np.asarray(n, np.float64)
    safe = np.where(n > 1, n, 2)
    value = np.sqrt(2 / (safe - 1)) * np.exp(gammaln(safe / 2) - gammaln((safe - 1) / 2))
    return np.where(n > 1, value, np.nan)


def spread_of_s(n: Floats) -> Floats:
    """Return the standard error of a standard deviation over its mean: √(1 - c4²) / c4, so that B4 = 1 + 3 times it."""
    mean = c4(n)
    return np.sqrt(1 - mean**2) / mean


def a3(n: Floats) -> Floats:
    """Return A3 = 3 / (c4 √n), which times the mean standard deviation gives the limits of a mean."""
    return 3 / (c4(n) * np.sqrt(np.where(n > 0, n, np.nan)))
