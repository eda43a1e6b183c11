"""Causes by family, whatever was merged."""

from __future__ import annotations

from pathlib import Path

import inquirylab
from inquirylab.charts.fishbone import describe, fishbone
from inquirylab.record.causes import families
from inquirylab.reports.causes import EMPTY, causes_html


def test_causes_stand_under_their_family_each_with_those_that_feed_it(tmp_path: Path) -> None:
    with inquirylab.create(tmp_path / "a", title="T", author="ana") as inq:
        assert EMPTY in causes_html(inq.record)
        assert fishbone(inq.record) == ""
        inq.set("causes.categories", ["Policies", "Resources"])
        top = inq.add("causes.fishbone", {"text": "Buses <late>", "category": "Policies"})
        inq.add("causes.fishbone", {"text": "No family"})
        inq.add("causes.fishbone", {"text": "One bus", "parent": top})
        found = families(inq.record)
        assert list(found) == ["Policies", "Resources", ""]
        assert [(b.cause.text, b.depth) for b in found["Policies"]] == [("Buses <late>", 0), ("One bus", 1)]
        assert "Policies: Buses <late>; One bus" in describe(inq.record)
        assert "&lt;late&gt;" in fishbone(inq.record) and "<late>" not in fishbone(inq.record) + causes_html(inq.record)


def test_causes_that_feed_each_other_or_what_is_gone_are_still_shown(tmp_path: Path) -> None:
    with inquirylab.create(tmp_path / "a", title="T", author="ana") as inq:
        inq.add("causes.fishbone", {"id": "a", "text": "A", "category": "P", "parent": "b"})
        inq.add("causes.fishbone", {"id": "b", "text": "B", "category": "P", "parent": "a"})
        inq.add("causes.fishbone", {"id": "c", "text": "C", "category": "P", "parent": "gone"})
        assert {b.cause.id for bones in families(inq.record).values() for b in bones} == {"a", "b", "c"}
