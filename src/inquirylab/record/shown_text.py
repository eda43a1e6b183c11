"""Words of people as they leave the record for a page, a drawing, a table or a terminal: all of them, and nothing else.

Some characters are no words: those that turn the direction of whatever follows, also beyond the text that holds them,
and those that drive a terminal or that XML forbids. The record keeps them; what is made from it for reading does not.
Hebrew or Arabic needs none of them: letters know their direction, and the marks for one place (U+200E, U+200F) stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

#: What names something else where it is shown, and how long a name is drawn at most.
NAMING = frozenset(
    {"title", "label", "name", "words", "sentence", "what", "message", "cure", "untested", "detail", "note"}
)
LONGEST_NAME = 300
_TURNS = "\u202a-\u202e\u2066-\u2069"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff"
_GONE = re.compile(f"[{_TURNS}{_CONTROLS}]")
_SIGNS = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>#|~$!&"})
_BEGINS = re.compile(r"^(?:([-+=:])|(\d{1,9})([.)]))(?= |$|[-=])")  # a list, a rule, a heading


def readable(text: str) -> str:
    r"""Return a text without what turns its neighbours, drives a terminal or is forbidden in XML.

    Examples
    --------
    >>> readable("late \u202e\x1b[31mon Mondays")
    'late [31mon Mondays'
    """
    return _GONE.sub("", text)


def brief(text: str, most: int = LONGEST_NAME) -> str:
    """Return a text as it names something: readable, and cut where it is longer than a name; its own field holds it all.

    Examples
    --------
    >>> brief("late on Mondays", 8)
    'late on…'
    """
    words = readable(text)
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def for_display(value: Any, key: str = "") -> Any:
    """Return plain data as a view shows it: every text readable, what names something brief."""
    if isinstance(value, str):
        return brief(value) if key in NAMING else readable(value)
    if isinstance(value, Mapping):
        return {k: for_display(v, str(k)) for k, v in value.items()}
    return [for_display(v, key) for v in value] if isinstance(value, (list, tuple)) else value


def in_markdown(text: str) -> str:
    r"""Return a text on one line in which nothing is markup, for Markdown or for HTML or for a typesetter of formulas.

    Examples
    --------
    >>> in_markdown("*Late* <b>")
    '\\*Late\\* \\<b\\>'
    >>> in_markdown("1. Monday")
    '1\\. Monday'
    """
    words = " ".join(readable(text).translate(_SIGNS).split())
    return _BEGINS.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", words)


def lines_in_markdown(text: str) -> list[str]:
    """Return a text line by line, as :func:`in_markdown` returns one; no line begins a list, a heading or a table."""
    return [in_markdown(line) for line in text.splitlines()] or [""]


def in_cell(text: str) -> str:
    """Return a text as a cell that no spreadsheet takes for a formula.

    Examples
    --------
    >>> in_cell("=1+1"), in_cell("late")
    ("'=1+1", 'late')
    """
    words = readable(text)
    return f"'{words}" if words.lstrip()[:1] in tuple("=+-@＝＋－＠") or words[:1] in ("\t", "\r", "\n") else words
