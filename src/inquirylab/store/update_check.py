"""Whether the bytes of a change are one of the few shapes that a record is made of.

A folder is open to many hands and a log may come from anywhere. The decoder below us trusts lengths and
nesting: one crafted change can exhaust memory or the stack. So each update is read through once, before it
is applied: strings, deletions and gaps are let in, everything else is refused. The encoding is that of
Yjs (version 1): clients, each with structs; then the set of deletions.
"""

from __future__ import annotations

LARGEST_CLOCK = 1 << 40
_GAP, _DELETED, _STRING, _ANY, _SKIP = 0, 1, 4, 8, 10
_ANY_STRING = 0x77


def is_safe(update: bytes) -> bool:
    r"""Return whether `update` can be handed to the decoder.

    Examples
    --------
    >>> is_safe(b"\x00\x00")
    True
    >>> is_safe(b"\xff\xff\xff\xff\x0f")
    False
    """
    try:
        end = _deletions(update, _structs(update))
    except (IndexError, ValueError):
        return False
    return end == len(update)


def reach(update: bytes) -> dict[int, int]:
    """Return, for each client that a safe update names, the clock up to which its edits must be known to take it in."""
    ends: dict[int, int] = {}
    _deletions(update, _structs(update, ends), ends)
    return ends


def clocks(state: bytes) -> dict[int, int]:
    """Return the clock of each client in a document's state."""
    count, at = _number(state, 0)
    out = {}
    for _ in range(count):
        client, at = _number(state, at)
        out[client], at = _number(state, at)
    return out


def _number(data: bytes, at: int) -> tuple[int, int]:
    value = data[at]
    at += 1
    if value < 0x80:
        return value, at
    value &= 0x7F
    shift = 7
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            break
        shift += 7
        if shift > 56:
            raise ValueError
    if value > 1 << 53:
        raise ValueError
    return value, at


def _length(data: bytes, at: int) -> tuple[int, int]:
    value, at = _number(data, at)
    if value > LARGEST_CLOCK:
        raise ValueError
    return value, at


def _string(data: bytes, at: int) -> int:
    length, at = _number(data, at)
    if at + length > len(data):
        raise ValueError
    return at + length


def _structs(data: bytes, ends: dict[int, int] | None = None) -> int:
    clients, at = _number(data, 0)
    for _ in range(_plausible(clients, data, at)):
        structs, at = _number(data, at)
        client, at = _number(data, at)
        clock, at = _length(data, at)
        for _ in range(_plausible(structs, data, at)):
            info = data[at]
            at += 1
            if info in (_GAP, _SKIP):
                length, at = _length(data, at)
            else:
                length, at = _item(data, at, info, ends is not None)
            clock += length
        if ends is not None:
            ends[client] = max(clock, ends.get(client, 0))
    return at


def _plausible(count: int, data: bytes, at: int) -> int:
    if count > len(data) - at:
        raise ValueError
    return count


def _item(data: bytes, at: int, info: int, measured: bool) -> tuple[int, int]:
    """Return the length of an item (of a text only where it is `measured`) and where it ends."""
    for flag in (0x80, 0x40):
        if info & flag:
            _, at = _number(data, at)
            _, at = _length(data, at)
    if not info & 0xC0:
        named = data[at]
        at += 1
        if named != 1:  # only roots are parents here: a nested type made by two writers would lose one side
            raise ValueError
        at = _string(data, at)
        if info & 0x20:
            at = _string(data, at)
    content = info & 0x1F
    if content == _STRING:
        end = _string(data, at)
        return (_units(data[_number(data, at)[1] : end]) if measured else 0), end
    if content == _DELETED:
        return _length(data, at)
    if content != _ANY:
        raise ValueError
    values, at = _number(data, at)
    for _ in range(_plausible(values, data, at)):
        if data[at] != _ANY_STRING:
            raise ValueError
        at = _string(data, at + 1)
    return values, at


def _units(text: bytes) -> int:
    """Return a text's length as clocks count it: in UTF-16 units."""
    return len(text.decode("utf-8", "replace").encode("utf-16-le", "replace")) // 2


def _deletions(data: bytes, at: int, ends: dict[int, int] | None = None) -> int:
    clients, at = _number(data, at)
    for _ in range(_plausible(clients, data, at)):
        client, at = _number(data, at)
        ranges, at = _number(data, at)
        for _ in range(_plausible(ranges, data, at)):
            clock, at = _length(data, at)
            length, at = _length(data, at)
            if ends is not None:
                ends[client] = max(clock + length, ends.get(client, 0))
    return at
