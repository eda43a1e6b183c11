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


_D2 = np.array([
    1.128, 1.693, 2.059, 2.326, 2.534, 2.704, 2.847, 2.970, 3.078, 3.173, 3.258, 3.336,
    3.407, 3.472, 3.532, 3.588, 3.640, 3.689, 3.735, 3.778, 3.819, 3.858, 3.895, 3.931,
])  # fmt: skip


def d2(n: Floats) -> Floats:
    """Return the mean range of n standard normal values, n = 2..25, as tabled (Montgomery 2013, appendix VI)."""
    n = np.asarray(n, np.float64)
    tabled = (n >= 2) & (n <= 25)
    return np.where(tabled, _D2[np.where(tabled, n, 2).astype(np.int64) - 2], np.nan)


def spread_of_s(n: Floats) -> Floats:
    """Return the standard error of a standard deviation over its mean: √(1 - c4²) / c4, so that B4 = 1 + 3 times it."""
    mean = c4(n)
    return np.sqrt(1 - mean**2) / mean


def a3(n: Floats) -> Floats:
    """Return A3 = 3 / (c4 √n), which times the mean standard deviation gives the limits of a mean."""
    return 3 / (c4(n) * np.sqrt(np.where(n > 0, n, np.nan)))
