"""A file of the team's, written whole or not at all, and never over another."""

from __future__ import annotations

import os
from pathlib import Path

from inquirylab.store.identity import chance


def write_new(target: Path, content: bytes) -> bool:
    """Write a new file and its folder; False where there is a file of that name already.

    Raises
    ------
    OSError
        The folder cannot be written.
    """
    draft = target.with_name(f".{chance(8)}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("xb") as f:
            f.write(content)
            f.flush()
            os.fsync(f.fileno())
        try:
            os.link(draft, target)  # fails where there is a file already, and so never overwrites
        except FileExistsError:
            raise
        except OSError:  # a file system without links: the name is taken first, then the content put in its place
            target.open("xb").close()
            draft.replace(target)
        return True
    except FileExistsError:
        return False
    finally:
        draft.unlink(missing_ok=True)
