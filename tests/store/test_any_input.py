"""No input makes anything but our own error: arbitrary bytes, and good files with bytes changed."""

from __future__ import annotations

import io
import os
import random
import time
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inquirylab.errors import DataError
from inquirylab.record.types import Measure, MeasureData
from inquirylab.store.site_data import read_site_data
from inquirylab.store.site_data.proposing import propose
from inquirylab.store.site_data.report import report_of

LATE = Measure(
    name="Late",
    kind="proportion",
    data=MeasureData(date=("week",), site="school", numerator="late", denominator="enrolled", value="rate"),
)
ENDINGS = [".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".parquet", ".sqlite"]
TABLE = pd.DataFrame(
    {"week": ["2024-09-02", "2024-09-09"] * 3, "school": list("AABBCC"), "late": ["1", "*", "<5", "3", "", "N/A"],
     "enrolled": [80] * 6, "rate": ["1.2", "*", "<= 5.0", "4", "5-10%", "z"]}
)  # fmt: skip


def read_somehow(file: Path) -> None:
    """Read and propose: both give a result or our own error."""
    for action in (lambda: report_of(read_site_data(file, LATE), LATE), lambda: propose(file)):
        try:
            action()
        except DataError as e:
            assert str(e) and str(file.parent) not in str(e)


@pytest.fixture(scope="module")
def good_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("good")
    TABLE.to_excel(folder / "a.xlsx", index=False)
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(TABLE.astype(str)), buffer)
    return {
        ".csv": TABLE.to_csv(index=False).encode(),
        ".tsv": TABLE.to_csv(index=False, sep="\t").encode("utf-16"),
        ".xlsx": (folder / "a.xlsx").read_bytes(),
        ".parquet": buffer.getvalue(),
    }


@given(content=st.binary(max_size=300), ending=st.sampled_from(ENDINGS))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_arbitrary_bytes(tmp_path: Path, content: bytes, ending: str) -> None:
    file = tmp_path / f"any{ending}"
    file.write_bytes(content)
    read_somehow(file)


_TELLING = (
    """|*|<5|>= 95.0|10-20%|2024-09-02|03/09/2024|Week 37|="0123"|1,5|1.234,5|=A1|Total|NaN|-|2009-10|1e400|٣|'"""
)
_CELL = st.one_of(st.sampled_from([*_TELLING.split("|"), "\u00a093"]), st.text(max_size=12), st.integers().map(str))


@given(
    header=st.permutations(["week", "school", "late", "enrolled", "rate"]),
    rows=st.lists(st.lists(_CELL, min_size=1, max_size=7), max_size=8),
    titles=st.lists(_CELL, max_size=2),
    delimiter=st.sampled_from([",", ";", "\t"]),
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_arbitrary_cells(
    tmp_path: Path, header: list[str], rows: list[list[str]], titles: list[str], delimiter: str
) -> None:
    lines = [*([t] for t in titles), header, *rows]
    file = tmp_path / "any.csv"
    file.write_text("\n".join(delimiter.join(line) for line in lines), encoding="utf-8", errors="replace", newline="")
    read_somehow(file)


def changed(content: bytes, source: random.Random) -> bytes:
    """Return the content with some bytes changed, cut out, doubled or cut off."""
    data = bytearray(content)
    for _ in range(source.randint(1, 8)):
        at = source.randrange(len(data) + 1)
        how = source.randrange(4)
        if how == 0 and at < len(data):
            data[at] = source.randrange(256)
        elif how == 1:
            del data[at : at + source.randint(1, 20)]
        elif how == 2:
            data[at:at] = data[at : at + source.randint(1, 60)]
        elif len(data) > 20:
            del data[source.randint(10, len(data)) :]
    return bytes(data)


def test_good_files_with_bytes_changed(tmp_path: Path, good_files: dict[str, bytes]) -> None:
    """Two seconds of changes; two minutes with INQUIRYLAB_SOAK=1."""
    seconds = 120 if os.environ.get("INQUIRYLAB_SOAK") else 2
    source, end, tried = random.Random(20240902), time.monotonic() + seconds, 0
    while time.monotonic() < end:
        ending = source.choice(list(good_files))
        content = changed(good_files[ending], source)
        file = tmp_path / f"changed{ending}"
        file.write_bytes(content)
        try:
            read_somehow(file)
        except Exception:
            keep = Path(os.environ.get("INQUIRYLAB_KEEP", tmp_path)) / f"failed{ending}"
            keep.write_bytes(content)
            raise
        tried += 1
    print(f"{tried} changed files read")
    assert tried > 20
