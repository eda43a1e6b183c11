"""PDSA cycles: one opened, all of them on a board, their ramps drawn."""

from __future__ import annotations

from typing import Any

from inquirylab.errors import RecordError, did_you_mean
from inquirylab.findings.cycle_board import board, days, locks
from inquirylab.record.cycles import ramps
from inquirylab.record.driver_diagram import diagram
from inquirylab.reports.pdsa_cycle import cycles_html, cycles_markdown
from inquirylab.widgets.live import Live
from inquirylab.widgets.pictures import still
from inquirylab.widgets.record_view import RecordView


class PdsaCycle(RecordView):
    """The cycles of an inquiry; `cycle` is the id of the one that opens first."""

    stem = "pdsa_cycle"
    roots = ("pdsa_cycles", "change_ideas")

    def __init__(self, live: Live, cycle: str | None = None) -> None:
        known = {c.id: c for c in live.inquiry.record.pdsa_cycles}
        if cycle is not None and cycle not in known:
            raise RecordError(f"There is no PDSA cycle {cycle!r}", cure=did_you_mean(cycle, known))
        self.cycle = cycle
        super().__init__(live)

    def worked_out(self) -> dict[str, Any]:
        """Return the board, the ramps and the locks of predictions."""
        record, roots = self.live.inquiry.record, self.live.inquiry.roots
        cards = [
            {
                "id": c.cycle.id,
                "kind": c.cycle.kind,
                "title": c.cycle.title,
                "change": c.cycle.change,
                "drivers": list(c.cycle.drivers),
                "primary": list(c.primary),
                "state": c.state,
                "act": c.cycle.act,
                "scale": c.cycle.scale,
                "begun": days(c.cycle)[0],
                "ended": days(c.cycle)[1],
                "open": list(c.open),
            }
            for c in board(record, roots)
        ]
        graph = diagram(record)
        return {
            "first": self.cycle,
            "cards": cards,
            "primary": [{"id": d, "label": graph.labels[d]} for d in graph.drivers(1)],
            "ramps": {idea: [c.id for c in climbed] for idea, climbed in ramps(record).items()},
            "locks": {path: lock._asdict() for path, lock in locks(record, roots).items()},
        }

    def html(self) -> str:
        """Return the cycles as a page that prints."""
        return cycles_html(self.live.inquiry.leaving, self.live.inquiry.roots, still(self.live.inquiry.attachment))

    def markdown(self) -> str:
        """Return the cycles as Markdown."""
        return cycles_markdown(self.live.inquiry.leaving, self.live.inquiry.roots)
