"""Colours by their meaning. In a page they are CSS variables, so that one drawing serves light, dark and print."""

from __future__ import annotations

import re
from functools import cache

PAPER_FONTS = "Roboto, 'Noto Sans', 'DejaVu Sans', Arial, sans-serif"
FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif'

# meaning: (light, dark). Contrast on its surface is at least 4.5 for text and 3 for marks (WCAG 2.2, 1.4.3 and 1.4.11).
TOKENS = {
    "ink": ("#1b2733", "#e8edf2"),
    "muted": ("#55626f", "#a9b4bf"),
    "series": ("#3d5a73", "#9fb8cc"),
    "imp": ("#0b62b8", "#6db3ff"),
    "con": ("#b4490a", "#ff9d5c"),
    "common": ("#6b7785", "#94a1ae"),
    "target": ("#6b3fa0", "#c4a3f0"),
    "accent": ("#1f5f8b", "#7cc0ea"),
    "shade": ("#eef3f8", "#1a232c"),
    "band": ("#e7edf3", "#222e39"),
    "hair": ("#c9d1d9", "#3b4754"),
    "faint": ("#e3e8ed", "#27323c"),
    "surface": ("#ffffff", "#12181e"),
}

_TOKEN = re.compile(r"var\(--([a-z]+)(?:, *([^()]*))?\)")
ROLE_TOKENS = {"imp": "imp", "con": "con", "chg": "accent"}


def colour(meaning: str) -> str:
    """Return a colour by its meaning: a CSS variable with the light value behind it, for where no page defines it."""
    return f"var(--{meaning}, {TOKENS[meaning][0]})"


def role_colour(role: str) -> str:
    """Return the colour of improvement (`imp`), concern (`con`) or a change that is neither (`chg`)."""
    return colour(ROLE_TOKENS[role])


def style(scope: str = ":root") -> str:
    """Return the CSS of the tokens and of the small drawings' classes.

    Parameters
    ----------
    scope
        `:root` for a page; a class for a fragment inside somebody else's page, such as a notebook, whose own
        theme (`data-jp-theme-light`) is then followed.
    """
    light = "".join(f"--{k}:{v[0]};" for k, v in TOKENS.items())
    dark = "".join(f"--{k}:{v[1]};" for k, v in TOKENS.items())
    if scope == ":root":
        tokens = (
            f":root{{color-scheme:light dark;{light}}}"
            f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
            f"@media print{{:root{{color-scheme:light;{light}}}}}"
        )
        return tokens + DRAWING_STYLE + WIDE_STYLE
    tokens = f'{scope}{{{light}}}[data-jp-theme-light="false"] {scope}{{{dark}}}'
    return tokens + "".join(f"{scope} {rule}}}" for rule in DRAWING_STYLE.replace("\n", "").split("}") if rule)


DRAWING_STYLE = """
.drawing{display:block;width:100%;height:auto;overflow:visible;font-family:inherit}
.drawing text{font-size:10px;fill:var(--muted)}
.drawing .end{text-anchor:end}
.drawing .band{fill:var(--band)}
.drawing .shade{fill:var(--shade)}
.drawing .grid{stroke:var(--faint);fill:none}
.drawing .axis{stroke:var(--hair);fill:none}
.drawing .tear{stroke:var(--common);fill:none}
.drawing .centre{stroke:var(--common);fill:none;stroke-width:.9}
.drawing .goal{stroke:var(--target);fill:none;stroke-dasharray:4 3}
.drawing .line{stroke:var(--series);fill:none;stroke-width:1.2;stroke-linejoin:round}
.drawing .bar{stroke:var(--series);fill:none;stroke-width:1}
.drawing .dot{fill:var(--series)}
.drawing .run{fill:none;stroke-width:2.4;stroke-linejoin:round;stroke-linecap:round}
.drawing .out{stroke:var(--muted);stroke-width:1.6;fill:none}
.drawing .imp{fill:var(--imp)}
.drawing .con{fill:var(--con)}
.drawing .chg{fill:var(--accent)}
.drawing .run.imp{fill:none;stroke:var(--imp)}
.drawing .run.con{fill:none;stroke:var(--con)}
.drawing .run.chg{fill:none;stroke:var(--accent)}
.drawing .open{fill:var(--surface);stroke-width:1.3}
.drawing .open.imp{stroke:var(--imp)}
.drawing .open.con{stroke:var(--con)}
.drawing .open.chg{stroke:var(--accent)}
"""

WIDE_STYLE = """
.cover text{font-size:12px;fill:var(--muted)}
.cover .bar{fill:var(--series);opacity:.72}
.cover .grid{stroke:var(--faint);fill:none}
.cover .axis{stroke:var(--common);fill:none}
.cover .line{stroke:var(--series);fill:none;stroke-width:1.6;stroke-linejoin:round}
.cover .dot{fill:var(--series)}
.cover .tenths{fill:var(--band)}
.cover .half{fill:var(--hair)}
.cover .strong{fill:var(--ink);font-weight:600}
.cover .end{text-anchor:end}
"""


def in_light(text: str) -> str:
    """Return a drawing or a style with light colours in place of tokens, for where no page defines these.

    Examples
    --------
    >>> in_light('<path stroke="var(--muted)" fill="var(--ink, #1b2733)"/>')
    '<path stroke="#55626f" fill="#1b2733"/>'
    """
    return _TOKEN.sub(lambda found: TOKENS[found[1]][0] if found[1] in TOKENS else found[2] or "", text)


@cache
def paper_style() -> str:
    """Return the drawings' classes with their light colours in them, for where no page defines the tokens."""
    text = in_light(DRAWING_STYLE + WIDE_STYLE)
    return f"svg{{font-family:{PAPER_FONTS}}}" + text.replace("font-family:inherit", f"font-family:{PAPER_FONTS}")
