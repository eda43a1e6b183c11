"""How wide a text is drawn, and where it breaks: drawings that stand alone cannot ask a browser.

Advance widths are those of DejaVu Sans, the widest of the usual fallback fonts, in hundredths of the font size, so that
a text fits in whatever font is there.
"""

from __future__ import annotations

import unicodedata

BOLD = 1.1
ELLIPSIS = "…"

_WIDTHS = {
    27: "'",
    28: "ijl",
    29: "IJ",
    32: " ,.·",
    34: "/:;\\|",
    36: "f-",
    39: "()[]t",
    41: "r!",
    47: '"ªº',
    52: "*_sz`°",
    55: "cç?",
    58: "FLkvxy",
    61: "TYPaoeéèêóòôöáàâäå«»",
    64: "ESbdghnpqußüúùûñ0123456789{}$£€",
    70: "ABCRVXZKÄÅÇ",
    77: "DGHNUÑÜ&Ö",
    79: "OQ",
    84: "w#+<=>^~±×÷→",
    86: "M",
    97: "m%æ",
    100: "W@…—",
}
_WIDTH = {c: w for w, letters in _WIDTHS.items() for c in letters}


def width(text: str, size: float, bold: bool = False) -> float:
    """Return how wide a text is drawn at a font size, at most.

    Examples
    --------
    >>> width("ill", 10) < width("www", 10)
    True
    """
    return sum(_of(c) for c in text) * size / 100 * (BOLD if bold else 1.0)


def wrapped(text: str, most: float, size: float, *, bold: bool = False, lines: int = 6) -> list[str]:
    """Break a text into lines that are no wider than `most`; what does not fit into `lines` ends in an ellipsis.

    Examples
    --------
    >>> wrapped("Students see what good work looks like", 140, 13)
    ['Students see what', 'good work looks like']
    """
    out, here = [], ""
    for piece in _pieces(text[: 200 * lines], most, size, bold):
        longer = f"{here} {piece}" if here else piece
        if here and width(longer, size, bold) > most:
            out.append(here)
            here = piece
            if len(out) > lines:
                break
        else:
            here = longer
    out.append(here)
    if len(out) > lines or len(text) > 200 * lines:
        out = out[:lines]
        out[-1] = _cut(out[-1], most, size, bold)
    return out


def _pieces(text: str, most: float, size: float, bold: bool) -> list[str]:
    """Return words; one that is wider than a line is cut."""
    out = []
    for word in text.split():
        while width(word, size, bold) > most and len(word) > 1:
            end = next((i for i in range(1, len(word)) if width(word[: i + 1], size, bold) > most), len(word))
            out.append(word[:end])
            word = word[end:]
        out.append(word)
    return out or [""]


def _cut(line: str, most: float, size: float, bold: bool) -> str:
    while line and width(line + ELLIPSIS, size, bold) > most:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS


def _of(c: str) -> int:
    known = _WIDTH.get(c)
    if known is not None:
        return known
    if unicodedata.combining(c) or unicodedata.category(c) in ("Cf", "Cc", "Mn"):
        return 0
    return 110 if unicodedata.east_asian_width(c) in ("W", "F") or ord(c) > 0x1F000 else 78
