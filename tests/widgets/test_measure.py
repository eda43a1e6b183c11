"""The measure widget: what it tells its view, what it keeps of a file, how a measure is read from then on."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import inquirylab
from inquirylab.errors import InquiryError
from inquirylab.inquiry import Inquiry
from inquirylab.widgets.measure import MeasureView

HOSTILE = "<script>alert(1)</script></textarea> [link](x) | `code` 😀 \u202eback\u202c"
CSV = "week,class,late,enrolled\n" + "".join(
    f"{dt.date(2024, 9, 2) + dt.timedelta(weeks=i)},{c},{5 + (i * 7 + k) % 6},{100 + k}\n"
    for i in range(14)
    for k, c in enumerate(("7a", "7b"))
)


@pytest.fixture
def inq(tmp_path: Path) -> Iterator[Inquiry]:
    with inquirylab.create(tmp_path / "inquiry", title="Late on Mondays", site="Ash", author="ana") as inquiry:
        yield inquiry


def opened(inq: Inquiry, measure: str | None = None) -> MeasureView:
    view = inq.measure(measure)
    assert isinstance(view, MeasureView)
    return view


def sent(view: MeasureView, name: str, content: bytes, size: int = 10**9) -> Any:
    parts = [content[i : i + size] for i in range(0, len(content), size)] or [b""]
    answer = None
    for i, part in enumerate(parts):
        told = {"upload": "u", "index": i, "of": len(parts), "name": name, "content": base64.b64encode(part).decode()}
        answer = view.answer("file_part", told)
    return answer


def late(inq: Inquiry, **more: Any) -> str:
    return inq.add("measures", {"name": "Late", "kind": "proportion", "unit": "%", "direction": "down", **more})


def test_a_file_in_parts_is_kept_whole_and_its_columns_are_recognised(inq: Inquiry) -> None:
    view = opened(inq)
    assert sent(view, "late.csv", CSV.encode(), size=100) == {"name": "late.csv"}
    assert (inq.folder.path / "data" / "late.csv").read_text() == CSV
    assert view.shown["files"] == ["late.csv"]
    proposal = view.answer("propose", {"file": "late.csv"})
    assert {c["name"]: c["role"] for c in proposal["columns"]} == {
        "week": "date", "class": "text", "late": "number", "enrolled": "number",
    }  # fmt: skip
    data = proposal["data"]
    assert (data["date"], data["numerator"], data["denominator"]) == (["week"], "late", "enrolled")
    assert data["files"] == ["late.csv"]


def test_a_confirmed_file_is_read_from_then_on_without_any_toml(inq: Inquiry) -> None:
    measure, view = late(inq), opened(inq)
    sent(view, "late.csv", CSV.encode())
    proposal = view.answer("propose", {"file": "late.csv"})
    tried = view.answer("try", {"measure": measure, "data": proposal["data"]})
    assert tried["refusals"] == [] and tried["count"] == 28 and tried["rows"][0][0] == "2024-09-02"
    view.answer("read_so", {"measure": measure, "data": proposal["data"]})
    told = view.answer("measured", {"measure": measure})
    assert told["points"] == 14 and len(told["beside"]) == 2 and told["drawings"]["md"].startswith("<svg")
    json.dumps(told)


def test_reading_another_way_replaces_lists_and_does_not_add_to_them(inq: Inquiry) -> None:
    measure, view = late(inq), opened(inq)
    sent(view, "late.csv", CSV.encode())
    first = {"files": ["late.csv"], "date": ["week"], "numerator": "late", "denominator": "enrolled", "site": "class",
             "marks": [{"mark": "q", "means": "missing"}]}  # fmt: skip
    view.answer("read_so", {"measure": measure, "data": first})
    second = {"files": ["late.csv"], "date": ["week"], "value": "late", "marks": [{"mark": "r", "means": "suppressed"}]}
    view.answer("read_so", {"measure": measure, "data": second})
    data = inq.to_dict()["measures"][measure]["data"]
    assert [list(data[k].values()) for k in ("files", "date")] == [["late.csv"], ["week"]]
    assert [m["mark"] for m in data["marks"].values()] == ["r"]
    assert data["value"] == "late" and not {"numerator", "denominator", "site"} & set(data)
    view.answer("read_so", {"measure": measure, "data": {}})
    assert not any(inq.to_dict()["measures"][measure].get("data", {}).values())


def test_a_new_measure_takes_name_and_kind_from_the_file_and_keeps_its_own(inq: Inquiry) -> None:
    new, view = inq.add("measures", {"definition_version": 1}), opened(inq)
    sent(view, "late.csv", CSV.encode())
    data = view.answer("propose", {"file": "late.csv"})["data"]
    view.answer("read_so", {"measure": new, "data": data, "number": "proportion", "name": "late"})
    assert (inq.get(f"measures.{new}.name"), inq.get(f"measures.{new}.kind")) == ("late", "proportion")
    view.answer("read_so", {"measure": new, "data": data, "number": "mean", "name": "other"})
    assert (inq.get(f"measures.{new}.name"), inq.get(f"measures.{new}.kind")) == ("late", "proportion")


def test_a_wrong_column_is_refused_in_one_sentence_and_nothing_is_written(inq: Inquiry) -> None:
    measure, view = late(inq), opened(inq)
    sent(view, "late.csv", CSV.encode())
    data = {"files": ["late.csv"], "date": ["weeks"], "value": "late"}
    assert view.answer("try", {"measure": measure, "data": data})["refusals"] == [
        "There is no column 'weeks' (late.csv, line 1). Did you mean 'week'?"
    ]
    assert inq.get(f"measures.{measure}.data") is None
    with pytest.raises(InquiryError):
        view.answer("read_so", {"measure": measure, "data": {"dates": ["week"]}})


def test_missing_marks_are_counted_by_kind(inq: Inquiry) -> None:
    measure, view = late(inq), opened(inq)
    sent(
        view,
        "m.csv",
        b"week,late,enrolled\n2024-09-02,3,90\n2024-09-09,c,90\n2024-09-16,c,90\n2024-09-23,,90\n2024-09-30,4,90\n",
    )
    data = {"files": ["m.csv"], "date": ["week"], "numerator": "late", "denominator": "enrolled"}
    missing = view.answer("try", {"measure": measure, "data": data})["missing"]
    assert sorted((m["kind"], m["mark"], m["count"]) for m in missing) == [("missing", "", 1), ("suppressed", "c", 2)]


@pytest.mark.parametrize(
    ("name", "content"),
    [("late.exe", b"MZ"), ("late.csv", b""), ("late.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x08\x06")],
)
def test_what_is_no_data_is_refused_in_a_sentence(inq: Inquiry, name: str, content: bytes) -> None:
    view = opened(inq)
    with pytest.raises(InquiryError):
        view.answer("propose", {"file": sent(view, name, content)["name"]})


def test_a_name_outside_the_data_folder_is_not_read(inq: Inquiry) -> None:
    with pytest.raises(InquiryError, match="no such data file"):
        opened(inq).answer("propose", {"file": "../inquiry.toml"})


def test_rows_typed_in_by_two_people_are_both_in_the_chart(inq: Inquiry) -> None:
    measure = late(inq)
    with inquirylab.open(inq.folder.path, author="ben") as ben:
        inq.add("measure_data", {"measure": measure, "date": "2024-09-02", "numerator": 3, "denominator": 90})
        ben.add("measure_data", {"measure": measure, "date": "2024-09-09", "numerator": 4, "denominator": 90})
        assert opened(inq).answer("measured", {"measure": measure})["points"] == 2


def test_a_row_changes_the_stamp_so_that_views_ask_again(inq: Inquiry) -> None:
    measure, other = late(inq), late(inq)
    view = opened(inq)
    before = view.shown["measures"]
    inq.add("measure_data", {"measure": measure, "date": "2024-09-02", "numerator": 3, "denominator": 90})
    view.refresh(thoroughly=True)
    after = view.shown["measures"]
    assert after[measure] != before[measure] and after[other] == before[other]


def test_few_points_are_said_to_be_few(inq: Inquiry) -> None:
    measure = late(inq)
    inq.add("measure_data", {"measure": measure, "date": "2024-09-02", "numerator": 3, "denominator": 90})
    told = opened(inq).answer("measured", {"measure": measure})
    assert told["title"] == "Late: too few points to judge (1; we need 10)"


def test_one_measure_is_shown_alone_and_an_unknown_one_refused(inq: Inquiry) -> None:
    measure, other = late(inq), late(inq)
    assert list(opened(inq, measure).shown["measures"]) == [measure] != [other]
    with pytest.raises(InquiryError, match="no such measure"):
        inq.measure("nobody")


def test_the_static_page_has_definition_chart_words_and_table_and_no_script(worked_inquiry: Inquiry) -> None:
    view = opened(worked_inquiry)
    html, markdown = view.html(), view.markdown()
    for words in ("Handed in on time was above its upper limit", "Students registered on the due day", "What the chart says",
                  "The chart as a table", "Side by side", "There are no numbers yet", "inquirylab report --publish"):  # fmt: skip
        assert words in html
    assert "<svg" in html and "<script" not in html and "http" not in html.replace("https://doi", "")
    assert "| 26 Feb 2013 | 74.9 |" in markdown and "Calls, one tutor" in html


def test_hostile_words_are_words_everywhere(inq: Inquiry) -> None:
    measure = late(inq, numerator=HOSTILE, denominator=HOSTILE, source=HOSTILE)
    inq.set(f"measures.{measure}.name", HOSTILE)
    inq.add(f"measures.{measure}.annotations", {"date": "2024-09-02", "kind": "event", "text": HOSTILE})
    inq.add(f"measures.{measure}.phases", {"start": "2024-09-09", "label": HOSTILE, "reason": HOSTILE})
    for i, group in enumerate((HOSTILE, "7b", HOSTILE, "7b")):
        row = {"measure": measure, "date": f"2024-09-{2 + 7 * (i // 2):02}", "group": group, "site": HOSTILE}
        inq.add("measure_data", {**row, "numerator": 3 + i, "denominator": 90})
    view = opened(inq)
    told = view.answer("measured", {"measure": measure})
    drawn = "".join(told["drawings"].values()) + "".join(b["drawing"] for b in told["beside"])
    assert "<script" not in view.html() + view.markdown() + drawn
    assert "&lt;script&gt;" in drawn and "[link](x)" not in view.markdown()


def test_hostile_names_of_columns_and_cells_pass_through_as_text(inq: Inquiry) -> None:
    measure, view = late(inq), opened(inq)
    sent(view, "h.csv", f'week,"{HOSTILE}",late\n2024-09-02,"{HOSTILE}",3\n2024-09-09,=cmd|x,4\n'.encode())
    proposal = view.answer("propose", {"file": "h.csv"})
    assert HOSTILE in [c["name"] for c in proposal["columns"]]
    data = {"files": ["h.csv"], "date": ["week"], "site": HOSTILE, "value": "late"}
    assert view.answer("try", {"measure": measure, "data": data})["refusals"] == []
    view.answer("read_so", {"measure": measure, "data": data})
    assert "<script" not in view.html()


@pytest.fixture
def worked_inquiry(tmp_path: Path) -> Iterator[Inquiry]:
    import shutil

    from tests.samples import ROOT

    folder = shutil.copytree(ROOT / "examples" / "oulad" / "inquiry", tmp_path / "worked")
    with inquirylab.open(folder, author="ana") as inquiry:
        yield inquiry
