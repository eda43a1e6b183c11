"""`inquirylab report OUT|DIR --to html|pdf|docx|markdown`: a batch's report and a team's story in every form."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pypdf
import pytest
from click.testing import CliRunner, Result

from inquirylab.cli import main
from inquirylab.inquiry import Inquiry
from inquirylab.publish.exporter import markdown_html
from inquirylab.publish.finished import read_bytes_of
from inquirylab.publish.report_forms import write_form
from inquirylab.publish.team_report import story_page
from tests.hostile import MARKUP, Page, hostile_inquiry
from tests.publish.test_publication import Place
from tests.samples import ROOT


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["report", *map(str, arguments)])


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(ROOT / "examples" / "oulad" / "inquiry", tmp_path_factory.mktemp("team") / "inquiry"))


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Place(tmp_path_factory.mktemp("batch")).out


def words_of(path: Path) -> str:
    """All words of a finished file, alternative texts too."""
    return " ".join(" ".join(p.text.split()) for p in read_bytes_of(path.name, path.read_bytes()).passages)


FORMS = {"html": "report.html", "pdf": "report.pdf", "docx": "report.docx", "markdown": "report.md"}


@pytest.mark.parametrize("form", FORMS)
def test_a_teams_story_is_told_whole_in_every_form(team: Path, form: str) -> None:
    said = run(team, "--to", form)
    assert said.exit_code == 0, said.output
    written = team / FORMS[form]
    assert f"Open the report: {written}" in said.output
    words = words_of(written)
    for part in ("The problem", "Early sight of the task", "What we tried", "above its upper limit", "Who did what"):
        assert part in words, part
    assert "Small numbers are not hidden here" in words


@pytest.mark.parametrize("form", FORMS)
def test_a_batchs_report_has_every_site_in_every_form(batch: Path, form: str, tmp_path: Path) -> None:
    written = tmp_path / FORMS[form]
    said = run(batch, "--to", form, "--out", written)
    assert said.exit_code == 0, said.output
    words = words_of(written)
    for site in ("Ash", "Willow"):
        assert site in words
    assert "Coverage" in words and "Small numbers are not hidden here" in words


def test_the_ending_of_the_file_says_the_form(team: Path, tmp_path: Path) -> None:
    assert run(team, "--out", tmp_path / "ours.pdf").exit_code == 0
    assert (tmp_path / "ours.pdf").read_bytes().startswith(b"%PDF")
    refused = run(team, "--to", "docx", "--out", tmp_path / "ours.pdf")
    assert refused.exit_code == 2 and "end its name in .docx" in refused.output


def test_a_story_is_not_published_and_a_publication_has_its_own_forms(team: Path, batch: Path, tmp_path: Path) -> None:
    refused = run(team, "--publish", tmp_path / "dest")
    assert refused.exit_code == 2 and "is for a batch" in refused.output and not (tmp_path / "dest").exists()
    refused = run(batch, "--publish", tmp_path / "dest", "--to", "docx")
    assert refused.exit_code == 2 and "Leave --to and --out away" in refused.output


def test_a_folder_that_is_neither_is_refused_in_one_sentence(tmp_path: Path) -> None:
    refused = run(tmp_path, "--to", "pdf")
    assert refused.exit_code == 2 and "There is no batch in this folder" in refused.output


def test_the_pdf_is_tagged_and_its_diagram_lies_on_its_side(team: Path) -> None:
    run(team, "--to", "pdf")
    document = pypdf.PdfReader(team / "report.pdf")
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert document.metadata is not None and document.metadata.title == "Assignments handed in on time"
    on_their_side = [page for page in document.pages if page.mediabox.width > page.mediabox.height]
    assert len(on_their_side) == 1 and "Primary drivers" in on_their_side[0].extract_text()
    assert all("Formative: for the people who may see all of this" in page.extract_text() for page in document.pages)


def test_word_has_its_own_headings_lists_and_tables_and_says_what_charts_show(team: Path) -> None:
    run(team, "--to", "docx")
    file = docx.Document(str(team / "report.docx"))
    styles = {p.style.name for p in file.paragraphs if p.style is not None}
    assert {"Title", "Heading 1", "Heading 2", "List Bullet"} <= styles
    assert any(cell.text == "Above limit" for table in file.tables for cell in table.columns[-1].cells)
    alternatives = [shape._inline.docPr.get("descr") for shape in file.inline_shapes]
    assert any(text and text.startswith("Module DDD, handed in on time, 24 points") for text in alternatives)
    assert file.core_properties.author == "" and file.core_properties.title == "Assignments handed in on time"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inquiry]:
    with hostile_inquiry(tmp_path_factory.mktemp("hostile") / "inquiry") as inquiry:
        yield inquiry


@pytest.mark.parametrize("form", ["pdf", "docx", "markdown"])
def test_hostile_words_stay_words_in_every_form(hostile: Inquiry, form: str, tmp_path: Path) -> None:
    written = write_form(story_page(hostile, "Made today."), form, tmp_path / FORMS[form])
    if form == "markdown":
        page = Page(markdown_html(written.read_text(encoding="utf-8")))
        assert page.wrong == [] and MARKUP in page.text
    else:
        assert MARKUP in words_of(written)


def test_a_word_file_names_no_other_host(team: Path) -> None:
    run(team, "--to", "docx")
    with zipfile.ZipFile(io.BytesIO((team / "report.docx").read_bytes())) as parts:
        links = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".rels")]
    assert not any('TargetMode="External"' in text for text in links)
