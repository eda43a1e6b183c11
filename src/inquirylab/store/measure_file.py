"""A measure as a file: the answers to the measure form, as TOML."""

from __future__ import annotations

from pathlib import Path

from inquirylab.definitions import load_form, read_toml
from inquirylab.errors import DataError, InquiryError
from inquirylab.record.answers import typed
from inquirylab.record.types import Measure


def read_measure(path: str | Path) -> Measure:
    """Read a measure file.

    Raises
    ------
    DataError
        The file is missing or cannot be read; its answers do not fit the measure form.
    """
    path = Path(path)
    try:
        content = path.read_bytes()
    except OSError as e:
        raise DataError(
            "The measure file cannot be read",
            where=str(path),
            found=e.strerror or "",
            cure="Check its name: a measure is a .toml file.",
        ) from e
    try:
        measure = typed(load_form("measure"), read_toml(content, str(path)), str(path))
    except DataError:
        raise
    except InquiryError as e:
        raise DataError(e.what, where=e.where, found=e.found, cure=e.cure) from e
    if not measure.name:
        raise DataError(
            "The measure has no name", where=str(path), cure='Add a line such as: name = "Attendance rate".'
        )
    return measure  # type: ignore[no-any-return]
