"""What a site is made from, and so which sites need not run again."""

from __future__ import annotations

import json
import os
import platform
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from inquirylab import __version__
from inquirylab.batch.engines import kernel_named
from inquirylab.batch.journal import Contents, Entry, Journal, digest
from inquirylab.batch.outcome import Outcome
from inquirylab.batch.plan import Job

PACKAGE = Path(__file__).parents[1]


def template_key(path: str | Path) -> str:
    """Return the digest of what a template does: its cells' kinds, sources and tags, and its kernel."""
    notebook = json.loads(Path(path).read_text(encoding="utf-8"))
    cells = [
        (cell.get("cell_type"), "".join(cell.get("source", "")), cell.get("metadata", {}).get("tags", []))
        for cell in notebook.get("cells", [])
    ]
    return digest(json.dumps([cells, kernel_named(notebook)]))


def environment_key() -> str:
    """Return the digest of the interpreter and of all that is installed in it, inquirylab's own sources included.

    Installed packages are known by the names of their metadata folders, which carry the versions: reading the names
    takes a millisecond, importing the packages a second.
    """
    installed: set[str] = set()
    for place in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *sys.path}:
        if place and os.path.isdir(place):  # noqa: PTH112
            installed |= {name for name in os.listdir(place) if name.endswith((".dist-info", ".egg-info"))}  # noqa: PTH208
    return digest(platform.python_version(), platform.machine(), *sorted(installed), own_key())


def own_key() -> str:
    """Return the digest of inquirylab: its version where it is installed, its sources where it is worked on."""
    if str(PACKAGE).startswith(sysconfig.get_path("purelib")):
        return __version__
    files = sorted(p for kind in ("py", "toml", "json", "j2", "css") for p in PACKAGE.rglob(f"*.{kind}"))
    return digest(*(part for p in files for part in (str(p), p.read_bytes())))


def site_key(job: Job, template: str, environment: str) -> str:
    """Return the digest of all that is known of a site before it runs."""
    return digest(template, environment, json.dumps(dict(job.parameters), sort_keys=True, default=str))


def parameter_files(parameters: Mapping[str, Any], contents: Contents) -> dict[str, str]:
    """Return the digests of all files that parameters name, or that lie below the folders that they name."""
    found: dict[str, str] = {}
    for value in parameters.values():
        for text in value if isinstance(value, (list, tuple)) else [value]:
            if isinstance(text, str) and 0 < len(text) < 1024 and "\0" not in text and os.path.exists(text):  # noqa: PTH110
                found |= contents.below(os.path.abspath(text))  # noqa: PTH100
    return found


def earlier_outcome(journal: Journal, job: Job, key: str, contents: Contents) -> Outcome | None:
    """Return the outcome of a site that need not run again, marked as skipped; else None."""
    entry = journal.entries.get(job.slug)
    if entry is None or not entry.holds(key, contents, journal.out):
        return None
    return replace(Outcome(**entry.outcome), name=job.name, outcome="skipped")


def entry_of(
    job: Job, key: str, page: str, outcome: Outcome, evidence: Mapping[str, Any], contents: Contents, out: Path
) -> Entry:
    """Return what the journal keeps of a completed site."""
    files = {**parameter_files(job.parameters, contents), **evidence.get("files", {})}
    outputs = {name: (out / name).stat().st_size for name in (outcome.notebook, outcome.page) if name}
    rest = {name: evidence[name] for name in ("folders", "outside") if name in evidence}
    return Entry(job.slug, key, files=files, outputs=outputs, page=page, outcome=outcome.to_dict(), **rest)


def longest_first(jobs: list[Job], journal: Journal) -> list[Job]:
    """Return jobs with the longest of the last time first, so that no long one is left for the end.

    One that never ran is taken for an average one.
    """
    known = {job.slug: _seconds(journal.entries.get(job.slug)) for job in jobs}
    seen = sorted(s for s in known.values() if s is not None)
    middle = seen[len(seen) // 2] if seen else 0.0
    return sorted(jobs, key=lambda job: -(known[job.slug] if known[job.slug] is not None else middle))  # type: ignore[operator]


def _seconds(entry: Entry | None) -> float | None:
    return entry.outcome.get("seconds") if entry is not None else None
