"""Codes of sites that lost their zeros in front, as a spreadsheet program makes them: ``0012`` became ``12``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from inquirylab.store.site_data.recognising import Column

MOST_SHARE = 0.8  # of codes that have the full width, for the others to be taken for shortened ones


def full_width(site: Column, others: Sequence[Column]) -> tuple[int, str] | None:
    """Return the digits that codes of sites have in full, and what shows it; ``None`` if none seem lost.

    Another column that writes the same codes in full shows it best; then codes that kept their zeros beside shorter
    ones; then a few shorter codes among many of one width.
    """
    texts = [t for t in site.codes.texts if t] if site.codes else []
    widths = Counter(map(len, texts))
    if not texts or not all(t.isascii() and t.isdigit() for t in texts):
        return None
    for other in others:
        width = _width_beside(site, other)
        if width and width > min(widths):
            return width, f"{other.name!r} writes the same codes with {width} digits"
    width = max(widths)
    if len(widths) == 1 or width < 3:
        return None
    kept = next((t for t in texts if t.startswith("0") and len(t) == width), None)
    if kept:
        return width, f"{kept!r} kept its zeros and {min(texts, key=len)!r} is shorter"
    if len(texts) >= 5 and widths[width] >= MOST_SHARE * len(texts):
        return width, f"most have {width} digits and {min(texts, key=len)!r} is shorter"
    return None


def _width_beside(site: Column, other: Column) -> int | None:
    """Return the one width of a column that in each row is the site's code with zeros in front."""
    if other is site or other.codes is None or site.codes is None:
        return None
    widths = {len(t) for t in other.codes.texts if t}
    if len(widths) != 1:
        return None
    width = widths.pop()
    pairs = np.unique(np.stack([site.codes.codes, other.codes.codes]), axis=1).T
    both = [(site.codes.texts[a], other.codes.texts[b]) for a, b in pairs]
    return width if all(a.zfill(width) == b for a, b in both if a and b) else None
