"""Ids that last and places in a list: both are words of one alphabet, so that an id is also a place.

An item's id is a ULID (time, then chance), so items stand in the order in which they were added until a
person moves one. A place is a word that sorts between its neighbours; chance at its end keeps two people,
who move different items to the same spot, from choosing the same word.
"""

from __future__ import annotations

import secrets
import threading
import time

ULID = "0123456789abcdefghjkmnpqrstvwxyz"
ALPHABET = "0123456789_abcdefghijklmnopqrstuvwxyz"  # of ids that people choose, too; in the order in which they sort
_BASE = len(ALPHABET)
_VALUE = {c: i for i, c in enumerate(ALPHABET)}
_TIME_DIGITS, _CHANCE_DIGITS = 10, 16
_STEPS = 16


def new_id(milliseconds: int | None = None) -> str:
    """Return a ULID in small letters: 10 digits of time, 16 of chance.

    Ids made by one process sort in the order in which they were made, within one millisecond and under a clock set
    back, too: such an id is the last one and a random step (a forked child takes other steps than its parent).
    """
    if milliseconds is not None:
        return _digits(milliseconds, _TIME_DIGITS, ULID) + chance(_CHANCE_DIGITS)
    return _digits(_last.next(time.time_ns() // 1_000_000), _TIME_DIGITS + _CHANCE_DIGITS, ULID)


class _Last:
    """The number of the last id that this process made."""

    def __init__(self) -> None:
        self.number = 0
        self.lock = threading.Lock()

    def next(self, milliseconds: int) -> int:
        room = len(ULID) ** _CHANCE_DIGITS
        with self.lock:
            fresh = milliseconds * room + secrets.randbelow(room)
            self.number = fresh if fresh > self.number else self.number + 1 + secrets.randbelow(1 << 48)
            return self.number


_last = _Last()


def chance(digits: int) -> str:
    """Return a random word of that many digits."""
    return "".join(secrets.choice(ULID) for _ in range(digits))


def place_between(before: str | None, after: str | None) -> str:
    """Return a word that sorts after `before` and before `after`; either may be missing.

    Examples
    --------
    >>> a, c = new_id(1), new_id(2)
    >>> a < place_between(a, c) < c
    True
    >>> place_between(None, a) < a and c < place_between(c, None)
    True
    """
    low, high = before or "", after
    if high is None or (low and low >= high):  # the same word twice: stand after both rather than fail
        return _beside(low, 1)
    if not low and _number(high) > _STEPS:
        return _beside(high, -1)
    word = _middle(low, high)
    return word + chance(2) + ULID[1 + secrets.randbelow(len(ULID) - 1)] if word else _beside(low, 1)


def _beside(word: str, direction: int) -> str:
    """Return a word a few steps of time after (1) or before (-1) another, which keeps words short."""
    number = _number(word) + direction * (1 + secrets.randbelow(_STEPS))
    if number >= _BASE**_TIME_DIGITS:
        return word + "z" + chance(3)
    return _digits(number, _TIME_DIGITS) + chance(3)


def _number(word: str) -> int:
    number = 0
    for c in word[:_TIME_DIGITS].ljust(_TIME_DIGITS, "0"):
        number = number * _BASE + _VALUE.get(c, 0)
    return number


def _middle(low: str, high: str) -> str:
    """Return the shortest word w with low < w and every continuation of w below high; empty if there is none."""
    word = ""
    bounded = True  # whether `high` still bounds the next digit
    for i in range(len(low) + len(high) + 2):
        a = _VALUE.get(low[i], 0) if i < len(low) else 0
        end = _VALUE.get(high[i], 0) if i < len(high) else 0
        b = end if bounded else _BASE
        if b - a >= 2:
            return word + ALPHABET[(a + b) // 2]
        word += ALPHABET[a]
        bounded = bounded and b <= a
    return ""


def _digits(number: int, width: int, alphabet: str = ALPHABET) -> str:
    out = ""
    for _ in range(width):
        number, digit = divmod(number, len(alphabet))
        out = alphabet[digit] + out
    return out
