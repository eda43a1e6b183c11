"""What one change will do to a document, worked out before any of it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inquirylab.store.entry import Entry, dumps
from inquirylab.store.text_merge import Edit

if TYPE_CHECKING:
    from inquirylab.store.document import Document

SEP = "\x1f"


class Change:
    """What one change will do: all of it is worked out first, because a transaction cannot be rolled back."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.paths: list[str] = []
        self.steps: list[Any] = []

    def put(
        self,
        path: str,
        value: Any,
        *,
        author: str,
        now: int,
        schema: int,
        over: list[Entry] | None = None,
        keep: bool = False,
    ) -> Entry:
        """Answer a question in place of the answers `over` (all that stand there, unless given)."""
        document, writer = self.document, self.document.writer
        standing = document.entries(path)
        replaced = standing if over is None else over
        count = 1 + max((e.turn for e in standing), default=0)
        if any(e.writer == writer and e not in replaced for e in standing):
            writer = f"{writer}-{count}"  # one process, two people: both answers stand
        entry = Entry(value, author, now, count, schema, writer)
        raw = dumps(entry)

        def step() -> None:
            for e in replaced:
                if keep:
                    document._kept[SEP.join((path, e.writer, str(e.turn)))] = dumps(e)
                if e.writer != writer:
                    document.erase(path + SEP + e.writer)
            document.write(path + SEP + writer, raw)

        self._add(path, step)
        return entry

    def drop(self, path: str, entry: Entry) -> None:
        """Take away an answer that stands under an old path, because today's path now has one."""

        def step() -> None:
            self.document.erase(path + SEP + entry.writer)

        self._add(path, step)

    def put_beside(self, path: str, entry: Entry) -> None:
        """Set down another's answer beside those that stand there, for people to settle."""

        def step() -> None:
            self.document.write(path + SEP + entry.writer, dumps(entry))

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
            self.document._kept[SEP.join((path, entry.writer, str(entry.turn)))] = dumps(entry._replace(value=value))

        self._add(path, step)

    def _add(self, path: str, step: Any) -> None:
        self.steps.append(step)
        if path not in self.paths:
            self.paths.append(path)
