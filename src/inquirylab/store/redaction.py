"""Really remove a text, such as a child's name: from every answer, every log and what was kept of the past.

What is left is a stone: who removed something, when, why and from how many places. A stone never says what.
"""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from inquirylab.errors import RecordError
from inquirylab.store.change import Change
from inquirylab.store.compaction import _whole, remove, take, write_merged
from inquirylab.store.edit_time import edit_time
from inquirylab.store.entry import Entry
from inquirylab.store.frame import Frame
from inquirylab.store.identity import new_id
from inquirylab.store.log import log_names
from inquirylab.store.migration import SCHEMA
from inquirylab.store.name_pattern import NamePattern
from inquirylab.store.record_store import Header, headers_of
from inquirylab.store.team_record import STONES, TeamRecord
from inquirylab.store.text_merge import Edit

MARK = "[redacted]"
UNREADABLE = (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, zlib.error, EOFError)
MOST_UNPACKED = 100 * 2**20


def redact(record: TeamRecord, text: str, why: str) -> int:
    """Remove `text` from the record, in each form that is the same to people, and return from how many places.

    The forms are those of :class:`inquirylab.store.name_pattern.NamePattern`; :func:`close_matches` names what is near.

    Raises
    ------
    RecordError
        The text is empty or stands in the reason; or some bytes of it could not be removed, and which.
    """
    if len(text.strip()) < 2:
        raise RecordError("This text is too short to be redacted", found=repr(text))
    name = NamePattern(text, MARK)
    if name.stands_in(why) or name.stands_in(record.author) or name.stands_in(MARK):
        raise RecordError(
            "The text to remove stands in the reason or in your own author name",
            cure="Say why without it, or let another person remove it.",
        )
    with record.lock:
        record.sync()
        places = _in_texts(record, name) + _in_answers(record, name) + _in_kept(record, name)
        stone = {"who": record.author, "why": why, "places": places}
        record.commit(lambda c: _put(record, c, f"{STONES}.{new_id()}", stone))
        record.forget()
        _rewrite(record, name)
        record._begin()  # memory, too, forgets
        return places


def close_matches(record: TeamRecord, text: str) -> dict[str, list[str]]:
    """Return path -> words that come close to a text and were left: other capitals, no accents, misspelt, a first name."""
    values = ((path, word) for path, value in record.reading().values.items() for word in _texts_of(value))
    return NamePattern(text, MARK).close_among(values)


def close_sentence(close: Mapping[str, Sequence[str]]) -> str:
    """Say which words came close and were left."""
    shown = "; ".join(f"{', '.join(map(repr, words))} in {path}" for path, words in list(close.items())[:6])
    more = f"; and in {len(close) - 6} more places" if len(close) > 6 else ""
    return f"Words that come close were left: {shown}{more}. Redact those that mean the same."


def _texts_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from (key, *_texts_of(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts_of(inner)


def left_behind(folder: Path, text: str) -> list[str]:
    """Return the files below an inquiry's folder that still hold the text, archives and workbooks looked into."""
    name, out = NamePattern(text, MARK), []
    for place, _, names in os.walk(folder):
        for file in names:
            path = Path(place) / file
            if any(map(name.in_bytes, _contents(path))):
                out.append(str(path.relative_to(folder)))
    return sorted(out)


def _contents(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file, and those of what it packs."""
    try:
        content = path.read_bytes()
    except OSError:
        return
    yield content
    if content.startswith(b"PK\x03\x04"):
        with suppress(*UNREADABLE), zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                if member.file_size <= MOST_UNPACKED:
                    yield archive.read(member)


def _in_texts(record: TeamRecord, name: NamePattern) -> int:
    found = {path: content for path, content in record.document.texts().items() if name.stands_in(content)}

    def plan(change: Change) -> None:
        for path, content in found.items():
            change.edit(path, [Edit(start, end, MARK) for start, end in name.spans(content)])

    record.commit(plan)
    return len(found)


def _in_answers(record: TeamRecord, name: NamePattern) -> int:
    places = 0
    for path, entries in record.document.all_entries().items():
        if name.stands_in(path):
            raise RecordError(
                "The text is part of an id and cannot be removed from there",
                where=repr(path),
                cure="Remove the item and add it again under another id.",
            )
        for e in entries:
            if _holds(e.value, name) or name.stands_in(e.author):
                value = _without(e.value, name)
                record.commit(partial(_put, record, path=path, value=value, over=[e]))
                places += 1
    return places


def _in_kept(record: TeamRecord, name: NamePattern) -> int:
    places = 0
    for path, entries in record.document.kept().items():
        for e in entries:
            if _holds(e.value, name) or name.stands_in(e.author):
                changed = e._replace(author=name.without(e.author))
                record.commit(partial(_rewrite_kept, path=path, entry=changed, value=_without(e.value, name)))
                places += 1
    return places


def _put(record: TeamRecord, change: Change, path: str, value: Any, over: list[Entry] | None = None) -> None:
    change.put(path, value, author=record.author, now=edit_time(), schema=SCHEMA, over=over)


def _rewrite_kept(change: Change, path: str, entry: Entry, value: Any) -> None:
    change.rewrite_kept(path, entry, value)


def _rewrite(record: TeamRecord, name: NamePattern) -> None:
    """Put one new log in the place of all logs: deleted content is not written, only that something was deleted."""
    record.log.close()
    try:
        taken = [t for name in log_names(record.folder) if (t := take(record.folder, name, record.key)) is not None]
        frames: list[Frame] = [f for path in taken for f in _whole(path)[0]]
        headers = [_scrubbed(h, name) for f in frames for h in headers_of(f)]
        content = write_merged(record, frames, headers)
        if name.in_bytes(content):
            raise RecordError(
                "The text could not be removed from every change: one waits for a change that is lost",
                where=str(record.folder),
                cure="Remove the damaged log, then redact again.",
            )
        remove(record.folder, taken)
    except OSError as e:
        raise RecordError(
            "The text could not be removed from every log",
            where=str(record.folder),
            found=e.strerror or "",
            cure="Ask whoever owns the folder to redact it.",
        ) from e


def _scrubbed(header: Header, name: NamePattern) -> Header:
    return {k: _without(v, name) if k == "a" else v for k, v in header.items()}


def _holds(value: Any, name: NamePattern) -> bool:
    return any(map(name.stands_in, _texts_of(value)))


def _without(value: Any, name: NamePattern) -> Any:
    if isinstance(value, str):
        return name.without(value)
    if isinstance(value, dict):
        return {name.without(k): _without(v, name) for k, v in value.items()}
    return [_without(v, name) for v in value] if isinstance(value, list) else value
