"""Names of sites as names of files: short, plain, inside their folder on every system, and never two alike. PURE."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

LONGEST = 60
# Windows keeps these for devices, with any ending.
RESERVED = {"con", "prn", "aux", "nul", *(f"com{i}" for i in range(10)), *(f"lpt{i}" for i in range(10)), "index"}


def slugs(names: Iterable[str]) -> dict[str, str]:
    """Return a slug for each name, all different, also on systems that ignore case.

    Examples
    --------
    >>> slugs(["Bristol, City of", "../../etc/x", "CON"])
    {'Bristol, City of': 'bristol-city-of', '../../etc/x': 'etc-x', 'CON': 'site-con'}
    """
    out: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        plain = slug(name)
        if plain in taken:
            plain = f"{plain[: LONGEST - 9]}-{_digest(name)}"
        taken.add(plain)
        out[name] = plain
    return out


def slug(name: str) -> str:
    """Return a name in letters a to z, digits and hyphens; a digest where too little of it would be left.

    Examples
    --------
    >>> slug("Zürich Süd"), slug("😀")[:5]
    ('zurich-sud', 'site-')
    """
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    if len(plain) > LONGEST:
        plain = f"{plain[: LONGEST - 9].rstrip('-')}-{_digest(name)}"
    if not plain:
        return f"site-{_digest(name)}"
    return f"site-{plain}" if plain in RESERVED else plain


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
