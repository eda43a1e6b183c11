"""Centre lines and limits: each chart's published formula, for all series and phases in one pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from inquirylab.spc.constants import D2, SCREEN, a3, d2, spread_of_s
from inquirylab.spc.conventions import Conventions
from inquirylab.spc.kinds import Kind
from inquirylab.spc.segments import Bools, Floats, Ints, Segments, ratio


@dataclass(frozen=True, slots=True)
class Data:
    """What the formulas need: points, their phases, and which of them count.

    ``base`` marks points of the baseline that are not excluded (some of them may be missing); ``hole`` marks
    points before which time is missing.
    """

    y: Floats
    n: Floats
    total: Floats
    size: Floats
    spread: Floats
    reach: Floats
    segments: Segments
    base: Bools
    hole: Bools | None
    ordered: bool
    centre: Floats
    screen: bool
    rule: Conventions

    @property
    def counted(self) -> Bools:
        """Points that are in the baseline, not excluded and not missing."""
        return self.base & ~np.isnan(self.y)


@dataclass(frozen=True, slots=True)
class Lines:
    """A centre line and a standard error for each point; limits are at so many of them unless given outright."""

    cl: Floats
    se: Floats
    steps: Steps | None = None
    sigma_z: Floats | None = None
    fixed: dict[int, Floats] = field(default_factory=dict)

    def at(self, side: int, sigmas: int) -> Floats:
        """Return the line that many standard errors above (1) or below (-1) the centre."""
        sigmas *= side
        if sigmas in self.fixed:
            return self.fixed[sigmas]
        line = sigmas * self.se
        line += self.cl
        return line


def lines(kind: Kind, data: Data) -> Lines:
    """Compute the lines of a chart."""
    return _FORMULAS[kind.name](data)


@dataclass(frozen=True, slots=True)
class Steps:
    """Each segment's mean step between neighbours (mean moving range): how many it is of, how many were screened."""

    mean: Floats
    used: Ints
    screened: Ints


def _steps(
    values: Floats, data: Data, scale: Callable[[Floats, Floats], Floats] | None = None, everything: bool = False
) -> Steps:
    """Average the steps between neighbours, screened.

    A step needs both values. Excluded points are bridged or not, by convention. Steps at or above 3.267 times the
    mean are dropped once, so that one event does not widen the limits (Montgomery 6.4; NHS Making Data Count).
    """
    if data.rule.zero_denominators == "infinite":
        values = np.where(np.isfinite(values), values, np.nan)
    step = _between_neighbours(values, data, scale, everything)
    first = _averaged(step, ~np.isnan(step), data.segments)
    if not data.screen:
        return first
    kept = step < data.segments.to_each(SCREEN * first.mean)
    if data.rule.constant_has_limits:
        kept |= step == 0
    second = _averaged(step, kept, data.segments)
    return replace(second, screened=first.used - second.used)


def _between_neighbours(
    values: Floats, data: Data, scale: Callable[[Floats, Floats], Floats] | None, everything: bool
) -> Floats:
    """Return the step that leads to each point; nan for the first of a segment, and where either value is missing."""
    codes, step = data.segments.codes, np.full(len(values), np.nan)
    joined: Bools | None = None
    if everything or data.base.all():
        before, after = slice(None, -1), slice(1, None)
    elif data.rule.bridge:
        index = np.flatnonzero(data.base)
        before, after = index[:-1], index[1:]  # type: ignore[assignment]
        joined = codes[before] == codes[after]
    else:
        before, after = slice(None, -1), slice(1, None)
        joined = data.base[before] & data.base[after]
    length = np.abs(values[after] - values[before])
    if scale is not None:
        length = length / scale(data.n[before], data.n[after])
    if data.hole is not None:
        stretch = np.cumsum(data.hole)
        whole = stretch[before] == stretch[after]
        joined = whole if joined is None else joined & whole
    step[after] = length if joined is None else np.where(joined, length, np.nan)
    step[data.segments.starts] = np.nan
    return step


def _averaged(step: Floats, kept: Bools, segments: Segments) -> Steps:
    used = segments.tally(kept)
    return Steps(ratio(segments.total(step, kept), used), used, np.zeros_like(used))


def _given_or(data: Data, computed: Floats) -> Floats:
    return np.where(np.isnan(data.centre), computed, data.centre)


def _centre(data: Data, computed: Floats) -> Floats:
    return data.segments.to_each(_given_or(data, computed))


def _mean(data: Data) -> Floats:
    return _centre(data, data.segments.mean(data.y, data.counted))


def _pooled(data: Data) -> Floats:
    """Weigh by denominators: for each segment the sum of numerators over the sum of denominators, or what is given."""
    known = data.counted & np.isfinite(data.n)
    return _given_or(data, ratio(data.segments.total(data.total, known), data.segments.total(data.n, known)))


def _of_counts(data: Data, centre: Floats, variance: Floats) -> Lines:
    """Return lines about each segment's centre, at √(variance/n_i) of each point."""
    se = ratio(data.segments.to_each(np.maximum(variance, 0)), data.n)
    return Lines(data.segments.to_each(centre), np.sqrt(se, out=se))


def _run(data: Data) -> Lines:
    nothing = np.full(len(data.y), np.nan)
    return Lines(_centre(data, data.segments.median(data.y, data.counted)), nothing)


def _i(data: Data) -> Lines:
    # Montgomery 2013, 6.4: mean ± 3 MR/d2, d2 = 1.128.
    steps, to_each = _steps(data.y, data), data.segments.to_each
    centre = _given_or(data, data.segments.mean(data.y, data.counted))
    wide, narrow = data.rule.three_sigma * steps.mean, data.rule.two_sigma * steps.mean
    fixed = {-3: centre - wide, 3: centre + wide, -2: centre - narrow, 2: centre + narrow}
    return Lines(to_each(centre), to_each(wide / 3), steps, fixed={at: to_each(line) for at, line in fixed.items()})


def _mr(data: Data) -> Lines:
    # Montgomery 2013, 6.4: upper limit D4 MR, D4 = 3.267 for ranges of two.
    centre = _mean(data)
    zero = np.where(np.isfinite(centre), 0.0, np.nan)
    fixed = {-3: zero, -2: zero, 3: SCREEN * centre, 2: data.rule.mr_two_sigma * centre}
    return Lines(centre, (SCREEN - 1) / 3 * centre, fixed=fixed)


def _equal_sizes(data: Data) -> Bools:
    """Tell which segments have subgroups of one size throughout the baseline."""
    some = (data.size > 0) & (data.base | data.rule.sizes_of_all)
    smallest = np.full(data.segments.count, np.inf)
    largest = np.zeros(data.segments.count)
    np.minimum.at(smallest, data.segments.codes[some], data.size[some])
    np.maximum.at(largest, data.segments.codes[some], data.size[some])
    return np.asarray(smallest == largest, np.bool_)


def _within(data: Data) -> Floats:
    """Return each segment's mean standard deviation if sizes are equal, else the pooled one (Montgomery 6.3.2)."""
    known = data.base & np.isfinite(data.spread)
    freedom = np.where(known, data.size - 1, 0)
    squares = data.segments.total(np.nan_to_num(data.spread) ** 2 * freedom, known)
    pooled = np.sqrt(ratio(squares, data.segments.total(freedom, known)))
    return np.where(_equal_sizes(data), data.segments.mean(data.spread, known), pooled)


def _xbar(data: Data) -> Lines:
    # Montgomery 2013, 6.3: x̿ ± A3 s̄, A3 = 3/(c4 √n) of each point's own size; x̿ weighs subgroups by size.
    known = data.counted
    grand = ratio(data.segments.total(data.y * data.size, known), data.segments.total(data.size, known))
    if data.rule.sigma_from == "ranges":  # the mean of R/d2, Montgomery 6.2
        sigma = data.segments.mean(data.reach / d2(data.size), data.base & np.isfinite(data.reach))
        return Lines(
            _centre(data, grand), data.segments.to_each(sigma) / np.sqrt(np.where(data.size > 0, data.size, np.nan))
        )
    return Lines(_centre(data, grand), a3(data.size) / 3 * data.segments.to_each(_within(data)))


def _s(data: Data) -> Lines:
    # Montgomery 2013, 6.3: B3, B4 = 1 ∓ 3 √(1 - c4²)/c4 times the centre line.
    centre = _centre(data, _within(data))
    return Lines(centre, centre * spread_of_s(data.size))


def _p(data: Data) -> Lines:
    # Montgomery 2013, 7.2: p̄ ± 3 √(p̄(1 - p̄)/n_i).
    centre = _pooled(data)
    return _of_counts(data, centre, centre * (1 - centre))


def _u(data: Data) -> Lines:
    # Montgomery 2013, 7.3: ū ± 3 √(ū/n_i).
    centre = _pooled(data)
    return _of_counts(data, centre, centre)


def _laney(plain: Callable[[Data], Lines]) -> Callable[[Data], Lines]:
    # Laney 2002: the plain standard error times sigma_z, the sigma (mean moving range / 1.128) of the z values (or, for
    # points with no order in time, their standard deviation).
    def formula(data: Data) -> Lines:
        found = plain(data)
        z = ratio(data.y - found.cl, found.se)
        steps = _steps(z, data) if data.ordered else None
        sigma_z = data.segments.deviation(z, data.base & np.isfinite(z)) if steps is None else steps.mean / D2
        return Lines(found.cl, found.se * data.segments.to_each(sigma_z), steps, sigma_z)

    return formula


def _c(data: Data) -> Lines:
    # Montgomery 2013, 7.3: c̄ ± 3 √c̄.
    centre = _mean(data)
    return Lines(centre, np.sqrt(np.maximum(centre, 0)))


def _g(data: Data) -> Lines:
    # Provost & Murray 2011, ch. 7; Benneyan 2001: ḡ ± 3 √(ḡ(ḡ + 1)); the line drawn is the median, since the
    # distribution is so skewed that two thirds of points lie below its mean.
    mean = data.segments.mean(data.y, data.counted)
    middle = data.segments.median(data.y, data.counted)
    # A given centre is the line to be drawn; the mean of a geometric variable is about its median / ln 2.
    given, factor = ~np.isnan(data.centre), np.log(2)
    if data.rule.g_centre_is_mean:
        mean, middle = np.where(given, data.centre, mean), np.where(given, 0.693 * data.centre, middle)
    else:
        mean, middle = np.where(given, data.centre / factor, mean), np.where(given, data.centre, middle)
    to_each = data.segments.to_each
    se = to_each(np.sqrt(mean * (mean + 1)))
    fixed = {
        3: to_each(mean) + 3 * se,
        2: to_each(mean) + 2 * se,
        -3: np.where(np.isfinite(se), 0.0, np.nan),
        -2: np.where(np.isfinite(se), 0.0, np.nan),
    }
    return Lines(to_each(middle), se, fixed=fixed)


_T_POWER = 3.6


def _t(data: Data) -> Lines:
    # Nelson LS. A control chart for parts-per-million nonconforming items. J Quality Technology 1994; 26: 239–240:
    # times to the power 1/3.6 are nearly normal; an I chart of them, transformed back.
    root = data.y ** (1 / _T_POWER)
    centre = _centre_of_roots(data, root)
    steps = _steps(root, data)
    step = data.segments.to_each(steps.mean)

    def back(values: Floats) -> Floats:
        return np.where(np.isfinite(values), np.maximum(values, 0) ** _T_POWER, np.nan)

    fixed = {sigmas: back(centre + sigmas * step / D2) for sigmas in (-3, -2, -1, 1, 2, 3)}
    return Lines(back(centre), step / D2, steps, fixed=fixed)


def _centre_of_roots(data: Data, root: Floats) -> Floats:
    computed = data.segments.mean(root, data.counted)
    given = np.maximum(data.centre, 0) ** (1 / _T_POWER)
    return data.segments.to_each(np.where(np.isnan(data.centre), computed, given))


def _ip(data: Data) -> Lines:
    # Taylor 2017: neighbours differ by sigma √(1/n_i + 1/n_j); the mean of √(π/2)|difference|/√(…) estimates sigma.
    n = np.where(np.isnan(data.n), 1.0, data.n) if not np.isfinite(data.n).any() else data.n
    top = np.where(np.isfinite(data.y), data.y, 0) * n
    filled = replace(data, n=n, total=top)
    centre = data.segments.to_each(_pooled(filled))
    steps = _steps(
        filled.y, filled, lambda a, b: np.sqrt(ratio(1, a) + ratio(1, b)), everything=not data.rule.ip_baseline
    )
    sigma = np.sqrt(np.pi / 2) * data.segments.to_each(steps.mean)
    return Lines(centre, sigma * np.sqrt(ratio(1, n)), steps)


_FORMULAS: dict[str, Callable[[Data], Lines]] = {
    "run": _run,
    "i": _i,
    "mr": _mr,
    "xbar": _xbar,
    "s": _s,
    "p": _p,
    "pp": _laney(_p),
    "u": _u,
    "up": _laney(_u),
    "c": _c,
    "g": _g,
    "t": _t,
    "ip": _ip,
}
