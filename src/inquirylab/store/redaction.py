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
from inquirylab.record.paths import STONES
from inquirylab.store.change import Change
from inquirylab.store.compaction import _whole, remove, take, write_merged
from inquirylab.store.document import Document
from inquirylab.store.edit_time import edit_time
from inquirylab.store.entry import Entry
from inquirylab.store.frame import Frame, scan
from inquirylab.store.identity import chance, new_id
from inquirylab.store.log import log_names
from inquirylab.store.migration import SCHEMA
from inquirylab.store.name_pattern import NamePattern
from inquirylab.store.record_store import Header, headers_of
from inquirylab.store.team_record import TeamRecord
from inquirylab.store.text_merge import Edit
from inquirylab.store.wording import FORMS

MARK = "[redacted]"
UNREADABLE = (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, zlib.error, EOFError)
MOST_UNPACKED = 100 * 2**20


class NowhereError(RecordError):
    """A text was to be removed that stands nowhere in the record."""


def redact(record: TeamRecord, text: str, why: str) -> int:
    """Remove `text` from the record, in each form that is the same to people, and return from how many places.

    The forms are those of :class:`inquirylab.store.name_pattern.NamePattern`; :func:`close_matches` names what is near.
    What only the past holds, in words that were deleted since, counts as one place. Where the text stands nowhere, nothing
    is written, no stone either, and 0 returned.

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
        _refuse_ids(record, name)
        if not _stands_today(record, name) and not _stood(record, name):
            return 0
        places = _in_texts(record, name) + _in_answers(record, name) + _in_kept(record, name) or 1
        stone = {"who": record.author, "why": why, "places": places}
        record.commit(lambda c: _put(record, c, f"{STONES}.{new_id()}", stone))
        record.forget()
        _rewrite(record, name)
        record._begin()  # memory, too, forgets
        return places


def close_matches(record: TeamRecord, text: str) -> dict[str, list[str]]:
    """Return path -> words that come close to a text and were left: other capitals, no accents, misspelt, a first name."""
    given = ((p, _given(p, v)) for p, v in record.reading().values.items())
    return NamePattern(text, MARK).close_among((path, word) for path, value in given for word in _texts_of(value))


def close_sentence(close: Mapping[str, Sequence[str]]) -> str:
    """Say which words came close and were left."""
    shown = "; ".join(f"{', '.join(map(repr, words))} in {path}" for path, words in list(close.items())[:6])
    more = f"; and in {len(close) - 6} more places" if len(close) > 6 else ""
    return f"Words that come close were left: {shown}{more}. Redact those that mean the same."


def nowhere(folder: Path, close: Mapping[str, Sequence[str]], left: Sequence[str]) -> NowhereError:
    """Return the error for a text that stands nowhere in a record, with what may have been meant and other files that hold it."""
    cures = [close_sentence(close)] if close else []
    cures += [f"It is still in {', '.join(left)}: such files are yours to change."] if left else []
    return NowhereError(
        "This text stands nowhere in the record, so nothing was removed", where=str(folder), cure=" ".join(cures)
    )


def _given(path: str, value: Any) -> Any:
    """Return what people wrote of an answer: nothing of our forms' own words, of a stone its reason."""
    if path.startswith(f"{STONES}."):
        return value.get("why") if isinstance(value, dict) else None
    return None if "~" in path else value


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


def _refuse_ids(record: TeamRecord, name: NamePattern) -> None:
    path = next((p for p in record.document.paths() if name.stands_in(p)), None)
    if path is not None:
        raise RecordError(
            "The text is part of an id and cannot be removed from there",
            where=repr(path),
            cure="Remove the item and add it again under another id.",
        )


def _stands_today(record: TeamRecord, name: NamePattern) -> bool:
    """Say whether people can still read the text: in an answer or what it replaced, or as an author."""
    document = record.document
    entries = [e for p, es in document.all_entries().items() if not _is_ours(p) for e in es]
    entries += [e for es in document.kept().values() for e in es]
    return (
        any(map(name.stands_in, document.texts().values()))
        or any(_holds(e.value, name) or name.stands_in(e.author) for e in entries)
        or any(name.stands_in(h["a"]) for h in record.history())
    )


def _stood(record: TeamRecord, name: NamePattern) -> bool:
    """Say whether the logs still hold the text: in words that were deleted, or in what cannot be read.

    A name that was typed in two goes stands in no single change; so the past is gone through as it was, change by change.
    """
    frames: list[Frame] = []
    for log in log_names(record.folder):
        content = (record.folder / log).read_bytes()
        found = scan(content)
        frames += found.frames
        if any(name.in_bytes(content[a:b]) for a, b in [*found.holes, (found.end, len(content))]):
            return True
    frames.sort(key=lambda f: min((h["t"] for h in headers_of(f)), default=0))
    if not _in_our_words(record, name) and any(name.in_bytes(f.update) for f in frames):
        return True
    past = Document(chance(10))
    for frame in frames:
        past.apply([frame.update])
        touched = [p for h in headers_of(frame) for p in h["p"]]
        if any(name.stands_in(past.text(path)) for path in touched):
            return True
    return False


def _in_our_words(record: TeamRecord, name: NamePattern) -> bool:
    """Say whether the text stands in the words of our forms or in the name of a path, which are nobody's."""
    document = record.document
    ours = (e.value for p, es in document.all_entries().items() if _is_ours(p) for e in es)
    return any(_holds(v, name) for v in ours) or any(map(name.stands_in, document.texts()))


def _is_ours(path: str) -> bool:
    return path.startswith(f"{FORMS}.")


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
