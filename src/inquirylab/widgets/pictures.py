"""Attached pictures as views and pages show them: whole, in an address of their own, so that nothing else is loaded."""

from __future__ import annotations

import base64
import mimetypes

from inquirylab.widgets.live import Inquiry

LARGEST_PICTURE = 8 * 1024 * 1024
KINDS = ("image/png", "image/jpeg", "image/webp")


def picture(inquiry: Inquiry, name: str) -> str:
    """Return an attached picture as an address that holds it whole; empty where there is none."""
    kind = mimetypes.guess_type(name)[0] or ""
    path = inquiry.attachment(name) if name and kind in KINDS else None
    if path is None or path.stat().st_size > LARGEST_PICTURE:
        return ""
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
