"""The hub's inquiry, as a site of its network reads it: never written to, and never missed as an error."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from inquirylab.definitions.wording import roots_in_words
from inquirylab.errors import InquiryError
from inquirylab.record.paths import Roots
from inquirylab.record.reading import Record
from inquirylab.store.inquiry_folder import InquiryFolder, open_folder

if TYPE_CHECKING:
    from inquirylab.store.team_record import TeamRecord


class Network(NamedTuple):
    """The network that a site's inquiry belongs to.

    Attributes
    ----------
    folder
        The hub's inquiry folder.
    title
        What the hub calls it; empty if it cannot be read.
    record
        The hub's record; None if it cannot be read.
    problem
        Why it cannot be read, in one sentence; empty if it can.
    """

    folder: Path
    title: str
    record: Record | None
    problem: str = ""


class HubReader:
    """Reads a hub's record again and again, as it grows. Nothing is ever written to its folder."""

    def __init__(self, site: InquiryFolder, author: str) -> None:
        self.site, self.author = site, author
        self.folder = site.path / site.network
        self._store: TeamRecord | None = None

    def read(self) -> Network:
        """Return the hub as it stands now."""
        try:
            hub = open_folder(self.folder)  # each time: a folder that has gone is not remembered as it was
            if self._store is None:
                self._store = self._open(hub)
            else:
                self._store.sync()
            record = self._store.record()
        except (InquiryError, OSError) as e:
            self._store = None
            return Network(self.folder, "", None, f"The network's inquiry cannot be read: {e}")
        return Network(self.folder, record.about.title or self.folder.name, record)

    def _open(self, hub: InquiryFolder) -> TeamRecord:
        from inquirylab.store.team_record import TeamRecord

        if self.folder.resolve() == self.site.path.resolve():
            raise InquiryError(
                "An inquiry is not its own network",
                where=str(self.site.path / "inquiry.toml"),
                cure="Correct `network`, or take the line out.",
            )
        return TeamRecord(hub.record, self.author, Roots(roots_in_words("en", hub.overlay_path)))
