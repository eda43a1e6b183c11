"""A data file at an address on the web: fetched whole into a folder of its own, read like any file, then gone."""

from __future__ import annotations

import http.client
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, quote, unquote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from inquirylab.errors import DataError

MOST_BYTES = 200_000_000
SECONDS_OF_SILENCE = 30.0
SECONDS = 300.0
_CHUNK = 1 << 16
_BY_HAND = "Download it by hand and name the file."


def is_web(place: object) -> bool:
    """Say whether a place is an address on the web: ``https://…`` or ``http://…``."""
    return isinstance(place, str) and re.match(r"https?://", place, re.I) is not None


@contextmanager
def fetched(address: str) -> Iterator[Path]:
    """Fetch a data file; while the context lasts it stands under the name that its address gives it.

    No message repeats the address: what follows a ``?`` may be a key.

    Raises
    ------
    DataError
        The address holds a password, cannot be reached, does not answer in time, leads elsewhere than to the web, or
        what is there is too large.
    """
    parts = _parts(address)
    name = _name(parts)
    with tempfile.TemporaryDirectory(prefix="inquirylab-", ignore_cleanup_errors=True) as folder:
        file = Path(folder, name)
        _fetch(parts, file)
        yield file


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address.strip())
        secret, host = parts.username or parts.password, parts.hostname
    except ValueError:
        secret, host = None, None
    if secret:
        raise DataError(
            "A user or a password stands in the address of the data", cure=f"Take it out of the address. {_BY_HAND}"
        )
    if not host:
        raise DataError("The address of the data cannot be read", cure="Write it as https://host/file.csv.")
    return parts


def _name(parts: SplitResult) -> str:
    """Return the last name of an address's path, safe as the name of a file; its ending says how it is read.

    Examples
    --------
    >>> _name(urlsplit("https://example.org/open%20data/late%20rows.csv?key=s3cret"))
    'late rows.csv'
    >>> _name(urlsplit("https://example.org/"))
    'data'
    """
    name = re.split(r"[/\\]", unquote(parts.path))[-1]
    name = "".join(c for c in name if c.isprintable() and c not in '<>:"|?*').strip(" .")
    return name[-100:] or "data"


def _fetch(parts: SplitResult, file: Path) -> None:
    path, query = (quote(words, safe="/%:=&+,;@~!$'()*?[]") for words in (parts.path, parts.query))
    wanted = parts._replace(path=path, query=query, fragment="").geturl()
    headers = {"User-Agent": "inquirylab", "Accept-Encoding": "identity"}
    try:
        opener = build_opener(_WebOnly(file.name))
        with (
            closing(opener.open(Request(wanted, headers=headers), timeout=SECONDS_OF_SILENCE)) as answer,
            file.open("wb") as out,
        ):
            _take(answer, out, file.name)
    except HTTPError as e:
        e.close()
        raise _refused(e.code, file.name) from None
    except (OSError, http.client.HTTPException, ValueError) as e:
        raise DataError(
            "The data cannot be fetched from the network",
            where=file.name,
            found=_reason(e),
            cure="Check the address and the connection, or download it by hand and name the file.",
        ) from None


def _take(answer: Any, out: BinaryIO, name: str) -> None:
    """Write what comes to a file, as far as size and time allow."""
    told, end, got = answer.headers.get("Content-Length") or "", time.monotonic() + SECONDS, 0
    announced = int(told) if told.isdecimal() else None
    if announced is not None and announced > MOST_BYTES:
        raise _too_large(name)
    while chunk := answer.read1(_CHUNK):  # not read(): a server that drips would hold it beyond its time
        got += len(chunk)
        if got > MOST_BYTES:
            raise _too_large(name)
        if time.monotonic() > end:
            raise TimeoutError("timed out")
        out.write(chunk)
    if announced is not None and got < announced:
        raise DataError(
            "The data ended before their end", where=name, found=f"{got} of {announced} bytes", cure="Try again."
        )


class _WebOnly(HTTPRedirectHandler):
    """Follows a redirection to the web alone, never to a file or another service."""

    def __init__(self, name: str) -> None:
        self.name = name

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        if not is_web(newurl):
            raise _refused(code, self.name)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _refused(code: int, name: str) -> DataError:
    if 300 <= code < 400:
        return DataError("The address of the data leads away from the web, or in a circle", where=name, cure=_BY_HAND)
    said = f"{code} {http.client.responses.get(code, '')}".strip()
    if code in (401, 403, 407):
        return DataError("The data are not given to everybody", where=name, found=said, cure=_BY_HAND)
    cure = "Check the address." if code in (404, 410) else "Try again later."
    return DataError("The data are not at this address", where=name, found=said, cure=cure)


def _too_large(name: str) -> DataError:
    most = f"more than {MOST_BYTES / 1e6:g} MB"
    return DataError("The data are too large to be fetched from the network", where=name, found=most, cure=_BY_HAND)


def _reason(e: BaseException) -> str:
    """Return why the network failed, in words that hold nothing of the address."""
    reason = e.reason if isinstance(e, URLError) else e
    if isinstance(reason, TimeoutError):
        return "no answer in time"
    if isinstance(reason, OSError):
        return reason.strerror or type(reason).__name__
    return "the answer is not as the web has it" if isinstance(reason, http.client.HTTPException) else ""
