"""The examples that come with inquirylab, and copies of them to work with."""

from __future__ import annotations

import shutil
from pathlib import Path

from inquirylab.errors import TemplateError, did_you_mean
from inquirylab.templates import shipped


def copy_example(name: str, folder: str | Path) -> Path:
    """Copy an example into a folder and return the folder; files that are there already are kept.

    Raises
    ------
    TemplateError
        There is no such example, or the folder cannot be written.
    """
    source, target = shipped("examples") / name, Path(folder)
    if not source.is_dir():
        raise TemplateError(
            f"There is no example {name!r}", cure=did_you_mean(name, (p.name for p in shipped("examples").iterdir()))
        )
    try:
        for file in sorted(p for p in source.rglob("*") if p.is_file()):
            copy = target / file.relative_to(source)
            if not copy.exists():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)
    except OSError as e:
        raise TemplateError(
            "The folder cannot be written", where=str(folder), found=e.strerror or "", cure="Name another folder."
        ) from e
    return target
