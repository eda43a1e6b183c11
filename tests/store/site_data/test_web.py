"""Data at an address on the web are read as a file of that name would be; whatever goes wrong is one sentence."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pandas as pd
import pytest

from inquirylab.errors import DataError
from inquirylab.record.types import Measure, MeasureData
from inquirylab.store.data_command import data_command
from inquirylab.store.site_data import read_site_data, web
from tests.samples import late_rows

LATE = Measure(
    name="Late",
    kind="proportion",
    data=MeasureData(date=("week",), site="school", numerator="late", denominator="enrolled"),
)
CSV = "\n".join(["week,school,late,enrolled", *late_rows("Oak"), *late_rows("Elm")]).encode()
SECRET = "s3cret"


class Answer(BaseHTTPRequestHandler):
    """Answers as the paths of the tests say."""

    files: dict[str, bytes]

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", bytes.fromhex(path.removeprefix("/to/").partition("/")[0]).decode())
            self.end_headers()
        elif path in self.files:
            body = self.files[path]
            self.send_response(200)
            if not path.startswith(("/unannounced", "/slow")):
                self.send_header("Content-Length", str(len(body) + 9 * path.startswith("/cut")))
            self.end_headers()
            with suppress(OSError):  # the other side went away
                self.write(body, 0.1 if path.startswith("/slow") else 0)
        else:
            self.send_error(401 if path.startswith("/closed") else 404)

    def write(self, body: bytes, pause: float) -> None:
        for at in range(0, len(body), 100 if pause else len(body)):
            self.wfile.write(body[at : at + 100] if pause else body)
            time.sleep(pause)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of this machine with some files, as the beginning of an address."""
    book = tmp_path_factory.mktemp("book") / "late.xlsx"
    pd.DataFrame({"week": ["2024-01-08"], "school": ["Oak"], "late": [24], "enrolled": [200]}).to_excel(
        book, index=False
    )
    Answer.files = {
        **dict.fromkeys(("/late.csv", "/unannounced.csv", "/cut.csv", "/slow.csv", "/x.xlsx"), CSV),
        "/open%20data/late%20rows.csv": CSV,
        "/late.xlsx": book.read_bytes(),
        "/page.csv": b"<!doctype html><title>Sign in</title>",
    }  # fmt: skip
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    serving = threading.Thread(target=server.serve_forever, args=(0.05,))
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.fixture(autouse=True)
def without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def test_a_table_is_read_as_its_file_would_be(host: str, tmp_path: Path) -> None:
    (tmp_path / "late.csv").write_bytes(CSV)
    there, here = (read_site_data(place, LATE, site="Oak") for place in (f"{host}/late.csv", tmp_path / "late.csv"))
    pd.testing.assert_frame_equal(there.rows, here.rows)
    assert there.source == here.source == "late.csv"


@pytest.mark.parametrize("path", ["/late.xlsx", "/unannounced.csv", "/open data/late rows.csv", "/late.csv#top"])
def test_the_name_in_the_address_says_how_it_is_read(host: str, path: str) -> None:
    assert len(read_site_data(host + path, LATE, site="Oak").rows) >= 1


def test_a_redirection_to_the_web_is_followed(host: str) -> None:
    target = f"{host}/late.csv".encode().hex()
    assert len(read_site_data(f"{host}/to/{target}/moved.csv", LATE, site="Oak").rows) == 24


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/late.csv"])
def test_a_redirection_to_anything_else_is_not(host: str, target: str) -> None:
    with pytest.raises(DataError, match="leads away from the web"):
        read_site_data(f"{host}/to/{target.encode().hex()}/late.csv", LATE)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/gone.csv", r"not at this address \(gone\.csv\); found: 404 Not Found\. Check the address"),
        ("/closed.csv", r"not given to everybody \(closed\.csv\); found: 401 Unauthorized\. Download it by hand"),
        ("/page.csv", r"of a kind that cannot be read \(page\.csv\); found: a web page"),
        ("/x.xlsx", r"not what its ending says \(x\.xlsx\)"),
        ("/cut.csv", r"ended before their end \(cut\.csv\)"),
    ],
)
def test_what_cannot_be_had_is_one_sentence_without_the_key(host: str, path: str, says: str) -> None:
    with pytest.raises(DataError, match=says) as refused:
        read_site_data(f"{host}{path}?key={SECRET}", LATE)
    assert SECRET not in str(refused.value) and "127.0.0.1" not in str(refused.value)
    assert refused.value.__cause__ is None and len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize("path", ["/late.csv", "/unannounced.csv"])
def test_what_is_too_large_is_refused(host: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MOST_BYTES", 1000)
    with pytest.raises(DataError, match=r"too large to be fetched from the network .*more than 0\.001 MB"):
        read_site_data(host + path, LATE)


def test_a_server_that_drips_is_left(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "SECONDS", 0.3)
    with pytest.raises(DataError, match=r"cannot be fetched .*slow\.csv.* no answer in time"):
        read_site_data(f"{host}/slow.csv", LATE)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/late.csv", "https://no.such.host.invalid/late.csv"])
def test_offline_it_is_one_sentence(address: str) -> None:
    with pytest.raises(
        DataError,
        match=r"cannot be fetched from the network \(late\.csv\); found: .*Check the address and the connection, or download",
    ):
        read_site_data(f"{address}?key={SECRET}", LATE)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (f"https://ana:{SECRET}@example.org/late.csv", "password stands in the address"),
        (f"https://{SECRET}@example.org/late.csv", "password stands in the address"),
        ("https:///late.csv", "cannot be read.* Write it as https://host/file.csv"),
        ("https://[::1/late.csv", "cannot be read"),
    ],
)
def test_an_address_that_is_none_or_holds_a_password_is_refused(address: str, says: str) -> None:
    with pytest.raises(DataError, match=says) as refused:
        read_site_data(address, LATE)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    "path", ["/..", "/%2e%2e%2f%2e%2e%2fx", "/a%5C..%5Cx", "/\u202e.csv", "/" + "x" * 400 + ".csv"]
)
def test_no_address_names_a_file_elsewhere(path: str) -> None:
    name = web._name(web.urlsplit("https://example.org" + path))
    assert Path("/there", name).parent == Path("/there") and 0 < len(name) <= 100 and ".." not in name


def test_nothing_is_left_behind(host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    read_site_data(f"{host}/late.csv", LATE)
    with pytest.raises(DataError):
        read_site_data(f"{host}/gone.csv", LATE)
    assert list(tmp_path.iterdir()) == []


def test_a_measure_is_proposed_for_it(host: str) -> None:
    from click.testing import CliRunner

    said = CliRunner().invoke(data_command, [f"{host}/late.csv"])
    assert said.exit_code == 0 and "late.csv: header in line 1, 48 rows" in said.output, said.output
