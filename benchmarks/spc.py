"""Control charts for many sites: ours in one call, the peers looped over sites, in one run.

    python benchmarks/spc.py [--json FILE]

Peers are measured if they are installed (pip install shewhart==0.1.1 pycontrolcharts clinical-qikit) and do the nearest
thing that they offer: limits and their default rules; none has the Anhøj rules with phases. Times are processor time,
so that a busy machine changes them little; each is the median of its repeats. Peers are looped over 1,000 sites only,
since their time grows in step with the sites.
"""

from __future__ import annotations

import argparse
import importlib
import json
import statistics
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.spc import analyse

MONTHS = 36


def sites(count: int, groups: int = 1) -> pd.DataFrame:
    random = np.random.default_rng(20_260_101)
    rows = count * groups * MONTHS
    frame = pd.DataFrame(
        {
            "site": np.repeat([f"site {i:05d}" for i in range(count)], groups * MONTHS),
            "group": np.tile(np.repeat([f"group {g}" for g in range(groups)], MONTHS), count),
            "month": np.tile(pd.date_range("2023-01-01", periods=MONTHS, freq="MS"), count * groups),
            "enrolled": random.integers(20, 200, rows),
        }
    )
    return frame.assign(late=random.binomial(frame["enrolled"], 0.15))


def median_ms(run: Callable[[], object], repeats: int) -> float:
    run()
    times = []
    for _ in range(repeats):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000


def ours(frame: pd.DataFrame, chart: str, by: list[str]) -> Callable[[], object]:
    return lambda: analyse(frame, "month", "late", n="enrolled", by=by, chart=chart)


def floor(frame: pd.DataFrame, by: list[str]) -> Callable[[], object]:
    """What no vectorized answer can avoid: telling series apart and building the frame of points."""

    def run() -> object:
        codes = [pd.factorize(frame[name], sort=True)[0] for name in by]
        columns = {name: frame[name] for name in [*by, "month"]}
        numbers = {f"line {i}": frame["late"].to_numpy(float) * 1.0 for i in range(7)}
        flags = {f"flag {i}": frame["late"].to_numpy() > i for i in range(4)}
        return codes, pd.DataFrame({**columns, **numbers, **flags})

    return run


def peer_runs(name: str, parts: list[pd.DataFrame]) -> dict[str, Callable[[], object]]:
    module = importlib.import_module(name)
    if name == "shewhart":
        i: Callable[[pd.DataFrame], Any] = lambda part: module.imr(part, value="rate")  # noqa: E731
        p: Callable[[pd.DataFrame], Any] = lambda part: module.p_chart(part, defectives="late", size="enrolled")  # noqa: E731
    elif name == "pycontrolcharts":
        i = lambda part: module.calc_xmr(part, value_column="rate")  # noqa: E731
        p = lambda part: module.calc_p(part, value_column="late", sample_size_column="enrolled")  # noqa: E731
    else:
        i = lambda part: module.qic(x="month", y="rate", data=part, chart="i")  # noqa: E731
        p = lambda part: module.qic(x="month", y="late", n="enrolled", data=part, chart="p")  # noqa: E731
    return {"i": lambda: [i(part) for part in parts], "p": lambda: [p(part) for part in parts]}


PEERS = {"shewhart": "shewhart", "pycontrolcharts": "pycontrolcharts", "clinical-qikit": "qikit"}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--json", type=Path)
    asked.add_argument("--peer-sites", type=int, default=1000)
    options = asked.parse_args()
    small, large = sites(1000), sites(10_000)
    found: dict[str, float] = {}
    for chart in ("i", "p"):
        found[f"inquirylab {chart} 1,000 sites"] = median_ms(ours(small, chart, ["site"]), 21)
        found[f"inquirylab {chart} 10,000 sites"] = median_ms(ours(large, chart, ["site"]), 7)
    found["factorize + result frame 1,000 sites"] = median_ms(floor(small, ["site"]), 21)
    found["factorize + result frame 10,000 sites"] = median_ms(floor(large, ["site"]), 7)
    parts = [part.assign(rate=part["late"] / part["enrolled"]) for _, part in small.groupby("site")][
        : options.peer_sites
    ]
    scale = 1000 / len(parts)
    for label, name in PEERS.items():
        try:
            runs = peer_runs(name, parts)
        except ImportError:
            print(f"{label} is not installed: left out")
            continue
        for chart, run in runs.items():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found[f"{label} {chart} 1,000 sites"] = median_ms(run, 3) * scale
    found["inquirylab p 10,000 sites × 4 groups"] = median_ms(ours(sites(10_000, 4), "p", ["site", "group"]), 3)
    for what, ms in found.items():
        print(f"{what:45} {ms:10,.1f} ms")
    for chart in ("i", "p"):
        mine, ten = found[f"inquirylab {chart} 1,000 sites"], found[f"inquirylab {chart} 10,000 sites"]
        print(f"{chart}: 10,000 sites take {ten / mine:.1f} times as long as 1,000")
        for label in PEERS:
            if f"{label} {chart} 1,000 sites" in found:
                print(f"{chart}: {label} takes {found[f'{label} {chart} 1,000 sites'] / mine:,.0f} times as long")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
