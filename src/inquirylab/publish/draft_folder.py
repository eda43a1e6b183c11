"""A publication comes into being in a draft beside its place, and takes the place only when it is whole and clean."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inquirylab.errors import ReportError

MARK = "publication.json"
"""The file by which a folder is known as one of our publications."""


def refuse_place(dest: Path, out: Path, ledger: Path) -> None:
    """Raise ReportError where a publication must not stand: among other files, inside the formative report or around it."""
    place, formative = dest.resolve(), out.resolve()
    if place == formative or formative in place.parents:
        raise ReportError("A publication cannot stand inside the formative report", where=str(dest),
                          cure="Name a folder of its own, for example public.")  # fmt: skip
    if place in ledger.resolve().parents or place in formative.parents:
        raise ReportError("The formative report and its ledger would stand inside the publication", where=str(dest),
                          cure="Name a folder of its own, for example public.")  # fmt: skip
    if dest.exists() and not dest.is_dir():
        raise ReportError("The publication needs a folder", where=str(dest), found="a file", cure="Name another place.")
    if dest.is_dir() and any(dest.iterdir()) and not (dest / MARK).is_file():
        raise ReportError("The folder is not empty and holds no publication", where=str(dest),
                          cure="Name a new folder: what stands there is not overwritten.")  # fmt: skip


@contextmanager
def draft_folder(dest: Path) -> Iterator[Path]:
    """Give a new folder beside `dest`; it is removed at the end if nobody put it in place."""
    place = dest.resolve()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{place.name}.draft-", dir=place.parent))
    except OSError as e:
        raise ReportError("The publication's place cannot be written", where=str(place.parent), found=e.strerror or "",
                          cure="Name another with --publish.") from e  # fmt: skip
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def put_folder_in_place(draft: Path, dest: Path) -> None:
    """Let a finished draft take the place of an earlier publication."""
    place = dest.resolve()
    umask = os.umask(0)
    os.umask(umask)
    draft.chmod(0o777 & ~umask)  # a temporary folder is for its owner alone; a publication is for readers
    if place.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{place.name}.old-", dir=place.parent))
        place.rename(old / "old")
        try:
            draft.rename(place)
        except OSError:
            (old / "old").rename(place)
            raise
        finally:
            shutil.rmtree(old, ignore_errors=True)
    else:
        draft.rename(place)
