"""Private answers stay with their author: in the author's own data directory, never in the inquiry's folder."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from inquirylab.errors import RecordError
from inquirylab.store.identity import chance


def place() -> Path:
    """Return the folder of private answers; INQUIRYLAB_PRIVATE names another."""
    named = os.environ.get("INQUIRYLAB_PRIVATE")
    if named:
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "inquirylab" / "private"
    return Path(os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local" / "share"))) / "inquirylab" / "private"


def answers(inquiry_id: str, author: str) -> dict[str, Any]:
    """Return the private answers of one author in one inquiry."""
    try:
        found = json.loads(_file(inquiry_id).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    mine = found.get(author) if isinstance(found, dict) else None
    return mine if isinstance(mine, dict) else {}


def keep(inquiry_id: str, author: str, path: str, value: Any) -> None:
    """Keep a private answer; None removes it."""
    file = _file(inquiry_id)
    try:
        everyone = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    except (OSError, ValueError):
        everyone = {}
    mine = everyone.setdefault(author, {})
    if value is None:
        mine.pop(path, None)
    else:
        mine[path] = value
    draft = file.with_name(f".{file.name}.{chance(6)}.tmp")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(everyone, ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(file)
    except OSError as e:
        raise RecordError("The private answer could not be saved", where=str(file), found=e.strerror or "") from e


def _file(inquiry_id: str) -> Path:
    return place() / f"{''.join(c for c in inquiry_id if c.isalnum())[:40] or 'inquiry'}.json"
