"""Text files of rows and columns: encoding, delimiter, quotes, lines."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from inquirylab.errors import DataError
from inquirylab.store.site_data.table import Table

DELIMITERS = ",;\t|"


def read_delimited(path: Path) -> Table:
    """Read a text file: every column as text, exactly as written."""
    content = decode(path.read_bytes(), path.name)
    delimiter = sniff_delimiter(content)
    try:
        return _fast(content, delimiter, path.name)
    except (pa.ArrowInvalid, _LinesUnsureError):
        return _careful(content, delimiter, path.name)


def decode(raw: bytes, name: str) -> bytes:
    """Return the file as UTF-8 without byte order mark; bytes that are not UTF-8 are read as Windows-1252."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return raw.decode("utf-16").encode()
        except UnicodeDecodeError as e:
            raise DataError(
                "The file is not the UTF-16 text that its first bytes say", where=name, cure="Save it as UTF-8."
            ) from e
    raw = raw.removeprefix(codecs.BOM_UTF8)
    if b"\0" in raw[:65536]:
        raise DataError(
            "The file is not text", where=name, found="zero bytes", cure="Export it again as CSV or as .xlsx."
        )
    try:
        raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace").encode()
    return raw


def sniff_delimiter(content: bytes) -> str:
    """Return the delimiter that splits the first lines into the most columns, outside quotes."""
    lines = content[:65536].decode(errors="replace").splitlines()[:30]

    def columns(delimiter: str) -> int:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        return max((w for w in set(widths) if w > 1), key=lambda w: (widths.count(w), w), default=1)

    return max(DELIMITERS, key=columns)


class _LinesUnsureError(Exception):
    """Rows and lines do not correspond one to one: blank lines, or line breaks inside quotes."""


def _fast(content: bytes, delimiter: str, name: str) -> Table:
    read = pa_csv.ReadOptions(autogenerate_column_names=True)
    parse = pa_csv.ParseOptions(delimiter=delimiter, newlines_in_values=False, ignore_empty_lines=False)
    first = content[: content.find(b"\n") + 1 or None]
    width = len(next(csv.reader([first.decode()], delimiter=delimiter), []))
    text = {f"f{i}": pa.string() for i in range(width)}
    convert = pa_csv.ConvertOptions(column_types=text, strings_can_be_null=False)
    table = pa_csv.read_csv(io.BytesIO(content), read_options=read, parse_options=parse, convert_options=convert)
    lines = content.count(b"\n") + (not content.endswith(b"\n"))
    if lines != table.num_rows:
        raise _LinesUnsureError
    names = [str(c[0]) for c in table.columns]
    body = table.slice(1)
    return Table(name, names, body.columns, np.arange(2, lines + 1))


def _careful(content: bytes, delimiter: str, name: str) -> Table:
    reader = csv.reader(io.StringIO(content.decode(), newline=""), delimiter=delimiter)
    rows, lines = [], []
    for row in reader:
        if row:
            rows.append(row)
            lines.append(reader.line_num)
    if not rows:
        raise DataError("The file is empty", where=name, cure="Export it again.")
    width = len(rows[0])
    for row, line in zip(rows, lines, strict=True):
        if len(row) != width:
            raise DataError(
                f"A row has {len(row)} columns where the header has {width}",
                where=f"{name}, line {line}",
                found=repr(delimiter.join(row)[:80]),
                cure="Put quotes around values that hold the delimiter.",
            )
    columns = [pa.chunked_array([pa.array(c, pa.string())]) for c in zip(*rows[1:], strict=True)] or [
        pa.chunked_array([], pa.string()) for _ in rows[0]
    ]
    return Table(name, rows[0], columns, np.array(lines[1:]))
