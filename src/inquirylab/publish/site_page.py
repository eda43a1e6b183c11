"""A site's page, written from its notebook by atomic replace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat

from inquirylab.reports.notebook_page import Place, Problem


def write_atomically(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old one or the whole new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(path)


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
