"""A new inquiry with its notebooks beside its record, from a terminal or from a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from inquirylab.errors import RecordError
from inquirylab.inquiry.inquiry import Inquiry
from inquirylab.templates import copy_notebooks

if TYPE_CHECKING:
    from inquirylab.widgets.new_inquiry import NewInquiry


def find_inquiry(folder: str | Path = ".", author: str | None = None, language: str | None = None) -> Inquiry | None:
    """Open the inquiry in a folder, or return None where there is none yet.

    A folder that holds one that cannot be read is an error, as with :func:`inquirylab.open`.
    """
    from inquirylab.inquiry import open as open_inquiry

    return open_inquiry(folder, author, language) if (Path(folder) / "inquiry.toml").is_file() else None


def new_inquiry(folder: str | Path = ".") -> NewInquiry:
    """Return a form that makes a new inquiry in a folder of its own inside `folder`, with its notebooks."""
    from inquirylab.widgets.new_inquiry import NewInquiry

    return NewInquiry(Path(folder).absolute(), begin)


def begin(folder: Path, *, title: str | None, site: str | None, cycle: str | None) -> dict[str, Any]:
    """Make an inquiry and copy its notebooks; return where it is, which they are, and the first to open."""
    from inquirylab.inquiry import create

    if folder.is_dir() and any(folder.iterdir()):
        raise RecordError(
            "There is a folder of that name with something in it", where=str(folder), cure="Choose another name."
        )
    with create(folder, title=title, site=site, cycle=cycle) as inquiry:
        inquiry.write_derived()
    notebooks = [n.name for n in copy_notebooks(folder)]
    return {"folder": folder.name, "notebooks": notebooks, "first": notebooks[0] if notebooks else ""}
