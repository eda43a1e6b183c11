"""`batch.json`: what a batch was made of and how each site ended, for people's tools and for the next run."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from inquirylab import __version__
from inquirylab.batch.outcome import Outcome
from inquirylab.batch.plan import Job, Plan
from inquirylab.errors import BatchError
from inquirylab.publish.files import write_atomically

FORMAT = 1
PACKAGES = ("papermill", "nbclient", "ipykernel", "pandas", "altair", "numpy")


@dataclass(frozen=True)
class Manifest:
    """A batch as it stands in its folder."""

    title: str
    made: str
    jobs: tuple[Job, ...]
    outcomes: tuple[Outcome, ...]


def write_manifest(out: Path, plan: Plan, outcomes: Sequence[Outcome], made: str, about: Mapping[str, Any]) -> None:
    """Write `batch.json`, the last file of a batch; `about` says how it was run."""
    ended = {o.name: o for o in outcomes}
    data: dict[str, Any] = {
        "format": FORMAT,
        "inquirylab": __version__,
        "made": made,
        "title": plan.title,
        "template": {
            "name": Path(plan.template).name,
            "sha256": hashlib.sha256(Path(plan.template).read_bytes()).hexdigest(),
        },
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        **about,
        "sites": [
            {**ended[job.name].to_dict(), "parameters": dict(job.parameters)} for job in plan.jobs if job.name in ended
        ],
    }
    write_atomically(out / "batch.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def read_manifest(out: str | Path) -> Manifest:
    """Read the manifest of a batch's folder.

    Raises
    ------
    BatchError
        The folder holds no batch, or one of a newer version.
    """
    path = Path(out) / "batch.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] > FORMAT:
            raise BatchError("The batch was made by a newer inquirylab", where=str(path), cure="Update inquirylab.")
        sites = data["sites"]
        jobs = tuple(Job(s["name"], s["slug"], s.pop("parameters")) for s in sites)
        return Manifest(data["title"], data["made"], jobs, tuple(Outcome(**s) for s in sites))
    except FileNotFoundError as e:
        raise BatchError(
            "There is no batch in this folder", where=str(out), cure="Name the folder given to --out."
        ) from e
    except (ValueError, KeyError, TypeError) as e:
        raise BatchError(
            "The batch's manifest is damaged", where=str(path), found=str(e), cure="Run the batch again."
        ) from e
