"""A hub adds a whole form: it is asked, kept, shown and told without any code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import inquirylab
from inquirylab.cli import main
from inquirylab.findings.names_in_notes import MARK
from inquirylab.publish.finished import read_bytes_of
from tests.hostile import MARKUP

VISIT = """
id = "visit"
version = 1
title = "Visits to other schools"
root = "visits"
collection = true
source = ""

[[question]]
id = "school"
prompt = "Which school did you visit?"
kind = "text"

[[question]]
id = "seen"
prompt = "What did you see there?"
kind = "long_text"

[[question]]
id = "kind"
prompt = "Why there?"
kind = "choice"
choice = [{ id = "like_us", label = "It is like ours" }, { id = "ahead", label = "It is further on" }]
"""
SEEN = "The brief lies on each table before the lesson begins, and whoever comes in reads it first. " * 2


@pytest.fixture
def inq(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[inquirylab.Inquiry]:
    """An inquiry whose hub asks about visits."""
    monkeypatch.setenv("INQUIRYLAB_KEY", str(tmp_path / "names.csv"))
    (tmp_path / "names.csv").write_text("seat,name\nB3,Maya Quill\n", encoding="utf-8")
    (tmp_path / "hub" / "forms").mkdir(parents=True)
    (tmp_path / "hub" / "forms" / "visit.toml").write_text(VISIT, encoding="utf-8")
    inquirylab.create(tmp_path / "late", title="Late", author="ana").close()
    with (tmp_path / "late" / "inquiry.toml").open("a", encoding="utf-8") as file:
        file.write('overlay = "../hub"\n')
    with inquirylab.open(tmp_path / "late", author="ana") as opened:
        yield opened


def test_its_answers_are_kept_and_shown_in_its_own_view(inq: inquirylab.Inquiry) -> None:
    visit = inq.add("visits", {"school": "Hollin", "seen": SEEN, "kind": "ahead"})
    assert inq.get(f"visits.{visit}.school") == "Hollin"
    assert "It is further on" in inq.form("visits").html() and "Visits to other schools" in inq.as_markdown()
    assert inq.record.added_roots == ("visits",)


def test_the_story_tells_it_with_its_own_titles_below_one(inq: inquirylab.Inquiry) -> None:
    inq.add("visits", {"school": "Hollin", "seen": SEEN, "kind": "ahead"})
    told = inq.story().also_recorded()
    assert told is not None
    assert "<h2>Also recorded</h2>" in told.html and "<h3>Visits to other schools</h3>" in told.html
    assert '<h4 dir="auto">Hollin</h4>' in told.html and "It is further on" in told.html
    assert told.markdown.startswith("## Also recorded\n\n### Visits to other schools\n\n#### Hollin")


def test_where_nothing_was_answered_there_is_no_such_part(inq: inquirylab.Inquiry) -> None:
    assert inq.story().also_recorded() is None
    inq.remove(f"visits.{inq.add('visits', {'school': 'Hollin'})}")
    assert inq.story().also_recorded() is None


@pytest.mark.parametrize("ending", [".html", ".md", ".docx", ".pdf"])
def test_the_teams_report_has_it_in_every_form(inq: inquirylab.Inquiry, tmp_path: Path, ending: str) -> None:
    inq.add("visits", {"school": "Hollin", "seen": SEEN, "kind": "ahead"})
    inq.close()
    target = tmp_path / f"report{ending}"
    said = CliRunner().invoke(main, ["report", str(inq.folder.path), "--out", str(target)])
    assert said.exit_code == 0, said.output
    words = " ".join(p.text for p in read_bytes_of(target.name, target.read_bytes()).passages)
    for part in ("Also recorded", "Visits to other schools", "Hollin", "What did you see there?", "It is further on"):
        assert part in words, part


def test_a_name_of_the_key_is_held_back_there_too(inq: inquirylab.Inquiry) -> None:
    visit = inq.add("visits", {"school": "Hollin", "seen": "Maya Quill showed us round."})
    told = inq.story().also_recorded()
    assert told is not None and "Quill" not in told.html + told.markdown and MARK in told.html
    assert list(inq.held_back()) == [f"visits.{visit}.seen"]
    assert "Quill" not in inq.as_markdown() and "OB01" in [f.id for f in inq.findings()]


def test_hostile_words_in_it_stay_words(inq: inquirylab.Inquiry) -> None:
    inq.add("visits", {"school": MARKUP, "seen": MARKUP})
    told = inq.story().also_recorded()
    assert told is not None and "<script" not in told.html and "<img" not in told.html
