"""An analysis as the rows that a chart draws: each point once, each signal's points once more, nothing computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from inquirylab.spc import Analysis

Kind = Literal["temporal", "quantitative", "ordinal"]


@dataclass(frozen=True)
class Rows:
    """Rows for one data set of Vega-Lite, told apart by `what`, and how to read x."""

    values: list[dict[str, Any]]
    x: Kind
    order: tuple[Any, ...]
    panels: tuple[str, ...]

    def has(self, what: str) -> bool:
        """Tell whether there is anything of this kind to draw."""
        return any(row["what"] == what for row in self.values)


def rows_of(analysis: Analysis, annotations: pd.DataFrame | None = None) -> Rows:
    """Return the rows of an analysis.

    Parameters
    ----------
    annotations
        Columns x (named as in the analysis), ``mark`` (a letter: P a PDSA cycle, L a lesson study, D a design cycle),
        ``title``, and the ``by`` columns or some of them.
    """
    points, by, x = analysis.points, list(analysis.by), analysis.x
    kind: Kind = "ordinal"
    if pd.api.types.is_datetime64_any_dtype(points[x]):
        kind = "temporal"
    elif pd.api.types.is_numeric_dtype(points[x]):
        kind = "quantitative"
    base = points.assign(panel=_panels(points, by), x=points[x].astype(str) if kind == "ordinal" else points[x])
    state = _states(analysis)
    base = base.assign(state=np.where(points["include"], state, "excluded"))
    parts = [
        base.assign(what="point"),
        *_runs(analysis, base),
        *_shades(base),
        *_breaks(base),
        *_targets(analysis, base),
    ]
    if annotations is not None and len(annotations):
        parts.append(_flags(analysis, base, annotations, kind))
    keep = [
        "what",
        "panel",
        "x",
        "x2",
        "y",
        "n",
        "cl",
        "lcl",
        "ucl",
        "phase",
        "state",
        "sigma_signal",
        "signal",
        "mark",
        "words",
        "title",
        "target",
        *by,
    ]
    table = pd.concat(parts, ignore_index=True)
    table = table[[name for name in keep if name in table.columns]]
    order = tuple(dict.fromkeys(base["x"])) if kind == "ordinal" else ()
    return Rows(_records(table), kind, order, tuple(dict.fromkeys(base["panel"])))


def _panels(frame: pd.DataFrame, by: list[str]) -> pd.Series:
    if not by:
        return pd.Series("", index=frame.index)
    text = frame[by[0]].astype(str)
    for name in by[1:]:
        text = text + ", " + frame[name].astype(str)
    return text


def _role(side: np.ndarray[Any, Any], analysis: Analysis) -> np.ndarray[Any, Any]:
    better = {"up": 1, "down": -1, None: 0}[analysis.improvement]
    return np.where((better == 0) | (side == 0), "special", np.where(side == better, "improvement", "concern"))


def _states(analysis: Analysis) -> np.ndarray[Any, Any]:
    keys = [*analysis.by, "phase", analysis.x]
    first = analysis.signals.assign(late=analysis.signals["rule"] != "sigma").sort_values("late", kind="stable")
    first = first.drop_duplicates(keys)
    merged = analysis.points[keys].merge(first[[*keys, "side"]], on=keys, how="left")["side"]
    side = merged.fillna(0).to_numpy(float)
    return np.where(merged.isna(), "common", _role(side, analysis))


def _runs(analysis: Analysis, base: pd.DataFrame) -> list[pd.DataFrame]:
    keys = [*analysis.by, "phase", analysis.x]
    runs = analysis.signals[analysis.signals["rule"] != "sigma"]
    if runs.empty:
        return []
    found = runs[[*keys, "signal", "side"]].merge(base[list(dict.fromkeys([*keys, "panel", "x", "y"]))], on=keys)
    span = (
        found.groupby("signal")["x"]
        .agg(["min", "max"])
        .reset_index()
        .merge(found[["signal", "panel", "side"]].drop_duplicates())
    )
    gaps = base.loc[base["y"].isna(), ["panel", "x", "y"]].merge(span, on="panel")
    gaps = gaps[(gaps["x"] > gaps["min"]) & (gaps["x"] < gaps["max"])].drop(columns=["min", "max"])
    found = pd.concat([found, gaps]) if len(gaps) else found
    return [found.assign(what="run", state=_role(found["side"].to_numpy(float), analysis))]


def _shades(base: pd.DataFrame) -> list[pd.DataFrame]:
    if base["baseline"].all():
        return []
    frozen = base[base.groupby(["panel", "phase"], sort=False)["baseline"].transform("min") == 0]
    held = frozen[frozen["baseline"]].groupby(["panel", "phase"], sort=False)["x"].agg(["first", "last"]).reset_index()
    return [held.rename(columns={"first": "x", "last": "x2"}).assign(what="shade").merge(_labels(base), on="panel")]


def _labels(base: pd.DataFrame) -> pd.DataFrame:
    columns = [c for c in base.columns if c not in _OWN]
    return base[["panel", *[c for c in columns if c != "panel"]]].drop_duplicates("panel")


_OWN = {"x", "x2", "y", "n", "cl", "lcl", "ucl", "lcl_95", "ucl_95", "phase", "state", "sigma_signal", "runs_signal",
        "baseline", "include", "what", "signal", "mark", "words", "title", "target"}  # fmt: skip


def _breaks(base: pd.DataFrame) -> list[pd.DataFrame]:
    later = base[base["phase"] > 1].drop_duplicates(["panel", "phase"])
    dates = pd.api.types.is_datetime64_any_dtype(later["x"])
    since = later["x"].dt.strftime("%d %b %Y") if dates else later["x"].astype(str)
    return [later.assign(what="break", words="new phase from " + since)] if len(later) else []


def _targets(analysis: Analysis, base: pd.DataFrame) -> list[pd.DataFrame]:
    known = analysis.summary[analysis.summary["target"].notna()]
    if known.empty:
        return []
    keys = [*analysis.by, "phase"]
    return [base.merge(known[[*keys, "target"]], on=keys).assign(what="target")]


def _flags(analysis: Analysis, base: pd.DataFrame, annotations: pd.DataFrame, kind: Kind) -> pd.DataFrame:
    flags = annotations.rename(columns={analysis.x: "x"})
    flags = flags.assign(x=pd.to_datetime(flags["x"]) if kind == "temporal" else flags["x"], what="flag")
    shared = [name for name in analysis.by if name in flags.columns]
    return flags.merge(_labels(base), on=shared) if shared else flags.merge(_labels(base), how="cross")


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    for name in table.columns:
        if pd.api.types.is_datetime64_any_dtype(table[name]):
            table[name] = table[name].dt.strftime("%Y-%m-%dT%H:%M:%S")
    rows = table.astype(object).to_dict("records")
    return [
        {str(k): v for k, v in row.items() if v is not None and v == v} | {"y": _or_none(row.get("y"))} for row in rows
    ]


def _or_none(value: Any) -> Any:
    return None if value is None or value != value else value
