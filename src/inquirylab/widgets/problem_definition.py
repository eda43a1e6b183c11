"""The board of the problem definition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inquirylab.errors import RecordError
from inquirylab.record.export import short_names
from inquirylab.record.problem_definition import changes, spoken
from inquirylab.record.versions import changed_since, versions
from inquirylab.reports.problem_definition import problem_html, problem_markdown
from inquirylab.widgets.pictures import still
from inquirylab.widgets.record_view import RecordView

ROOT = "problem_definition"


class ProblemDefinition(RecordView):
    """Statement, five dimensions, voices, evidence, assumptions and versions on one board."""

    stem = "problem_definition"
    roots = (ROOT,)

    def worked_out(self) -> dict[str, Any]:
        """Return the text to read aloud, and what is known of each version."""
        record, form = self.live.inquiry.record, self.live.inquiry.roots.forms[ROOT]
        return {
            "spoken": spoken(record.tree.get(ROOT) or {}, form),
            "versions": [{"number": v.number, "id": v.id, "reason": v.reason or ""} for v in versions(record, ROOT)],
            "changed_since": changed_since(record, ROOT),
        }

    def answer(self, question: str, details: Mapping[str, Any]) -> Any:
        """Answer ``compare``: what differs between two versions, by number; 0 is what stands now."""
        if question != "compare":
            return super().answer(question, details)
        record, form = self.live.inquiry.record, self.live.inquiry.roots.forms[ROOT]
        contents = {v.number: v.content for v in versions(record, ROOT)} | {0: record.tree.get(ROOT) or {}}
        old, new = details.get("old"), details.get("new")
        if old not in contents or new not in contents:
            raise RecordError("There is no such version", found=f"{old!r}, {new!r}", cure="Choose one of the list.")
        found = changes(contents[old], contents[new], form, short_names(record))
        return [c._asdict() for c in found]

    def html(self) -> str:
        """Return the board as a page that prints and can be read aloud."""
        return problem_html(self.live.inquiry.leaving, self.live.inquiry.roots, still(self.live.inquiry.attachment))

    def markdown(self) -> str:
        """Return the board as Markdown."""
        return problem_markdown(self.live.inquiry.leaving, self.live.inquiry.roots)
