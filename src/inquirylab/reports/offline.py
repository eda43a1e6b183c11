"""Nothing in a page loads from another host: outside addresses in a notebook's own HTML are named, not followed."""

from __future__ import annotations

import re

# An attribute that makes a browser load something. `href` loads only on <link> and SVG's <use> and <image>.
_LOADING = re.compile(
    r"""(?<![\w-])(src|srcset|poster|data|background|xlink:href)(\s*=\s*)(["']?)\s*(?=(?:https?:)?//)""", re.IGNORECASE
)
_LINKS = re.compile(r"<(?:link|base|meta|use|image)\b[^>]*(?:https?:)?//[^>]*>", re.IGNORECASE)
_IMPORTS = re.compile(r"""@import\s+(?:url\()?["']?(?:https?:)?//[^;]*;?""", re.IGNORECASE)
_URLS = re.compile(r"""url\(\s*["']?(?:https?:)?//[^)]*\)""", re.IGNORECASE)


def offline(html: str) -> str:
    """Return HTML in which nothing loads from another host. Links that people click stay.

    Examples
    --------
    >>> offline('<img src="https://far.example/a.png"> <a href="https://far.example">far</a>')
    '<img data-outside-src="https://far.example/a.png"> <a href="https://far.example">far</a>'
    """
    html = _LINKS.sub("", html)
    html = _IMPORTS.sub("", html)
    html = _URLS.sub("none", html)
    return _LOADING.sub(r"data-outside-\1\2\3", html)
