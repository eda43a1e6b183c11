"""What the pages of a report share lies beside them once; a page that stands alone carries it."""

from __future__ import annotations

from pathlib import Path

import nbformat

from inquirylab.publish.assets import SCRIPTS, copy_assets, style_sheet
from inquirylab.publish.exporter import InquiryExporter


def test_a_report_has_its_scripts_and_one_style_sheet(tmp_path: Path) -> None:
    copy_assets(tmp_path / "assets")
    assert {p.name for p in (tmp_path / "assets").iterdir()} == {*SCRIPTS, "page.css"}
    assert (tmp_path / "assets" / "page.css").read_text(encoding="utf-8") == style_sheet()
    assert "prefers-color-scheme:dark" in style_sheet() and "@media print" in style_sheet()


def test_pages_of_a_report_name_them_and_carry_none() -> None:
    page, _ = InquiryExporter().from_notebook_node(nbformat.v4.new_notebook(), {"inquirylab": {"assets": "../assets/"}})
    assert '<link rel="stylesheet" href="../assets/page.css">' in page
    assert page.count("<style") == 1 and "prefers-color-scheme" not in page, "only what it says of itself on paper"
    assert '<script src="../assets/page.js" defer>' in page


def test_a_page_that_stands_alone_carries_the_same_style() -> None:
    page, _ = InquiryExporter().from_notebook_node(nbformat.v4.new_notebook(), {})
    assert "stylesheet" not in page and "src=" not in page.split("<body>")[0]
    shown = page.split("<style>")[1].split("</style>")[0]
    assert shown.split() == style_sheet().split()
