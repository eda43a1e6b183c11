"""One change as bytes on disk: a frame, which a reader can trust or skip but never misread.

::

    magic 4 | format 1 | kind 1 | schema 2 | header length 4 | update length 4 | CRC of both 4 | CRC of the 20 bytes before 4
    header   JSON: who, when, which number, which paths (kind CHANGE); or many such, compressed (kind SNAPSHOT)
    update   the change itself, as Yjs encodes it

The prefix has a checksum of its own, so that a reader in search of the next frame after damage
can tell an honest length from a random one without reading what it promises.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from typing import NamedTuple

from inquirylab.errors import RecordError

MAGIC = b"\x89IQL"
FORMAT = 1
CHANGE, SNAPSHOT = 0, 1
_PREFIX = struct.Struct("<4sBBHIII")
_CRC = struct.Struct("<I")
PREFIX_SIZE = _PREFIX.size + _CRC.size
LARGEST = 1 << 28


class Frame(NamedTuple):
    """One intact frame, as it stands in a file."""

    offset: int
    kind: int
    schema: int
    header: bytes
    update: bytes


@dataclass
class Scan:
    """What a stretch of bytes holds: frames, holes between them, and where a later reading should go on."""

    frames: list[Frame] = field(default_factory=list)
    holes: list[tuple[int, int]] = field(default_factory=list)
    end: int = 0


def pack(header: bytes, update: bytes, *, kind: int = CHANGE, schema: int) -> bytes:
    """Return the bytes of one frame."""
    if len(header) > LARGEST or len(update) > LARGEST:
        raise RecordError(
            "This change is too large to be saved",
            found=f"{len(header) + len(update):,} bytes",
            cure=f"The limit is {LARGEST:,} bytes: attach large things as files.",
        )
    crc = zlib.crc32(update, zlib.crc32(header))
    prefix = _PREFIX.pack(MAGIC, FORMAT, kind, schema, len(header), len(update), crc)
    return b"".join((prefix, _CRC.pack(zlib.crc32(prefix)), header, update))


def scan(data: bytes, base: int = 0) -> Scan:
    """Find every intact frame in `data`, whatever else stands there.

    A stretch that cannot be read is a hole if an intact frame follows, else it is left for a later
    reading: it may be a frame that is only half written. Time and memory are linear in ``len(data)``.

    Parameters
    ----------
    data
        Bytes of a log, from `base` on.
    base
        Offset of the first byte in its file; offsets in the result are offsets in the file.
    """
    found = Scan()
    position = 0
    budget = [4 * len(data) + (1 << 20)]
    while position < len(data):
        frame = _frame_at(data, position, base, budget)
        if frame is None:
            following = _next_frame(data, position + 1, base, budget)
            if following is None:
                break
            found.holes.append((base + position, following.offset))
            frame = following
        found.frames.append(frame)
        position = frame.offset - base + PREFIX_SIZE + len(frame.header) + len(frame.update)
    found.end = base + position
    return found


def _frame_at(data: bytes, position: int, base: int, budget: list[int]) -> Frame | None:
    start = position + PREFIX_SIZE
    if start > len(data) or data[position : position + 4] != MAGIC:
        return None
    _, _, kind, schema, header_length, update_length, crc = _PREFIX.unpack_from(data, position)
    if _CRC.unpack_from(data, start - _CRC.size)[0] != zlib.crc32(data[position : start - _CRC.size]):
        return None
    middle = start + header_length
    end = middle + update_length
    if end > len(data):
        return None
    body = data[start:end]
    if zlib.crc32(body) != crc:
        budget[0] -= len(body)
        return None
    return Frame(base + position, kind, schema, body[:header_length], body[header_length:])


def _next_frame(data: bytes, position: int, base: int, budget: list[int]) -> Frame | None:
    """Return the first intact frame from `position` on; give up when false frames have cost too much reading."""
    while budget[0] > 0:
        position = data.find(MAGIC, position)
        if position < 0:
            return None
        frame = _frame_at(data, position, base, budget)
        if frame is not None:
            return frame
        position += 1
    return None
