"""Another copy of an inquiry, or its ``record.json``, merged into this one: a session carried home loses nothing.

A copy with logs merges as if it had always been here. A JSON has no past: what it holds and we lack is added, what
differs stands beside ours for people to settle, and a long text keeps every line of both. Copy and JSON of one inquiry
may be merged one after the other, in any order (:mod:`inquirylab.store.stand_ins`).
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

from inquirylab.errors import RecordError
from inquirylab.record.cycles import is_state
from inquirylab.record.export import digest_of
from inquirylab.record.paths import ASKED, ITEM, MARKS, flattened
from inquirylab.store.attachments import FOLDER
from inquirylab.store.change import Change
from inquirylab.store.edit_time import edit_time
from inquirylab.store.entry import Entry
from inquirylab.store.identity import chance, new_id
from inquirylab.store.inquiry_folder import InquiryFolder, open_folder
from inquirylab.store.migration import SCHEMA
from inquirylab.store.packing import unpacked
from inquirylab.store.stand_ins import covers, forget, keep_note, notes, without_stand_ins
from inquirylab.store.team_record import TeamRecord
from inquirylab.store.text_merge import Edit, additions
from inquirylab.store.wording import wording_due


class Imported(NamedTuple):
    """What an import did: paths that changed, and those among them that people must settle."""

    paths: list[str]
    conflicts: list[str]
    skipped: list[str]


def import_into(record: TeamRecord, folder: InquiryFolder, source: str | Path) -> Imported:
    """Merge a record's JSON, the folder of an inquiry, or a zip of one.

    Raises
    ------
    RecordError
        It is neither an inquiry nor a record's JSON, or cannot be read.
    """
    path = Path(source)
    if path.suffix.lower() == ".zip":
        with unpacked(path) as inside:
            return import_into(record, folder, inside)
    with record.lock:
        standing, conflicts = _standing(record), {c["path"] for c in record.conflicts()}
        skipped = _merge(record, folder, path)
        now = _standing(record)
        changed = [p for p in {**standing, **now} if standing.get(p) != now.get(p)]
        return Imported(changed, [c["path"] for c in record.conflicts() if c["path"] not in conflicts], skipped)


def _standing(record: TeamRecord) -> dict[str, list[Any]]:
    """Return what stands at each path that people see: answers, and of an item where it stands and whether it was removed."""
    reading = record.reading()
    out: dict[str, list[Any]] = {}
    for path, value in reading.values.items():
        above, _, word = path.rpartition(".")
        if not path.startswith("~") and word not in (ITEM, ASKED) and value is not None:
            given = {json.dumps(e.value, sort_keys=True) for e in reading.entries.get(path, ())}
            out.setdefault(above if word in MARKS else path, []).append((word, value, given))
    return out


def _merge(record: TeamRecord, folder: InquiryFolder, path: Path) -> list[str]:
    """Merge a JSON or a folder; return what was left out."""
    if not path.is_dir():
        return _import_json(record, folder, _read_json(path))
    other = open_folder(path)
    if other.path.resolve() == folder.path.resolve():
        raise RecordError("An inquiry cannot be imported into itself", where=str(path))
    copy = TeamRecord(other.record, record.author, record.roots)
    _copy_attachments(other.path, folder.path)
    if other.id != folder.id:
        return _import_json(record, folder, {"answers": copy.reading().tree, "answered": {}})
    known = {(h["w"], h["n"]) for h in record.history()}
    headers = [h for h in copy.history() if (h["w"], h["n"]) not in known]
    update, done = without_stand_ins(record.document, copy.document.update_since(record.document.state()))
    record.merge_update(update, headers)
    forget(record, done)
    return [str(d) for d in copy.damage()]


def _read_json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_bytes())
    except OSError as e:
        raise RecordError("The file cannot be read", where=str(path), found=e.strerror or "") from e
    except (ValueError, RecursionError) as e:
        raise RecordError(
            "The file is no JSON",
            where=str(path),
            found=str(e)[:80],
            cure="Import a record.json, the folder of an inquiry, or a zip of one.",
        ) from e
    if not isinstance(data, dict) or not isinstance(data.get("answers"), dict):
        raise RecordError(
            "The file is no record",
            where=str(path),
            found="no 'answers' in it",
            cure="Import a record.json, the folder of an inquiry, or a zip of one.",
        )
    return data


def _import_json(record: TeamRecord, folder: InquiryFolder, data: dict[str, Any]) -> list[str]:
    puts, skipped = _known_answers(record, data["answers"])
    said = data.get("answered")
    answered = said if isinstance(said, dict) else {}
    slot = chance(10)
    seen = _seen(data) if data.get("inquiry") == folder.id else None
    states = [record.document.state(), *(n.seen for n in notes(record.document))]
    old = seen is not None and any(covers(state, seen) for state in states)
    added: dict[str, list[Edit]] = {}

    def plan(change: Change) -> None:
        due = wording_due(record.roots, [p for p, _ in puts], record.document)
        for path, value in puts:
            if not path.endswith(f".{ITEM}") and record.roots.spot(path).is_text:
                ours = record.document.text(path)
                if not (old and ours):  # what is not in ours any more, somebody took out
                    added[path] = additions(ours, value)
            else:
                _put(record, change, path, value, answered.get(path), slot)
        for path, insertions in added.items():
            if insertions:
                change.edit(path, insertions)
        for path, value in due:
            change.put(path, value, author=record.author, now=edit_time(), schema=SCHEMA)

    if puts:
        record.commit(plan)
    if seen is not None and not old and any(added.values()):
        keep_note(record, seen, added)
    return skipped


def _seen(data: dict[str, Any]) -> bytes | None:
    """Return which edits a JSON has in it; None where it does not say, or was changed by hand since it was written."""
    try:
        seen = bytes.fromhex(data["seen"])
        covers(b"\0", seen)
    except (KeyError, TypeError, ValueError, IndexError):
        return None
    return seen if seen and data.get("digest") == digest_of(data["answers"]) else None


def _known_answers(record: TeamRecord, answers: dict[str, Any]) -> tuple[list[tuple[str, Any]], list[str]]:
    """Return the answers that our forms ask for, and the paths of those that they do not."""
    puts: list[tuple[str, Any]] = []
    skipped: list[str] = []

    def walk(path: str, value: Any) -> None:
        try:
            spot = record.roots.spot(path)
            if spot.kind == "answer" or not isinstance(value, dict):
                given = flattened(record.roots, path, value, new_id)
                puts.extend((p, v) for p, v in given if v is not None and not is_state(p))
                return
            if spot.kind == "item":
                puts.append((f"{path}.{ITEM}", True))
            plain_items = spot.kind == "list" and spot.question is not None and bool(spot.question.item)
        except RecordError as e:
            skipped.append(f"{path}: {e.what}")
            return
        for key, inner in value.items():
            if plain_items:
                puts.append((f"{path}.{key}.{ITEM}", True))
            if key != "id" or spot.kind == "list":
                walk(f"{path}.{key}", inner)

    for root, value in answers.items():
        walk(str(root), value)
    return puts, skipped


def _put(record: TeamRecord, change: Change, path: str, value: Any, said: Any, slot: str) -> None:
    if path.endswith(f".{ITEM}"):
        if not record.document.entries(path):
            change.put(path, value, author=record.author, now=edit_time(), schema=SCHEMA)
        return
    standing = record.document.entries(path)
    if any(e.value == value for e in standing):
        return
    author, moment = said if _is_said(said) else (record.author, edit_time())
    count = max((e.turn for e in standing), default=1)
    change.put_beside(path, Entry(value, author, moment, count, SCHEMA, slot))


def _is_said(said: Any) -> bool:
    return isinstance(said, list) and len(said) == 2 and isinstance(said[0], str) and isinstance(said[1], int)


def _copy_attachments(other: Path, ours: Path) -> None:
    for file in (other / FOLDER).glob("*"):
        target = ours / FOLDER / file.name
        if file.is_file() and not file.is_symlink() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_name(f".{file.name}.{chance(6)}.tmp")
            shutil.copyfile(file, draft)
            draft.replace(target)
