"""Words that came with a ``record.json`` stand in for edits that may still come themselves, with the folder they were made in.

A JSON has the words of its inquiry without their past, so importing one writes them anew. When the folder itself is merged
later, the same words arrive as the edits that they are, and would stand twice. So an import of a JSON notes, under
``~imported``, what its inquiry had seen and how each stretch of words that it added can be taken away again. Once everything
that it had seen is here, the stand-ins go and the edits stay. A stretch that somebody has worked on since is theirs, and stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pycrdt import merge_updates

from inquirylab.record.paths import IMPORTED
from inquirylab.store.change import Change
from inquirylab.store.document import Document
from inquirylab.store.edit_time import edit_time
from inquirylab.store.entry import Entry
from inquirylab.store.identity import chance, new_id
from inquirylab.store.migration import SCHEMA
from inquirylab.store.team_record import TeamRecord
from inquirylab.store.text_merge import Edit
from inquirylab.store.update_check import clocks


class StandIn(NamedTuple):
    """One stretch of words that a JSON brought: in which text, how long, and the change that takes it away."""

    path: str
    length: int
    withdrawal: bytes


class Note(NamedTuple):
    """What an import of a JSON left to be remembered."""

    path: str
    entry: Entry
    seen: bytes
    stand_ins: tuple[StandIn, ...]


def keep_note(record: TeamRecord, seen: bytes, added: Mapping[str, Sequence[Edit]]) -> None:
    """Note the words that a JSON has just added to long texts: pure insertions, in places of the texts before them."""
    trial = _copy(record.document)
    texts: dict[str, list[tuple[int, str]]] = {}
    for path, insertions in added.items():
        for e in insertions:  # those before it are taken out of the copy by now: it stands where it was put in
            with trial.change() as change:
                change.edit(path, [Edit(e.start, e.start + len(e.new), "")])
            texts.setdefault(path, []).append((len(e.new), trial.take_update().hex()))
    value = {"seen": seen.hex(), "texts": texts}

    def plan(change: Change) -> None:
        change.put(f"{IMPORTED}.{new_id()}", value, author=record.author, now=edit_time(), schema=SCHEMA)

    record.commit(plan)


def forget(record: TeamRecord, done: Sequence[Note]) -> None:
    """Drop notes that have served."""

    def plan(change: Change) -> None:
        for note in done:
            change.drop(note.path, note.entry)

    record.commit(plan)


def notes(document: Document) -> list[Note]:
    """Return what imports of JSON have noted, the latest first: its words may stand within those of an earlier one."""
    found = []
    for path in sorted((p for p in document.paths() if p.startswith(f"{IMPORTED}.")), reverse=True):
        for entry in document.entries(path):
            try:
                seen = bytes.fromhex(entry.value["seen"])
                clocks(seen)
                found.append(Note(path, entry, seen, tuple(_stand_ins(entry.value["texts"]))))
            except (KeyError, TypeError, ValueError, AttributeError, IndexError):
                continue  # whoever wrote it: then its words just stay
    return found


def covers(state: bytes, seen: bytes) -> bool:
    """Say whether a document in this state has every edit that another had seen."""
    known = clocks(state)
    return all(known.get(client, 0) >= clock for client, clock in clocks(seen).items())


def without_stand_ins(document: Document, update: bytes) -> tuple[bytes, list[Note]]:
    """Return a change of the same record together with what takes stand-ins away that it makes needless, and their notes."""
    trial = _copy(document, update)
    due = [n for n in notes(trial) if covers(trial.state(), n.seen)]
    taken: list[bytes] = []
    for stand_in in (s for n in due for s in reversed(n.stand_ins)):
        before = trial.text(stand_in.path)
        trial.apply([stand_in.withdrawal])
        if _is_one_stretch(before, trial.text(stand_in.path), stand_in.length):
            taken.append(stand_in.withdrawal)
        else:
            trial = _copy(document, update, *taken)
    return merge_updates(update, *taken) if taken else update, due


def _stand_ins(texts: Mapping[str, Sequence[Sequence[Any]]]) -> Iterator[StandIn]:
    for path, stretches in texts.items():
        for length, withdrawal in stretches:
            yield StandIn(path, int(length), bytes.fromhex(withdrawal))


def _is_one_stretch(before: str, after: str, length: int) -> bool:
    """Say whether exactly so many letters went, all from one place."""
    if len(before) - len(after) != length:
        return False
    at = next((i for i, c in enumerate(after) if c != before[i]), len(after))
    return before[at + length :] == after[at:]


def _copy(document: Document, *updates: bytes) -> Document:
    copy = Document(chance(10))
    copy.apply([document.update_since(), *updates])
    return copy
