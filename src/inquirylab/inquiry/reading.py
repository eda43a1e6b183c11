"""One inquiry as one person reads it: others' edits are taken in before each answer."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any

from inquirylab.errors import RecordError
from inquirylab.record.export import as_json, as_markdown, plain
from inquirylab.record.paths import IMPORTED, STONES, Roots
from inquirylab.record.reading import Record
from inquirylab.record.stages import iso
from inquirylab.store import private

if TYPE_CHECKING:
    from inquirylab.findings.finding import Finding
    from inquirylab.findings.next_steps import NextStep
    from inquirylab.findings.theory import Known
    from inquirylab.inquiry.measured import MeasuredRecord
    from inquirylab.inquiry.network import HubReader, Network
    from inquirylab.inquiry.signals import MeasureSignal
    from inquirylab.record.network_diagram import NetworkDiagram, NetworkTheory
    from inquirylab.store.conflicts import Reading
    from inquirylab.store.inquiry_folder import InquiryFolder
    from inquirylab.store.log import Damage
    from inquirylab.store.team_record import TeamRecord

POLL_SECONDS = 0.1


class InquiryReading:
    """What can be asked of an inquiry; see :class:`inquirylab.inquiry.Inquiry`."""

    folder: InquiryFolder
    author: str
    _store: TeamRecord
    _hub: HubReader | None = None
    _typed: tuple[Reading, Roots, Record] | None = None
    _shown: tuple[Record, list[str], Record] | None = None

    @property
    def record(self) -> Record:
        """The whole record as frozen dataclasses, others' edits included. It can always be read."""
        self.sync()
        reading, roots = self._store.reading(), self._store.roots
        if self._typed is None or self._typed[0] is not reading or self._typed[1] is not roots:
            self._typed = (reading, roots, self._store.record())  # worked out once for each state
        return self._typed[2]

    @property
    def leaving(self) -> Record:
        """The record as it may leave the folder: without the texts that may name a child, see :meth:`held_back`."""
        from inquirylab.findings.names_in_notes import MARK, held_back
        from inquirylab.record.withholding import without

        record, names = self.record, self._key_names()
        if self._shown is None or self._shown[0] is not record or self._shown[1] != names:
            self._shown = (record, names, without(record, self._store.roots, held_back(record, names), MARK))
        return self._shown[2]

    def held_back(self) -> dict[str, tuple[str, ...]]:
        """Return path -> words of the texts that may name a child, by the key of names or by how names look."""
        from inquirylab.findings.names_in_notes import held_back

        return held_back(self.record, self._key_names())

    @property
    def roots(self) -> Roots:
        """The forms in use, in the inquiry's language or in the one that it was opened in."""
        return self._store.roots

    @property
    def revision(self) -> int:
        """A number that grows with every change that this session made or took in."""
        return self._store.revision

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

        Each entry has ``author``, ``at`` (UTC) and ``paths``; that of a redaction has ``redacted``, too: why, and in how many
        ``places`` the text stood, never the text.

        Raises
        ------
        RecordError
            The path is unknown.
        """
        if path is not None:
            self._store.roots.spot(path)
        self.sync()
        out = []
        for h in self._store.history():
            paths = [p for p in h["p"] if not p.startswith(("~forms", IMPORTED))]
            touched = [p for p in paths if path is None or p == path or p.startswith(f"{path}.")]
            if touched:
                out.append({"author": h["a"], "at": iso(h["t"]), "paths": touched, **self._redacted(touched)})
        return out

    def conflicts(self) -> list[dict[str, Any]]:
        """Return what was answered at the same time and differs, with each answer, its author and time."""
        self.sync()
        return self._store.conflicts()

    def findings(self, today: dt.date | None = None) -> list[Finding]:
        """Return what could be better, or is missing, with a cure each; the same as ``inquirylab check``."""
        from inquirylab.findings.check import check
        from inquirylab.store import seat_key

        record = self.record
        signals = self.signals()
        names, misplaced = seat_key.names_and_problem(self.folder.id, self.folder.path)
        return check(
            record,
            self._store.roots,
            conflicts=self._store.conflicts(),
            damage=[str(d) for d in self.damage()],
            network=self._theory(),
            unread={m: s.error for m, s in signals.items() if s.error},
            strays={m: s.strays for m, s in signals.items() if s.strays},
            names=names,
            key_problem=misplaced,
            today=today or dt.date.today(),
        )

    def next_steps(self, today: dt.date | None = None) -> list[NextStep]:
        """Return what the team could do next, the most pressing first."""
        from inquirylab.findings.next_steps import next_steps

        signals = {m: s.words for m, s in self.signals().items() if s.since}
        return next_steps(self.record, self._store.roots, today or dt.date.today(), signals)

    def known(self, signals: Mapping[str, str] | None = None) -> dict[str, Known]:
        """Return what is known at each node of the theory: cycles, decisions, the latest signal of its measures.

        Parameters
        ----------
        signals
            Measure id -> its latest signal in words, instead of what the inquiry's own data say.
        """
        from inquirylab.findings.theory import known

        record = self.record
        if signals is None:
            signals = {m: s.words for m, s in self.signals().items() if s.words}
        return known(record, signals)

    def signals(self) -> dict[str, MeasureSignal]:
        """Return the latest signal of every measure that has data in the inquiry's folder or rows typed in, by its id."""
        from inquirylab.inquiry.signals import measure_signals

        return measure_signals(self.record, self._measured)

    def network(self) -> Network | None:
        """Return the hub's inquiry as it stands now, or None if this inquiry names none.

        If the hub's folder is missing or cannot be read, `problem` says so in one sentence and `record` is None.
        """
        from inquirylab.inquiry.network import HubReader

        if not self.folder.network:
            return None
        if self._hub is None:
            self._hub = HubReader(self.folder, self.author)
        return self._hub.read()

    def network_diagram(self) -> NetworkDiagram | None:
        """Return the hub's theory and this site's as one; None where there is no hub, or it cannot be read."""
        from inquirylab.record.network_diagram import network_diagram

        network = self.network()
        return None if network is None or network.record is None else network_diagram(self.record, network.record)

    def as_json(self) -> str:
        """Return the record as JSON text."""
        return self._json_in(self._store.roots)

    def as_markdown(self) -> str:
        """Return the record as Markdown: every answer under the question that it answered, but for what may name a child."""
        return self._markdown_in(self._store.roots)

    def damage(self) -> list[Damage]:
        """Return the stretches of logs that cannot be read, each with file and bytes."""
        return self._store.damage()

    def prompt(self, path: str) -> str:
        """Return the question that an answer answered, in the words in which it was asked then."""
        from inquirylab.store.wording import prompt_of

        return prompt_of(self._store.roots, path, self._store.document)

    # within

    def _redacted(self, paths: Sequence[str]) -> dict[str, Any]:
        """Return what a stone among these paths says."""
        for path in paths:
            stone = self._store.reading().values.get(path) if path.startswith(f"{STONES}.") else None
            if isinstance(stone, dict):
                return {"redacted": {k: stone.get(k) for k in ("why", "places")}}
        return {}

    def _json_in(self, roots: Roots) -> str:
        record, theory = self._store.record(), self._theory()
        seen = self._store.document.state()  # after the record, which must not hold more than it says it has seen
        return as_json(record, roots, self.folder.id, theory, seen)

    def _markdown_in(self, roots: Roots) -> str:
        return as_markdown(self.leaving, roots, self._old_prompts(roots), self._theory())

    def _key_names(self) -> list[str]:
        from inquirylab.store import seat_key

        return seat_key.names_and_problem(self.folder.id, self.folder.path)[0]

    @cached_property
    def _measured(self) -> MeasuredRecord:
        from inquirylab.inquiry.measured import MeasuredRecord

        return MeasuredRecord(self.folder.path)

    def _theory(self) -> NetworkTheory | None:
        """Return what an export says of the network."""
        from inquirylab.record.network_diagram import NetworkTheory, network_diagram

        network = self.network()
        if network is None:
            return None
        merged = network_diagram(self._store.record(), network.record) if network.record else None
        return NetworkTheory(network.title, merged, network.problem)

    def _old_prompts(self, roots: Roots) -> dict[str, str]:
        """Return path -> the question as it was asked, of answers that were given to other words than those in use."""
        from inquirylab.store.wording import first_wording, prompt_of

        document = self._store.document
        reworded = {root for root, form in roots.forms.items() if first_wording(form, document) != form.digest}
        reworded |= {p.partition(".")[0] for p in document.paths() if p.endswith(".~asked")}
        out = {}
        for path in self._store.reading().values:
            if path.partition(".")[0] in reworded and "~" not in path:
                with suppress(RecordError):
                    out[path] = prompt_of(roots, path, document)
        return out

    def _is_private(self, path: str) -> bool:
        spot = self._store.roots.spot(path)
        return spot.kind == "answer" and spot.question is not None and spot.question.private
