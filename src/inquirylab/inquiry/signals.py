"""What a record's measures say now: the latest signal of each, in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from inquirylab.record.reading import Record

if TYPE_CHECKING:
    from inquirylab.findings.series_finding import SeriesFinding
    from inquirylab.findings.team_measure import Stray
    from inquirylab.inquiry.measured import MeasuredRecord


class MeasureSignal(NamedTuple):
    """The latest of one measure.

    Attributes
    ----------
    measure
        Its id.
    words
        What was found, as the title of its chart says it.
    since
        The date of the point that completed the latest signal; None where there is none.
    error
        Why its data cannot be used; empty if they can.
    strays
        Dates to be left out of it that fit no point.
    """

    measure: str
    words: str
    since: dt.date | None = None
    error: str = ""
    strays: tuple[Stray, ...] = ()


def measure_signals(record: Record, measured: MeasuredRecord) -> dict[str, MeasureSignal]:
    """Return the latest signal of every measure that has data, by its id.

    A measure's data are the files of the inquiry's ``data`` folder that its ``data`` part reads, or that of a measure
    file of the same name beside them (``data/*.toml``), and rows typed in by hand.

    Parameters
    ----------
    record
        Its measures, its rows typed in by hand, and its site.
    measured
        Works out what a measure says, as its chart does.
    """
    from inquirylab.charts.words import Voice, title

    typed = {r.measure for r in record.measure_data}
    out = {}
    for measure in record.measures:
        found = measured.of(record, measure)
        if measure.id is None or not (measure.id in typed or found.measure.data):
            continue
        error, finding = " ".join(found.refusals), found.finding
        if finding is None:
            out[measure.id] = MeasureSignal(measure.id, "", error=error)
        else:
            words = title(finding, Voice.of(found.measure, finding.y), place=False)
            out[measure.id] = MeasureSignal(measure.id, f"{words}.", _since(finding), error, found.strays)
    return out


def _since(finding: SeriesFinding) -> dt.date | None:
    """Return the date that completed the latest signal: a run that goes on, else the last point beyond a limit."""
    if finding.few or finding.last is None:
        return None
    if finding.current:
        return finding.x[finding.current.completing].astype("datetime64[D]").astype(dt.date)  # type: ignore[no-any-return]
    after = [i for i in finding.beyond if not (finding.frozen and finding.baseline[i])]
    return finding.x[max(after)].astype("datetime64[D]").astype(dt.date) if after else None
