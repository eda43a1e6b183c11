"""Read the cases that other tools computed, and run ours on the same input."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.spc import Analysis, analyse

HERE = Path(__file__).parent
SHARED = Path(__file__).parents[2] / ".." / "shared" / "spc"

Case = dict[str, Any]

OUTSIDE = ("agg.fun", "method", "y.neg")
"""qicharts2 arguments that have no counterpart here."""


def cases(name: str, folder: Path = SHARED) -> Iterator[Case]:
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def numbers(column: list[Any]) -> np.ndarray:
    """Read a numeric column; NA and NaN are both nan."""
    return np.array([np.nan if v in ("NA", "NaN") else float(v) for v in column], np.float64)


def read_frame(case: Case) -> pd.DataFrame:
    given = case["input"]
    frame = pd.DataFrame({name: numbers(given[name]) for name in ("y", "n") if name in given})
    x = given["x"]
    if "x_levels" in case:
        frame["x"] = pd.Categorical(x, categories=case["x_levels"], ordered=False)
    else:
        text = isinstance(x[0], str)
        frame["x"] = pd.to_datetime(pd.Series(x), format="ISO8601") if text else x
    for name in ("facet1", "facet2", "partlab"):
        if name in given:
            frame[name] = given[name]
    return frame


def outside(case: Case) -> str | None:
    """Name what puts a case outside our contract, if anything does."""
    return next((name for name in OUTSIDE if name in case.get("args", {})), None)


def run_qicharts2(case: Case) -> Analysis:
    """Run one qicharts2 case."""
    frame, args = read_frame(case), case["args"]
    by = [name for name in ("facet1", "facet2") if name in frame]
    chart = case["chart"]
    kind_takes_n = chart not in ("c", "g", "t", "xbar", "s")
    centre = args.get("cl")
    multiply = args.get("multiply", 1)
    return analyse(
        frame,
        "x",
        "y",
        n="n" if "n" in frame and kind_takes_n else None,
        by=by,
        chart=chart,
        freeze=args.get("freeze"),
        phases="partlab" if args.get("part") == "partlab" else args.get("part"),
        exclude=args.get("exclude"),
        centre=None if centre is None else centre * multiply,
        multiply=multiply,
        screen_mr=case["screenedmr"],
        conventions="qicharts2",
    )


def in_our_order(points: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Sort their rows by series first: qicharts2 puts a second facet, and phases, before the first."""
    keys = list(zip(points["facet1"], points["facet2"], points["part"], strict=True))
    order = sorted(range(len(keys)), key=lambda i: keys[i])
    return {name: [column[i] for i in order] for name, column in points.items()}


LINES = {"y": "y", "cl": "cl", "lcl": "lcl", "ucl": "ucl", "lcl_95": "lcl.95", "ucl_95": "ucl.95"}
COUNTS = {
    "n_obs": "n.obs",
    "n_useful": "n.useful",
    "longest_run": "longest.run",
    "longest_run_max": "longest.run.max",
    "n_crossings": "n.crossings",
    "n_crossings_min": "n.crossings.min",
    "runs_signal": "runs.signal",
    "sigma_signal": "sigma.signal",
}


def differences(case: Case, mine: Analysis) -> list[str]:
    """Name every field in which our points or summary differ from qicharts2's."""
    theirs, found = case["points"], []
    if len(mine.points) != len(theirs["y"]):
        return ["rows"]
    theirs = in_our_order(theirs)
    for ours, name in LINES.items():
        if not np.allclose(mine.points[ours], numbers(theirs[name]), rtol=1e-9, atol=1e-12, equal_nan=True):
            found.append(name)
    if mine.points["sigma_signal"].tolist() != theirs["sigma.signal"]:
        found.append("sigma.signal")
    if mine.points["include"].tolist() != theirs["include"]:
        found.append("include")
    if mine.points["phase"].tolist() != theirs["part"]:
        found.append("part")
    if mine.points["runs_signal"].tolist() != theirs["runs.signal"]:
        found.append("points.runs.signal")
    for ours, name in COUNTS.items():
        if len(mine.summary) != len(case["summary"][name]):
            found.append("summary rows")
        elif not np.array_equal(mine.summary[ours].to_numpy(float), numbers(case["summary"][name]), equal_nan=True):
            found.append(f"summary.{name}")
    for ours, name in {"lcl": "aLCL", "cl": "CL", "ucl": "aUCL"}.items():
        if not np.allclose(mine.summary[ours], numbers(case["summary"][name]), rtol=1e-9, atol=1e-12, equal_nan=True):
            found.append(f"summary.{name}")
    return found
