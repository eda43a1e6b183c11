"""Who allowed groups below five to be published: recorded, printed with the methods, kept in the ledger."""

from __future__ import annotations

import tomllib
from pathlib import Path

from inquirylab.errors import PrivacyError
from inquirylab.privacy.policy import FLOOR, Policy

FIELDS = {"who": "Who decided it", "when": "When", "why": "Why"}
LEAST_WORDS = 2


def read_authority(path: Path) -> dict[str, str]:
    """Read an authority: a TOML file with who, when and why.

    Raises
    ------
    PrivacyError
        One of the three is missing.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise PrivacyError("The authority cannot be read", where=str(path), found=str(problem)[:200],
                           cure='Write who = "…", when = 2026-11-22, why = "…".') from problem  # fmt: skip
    found = {field: " ".join(str(data.get(field, "")).split()) for field in FIELDS}
    missing = [field for field, words in found.items() if not words]
    if missing:
        raise PrivacyError(f"The authority does not say {', '.join(missing)}", where=str(path),
                           cure='Write who = "…", when = 2026-11-22, why = "…".')  # fmt: skip
    return found


def policy_of(min_n: int, zeros: str, authority: dict[str, str]) -> Policy:
    """Return the rules of a publication; below five only with an authority."""
    if min_n < FLOOR and not authority:
        raise PrivacyError(
            f"Groups below {FLOOR} are published only where an authority is recorded",
            found=f"--min-n {min_n}",
            cure="Write who, when and why into a TOML file and name it with --authority FILE, or raise --min-n.",
        )
    said = "; ".join(f"{field}: {words}" for field, words in authority.items()) if min_n < FLOOR else None
    return Policy(min_n, zeros, said)
