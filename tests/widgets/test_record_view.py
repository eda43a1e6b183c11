"""What a widget shows: answers and forms for its view, and the same content without any script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import inquirylab
from inquirylab.errors import RecordError
from inquirylab.inquiry import Inquiry

HOSTILE = "<script>alert(1)</script></textarea> [link](x) `code` 😀"


@pytest.fixture
def inq(tmp_path: Path) -> Iterator[Inquiry]:
    with inquirylab.create(tmp_path / "inquiry", title="Late on Mondays", author="ana") as inquiry:
        yield inquiry


def test_state_is_plain_json_with_lists_as_arrays(inq: Inquiry) -> None:
    idea = inq.add("change_ideas", {"name": "A call"})
    inq.set("causes.categories", ["People", "Places"])
    view = inq.form("change_ideas", "causes", "about")
    assert view.answers["change_ideas"] == [{"id": idea, "name": "A call"}]
    assert view.answers["causes"]["categories"] == ["People", "Places"]
    assert view.forms["change_ideas"]["collection"] is True
    json.dumps({t: getattr(view, t) for t in ("answers", "forms", "findings", "conflicts", "names", "changes")})


def test_a_private_answer_is_shown_to_its_author_alone(
    inq: Inquiry, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    inq.set("problem_definition.positionality", "I grew up here.")
    mine = inq.form("problem_definition")
    assert mine.answers["problem_definition"]["positionality"] == "I grew up here."
    assert "I grew up here." not in mine.html() + mine.markdown()
    with inquirylab.open(inq.folder.path, author="ben") as ben:
        assert "positionality" not in ben.form("problem_definition").answers["problem_definition"]


def test_beside_the_widget_stands_the_same_as_html_and_markdown(inq: Inquiry) -> None:
    inq.set("aim.what", HOSTILE)
    data, _ = inq.form("aim")._repr_mimebundle_()
    assert "&lt;script&gt;" in data["text/html"] and "<script>" not in data["text/html"]
    assert "<script>" not in data["text/markdown"] and "[link](x)" not in data["text/markdown"]
    assert "😀" in data["text/html"]
    assert data["text/plain"] == "<Form of 'Late on Mondays': run the cell to open it>"


def test_an_empty_form_says_so(inq: Inquiry) -> None:
    assert "Nothing is written here yet." in inq.form("aim").html()


def test_names_are_what_references_can_point_to(inq: Inquiry) -> None:
    driver = inq.add("driver_diagram.drivers", {"label": "Routines", "level": 1})
    named = {n["id"]: (n["kind"], n["label"]) for n in inq.form("change_ideas").names}
    assert named[driver] == ("driver", "Routines")
    assert named["aim"] == ("aim", "The aim")


def test_an_unknown_form_is_refused(inq: Inquiry) -> None:
    with pytest.raises(RecordError, match=r"peple.*people"):
        inq.form("peple")


def test_the_history_of_an_answer_is_told(inq: Inquiry) -> None:
    inq.set("aim.what", "One")
    inq.set("aim.what", "Two")
    entries = inq.form("aim").answer("history", {"path": "aim.what"})
    assert [e["author"] for e in entries] == ["ana", "ana"]
