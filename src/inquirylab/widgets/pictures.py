"""Attached pictures, as addresses that hold them whole: for a view that asks, and for output that needs no kernel."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

LARGEST_SHOWN = 8 * 1024 * 1024
LARGEST_STILL = 2 * 1024 * 1024
ALL_STILL = 6 * 1024 * 1024


def as_address(path: Path | None, largest: int = LARGEST_SHOWN) -> str:
    """Return a picture as a ``data:`` address; empty where there is none, it is larger, or it is of another kind.

    What it is says its content, not its name: PNG, JPEG, GIF, WebP. SVG is no picture here, because it can hold scripts.
    """
    try:
        if path is None or path.stat().st_size > largest:
            return ""
        content = path.read_bytes()
    except OSError:
        return ""
    kind = kind_of(content)
    return f"data:{kind};base64,{base64.b64encode(content).decode()}" if kind else ""


def kind_of(content: bytes) -> str:
    """Return the media type of a picture by its first bytes; empty for anything else.

    Examples
    --------
    >>> kind_of(b"GIF89a...")
    'image/gif'
    >>> kind_of(b"<svg onload='...'>")
    ''
    """
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    return "image/webp" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else ""


def still(where: Callable[[str], Path | None]) -> Callable[[str], str]:
    """Return what gives the pictures of one output, from a name in the record: none too large, and not too many.

    A notebook keeps its output, so that a few photographs would make it too large to open.
    """
    left = ALL_STILL

    def picture(name: str) -> str:
        nonlocal left
        address = as_address(where(name), min(LARGEST_STILL, left))
        left -= len(address) * 3 // 4
        return address

    return picture
