"""PDSA cycles on paper."""

from __future__ import annotations

from pathlib import Path

import inquirylab
from inquirylab.reports.pdsa_cycle import EMPTY, cycles_html, cycles_markdown


def test_prediction_stands_beside_result_and_words_are_escaped(tmp_path: Path) -> None:
    with inquirylab.create(tmp_path / "a", title="T", author="ana") as inq:
        assert EMPTY in cycles_html(inq.record, inq.roots)
        cycle = inq.add(
            "pdsa_cycles",
            {
                "title": "<b>First</b>",
                "questions": [{"id": "q1", "question": "Does it help?", "prediction": "Half"}],
                "do_log": [{"observation": "It began"}],
                "results": [{"question": "q1", "value": 19}],
                "act": "adapt",
                "reason": "Smaller first.",
            },
        )
        html = cycles_html(inq.record, inq.roots)
        assert "<b>First" not in html and "&lt;b&gt;First&lt;/b&gt;" in html
        assert "<td>Does it help?</td><td>Half <small>" in html and "19" in html
        assert "Adapt" in html and "No driver yet" in html
        assert cycle in cycles_markdown(inq.record, inq.roots)
