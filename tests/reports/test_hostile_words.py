"""Hostile words in every answer stay words wherever a record is read without its widgets: HTML, Markdown, drawings, tables."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from inquirylab.inquiry import Inquiry
from inquirylab.publish.exporter import markdown_html
from inquirylab.reports.causes import drawn_fishbone
from tests.hostile import MARKUP, Page, hostile_inquiry

VIEWS: dict[str, Callable[[Inquiry], object]] = {
    "problem_definition": Inquiry.problem_definition,
    "causes": Inquiry.causes,
    "driver_diagram": Inquiry.driver_diagram,
    "measure": Inquiry.measure,
    "lesson_study": Inquiry.lesson_study,
    "observation": Inquiry.observation,
    "pdsa_cycle": Inquiry.pdsa_cycle,
    "progress": Inquiry.progress,
    "every form": lambda inq: inq.form(*inq.roots.forms),
}
PARTS = ("headline", "problem", "theory", "cycles", "measures", "learned", "next", "contributions")
TURNS_OR_DRIVES = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
READERS: dict[str, Callable[[str], str]] = {
    "ours": markdown_html,
    "Jupyter's own": lambda text: str(MarkdownWithMath(renderer=IPythonRenderer(escape=False)).render(text)),
    "CommonMark with raw HTML": lambda text: str(MarkdownIt("commonmark", {"html": True}).enable("table").render(text)),
}
PLAIN_TAGS = {"a", "em", "h1", "h2", "h3", "li", "ol", "p", "strong", "ul"}


@pytest.fixture(scope="module")
def inq(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inquiry]:
    with hostile_inquiry(tmp_path_factory.mktemp("hostile") / "inquiry") as inquiry:
        yield inquiry


def shown(thing: object) -> dict[str, str]:
    bundle = thing._repr_mimebundle_()  # type: ignore[attr-defined]
    return dict(bundle[0] if isinstance(bundle, tuple) else bundle)


@pytest.mark.parametrize("view", VIEWS)
def test_what_stands_beside_a_widget_is_text(inq: Inquiry, view: str) -> None:
    there = shown(VIEWS[view](inq))
    page = Page(there["text/html"])
    assert page.wrong == [] and (MARKUP in page.text or view == "observation")
    assert "tex2jax_ignore mathjax_ignore" in there["text/html"][:80], "formulas are typeset nowhere"
    assert not TURNS_OR_DRIVES.search(there["text/html"] + there["text/markdown"])


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_story_is_text(inq: Inquiry, part: str) -> None:
    there = shown(getattr(inq.story(), part)())
    page = Page(there["text/html"])
    assert page.wrong == [] and MARKUP in page.text
    assert not TURNS_OR_DRIVES.search(there["text/html"] + there["text/markdown"])


@pytest.mark.parametrize("reader", READERS)
def test_markdown_holds_no_markup_but_its_own(inq: Inquiry, reader: str) -> None:
    whole = "\n\n".join(getattr(inq.story(), part)().markdown for part in PARTS)
    record = inq.as_markdown()[:60_000].rpartition("\n")[0]
    for text in (whole, record):
        html = READERS[reader](text)
        page = Page(html)
        assert page.wrong == [] and MARKUP in page.text and "$$\\href{javascript:window.hurt=1}{x}$$" in page.text
        assert set(re.findall(r"<(\w+)", html)) <= PLAIN_TAGS
        assert html.count("<h1") == 1 and "# Heading" in page.text and "1. one" in page.text and "|a|b|" in page.text
    assert not TURNS_OR_DRIVES.search(inq.as_markdown())


def test_drawings_are_sound_and_say_the_words(inq: Inquiry) -> None:
    for svg in (exported(inq, "svg").decode(), drawn_fishbone(inq.record)):
        drawing = ElementTree.fromstring(svg)
        assert Page(svg).wrong == [] and "<script>" in "".join(drawing.itertext())
        assert not TURNS_OR_DRIVES.search(svg)


def test_a_picture_of_the_diagram_is_made(inq: Inquiry) -> None:
    assert exported(inq, "png").startswith(b"\x89PNG")


def test_a_spreadsheet_finds_no_formula_in_the_table(inq: Inquiry) -> None:
    inq.add("change_ideas", {"name": "=1+1", "drivers": ["driver1"]})
    cells = [c for row in csv.reader(io.StringIO(exported(inq, "table").decode("utf-8-sig"))) for c in row]
    assert any(MARKUP in c for c in cells) and "'=1+1" in cells
    assert [c for c in cells if c[:1] in tuple("=+-@\t\r")] == []


def test_mermaid_takes_no_order_from_a_label(inq: Inquiry) -> None:
    lines = exported(inq, "mermaid").decode().splitlines()
    node = re.compile(r'  n\d+(\[|\(\[)"[\w .,–—’“”()/+%#;-]*"(\]|\]\))')
    assert lines[0] == "flowchart RL" and MARKUP not in "\n".join(lines)
    assert all(node.fullmatch(line) or re.fullmatch(r"  n\d+ (-->|-\.->) n\d+", line) for line in lines[1:])


def exported(inq: Inquiry, kind: str) -> bytes:
    return base64.b64decode(inq.driver_diagram().answer("export", {"as": kind})["content"])


def test_a_question_for_text_was_forgotten_nowhere(inq: Inquiry) -> None:
    """The inquiry is as hostile as it says: every question for words has hostile words."""
    everything = inq.to_dict()
    for root, form in inq.roots.forms.items():
        fields = next(iter(everything[root].values())) if form.collection else everything[root]
        asked = [q for q in form.questions if q.kind in ("text", "long_text") and not (q.derived or q.private)]
        silent = [q.id for q in asked if MARKUP not in str(fields.get(q.id, ""))]
        assert silent == [], root


def test_the_words_of_the_record_itself_stay_as_they_were(inq: Inquiry) -> None:
    assert "\u202e" in str(inq.record.aim.what) and "\x1b" in str(inq.record.aim.what)
