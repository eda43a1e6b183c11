"""Runs and crossings, against published numbers."""

from __future__ import annotations

import numpy as np
import pytest

from inquirylab.spc.patterns import expected_runs
from inquirylab.spc.runs import crossings_min, find_runs, longest_run_max, side_of
from inquirylab.spc.segments import Segments

# n useful: longest run, fewest crossings (Anhøj & Olesen 2014; qicharts2's vignette prints 24: 8, 8)
ANHOEJ = {10: (6, 2), 12: (7, 3), 14: (7, 4), 16: (7, 4), 20: (7, 6), 24: (8, 8), 30: (8, 10), 36: (8, 13), 40: (8, 14),
          50: (9, 19), 60: (9, 23), 80: (9, 32), 100: (10, 41)}  # fmt: skip
# n useful, half on each side: expected range of runs, 2.5 % in each tail (Wald & Wolfowitz 1940)
RUNS = {10: (3, 9), 12: (4, 10), 14: (4, 12), 16: (5, 13), 18: (6, 14), 20: (7, 15), 22: (8, 16), 24: (8, 18),
        26: (9, 19), 28: (10, 20), 30: (11, 21)}  # fmt: skip


@pytest.mark.parametrize(("n", "limits"), ANHOEJ.items())
def test_limits_of_anhoej(n: int, limits: tuple[int, int]) -> None:
    assert (longest_run_max(np.array([n]))[0], crossings_min(np.array([n - 1]))[0]) == limits


@pytest.mark.parametrize(("n", "limits"), RUNS.items())
def test_table_of_runs(n: int, limits: tuple[int, int]) -> None:
    assert expected_runs(n) == limits


def test_limits_for_many_series_at_once_are_those_of_each() -> None:
    chances = np.tile(np.array([n - 1 for n in ANHOEJ]), 20)
    assert crossings_min(chances).tolist() == [fewest for _, fewest in ANHOEJ.values()] * 20


@pytest.mark.parametrize("tolerance", [0.0, 1e-9, 1e-3])
def test_a_side_is_told_point_by_point_however_large_others_are(tolerance: float) -> None:
    numbers = [0.0, 1.0, 1 + 1e-12, 1 + 1e-4, 1.5, -1.0, -1 - 1e-4, 1e12, 1e12 + 1, np.inf, -np.inf, np.nan]
    pairs = [(a, b) for a in numbers for b in numbers]

    def alone(a: float, b: float) -> int:
        largest = max(abs(a), abs(b))
        near = 0 if np.isinf(largest) else tolerance * largest
        return int(a - b > near) - int(a - b < -near) if not np.isnan(a - b) else 0

    with np.errstate(invalid="ignore"):
        sides = side_of(np.array([a for a, _ in pairs]), np.array([b for _, b in pairs]), tolerance)
        assert sides.tolist() == [alone(a, b) for a, b in pairs]
        finite = [p for p in pairs if np.isfinite(p).all()]
        sides = side_of(np.array([a for a, _ in finite]), np.array([b for _, b in finite]), tolerance)
        assert sides.tolist() == [alone(a, b) for a, b in finite]
    assert side_of(np.array([]), np.array([]), tolerance).tolist() == []


def runs(sides: list[int], ties: str = "skip", hole: list[bool] | None = None) -> tuple[int, int, int, int]:
    side = np.array(sides)
    one = Segments(np.zeros(len(side), np.int64), np.zeros(1, np.int64))
    found = find_runs(side, np.ones(len(side), bool), one, None if hole is None else np.array(hole), ties)
    return int(found.n_useful[0]), int(found.longest[0]), int(found.crossings[0]), int(found.chances[0])


def test_a_point_on_the_line_neither_counts_nor_breaks() -> None:
    assert runs([1, 1, 0, 1, -1, -1]) == (5, 3, 1, 4)


def test_unless_ties_break() -> None:
    assert runs([1, 1, 0, 1, -1, -1], ties="break")[1] == 2


def test_no_run_and_no_crossing_reaches_over_a_hole_in_time() -> None:
    assert runs([1, 1, 1, 1], hole=[False, False, True, False]) == (4, 2, 0, 2)
    assert runs([1, 1, -1, -1], hole=[False, False, True, False]) == (4, 2, 0, 2)


def test_equal_numbers_lie_on_their_mean_whatever_its_last_bit() -> None:
    twelve = np.full(45, 12 ** (1 / 3.6))
    mean = np.full(45, twelve.sum() / 45)
    assert set(side_of(twelve, mean, 1e-9)) == {0}
