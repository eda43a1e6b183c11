"""What somebody did lately is one sentence for each thing, however many edits it took."""

from __future__ import annotations

from pathlib import Path

import inquirylab
from inquirylab.findings.deeds import deeds


def test_edits_of_one_person_to_one_thing_are_one_deed_the_newest_first(tmp_path: Path) -> None:
    with inquirylab.create(tmp_path / "inquiry", title="T", author="ana") as inq:
        idea = inq.add("change_ideas", {"name": "A call", "benefit": 4, "effort": 2})
        inq.set("aim.what", "On time")
        found = deeds(inq.history(), inq.record, inq.roots)
        assert [(d.author, d.where) for d in found[:2]] == [("ana", "aim"), ("ana", f"change_ideas.{idea}")]
        assert found[1].what == "Change idea “A call”: 3 answers"
        assert found[0].what.startswith("Aim: ")


def test_later_edits_to_the_same_thing_are_another_deed() -> None:
    with_gap = [
        {"author": "ana", "at": "2026-01-05T08:00:00Z", "paths": ["aim.what"]},
        {"author": "tom", "at": "2026-01-05T08:10:00Z", "paths": ["aim.target"]},
        {"author": "ana", "at": "2026-01-05T12:00:00Z", "paths": ["aim.what", "aim.~base"]},
    ]
    from inquirylab.definitions.wording import roots_in_words
    from inquirylab.record.paths import Roots
    from inquirylab.record.reading import record_of

    roots = Roots(roots_in_words("en"))
    found = deeds(with_gap, record_of({}, roots), roots)
    assert [d.author for d in found] == ["ana", "tom", "ana"]
    assert len(deeds(with_gap, record_of({}, roots), roots, most=2)) == 2
