"""The folder of a batch: made, checked, kept tidy."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from pathlib import Path

from inquirylab.batch.manifest import read_manifest
from inquirylab.batch.plan import Job
from inquirylab.errors import BatchError


def refuse_other_folders(folder: Path) -> None:
    """Raise BatchError if the folder holds something, but no batch."""
    if folder.is_dir() and any(folder.iterdir()):
        marks = ("batch.json", "notebooks", ".batch")
        if not any((folder / mark).exists() for mark in marks):
            cure = "Name a new folder with --out."
            raise BatchError("The folder is not empty and holds no batch", where=str(folder), cure=cure)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".batch").mkdir(exist_ok=True)
    except OSError as e:
        cure = "Name another with --out."
        raise BatchError("The folder cannot be written", where=str(folder), found=e.strerror or "", cure=cure) from e


def prepare(folder: Path, listed: Collection[str]) -> None:
    """Make what a batch's folder holds; remove what an earlier batch made for sites that are no longer listed."""
    from inquirylab.publish.assets import copy_assets

    try:
        _remove_unlisted(folder, listed)
        tidy(folder)
        for part in ("notebooks", "sites"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        copy_assets(folder / "assets")
    except OSError as e:
        cure = "Name another with --out."
        raise BatchError("The folder cannot be written", where=str(folder), found=e.strerror or "", cure=cure) from e


def _remove_unlisted(folder: Path, listed: Collection[str]) -> None:
    try:
        earlier = read_manifest(folder)
    except BatchError:
        return
    for job in earlier.jobs:
        if job.slug not in listed:
            (folder / "sites" / f"{job.slug}.html").unlink(missing_ok=True)
            (folder / "notebooks" / f"{job.slug}.ipynb").unlink(missing_ok=True)


def tidy(folder: Path) -> None:
    """Partial files of processes that died have been replaced or are of no use."""
    for part in folder.glob("*/.*.partial*"):
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink(missing_ok=True)


def around(jobs: Sequence[Job], i: int) -> list[str]:
    """Return what the page of the i-th job says of its neighbours, as text: another neighbour, another page."""
    near = [jobs[k] for k in (i - 1, i + 1) if 0 <= k < len(jobs)]
    return [str(len(jobs)), *(part for job in near for part in (job.name, job.slug))]
