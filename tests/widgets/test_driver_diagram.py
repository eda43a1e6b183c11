"""What the driver diagram's widget works out, answers and shows without a script."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import inquirylab
from inquirylab.errors import InquiryError, RecordError
from inquirylab.inquiry import Inquiry
from tests.browser.theories import invented, networked, sixty

HOSTILE = '<script>alert(1)</script> </textarea> "] --> x[ `code` | cell |\n=1+1 \u202eleft\u202c 😀 \x07'


@pytest.fixture
def inq(tmp_path: Path) -> Iterator[Inquiry]:
    with inquirylab.create(tmp_path / "inquiry", title="Late on Mondays", author="ana") as inquiry:
        yield inquiry


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Inquiry]:
    with invented(tmp_path / "team") as inquiry:
        yield inquiry


def driver(inq: Any, label: str) -> str:
    return str(next(d.id for d in inq.record.driver_diagram.drivers if d.label == label))


def exported(view: Any, kind: str) -> bytes:
    return base64.b64decode(view.answer("export", {"as": kind})["content"])


def test_what_is_known_stands_at_each_node_in_words(team: Inquiry) -> None:
    shown: Any = team.driver_diagram().shown
    json.dumps(shown)
    marks = {n: [m["words"] for m in found] for n, found in shown["marks"].items()}
    check, asking = driver(team, "A first check happens within three days"), driver(team, "Asking costs nothing")
    assert marks[check] == ["3 cycles: 2 adapt, 1 in Do", "too few points to judge (6 of 10)"]
    assert marks[asking] == ["nobody is testing this", "no measure yet"]
    assert marks["aim"][0] == "no signal in 14 points"
    assert shown["cycles"][check][0]["words"].startswith("adapt, 12 Dec")
    assert shown["measures"][check][0]["points"][-1] == ["2026-01-05", 55.0]


def test_a_measure_that_improved_and_one_that_got_worse_say_so(team: Inquiry) -> None:
    check = next(m.id for m in team.record.measures if "checked" in (m.name or ""))
    for week in range(16):
        row = {"date": f"2026-{week // 4 + 2:02}-{week % 4 * 7 + 1:02}", "numerator": 60 + week, "denominator": 100}
        team.add("measure_data", {"measure": check, **row})
    node = driver(team, "A first check happens within three days")
    view = team.driver_diagram()
    first = next(m for m in view.shown["marks"][node] if "centre" in m["words"] or "limit" in m["words"])
    assert (first["shape"], first["role"]) == ("dot", "up")
    team.set(f"measures.{check}.direction", "down")
    view.refresh(thoroughly=True)
    first = next(m for m in view.shown["marks"][node] if "centre" in m["words"] or "limit" in m["words"])
    assert (first["shape"], first["role"]) == ("diamond", "con")


def test_two_versions_differ_in_what_came_went_was_reworded_and_weakened(team: Inquiry) -> None:
    first = team.record.driver_diagram.versions[-1].id
    edge = next(e.id for e in team.record.driver_diagram.edges if e.effect != "aim")
    team.set(f"driver_diagram.edges.{edge}.strength", "weak")
    found = team.driver_diagram().answer("difference", {"old": first, "new": ""})
    json.dumps(found)
    words = {c["change"] for c in found["nodes"].values()}
    assert words == {"added", "removed", "reworded", ""}
    assert [s["words"] for s in found["summary"]] == ["1 added", "1 removed", "1 reworded", "1 link weakened"]
    reworded = next(c for c in found["nodes"].values() if c["change"] == "reworded")
    assert reworded["was"] == "Deadlines are spread over the week"
    assert "Reminder e-mail on Sunday" in [i["name"] for i in found["answers"]["change_ideas"]]
    assert found["title"] == "Version 2 → today:"


def test_a_version_that_is_not_there_is_refused_in_words(team: Inquiry) -> None:
    with pytest.raises(RecordError, match="no such version"):
        team.driver_diagram().answer("difference", {"old": "gone", "new": ""})


def test_a_version_that_cannot_be_read_is_an_empty_one(team: Inquiry) -> None:
    last = team.record.driver_diagram.versions[-1].id
    found = team.driver_diagram().answer("difference", {"old": last, "new": ""})
    assert found["nodes"]
    same = team.driver_diagram().answer("difference", {"old": last, "new": last})
    assert same["nodes"] == {} and [s["words"] for s in same["summary"]] == ["nothing changed"]


def test_the_drawing_is_one_whole_svg_that_says_what_it_shows(team: Inquiry) -> None:
    svg = ElementTree.fromstring(exported(team.driver_diagram(), "svg"))
    assert svg.get("role") == "img"
    assert "3 primary drivers, 6 secondary drivers, 7 change ideas" in str(svg.get("aria-label"))
    texts = " ".join(t.text or "" for t in svg.iter("{http://www.w3.org/2000/svg}text"))
    assert "nobody is testing this" in texts and "A first check happens" in texts
    assert sum(1 for p in svg.iter() if p.get("stroke-dasharray") == "5 5") == 1


def test_every_text_of_the_drawing_is_inside_its_box(tmp_path: Path) -> None:
    from inquirylab.charts.text_width import width

    with sixty(tmp_path / "large") as inq:
        svg = ElementTree.fromstring(exported(inq.driver_diagram(), "svg"))
    space = "{http://www.w3.org/2000/svg}"
    groups = svg.findall(f"{space}g")
    assert len(groups) == 60
    boxes = []
    for g in groups:
        rect = g.find(f"{space}rect")
        assert rect is not None
        left, top, wide, high = (float(str(rect.get(k))) for k in ("x", "y", "width", "height"))
        boxes.append((left, top, wide, high))
        for t in g.findall(f"{space}text"):
            x, y = float(str(t.get("x"))), float(str(t.get("y")))
            bold = t.get("font-weight") == "600"
            assert x + width(t.text or "", float(str(t.get("font-size"))), bold) <= left + wide
            assert top < y < top + high
    for i, (left, top, _, high) in enumerate(boxes):
        assert not any(o[0] == left and top < o[1] < top + high for o in boxes[:i] + boxes[i + 1 :])


def test_the_picture_is_a_png(team: Inquiry) -> None:
    assert exported(team.driver_diagram(), "png").startswith(b"\x89PNG\r\n")


def test_an_unknown_kind_of_file_is_refused(team: Inquiry) -> None:
    with pytest.raises(InquiryError, match="cannot be written as 'docx'"):
        team.driver_diagram().answer("export", {"as": "docx"})


def test_the_table_has_a_row_for_each_link_with_its_because(team: Inquiry) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(team.driver_diagram(), "table").decode("utf-8-sig"))))
    asking = [r for r in rows if r["Name"] == "Asking costs nothing"]
    assert {r["Strength"] for r in asking} == {"strong", "weak"}
    assert next(r for r in asking if r["Strength"] == "weak")["Because"] == "who may ask, begins"
    assert next(r for r in rows if r["Level"] == "Aim")["Measures"] == "Work on time"


def test_hostile_words_are_words_in_every_form(inq: Inquiry) -> None:
    inq.set("aim", {"what": HOSTILE, "for_whom": HOSTILE})
    d = inq.add("driver_diagram.drivers", {"label": HOSTILE, "level": 1, "definition": HOSTILE})
    inq.add("driver_diagram.edges", {"cause": d, "effect": "aim", "because": HOSTILE})
    inq.add("change_ideas", {"name": "=HYPERLINK(1) " + "long " * 20_000, "drivers": [d], "hypothesis": HOSTILE})
    inq.add("driver_diagram.versions", {"reason": HOSTILE})
    view = inq.driver_diagram()
    assert "<script" not in view.html() and "</textarea" not in view.html()
    assert "&lt;script&gt;" in view.html()
    ElementTree.fromstring(exported(view, "svg"))
    assert exported(view, "png").startswith(b"\x89PNG")
    mermaid = exported(view, "mermaid").decode()
    assert len(mermaid.splitlines()) == 6, "a label never opens a line, a node or a link of its own"
    assert "<script" not in mermaid and "`" not in mermaid
    assert not re.search(r"(?<!\\)(<script|`code)", view.markdown())
    rows = list(csv.reader(io.StringIO(exported(view, "table").decode("utf-8-sig"))))
    assert not any(cell[:1] in ("=", "+", "@") for row in rows for cell in row)


def test_strange_records_are_drawn_all_the_same(inq: Inquiry) -> None:
    a = inq.add("driver_diagram.drivers", {"label": "A"})
    b = inq.add("driver_diagram.drivers", {"label": "B", "level": 2})
    for cause, effect in ((a, b), (b, a), (a, a), (b, "gone")):
        inq.add("driver_diagram.edges", {"cause": cause, "effect": effect})
    inq.add("change_ideas", {"drivers": ["gone"]})
    view = inq.driver_diagram()
    assert "runs in a circle" in json.dumps(view.shown)
    assert len(ElementTree.fromstring(exported(view, "svg")).findall("{http://www.w3.org/2000/svg}g")) == 4
    assert "Without a name yet" in view.html()


def test_an_empty_inquiry_says_how_a_theory_begins(inq: Inquiry) -> None:
    view = inq.driver_diagram()
    assert "It starts with one aim" in view.html() and "It starts with one aim" in view.markdown()
    assert "run the cell to open it" in repr(view)


def test_the_static_page_needs_no_script_and_no_inline_style(team: Inquiry) -> None:
    html = team.driver_diagram().html()
    assert "<script" not in html and " style=" not in html and " on" + "click" not in html
    assert '<th scope="col">Because</th>' in html and "Families asked for a reminder. (1 added)" in html


def test_a_site_of_a_network_sees_both_theories_as_one(tmp_path: Path) -> None:
    with networked(tmp_path) as site:
        widget = site.driver_diagram()
        layer = widget.shown["network"]
        scopes = {d["label"]: d["scope"] for d in layer["answers"]["driver_diagram"]["drivers"]}
        assert scopes["Families know what is due"] == "network" and scopes["Asking costs nothing"] == "site"
        assert scopes["Every task is clear enough to begin in class"] == "both"
        assert [(d["label"], len(d["here"])) for d in layer["drivers"]][:2] == [
            ("Every task is clear enough to begin in class", 1), ("Families know what is due", 0),
        ]  # fmt: skip
        assert "A text message on" in widget.html() and "stroke-dasharray" in widget.html()
        assert "## The network's theory" in widget.markdown() and "working on it)" in widget.markdown()


def test_a_network_that_cannot_be_read_is_said_and_the_own_theory_shown(tmp_path: Path) -> None:
    with networked(tmp_path) as site:
        (tmp_path / "hub").rename(tmp_path / "gone")
        widget = site.driver_diagram()
        assert "cannot be read" in widget.shown["network"]["problem"] and "cannot be read" in widget.html()


def test_an_inquiry_without_a_network_has_no_layer(team: Inquiry) -> None:
    assert team.driver_diagram().shown["network"] is None and "network" not in team.driver_diagram().html()
