"""The journal: what is done is never lost, what is torn is never believed, what changed is never skipped."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquirylab.batch.journal import ABSENT, Contents, Entry, Journal, digest, line, read, what_was_read
from inquirylab.errors import BatchError


def entry(slug: str, **rest: object) -> Entry:
    return Entry(slug, **{"key": "k", "outcome": {"outcome": "completed", "name": "Zürich"}, **rest})  # type: ignore[arg-type]


def test_entries_come_back_as_they_were_written(tmp_path: Path) -> None:
    one = entry(
        "leeds",
        files={"/data/é.csv": "1f"},
        folders={"/data": "2f"},
        outputs={"notebooks/leeds.ipynb": 5},
        outside=["SQL"],
    )
    with Journal(tmp_path) as journal:
        journal.add(one)
    with Journal(tmp_path) as journal:
        assert journal.entries == {"leeds": one}


def test_the_last_entry_of_a_site_counts(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.add(entry("leeds", key="old"))
        journal.add(entry("leeds", key="new"))
    with Journal(tmp_path) as journal:
        assert journal.entries["leeds"].key == "new"


def test_at_whatever_byte_the_tail_is_torn_the_rest_stays(tmp_path: Path) -> None:
    whole = [line(entry("a")), line(entry("b")), line(entry("c"))]
    text = b"".join(whole)
    path = tmp_path / ".batch" / "journal"
    path.parent.mkdir()
    for cut in range(len(whole[0]) + len(whole[1]), len(text)):
        path.write_bytes(text[:cut])
        complete = ["a", "b"] + (["c"] if cut >= len(text) - 1 else [])
        assert [e.slug for e in read(path)] == complete
        with Journal(tmp_path) as journal:
            journal.add(entry("d"))
        assert [e.slug for e in read(path)] == [*complete, "d"], f"written after a tail torn at {cut}"


@given(st.binary(max_size=400))
def test_no_bytes_are_taken_for_an_entry(rubbish: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "journal")
        path.write_bytes(line(entry("a")) + rubbish + b"\n" + line(entry("b")))
        assert [e.slug for e in read(path)] == ["a", "b"]


def test_a_single_changed_letter_spoils_an_entry(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    path.write_bytes(line(entry("leeds")).replace(b"leeds", b"lead5"))
    assert list(read(path)) == []


def test_a_second_batch_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    with (
        Journal(tmp_path),
        pytest.raises(BatchError, match=rf"Another batch.*process {os.getpid()} on .*another folder"),
    ):
        Journal(tmp_path).__enter__()
    with Journal(tmp_path):
        pass


def test_a_killed_batch_does_not_refuse_the_next(tmp_path: Path) -> None:
    code = f"""
import os, pathlib
from inquirylab.batch.journal import Entry, Journal
journal = Journal(pathlib.Path({str(tmp_path)!r})).__enter__()
journal.add(Entry("leeds", key="k"))
print("added", flush=True)
os.kill(os.getpid(), 9)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "added\n", done.stderr
    with Journal(tmp_path) as journal:
        assert list(journal.entries) == ["leeds"]


def held(tmp_path: Path, **changes: object) -> bool:
    (tmp_path / "notebooks").mkdir(exist_ok=True)
    (tmp_path / "notebooks" / "leeds.ipynb").write_text("{}")
    data, folder, now = tmp_path / "data.csv", str(tmp_path / "notebooks"), Contents()
    data.write_text("a,b\n")
    one = entry("leeds", files={str(data): now.of_file(str(data)), "/no/such": ABSENT}, folders={folder: now.of_folder(folder)},
                outputs={"notebooks/leeds.ipynb": 2}, **{k: v for k, v in changes.items() if k == "outside"})  # fmt: skip
    for name, text in changes.items():
        if name.startswith("write_"):
            (
                tmp_path
                / {"write_data": "data.csv", "write_notebook": "notebooks/leeds.ipynb", "write_new": "notebooks/new"}[
                    name
                ]
            ).write_text(str(text))
    return one.holds(str(changes.get("key", "k")), Contents(), tmp_path)


def test_a_site_is_skipped_only_if_nothing_it_rests_on_changed(tmp_path: Path) -> None:
    assert held(tmp_path)
    assert not held(tmp_path, key="other"), "template, parameters or packages"
    assert not held(tmp_path, write_data="a,c\n"), "a file that it read"
    assert not held(tmp_path, write_notebook=""), "its notebook is not whole"
    assert not held(tmp_path, write_new="x"), "a folder that it listed"
    (tmp_path / "notebooks" / "new").unlink()
    assert not held(tmp_path, outside=["SQL"]), "it asked a database"


def test_a_missing_file_that_appears_counts_as_a_change(tmp_path: Path) -> None:
    wanted = tmp_path / "optional.csv"
    one = entry("leeds", files={str(wanted): Contents().of_file(str(wanted))})
    assert one.holds("k", Contents(), tmp_path)
    wanted.write_text("now it is there")
    assert not one.holds("k", Contents(), tmp_path)


def test_a_file_that_changes_while_it_is_read_is_not_trusted(tmp_path: Path) -> None:
    data = tmp_path / "data.csv"
    data.write_text("1")
    reads = {"files": [str(data)], "folders": [str(tmp_path)], "modules": [], "outside": []}
    moving = what_was_read(reads, time.time() - 60, Contents())
    assert moving["outside"] == ["data.csv changed while the site ran"]
    os.utime(data, (0, 0))
    calm = what_was_read(reads, time.time() - 60, Contents())
    assert calm["outside"] == []
    assert calm["files"] == {str(data): Contents().of_file(str(data))}


def test_without_a_report_of_its_reading_a_site_is_never_skipped(tmp_path: Path) -> None:
    assert not entry("leeds", **what_was_read(None, 0, Contents())).holds("k", Contents(), tmp_path)


def test_a_folder_as_parameter_stands_for_all_its_files(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.csv").write_text("1")
    (tmp_path / "b.csv").write_text("2")
    before = Contents().below(str(tmp_path))
    assert sorted(before) == [str(tmp_path / "b.csv"), str(tmp_path / "deep" / "a.csv")]
    (tmp_path / "deep" / "a.csv").write_text("2")
    assert Contents().below(str(tmp_path)) != before


def test_texts_are_kept_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a", b"b") == digest(b"a", "b")


def test_the_journal_imports_no_library() -> None:
    code = "import sys, inquirylab.batch.journal; print(sorted({'pandas', 'numpy', 'nbformat', 'papermill', 'altair'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"
