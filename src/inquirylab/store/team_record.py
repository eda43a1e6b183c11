"""What people do to a record: set, add, remove, move, settle, take back. Each is one change, saved before it returns."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from inquirylab.errors import RecordError, did_you_mean
from inquirylab.record.cycles import is_state
from inquirylab.record.paths import ITEM, PLACE, REMOVED, STONES, Roots, Spot, checked, flattened
from inquirylab.record.reading import Answered, Earlier, Record, record_of
from inquirylab.record.stages import iso, locks_due
from inquirylab.record.tree import find, nested, visible
from inquirylab.store.change import Change
from inquirylab.store.conflicts import TWO_ANSWERS, Reading, conflicts_in, digest
from inquirylab.store.edit_time import edit_time
from inquirylab.store.entry import Entry
from inquirylab.store.identity import new_id
from inquirylab.store.lists import list_changes, place_for
from inquirylab.store.migration import SCHEMA, Migrations, entries_today
from inquirylab.store.record_store import RecordStore
from inquirylab.store.text_merge import edits, rebase
from inquirylab.store.wording import wording_due

REMOVED_CURE = "restore() brings it back."


class Step(NamedTuple):
    """One own edit that can be taken back."""

    key: str
    texts: tuple[str, ...]
    answers: tuple[tuple[str, Any, int], ...]  # path, the answer before, count of mine


class TeamRecord(RecordStore):
    """A record with the forms that say what may stand in it."""

    def __init__(self, folder: Path, author: str, roots: Roots, migrations: Migrations | None = None) -> None:
        self.roots = roots
        self._steps: list[Step] = []
        self._read: tuple[int, str, Reading] | None = None
        super().__init__(folder, author, migrations)

    # reading

    def reading(self) -> Reading:
        """Return what stands in the record now, as far as it was synced."""
        with self.lock:
            self._awake()
            if self._read is None or self._read[:2] != (self.revision, self.key):
                self._read = (self.revision, self.key, self._reading())
            return self._read[2]

    def record(self) -> Record:
        """Return the typed record."""
        reading = self.reading()
        answered = {p: Answered(e[0].author, e[0].milliseconds) for p, e in reading.entries.items()}
        kept = self.document.kept().items()
        earlier = {p: [Earlier(e.value, e.author, e.milliseconds) for e in es] for p, es in kept}
        mark = f".{REMOVED}"
        gone = (p.removesuffix(mark) for p, e in reading.entries.items() if p.endswith(mark) and e[0].value)
        removed = {p.rpartition(".")[2]: p for p in gone}
        return record_of(reading.tree, self.roots, answered=answered, earlier=earlier, removed=removed)

    def get(self, path: str) -> Any:
        """Return what stands under a path: an answer, or dicts of answers; None where nothing stands."""
        spot = self.roots.spot(path)
        tree = self.record().whole if is_state(path) else self.reading().tree
        found = find(tree, path)
        return {} if found is None and spot.kind == "list" else found

    def _reading(self) -> Reading:
        entries = self.document.all_entries()
        if self.migrations.steps:
            entries = entries_today(entries, self.migrations)
        values = {path: found[0].value for path, found in entries.items()}
        texts = self.document.texts()
        values.update({self.migrations.text_today(p): t for p, t in texts.items()} if self.migrations.steps else texts)
        raw = nested(values)
        return Reading(values, entries, raw, visible(raw))

    def sync(self) -> list[str]:
        """Merge what others wrote; return the paths that they touched."""
        paths = super().sync()
        if any(p.startswith(STONES) for p in paths):
            self.forget()
        return paths

    def forget(self) -> None:
        """Forget what could be taken back: after a redaction it must not return."""
        self._steps.clear()
        self.document.forget_undo()

    # changing

    def set(self, path: str, value: Any, base: Any = None) -> list[str]:
        """Answer a question; see :meth:`inquirylab.inquiry.Inquiry.set`."""
        spot = self.roots.spot(path)
        self._writable(spot)
        if spot.kind == "group" and not isinstance(value, Mapping):
            path = f"{path}.{spot.questions[0].id}"
            spot = self.roots.spot(path)
        if spot.kind == "answer":
            return self._change([(path, checked(spot, value))], base)
        if spot.kind == "list":
            return self._set_list(spot, value, base)
        if not isinstance(value, Mapping):
            raise RecordError(
                f"{path!r} holds several answers",
                found=repr(value)[:80],
                cure=f"Give them by name, or set one of {', '.join(q.id for q in spot.questions[:6])}.",
            )
        return self._change([(p, v) for p, v in flattened(self.roots, path, value, new_id) if not p.endswith(ITEM)])

    def add(self, path: str, fields: Any, before: str | None = None) -> str:
        """Add an item to a list or collection and return its id."""
        spot = self.roots.spot(path)
        if spot.kind != "list":
            raise RecordError(f"{path!r} is no list, so nothing can be added to it", cure="Use set().")
        self._writable(spot)
        fields = dict(fields) if isinstance(fields, Mapping) else fields
        item = str(fields["id"]) if isinstance(fields, dict) and fields.get("id") else new_id()
        if item in self.document.items(path):
            raise RecordError(f"{path!r} already has an item {item!r}", cure="Choose another id, or leave it out.")
        puts = list(flattened(self.roots, path, {item: fields}, new_id))
        where = self._place(path, before, adding=item)
        if where is not None:
            puts.append((f"{path}.{item}.{PLACE}", where))
        self._change(puts)
        return item

    def remove(self, path: str) -> list[str]:
        """Take an item out of its list. It is kept: ``restore`` brings it back."""
        self._item(path)
        return self._change([(f"{path}.{REMOVED}", {"digest": self._digest(path)})])

    def restore(self, path: str) -> list[str]:
        """Bring back an item that was removed."""
        if not self.document.entries(f"{path}.{REMOVED}"):
            self._item(path)
        return self._change([(f"{path}.{REMOVED}", None)])

    def move(self, path: str, before: str | None = None) -> list[str]:
        """Move an item before another of the same list, or to the end."""
        self._item(path)
        above, _, item = path.rpartition(".")
        where = self._place(above, before, moving=item)
        return self._change([(f"{path}.{PLACE}", where)])

    def undo(self) -> list[str]:
        """Take back this session's last edit; what others have done to the same answer since stays."""
        with self.lock:
            self._awake()
            while self._steps:
                step = self._steps.pop()
                if step.key != self.key:
                    continue
                back = []
                for path, value, count in step.answers:
                    standing = self.document.entries(path)
                    if len(standing) == 1 and standing[0].turn == count and standing[0].writer.startswith(self.key):
                        back.append((path, value))
                if back or step.texts:
                    return self._take_back(step.texts, back)
            return []

    def _take_back(self, texts: Sequence[str], answers: list[tuple[str, Any]]) -> list[str]:
        def plan(change: Change) -> None:
            for path, value in answers:
                self._put(change, None, path, value, None, edit_time())

        return self.take_back(texts, plan)

    # conflicts

    def conflicts(self) -> list[dict[str, Any]]:
        """Return what people must settle."""
        return conflicts_in(self.reading())

    def resolve(self, path: str, value: Any) -> list[str]:
        """Settle a conflict; every answer that stood there is kept in the record's history."""
        found = next((c for c in self.conflicts() if c["path"] == path), None)
        if found is None:
            raise RecordError(
                "There is nothing to settle",
                where=repr(path),
                cure=did_you_mean(path, [c["path"] for c in self.conflicts()]),
            )
        if found["kind"] == TWO_ANSWERS:
            return self._change([(path, checked(self.roots.spot(path), value))])
        if value not in ("restore", "remove"):
            raise RecordError(
                "An item that was edited while it was removed is settled by 'restore' or 'remove'", found=repr(value)
            )
        if value == "restore":
            return self.restore(path)
        return self._change([(f"{path}.{REMOVED}", {"digest": self._digest(path)})])

    # within

    def _change(self, puts: Sequence[tuple[str, Any]], base: Any = None) -> list[str]:
        """Write answers, with the locks and the wording that they bring about, as one change."""
        with self.lock:
            self._awake()
            paths = [p for p, _ in puts]
            puts = [*puts, *wording_due(self.roots, paths, self.document)]
            puts += self._locks(puts)
            before = {p: e[0].value for p, _ in puts if (e := self.document.entries(p))}
            texts: list[str] = []
            answers: list[tuple[str, int]] = []

            def plan(change: Change) -> None:
                texts[:], answers[:] = self._put_all(change, puts, base)

            written = self.commit(plan)
            if written:
                self._steps.append(
                    Step(
                        self.key,
                        tuple(texts),
                        tuple((p, before.get(p), n) for p, n in answers if not p.startswith("~")),
                    )
                )
            return written

    def _locks(self, puts: Sequence[tuple[str, Any]]) -> list[tuple[str, str]]:
        cycles = {p.partition(".")[0]: p for p, _ in puts if p.count(".") >= 2}
        if not any(form.stages for root, form in self.roots.forms.items() if root in cycles):
            return []
        prefixes = tuple({".".join(p.split(".")[:2]) + "." for p in cycles.values()})
        standing = {p: self.document.entries(p)[0] for p in self.document.paths() if p.startswith(prefixes)}
        values = {p: e.value for p, e in standing.items()}
        values.update({p: t for p, t in self.document.texts().items() if p.startswith(prefixes)})
        values.update(puts)
        answered = {p: Answered(e.author, e.milliseconds) for p, e in standing.items()}
        return locks_due(self.roots, [p for p, _ in puts], visible(nested(values)), answered, edit_time())

    def _put_all(
        self, change: Change, puts: Sequence[tuple[str, Any]], base: Any = None
    ) -> tuple[list[str], list[tuple[str, int]]]:
        now = edit_time()
        texts, answers = [], []
        for path, value in puts:
            spot = None if _is_mark(path) else self.roots.spot(path)
            if spot is not None and spot.is_text:
                name = self.migrations.text_name(path)
                if self._edit(change, name, value or "", base):
                    texts.append(name)
            elif (entry := self._put(change, spot, path, value, base, now)) is not None:
                answers.append((path, entry.turn))
        return texts, answers

    def _edit(self, change: Change, name: str, value: str, base: Any) -> bool:
        current = self.document.text(name)
        before = current if base is None else str(base)
        made = [] if value == current else rebase(edits(before, value), before, current)
        if made:
            change.edit(name, made)
        return bool(made)

    def _put(self, change: Change, spot: Spot | None, path: str, value: Any, base: Any, now: int) -> Entry | None:
        standing = self.document.entries(path)
        old = [(p, e) for p in self.migrations.old_names(path) for e in self.document.entries(p)]
        shown = {json.dumps(e.value, sort_keys=True) for e in standing}
        if not old and (shown == {json.dumps(value, sort_keys=True)} or (not standing and value is None)):
            return None
        over = standing
        if base is not None and spot is not None:
            typed_over = None if base == "" else checked(spot, base)  # "": it was empty
            over = [e for e in standing if e.value in (typed_over, value)]
        for p, e in old:
            change.drop(p, e)
        keep = len(shown) > 1 or bool(spot and spot.question and spot.question.locks)
        return change.put(path, value, author=self.author, now=now, schema=SCHEMA, over=over, keep=keep)

    def _set_list(self, spot: Spot, value: Any, base: Any) -> list[str]:
        """Turn a whole list of plain answers into what was added to and taken from the one it was typed over."""
        if spot.question is None or not spot.question.item:
            raise RecordError(
                f"{spot.path!r} is a list of items, and several people may be adding to it",
                cure="Use add(), remove() and move().",
            )
        if isinstance(value, str) or not isinstance(value, (list, tuple)):
            raise RecordError(f"{spot.path!r} must be a list", found=repr(value)[:80])
        an_item = self.roots.spot(f"{spot.path}.x")
        standing = find(self.reading().tree, spot.path) or {}
        seen = None if base is None else [checked(an_item, v) for v in base]
        gone, new = list_changes(standing, [checked(an_item, v) for v in value], seen)
        puts: list[tuple[str, Any]] = [
            (f"{spot.path}.{item}.{REMOVED}", {"digest": self._digest(f"{spot.path}.{item}")}) for item in gone
        ]
        puts += flattened(self.roots, spot.path, new, new_id)
        return self._change(puts) if puts else []

    def _place(self, path: str, before: str | None, adding: str = "", moving: str = "") -> str | None:
        places = {item: self._standing_place(path, item) for item in self.document.items(path) - {moving}}
        return place_for(path, places, before, adding)

    def _standing_place(self, path: str, item: str) -> str:
        moved = self.document.entries(f"{path}.{item}.{PLACE}")
        return str(moved[0].value) if moved and moved[0].value else item

    def _writable(self, spot: Spot) -> None:
        """Refuse a path that runs through an item that is not there, and answers that nobody types in."""
        question = spot.question
        if question is not None and question.derived and spot.kind == "answer":
            raise RecordError(f"{spot.path!r} is worked out from other answers, never typed in")
        words = spot.path.split(".")
        for i in range(2, len(words) + 1):
            if self.roots.spot(".".join(words[: i - 1])).kind == "list":
                self._item(".".join(words[:i]))

    def _item(self, path: str) -> None:
        """Refuse a path that is no item, is not there, or was removed."""
        above, _, item = path.rpartition(".")
        if not above or self.roots.spot(above).kind != "list":
            raise RecordError(f"{path!r} is no item of a list", cure="Set it to None to empty an answer.")
        self.roots.spot(path)
        known = self.document.items(above)
        if item not in known:
            raise RecordError(
                f"There is no item {item!r} in {above!r}",
                where=repr(path),
                cure=did_you_mean(item, known) if known else "add() makes one.",
            )
        gone = self.document.entries(f"{path}.{REMOVED}")
        if gone and gone[0].value:
            by = f"{gone[0].author}, {iso(gone[0].milliseconds)}"
            what = f"The item {item!r} was removed from {above!r}"
            raise RecordError(what, where=repr(path), found=by, cure=REMOVED_CURE)

    def _digest(self, path: str) -> str:
        return digest(find(self.reading().raw, path))


def _is_mark(path: str) -> bool:
    return path.startswith("~") or path.rpartition(".")[2].startswith("~")
