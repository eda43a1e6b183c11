"""Sites with small groups, made up by rule: enough small counts to hide, and enough large ones to show."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np

MEASURE = """
name = "Late arrivals"
kind = "proportion"
population = "All pupils on the roll"
numerator = "Pupils late"
denominator = "Pupils enrolled"
unit = "%"
direction = "down"
instrument = "Register"
frequency = "week"
definition_version = 1

[data]
date = ["week"]
site = "school"
numerator = "late"
denominator = "enrolled"
"""
SITES = ("Ash", "Beech", "Elm", "Fir", "Hazel", "Maple", "Oak", "Willow")
GROUPS = ("EHC plan", "No support", "SEN support")
SIZES = {"EHC plan": 14, "No support": 220, "SEN support": 45}


def write_measure(path: Path, *, grouped: bool = True, more: str = "") -> Path:
    """Write the measure's file."""
    group = 'group = ["support"]\n' if grouped else ""
    path.write_text(MEASURE.replace("[data]", f"{more}\n[data]") + group, encoding="utf-8")
    return path


def rows(
    sites: tuple[str, ...] = SITES, weeks: int = 16, first: int = 0, seed: int = 7
) -> list[tuple[str, str, str, int, int]]:
    """Return (week, school, support, late, enrolled); the same week of a school is always the same."""
    out = []
    for site in sites:
        for week in range(first, first + weeks):
            chance = np.random.default_rng([seed, week, *site.encode()])
            monday = dt.date(2024, 1, 8) + dt.timedelta(weeks=week)
            for group in GROUPS:
                n = int(SIZES[group] + chance.integers(-4, 5))
                out.append((monday.isoformat(), site, group, int(chance.binomial(n, 0.16)), n))
    return out


def write_rows(path: Path, found: list[tuple[str, str, str, int, int]], *, grouped: bool = True) -> Path:
    """Write rows as CSV; without groups they are added up."""
    lines = ["week,school,support,late,enrolled"] if grouped else ["week,school,late,enrolled"]
    if grouped:
        lines += [f"{w},{s},{g},{y},{n}" for w, s, g, y, n in found]
    else:
        sums: dict[tuple[str, str], list[int]] = {}
        for week, site, _, y, n in found:
            at = sums.setdefault((week, site), [0, 0])
            at[0], at[1] = at[0] + y, at[1] + n
        lines += [f"{w},{s},{y},{n}" for (w, s), (y, n) in sums.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
