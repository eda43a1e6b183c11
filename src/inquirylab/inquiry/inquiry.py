"""One inquiry as one person changes it."""

from __future__ import annotations

import time
import warnings
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from inquirylab.definitions.wording import load_words, roots_in_words
from inquirylab.errors import InquiryError, RecordError
from inquirylab.inquiry.widgets import InquiryWidgets
from inquirylab.record.paths import Roots
from inquirylab.record.versions import snapshot_of
from inquirylab.store import attachments, derived, presence, private
from inquirylab.store.inquiry_folder import InquiryFolder

if TYPE_CHECKING:
    from inquirylab.definitions import Form
    from inquirylab.store.importing import Imported
    from inquirylab.store.team_record import TeamRecord

POLL_SECONDS = 0.1


class Inquiry(InquiryWidgets):
    """One inquiry, as one person sees and changes it. Made by :func:`open` and :func:`create`.

    Use it as a context manager, or call :meth:`close` when you are done.
    """

    def __init__(self, folder: InquiryFolder, author: str, language: str = "") -> None:
        from inquirylab.store.team_record import TeamRecord

        if language:
            load_words(language)  # one that is not there is refused before anything is opened
        self.folder, self.author, self._language = folder, author, language
        first = Roots(roots_in_words("en", folder.overlay_path))
        self._store: TeamRecord = TeamRecord(folder.record, author, first)
        if (language or self._own_language()) != "en":
            self._reword()
        self._derived = derived.DerivedFiles(folder.path, self._store.log.writer, self._render)
        self._closed = False

    # changing

    def set(self, path: str, value: Any, base: Any = None) -> None:
        """Answer a question; returns when it is on disk.

        Parameters
        ----------
        path
            Dots between words, ids for items: ``aim.target``, ``change_ideas.<id>.name``.
        value
            The answer. A bare value for a group answers its first question; None empties the answer.
        base
            What the answer was typed over, if that may be old. Of a long text only the difference between `base` and
            `value` is an edit, so that a colleague's words stay. For a short answer that has changed since, both
            stand, as a conflict for people to settle. ``""`` says that it was empty.

        Raises
        ------
        RecordError
            Unknown path or wrong type, naming the path and what is allowed; or it could not be saved.
        """
        self.may_write()
        if self._is_private(path):
            private.keep(self.folder.id, self.author, path, value)
            return
        self._store.set(path, value, base)
        if path == "about" or path.startswith("about.language"):
            self._reword()
        self._derived.changed()

    def add(self, path: str, fields: Any, before: str | None = None) -> str:
        """Add an item to a list or collection and return its id, which lasts.

        Parameters
        ----------
        path
            The list: ``change_ideas``, ``pdsa_cycles.<id>.do_log``.
        fields
            The item's answers as a dict, lists and groups within; a bare value answers its first question.
        before
            Id of the item to stand before; else it is the last.
        """
        self.may_write()
        if path.endswith(".versions") and isinstance(fields, Mapping) and "snapshot" not in fields:
            self.sync()
            fields = {**fields, "snapshot": snapshot_of(self._store.reading().tree, path)}
        item = self._store.add(path, fields, before)
        self._derived.changed()
        return item

    def take_up(self, driver: str, **fields: Any) -> str:
        """Add a driver that stands for one of the network's, and return its id; the network's own stays as it is.

        Parameters
        ----------
        driver
            The id of the network's driver, as :meth:`network_diagram` has it.
        fields
            What this site says of it: ``state="focus"``, or ``state="not_here"``; a label of its own.
        """
        from inquirylab.inquiry.network import standing_for

        return self.add("driver_diagram.drivers", standing_for(self.network_diagram(), driver, fields))

    def remove(self, path: str) -> None:
        """Take an item out of its list. Nothing is lost: :meth:`restore` brings it back."""
        self.may_write()
        self._store.remove(path)
        self._derived.changed()

    def restore(self, path: str) -> None:
        """Bring back an item that was removed."""
        self.may_write()
        self._store.restore(path)
        self._derived.changed()

    def move(self, path: str, before: str | None = None) -> None:
        """Move an item before another one of its list, or to the end."""
        self.may_write()
        self._store.move(path, before)
        self._derived.changed()

    def resolve(self, path: str, value: Any) -> None:
        """Settle a conflict by the answer that shall stand; the others stay in the history."""
        self.may_write()
        self.sync()
        self._store.resolve(path, value)
        self._derived.changed()

    def undo(self) -> list[str]:
        """Take back the last edit of this session and return its paths; nothing that others did is touched."""
        self.may_write()
        paths = self._store.undo()
        self._derived.changed()
        return paths

    def attach(self, path: str, file: str | Path) -> str:
        """Keep a copy of a file in the inquiry and refer to it at `path`, a question for an attachment or a list of them.

        Returns the name under which it is kept in ``data/attachments``.
        """
        self.may_write()
        spot = self._store.roots.spot(path)
        wanted = spot.questions[0] if spot.kind == "list" and spot.questions else spot.question
        if wanted is None or wanted.kind != "attachment":
            raise RecordError(f"{path!r} asks for no file")
        name = attachments.keep(self.folder.path, file)
        if spot.kind == "list":
            self.add(path, {wanted.id: name})
        else:
            self.set(path, name)
        return name

    def attachment(self, name: str) -> Path | None:
        """Return where an attached file is, or None if it is missing."""
        return attachments.path_of(self.folder.path, name)

    def share(self, path: str) -> str:
        """Copy a private answer of yours into the record for all to read; return the id of the copy."""
        if path != "problem_definition.positionality" or not self.get(path):
            raise RecordError("There is no private answer of yours to share", where=repr(path))
        return self.add("problem_definition.shared_positionality", {"text": self.get(path)})

    def redact(self, text: str, *, why: str) -> list[str]:
        """Really remove a text, such as a child's name, from every log; a stone says who did it, when and why.

        Composed and decomposed letters, JSON's escapes, and for a name of several words any capitals and blanks, are the
        same text. Returns the other files of the folder (notebooks, data) that still hold it: those are yours to change.

        Raises
        ------
        RecordError
            The text stands nowhere in the record, its past and your private answers; nothing was written. What comes close,
            and other files that hold it, are named.

        Warns
        -----
        UserWarning
            Words that come close are left, and where: other capitals, no accents, misspelt, one name of several.
        """
        from inquirylab.store.name_pattern import NamePattern
        from inquirylab.store.redaction import MARK, close_matches, close_sentence, left_behind, nowhere, redact

        self.may_write()
        places = redact(self._store, text, why)
        name = NamePattern(text, MARK)
        mine = {p: v for p, v in private.answers(self.folder.id, self.author).items() if isinstance(v, str)}
        held = [p for p, v in mine.items() if name.stands_in(v)]
        for path in held:
            private.keep(self.folder.id, self.author, path, name.without(mine[path]))
        if places:
            self.write_derived()
        else:
            self._derived.catch_up()
        left = left_behind(self.folder.path, text)
        close = close_matches(self._store, text) | name.close_among(mine.items())
        if not places and not held:
            raise nowhere(self.folder.path, close, left)
        if close:
            warnings.warn(close_sentence(close), stacklevel=2)
        return left

    def import_(self, source: str | Path) -> Imported:
        """Merge another copy of this inquiry (its folder, or a zip of it), or a ``record.json``; neither side loses anything."""
        from inquirylab.store.importing import import_into

        self.may_write()
        self.sync()
        done = import_into(self._store, self.folder, source)
        self._derived.changed()
        return done

    def pack(self, target: str | Path | None = None, *, keep_names: str = "") -> Path:
        """Write the whole inquiry into one zip, to be carried home and merged elsewhere; return where it is.

        It holds everything but private answers; by default it stands beside the folder.

        Parameters
        ----------
        target
            The zip's path.
        keep_names
            Why texts that may name a child go with it; the reason stands in the zip. Without one they hold it back.

        Raises
        ------
        RecordError
            A text may name a child, its key lies in the folder, a name of the key stands in what was edited since; or the
            zip cannot be written.
        """
        from inquirylab.store.packing import pack

        if not keep_names.strip():
            self._check_names()
        if self.folder.writable:
            self.write_derived()
        return pack(self.folder.path, Path(target) if target else None, comment=keep_names.strip())

    def compact(self) -> int:
        """Merge the logs of this user's finished sessions into one; return how many there were."""
        from inquirylab.store.compaction import compact

        self.may_write()
        return compact(self._store)

    # presence

    def here(self, looking_at: str = "") -> list[presence.Present]:
        """Say that you are here, and return who else is."""
        if self.folder.writable:
            presence.announce(self.folder.record, self._store.log.writer, self.author, looking_at)
        return [p for p in presence.present(self.folder.record) if p.writer != self._store.log.writer]

    # end

    def close(self) -> None:
        """Write ``record.json`` and ``record.md`` if they are behind, whoever left them so, and close."""
        if self._closed:
            return
        self._closed = True
        self._derived.close()
        if self.folder.writable:
            with suppress(InquiryError):  # the folder has gone or turned newer, and nothing of ours is lost
                self._derived.catch_up()
        self._store.close()
        if self._store.has_written:
            from inquirylab.store.compaction import tidy

            tidy(self._store)
            derived.sweep(self.folder.path, 3600.0, time.time())
        presence.leave(self.folder.record, self._store.log.writer)

    def __enter__(self) -> Inquiry:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        title = self._store.get("about.title")
        return f"<Inquiry {title!r} in {str(self.folder.path)!r} as {self.author!r}>"

    def write_derived(self) -> None:
        """Write ``record.json`` and ``record.md`` from what stands now."""
        self._derived.write()

    # within

    def _check_names(self) -> None:
        """Refuse to let the folder go while something in it may name a child."""
        from inquirylab.store import seat_key
        from inquirylab.store.packing import names_in_files

        cure = "`pack(keep_names=why)` takes it along as it is."
        names, misplaced = seat_key.names_and_problem(self.folder.id, self.folder.path)
        if misplaced:
            raise RecordError(f"The inquiry was not packed. {misplaced}")
        held = self.held_back()
        if held:
            where, words = next(iter(held.items()))
            more = f", and {len(held) - 1} more" if len(held) > 1 else ""
            raise RecordError(
                "The inquiry was not packed, because a text may name a child",
                where=where,
                found=f"“{words[0]}”{more}",
                cure=f"Write the seat code there, redact it, or say in the plan that it is nobody’s name; {cure}",
            )
        files = names_in_files(self.folder.path, names)
        if files:
            raise RecordError(
                "The inquiry was not packed, because a name of the key stands in files of it",
                where=", ".join(files),
                cure=f"Redact that name; make notebooks anew. {cure}",
            )

    def _render(self) -> dict[str, str]:
        self._store.sync()
        own = Roots(self._worded(self._own_language())) if self._language else self.roots
        return {derived.JSON: self._json_in(own), derived.MARKDOWN: self._markdown_in(own)}

    def _reword(self) -> None:
        self._store.roots = Roots(self._worded(self._language or self._own_language()))

    def _worded(self, language: str) -> list[Form]:
        return roots_in_words(language, self.folder.overlay_path)

    def _own_language(self) -> str:
        language = self._store.get("about.language")
        return language if isinstance(language, str) else "en"

    def may_write(self) -> None:
        """Refuse where the inquiry was closed or is read-only."""
        if self._closed:
            raise RecordError("This inquiry was closed", where=str(self.folder.path), cure="Open it again.")
        if not self.folder.writable:
            raise RecordError(
                "This inquiry is read-only for you",
                where=str(self.folder.path),
                cure="Ask whoever owns the folder for the right to write, then open it again.",
            )
