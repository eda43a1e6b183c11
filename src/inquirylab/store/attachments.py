"""Photos of boards, student work, forms: kept in ``data/attachments`` under the digest of their content."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from inquirylab.errors import RecordError
from inquirylab.store.new_file import write_new

FOLDER = Path("data") / "attachments"
LARGEST = 200 * 1024 * 1024
_NAME = re.compile(r"[0-9a-f]{32}(\.[a-z0-9]{1,8})?")


def keep(inquiry: Path, file: str | Path) -> str:
    """Copy a file into an inquiry and return the name that the record keeps.

    Raises
    ------
    RecordError
        The file cannot be read, is too large, or the folder cannot be written.
    """
    source = Path(file)
    try:
        if source.stat().st_size > LARGEST:
            raise RecordError(
                "The file is too large to be attached",
                where=str(source),
                found=f"{source.stat().st_size:,} bytes",
                cure=f"The limit is {LARGEST:,} bytes.",
            )
        content = source.read_bytes()
    except OSError as e:
        raise RecordError("The file cannot be read", where=str(source), found=e.strerror or "") from e
    ending = source.suffix.lower()
    name = hashlib.sha256(content).hexdigest()[:32] + (ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else "")
    target = inquiry / FOLDER / name
    try:
        if not target.exists():
            write_new(target, content)
    except OSError as e:
        raise RecordError("The file could not be attached", where=str(target.parent), found=e.strerror or "") from e
    return name


def path_of(inquiry: Path, name: str) -> Path | None:
    """Return where an attachment is; None if the record holds no such name or the file is missing."""
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        return None
    path = inquiry / FOLDER / name
    return path if path.is_file() else None
