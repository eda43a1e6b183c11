"""`jupyter nbconvert --to inquirylab`: one notebook as a page that needs nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import get_exporter

from inquirylab.publish.exporter import InquiryExporter, markdown_html
from inquirylab.reports.notebook_page import Problem

V4 = nbformat.v4


def page(*cells: Any, **known: Any) -> str:
    html, _ = InquiryExporter().from_notebook_node(
        V4.new_notebook(cells=list(cells)), {"inquirylab": {"assets": "a/", **known}}
    )
    return str(html)


def code(output: Any, source: str = "secret_code()") -> Any:
    return V4.new_code_cell(source, outputs=[output])


def test_nbconvert_knows_the_exporter() -> None:
    assert get_exporter("inquirylab") is InquiryExporter


def test_a_page_shows_what_cells_show_and_not_their_code() -> None:
    html = page(code(V4.new_output("display_data", {"text/html": "<b>shown</b>"})))
    assert "<b>shown</b>" in html and "secret_code" not in html


def test_text_is_shown_as_text() -> None:
    html = page(
        code(V4.new_output("stream", text="<script>alert(1)</script>")),
        V4.new_markdown_cell("<script>alert(2)</script>"),
    )
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html and "&lt;script&gt;alert(2)" in html


def test_what_guides_the_team_is_on_its_own_page_and_not_on_those_of_a_report() -> None:
    cell = V4.new_markdown_cell("# Measure\n\nPress *Run*")
    cell.metadata["tags"] = ["guide"]
    found = code(V4.new_output("display_data", {"text/html": "<h1>Late arrivals</h1>"}))
    assert "Press" not in page(cell, found)
    own, _ = InquiryExporter().from_notebook_node(V4.new_notebook(cells=[cell, found]))
    assert '<div class="cell guide">' in own and "Press <em>Run</em>" in own
    assert "<title>Late arrivals" in own, "a page is named after what was found"


def test_nothing_is_loaded_from_elsewhere() -> None:
    html = page(
        code(
            V4.new_output(
                "display_data",
                {"text/html": '<img src="https://far.example/a.png"><script src=//far.example/x.js></script>'},
            )
        ),
        code(V4.new_output("display_data", {"text/html": '<style>@import url("https://far.example/a.css");</style>'})),
        V4.new_markdown_cell("![x](https://far.example/b.png) [click](javascript:alert(1))"),
    )
    assert not re.search(r"""(?<!-)src\s*=\s*["']?(https?:)?//|@import""", html)
    assert "javascript:" not in html
    assert "Content-Security-Policy" in html


def test_a_chart_of_the_notebooks_own_is_drawn_by_the_pages_script() -> None:
    spec = {"mark": "point", "title": "</script><b>", "data": {"values": []}}
    html = page(code(V4.new_output("display_data", {"application/vnd.vegalite.v5+json": spec})))
    assert 'class="chart-spec"' in html and "</script><b>" not in html


def test_a_cell_that_stopped_shows_its_code_and_its_error() -> None:
    error = V4.new_output("error", ename="KeyError", evalue="'x'", traceback=["\x1b[31mKeyError\x1b[0m: <x>"])
    html = page(code(error, "data['x']"), problem=Problem("Cell 1", "KeyError: 'x'", "Mend it."))
    assert "data[&#x27;x&#x27;]" in html and "KeyError: &lt;x&gt;" in html and "\x1b" not in html
    assert "Mend it." in html


def test_a_runaway_output_is_cut_with_a_note() -> None:
    html = page(code(V4.new_output("stream", text="x" * 1_000_000)))
    assert len(html) < 100_000
    assert "more characters in the notebook" in html


def test_a_page_by_itself_carries_its_scripts(tmp_path: Path) -> None:
    html, _ = InquiryExporter().from_notebook_node(V4.new_notebook())
    assert html.count("<script>") == 2 and "src=" not in re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)


def test_markdown_is_rendered() -> None:
    assert "<em>so</em>" in markdown_html("*so*")
