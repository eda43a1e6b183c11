"""Measures as a widget: definition, numbers from a file or typed in, the chart and what it says."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from inquirylab.charts.theme import DRAWING_STYLE
from inquirylab.charts.words import Voice, day, plural
from inquirylab.errors import DataError
from inquirylab.findings.team_measure import TeamMeasure
from inquirylab.reports.figure import CHART_NAMES
from inquirylab.reports.fragment import Fragment
from inquirylab.reports.measure import EMPTY, missing_rows, shown
from inquirylab.reports.measure_page import INSIDE, measures_page
from inquirylab.spc.rephase import QUESTIONS
from inquirylab.widgets.live import Live
from inquirylab.widgets.record_view import RecordView

LARGEST_DATA = 64 * 1024 * 1024


class MeasureView(RecordView):
    """One measure of an inquiry, or all of them."""

    stem = "measure"
    roots = ("measures", "measure_data")

    def __init__(self, live: Live, measure: str | None = None) -> None:
        self.only = None if measure is None else str(live.inquiry.record_of_measure(measure).id)
        self._arriving: dict[str, dict[int, bytes]] = {}
        super().__init__(live)

    @property
    def _ids(self) -> list[str]:
        ids = [str(m.id) for m in self.live.inquiry.record.measures]
        return [i for i in ids if i == self.only] if self.only else ids

    def worked_out(self) -> dict[str, Any]:
        """Return a line for each measure; charts are asked for one at a time."""
        return {
            "only": self.only or "",
            "measures": {i: self._brief(self.live.inquiry.measured(i)) for i in self._ids},
            "files": self.live.inquiry.data_choice.files(),
            "questions": [{"id": k, "text": t} for k, t in QUESTIONS.items()],
            "inside": INSIDE,
            "style": DRAWING_STYLE,
        }

    def _brief(self, team: TeamMeasure) -> dict[str, Any]:
        made_of = repr((team.measure, team.flags, team.notes, team.refusals, team.name))
        rows = "" if team.whole is None else team.whole.analysis.points.to_csv()
        stamp = sha256(f"{made_of}{rows}".encode()).hexdigest()[:16]
        return {"stamp": stamp, "points": team.points}

    def answer(self, question: str, details: Mapping[str, Any]) -> Any:
        """Answer what the view asks: a chart with its words; a file kept, looked at, tried, read so."""
        choice, measure = self.live.inquiry.data_choice, str(details.get("measure") or "")
        data = details.get("data") if isinstance(details.get("data"), Mapping) else {}
        if question == "measured":
            return self._detail(self.live.inquiry.measured(measure))
        if question == "file_part":
            return self._part(details)
        if question == "propose":
            return choice.propose(str(details.get("file") or ""))
        if question == "try":
            return choice.try_out(measure, data or {})
        if question == "read_so":
            choice.read_so(measure, data or {}, str(details.get("number") or ""), str(details.get("name") or ""))
            self.live.tell(thoroughly=True)
            return None
        return super().answer(question, details)

    def _detail(self, team: TeamMeasure) -> dict[str, Any]:
        seen = shown(team)
        common = {
            "empty": EMPTY if seen is None else "",
            "proposed": team.proposed,
            "proposed_name": CHART_NAMES[team.proposed],
            "why": team.why,
            "notes": list(team.notes),
            "refusals": list(team.refusals),
            "missing": [dict(zip(("kind", "column", "mark", "count"), r, strict=True)) for r in missing_rows(team)],
            "phases": self._phases(team),
            "points": team.points,
        }
        return common if seen is None else {**common, **asdict(seen)}

    def _phases(self, team: TeamMeasure) -> list[dict[str, Any]]:
        noun = Voice.of(team.measure).noun
        return [
            {
                "first": str(p.first)[:10],
                "words": f"{plural(p.length, noun)} {'above' if p.side > 0 else 'below'} the centre line, since {day(p.first)}.",
            }
            for p in team.phases
        ]

    def _part(self, details: Mapping[str, Any]) -> Any:
        """Take one part of a file; after the last, keep the file and return what is recognised in it."""
        upload, index, of = str(details.get("upload")), int(details.get("index", 0)), int(details.get("of", 1))
        try:
            content = base64.b64decode(str(details.get("content", "")), validate=True)
        except (binascii.Error, ValueError) as e:
            raise DataError("The file did not arrive whole", cure="Drop it in once more.") from e
        parts = self._arriving.setdefault(upload, {})
        parts[index] = content
        if sum(map(len, parts.values())) > LARGEST_DATA:
            del self._arriving[upload]
            raise DataError(
                "The file is too large to be dropped in",
                found=f"more than {LARGEST_DATA // 2**20} MB",
                cure="Copy it into the folder data/ of the inquiry: it can be chosen then.",
            )
        if len(parts) < of:
            return None
        del self._arriving[upload]
        whole = b"".join(parts[i] for i in range(of))
        name = self.live.inquiry.data_choice.keep(str(details.get("name") or "data.csv"), whole)
        self.live.tell(thoroughly=True)
        return {"name": name}

    def html(self) -> str:
        """Return definition, chart, words and table as HTML that needs no script."""
        return str(self._page._repr_mimebundle_()["text/html"])

    def markdown(self) -> str:
        """Return the same in words."""
        return self._page.markdown

    @property
    def _page(self) -> Fragment:
        return measures_page([self.live.inquiry.measured(i) for i in self._ids])
