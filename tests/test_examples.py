"""The worked inquiry is as its record says: what is derived from the record was written by this version of the forms."""

from __future__ import annotations

import shutil
from pathlib import Path

import inquirylab
from tests.samples import ROOT

MEND = "python -c \"import inquirylab; q = inquirylab.open('examples/oulad/inquiry'); q.write_derived(); q.close()\""


def test_the_derived_files_of_the_example_are_what_its_record_says(tmp_path: Path) -> None:
    kept = ROOT / "examples" / "oulad" / "inquiry"
    copy = Path(shutil.copytree(kept, tmp_path / "inquiry"))
    with inquirylab.open(copy, author="ana") as inq:
        inq.write_derived()
    for name in ("record.json", "record.md"):
        assert (copy / name).read_bytes() == (kept / name).read_bytes(), f"Write it anew: {MEND}"
