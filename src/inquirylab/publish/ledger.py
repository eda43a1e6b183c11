"""The ledger: what was published before, with its private counts, so that nothing later can undo it.

One line a publication (JSON), in a file beside the formative report and never in what is published. Lines are only ever
added; the file is replaced as a whole, so that a reader sees the old one or the new one.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inquirylab.errors import PrivacyError
from inquirylab.privacy.periods import Earlier
from inquirylab.privacy.releases import Release
from inquirylab.publish.files import put_in_place

FORMAT = 1


def ledger_path(out: Path) -> Path:
    """Return where the ledger of a formative report is: beside its folder."""
    whole = out.resolve()
    return whole.with_name(f"{whole.name}.releases.jsonl")


@dataclass(frozen=True)
class Entry:
    """One publication.

    Attributes
    ----------
    name, made
        What people call it, and when it was made.
    min_n, zeros, authority
        Its rules.
    pools
        For each pool of sites that follow one definition: period -> table -> releases.
    """

    name: str
    made: str
    min_n: int
    zeros: str
    authority: Mapping[str, str] = field(default_factory=dict)
    pools: Sequence[Mapping[str, Mapping[str, Sequence[Release]]]] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain data. Private: it holds the counts."""
        pools = [
            {
                period: {table: [r.to_dict() for r in found] for table, found in tables.items()}
                for period, tables in pool.items()
            }
            for pool in self.pools
        ]
        return {
            "format": FORMAT,
            "name": self.name,
            "made": self.made,
            "min_n": self.min_n,
            "zeros": self.zeros,
            "authority": dict(self.authority),
            "pools": pools,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Entry:
        """Read what :meth:`to_dict` wrote."""
        pools = [
            {
                period: {table: [Release.from_dict(r) for r in found] for table, found in tables.items()}
                for period, tables in pool.items()
            }
            for pool in data["pools"]
        ]
        return cls(data["name"], data["made"], data["min_n"], data["zeros"], data["authority"], pools)


@dataclass(frozen=True)
class Ledger:
    """All publications of one formative report, oldest first."""

    path: Path
    entries: tuple[Entry, ...] = ()

    @classmethod
    def read(cls, path: Path) -> Ledger:
        """Read a ledger; one that is not there is empty.

        Raises
        ------
        PrivacyError
            It is damaged: then nobody can say what is public already.
        """
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return cls(path)
        entries = []
        for number, line in enumerate(lines, start=1):
            try:
                data = json.loads(line)
                if data["format"] > FORMAT:
                    raise PrivacyError("The ledger was written by a newer inquirylab", where=str(path),
                                       cure="Update inquirylab.")  # fmt: skip
                entries.append(Entry.from_dict(data))
            except (ValueError, KeyError, TypeError) as problem:
                raise PrivacyError(
                    "The ledger of earlier publications is damaged, so nobody can say what is public already",
                    where=f"{path}, line {number}",
                    found=str(problem)[:200],
                    cure="Bring it back from a copy. Without it nothing is published.",
                ) from problem
        return cls(path, tuple(entries))

    def earlier(self, period: str, sites: Sequence[str]) -> Earlier:
        """Return what was published of a period and any of these sites, by table, oldest first.

        What was published twice without a change counts once.
        """
        found: dict[str, list[Release]] = {}
        known: set[str] = set()
        for tables in (pool.get(period, {}) for entry in self.entries for pool in entry.pools):
            if _sites(tables).isdisjoint(sites):
                continue
            for table, releases in tables.items():
                for release in releases:
                    digest = _digest(table, release)
                    if digest not in known:
                        known.add(digest)
                        found.setdefault(table, []).append(release)
        return found

    def add(self, entry: Entry) -> None:
        """Write one more line; what stood there stays as it is."""
        before = self.path.read_bytes() if self.path.exists() else b""
        if before and not before.endswith(b"\n"):
            raise PrivacyError("The ledger ends in the middle of a line", where=str(self.path),
                               cure="Bring it back from a copy.")  # fmt: skip
        partial = self.path.with_name(f".{self.path.name}.partial")
        line = json.dumps(entry.to_dict(), ensure_ascii=False, separators=(",", ":"))
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(before + line.encode() + b"\n")
        put_in_place(partial, self.path)


def _sites(tables: Mapping[str, Sequence[Release]]) -> set[object]:
    """Return the sites that any of these tables names; tables of groups over all sites go with the others."""
    every = (release.cells for releases in tables.values() for release in releases)
    return {site for cells in every if "site" in cells.by for site in cells.labels[cells.by.index("site")]}


def _digest(table: str, release: Release) -> str:
    plain = {**release.to_dict(), "name": ""}
    return hashlib.sha256(json.dumps([table, plain], sort_keys=True).encode()).hexdigest()
