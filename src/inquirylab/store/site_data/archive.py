"""Workbooks are zip archives: looked at before they are opened, so that none fills the memory."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from inquirylab.errors import DataError
from inquirylab.store.site_data.open_document import Extent

MOST_BYTES = 400 * 2**20  # of one archive, unpacked
MOST_CELLS = 20_000_000  # of one sheet, empty ones within its corners included
_BLOCK = 2**20
# What reading a damaged archive may raise; RuntimeError is how zipfile says that a part is encrypted.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)  # fmt: skip


def check_archive(path: Path) -> None:
    """Refuse an archive that unpacks to more than `MOST_BYTES`, or a sheet with more than `MOST_CELLS` cells.

    What the archive says of its sizes is not believed: it is unpacked here once, in small pieces.

    Raises
    ------
    DataError
        The archive is damaged, too large, or protected by a password.
    """
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as raw:
            for member in archive.infolist():
                if member.flag_bits & 1:
                    raise DataError("The file is protected by a password", where=path.name, cure="Save it without one.")
                corner = Extent() if member.filename == "content.xml" else _Corner(member.filename)
                for block in _unpack(raw, member):
                    left -= len(block)
                    if left < 0:
                        raise DataError(
                            "The file unpacks to more than a workbook of measures can hold",
                            where=path.name,
                            found=f"more than {MOST_BYTES // 2**20} MB in {path.stat().st_size / 2**20:.1f} MB",
                            cure="Save the sheet that is needed as CSV or Parquet.",
                        )
                    corner.see(block)
                if corner.cells() > MOST_CELLS:
                    raise DataError(
                        "A sheet is too large to be read",
                        where=path.name,
                        found=corner.found(),
                        cure="Delete what stands far outside the table, or save the table as CSV.",
                    )
    except DAMAGED as e:
        raise DataError(
            "The workbook is damaged", where=path.name, found=str(e)[:120], cure="Export or copy it again."
        ) from e


def _unpack(raw: object, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a member's bytes, whatever its declared size."""
    stream = raw
    stream.seek(member.header_offset)  # type: ignore[attr-defined]
    head = stream.read(30)  # type: ignore[attr-defined]
    if head[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile("a part does not begin where the directory says")
    skip = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    stream.seek(member.header_offset + 30 + skip)  # type: ignore[attr-defined]
    left = member.compress_size
    inflate = zlib.decompressobj(-15) if member.compress_type == zipfile.ZIP_DEFLATED else None
    if inflate is None and member.compress_type != zipfile.ZIP_STORED:
        raise zipfile.BadZipFile("a part is packed in a way that workbooks do not use")
    while left > 0 and (packed := stream.read(min(_BLOCK // 16, left))):  # type: ignore[attr-defined]
        left -= len(packed)
        if inflate is None:
            yield packed
            continue
        while packed:
            yield inflate.decompress(packed, _BLOCK)
            packed = inflate.unconsumed_tail


class _Corner:
    """The far corner of a sheet: one lonely cell at XFD1048576 would make 17 thousand million empty ones."""

    def __init__(self, member: str) -> None:
        self.is_sheet = bool(re.search(r"worksheets/[^/]+\.xml$", member))
        self.tail = b""
        self.row, self.letters = 1, b"A"

    def see(self, block: bytes) -> None:
        if not self.is_sheet:
            return
        block = self.tail + block
        self.tail = block[-64:]
        self.row = max([self.row, *map(int, re.findall(rb'<row [^>]*?\br="(\d{1,9})"', block))])
        for letters in set(re.findall(rb'\br="([A-Z]{2,4})\d', block)):
            self.letters = max(self.letters, letters, key=lambda x: (len(x), x))
        if b'<row r="' not in block[:200]:
            self.row = max([self.row, *map(int, re.findall(rb'\br="[A-Z]{1,4}(\d{6,9})"', block))])

    def cells(self) -> int:
        return self.row * (_column_number(self.letters) + 1) if self.is_sheet else 0

    def found(self) -> str:
        return f"cells as far as {self.letters.decode()}{self.row}"


def unread_cells(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    """Return the cells of an .xlsx that show no value: formulas never worked out, and errors such as ``#DIV/0!``.

    Returns
    -------
    dict
        Sheet name -> {(row, column), both from 0: the formula with ``=``, or the error}.
    """
    found: dict[str, dict[tuple[int, int], str]] = {}
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        for sheet, part in _sheet_parts(archive, names).items():
            xml = archive.read(part)
            cells = {}
            if b"<f" in xml or b't="e"' in xml:
                for match in re.finditer(rb'<c r="([A-Z]+)(\d+)"([^>]*)>(.*?)</c>', xml, re.S):
                    if text := _unread(match[3], match[4]):
                        cells[int(match[2]) - 1, _column_number(match[1])] = text
            found[sheet] = cells
    return found


def _unread(attributes: bytes, inner: bytes) -> str:
    value = re.search(rb"<v>(.+?)</v>", inner, re.S)
    formula = re.search(rb"<f[^>]*>(.*?)</f>", inner, re.S)
    if b't="e"' in attributes and value:
        return value[1].decode("utf-8", "replace")
    if formula and not value and b"<is>" not in inner and b't="str"' not in attributes:
        return "=" + formula[1].decode("utf-8", "replace")
    return ""


def _sheet_parts(archive: zipfile.ZipFile, names: set[str]) -> dict[str, str]:
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return {}
    targets = {}
    for tag in re.findall(
        r"<Relationship [^>]*>", archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    ):
        parts = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        targets[parts.get("Id", "")] = parts.get("Target", "").removeprefix("/xl/")
    found = {}
    for tag in re.findall(r"<sheet [^>]*>", archive.read("xl/workbook.xml").decode("utf-8", "replace")):
        parts = dict(re.findall(r'([\w:]+)="([^"]*)"', tag))
        part = "xl/" + targets.get(parts.get("r:id", ""), "?")
        if part in names:
            found[_unescaped(parts.get("name", ""))] = part
    return found


def _unescaped(text: str) -> str:
    for entity, plain in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, plain)
    return text


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
