"""What a person really changed in a text, and the same change made to what the text has become since.

A view hands over a whole text and the text it was typed over. Only the difference between the two is an
edit; everything else in the current text is somebody's words and stays.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_TOO_MANY = 400_000


class Edit(NamedTuple):
    """Replace ``text[start:end]`` by `new`."""

    start: int
    end: int
    new: str


def edits(base: str, value: str) -> list[Edit]:
    """Return what turns `base` into `value`, in order, without overlap.

    Examples
    --------
    >>> edits("pupils are late", "many pupils are often late")
    [Edit(start=0, end=0, new='many '), Edit(start=10, end=10, new=' often')]
    """
    return [Edit(a, b, value[c:d]) for a, b, c, d in _trimmed(base, value)]


def rebase(changes: list[Edit], base: str, current: str) -> list[Edit]:
    """Return `changes`, which were made to `base`, as changes to `current`.

    What both removed is removed once; what only the other side added stays.
    """
    if base == current:
        return changes
    blocks = _blocks(base, current)
    out = []
    for start, end, new in changes:
        at = _place(blocks, start)
        gone = [(b + max(start, a) - a, b + min(end, a + n) - a) for a, b, n in blocks if a < end and a + n > start]
        if not gone:
            out.append(Edit(at, at, new))
        for i, (first, last) in enumerate(gone):
            out.append(Edit(first, last, new if i == 0 else ""))
    return [e for e in out if e.new or e.end > e.start]


def merged(base: str, value: str, current: str) -> str:
    """Return `current` with the edits that lead from `base` to `value`.

    Examples
    --------
    >>> merged("pupils are late", "pupils are often late", "Most pupils are late")
    'Most pupils are often late'
    """
    if value == current:
        return current
    return apply(rebase(edits(base, value), base, current), current)


def apply(changes: list[Edit], text: str) -> str:
    """Return `text` after `changes`."""
    for start, end, new in reversed(changes):
        text = text[:start] + new + text[end:]
    return text


def union(ours: str, theirs: str) -> str:
    r"""Return a text that holds every line of both, where no common ancestor is known.

    Examples
    --------
    >>> union("a\nb\n", "a\nc\n")
    'a\nb\nc\n'
    """
    return apply(additions(ours, theirs), ours)


def additions(ours: str, theirs: str) -> list[Edit]:
    r"""Return what must be put into `ours` to make it their :func:`union`; nothing of it is taken away.

    Examples
    --------
    >>> additions("a\nb\n", "a\nc\n")
    [Edit(start=4, end=4, new='c\n')]
    >>> additions("pupils are late", "Here pupils are late.")
    [Edit(start=0, end=0, new='Here '), Edit(start=15, end=15, new='.')]
    """
    if theirs in ours:
        return []
    if ours in theirs:
        before, _, after = theirs.partition(ours) if ours else ("", "", theirs)
        return [Edit(at, at, new) for at, new in ((0, before), (len(ours), after)) if new]
    mine, other = _LINES.findall(ours), _LINES.findall(theirs)
    out = []
    for tag, _, b, c, d in SequenceMatcher(None, mine, other, autojunk=False).get_opcodes():
        if tag in ("insert", "replace"):
            at = sum(map(len, mine[:b]))
            new = "".join(other[c:d])
            if at and not ours[:at].endswith("\n"):
                new = "\n" + new
            elif at < len(ours) and not new.endswith("\n"):
                new += "\n"
            out.append(Edit(at, at, new))
    return out


def _common(a: str, b: str) -> int:
    limit = min(len(a), len(b))
    n = 0
    while n < limit and a[n] == b[n]:
        n += 1
    return n


def _blocks(base: str, current: str) -> list[tuple[int, int, int]]:
    """Return the stretches that both have: (start in base, start in current, length)."""
    out = []
    at_base = at_current = 0
    for a, b, _, d in [*_trimmed(base, current), (len(base), len(base), len(current), len(current))]:
        if a > at_base:
            out.append((at_base, at_current, a - at_base))
        at_base, at_current = b, d
    return out


def _place(blocks: list[tuple[int, int, int]], position: int) -> int:
    """Return where a boundary of base stands in current: after the character that stood before it, if that is left."""
    at = 0
    for a, b, n in blocks:
        if a < position <= a + n:
            return b + position - a
        if a + n < position:
            at = b + n
        elif a == position and position == 0:
            return b
    return at


def _trimmed(a: str, b: str) -> list[tuple[int, int, int, int]]:
    """Return the differences; where one word became another, without what both words begin or end with."""
    out = []
    for i, j, k, m in _differences(a, b):
        if any(c.isspace() for c in a[i:j] + b[k:m]):
            out.append((i, j, k, m))
            continue
        left = _common(a[i:j], b[k:m])
        right = _common(a[i + left : j][::-1], b[k + left : m][::-1])
        out.append((i + left, j - right, k + left, m - right))
    return out


def _differences(a: str, b: str) -> list[tuple[int, int, int, int]]:
    """Return (start, end in a, start, end in b) of what differs, by words where that is quick, else by lines."""
    if a == b:
        return []
    left = _common(a, b)
    right = _common(a[left:][::-1], b[left:][::-1])
    while left and left < max(len(a), len(b)) and a[left - 1].isalnum():  # never cut through a word
        left -= 1
    while right and a[len(a) - right].isalnum():
        right -= 1
    middle_a, middle_b = a[left : len(a) - right], b[left : len(b) - right]
    for pattern in (_WORDS, _LINES):
        one, two = pattern.findall(middle_a), pattern.findall(middle_b)
        if len(one) * len(two) <= _TOO_MANY:
            return _by_tokens(one, two, left)
    return [(left, len(a) - right, left, len(b) - right)]


def _by_tokens(one: list[str], two: list[str], offset: int) -> list[tuple[int, int, int, int]]:
    starts = [_starts(one, offset), _starts(two, offset)]
    opcodes = SequenceMatcher(str.isspace, one, two, autojunk=False).get_opcodes()
    return [(starts[0][i], starts[0][j], starts[1][k], starts[1][m]) for tag, i, j, k, m in opcodes if tag != "equal"]


def _starts(tokens: list[str], offset: int) -> list[int]:
    out = [offset]
    for t in tokens:
        out.append(out[-1] + len(t))
    return out
