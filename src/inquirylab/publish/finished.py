"""Read finished files for the scan: everything that a reader, or a reader's program, could find in them."""

from __future__ import annotations

import base64
import csv
import io
import json
import logging
import re
import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote_to_bytes

from inquirylab.errors import ReportError
from inquirylab.privacy.facts import Facts, Passage, Reach, Row
from inquirylab.publish.finished_html import read_markup

SILENT = {".woff", ".woff2", ".ttf", ".otf", ".ico", ".css", ".map", ".jpg", ".jpeg", ".gif", ".webp"}
"""Files without text of ours; their names are scanned all the same."""
AXIS_KEYS = {"domain", "extent", "domainmin", "domainmax", "range_extent", "ticks", "tickvalues"}
LONGEST = 400


def read_bytes_of(name: str, content: bytes) -> Facts:
    """Read one finished file.

    Raises
    ------
    ReportError
        The file is of a kind that cannot be read, so that nothing can be promised of it.
    """
    facts = Facts()
    facts.passages.append(Passage(f"{name} (file name)", re.sub(r"[-_./\\]+", " ", name)))
    _read(facts, name, PurePath(name).suffix.casefold(), content)
    return facts


def _read(facts: Facts, where: str, kind: str, content: bytes) -> None:
    if kind in SILENT:
        return
    reader = READERS.get(kind)
    if reader is None:
        raise ReportError(
            "A file of this kind cannot be scanned", where=where, cure="Publish HTML, CSV, JSON, SVG, PDF or notebooks."
        )
    try:
        reader(facts, where, content)
    except ReportError:
        raise
    except Exception as problem:
        raise ReportError(
            "A file cannot be read", where=where, found=str(problem)[:200] or type(problem).__name__
        ) from problem


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig", errors="replace")


def _markup(facts: Facts, where: str, content: bytes) -> None:
    read_markup(facts, where, _text(content), read_json_text, read_embedded)


def _json(facts: Facts, where: str, content: bytes) -> None:
    walk(facts, where, json.loads(_text(content)), {})


def _lines(facts: Facts, where: str, content: bytes) -> None:
    for number, line in enumerate(_text(content).splitlines(), start=1):
        say(facts, f"{where}, line {number}", line)
        for value in _objects(line):
            walk(facts, f"{where}, line {number}", value, {})


def _table(facts: Facts, where: str, content: bytes) -> None:
    text = _text(content)
    first = text.partition("\n")[0]
    mark = max(",;\t|", key=first.count)
    for number, row in enumerate(csv.DictReader(io.StringIO(text), delimiter=mark), start=2):
        fields = {str(k): v for k, v in row.items() if v not in (None, "")}
        facts.rows.append(Row(f"{where}, line {number}", fields))
        for name, value in fields.items():
            if len(str(value)) > 12:
                say(facts, f"{where}, line {number}, {name!r}", str(value))


def _pdf(facts: Facts, where: str, content: bytes) -> None:
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # what it could mend is no word to whoever scans
    document = pypdf.PdfReader(io.BytesIO(content))
    for key, value in (document.metadata or {}).items():
        say(facts, f"{where}, metadata {key}", str(value))
    if document.xmp_metadata is not None:
        catalogue: Any = document.trailer["/Root"]
        _markup(facts, f"{where}, XMP", catalogue["/Metadata"].get_data())
    for number, page in enumerate(document.pages, start=1):
        for line in page.extract_text().splitlines():
            say(facts, f"{where}, page {number}", line)
    for number, text in enumerate(_alternatives(document), start=1):
        say(facts, f"{where}, alternative text {number}", text)
    for name, parts in document.attachments.items():
        for part in parts:
            _read(facts, f"{where} > {name}", PurePath(name).suffix.casefold(), part)


def _alternatives(document: Any) -> list[str]:
    """Return the alternative texts of a tagged PDF."""
    found: list[str] = []
    stack: list[Any] = [document.trailer["/Root"].get("/StructTreeRoot")]
    seen: set[int] = set()
    while stack:
        node = stack.pop()
        key = getattr(node, "idnum", None)
        if key is not None and key in seen:
            continue
        if key is not None:
            seen.add(key)
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            stack.extend(node)
        elif isinstance(node, dict):
            found += [str(node[k]) for k in ("/Alt", "/ActualText", "/T") if k in node]
            if "/K" in node:
                stack.append(node["/K"])
    return found


def _archive(facts: Facts, where: str, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.namelist():
            if not member.endswith("/"):
                inner = read_bytes_of(f"{where} > {member}", archive.read(member))
                facts.rows += inner.rows
                facts.passages += inner.passages
                facts.reaches += inner.reaches


def _png(facts: Facts, where: str, content: bytes) -> None:
    """Read the text chunks of a PNG; its pixels are drawings of what the scan reads elsewhere."""
    at = 8
    while at + 8 <= len(content):
        size, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        if kind in (b"tEXt", b"iTXt"):
            say(
                facts,
                f"{where}, {kind.decode()}",
                content[at + 8 : at + 8 + size].replace(b"\0", b" ").decode("latin-1"),
            )
        at += 12 + size


READERS: dict[str, Callable[[Facts, str, bytes], None]] = {
    **dict.fromkeys((".html", ".htm", ".xhtml", ".svg", ".xml"), _markup),
    **dict.fromkeys((".json", ".ipynb", ".vl", ".geojson"), _json),
    **dict.fromkeys((".csv", ".tsv"), _table),
    **dict.fromkeys((".txt", ".md", ".typ", ".toml", ".js", ".mjs", ".jsonl", ".yaml", ".yml", ".py", ""), _lines),
    **dict.fromkeys((".zip", ".docx", ".xlsx"), _archive),
    ".pdf": _pdf,
    ".png": _png,
    ".rels": _markup,
}


def say(facts: Facts, where: str, text: str) -> None:
    """Keep a text, in pieces that are read in one go."""
    for piece in re.split(r"(?<=[.!?;])\s+|\n+", text):
        for start in range(0, max(len(piece), 1), LONGEST):
            part = piece[start : start + LONGEST + 80].strip()
            if part:
                facts.passages.append(Passage(where, part))


def walk(facts: Facts, where: str, value: Any, inherited: dict[str, Any]) -> None:
    """Read plain data: records (with what stands above them), lists of columns, texts, and the ends of axes."""
    if isinstance(value, dict):
        own = {k: v for k, v in value.items() if isinstance(v, (str, int, float)) and len(str(v)) <= 200}
        fields = {**inherited, **own}
        if own:
            facts.rows.append(Row(where, fields))
        _columns(facts, where, value, inherited)
        for key, inner in value.items():
            place = f"{where} / {key}"
            if key.casefold() in AXIS_KEYS:
                ends = [inner] if isinstance(inner, (int, float)) else inner if isinstance(inner, list) else []
                facts.reaches.append(Reach(place, tuple(float(e) for e in ends if isinstance(e, (int, float)))))
            # What names a group above also holds below it; other scalars (a count, a text) do not.
            names = {k: v for k, v in fields.items() if isinstance(v, str) and len(v) <= 80}
            walk(facts, place, inner, names)
    elif isinstance(value, list):
        text = "".join(value) if value and all(isinstance(v, str) for v in value) else None
        if text is not None and any("\n" in v for v in value):
            return read_text(facts, where, text)
        for number, inner in enumerate(value):
            walk(facts, f"{where}[{number}]", inner, inherited)
    elif isinstance(value, str):
        read_text(facts, where, value)
    return None


def _columns(facts: Facts, where: str, value: dict[str, Any], inherited: dict[str, Any]) -> None:
    """Read data that are kept column by column, or as a header and rows."""
    lists = {k: v for k, v in value.items() if isinstance(v, list) and v and not isinstance(v[0], (dict, list))}
    longest = {len(v) for v in lists.values()}
    if len(lists) > 1 and len(longest) == 1:
        for number, row in enumerate(zip(*lists.values(), strict=True)):
            facts.rows.append(Row(f"{where}[{number}]", {**inherited, **dict(zip(lists, row, strict=True))}))
    head, body = value.get("columns"), value.get("data")
    if isinstance(head, list) and isinstance(body, list):
        for number, row in enumerate(body):
            if isinstance(row, list) and len(row) == len(head):
                fields = {**inherited, **dict(zip(map(str, head), row, strict=True))}
                facts.rows.append(Row(f"{where}[{number}]", fields))
    if isinstance(body, dict) or isinstance(head, dict):
        return
    columns = {k: v for k, v in value.items() if isinstance(v, dict) and v}
    keys = {tuple(v) for v in columns.values()}
    if len(columns) > 1 and len(keys) == 1:
        for key in next(iter(keys)):
            facts.rows.append(Row(f"{where}[{key}]", {**inherited, **{k: v[key] for k, v in columns.items()}}))


def read_text(facts: Facts, where: str, text: str) -> None:
    """Read a text that may itself be markup, data, or a link that carries a file."""
    start = text.lstrip()[:1]
    if text.startswith("data:"):
        return read_embedded(facts, where, text)
    if start in "{[" and start and read_json_text(facts, where, text):
        return None
    if start == "<" and re.search(r"<\w+[^>]*>", text):
        return read_markup(facts, where, text, read_json_text, read_embedded)
    return say(facts, where, text)


def read_json_text(facts: Facts, where: str, text: str) -> bool:
    """Read every object or list of data in a script or a text; tell whether there was one."""
    found = _objects(text)
    for number, value in enumerate(found):
        walk(facts, f"{where}{f' #{number + 1}' if len(found) > 1 else ''}", value, {})
    return bool(found)


def _objects(text: str) -> list[Any]:
    decoder, found, at = json.JSONDecoder(), [], 0
    while match := re.compile(r"[\[{]").search(text, at):
        try:
            value, end = decoder.raw_decode(text, match.start())
        except ValueError:
            at = match.start() + 1
            continue
        at = end
        if isinstance(value, (dict, list)) and value:
            found.append(value)
    return found


def read_embedded(facts: Facts, where: str, link: str) -> None:
    """Read the file that a data link carries."""
    head, _, body = link[5:].partition(",")
    kind = head.partition(";")[0].casefold()
    content = base64.b64decode(body + "==") if head.endswith("base64") else unquote_to_bytes(body)
    suffix = {
        "text/csv": ".csv", "application/json": ".json", "text/html": ".html", "image/svg+xml": ".svg",
        "application/pdf": ".pdf", "image/png": ".png", "text/plain": ".txt", "": ".txt",
    }.get(kind, ".woff" if kind.startswith(("font/", "image/", "application/font")) else ".bin")  # fmt: skip
    _read(facts, f"{where} (data link)", suffix, content)
