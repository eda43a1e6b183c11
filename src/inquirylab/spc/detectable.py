"""Could we see it? How large a change a measure can show by a date, and how often its chart cries wolf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from inquirylab.errors import AnalysisError
from inquirylab.spc.analysis import Analysis, analyse
from inquirylab.spc.segments import Floats, Ints

_LEAST = 10


@dataclass(frozen=True)
class Detectable:
    """What a chart could show by a date.

    Parameters
    ----------
    table
        One row a simulated change: ``change`` (relative, -0.2 is a fall by a fifth), ``level`` (the new centre),
        ``seen`` (share of simulated teams whose chart signals by the date).
    smallest
        The smallest change that is seen with the wanted probability, and its level; nan if none that was tried is.
    false_alarm
        The share that signals although nothing changes.
    points, by_when
        How many further points, and until when.
    baseline
        The centre line now.
    sentence
        All that in words.
    y, direction, power
        What was asked for.
    """

    table: pd.DataFrame
    smallest: float
    level: float
    false_alarm: float
    points: int
    by_when: Any
    baseline: float
    sentence: str
    y: str
    direction: Literal["up", "down"]
    power: float


def detectable(
    frame: pd.DataFrame,
    x: str,
    y: str,
    n: str | None = None,
    chart: str = "p",
    by_when: Any = 12,
    rules: Sequence[str] = ("anhoej",),
    direction: Literal["up", "down"] = "down",
    power: float = 0.8,
    changes: Sequence[float] | None = None,
    simulations: int = 500,
    seed: int = 20_260_101,
    multiply: float = 1,
) -> Detectable:
    """Simulate how large a change one site's chart can show by a date.

    The site's own baseline gives level, spread, denominators and frequency. Baselines and futures are simulated from
    it, with and without a lasting change that starts after the baseline; each is charted with the baseline frozen,
    and counts as seen if a signal is complete, after the baseline, by the date. Binomial for p charts, Poisson for
    u and c, geometric for g, exponential for t, normal with the observed sigma for the others.

    Parameters
    ----------
    frame, x, y, n, chart, rules, multiply
        As for `analyse`; one series.
    by_when
        A date, or how many further points.
    direction, changes
        Which way the change goes, and the relative sizes to try (fractions of the centre line).
    power
        The probability wanted.

    Raises
    ------
    AnalysisError
        If the baseline has fewer than ten points, or the date is not after it.
    """
    base = analyse(frame, x, y, n=n, chart=chart, rules=(), multiply=multiply)
    points = base.points[base.points["y"].notna()]
    if len(points) < _LEAST:
        raise AnalysisError(
            "Too few points to say what could be seen",
            found=f"{len(points)} points",
            cure=f"Wait for {_LEAST}, or plan with a measure that is taken more often.",
        )
    further = _further(points[x], by_when, x)
    sizes = np.asarray(changes if changes is not None else np.round(np.arange(0.05, 0.96, 0.05), 2), np.float64)
    factors = np.concatenate(([1.0], 1 + sizes if direction == "up" else 1 - sizes))
    seen = _seen(base, points, further, factors, list(rules), simulations, np.random.default_rng(seed))
    centre = float(points["cl"].iloc[-1])
    table = pd.DataFrame({"change": factors - 1, "level": centre * factors, "seen": seen})
    enough = table[1:][table["seen"][1:] >= power]
    smallest, level = (enough["change"].iloc[0], enough["level"].iloc[0]) if len(enough) else (np.nan, np.nan)
    sentence = _sentence(float(smallest), float(level), centre, float(seen[0]), further, by_when, direction, power)
    return Detectable(
        table, float(smallest), float(level), float(seen[0]), further, by_when, centre, sentence, y, direction, power
    )


def _further(when: pd.Series, by_when: Any, x: str) -> int:
    if isinstance(by_when, (int, np.integer)):
        further = int(by_when)
    else:
        try:
            dates = pd.to_datetime(when)
            step = dates.diff().median()
            further = int((pd.Timestamp(by_when) - dates.iloc[-1]) / step)
        except (TypeError, ValueError) as error:
            raise AnalysisError(
                "by_when must be a number of points, or a date where x has dates",
                where=f"column {x!r}",
                found=repr(by_when),
            ) from error
    if further < 1:
        raise AnalysisError("No further point would come by then", found=repr(by_when), cure="Name a later date.")
    return further


def _seen(
    base: Analysis,
    points: pd.DataFrame,
    further: int,
    factors: Floats,
    rules: list[str],
    simulations: int,
    random: np.random.Generator,
) -> Floats:
    """Return, for each factor, the share of simulations with a signal complete after the baseline: one analysis."""
    first, total = len(points), len(points) + further
    shape = (len(factors), simulations, total)
    sizes = points["n"].to_numpy(np.float64)
    n = np.broadcast_to(np.concatenate([sizes, random.choice(sizes, further)]), shape)
    level = np.ones(shape)
    level[:, :, first:] = factors[:, None, None]
    y = _draw(base, points, level, n, random)
    team = np.repeat(np.arange(len(factors) * simulations), total)
    made = pd.DataFrame(
        {"team": team, "at": np.tile(np.arange(1, total + 1), len(factors) * simulations), "y": y.ravel()}
    )
    needs_n = base.kind.denominator == "needed" or (base.n is not None)
    if needs_n:
        made["n"] = n.ravel()
    found = analyse(made, "at", "y", n="n" if needs_n else None, by="team", chart=base.chart, freeze=first, rules=rules)
    late = found.signals[(found.signals["at"] > first) & (found.signals["role"] == "completing")]
    hit = np.zeros(len(factors) * simulations, np.bool_)
    hit[late["team"].to_numpy(np.int64)] = True
    whole = found.summary["crossings_signal"].to_numpy(np.bool_)
    return np.asarray((hit | whole).reshape(len(factors), simulations).mean(axis=1))


def _draw(base: Analysis, points: pd.DataFrame, level: Floats, n: Floats, random: np.random.Generator) -> Floats:
    """Draw numerators (or values, where there is no denominator) about the baseline's centre times ``level``."""
    row, kind = base.summary.iloc[-1], base.chart
    centre = float(points["y"].mean() if kind in ("g", "t", "run") else row["cl"]) / base.multiply
    mean = centre * level
    if kind == "p":
        return random.binomial(_whole(n), np.clip(mean, 0, 1)).astype(np.float64)
    if kind == "u":
        return random.poisson(mean * n).astype(np.float64)
    if kind == "c":
        return random.poisson(mean).astype(np.float64)
    if kind == "g":
        return random.geometric(1 / (1 + mean)).astype(np.float64) - 1
    if kind == "t":
        return np.asarray(random.exponential(mean))
    if kind in ("pp", "up"):
        plain = np.sqrt((mean * (1 - mean) if kind == "pp" else mean).clip(0) / n)
        drawn = mean + plain * row["sigma_z"] * random.standard_normal(level.shape)
        return np.asarray(np.clip(drawn, 0, 1 if kind == "pp" else None) * n)
    sigma = float(np.abs(points["y"].diff()).mean() / 1.128) / base.multiply
    drawn = mean + sigma * random.standard_normal(level.shape)
    return np.asarray(drawn * n if base.n is not None else drawn)


def _whole(n: Floats) -> Ints:
    return np.rint(n).astype(np.int64)


def _sentence(
    smallest: float,
    level: float,
    centre: float,
    false_alarm: float,
    further: int,
    by_when: Any,
    direction: str,
    power: float,
) -> str:
    when = (
        f"within {further} further points"
        if isinstance(by_when, (int, np.integer))
        else f"by {by_when} ({further} points)"
    )
    wolf = f"If nothing changes, it still signals in {false_alarm * 100:.0f} of 100."
    word = "rise" if direction == "up" else "fall"
    if np.isnan(smallest):
        return (
            f"No {word} that was tried would show {when} in {power * 10:.0f} of 10 such teams: this chart cannot judge "
            f"such a cycle. Measure more often, or more pupils. {wolf}"
        )
    return (
        f"A {word} from {centre:.3g} to {level:.3g} or {'more' if direction == 'up' else 'less'} would show {when} in "
        f"{power * 10:.0f} of 10 such teams; smaller changes will usually stay hidden. {wolf}"
    )
