"""Attached files on paper: a picture where there is one to show, else the name under which the file is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markupsafe import Markup

Picture = Callable[[str], str]
"""From the name of an attached file to an address that holds the picture whole; empty where it is none."""

STYLE = Markup(
    "<style>.iq-attached{margin:.4em 0;break-inside:avoid}.iq-attached img{display:block;max-width:100%;max-height:320px}"
    ".iq-attached figcaption{font-size:.9em;overflow-wrap:anywhere}</style>"
)


def no_picture(_name: str) -> str:
    """Show no file as a picture."""
    return ""


def attached(name: str, caption: str, picture: Picture, called: str = "An attached picture") -> Markup:
    """Return an attached picture with its caption, or where the file is kept; `called` is its text where it has no caption."""
    address = picture(name)
    if not address.startswith("data:image/"):
        said = Markup("{}: ").format(caption) if caption else Markup("")
        return Markup('<div class="iq-attached">{}data/attachments/{}</div>').format(said, name)
    told = Markup("<figcaption>{}</figcaption>").format(caption) if caption else Markup("")
    return Markup('<figure class="iq-attached"><img src="{}" alt="{}">{}</figure>').format(
        address, caption or called, told
    )


def all_attached(files: Iterable[tuple[str | None, str | None]], picture: Picture) -> Markup:
    """Return several attached files, each with its caption; nothing where there are none."""
    parts = [attached(name, caption or "", picture) for name, caption in files if name]
    return Markup("{}{}").format(STYLE, Markup("").join(parts)) if parts else Markup("")
