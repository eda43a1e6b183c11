"""Small groups: what common rules leak, what `suppress` hides and proves, and how long it takes.

Run ``python benchmarks/privacy.py`` (about three minutes), ``--quick`` for the first part of it. Tables are random
and skewed, as groups within schools are; a *leak* is a hidden count whose interval is narrower than 9.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from inquirylab.privacy import audit, suppress
from inquirylab.privacy.axes import Axis
from inquirylab.privacy.bundles import public_system
from inquirylab.privacy.grid import Grid

MIN_N = 10


def table(seed: int, shape: tuple[int, ...], mean: float = 25) -> Grid:
    """Counts with a gamma-distributed mean of 25."""
    random = np.random.default_rng(seed)
    counts = random.poisson(random.gamma(0.7, mean / 0.7, size=shape))
    return Grid.of(tuple(Axis.of(size) for size in shape), counts)


def frame_of(grid: Grid) -> pd.DataFrame:
    names = [[f"{axis}{k}" for k in range(a.leaves)] for axis, a in zip("abcd", grid.axes, strict=False)]
    frame = pd.MultiIndex.from_product(names, names=list("abcd")[: len(names)]).to_frame(index=False)
    return frame.assign(students=grid.values[tuple(slice(a.leaves) for a in grid.axes)].ravel())


def primary_only(grid: Grid) -> np.ndarray:
    return grid.values < MIN_N


def next_smallest_in_row(grid: Grid) -> np.ndarray:
    """Where one cell of a row is hidden, hide the next smallest too."""
    hidden = primary_only(grid)
    _second(grid.values[:, :-1], hidden[:, :-1])
    return hidden


def rows_and_columns(grid: Grid) -> np.ndarray:
    """The same in rows and columns until nothing changes."""
    hidden = primary_only(grid)
    while True:
        before = hidden.copy()
        _second(grid.values[:, :-1], hidden[:, :-1])
        _second(grid.values.T[:, :-1], hidden.T[:, :-1])
        if (before == hidden).all():
            return hidden


def _second(values: np.ndarray, hidden: np.ndarray) -> None:
    for row, flags in zip(values, hidden, strict=True):
        if flags.sum() == 1 and not flags.all():
            flags[np.argmin(np.where(flags, np.iinfo(np.int64).max, row))] = True


def leaks(grid: Grid, hidden: np.ndarray) -> tuple[bool, bool]:
    """Tell whether any hidden count is too narrow, and whether any is known exactly."""
    small = (grid.values < MIN_N).ravel()
    found = audit(public_system(grid, hidden.ravel(), small & hidden.ravel(), 0, MIN_N - 1))
    exact = (found["upper"] == found["lower"]).fillna(False)
    return bool((~found["safe"]).any()), bool(exact.any())


RULES: dict[str, Callable[[Grid], np.ndarray]] = {
    "small counts only": primary_only,
    "next smallest in the row": next_smallest_in_row,
    "rows and columns to the end": rows_and_columns,
}


def compare_rules(tables: int) -> None:
    random = np.random.default_rng(7)
    grids = [table(seed, tuple(int(k) for k in random.integers(3, 8, 2))) for seed in range(tables)]
    grids = [grid for grid in grids if (grid.values < MIN_N).any()]
    print(f"\n{len(grids)} tables of 3 to 7 rows and columns, every margin in print, min_n {MIN_N}")
    print(f"{'rule':32} {'leak':>7} {'exact':>7} {'extra cells':>12}")
    for name, rule in RULES.items():
        outcomes = [(rule(grid), grid) for grid in grids]
        verdicts = [leaks(grid, hidden) for hidden, grid in outcomes]
        extra = statistics.mean(int((hidden & (grid.values >= MIN_N)).sum()) for hidden, grid in outcomes)
        leak, exact = (sum(v[k] for v in verdicts) / len(grids) for k in (0, 1))
        print(f"{name:32} {leak:7.1%} {exact:7.1%} {extra:12.2f}")
    made = [suppress(frame_of(grid), list("ab"), "students") for grid in grids]
    audits = [audit(one) for one in made]
    unsafe = sum(not found["safe"].all() for found in audits)
    exact = sum(bool((found["upper"] == found["lower"]).fillna(False).any()) for found in audits)
    extra = statistics.mean(one.attrs["certificate"]["extra"] for one in made)
    print(f"{'inquirylab suppress':32} {unsafe / len(grids):7.1%} {exact / len(grids):7.1%} {extra:12.2f}")


def measure_times(shapes: list[tuple[int, ...]]) -> None:
    print(f"\n{'table':>12} {'cells':>7} {'small':>7} {'extra':>7} {'seconds':>8} {'of processor':>13}")
    for shape in shapes:
        cells = frame_of(table(1, shape))
        wall, cpu = time.perf_counter(), time.process_time()
        made = suppress(cells, list("abcd")[: len(shape)], "students")
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        proof = made.attrs["certificate"]
        name = "x".join(map(str, shape))
        small = proof["hidden"] - proof["extra"]
        print(f"{name:>12} {len(made):7} {small:7} {proof['extra']:7} {wall:8.2f} {cpu:13.2f}", flush=True)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true")
    quick = options.parse_args().quick
    compare_rules(40 if quick else 200)
    big = [(1000, 8), (2000, 8), (50, 25, 4), (100, 50, 4)]
    measure_times([(125, 8), (250, 8), (25, 12, 4)] + ([] if quick else big))
