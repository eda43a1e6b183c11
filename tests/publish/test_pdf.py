"""The report on paper: tagged, titled, with alternative texts and charts as vectors."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from inquirylab.publish.finished import read_bytes_of
from inquirylab.reports.paper import drawing, plain
from tests.publish.test_publication import Place


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = Place(tmp_path_factory.mktemp("paper"))
    result = place.publish()
    assert result.exit_code == 0, result.output
    return place.dest / "report.pdf"


def test_it_is_tagged_and_says_its_title_and_language(report: Path) -> None:
    document = pypdf.PdfReader(report)
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert document.metadata is not None and str(document.metadata.title).startswith("Late arrivals")
    assert document.metadata.creation_date is None  # the same numbers give the same file


def test_every_chart_has_an_alternative_text_and_none_is_a_photograph(report: Path) -> None:
    facts = read_bytes_of("report.pdf", report.read_bytes())
    alternatives = [p.text for p in facts.passages if "alternative text" in p.where]
    for site in ("Ash", "Willow"):
        assert any(text.startswith(f"{site}, late arrivals") for text in alternatives)
    for words in ("How far sites lie apart", "Gap between groups by support", "Sites that reported"):
        assert any(words in text for text in alternatives)
    for page in pypdf.PdfReader(report).pages:
        assert not [image for image in page.images if image.image is not None]


def test_it_says_on_every_page_that_it_is_published_and_which_page_it_is(report: Path) -> None:
    document = pypdf.PdfReader(report)
    for number, page in enumerate(document.pages, start=1):
        text = page.extract_text()
        assert "Published: small groups are protected" in text
        assert f"{number} / {len(document.pages)}" in text
    assert "Contents" in document.pages[0].extract_text()
    whole = " ".join(page.extract_text() for page in document.pages)
    for words in (
        "Coverage",
        "Comparability",
        "What changed",
        "Groups, side by side",
        "How small groups are protected",
    ):
        assert words in whole


def test_text_of_users_is_no_markup() -> None:
    assert plain("<b>#eval(&quot;x&quot;)</b> &lt;i&gt;") == '#eval("x") <i>'


def test_a_drawing_stands_alone() -> None:
    made = drawing('<svg class="cover hi" viewBox="0 0 10 20" role="img" aria-label="A &amp; B"><path/></svg>', 4)
    assert made["alt"] == "A & B"
    assert 'viewBox="-4 0 14 20"' in made["svg"] and "var(" not in made["svg"]
