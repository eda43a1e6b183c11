"""From a place to its sheets: a file by what it is, a folder by its files, a database by its address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from inquirylab.errors import DataError, did_you_mean
from inquirylab.store.site_data.archive import DAMAGED
from inquirylab.store.site_data.database import is_database, open_database
from inquirylab.store.site_data.delimited import open_delimited
from inquirylab.store.site_data.findings import Findings
from inquirylab.store.site_data.parquet import open_parquet
from inquirylab.store.site_data.table import Sheet
from inquirylab.store.site_data.workbook import open_workbook

ENDINGS = {
    ".csv": "text", ".tsv": "text", ".tab": "text", ".txt": "text", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls",
    ".ods": "ods", ".parquet": "parquet", ".sqlite": "sqlite", ".sqlite3": "sqlite", ".db": "sqlite",
}  # fmt: skip
_SAID = {
    "text": "text (CSV)", "xlsx": "an .xlsx workbook", "xls": "an .xls workbook", "ods": "an .ods workbook",
    "parquet": "Parquet", "sqlite": "an SQLite database", "html": "a web page", "xml": "XML", "pdf": "a PDF",
    "gzip": "a gzip archive", "zip": "a zip archive", "password": "a workbook protected by a password",
    "numbers": "an Apple Numbers document",
}  # fmt: skip


def open_files(
    place: str | Path, patterns: Sequence[str], query: str | None, findings: Findings, without: Sequence[str] = ()
) -> list[list[Sheet]]:
    """Open a place; what is wrong with one file is noted and the others are still opened.

    Parameters
    ----------
    place
        A file, a folder, or the address of a database.
    patterns
        Which files of a folder: names with ``*``; empty for all with an ending that can be read.
    query
        For a database: a table or a SELECT.
    findings
        Where findings are noted.
    without
        Files of the folder that are read otherwise, unless a pattern names them.

    Returns
    -------
    list
        For each file, in the order of their names, its sheets.
    """
    if isinstance(place, str) and is_database(place):
        return [open_database(place, query)]
    opened = []
    for file in files_of(Path(place), patterns):
        if file.name in without and not patterns and Path(place).is_dir():
            continue
        try:
            opened.append(open_file(file, query))
        except DataError as e:
            findings.take(e)
        except OSError as e:
            findings.add("The file cannot be read", where=file.name, found=e.strerror or "", cure="Check its rights.")
    return opened


def files_of(place: Path, patterns: Sequence[str]) -> list[Path]:
    """Return a file, or the data files of a folder, or of a name with ``*``, in the order of their names."""
    if "*" in place.name and not place.exists() and place.parent.is_dir():
        place, patterns = place.parent, [place.name]
    if place.is_dir():
        files = sorted(p for p in place.iterdir() if p.is_file() and not p.name.startswith((".", "~$")))
        known = [p for p in files if p.suffix.casefold() in ENDINGS]
        chosen = [p for p in files if any(fnmatchcase(p.name, g) for g in patterns)] if patterns else known
        if not chosen:
            raise DataError(
                "No data file of the folder belongs to the series" if patterns else "The folder has no data file",
                where=place.name,
                found=", ".join(repr(p.name) for p in files[:8]),
                cure="Correct files in the measure file." if patterns else "Put CSV, Excel or Parquet files into it.",
            )
        return chosen
    if not place.is_file():
        near = [p.name for p in place.parent.glob("*.*")] if place.parent.is_dir() else []
        raise DataError("There is no such data file", where=place.name, cure=did_you_mean(place.name, near))
    return [place]


def open_file(file: Path, query: str | None = None) -> list[Sheet]:
    """Open one file by what it is, if that is what its ending says.

    Raises
    ------
    DataError
        The file is empty, is not what its ending says, or cannot be read.
    """
    said, found = ENDINGS.get(file.suffix.casefold()), recognise(file)
    if found == "empty":
        raise DataError("The file is empty", where=file.name, cure="Export it again.")
    if found not in ENDINGS.values():
        raise DataError(
            "The file is of a kind that cannot be read", where=file.name, found=_SAID[found], cure=_cure(found)
        )
    if said and said != found:
        raise DataError(
            "The file is not what its ending says",
            where=file.name,
            found=f"{_SAID[found]} where {file.suffix} says {_SAID[said]}",
            cure=_cure(found),
        )
    if found == "sqlite":
        return open_database(f"sqlite:///{file.resolve()}", query)
    readers: dict[str, Callable[[Path], list[Sheet]]] = {"text": open_delimited, "parquet": open_parquet}
    return readers[found](file) if found in readers else open_workbook(file, found)


def recognise(file: Path) -> str:
    """Return what a file is by its first bytes."""
    with file.open("rb") as stream:
        head = stream.read(4096)
        if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            return "password" if "EncryptedPackage".encode("utf-16-le") in head + stream.read(2**20) else "xls"
    if not head:
        return "empty"
    if head.startswith(b"PK\x03\x04"):
        return _recognise_zip(file, head)
    for start, kind in (
        (b"PAR1", "parquet"),
        (b"SQLite format 3\0", "sqlite"),
        (b"%PDF", "pdf"),
        (b"\x1f\x8b", "gzip"),
    ):
        if head.startswith(start):
            return kind
    if head.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")):
        return "xls"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        return "html"
    return "xml" if text.startswith(b"<?xml") else "text"


def _recognise_zip(file: Path, head: bytes) -> str:
    import zipfile

    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except DAMAGED:
        return (
            ENDINGS.get(file.suffix.casefold(), "zip")
            if file.suffix.casefold() in (".xlsx", ".xlsm", ".ods")
            else "zip"
        )
    if "xl/workbook.xml" in names or any(n.startswith("xl/") for n in names):
        return "xlsx"
    if b"opendocument.spreadsheet" in head:
        return "ods"
    return "numbers" if any(n.startswith("Index/") for n in names) else "zip"


def _cure(kind: str) -> str:
    if kind in ("html", "xml"):
        return "Open it in a spreadsheet program and save it as .xlsx."
    if kind in ("gzip", "zip"):
        return "Unpack it and give the file inside."
    if kind == "password":
        return "Save it without the password."
    if kind in ("pdf", "numbers"):
        return "Ask for the table as CSV or .xlsx."
    right = {"text": ".csv", "parquet": ".parquet", "sqlite": ".sqlite"}.get(kind, f".{kind}")
    return f"If it is from a source that you trust, give it the ending {right}."
