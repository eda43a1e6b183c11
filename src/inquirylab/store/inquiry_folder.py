"""The folder of an inquiry: what makes it one, where its parts are, and who may write there.

``inquiry.toml`` holds identity and pointers only; everything that people edit is in ``record/``.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from inquirylab.errors import RecordError
from inquirylab.store.identity import chance, new_id
from inquirylab.store.log import sync_folder
from inquirylab.store.migration import SCHEMA
from inquirylab.store.record_store import newer_version

TOML = "inquiry.toml"
FORMAT = SCHEMA
_HEAD = """# This folder is an inquiry. Identity and pointers only: everything that people edit is in record/.
"""


@dataclass(frozen=True)
class InquiryFolder:
    """An inquiry's folder and what its ``inquiry.toml`` says."""

    path: Path
    id: str
    created: str
    network: str = ""
    overlay: str = ""
    writable: bool = True

    @property
    def record(self) -> Path:
        """Return the folder of the logs."""
        return self.path / "record"

    @property
    def overlay_path(self) -> Path | None:
        """Return the folder of the hub's own definitions, if the inquiry names one."""
        return self.path / self.overlay if self.overlay else None


def create_folder(path: str | Path, network: str | Path | None = None) -> InquiryFolder:
    """Make a new inquiry's folder.

    Raises
    ------
    RecordError
        There is an inquiry already, the network's folder holds none, or the folder cannot be made.
    """
    if not str(path).strip():  # the path "" is the folder one happens to stand in
        raise RecordError("An inquiry needs a folder of its own", found=repr(path), cure="Give it a name.")
    if network is not None:
        _check_network(network)
    folder = Path(path)
    lines = [
        f'id = "{new_id()}"',
        f"format = {FORMAT}",
        f'created = "{dt.datetime.now(dt.UTC).isoformat(timespec="seconds")}"',
    ]
    if network is not None:
        lines.append(f"network = {_toml_text(os.path.relpath(network, folder))}")
    try:
        (folder / "record").mkdir(parents=True, exist_ok=True)
        (folder / "data").mkdir(exist_ok=True)
        draft = folder / f".{TOML}.{chance(6)}.tmp"
        draft.write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")
        try:
            os.link(draft, folder / TOML)  # fails, and so never overwrites, where an inquiry is already
        except FileExistsError:
            raise RecordError(
                "There is an inquiry in this folder already",
                where=str(folder),
                cure="Open it, or choose another folder.",
            ) from None
        except OSError:  # a file system without links
            with (folder / TOML).open("x", encoding="utf-8") as f:
                f.write(draft.read_text(encoding="utf-8"))
        finally:
            draft.unlink(missing_ok=True)
        sync_folder(folder)
    except OSError as e:
        raise RecordError("The inquiry's folder cannot be made", where=str(folder), found=e.strerror or "") from e
    return open_folder(folder)


def open_folder(path: str | Path) -> InquiryFolder:
    """Read what a folder says about itself; nothing is written.

    Raises
    ------
    RecordError
        The folder is no inquiry, cannot be read, or is from a newer version.
    """
    folder = Path(path)
    file = folder / TOML
    try:
        content = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        found = "no such folder" if not folder.exists() else f"no {TOML} in it"
        raise RecordError(
            "This is not the folder of an inquiry",
            where=str(folder),
            found=found,
            cure="`inquirylab new DIR` makes one.",
        ) from None
    except OSError as e:
        raise RecordError("The inquiry cannot be read", where=str(file), found=e.strerror or "") from e
    try:
        said = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as e:
        raise RecordError(
            "The inquiry's file is damaged",
            where=str(file),
            found=str(e)[:100],
            cure="Its edits are safe in record/: put the file back from a copy.",
        ) from e
    known = said.get("format")
    if isinstance(known, int) and not isinstance(known, bool) and known > FORMAT:
        raise newer_version(str(file), known)
    own_id = said.get("id")
    if not isinstance(own_id, str) or not re.fullmatch(r"[A-Za-z0-9_-]{4,64}", own_id) or not isinstance(known, int):
        raise RecordError(
            "The inquiry's file is damaged",
            where=str(file),
            found="no id or no format",
            cure="Its edits are safe in record/: put the file back from a copy.",
        )
    words = {k: str(said[k]) for k in ("created", "network", "overlay") if k in said}
    return InquiryFolder(
        folder, own_id, words.get("created", ""), words.get("network", ""), words.get("overlay", ""), _writable(folder)
    )


def _check_network(network: str | Path) -> None:
    """Refuse a hub that cannot be read, before anything is written that points to it."""
    try:
        open_folder(network)
    except RecordError as e:
        raise RecordError(
            "The network's folder holds no inquiry that can be read",
            where=str(network) or repr(network),
            found=e.found or e.what,
            cure="Give the folder of your hub's inquiry; or leave it out, and name it in inquiry.toml later.",
        ) from e


def _writable(folder: Path) -> bool:
    record = folder / "record"
    return os.access(record, os.W_OK | os.X_OK) if record.exists() else os.access(folder, os.W_OK | os.X_OK)


def _toml_text(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
