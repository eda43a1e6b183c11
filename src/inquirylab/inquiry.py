"""An inquiry: open it, read it, change it. Every change is on disk when the call returns.

    >>> import tempfile, inquirylab
    >>> inq = inquirylab.create(tempfile.mkdtemp() + "/attendance", title="Late on Mondays", author="Ana")
    >>> inq.set("problem_definition.statement", "On Mondays one pupil in five comes late.")
    >>> idea = inq.add("change_ideas", {"name": "A call on Sunday"})
    >>> inq.record.change_ideas[0].name
    'A call on Sunday'
    >>> inq.close()
"""

from __future__ import annotations

import datetime as dt
import os
import threading
import time
import warnings
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from inquirylab.definitions.wording import roots_in_words
from inquirylab.errors import InquiryError, RecordError
from inquirylab.record.export import as_json, as_markdown, plain
from inquirylab.record.paths import Roots
from inquirylab.record.reading import Record
from inquirylab.record.stages import iso
from inquirylab.record.versions import snapshot_of
from inquirylab.store import attachments, derived, presence, private
from inquirylab.store.inquiry_folder import InquiryFolder, create_folder, open_folder

if TYPE_CHECKING:
    from inquirylab.findings.finding import Finding
    from inquirylab.findings.next_steps import NextStep
    from inquirylab.findings.theory import Known
    from inquirylab.store.importing import Imported
    from inquirylab.store.team_record import TeamRecord

POLL_SECONDS = 0.1
COMPACT_FILES, COMPACT_BYTES = 8, 1 << 20


def open(path: str | Path, author: str | None = None) -> Inquiry:  # noqa: A001  the contract's word
    """Open an inquiry. Nothing is written until you change something.

    Parameters
    ----------
    path
        The folder of the inquiry.
    author
        Whose edits these will be: ``JUPYTERHUB_USER`` if that is set, else the name you logged in with.

    Raises
    ------
    RecordError
        The folder is no inquiry, cannot be read, or is from a newer version of inquirylab.

    Warns
    -----
    UserWarning
        Part of a log is damaged: what is intact is read, and the message names what was skipped.
    """
    inquiry = Inquiry(open_folder(path), author or default_author())
    damage = [d for d in inquiry.damage() if not d.at_end]
    if damage:
        warnings.warn(f"{'; '.join(str(d) for d in damage[:3])}. What is intact was read; a copy of the folder may "
                      "hold the rest: `inquirylab record DIR --import COPY` merges it.", stacklevel=2)
    return inquiry


def create(path: str | Path, *, title: str | None = None, site: str | None = None, author: str | None = None,
           language: str = "en", cycle: str | None = None, network: str | Path | None = None) -> Inquiry:
    """Make a new inquiry and open it.

    Parameters
    ----------
    path
        A folder that is no inquiry yet; it is made if it is missing.
    title, site
        What the inquiry is called, and where it is.
    language
        In which language the questions are asked: ``en`` or ``es``.
    cycle
        Which cycle the team runs first: ``pdsa_cycle``, ``lesson_study`` or ``design_cycle``.
    network
        The inquiry folder of the hub, if there is one.

    Raises
    ------
    RecordError
        There is an inquiry already, or the folder cannot be written.
    """
    inquiry = Inquiry(create_folder(path, network), author or default_author())
    about = {"title": title or Path(path).name, "site": site, "language": language, "cycle": cycle}
    inquiry.set("about", {k: v for k, v in about.items() if v is not None})
    return inquiry


def default_author() -> str:
    """Return ``JUPYTERHUB_USER``, else the login name."""
    import getpass

    try:
        return os.environ.get("JUPYTERHUB_USER") or getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "someone"


class Inquiry:
    """One inquiry, as one person sees and changes it. Made by :func:`open` and :func:`create`.

    Use it as a context manager, or call :meth:`close` when you are done.
    """

    def __init__(self, folder: InquiryFolder, author: str) -> None:
        from inquirylab.store.team_record import TeamRecord

        self.folder, self.author = folder, author
        first = Roots(roots_in_words("en", folder.overlay_path))
        self._store: TeamRecord = TeamRecord(folder.record, author, first)
        language = self._store.get("about.language")
        if isinstance(language, str) and language != "en":
            self._store.roots = Roots(roots_in_words(language, folder.overlay_path))
        self._derive_lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._derived = (0.0, 0.0)  # when it was written last, and how long that took
        self._closed = False

    # reading

    @property
    def record(self) -> Record:
        """The whole record as frozen dataclasses, others' edits included. It can always be read."""
        self.sync()
        return self._store.record()

    @property
    def roots(self) -> Roots:
        """The forms in use, in the inquiry's language."""
        return self._store.roots

    def get(self, path: str) -> Any:
        """Return what stands under a path: an answer, dicts of answers, or None.

        Examples of paths: ``aim.target``, ``change_ideas``, ``change_ideas.<id>.name``.
        """
        self.sync()
        if self._is_private(path):
            return private.answers(self.folder.id, self.author).get(path)
        return self._store.get(path)

    def to_dict(self) -> dict[str, Any]:
        """Return all answers as plain dicts; collections and lists as ``{id: fields}``."""
        return plain(self.record, self._store.roots)

    def sync(self, wait: float = 0.0) -> list[str]:
        """Take in what others have written and return the paths that they touched.

        Parameters
        ----------
        wait
            Seconds to wait for something new; 0 returns at once.
        """
        until = time.monotonic() + wait
        while True:
            paths = self._store.sync()
            left = until - time.monotonic()
            if paths or left <= 0:
                return paths
            time.sleep(min(POLL_SECONDS, left))

    def history(self, path: str | None = None) -> list[dict[str, Any]]:
        """Return who changed what, when, oldest first; of one path and all below it, if given.

        Each entry has ``author``, ``at`` (UTC) and ``paths``.
        """
        self.sync()
        out = []
        for h in self._store.history():
            paths = [p for p in h["p"] if not p.startswith("~forms")]
            touched = [p for p in paths if path is None or p == path or p.startswith(f"{path}.")]
            if touched:
                out.append({"author": h["a"], "at": iso(h["t"]), "paths": touched})
        return out

    def conflicts(self) -> list[dict[str, Any]]:
        """Return what was answered at the same time and differs, with each answer, its author and time."""
        self.sync()
        return self._store.conflicts()

    def findings(self, today: dt.date | None = None) -> list[Finding]:
        """Return what could be better, or is missing, with a cure each; the same as ``inquirylab check``."""
        from inquirylab.findings.check import check

        record = self.record
        return check(record, self._store.roots, conflicts=self._store.conflicts(),
                     damage=[str(d) for d in self.damage()], today=today or dt.date.today())

    def next_steps(self, today: dt.date | None = None) -> list[NextStep]:
        """Return what the team could do next, the most pressing first."""
        from inquirylab.findings.next_steps import next_steps

        return next_steps(self.record, self._store.roots, today or dt.date.today())

    def known(self, signals: Mapping[str, str] | None = None) -> dict[str, Known]:
        """Return what is known at each node of the theory: cycles, decisions, signals of measures (given in words)."""
        from inquirylab.findings.theory import known

        return known(self.record, signals)

    def as_json(self) -> str:
        """Return the record as JSON text."""
        return as_json(self.record, self._store.roots, self.folder.id)

    def as_markdown(self) -> str:
        """Return the record as Markdown: every answer under the question that it answered."""
        return as_markdown(self.record, self._store.roots, self._old_prompts())

    def damage(self) -> list[Any]:
        """Return the stretches of logs that cannot be read, each with file and bytes."""
        return self._store.damage()

    def prompt(self, path: str) -> str:
        """Return the question that an answer answered, in the words in which it was asked then."""
        from inquirylab.store.wording import prompt_of

        return prompt_of(self._store.roots, path, self._store.document)

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
            stand, as a conflict for people to settle.

        Raises
        ------
        RecordError
            Unknown path or wrong type, naming the path and what is allowed; or it could not be saved.
        """
        self._may_write()
        if self._is_private(path):
            private.keep(self.folder.id, self.author, path, value)
            return
        self._store.set(path, value, base)
        if path == "about" or path.startswith("about.language"):
            self._reword()
        self._changed()

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
        self._may_write()
        if path.endswith(".versions") and isinstance(fields, Mapping) and "snapshot" not in fields:
            self.sync()
            fields = {**fields, "snapshot": snapshot_of(self._store.reading().tree, path)}
        item = self._store.add(path, fields, before)
        self._changed()
        return item

    def remove(self, path: str) -> None:
        """Take an item out of its list. Nothing is lost: :meth:`restore` brings it back."""
        self._may_write()
        self._store.remove(path)
        self._changed()

    def restore(self, path: str) -> None:
        """Bring back an item that was removed."""
        self._may_write()
        self._store.restore(path)
        self._changed()

    def move(self, path: str, before: str | None = None) -> None:
        """Move an item before another one of its list, or to the end."""
        self._may_write()
        self._store.move(path, before)
        self._changed()

    def resolve(self, path: str, value: Any) -> None:
        """Settle a conflict by the answer that shall stand; the others stay in the history."""
        self._may_write()
        self.sync()
        self._store.resolve(path, value)
        self._changed()

    def undo(self) -> list[str]:
        """Take back the last edit of this session and return its paths; nothing that others did is touched."""
        self._may_write()
        paths = self._store.undo()
        self._changed()
        return paths

    def attach(self, path: str, file: str | Path) -> str:
        """Keep a copy of a file in the inquiry and refer to it at `path`, a question for an attachment or a list of them.

        Returns the name under which it is kept in ``data/attachments``.
        """
        self._may_write()
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

        Returns the other files of the folder (notebooks, data) that still hold it: those are yours to change.
        """
        from inquirylab.store.redaction import left_behind, redact

        self._may_write()
        redact(self._store, text, why)
        mine = private.answers(self.folder.id, self.author)
        for path, value in mine.items():
            if isinstance(value, str) and text in value:
                private.keep(self.folder.id, self.author, path, value.replace(text, "[redacted]"))
        self.write_derived()
        return left_behind(self.folder.path, text)

    def import_(self, source: str | Path) -> Imported:
        """Merge another copy of this inquiry, or a ``record.json``, without losing either side."""
        from inquirylab.store.importing import import_into

        self._may_write()
        self.sync()
        done = import_into(self._store, self.folder, source)
        self._changed()
        return done

    def compact(self) -> int:
        """Merge the logs of this user's finished sessions into one; return how many there were."""
        from inquirylab.store.compaction import compact

        self._may_write()
        return compact(self._store)

    # presence

    def here(self, looking_at: str = "") -> list[presence.Present]:
        """Say that you are here, and return who else is."""
        if self.folder.writable:
            presence.announce(self.folder.record, self._store.log.writer, self.author, looking_at)
        return [p for p in presence.present(self.folder.record) if p.writer != self._store.log.writer]

    # end

    def close(self) -> None:
        """Write ``record.json`` and ``record.md`` if they are behind, and close."""
        if self._closed:
            return
        self._closed = True
        pending = self._stop_timer()
        if pending:
            self.write_derived()
        self._store.close()
        if self._store._number and self.folder.writable:
            self._tidy()
        presence.leave(self.folder.record, self._store.log.writer)

    def __enter__(self) -> Inquiry:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        title = self._store.get("about.title")
        return f"<Inquiry {title!r} in {str(self.folder.path)!r} as {self.author!r}>"

    def write_derived(self) -> None:
        """Write ``record.json`` and ``record.md`` from what stands now."""
        began = time.monotonic()
        with self._derive_lock:
            self._store.sync()
            record, roots, writer = self._store.record(), self._store.roots, self._store.log.writer
            derived.write(self.folder.path, writer, derived.JSON, as_json(record, roots, self.folder.id))
            derived.write(self.folder.path, writer, derived.MARKDOWN, as_markdown(record, roots, self._old_prompts()))
            self._derived = (time.monotonic(), time.monotonic() - began)

    # within

    def _changed(self) -> None:
        """Write the derived files: at once if they are quick to write, else a little later, once for many changes."""
        written, took = self._derived
        if self._timer is not None:
            return
        delay = max(0.0, written + 20 * took - time.monotonic())
        if delay == 0.0:
            self.write_derived()
            return
        self._timer = threading.Timer(delay, self._derive_late)
        self._timer.daemon = True
        self._timer.start()

    def _derive_late(self) -> None:
        self._timer = None
        try:
            self.write_derived()
        except InquiryError:
            pass  # the folder has gone or turned newer: the next call says so to a person

    def _stop_timer(self) -> bool:
        timer, self._timer = self._timer, None
        if timer is None:
            return False
        timer.cancel()
        timer.join()
        return True

    def _tidy(self) -> None:
        from inquirylab.store.compaction import compact, finished

        try:
            names = finished(self._store)
            size = sum((self.folder.record / n).stat().st_size for n in names)
            if len(names) >= COMPACT_FILES or (len(names) > 1 and size > COMPACT_BYTES):
                compact(self._store, names)
                self._store.close()
            derived.sweep(self.folder.path, 3600.0, time.time())
        except (InquiryError, OSError):
            pass  # nothing is lost: the logs stay as they are

    def _old_prompts(self) -> dict[str, str]:
        marked = [p[: -len(".~asked")] for p in self._store.document.paths() if p.endswith(".~asked")]
        out = {}
        for path in marked:
            try:
                out[path] = self.prompt(path)
            except RecordError:
                continue
        return out

    def _reword(self) -> None:
        language = self._store.get("about.language")
        self._store.roots = Roots(roots_in_words(language if isinstance(language, str) else "en",
                                                 self.folder.overlay_path))

    def _may_write(self) -> None:
        if self._closed:
            raise RecordError("This inquiry was closed", where=str(self.folder.path), cure="Open it again.")
        if not self.folder.writable:
            raise RecordError("This inquiry is read-only for you", where=str(self.folder.path),
                              cure="Ask whoever owns the folder for the right to write, then open it again.")

    def _is_private(self, path: str) -> bool:
        spot = self._store.roots.spot(path)
        return spot.kind == "answer" and spot.question is not None and spot.question.private
