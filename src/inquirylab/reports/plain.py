"""Words of people inside Markdown: nothing in them is markup, for Markdown or for HTML."""

from __future__ import annotations

_SIGNS = str.maketrans({s: f"\\{s}" for s in "\\`*_{}[]#!$~|"} | {"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def plain(text: str) -> str:
    r"""Return a text on one line in which nothing is markup.

    Examples
    --------
    >>> plain("*Late* <b>")
    '\\*Late\\* &lt;b&gt;'
    """
    return " ".join(text.translate(_SIGNS).split())
