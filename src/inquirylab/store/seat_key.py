"""The key from seats to children, if a team has one: it stays outside every inquiry, and is read only to find names."""

from __future__ import annotations

import os
import re
from pathlib import Path

from inquirylab.errors import RecordError
from inquirylab.store.private import place

VARIABLE = "INQUIRYLAB_KEY"


def names(inquiry_id: str, folder: Path) -> list[str]:
    """Return the names in this person's key: the file that INQUIRYLAB_KEY names, else ``<inquiry>.key.csv`` among private answers.

    Raises
    ------
    RecordError
        The key lies inside the folder of the inquiry, or cannot be read.
    """
    named = os.environ.get(VARIABLE)
    word = "".join(c for c in inquiry_id if c.isalnum())[:40] or "inquiry"
    path = Path(named) if named else place() / f"{word}.key.csv"
    if not path.is_file():
        return []
    if folder.resolve() in path.resolve().parents:
        raise RecordError(
            "The key of seats and names lies inside the inquiry",
            where=path.name,
            cure=f"Move it out of the folder, and let {VARIABLE} name it.",
        )
    return read_names(path)


def names_and_problem(inquiry_id: str, folder: Path) -> tuple[list[str], str]:
    """Return the names in this person's key, and why they cannot be had; empty where nothing is wrong."""
    try:
        return names(inquiry_id, folder), ""
    except RecordError as e:
        return [], str(e)


def read_names(path: Path) -> list[str]:
    """Return the names in a key file: a column called name, or else every entry that is no code.

    A code has a digit in it; a name has none.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as e:
        raise RecordError("The key of seats cannot be read", where=path.name, found=str(e)[:100]) from e
    lines = [[c.strip().strip('"') for c in re.split(r"[,;\t]", line)] for line in text.splitlines() if line.strip()]
    head = [c.casefold() for c in lines[0]] if lines else []
    wanted = [k for k, cell in enumerate(head) if "name" in cell]
    cells = [c for line in lines[1 if wanted else 0 :] for k, c in enumerate(line) if not wanted or k in wanted]
    return [c for c in cells if len(c) > 2 and not any(d.isdigit() for d in c)]
