"""``record.json`` and ``record.md``: written anew after changes, replaced whole, never read back as truth."""

from __future__ import annotations

import os
from pathlib import Path

from inquirylab.store.log import SUFFIX

JSON, MARKDOWN = "record.json", "record.md"


def write(folder: Path, writer: str, name: str, content: str) -> bool:
    """Replace a derived file; return False where the folder cannot be written.

    Readers see the old file or the new one, whole; two writers who replace it together leave one of theirs.
    """
    draft = folder / f".{name}.{writer}.tmp"
    try:
        draft.write_text(content, encoding="utf-8")
        os.replace(draft, folder / name)
    except OSError:
        return False
    return True


def sweep(folder: Path, older_than: float, now: float) -> None:
    """Remove drafts that a crashed process left behind more than `older_than` seconds ago."""
    for place in (folder, folder / "record"):
        try:
            drafts = [n for n in os.listdir(place) if n.startswith(".") and n.endswith(".tmp")
                      and (".record." in n or SUFFIX in n)]
            for name in drafts:
                if now - (place / name).stat().st_mtime > older_than:
                    (place / name).unlink(missing_ok=True)
        except OSError:
            continue
