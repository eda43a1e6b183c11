"""Plan, sheets, timeline, minutes on paper: complete, escaped, without a script, without a seat outside the team's own sheets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import inquirylab
from inquirylab.errors import InquiryError, RecordError

HOSTILE = "<script>alert(1)</script> & <b>bold</b>"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63000100000005000100"
    "0d0a2db40000000049454e44ae426082"
)


@pytest.fixture
def inq(tmp_path: Path) -> Iterator[Any]:
    with inquirylab.create(tmp_path / "inquiry", title="Late", site="Hollin", author="ana") as inquiry:
        yield inquiry


def lesson_of(inq: Any, **more: Any) -> str:
    ana = inq.add("people", {"display": "Ana"})
    fields = {
        "title": "Peas",
        "theory_of_action": "If we wait, then students begin",
        "lesson_rows": [
            {"minutes": 10, "phase": "grasp", "activity": "Read\nthe card", "key_question": "What is not asked?",
             "anticipated": [{"response": "They count", "likelihood": "most"}], "prepared_by": ana},
            {"minutes": 20, "phase": "solve", "activity": "Write"},
        ],
        "data_questions": [{"question": "Who begins?", "observers": [ana], "focal_seats": "A1 to A3"}],
        "seating": {"arrangement": "rows", "groups": 2, "each": 3, "empty": ["B3"]},
        "watching": [{"observer": ana, "seats": "A1 to A3"}],
        **more,
    }  # fmt: skip
    return str(inq.add("lesson_study_cycles", fields))


def test_the_plan_has_all_its_parts_and_runs_nothing(inq: Any) -> None:
    lesson_of(inq)
    page = inq.lesson_study().print("plan")
    for words in (
        "Theory of action",
        "10–30",
        "What is not asked?",
        "They count",
        "(most)",
        "prepared by Ana",
        "Who begins?",
        "A1 to A3",
    ):
        assert words in page, words
    assert page.count('class="code"') == 5, "five seats; the sixth stays empty"
    assert "<script" not in page and "default-src 'none'" in page


def test_there_is_a_sheet_for_the_room_and_one_for_each_observer(inq: Any) -> None:
    lesson_of(inq)
    page = inq.lesson_study().print("sheets")
    assert page.count('class="iq-sheet"') == 2
    assert "Observer: Ana" in page and "No names" in page


def test_words_of_people_are_text(inq: Any) -> None:
    lesson = lesson_of(inq, title=HOSTILE, topic=HOSTILE, discussion=[{"kind": "data", "text": HOSTILE, "speaker_role": HOSTILE}],
                       revisions=[{"after": HOSTILE}], learning={"student_thinking": HOSTILE})  # fmt: skip
    inq.add(
        "observations", {"lesson": lesson, "t_rel": 60, "seat": "A1", "kind": "says", "verbatim": HOSTILE, "flag": True}
    )
    view = inq.lesson_study()
    whole = view.html() + view.print("plan") + view.print("sheets") + view.print("minutes") + inq.observation().html()
    assert "<script>" not in whole and "<b>bold</b>" not in whole
    assert "&lt;script&gt;" in whole


def test_the_review_on_paper_says_all_and_names_no_seat(inq: Any) -> None:
    lesson = lesson_of(inq)
    for i, seat in enumerate(("A1", "A2", "A2", "B1")):
        inq.add(
            "observations", {"lesson": lesson, "t_rel": i * 300, "seat": seat, "kind": "says", "verbatim": f"words {i}"}
        )
    page = inq.observation(lesson).html()
    assert "4 notes by 1 observer; 3 of 5 seats were seen." in page
    assert "15:00 said: words 3" not in page, "a note that speaks to no question is counted, not quoted"
    assert not any(code in page for code in ("A1", "A2", "B1"))
    assert inq.observation(lesson).markdown() == "**4 notes by 1 observer; 3 of 5 seats were seen.**"


def test_the_board_plan_is_in_the_page_itself(inq: Any, tmp_path: Path) -> None:
    lesson = lesson_of(inq)
    (tmp_path / "board.png").write_bytes(PIXEL)
    inq.attach(f"lesson_study_cycles.{lesson}.board_plan", tmp_path / "board.png")
    view = inq.lesson_study()
    assert 'src="data:image/png;base64,' in view.print("plan")
    assert view.answer("picture", {"name": inq.get(f"lesson_study_cycles.{lesson}.board_plan")}).startswith(
        "data:image/png"
    )
    assert view.answer("picture", {"name": "../../inquiry.toml"}) == ""


def test_what_is_not_there_is_said(inq: Any) -> None:
    assert "No lesson study cycle was begun yet." in inq.lesson_study().html()
    assert "No lesson was observed yet." in inq.observation().html()
    with pytest.raises(InquiryError, match="no lesson study cycle to print"):
        inq.lesson_study().print("plan")
    with pytest.raises(RecordError, match="no lesson study cycle 'gone'"):
        inq.lesson_study("gone")
