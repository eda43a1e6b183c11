"""Really remove a text, such as a child's name: from every answer, every log and what was kept of the past.

What is left is a stone: who removed something, when, why and from how many places. A stone never says what.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from inquirylab.errors import RecordError
from inquirylab.store.change import Change
from inquirylab.store.compaction import _whole, remove, take, write_merged
from inquirylab.store.entry import Entry
from inquirylab.store.frame import Frame
from inquirylab.store.identity import new_id
from inquirylab.store.log import log_names
from inquirylab.store.migration import SCHEMA
from inquirylab.store.record_store import Header, headers_of
from inquirylab.store.team_record import STONES, TeamRecord, _now
from inquirylab.store.text_merge import Edit

MARK = "[redacted]"


def redact(record: TeamRecord, text: str, why: str) -> int:
    """Remove `text` from the record and return from how many places.

    Raises
    ------
    RecordError
        The text is empty or stands in the reason; or some bytes of it could not be removed, and which.
    """
    if len(text.strip()) < 2:
        raise RecordError("This text is too short to be redacted", found=repr(text))
    if text in why or text in record.author or text in MARK:
        raise RecordError(
            "The text to remove stands in the reason or in your own author name",
            cure="Say why without it, or let another person remove it.",
        )
    with record.lock:
        record.sync()
        places = _in_texts(record, text) + _in_answers(record, text) + _in_kept(record, text)
        stone = {"who": record.author, "why": why, "places": places}
        record.commit(lambda c: _put(record, c, f"{STONES}.{new_id()}", stone))
        record.forget()
        _rewrite(record, text)
        record._begin()  # memory, too, forgets
        return places


def left_behind(folder: Path, text: str) -> list[str]:
    """Return the files below an inquiry's folder that still hold the text."""
    forms = {text.encode(), text.encode("utf-16-le")} | {_escaped(text)}
    out = []
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place) / name
            try:
                content = path.read_bytes()
            except OSError:
                continue
            if any(f in content for f in forms):
                out.append(str(path.relative_to(folder)))
    return sorted(out)


def _in_texts(record: TeamRecord, text: str) -> int:
    found = {path: content for path, content in record.document.texts().items() if text in content}

    def plan(change: Change) -> None:
        for path, content in found.items():
            change.edit(path, list(_cuts(content, text)))

    record.commit(plan)
    return len(found)


def _cuts(content: str, text: str) -> Iterator[Edit]:
    at = content.find(text)
    while at >= 0:
        yield Edit(at, at + len(text), MARK)
        at = content.find(text, at + len(text))


def _in_answers(record: TeamRecord, text: str) -> int:
    places = 0
    for path, entries in record.document.all_entries().items():
        if text in path:
            raise RecordError(
                "The text is part of an id and cannot be removed from there",
                where=repr(path),
                cure="Remove the item and add it again under another id.",
            )
        for e in entries:
            if _holds(e.value, text) or text in e.author:
                value = _without(e.value, text)
                record.commit(partial(_put, record, path=path, value=value, over=[e]))
                places += 1
    return places


def _in_kept(record: TeamRecord, text: str) -> int:
    places = 0
    for path, entries in record.document.kept().items():
        for e in entries:
            if _holds(e.value, text) or text in e.author:
                changed = e._replace(author=e.author.replace(text, MARK))
                record.commit(partial(_rewrite_kept, path=path, entry=changed, value=_without(e.value, text)))
                places += 1
    return places


def _put(record: TeamRecord, change: Change, path: str, value: Any, over: list[Entry] | None = None) -> None:
    change.put(path, value, author=record.author, now=_now(), schema=SCHEMA, over=over)


def _rewrite_kept(change: Change, path: str, entry: Entry, value: Any) -> None:
    change.rewrite_kept(path, entry, value)


def _rewrite(record: TeamRecord, text: str) -> None:
    """Put one new log in the place of all logs: deleted content is not written, only that something was deleted."""
    record.log.close()
    try:
        taken = [t for name in log_names(record.folder) if (t := take(record.folder, name, record.key)) is not None]
        frames: list[Frame] = [f for path in taken for f in _whole(path)[0]]
        headers = [_scrubbed(h, text) for f in frames for h in headers_of(f)]
        content = write_merged(record, frames, headers)
        if text.encode() in content or _escaped(text) in content:
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


def _scrubbed(header: Header, text: str) -> Header:
    return {k: _without(v, text) if k == "a" else v for k, v in header.items()}


def _holds(value: Any, text: str) -> bool:
    if isinstance(value, str):
        return text in value
    if isinstance(value, dict):
        return any(_holds(v, text) or text in k for k, v in value.items())
    return isinstance(value, list) and any(_holds(v, text) for v in value)


def _without(value: Any, text: str) -> Any:
    if isinstance(value, str):
        return value.replace(text, MARK)
    if isinstance(value, dict):
        return {k.replace(text, MARK): _without(v, text) for k, v in value.items()}
    return [_without(v, text) for v in value] if isinstance(value, list) else value


def _escaped(text: str) -> bytes:
    """Return the text as JSON would escape it."""
    return (
        "".join(c if ord(c) < 128 else f"\\u{ord(c):04x}" for c in text).encode()
        if ord(max(text)) < 0x10000
        else text.encode()
    )
