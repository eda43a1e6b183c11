"""A publication as PDF, laid out by Typst: tagged, with alternative texts, charts as vectors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from inquirylab.errors import ReportError

STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA-1: Typst refuses to write a file that lacks a title, a language, or the alternative text of a picture."""


def pdf(paper: Mapping[str, Any]) -> bytes:
    """Return a report as PDF.

    Parameters
    ----------
    paper
        As `inquirylab.reports.paper.paper` returns it.
    """
    import typst

    data = json.dumps(paper, ensure_ascii=False)
    try:
        return bytes(typst.compile(_layout(), sys_inputs={"data": data}, pdf_standards=[STANDARD]))
    except typst.TypstError as problem:
        raise ReportError("The PDF cannot be laid out", found=str(problem)[:300]) from problem


@cache
def _layout() -> bytes:
    return (files("inquirylab.reports") / "pages" / "report.typ").read_bytes()
