"""Progress on paper: the thread, measures with and without data, hostile words as text."""

from __future__ import annotations

from pathlib import Path

import inquirylab
from inquirylab.reports.progress_page import progress_page
from tests.samples import ROOT


def test_an_empty_inquiry_says_what_is_next_and_that_nothing_is_there(tmp_path: Path) -> None:
    with inquirylab.create(tmp_path / "a", title="<script>alert(1)</script>", author="ana") as inq:
        page = progress_page(inq.standing())
        assert "<script" not in page.html and "&lt;script&gt;" in page.html
        assert "Say what you see, where, for whom, since when." in page.html
        assert "No measure is defined yet." in page.html and "There is no driver yet." in page.html
        assert page.markdown.startswith("# \\<script\\>alert(1)")


def test_the_worked_inquiry_shows_its_measure_with_its_signal_and_the_others_without_data() -> None:
    inq = inquirylab.open(ROOT / "examples" / "oulad" / "inquiry", author="ana")
    now = inq.standing()
    page = progress_page(now)
    assert [m.state for m in now.measures] == ["up", "none", "none", "none"]
    assert now.measures[0].drawing.startswith("<svg") and "<b>64.5%</b> last." in page.html
    assert page.html.count("No data yet.") == 3
    assert "Nobody is testing: Room in the week." in page.html
    assert "| " not in page.markdown and "- ◐ **Measures**: 4, one improved, 3 without data" in page.markdown
