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

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from pycrdt import Doc, Map, MapEvent, Text, TransactionEvent, UndoManager, merge_updates

from inquirylab.store.text_merge import Edit
from inquirylab.store.update_check import is_safe

SEP = "\x1f"
_TEXT = "text:"
_ITEM = ".~item"
_MINE, _OTHERS = "mine", "others"
EMPTY_UPDATE = b"\x00\x00"


class Entry(NamedTuple):
    """One answer with who gave it and when; `count` grows with each replacement of the same answer."""

    value: Any
    author: str
    milliseconds: int
    count: int
    schema: int
    writer: str


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
        self._index: dict[str, dict[str, str]] | None = None
        self._children: dict[str, set[str]] = {}
        self._texts: dict[str, Text] | None = {}
        self._undo: dict[str, UndoManager] = {}
        self._updates: list[bytes] = []
        self._listening = False
        self._doc.observe(self._changed)
        self._fields.observe(self._fields_changed)

    # reading

    def paths(self) -> list[str]:
        """Return every path with an answer that is not a long text."""
        return list(self._indexed())

    def entries(self, path: str) -> list[Entry]:
        """Return the answers that stand under `path`, the one to show first."""
        raw = self._indexed().get(path)
        return _parsed(raw) if raw else []

    def items(self, path: str) -> set[str]:
        """Return the ids of the items of a list, removed ones too."""
        self._indexed()
        return self._children.get(path, set())

    def all_entries(self) -> dict[str, list[Entry]]:
        """Return the answers under every path, read at one go."""
        flat = [(path, writer, raw) for path, by in self._indexed().items() for writer, raw in by.items()]
        values = _loads_all([raw for _, _, raw in flat])
        out: dict[str, list[Entry]] = {}
        for (path, writer, _), value in zip(flat, values, strict=True):
            if value is not None:
                out.setdefault(path, []).append(Entry(*value, writer))
        for entries in out.values():
            if len(entries) > 1:
                entries.sort(key=_rank, reverse=True)
        return out

    def kept(self) -> dict[str, list[Entry]]:
        """Return replaced answers that are kept, oldest first."""
        out: dict[str, list[Entry]] = {}
        for key, raw in self._kept.items():
            path, _, writer = key.partition(SEP)
            out.setdefault(path, []).extend(_parsed({writer.partition(SEP)[0]: raw}))
        for entries in out.values():
            entries.sort(key=_rank)
        return out

    def texts(self) -> dict[str, str]:
        """Return every long text that is not empty."""
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
        self._texts = None
        with self._doc.transaction(origin=_OTHERS):
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

    def _indexed(self) -> dict[str, dict[str, str]]:
        if self._index is None:
            self._index = {}
            for key, raw in json.loads(str(self._fields)).items():
                if isinstance(raw, str):
                    self._note(self._index, key, raw)
        return self._index

    def _note(self, index: dict[str, dict[str, str]], key: str, raw: str) -> None:
        path, _, writer = key.partition(SEP)
        by = index.get(path)
        if by is not None:
            by[writer] = raw
            return
        index[path] = {writer: raw}
        item = path[: -len(_ITEM)] if path.endswith(_ITEM) else path if path.startswith("~") else ""
        if item:
            above, _, name = item.rpartition(".")
            self._children.setdefault(above, set()).add(name)

    def _changed(self, event: TransactionEvent) -> None:
        if self._listening:
            self._updates.append(event.update)

    def _fields_changed(self, event: MapEvent) -> None:
        if self._index is None:
            return
        for key, change in event.keys.items():
            path, _, writer = key.partition(SEP)
            if change["action"] == "delete":
                by = self._index.get(path, {})
                by.pop(writer, None)
                if not by:
                    self._index.pop(path, None)
            elif isinstance(change["newValue"], str):
                self._note(self._index, key, change["newValue"])


class Change:
    """What one change will do: all of it is worked out first, because a transaction cannot be rolled back."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.paths: list[str] = []
        self.steps: list[Any] = []

    def put(self, path: str, value: Any, *, author: str, now: int, schema: int, over: list[Entry] | None = None,
            keep: bool = False) -> Entry:
        """Answer a question in place of the answers `over` (all that stand there, unless given)."""
        document, writer = self.document, self.document.writer
        standing = document.entries(path)
        replaced = standing if over is None else over
        count = 1 + max((e.count for e in standing), default=0)
        if any(e.writer == writer and e not in replaced for e in standing):
            writer = f"{writer}-{count}"  # one process, two people: both answers stand
        entry = Entry(value, author, now, count, schema, writer)
        raw = _dumps(entry)

        def step() -> None:
            for e in replaced:
                if keep:
                    document._kept[SEP.join((path, e.writer, str(e.count)))] = _dumps(e)
                if e.writer != writer and path + SEP + e.writer in document._fields:
                    del document._fields[path + SEP + e.writer]
            document._fields[path + SEP + writer] = raw

        self._add(path, step)
        return entry

    def drop(self, path: str, entry: Entry) -> None:
        """Take away an answer that stands under an old path, because today's path now has one."""

        def step() -> None:
            self.document._fields.pop(path + SEP + entry.writer, None)

        self._add(path, step)

    def put_beside(self, path: str, entry: Entry) -> None:
        """Set down another's answer beside those that stand there, for people to settle."""
        def step() -> None:
            self.document._fields[path + SEP + entry.writer] = _dumps(entry)

        self._add(path, step)

    def edit(self, path: str, edits: list[Edit]) -> None:
        """Make edits, given in order and in characters, to a long text."""
        text = self.document._text(path)
        current = str(text)
        in_bytes = [(len(current[: e.start].encode()), len(current[: e.end].encode()), e.new) for e in edits]

        def step() -> None:
            for start, end, new in reversed(in_bytes):
                if end > start:
                    del text[start:end]
                if new:
                    text.insert(start, new)

        self._add(path, step)

    def rewrite_kept(self, path: str, entry: Entry, value: Any) -> None:
        """Put another value in the place of a kept answer: only redaction does."""
        def step() -> None:
            self.document._kept[SEP.join((path, entry.writer, str(entry.count)))] = _dumps(entry._replace(value=value))

        self._add(path, step)

    def _add(self, path: str, step: Any) -> None:
        self.steps.append(step)
        if path not in self.paths:
            self.paths.append(path)


def _dumps(entry: Entry) -> str:
    return json.dumps(entry[:5], ensure_ascii=False, separators=(",", ":"))


def _parsed(raw: dict[str, str]) -> list[Entry]:
    found = [Entry(*v, w) for w, v in zip(raw, _loads_all(list(raw.values())), strict=True) if v is not None]
    return sorted(found, key=_rank, reverse=True) if len(found) > 1 else found


def _loads_all(raw: list[str]) -> list[list[Any] | None]:
    """Read many JSON texts at once; what is no entry becomes None, whoever wrote it."""
    try:
        values = json.loads("[" + ",".join(raw) + "]")
    except (ValueError, RecursionError):
        values = []
    if len(values) != len(raw):
        values = [_loads(r) for r in raw]
    return [v if _is_entry(v) else None for v in values]


def _loads(raw: str) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _is_entry(v: Any) -> bool:
    return (type(v) is list and len(v) == 5 and type(v[1]) is str and type(v[2]) is int and type(v[3]) is int
            and type(v[4]) is int)


def _rank(entry: Entry) -> tuple[int, int, str]:
    return entry.count, entry.milliseconds, entry.writer
