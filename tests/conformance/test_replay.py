"""Our arithmetic against that of qicharts2, NHSRplotthedots, qcc and FunnelPlotR: their own numbers, computed by R.

A small part lies here (synthetic cases only); all of it is replayed where ``../shared/spc`` is at hand. What differs on
purpose is named below, with its reason, and in docs/deviations.md.
"""

from __future__ import annotations

import contextlib
import fnmatch
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import replay
from replay import HERE, SHARED, Case, cases, numbers

from inquirylab.errors import AnalysisError
from inquirylab.spc import constants
from inquirylab.spc.runs import crossings_min, longest_run_max

QICHARTS2 = [
    "synthetic_continuous", "synthetic_crosssection", "synthetic_partlabels", "synthetic_proportion", "synthetic_rare",
    "synthetic_rate", "synthetic_sites", "synthetic_subgroup", "public_datasets",
]  # fmt: skip

Deliberate = Callable[[Case], bool]
DELIBERATE: dict[str, tuple[Deliberate, set[str]]] = {
    "a given centre of a t chart is a time, not a time to the power 1/3.6": (
        lambda c: c.get("chart") == "t" and "cl" in c["args"],
        {"cl", "lcl", "ucl", "lcl.95", "ucl.95", "sigma.signal", "points.runs.signal", "summary.*"},
    ),
    "a t chart whose upper limit is missing has no lower one of zero": (
        lambda c: c.get("chart") == "t" and c["kind"] == "constant", {"lcl", "summary.aLCL"},
    ),
    "a lower two-sigma line below zero is at zero, as the three-sigma line is": (
        lambda c: c.get("chart") == "t", {"lcl.95"},
    ),
    "without limits a target is neither passed nor missed, nor inconsistent": (
        lambda c: c["kind"] == "constant" and "target" in c["args"], {"assurance_type"},
    ),
    "an S chart with unequal sizes is centred on the pooled deviation": (
        lambda c: c.get("type") == "S" and c["kind"] == "variable", {"lcl", "ucl", "center", "we*", "nelson*"},
    ),
    "a flag agrees with the limits that are drawn": (
        lambda c: c["args"].get("draw_adjusted") is True and c["args"]["data_type"] == "SR", {"outlier"},
    ),
    "over-dispersion on a logarithm with zeros is refused": (
        lambda c: c["args"].get("sr_method") == "SHMI" and c["kind"] == "zeros", {"AnalysisError"},
    ),
}  # fmt: skip
SHARE = 0.02
"""At most this share of a file may differ on purpose (a t-chart file has many of the first three reasons)."""


def reason_for(case: Case, found: list[str]) -> str | None:
    for reason, (applies, fields) in DELIBERATE.items():
        if applies(case) and all(any(fnmatch.fnmatch(name, field) for field in fields) for name in found):
            return reason
    return None


def replayed(
    given: list[Case], outside: Callable[[Case], str | None], run: Callable[[Case], Any],
    compare: Callable[[Case, Any], list[str]],
) -> tuple[int, list[str], list[str]]:  # fmt: skip
    """Return how many cases were compared, which differ on purpose, and which differ."""
    compared, deliberate, wrong = 0, [], []
    for case in given:
        case.setdefault("args", {})
        if outside(case):
            continue
        compared += 1
        if "error" in case:  # R stopped; we may refuse too, or do better
            with contextlib.suppress(AnalysisError):
                run(case)
            continue
        try:
            found = compare(case, run(case))
        except AnalysisError:
            found = ["AnalysisError"]
        if found:
            reason = reason_for(case, found)
            (deliberate if reason else wrong).append(f"{case['id']}: {reason or ', '.join(found)}")
    return compared, deliberate, wrong


def documented(name: str) -> list[int]:
    """Return the row of numbers that docs/deviations.md has for a file."""
    text = (Path(__file__).parents[2] / "docs" / "deviations.md").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith(f"| {name} |"))
    return [int(cell.replace(",", "")) for cell in row.strip("| ").split("|")[2:]]


def nothing_outside(case: Case) -> None:
    return None


TOOLS: list[tuple[str, Any, Any, Any]] = [
    *[(name, replay.outside, replay.run_qicharts2, replay.differences) for name in QICHARTS2],
    ("nhsrplotthedots", nothing_outside, replay.run_nhsr, replay.nhsr_differences),
    ("qcc", replay.qcc_outside, replay.run_qcc, replay.qcc_differences),
    ("funnel", nothing_outside, replay.run_funnel, replay.funnel_differences),
]


@pytest.mark.parametrize(("name", "outside", "run", "compare"), TOOLS, ids=[tool[0] for tool in TOOLS])
@pytest.mark.parametrize("folder", [HERE, SHARED], ids=["committed", "shared"])
def test_every_case_agrees_or_differs_on_purpose(folder: Path, name: str, outside: Any, run: Any, compare: Any) -> None:
    if not (folder / f"{name}.jsonl.gz").exists():
        pytest.skip(f"{name}.jsonl.gz is not in {folder}: rows of public origin are not kept in the project")
    given = list(cases(name, folder))
    compared, deliberate, wrong = replayed(given, outside, run, compare)
    assert compared > 0
    assert wrong == []
    if folder is SHARED:
        answered = compared - sum("error" in case for case in given if not outside(case))
        assert documented(name) == [answered, answered - len(deliberate), len(deliberate), len(given) - compared]
    if folder is SHARED and name != "synthetic_rare":
        assert len(deliberate) <= max(SHARE * compared, 8), deliberate


@pytest.mark.parametrize("change", [{"cl": 1 + 1e-8}, {"ucl": 1 - 1e-8}])
def test_the_replay_sees_a_difference_in_the_eighth_digit(change: dict[str, float]) -> None:
    case = next(c for c in cases("synthetic_proportion", HERE) if c["chart"] == "p" and c["kind"] == "normal")
    for name, factor in change.items():
        case["points"][name] = [v if v in ("NA", "NaN") else v * factor for v in case["points"][name]]
    assert set(replay.differences(case, replay.run_qicharts2(case))) == set(change)


def test_the_excerpt_is_small_and_synthetic() -> None:
    files = sorted(HERE.glob("*.jsonl.gz"))
    assert sum(f.stat().st_size for f in files) < 1_500_000
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            assert all(json.loads(line)["kind"] != "public" for line in lines)


def table(name: str) -> Case:
    if not (SHARED / f"{name}.jsonl.gz").exists():
        pytest.skip(f"{name}.jsonl.gz is not at hand")
    return next(cases(name))


def test_anhoej_limits_for_1_to_2000_points() -> None:
    given = table("anhoej_limits")
    n = np.array(given["n"])
    names = [key for key in given if key not in ("what", "versions", "n")]
    longest, crossings = (next(k for k in names if word in k) for word in ("run", "cross"))
    assert longest_run_max(n).tolist() == given[longest]
    assert crossings_min(n - 1).tolist() == given[crossings]


def test_constants_for_subgroups() -> None:
    given = table("constants")
    n = numbers(given["n"])
    np.testing.assert_allclose(constants.c4(n), numbers(given["c4"]), rtol=1e-12)
    np.testing.assert_allclose(constants.a3(n), numbers(given["A3"]), rtol=1e-9)
    spread = constants.spread_of_s(n)
    np.testing.assert_allclose(1 + 3 * spread, numbers(given["B4"]), rtol=1e-9)
    np.testing.assert_allclose(np.maximum(1 - 3 * spread, 0), numbers(given["B3"]), rtol=1e-9, atol=1e-12)


def test_tabled_d2() -> None:
    given = table("qcc_constants")
    np.testing.assert_allclose(constants.d2(numbers(given["n"])), numbers(given["d2"]), rtol=1e-12)
