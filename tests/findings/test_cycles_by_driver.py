"""Cycles are counted by driver and by how they ended; drivers that nobody tests are named."""

from __future__ import annotations

from pathlib import Path

import inquirylab


def test_cycles_count_at_their_primary_driver_by_how_they_ended(tmp_path: Path) -> None:
    with inquirylab.create(tmp_path / "inquiry", title="T", author="ana") as inq:
        tried = inq.add("driver_diagram.drivers", {"label": "Tried", "level": 1})
        inq.add("driver_diagram.drivers", {"label": "Alone", "level": 1})
        idea = inq.add("change_ideas", {"name": "A call", "drivers": [tried]})
        for act in ("adopt", "adapt", "repeat", None):
            inq.add("pdsa_cycles", {"title": "C", "change": idea, **({"act": act} if act else {})})
        inq.add("pdsa_cycles", {"title": "Loose", "act": "abandon"})
        now = inq.standing()
        assert [(r.label, dict(r.counts)) for r in now.rows] == [
            ("Tried", {"adopt": 1, "adapt": 2, "abandon": 0, "open": 1}),
            ("Alone", {"adopt": 0, "adapt": 0, "abandon": 0, "open": 0}),
            ("No driver yet", {"adopt": 0, "adapt": 0, "abandon": 1, "open": 0}),
        ]
        assert now.untested == ["Alone"]
