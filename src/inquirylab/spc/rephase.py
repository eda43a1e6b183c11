"""When may a chart get new lines? Never by itself: Wheeler's four questions are asked, answered and recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from inquirylab.errors import AnalysisError
from inquirylab.spc.analysis import Analysis

QUESTIONS: Mapping[str, str] = {
    "different": "Do the data show a distinctly different kind of behaviour than in the past?",
    "cause_known": "Is the reason for this change in behaviour known?",
    "desirable": "Is the new process behaviour desirable?",
    "continues": "Is it intended and expected that the new behaviour will continue?",
}
"""Wheeler DJ. When do I recalculate my limits? Quality Digest; 1996. All four must be answered with yes."""


@dataclass(frozen=True)
class PhaseProposal:
    """A long run after which new lines might be considered, and the questions to be answered first.

    ``series`` gives the values of the ``by`` columns, ``last`` the last point of the old phase, ``first`` and ``side``
    the run that gives rise to the question, ``length`` its points.
    """

    series: Mapping[str, Any]
    phase: int
    last: Any
    first: Any
    side: int
    length: int
    questions: Mapping[str, str] = field(default_factory=lambda: dict(QUESTIONS))

    def decided(self, answers: Mapping[str, bool], by: str, on: str, why: str) -> dict[str, Any]:
        """Return the decision as it should be recorded.

        Parameters
        ----------
        answers
            Yes or no to each of the four questions.
        by, on, why
            Who decided, when, and the known reason (a PDSA cycle, an event).

        Raises
        ------
        AnalysisError
            If a question is unanswered or no reason is given. A no is no error: the lines then stay.
        """
        open_ = [text for key, text in self.questions.items() if not isinstance(answers.get(key), bool)]
        if open_ or not why.strip():
            raise AnalysisError(
                "New lines need an answer to every question and a reason",
                found=open_[0] if open_ else "no reason",
                cure="Answer yes or no, and say why.",
            )
        recalculate = all(answers[key] for key in self.questions)
        return {
            "recalculate": recalculate,
            "last": self.last,
            "series": dict(self.series),
            "by": by,
            "on": on,
            "why": why,
            "answers": {key: answers[key] for key in self.questions},
        }


def suggest_phase(analysis: Analysis) -> tuple[PhaseProposal, ...]:
    """Return the questions to be answered before any series gets new lines.

    One proposal for each series whose current phase ends in a run longer than its rules allow. Nothing is changed:
    recalculating limits because a rule fired would hide the very change that the chart is there to show.

    Examples
    --------
    >>> import pandas as pd
    >>> from inquirylab.spc import analyse
    >>> late = [9, 8, 10, 9, 8, 10, 9, 8, 10, 9, 8, 10, 4, 5, 4, 3, 5, 4, 3, 4, 5, 4]
    >>> a = analyse(pd.DataFrame({"week": range(1, 23), "late": late}), x="week", y="late", chart="i", freeze=12)
    >>> for proposal in suggest_phase(a):
    ...     print(proposal.last, proposal.first, proposal.side, proposal.length)
    12 13 -1 10
    """
    keys = list(analysis.by)
    points = analysis.points[analysis.points["include"] & analysis.points["y"].notna()]
    signals = analysis.signals[analysis.signals["rule"] != "sigma"]
    if signals.empty:
        return ()
    current = points.groupby(keys, observed=True).tail(1) if keys else points.tail(1)
    ending = signals.merge(current[[*keys, analysis.x]], on=[*keys, analysis.x])
    found = {}
    for row in ending.sort_values("length").to_dict("records"):
        own = tuple(row[key] for key in keys)
        mine = points
        for key, value in zip(keys, own, strict=True):
            mine = mine[mine[key] == value]
        run = signals[signals["signal"] == row["signal"]][analysis.x]
        before = mine.loc[mine[analysis.x] < run.iloc[0], analysis.x]
        if len(before):
            found[own] = PhaseProposal(
                dict(zip(keys, own, strict=True)),
                int(row["phase"]),
                before.iloc[-1],
                run.iloc[0],
                int(row["side"]),
                int(row["length"]),
            )
    return tuple(found.values())
