"""Read the cases that other tools computed, and run ours on the same input."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.spc import Analysis, Funnel, analyse, funnel

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


# -- NHSRplotthedots --------------------------------------------------------------------------------------------------

DIRECTIONS = {"increase": "up", "decrease": "down"}


def run_nhsr(case: Case) -> Analysis:
    """Run one NHSRplotthedots case: an XmR chart with the rules of Making Data Count."""
    args, given = case["args"], case["input"]
    frame = pd.DataFrame({"x": pd.to_datetime(pd.Series(given["x"]), format="ISO8601"), "y": numbers(given["y"])})
    by = ["f"] if "f" in given else []
    if by:
        frame["f"] = given["f"]
    rebase, phases = args.get("rebase"), None
    if isinstance(rebase, dict):
        phases = pd.DataFrame({"f": list(rebase), "first": pd.to_datetime(pd.Series(list(rebase.values())))})
    elif rebase:
        phases = pd.DataFrame({"first": pd.to_datetime(pd.Series([rebase] if isinstance(rebase, str) else rebase))})
    fix, freeze = args.get("fix_after_n_points"), None
    if fix:
        freeze = pd.DataFrame({"phase": [1, 2, 3], "freeze": fix})
    return analyse(
        frame, "x", "y", by=by, chart="i", freeze=freeze, phases=phases, target=args.get("target"),
        improvement=DIRECTIONS.get(args.get("improvement_direction", "increase")), rules=("mdc",),
        screen_mr=args.get("screen_outliers", True), conventions="mdc",
    )  # fmt: skip


LABELS = {
    ("sigma", 1): "Above UCL", ("sigma", -1): "Below LCL",
    ("mdc_trend", 1): "7 Point Trend (Increasing)", ("mdc_trend", -1): "7 Point Trend (Decreasing)",
    ("mdc_two_of_three", 1): "2 in 3 Above CL", ("mdc_two_of_three", -1): "2 in 3 Below CL",
    ("mdc_shift", 1): "7 Points Above CL", ("mdc_shift", -1): "7 Points Below CL",
}  # fmt: skip
RANK = {"sigma": 0, "mdc_trend": 1, "mdc_two_of_three": 2, "mdc_shift": 3}


def labels_of(mine: Analysis) -> list[str]:
    """Give each point one label, by NHSRplotthedots' order of precedence."""
    by = [*mine.by, "x"]
    ranked = mine.signals.assign(rank=mine.signals["rule"].map(RANK)).sort_values("rank").drop_duplicates(by)
    label = {tuple(row[name] for name in by): LABELS[row["rule"], row["side"]] for _, row in ranked.iterrows()}
    return [label.get(tuple(row), "Common Cause") for row in mine.points[by].itertuples(index=False)]


ICONS = {"common_cause": "common", "special_cause_concern": "concern", "special_cause_improvement": "improvement",
         "special_cause_neutral_low": "special", "special_cause_neutral_high": "special"}  # fmt: skip
ASSURANCES = {"inconsistent": "inconsistent", "consistent_fail": "fail", "consistent_pass": "pass", "NA": None}


def nhsr_differences(case: Case, mine: Analysis) -> list[str]:
    theirs, found = case["points"], []
    keys = list(zip(theirs["f"], theirs["x"], strict=True))
    order = sorted(range(len(keys)), key=lambda i: keys[i])
    theirs = {name: [column[i] for i in order] for name, column in theirs.items()}
    if len(mine.points) != len(order):
        return ["rows"]
    for ours, name in {"y": "y", "cl": "mean_col", "lcl": "lpl", "ucl": "upl"}.items():
        if not np.allclose(mine.points[ours], numbers(theirs[name]), rtol=1e-9, atol=1e-12, equal_nan=True):
            found.append(name)
    if (mine.points["phase"] - 1).tolist() != theirs["rebase_group"]:
        found.append("rebase_group")
    if labels_of(mine) != theirs["special_cause_type"]:
        found.append("special_cause_type")
    summary = case["summary"]
    if mine.summary["variation"].tolist() != [ICONS[icon] for icon in summary["variation_type"]]:
        found.append("variation_type")
    if "assurance_type" in summary and [None if pd.isna(v) else v for v in mine.summary["assurance"]] != [
        ASSURANCES[icon] for icon in summary["assurance_type"]
    ]:
        found.append("assurance_type")
    return found


# -- qcc --------------------------------------------------------------------------------------------------------------

QCC_CHARTS = {"xbar": "xbar", "S": "s", "xbar.one": "i", "p": "p", "c": "c", "u": "u"}
QCC_DEFAULT = {"xbar": "UWAVE-R", "S": "UWAVE-SD", "xbar.one": "MR", "p": None, "c": None, "u": None}
QCC_RULES = {"we2": "we2", "we3": "we3", "we4": "we4", "nelson1": "sigma", "we1": "sigma",
             **{f"nelson{i}": f"nelson{i}" for i in range(2, 9)}}  # fmt: skip


def qcc_outside(case: Case) -> str | None:
    if case["type"] not in QCC_CHARTS:
        return f"{case['type']} chart"
    if case["std.dev.method"] != QCC_DEFAULT[case["type"]]:
        return "std.dev.method"
    return None


def run_qcc(case: Case) -> Analysis:
    """Run one qcc case with Western Electric and Nelson rules."""
    data, sizes = case["input"]["data"], case["input"]["sizes"]
    if data and isinstance(data[0], list):
        rows = [(i, v) for i, row in enumerate(data) for v in numbers(row)]
        frame = pd.DataFrame(rows, columns=["x", "y"])
    else:
        frame = pd.DataFrame({"x": range(len(data)), "y": numbers(data)})
    n = None
    if case["type"] in ("p", "u"):
        frame["n"] = np.broadcast_to(np.asarray(sizes, float), len(frame))
        n = "n"
    return analyse(frame, "x", "y", n=n, chart=QCC_CHARTS[case["type"]], rules=("western_electric", "nelson"),
                   conventions="qcc")  # fmt: skip


def qcc_differences(case: Case, mine: Analysis) -> list[str]:
    found = []
    for ours, name in {"y": "statistics", "lcl": "lcl", "ucl": "ucl"}.items():
        want = np.broadcast_to(numbers(case[name] if isinstance(case[name], list) else [case[name]]), len(mine.points))
        if not np.allclose(mine.points[ours], want, rtol=1e-9, atol=1e-12, equal_nan=True):
            found.append(name)
    if not np.allclose(mine.points["cl"], case["center"], rtol=1e-9):
        found.append("center")
    completing = mine.signals[mine.signals["role"] == "completing"]
    for theirs, ours in QCC_RULES.items():
        listed = case["rules_1based_index"].get(theirs)
        points = sorted(set(completing.loc[completing["rule"] == ours, "x"] + 1 - mine.points["x"].min()))
        if listed is not None and points != (listed if isinstance(listed, list) else [listed]):
            found.append(theirs)
    return found


# -- FunnelPlotR ------------------------------------------------------------------------------------------------------

FUNNEL_KINDS = {"PR": "proportion", "SR": "ratio", "RC": "rate"}


def run_funnel(case: Case) -> Funnel:
    args, given = case["args"], case["input"]
    den = numbers(given["den"])
    shmi = args["data_type"] == "SR" and args["sr_method"] == "SHMI"
    frame = pd.DataFrame({"unit": given["g"], "num": numbers(given["num"]), "den": np.round(den, 2) if shmi else den})
    return funnel(
        frame, "unit", "num", "den", kind=FUNNEL_KINDS[args["data_type"]],
        overdispersion="additive" if args["draw_adjusted"] else None, transform="log" if shmi else None,
        trim="truncate" if shmi else "winsorise", conventions="funnelplotr",
    )  # fmt: skip


def funnel_differences(case: Case, mine: Funnel) -> list[str]:
    theirs, found = case["points"], []
    order = sorted(range(len(theirs["group"])), key=lambda i: theirs["group"][i])
    adjusted = case["args"]["draw_adjusted"] and mine.tau2 > 0
    prefix = "OD" if adjusted else ""
    names = {
        "lcl_95": f"{prefix}95LCL" if adjusted else "LCL95",
        "ucl_95": f"{prefix}95UCL" if adjusted else "UCL95",
        "lcl_99_8": f"{prefix}99LCL" if adjusted else "LCL99",
        "ucl_99_8": f"{prefix}99UCL" if adjusted else "UCL99",
    }
    for ours, name in names.items():
        if not np.allclose(mine.units[ours], numbers(theirs[name])[order], rtol=1e-9, atol=1e-12, equal_nan=True):
            found.append(name)
    if case["args"]["draw_adjusted"]:
        for name in ("tau2", "phi"):
            if not np.isclose(getattr(mine, name), float(case[name]), rtol=1e-9, atol=1e-12):
                found.append(name)
    level = {95: "95", 99: "99_8"}[case["args"]["limit"]]
    if (mine.units[f"beyond_{level}"] != 0).astype(int).tolist() != [theirs["outlier"][i] for i in order]:
        found.append("outlier")
    return found
