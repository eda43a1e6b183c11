"""An inquiry: open it, read it, change it. Every change is on disk when the call returns.

>>> import tempfile, inquirylab
>>> inq = inquirylab.create(tempfile.mkdtemp() + "/attendance", title="Late on Mondays", author="Ana")
>>> inq.set("problem_definition.statement", "On Mondays one pupil in five comes late.")
>>> idea = inq.add("change_ideas", {"name": "A call on Sunday"})
>>> inq.record.change_ideas[0].name
'A call on Sunday'
>>> inq.close()
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path

from inquirylab.inquiry.inquiry import Inquiry
from inquirylab.store.inquiry_folder import create_folder, open_folder

__all__ = ["Inquiry", "create", "default_author", "open"]


def open(path: str | Path, author: str | None = None, language: str | None = None) -> Inquiry:
    """Open an inquiry. Nothing is written until you change something.

    But for ``record.json`` and ``record.md``: where a session that ended early left them behind what is known, closing writes
    them.

    Parameters
    ----------
    path
        The folder of the inquiry.
    author
        Whose edits these will be: ``JUPYTERHUB_USER`` if that is set, else the name you logged in with.
    language
        In which language the questions are shown here, ``en`` or ``es``; the inquiry's own if not given. Nothing is
        written: for everybody else, and in ``record.md``, the inquiry keeps its own.

    Raises
    ------
    RecordError
        The folder is no inquiry, cannot be read, or is from a newer version of inquirylab.
    DefinitionError
        There is no such language.

    Warns
    -----
    UserWarning
        Part of a log is damaged: what is intact is read, and the message names what was skipped.
    """
    inquiry = Inquiry(open_folder(path), author or default_author(), language or "")
    damage = [d for d in inquiry.damage() if not d.at_end]
    if damage:
        warnings.warn(
            f"{'; '.join(str(d) for d in damage[:3])}. What is intact was read; a copy of the folder may "
            "hold the rest: `inquirylab record DIR --import COPY` merges it.",
            stacklevel=2,
        )
    return inquiry


def create(
    path: str | Path,
    *,
    title: str | None = None,
    site: str | None = None,
    author: str | None = None,
    language: str = "en",
    cycle: str | None = None,
    network: str | Path | None = None,
) -> Inquiry:
    """Make a new inquiry and open it.

    Parameters
    ----------
    path
        A folder that is no inquiry yet; it is made if it is missing.
    title, site
        What the inquiry is called, and where it is.
    language
        In which language the questions are asked: ``en`` or ``es``.
    cycle
        Which cycle the team runs first: ``pdsa_cycle``, ``lesson_study`` or ``design_cycle``.
    network
        The inquiry folder of the hub, if there is one.

    Raises
    ------
    RecordError
        There is an inquiry already, the network's folder holds none, or the folder cannot be written.
    """
    inquiry = Inquiry(create_folder(path, network), author or default_author())
    about = {"title": title or Path(path).name, "site": site, "language": language, "cycle": cycle}
    inquiry.set("about", {k: v for k, v in about.items() if v is not None})
    return inquiry


def default_author() -> str:
    """Return ``JUPYTERHUB_USER``, else the login name."""
    import getpass

    try:
        return os.environ.get("JUPYTERHUB_USER") or getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "someone"
