"""A team's own data files: kept in the inquiry's ``data/`` folder, never overwritten."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from inquirylab.errors import DataError
from inquirylab.store.new_file import write_new
from inquirylab.store.site_data.files import ENDINGS

FOLDER = "data"
LONGEST = 80


def keep_data(inquiry: Path, name: str, content: bytes) -> str:
    """Write a file into the data folder and return the name under which it is kept.

    The same content under the same name is kept once; other content under a name that is taken gets part of its digest
    into its name.

    Raises
    ------
    DataError
        The file is empty, of a kind that is not read here, or the folder cannot be written.
    """
    ending = Path(name).suffix.casefold()
    if ending not in ENDINGS:
        raise DataError(
            "A file of this kind cannot be read as data",
            where=name[:120],
            found=ending or "no ending",
            cure="Save it as CSV or as an Excel workbook (.xlsx), and drop that in.",
        )
    if not content:
        raise DataError("The file is empty", where=name[:120], cure="Export it again.")
    folder, plain = inquiry / FOLDER, safe_name(name)
    digest = hashlib.sha256(content).hexdigest()[:8]
    for called in (plain, f"{Path(plain).stem}-{digest}{ending}"):
        target = folder / called
        if target.exists():
            if target.is_file() and target.read_bytes() == content:
                return called
            continue
        if _put(target, content):
            return called
    raise DataError("A file of this name is there already", where=plain, cure="Give the file another name.")


def _put(target: Path, content: bytes) -> bool:
    try:
        return write_new(target, content)
    except OSError as e:
        raise DataError("The file could not be kept", where=target.name, found=e.strerror or "") from e


def safe_name(name: str) -> str:
    r"""Return a file name that every system can hold and no pattern can mistake.

    Examples
    --------
    >>> safe_name("C:\\week 3\\../späte*Ankunft?.CSV")
    'späte Ankunft.csv'
    >>> safe_name("....csv")
    'data.csv'
    """
    last = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    stem, ending = Path(last).stem, Path(last).suffix.casefold()
    words = re.sub(r"[^\w.,()+=@ -]+", " ", stem).strip(" .-_")
    return (re.sub(r"\s+", " ", words)[:LONGEST].strip() or "data") + ending


def data_files(inquiry: Path) -> list[Path]:
    """Return the data files of an inquiry, in the order of their names."""
    folder = inquiry / FOLDER
    if not folder.is_dir():
        return []
    return sorted(
        p for p in folder.iterdir() if p.suffix.casefold() in ENDINGS and p.is_file() and p.name[0] not in ".~"
    )


def stamp(files: Iterable[Path]) -> tuple[tuple[str, int, int], ...]:
    """Return what changes when a file does: its name, size and time."""
    found = []
    for path in files:
        try:
            state = path.stat()
        except OSError:
            continue
        found.append((path.name, state.st_size, state.st_mtime_ns))
    return tuple(found)
