"""A small measure, its rows, a report that was run: what many tests are made of."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]

VIEWS = (
    "problem_definition",
    "causes",
    "driver_diagram",
    "pdsa_cycle",
    "measure",
    "progress",
    "lesson_study",
    "observation",
)
"""The views of an inquiry by the methods that make them, without arguments."""

LATE_MEASURE = """
name = "Late arrivals"
family = "process"
construct = "How often pupils come late."
kind = "proportion"
population = "All pupils on the roll"
numerator = "Pupils late"
denominator = "Pupils enrolled"
unit = "%"
direction = "down"
instrument = "Register"
frequency = "week"
disaggregate_by = ["year group"]
definition_version = 1

[data]
date = ["week"]
site = "school"
numerator = "late"
denominator = "enrolled"
"""


def run_command(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run `inquirylab …` as a person would, in a process of its own."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONWARNINGS": "default"}
    command = [sys.executable, "-m", "inquirylab", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)


def late_rows(school: str, weeks: int = 24, fall_after: int | None = None) -> list[str]:
    """CSV lines of one school: about 12 % late, falling to 6 % if asked."""
    out = []
    for week in range(weeks):
        monday = dt.date(2024, 1, 8) + dt.timedelta(weeks=week)
        late = 24 + (week * 7) % 5 - 2 - (12 if fall_after is not None and week >= fall_after else 0)
        name = '"' + school.replace('"', '""') + '"'
        out.append(f"{monday},{name},{late},200")
    return out


@dataclass(frozen=True)
class Report:
    """A batch that was run through the command line."""

    folder: Path
    finished: subprocess.CompletedProcess[str]

    @property
    def manifest(self) -> dict[str, object]:
        """`batch.json`."""
        return dict(json.loads((self.folder / "batch.json").read_text(encoding="utf-8")))
