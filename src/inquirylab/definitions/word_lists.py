"""Lists of words and limits that `check` goes by, from ``words/*.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from inquirylab.definitions.loader import read_toml


@cache
def limits() -> Mapping[str, Any]:
    """Return the numbers of ``words/limits.toml``."""
    return _read("limits")


@cache
def prompt_words(language: str, name: str) -> re.Pattern[str]:
    """Return a pattern for the words of one list in ``words/prompts.toml``; English where a language has none.

    Examples
    --------
    >>> bool(prompt_words("en", "deficit").search("pupils lacking motivation"))
    True
    """
    lists = _read("prompts")
    words = lists.get(language, lists["en"]).get(name, lists["en"][name])
    forms = sorted((re.escape(w[:-1]) + r"\w*" if w.endswith("*") else re.escape(w) for w in words), key=len)
    return re.compile(rf"(?<!\w)(?:{'|'.join(reversed(forms))})(?!\w)", re.IGNORECASE)


@cache
def name_words(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that look like names and are none, and the verbs that follow a name; of ``words/names.toml``.

    A language without lists has none: there, only a key file finds names.
    """
    lists = _read("names").get(language, {})
    return frozenset(w.casefold() for w in lists.get("not_names", ())), frozenset(lists.get("did", ()))


def _read(name: str) -> Mapping[str, Any]:
    path = files("inquirylab.definitions") / "words" / f"{name}.toml"
    return read_toml(path.read_bytes(), f"definitions/words/{name}.toml")
