"""A formative report's folder as the publication needs it: its manifest, without running a notebook."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from inquirylab.batch.outcome import Outcome
from inquirylab.batch.slugs import slugs


def formative(
    folder: Path, sites: Iterable[str], data: Path, measure: Path | Mapping[str, Path], title: str = "Late arrivals"
) -> Path:
    """Write `batch.json` of a batch in which every site ended well; return the folder."""
    names = list(sites)
    entries = []
    for name, slug in slugs(names).items():
        form = measure[name] if isinstance(measure, Mapping) else measure
        outcome = Outcome(name, slug, "completed", notebook=f"notebooks/{slug}.ipynb", page=f"sites/{slug}.html")
        parameters: dict[str, Any] = {"site": name, "data": str(data), "measure": str(form)}
        entries.append({**outcome.to_dict(), "parameters": parameters})
    folder.mkdir(parents=True, exist_ok=True)
    manifest = {"format": 1, "made": "", "title": title, "sites": entries}
    (folder / "batch.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder
