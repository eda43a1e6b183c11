"""Reports as PDF, laid out by Typst: tagged, with alternative texts, charts as vectors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from inquirylab.errors import ReportError

STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA-1: Typst refuses to write a file that lacks a title, a language, or the alternative text of a picture."""
NO_LETTER = "could not be displayed with font"


def pdf(paper: Mapping[str, Any], layout: str = "report.typ") -> bytes:
    """Return a report as PDF.

    Parameters
    ----------
    paper
        What `layout` shows: for a publication, as `inquirylab.reports.paper.paper` returns it.
    layout
        In `reports/pages/`: report.typ for a publication, document.typ for a page of ours.

    Raises
    ------
    ReportError
        It cannot be laid out.
    """
    import typst

    def lay_out(*standards: Literal["ua-1"]) -> bytes:
        try:
            return bytes(typst.compile(_layout(layout), sys_inputs={"data": data}, pdf_standards=[*standards]))
        except typst.TypstError as problem:
            raise ReportError("The PDF cannot be laid out", found=str(problem)[:300]) from problem

    data = json.dumps(paper, ensure_ascii=False)
    try:
        return lay_out(STANDARD)
    except ReportError as problem:
        if NO_LETTER not in str(problem.__cause__):
            raise
    # No font here has a letter that somebody wrote. The file is tagged all the same, holds the letter as text, and does
    # not claim the standard.
    return lay_out()


@cache
def _layout(name: str) -> bytes:
    pages = files("inquirylab.reports") / "pages"
    return b"".join((pages / part).read_bytes() for part in ("house.typ", name))
