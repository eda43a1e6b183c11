"""One row a series and phase: lines, counts, and the two answers of Making Data Count, variation and assurance."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd

from inquirylab.spc.limits import Data, Lines
from inquirylab.spc.phases import Stretches
from inquirylab.spc.runs import side_of
from inquirylab.spc.segments import Bools, Floats, Ints
from inquirylab.spc.signals import Judged, worded

VARIATION = ("common", "special", "improvement", "concern", "too_few")
ASSURANCE = ("inconsistent", "pass", "fail")


def summarise(
    by: dict[str, pd.Series],
    stretches: Stretches,
    drawn: dict[str, Floats],
    data: Data,
    judged: Judged,
    found: Lines,
    improvement: Literal["up", "down"] | None,
) -> pd.DataFrame:
    """Summarise each series and phase (see :class:`~inquirylab.spc.Analysis`)."""
    segments, runs = stretches.segments, judged.runs
    starts = segments.starts
    table: dict[str, Any] = {name: column.array.take(starts) for name, column in by.items()}
    some = runs.n_useful > 0
    table |= {
        "phase": stretches.phase[starts],
        "n_obs": segments.tally(stretches.include),
        "n_useful": runs.n_useful,
        "n_baseline": segments.tally(data.counted),
        "few": judged.few,
        "longest_run": np.where(some, runs.longest, np.nan),
        "longest_run_max": np.where(some, judged.longest_max, np.nan),
        "n_crossings": np.where(some, runs.crossings, np.nan),
        "n_crossings_min": np.where(some, judged.crossings_min, np.nan),
        "run_signal": judged.run_signal,
        "crossings_signal": judged.crossings_signal,
        "runs_signal": judged.rules_signal,
        "sigma_signal": segments.tally(judged.beyond),
    }
    table |= {name: segments.mean(drawn[name], np.isfinite(drawn[name])) for name in ("cl", "lcl", "ucl")}
    table["sigma_z"] = np.full(segments.count, np.nan) if found.sigma_z is None else found.sigma_z
    if found.steps is not None:
        table |= {"mean_range": found.steps.mean, "n_ranges": found.steps.used, "n_screened": found.steps.screened}
    if judged.n_runs_signal is not None:
        table |= {"n_runs": np.bincount(runs.segment, minlength=segments.count), "n_runs_signal": judged.n_runs_signal}
    table["target"] = stretches.target
    last = _last_points(drawn["y"], stretches)
    silent = judged.few & ~np.bool_(data.rule.judges_few)
    table["variation"] = _variation(last, judged, improvement, silent)
    current = np.append(stretches.phase[starts][1:] == 1, True)
    table["assurance"] = _assurance(last, drawn, stretches.target, improvement, data.rule.tolerance, silent | ~current)
    return pd.DataFrame(table, index=pd.RangeIndex(segments.count), copy=False)


def _last_points(y: Floats, stretches: Stretches) -> Ints:
    """Return the index of each segment's last point that is present and not excluded; -1 if there is none."""
    present = np.isfinite(y) & stretches.include
    return np.asarray(np.maximum.reduceat(np.where(present, np.arange(len(y)), -1), stretches.segments.starts))


def _variation(last: Ints, judged: Judged, improvement: str | None, silent: Bools) -> Any:
    """Say what the last point of each segment is, as the variation icon of Making Data Count does.

    Source: NHS England. Making Data Count: strengthening your decisions. 2019.
    """
    mine = np.where(last >= 0, judged.direction[last], 0)
    special_at = np.zeros(len(judged.direction) + 1, np.bool_)
    special_at[judged.signals.point] = True
    hit = special_at[last] & (last >= 0)
    good = {"up": 1, "down": -1, None: 0}[improvement]
    special = np.where((good == 0) | (mine == 0), 1, np.where(mine == good, 2, 3))
    return worded(VARIATION, np.where(silent, 4, np.where(hit, special, 0)))


def _assurance(
    last: Ints,
    drawn: dict[str, Floats],
    target: Floats,
    improvement: str | None,
    tolerance: float,
    silent: Bools,
) -> Any:
    """Say whether the process passes its target always, never, or as chance has it, from its last limits.

    Only the last phase has an assurance: what a past process would have done is no promise.

    A target on a limit counts as within. Source: as for the variation icon.
    """
    if improvement is None or np.isnan(target).all():
        return worded(ASSURANCE, np.full(len(target), -1))
    lower, upper = drawn["lcl"], drawn["ucl"]
    under = np.where(last >= 0, side_of(lower[last], target, tolerance), 0) > 0
    over = np.where(last >= 0, side_of(upper[last], target, tolerance), 0) < 0
    known = np.isfinite(target) & (last >= 0) & np.isfinite(lower[last]) & np.isfinite(upper[last]) & ~silent
    passes, fails = (under, over) if improvement == "up" else (over, under)
    return worded(ASSURANCE, np.where(known, np.where(passes, 1, np.where(fails, 2, 0)), -1))
