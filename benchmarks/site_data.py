"""Five million rows of CSV into a measure's rows, beside `pandas.read_csv` with the pyarrow engine on the same file.

    python benchmarks/site_data.py [--rows 5000000] [--rounds 7]

Both read the same file in turn within one run. The ratio is that of the medians of processor time in all threads, which
other work on the machine moves less than it moves the clock; the clock's ratio stands beside it. The first round is not
counted. What is read here is more than pandas reads: dates, marks, one text a site, refusals of duplicates and of parts
above their whole.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from inquirylab.record.types import Measure, MeasureData
from inquirylab.store.site_data import read_site_data

LIMIT = 2.0
MEASURE = Measure(
    name="Late",
    kind="proportion",
    data=MeasureData(date=("week",), site="school", numerator="late", denominator="enrolled"),
)


def write(file: Path, rows: int, *, marks: bool, shuffled: bool) -> None:
    """Write weeks of schools, sorted or not, with or without marks in place of numbers."""
    source = np.random.default_rng(1)
    weeks = pd.date_range("2015-01-05", periods=500, freq="W-MON").strftime("%Y-%m-%d").to_numpy()
    i = np.arange(rows)
    late = source.integers(0, 50, rows).astype(object)
    if marks:
        late[source.random(rows) < 0.1] = "*"
        late[source.random(rows) < 0.1] = "<5"
    frame = pd.DataFrame(
        {
            "week": weeks[i % 500],
            "school": np.char.add("School ", (i // 500).astype(str)),
            "late": late,
            "enrolled": source.integers(50, 400, rows),
            "phase": np.where(i % 3, "Primary", "Secondary"),
        }
    )
    (frame.sample(frac=1, random_state=2) if shuffled else frame).to_csv(file, index=False)


def seconds(action: Callable[[], object]) -> tuple[float, float]:
    """Return processor time and the clock's."""
    clock, processor = time.perf_counter(), time.process_time()
    action()
    return time.process_time() - processor, time.perf_counter() - clock


def medians(rounds: list[tuple[float, float]]) -> tuple[float, float]:
    processor, clock = zip(*rounds[1:], strict=True)
    return statistics.median(processor), statistics.median(clock)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    kinds = {
        "sorted, numbers only": {"marks": False, "shuffled": False},
        "shuffled, one cell in five a mark": {"marks": True, "shuffled": True},
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, how in kinds.items():
            file = Path(folder) / "late.csv"
            write(file, given.rows, **how)
            ours, theirs = [], []
            for _ in range(given.rounds):
                theirs.append(seconds(lambda file=file: pd.read_csv(file, engine="pyarrow")))
                ours.append(seconds(lambda file=file: read_site_data(file, MEASURE)))
            (our_cpu, our_clock), (their_cpu, their_clock) = medians(ours), medians(theirs)
            print(
                f"{name}: {given.rows:,} rows, {file.stat().st_size / 2**20:.0f} MB, {given.rounds - 1} rounds: processor time "
                f"inquirylab {our_cpu:.2f} s, pandas.read_csv {their_cpu:.2f} s, ratio {our_cpu / their_cpu:.2f} "
                f"(aim: below {LIMIT:g}); by the clock {our_clock:.2f} s and {their_clock:.2f} s, ratio "
                f"{our_clock / their_clock:.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
