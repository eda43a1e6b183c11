"""A site's page, written from its notebook by atomic replace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat

from inquirylab.publish.files import write_atomically
from inquirylab.reports.notebook_page import Place, Problem


def write_site_page(out: Path, slug: str, place: Place, problem: Problem | None, where: str, made: str) -> Path:
    """Write `sites/<slug>.html` from `notebooks/<slug>.ipynb`; one that never came to be gets a page too."""
    from inquirylab.publish.exporter import InquiryExporter

    source = out / "notebooks" / f"{slug}.ipynb"
    notebook: Any = nbformat.read(source, as_version=4) if source.exists() else nbformat.v4.new_notebook()
    known = {
        "place": place,
        "problem": problem,
        "where": where,
        "made": made,
        "assets": "../assets/",
        "title": place.name,
    }
    page, _ = InquiryExporter().from_notebook_node(notebook, {"inquirylab": known})
    target = out / "sites" / f"{slug}.html"
    write_atomically(target, page)
    return target
