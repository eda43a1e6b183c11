"""Scan finished files before they leave: nothing hidden may stand in them, in any form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from inquirylab.errors import DataError, ReportError
from inquirylab.privacy.facts import Facts, Finding
from inquirylab.privacy.leaks import find_leaks
from inquirylab.privacy.truth import Truth, name_pattern
from inquirylab.publish.finished import read_bytes_of
from inquirylab.store.seat_key import read_names as read_names


def scan(
    paths: Iterable[str | Path],
    data: Sequence[pd.DataFrame | str | Path] = (),
    *,
    min_n: int = 10,
    zeros: str = "small",
    by: Sequence[str] | None = None,
    counts: Sequence[str] | None = None,
    names: Sequence[str] = (),
) -> list[Finding]:
    """Read files and folders, and return whatever in them gives a hidden count, a small count or a name away.

    Parameters
    ----------
    paths
        Files and folders; every file in a folder is read.
    data
        The unprotected finest cells, one frame (or CSV file) a release, oldest first. Without
        them only small counts and names can be found.
    min_n, zeros
        The rules of the publication.
    by, counts
        Columns of the data; if not given, columns of words are dimensions and columns of whole
        numbers are counts.
    names
        Names of people, for example from a local key file.

    Returns
    -------
    findings
        Empty if the files are clean. A file that cannot be read is a finding.
    """
    files, found = _read(paths)
    frames = [frame if isinstance(frame, pd.DataFrame) else _load(Path(frame)) for frame in data]
    truths = _truths(frames, by, counts, min_n, zeros) if frames else []
    return [*found, *find_leaks(files, truths, min_n, name_pattern(names))]


def _read(paths: Iterable[str | Path]) -> tuple[dict[str, Facts], list[Finding]]:
    files: dict[str, Facts] = {}
    found: list[Finding] = []
    for path in map(Path, paths):
        if not path.exists():
            raise ReportError("There is nothing to scan", where=str(path))
        inside = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in inside:
            name = f"{path.name}/{file.relative_to(path).as_posix()}" if path.is_dir() else file.name
            try:
                files[name] = read_bytes_of(name, file.read_bytes())
            except ReportError as problem:
                found.append(Finding("unreadable", name, str(problem)))
    return files, found


def _load(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path)
    except (OSError, ValueError) as problem:
        raise DataError("The unprotected data cannot be read", where=str(path), found=str(problem)[:200]) from problem


def _truths(
    frames: Sequence[pd.DataFrame], by: Sequence[str] | None, counts: Sequence[str] | None, min_n: int, zeros: str
) -> list[Truth]:
    last = frames[-1]
    numeric = [c for c in last.columns if pd.api.types.is_numeric_dtype(last[c]) and last[c].dtype != bool]
    columns = list(counts) if counts else [c for c in numeric if _is_count(last[c]) and c not in (by or ())]
    labels = list(by) if by else [c for c in last.columns if c not in numeric and c not in columns]
    if not columns or not labels:
        raise DataError(
            "The unprotected data need at least one column of labels and one of whole numbers",
            found=", ".join(map(str, last.columns)),
            cure="Name them with by and counts.",
        )
    return [Truth.of(frames, labels, column, min_n, zeros) for column in columns]


def _is_count(column: pd.Series[float]) -> bool:
    known = column.dropna()
    return bool(len(known) and (known >= 0).all() and (known == known.round()).all())
