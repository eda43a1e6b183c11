"""An inquiry as one file to carry: a zip of its folder, and the way back. Private answers are not in it."""

from __future__ import annotations

import datetime as dt
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from inquirylab.errors import RecordError
from inquirylab.store.identity import chance
from inquirylab.store.inquiry_folder import TOML
from inquirylab.store.log import SUFFIX
from inquirylab.store.name_pattern import NamePattern

LARGEST = 2 * 1024**3
MOST_FILES = 100_000
LONGEST_COMMENT = 65_535  # what a zip has room for
#: What a notebook server keeps beside files, and drafts of ours.
LEFT_OUT = (".ipynb_checkpoints", "__pycache__")


#: Files in which words of notes stand, those of the past too.
WITH_WORDS = (SUFFIX, ".ipynb", ".md", ".json")


def pack(folder: Path, target: Path | None = None, comment: str = "") -> Path:
    """Write the whole folder of an inquiry into one zip and return where it is.

    Parameters
    ----------
    folder
        The folder of the inquiry.
    target
        The zip's path; by default beside the folder, named after it and today.
    comment
        What the zip says of itself.

    Raises
    ------
    RecordError
        It cannot be written; nothing half-written is left.
    """
    folder = folder.resolve()
    target = target or folder.parent / f"{folder.name}-{dt.date.today().isoformat()}.zip"
    draft = target.with_name(f".{target.name}.{chance(6)}.tmp")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.comment = comment.encode()[:LONGEST_COMMENT]
            for file in sorted(folder.rglob("*")):
                inside = file.relative_to(folder)
                hidden = any(p in LEFT_OUT for p in inside.parts) or file.name.endswith((".tmp", ".here"))
                if file.is_file() and not file.is_symlink() and not hidden and file.resolve() != target.resolve():
                    archive.write(file, PurePosixPath(folder.name, *inside.parts).as_posix())
        draft.replace(target)
    except (OSError, ValueError) as e:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise RecordError(
            "The inquiry could not be packed", where=str(target), found=str(e)[:120], cure="Name another place for it."
        ) from e
    return target


def names_in_files(folder: Path, names: Sequence[str]) -> list[str]:
    """Return the files of an inquiry in whose words one of these names stands, in what was edited since too.

    A name of one word is passed over: “June” in a notebook need not be a child.
    """
    patterns = [NamePattern(n) for n in names if len(n.split()) > 1]
    out = []
    for file in sorted(folder.rglob("*")) if patterns else ():
        if file.suffix in WITH_WORDS and file.is_file() and not any(p in LEFT_OUT for p in file.parts):
            content = file.read_bytes()
            if any(p.in_bytes(content) for p in patterns):
                out.append(file.relative_to(folder).as_posix())
    return out


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """Unpack a zip for a while and yield the folder of the inquiry in it.

    Raises
    ------
    RecordError
        It is no zip, is damaged or too large, holds names that lead outside, or no inquiry.
    """
    with tempfile.TemporaryDirectory(prefix="inquirylab-") as place:
        try:
            with zipfile.ZipFile(path) as archive:
                _check(archive, path)
                archive.extractall(place)
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as e:
            raise RecordError(
                "The file cannot be unpacked", where=str(path), found=str(e)[:80], cure="Pack the inquiry once more."
            ) from e
        found = sorted(Path(place).rglob(TOML), key=lambda p: len(p.parts))
        if not found:
            raise RecordError("There is no inquiry in this file", where=str(path), found=f"no {TOML}")
        yield found[0].parent


def _check(archive: zipfile.ZipFile, path: Path) -> None:
    members = archive.infolist()
    size = sum(m.file_size for m in members)
    if size > LARGEST or len(members) > MOST_FILES:
        raise RecordError(
            "The file is too large to unpack",
            where=str(path),
            found=f"{size:,} bytes in {len(members):,} files",
            cure="Unpack it yourself and import the folder.",
        )
    for m in members:
        parts = PurePosixPath(m.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or ":" in parts.parts[0]:
            raise RecordError("The file holds a name that leads outside", where=str(path), found=repr(m.filename))
