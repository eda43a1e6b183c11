"""A finished publication is scanned beside the true counts of all its periods, before anybody sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from inquirylab.charts.words import day
from inquirylab.errors import ReportError
from inquirylab.privacy.facts import Facts, Finding
from inquirylab.privacy.leaks import find_leaks
from inquirylab.privacy.policy import Policy
from inquirylab.privacy.releases import Union
from inquirylab.privacy.truth import Truth, fold, name_pattern
from inquirylab.publish.assets import SCRIPTS, script
from inquirylab.publish.finished import read_bytes_of
from inquirylab.publish.protecting import ProtectedPool, period_key

PLACES = ("x", "k", "s", "b")
"""In the data of our charts: steps along the axis, numbers of pieces, sizes of marks. Not numbers of anybody."""


def scan_publication(
    folder: Path, pools: Sequence[ProtectedPool], policy: Policy, names: Sequence[str] = ()
) -> list[Finding]:
    """Return whatever in a finished folder gives a hidden number or a name away."""
    files, found = _read(folder)
    truths = [truth for pool in pools for truth in true_counts(pool, policy)]
    return [*found, *find_leaks(files, truths, policy.min_n, name_pattern(names), exempt=PLACES)]


def _read(folder: Path) -> tuple[dict[str, Facts], list[Finding]]:
    """Read every file; the scripts that come with the software, byte for byte, are the same in every report."""
    files, found = dict[str, Facts](), list[Finding]()
    ours = {f"assets/{name}": script(name).encode() for name in SCRIPTS}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name, content = path.relative_to(folder).as_posix(), path.read_bytes()
        if ours.get(name) == content:
            continue
        try:
            files[name] = read_bytes_of(name, content)
        except ReportError as problem:
            found.append(Finding("unreadable", name, str(problem)))
    return files, found


def true_counts(pool: ProtectedPool, policy: Policy) -> list[Truth]:
    """Return the true counts of a pool, each with what must not be found of it."""
    protected = pool.protected
    by = ["site", *protected.groups, "period"]
    cells = pool.cells.assign(period=[day(x) for x in pool.cells["x"]])
    for column in by[:-1]:  # names that differ in capitals only are one name to a reader
        first = {fold(label): label for label in sorted(cells[column].unique(), key=str, reverse=True)}
        cells[column] = cells[column].map(lambda label, known=first: known[fold(label)])
    if protected.shape == "part":
        cells = cells.assign(others=cells["denominator"] - cells["numerator"])
    counts = {"part": ["numerator", "denominator", "others"], "pair": ["numerator", "denominator"],
              "mean": ["denominator"], "count": ["numerator"]}[protected.shape]  # fmt: skip
    spellings = {fold(period_key(x)): fold(day(x)) for x in pool.cells["x"].unique()}
    truths = []
    for count in counts:
        truth = Truth.of([cells[[*by, count]]], by, count, policy.min_n, policy.zeros)
        truth.union = _without_absent(truth, cells)
        truth.spellings, truth.only_rates = spellings, True
        truth.secret = _secret(truth, protected.table, by, count)
        truths.append(truth)
    return truths


def _secret(truth: Truth, table: pd.DataFrame, by: Sequence[str], count: str) -> set[int]:
    """Small counts, of a period and over all of them, and all that the tables hide."""
    columns = ["numerator", "denominator"] if count == "others" else [count]
    hidden = table[columns].isna().any(axis=1)
    rows = table[hidden].assign(period=[day(x) for x in table.loc[hidden, "x"]])
    keys = (tuple(fold(v) for v in row) for row in rows[list(by)].itertuples(index=False))
    secret = {place for key in keys for place in truth.places.get(key, ())}
    return secret | {place for place in truth.secret if not truth.union.empty[place]}


def _without_absent(truth: Truth, cells: pd.DataFrame) -> Union:
    """A site that is not in a period's table counts nobody there: that is no zero to be kept, and no number to be found."""
    union, there = truth.union, set(zip(cells["site"].map(fold), cells["period"].map(fold), strict=True))
    counted = np.zeros(union.grid.values.size, dtype=bool)
    for key, place in truth.releases[-1].items():
        if (key[0], key[-1]) in there:
            counted[place] = True
    grid = counted.reshape(union.grid.shape)[tuple(slice(axis.leaves) for axis in union.grid.axes)]
    return replace(union, counted=grid)
