"""Text files of rows and columns: encoding, delimiter, quotes, lines."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from inquirylab.errors import DataError
from inquirylab.store.site_data.findings import Findings
from inquirylab.store.site_data.table import PREVIEW_ROWS, Batch, Lines, Sheet

DELIMITERS = ",;\t|^"
IN_ONE_GO = 512 * 2**20  # bytes; larger files are read in blocks
MOST_KEPT = 2**30  # bytes of the columns asked for that may stay in memory
_BLOCK = 16 * 2**20
_CHUNK = 4 * 2**20
_SPOTS, _SPOT = 16, 2**15
_HEXADECIMAL = re.compile(rb"0[xX]")
_DIGITS = re.compile(rb"(0|[1-9]\d{0,14})\r?")


@dataclass(frozen=True)
class _TextFile:
    path: Path
    encoding: str
    delimiter: str
    ends: list[int] = field(default_factory=list)  # the line in which each row of the preview ends

    @property
    def name(self) -> str:
        return self.path.name


def open_delimited(path: Path) -> list[Sheet]:
    """Open a text file; its first rows are read, its encoding and delimiter recognised.

    Raises
    ------
    DataError
        The file is not text, or is empty.
    """
    head = _head(path)
    encoding = _encoding(head)
    sample = head.decode(encoding, errors="replace")
    if "\0" in sample:
        raise DataError(
            "The file is not text", where=path.name, found="zero bytes", cure="Export it again as CSV or as .xlsx."
        )
    if not sample.strip():
        raise DataError("The file is empty", where=path.name, cure="Export it again.")
    file = _TextFile(path, encoding, sniff_delimiter(sample))
    preview = []
    for row, line in islice(_rows(file, Findings()), PREVIEW_ROWS):
        preview.append(row)
        file.ends.append(line)

    def take(above: int, texts: Sequence[int], numbers: Sequence[int]) -> Iterator[Batch]:
        line = file.ends[above - 1] if above else 0
        if above and any(len(row) > len(preview[above - 1]) for row in preview[above:]):
            return _careful(file, line, [*texts, *numbers])
        return _take(file, line, texts, numbers)

    return [Sheet(path.name, "", preview, take, semicolons=file.delimiter == ";")]


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(2**18)


def _encoding(head: bytes) -> str:
    """Return UTF-16 or UTF-8 by its byte order mark, UTF-8 if the head is, else Windows-1252."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):  # without a byte order mark: every second byte is zero
        half = head[first::2]
        if len(half) > 8 and half.count(0) > 0.6 * len(half) and head[1 - first :: 2].count(0) == 0:
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def sniff_delimiter(sample: str) -> str:
    r"""Return the delimiter that splits the most of the first lines into the same number of columns.

    Examples
    --------
    >>> sniff_delimiter("week;late\\n2024-09-02;3,5\\n2024-09-09;2,5\\n")
    ';'
    """
    lines = [line for line in sample.splitlines()[:40] if line.strip()]
    lines = lines[:-1] or lines

    def evenness(delimiter: str) -> tuple[float, int]:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        except csv.Error:
            return 0, 0
        many = [w for w in widths if w > 1]
        common = max(set(many), key=lambda w: (many.count(w), w), default=1)
        return many.count(common) / max(len(widths), 1), common

    return max(DELIMITERS, key=evenness)


def _rows(file: _TextFile, findings: Findings) -> Iterator[tuple[list[str], int]]:
    """Yield the rows that are not empty, each with the line in which it ends."""
    with file.path.open(encoding=file.encoding, errors="replace", newline="") as stream:
        reader = csv.reader(stream, delimiter=file.delimiter)
        try:
            for row in reader:
                if any(row):
                    yield row, reader.line_num
        except csv.Error as e:
            findings.add(
                "The file cannot be split into columns",
                where=f"{file.name}, line {reader.line_num}",
                found=str(e),
                cure="Look for a quotation mark that is opened and not closed.",
            )


def _take(file: _TextFile, above: int, texts: Sequence[int], numbers: Sequence[int]) -> Iterator[Batch]:
    positions = [*texts, *numbers]
    large = file.path.stat().st_size > IN_ONE_GO
    if file.encoding.startswith("utf-16"):
        yield from _careful(file, above, positions)
        return
    try:
        yield from _in_blocks(file, above, texts, numbers) if large else [_in_one_go(file, above, texts, numbers)]
    except (pa.ArrowException, _LinesUnsureError, UnicodeDecodeError) as e:
        if large:
            raise DataError(
                "The file is too large to be read line by line, and its rows are uneven",
                where=file.name,
                found=str(e).splitlines()[0][:120],
                cure="Split it into several files of one folder, or give a database or Parquet.",
            ) from e
        yield from _careful(file, above, positions)


class _LinesUnsureError(Exception):
    """Rows and lines do not correspond one to one: blank lines, or line breaks inside quotes."""


def _options(
    file: _TextFile, above: int, texts: Sequence[int], numbers: Sequence[int], *, plain: bool = False
) -> tuple[pa_csv.ReadOptions, pa_csv.ParseOptions, pa_csv.ConvertOptions]:
    spots = cells_of_spots(file.path, file.delimiter, numbers) if plain or numbers else {}
    often = {*texts, *(c for c, seen in spots.items() if repeated(seen))}
    coded = pa.dictionary(pa.int32(), pa.string())
    types = {f"f{i}": coded if i in often else pa.string() for i in dict.fromkeys([*texts, *numbers])}
    if plain:
        types |= {f"f{c}": pa.int64() for c, seen in spots.items() if c not in texts and whole_numbers(seen)}
    encoding = "utf8" if file.encoding == "utf-8-sig" else file.encoding
    read = pa_csv.ReadOptions(autogenerate_column_names=True, skip_rows=above, encoding=encoding)
    if file.path.stat().st_size > 16 * _CHUNK:
        read.block_size = _CHUNK  # fewer dictionaries to bring together
    parse = pa_csv.ParseOptions(delimiter=file.delimiter, newlines_in_values=False, ignore_empty_lines=False)
    convert = pa_csv.ConvertOptions(
        column_types=types, include_columns=list(types), strings_can_be_null=False, null_values=[]
    )
    return read, parse, convert


def cells_of_spots(path: Path, delimiter: str, columns: Sequence[int]) -> dict[int, list[bytes]]:
    """Return some cells of columns of a large file, from places all over it; nothing of a small one."""
    size = path.stat().st_size
    if size < _CHUNK:
        return {}
    seen: dict[int, list[bytes]] = {c: [] for c in columns}
    with path.open("rb") as stream:
        for spot in range(_SPOTS):
            stream.seek(spot * (size - _SPOT) // _SPOTS)
            for line in stream.read(_SPOT).split(b"\n")[1:-1]:
                cells = line.split(delimiter.encode())
                for column, texts in seen.items():
                    if column < len(cells):
                        texts.append(cells[column])
    return seen


def repeated(cells: Sequence[bytes]) -> bool:
    """Say whether texts come again and again: counts of children do, measurements to the fourth decimal do not.

    Each text of such a column is looked at once.
    """
    return len(set(cells)) < 0.3 * len(cells)


def whole_numbers(cells: Sequence[bytes]) -> bool:
    """Say whether all cells are digits, so that a column may be tried as numbers before it is read as texts."""
    return bool(cells) and all(_DIGITS.fullmatch(cell) for cell in set(cells))


def _in_one_go(file: _TextFile, above: int, texts: Sequence[int], numbers: Sequence[int]) -> Batch:
    table = _as_numbers(file, above, texts, numbers)
    if table is None:
        read, parse, convert = _options(file, above, texts, numbers)
        table = pa_csv.read_csv(file.path, read_options=read, parse_options=parse, convert_options=convert)
    if holds_quotes(file.path) and count_lines(file.path) != table.num_rows + above:
        raise _LinesUnsureError
    return Batch(_columns(table, texts, numbers), _line_numbers(above, table.num_rows))


def _as_numbers(file: _TextFile, above: int, texts: Sequence[int], numbers: Sequence[int]) -> pa.Table | None:
    """Return the columns, with those as numbers that look like it; ``None`` if none does or one is not."""
    read, parse, convert = _options(file, above, texts, numbers, plain=True)
    if not any(map(pa.types.is_integer, convert.column_types.values())) or holds_hexadecimals(file.path):
        return None
    try:
        return pa_csv.read_csv(file.path, read_options=read, parse_options=parse, convert_options=convert)
    except pa.ArrowInvalid:
        return None  # a mark where no spot showed one


def _in_blocks(file: _TextFile, above: int, texts: Sequence[int], numbers: Sequence[int]) -> Iterator[Batch]:
    read, parse, convert = _options(file, above, texts, numbers)
    read.block_size = _BLOCK
    seen = 0
    with pa_csv.open_csv(file.path, read_options=read, parse_options=parse, convert_options=convert) as stream:
        for block in stream:
            table = pa.Table.from_batches([block])
            yield Batch(_columns(table, texts, numbers), _line_numbers(above + seen, table.num_rows))
            seen += table.num_rows
    if holds_quotes(file.path) and count_lines(file.path) != seen + above:
        raise _LinesUnsureError


def _columns(table: pa.Table, texts: Sequence[int], numbers: Sequence[int]) -> list[pa.ChunkedArray]:
    return [table.column(f"f{i}") for i in (*texts, *numbers)]


def _line_numbers(above: int, rows: int) -> Lines:
    return np.arange(above + 1, above + rows + 1, dtype=np.int32 if above + rows < 2**31 - 1 else np.int64)


def holds_quotes(path: Path) -> bool:
    """Say whether a file holds a quotation mark: without one, every line is a row."""
    return any(block.find(b'"') >= 0 for block in _raw_blocks(path))


def holds_hexadecimals(path: Path) -> bool:
    """Say whether a file holds ``0x``, as in 0x1F, which Arrow takes for a number."""
    last = b""
    for block in _raw_blocks(path):
        if any(block.find(x) >= 0 for x in (b"x", b"X")) and _HEXADECIMAL.search(last + block):
            return True
        last = bytes(block[-1:])
    return False


def _raw_blocks(path: Path) -> Iterator[bytearray]:
    with path.open("rb", buffering=0) as stream:
        buffer = bytearray(2**20)
        while size := stream.readinto(buffer):
            yield buffer if size == len(buffer) else buffer[:size]


def count_lines(path: Path) -> int:
    """Return the number of lines of a file, the last one with or without an end."""
    lines, last = 0, b"\n"
    with path.open("rb", buffering=0) as stream:
        buffer = bytearray(2**20)
        view = memoryview(buffer)
        while size := stream.readinto(buffer):
            lines += buffer.count(b"\n", 0, size)
            last = bytes(view[size - 1 : size])
    return lines + (last != b"\n")


def _careful(file: _TextFile, above: int, positions: Sequence[int]) -> Iterator[Batch]:
    """Read row by row: blank lines, line breaks inside quotes, notes below the table, rows that are too long."""
    findings = Findings()
    if file.encoding == "utf-8-sig" and not _is_utf8(file.path):
        file = _TextFile(file.path, "cp1252", file.delimiter, file.ends)
    values: list[list[str]] = [[] for _ in positions]
    lines: list[int] = []
    width, header_end = 0, above
    short: list[tuple[list[str], int]] = []
    for row, end in _rows(file, findings):
        if end <= header_end:
            width = max(len(row), 1 + max(positions, default=0))
            continue
        width = width or len(row)
        while len(row) > width and not row[-1].strip():
            row.pop()
        if len(row) < width and sum(map(bool, row)) <= 1:
            short.append((row, end))  # a note, if nothing but notes follows
            continue
        for note, line in short:
            _refuse_width(note, width, line, file, findings)
        short = []
        if len(row) != width:
            _refuse_width(row, width, end, file, findings)
            continue
        for kept, position in zip(values, positions, strict=True):
            kept.append(row[position])
        lines.append(end - sum(cell.count("\n") for cell in row))
    findings.raise_all()
    yield Batch([pa.array(v, pa.string()) for v in values], np.array(lines, dtype=np.int64))


def _refuse_width(row: list[str], width: int, line: int, file: _TextFile, findings: Findings) -> None:
    findings.add(
        f"A row has {len(row)} columns where the header has {width}",
        where=f"{file.name}, line {line}",
        found=repr(file.delimiter.join(row)[:80]),
        cure="Put quotation marks around a value that holds the delimiter.",
    )


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as stream:
            while block := stream.read(2**20):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
