"""The record as a document that merges: every answer of every writer, and nothing nested.

Three kinds of roots, so that two writers who create the same thing never lose one side of it:

``fields``
    A map ``path + SEP + writer -> [value, author, milliseconds, count, schema]``. Each writer writes only keys of
    its own and removes the keys of answers that it replaces. What stands under one path after a merge are therefore
    the answers that nobody has replaced: one, or, after a true conflict, each of them.
``kept``
    A map of answers that were replaced and are kept: locked ones, and the other side of a settled conflict.
``text:PATH``
    One text for each long answer; these merge character by character.

Values are kept as JSON text, so that 3 stays 3 and no value can be half changed.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from pycrdt import Doc, Map, Text, TransactionEvent, UndoManager, merge_updates

from inquirylab.errors import RecordError
from inquirylab.store.change import SEP, Change
from inquirylab.store.entry import Entry, entry, loads_all, parsed, rank
from inquirylab.store.update_check import is_safe

_TEXT = "text:"
_ITEM = ".~item"
_MINE, _OTHERS = "mine", "others"
EMPTY_UPDATE = b"\x00\x00"


class Document:
    """A pycrdt document with one writer's hand in it.

    Parameters
    ----------
    writer
        Key of this writer, never used before: a client that comes back under an old name loses edits.
    """

    def __init__(self, writer: str) -> None:
        self.writer = writer
        self._doc: Doc[Any] = Doc(allow_multithreading=True)
        self._fields: Map[str] = self._doc.get("fields", type=Map)
        self._kept: Map[str] = self._doc.get("kept", type=Map)
        self._index: dict[str, dict[str, Entry]] | None = None
        self._children: dict[str, set[str]] = {}
        self._texts: dict[str, Text] | None = {}
        self._undo: dict[str, UndoManager] = {}
        self._updates: list[bytes] = []
        self._listening = False
        self._doc.observe(self._changed)

    # reading

    def paths(self) -> list[str]:
        """Return every path with an answer that is not a long text."""
        return list(self._indexed())

    def entries(self, path: str) -> list[Entry]:
        """Return the answers that stand under `path`, the one to show first."""
        return _ordered(self._indexed().get(path, {}))

    def items(self, path: str) -> set[str]:
        """Return the ids of the items of a list, removed ones too."""
        self._indexed()
        return self._children.get(path, set())

    def all_entries(self) -> dict[str, list[Entry]]:
        """Return the answers under every path."""
        return {path: _ordered(by) for path, by in self._indexed().items()}

    def kept(self) -> dict[str, list[Entry]]:
        """Return replaced answers that are kept, oldest first."""
        out: dict[str, list[Entry]] = {}
        for key, raw in self._kept.items():
            path, _, writer = key.partition(SEP)
            out.setdefault(path, []).extend(parsed({writer.partition(SEP)[0]: raw}))
        for entries in out.values():
            entries.sort(key=rank)
        return out

    def texts(self) -> dict[str, str]:
        """Return every long text that is not empty."""
        with self._doc.transaction():  # one for all of them: without it each reading of a text opens its own
            found = {path: str(text) for path, text in self._known_texts().items()}
        return {path: text for path, text in found.items() if text}

    def text(self, path: str) -> str:
        """Return one long text; empty if nobody has written it."""
        text = self._known_texts().get(path)
        return str(text) if text is not None else ""

    # changing

    @contextmanager
    def change(self) -> Iterator[Change]:
        """Collect the parts of one change; it is made, all at once, when the block ends without an error."""
        planned = Change(self)
        yield planned
        with self._mine(), self._doc.transaction(origin=_MINE):
            for step in planned.steps:
                step()

    def take_update(self) -> bytes:
        """Return what changed here since the last call, as one update."""
        updates, self._updates = self._updates, []
        return merge_updates(*updates) if len(updates) > 1 else updates[0] if updates else EMPTY_UPDATE

    def apply(self, updates: Iterable[bytes]) -> list[int]:
        """Merge changes from elsewhere; return the positions of those that are not changes at all."""
        refused = []
        self._texts = self._index = None
        with self._panics(), self._doc.transaction(origin=_OTHERS):
            for i, update in enumerate(updates):
                try:
                    if not is_safe(update):
                        raise ValueError
                    self._doc.apply_update(update)
                except ValueError:
                    refused.append(i)
        return refused

    def undo_text(self, path: str) -> None:
        """Take back this writer's last edit of a text; words of others in it stay."""
        manager = self._undo.get(path)
        if manager is not None and manager.can_undo():
            with self._mine():
                manager.undo()

    def forget_undo(self) -> None:
        """Forget what could be taken back."""
        for manager in self._undo.values():
            manager.clear()

    # whole

    def state(self) -> bytes:
        """Return what this document has seen, in the encoding of Yjs."""
        return self._doc.get_state()

    def update_since(self, state: bytes | None = None) -> bytes:
        """Return everything as one update, or everything that `state` has not seen."""
        return self._doc.get_update(state)

    # within

    def write(self, key: str, raw: str) -> None:
        """Write one entry; only a change does."""
        self._fields[key] = raw
        if self._index is not None:
            self._note(self._index, key, json.loads(raw))

    def erase(self, key: str) -> None:
        """Take one entry away, if it is there; only a change does."""
        if key not in self._fields:
            return
        del self._fields[key]
        path, _, writer = key.partition(SEP)
        if self._index is not None and path in self._index:
            self._index[path].pop(writer, None)
            if not self._index[path]:
                del self._index[path]

    @contextmanager
    def _panics(self) -> Iterator[None]:
        """Turn a panic of the decoder, which is no `Exception`, into our error."""
        try:
            yield
        except BaseException as e:
            if type(e).__name__ == "PanicException":
                raise RecordError("A log of the record holds a change that cannot be read", found=str(e)[:80]) from e
            raise

    @contextmanager
    def _mine(self) -> Iterator[None]:
        self._listening = True
        try:
            yield
        finally:
            self._listening = False

    def _text(self, path: str) -> Text:
        texts = self._known_texts()
        if path not in texts:
            texts[path] = self._doc.get(_TEXT + path, type=Text)
        if path not in self._undo:
            manager = UndoManager(scopes=[texts[path]], capture_timeout_millis=0)
            manager.include_origin(_MINE)
            self._undo[path] = manager
        return texts[path]

    def _known_texts(self) -> dict[str, Text]:
        if self._texts is None:
            names = [n for n in self._doc.keys() if n.startswith(_TEXT)]  # noqa: SIM118  a Doc is no mapping
            self._texts = {n[len(_TEXT) :]: self._doc.get(n, type=Text) for n in names}
        return self._texts

    def _indexed(self) -> dict[str, dict[str, Entry]]:
        if self._index is None:
            index: dict[str, dict[str, Entry]] = {}
            self._children = {}
            with _no_collection():
                raw = {k: v for k, v in json.loads(str(self._fields)).items() if isinstance(v, str)}
                for key, value in zip(raw, loads_all(list(raw.values())), strict=True):
                    if value is not None:
                        self._note(index, key, value)
            self._index = index
        return self._index

    def _note(self, index: dict[str, dict[str, Entry]], key: str, value: list[Any]) -> None:
        path, _, writer = key.partition(SEP)
        by = index.get(path)
        if by is not None:
            by[writer] = entry(value, writer)
            return
        index[path] = {writer: entry(value, writer)}
        item = path[: -len(_ITEM)] if path.endswith(_ITEM) else path if path.startswith("~") else ""
        if item:
            above, _, name = item.rpartition(".")
            self._children.setdefault(above, set()).add(name)

    def _changed(self, event: TransactionEvent) -> None:
        if self._listening:
            self._updates.append(event.update)


def _ordered(by: dict[str, Entry]) -> list[Entry]:
    return sorted(by.values(), key=rank, reverse=True) if len(by) > 1 else list(by.values())


@contextmanager
def _no_collection() -> Iterator[None]:
    """Make very many small objects that all stay, without Python looking through them for garbage again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
