"""One measure of a team's inquiry: rows from its data file and rows typed in by hand become one finding. PURE."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pandas as pd

from inquirylab.errors import AnalysisError
from inquirylab.findings.measure import CHART_OF_KIND, MeasureFindings, find
from inquirylab.findings.series_finding import SeriesFinding
from inquirylab.findings.sites import SitesFinding, find_sites
from inquirylab.findings.team_rows import from_file, from_hand, gaps_of, joined, of_site, say_doubles, whole_rows
from inquirylab.record.types import Measure, MeasureAnnotations, MeasureData, MeasureRow
from inquirylab.series import excluded, to_series
from inquirylab.spc import PhaseProposal, choose_chart, suggest_phase

ENOUGH = 10
_REASONS = {
    "i": "Each value stands for itself, so limits come from how much neighbours differ.",
    "c": "Counts with the same opportunity each time vary as counts do by chance.",
    "t": "Between rare events, time tells more than a count that is nearly always zero.",
    "run": "A median is no mean, so no limits are worked out: runs and crossings judge it.",
    "u": "A rate of one thing per another varies the more, the less there was to count.",
}


class Stray(NamedTuple):
    """A date that is to be left out, on which no point lies; `nearest` is the point that may be meant."""

    date: dt.date
    nearest: dt.date


@dataclass(frozen=True)
class TeamMeasure:
    """A measure as a team has it.

    Attributes
    ----------
    whole, parts
        What was found of everything together, and of each site and group beside one another; None where there is nothing.
    sites
        Which dates were reported, of everything together; the time axis follows them.
    proposed, why
        The chart that suits, and why.
    phases
        Long runs after which new lines might be considered.
    flags
        What stands on the time axis: the measure's own annotations and the cycles of the record.
    notes, refusals
        What a reader should know of the numbers, and what could not be read, as sentences.
    missing
        Values that are no numbers, as ``store.site_data`` lists them.
    strays
        Dates to be left out that fit no point.
    points
        How many dates have a value that counts.
    """

    measure: Measure
    name: str
    whole: MeasureFindings | None = None
    parts: MeasureFindings | None = None
    sites: SitesFinding | None = None
    proposed: str = "run"
    why: str = ""
    phases: tuple[PhaseProposal, ...] = ()
    flags: tuple[MeasureAnnotations, ...] = ()
    notes: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    missing: pd.DataFrame = field(default_factory=pd.DataFrame)
    strays: tuple[Stray, ...] = ()
    points: int = 0

    @property
    def finding(self) -> SeriesFinding | None:
        """What everything together says; None where nothing is known yet."""
        return next(iter(self.whole.series.values()), None) if self.whole else None


def team_measure(
    measure: Measure,
    typed: Sequence[MeasureRow],
    read: pd.DataFrame | None = None,
    *,
    site: str = "",
    flags: Sequence[MeasureAnnotations] = (),
    missing: pd.DataFrame | None = None,
    bounds: pd.DataFrame | None = None,
    notes: Sequence[str] = (),
    refusals: Sequence[str] = (),
) -> TeamMeasure:
    """Analyse the rows of one measure as one series, and side by side.

    Parameters
    ----------
    measure
        Says how the rows are charted and judged.
    typed
        The rows typed in by hand for this measure.
    read
        The rows of its data file, as `inquirylab.store.site_data` reads them.
    bounds
        Points of the file that are known only to bounds.
    site
        Where the inquiry is. If rows name this site, theirs alone count.
    """
    said, refused = list(notes), list(refusals)
    rows = of_site(joined(from_file(read, measure), from_hand(typed, measure), said), site)
    empty = TeamMeasure(measure, site or "All", flags=tuple(flags), missing=_frame(missing))
    if rows.empty:
        return replace(empty, notes=tuple(said), refusals=tuple(refused))
    say_doubles(typed, said)
    name = site or next(iter(rows["site"]), "") or "All"
    gaps = gaps_of(missing, rows, measure) if measure.kind == "count" else {}
    whole = whole_rows(rows, measure, gaps).assign(site=name)
    single = _measure_by(measure, ())
    series = to_series(whole, single, _bounds(bounds, rows, name))
    proposed, why = recommended(series, measure)
    found = _find(series, _on(single, measure.chart or proposed), refused)
    if measure.baseline and measure.baseline.until and not (series["x"] < pd.Timestamp(measure.baseline.until)).any():
        said.append(
            f"No point lies before {measure.baseline.until}, so there is no baseline: the lines come from all points."
        )
    beside = _parts(rows, measure, measure.chart or proposed, said, refused)
    return replace(
        empty,
        name=name,
        whole=found,
        parts=beside,
        sites=find_sites(found) if found else None,
        proposed=proposed,
        why=why,
        phases=suggest_phase(found.analysis) if found else (),
        notes=tuple(said),
        refusals=tuple(refused),
        strays=tuple(_strays(series, measure)),
        points=int((series["y"].notna() & (series["left_out"] == "")).sum()),
    )


def recommended(series: pd.DataFrame, measure: Measure) -> tuple[str, str]:
    """Return the chart that suits a series, and the reason in words."""
    useful = int((series["y"].notna() & (series["left_out"] == "")).sum())
    if useful < ENOUGH:
        return "run", (
            f"There are {useful} points so far. A run chart can be read from the first one; limits worked out from "
            f"fewer than {ENOUGH} would not hold."
        )
    n = "n" if "n" in series.columns else None
    plain = CHART_OF_KIND[measure.kind or ("proportion" if n else "scale")]
    if plain == "p" and n:
        choice = choose_chart(series[series["left_out"] == ""], x="x", y="y", n=n)
        return choice.chart, choice.sentence
    plain = "i" if plain in ("p", "u") and not n else plain
    return plain, _REASONS[plain]


def _strays(series: pd.DataFrame, measure: Measure) -> Iterator[Stray]:
    days = {moment.date() for moment in series["x"]}
    for date in (moment.date() for moment in sorted(excluded(measure))):
        if days and date not in days:
            yield Stray(date, min((abs(day - date), day) for day in days)[1])


def _on(measure: Measure, chart: str) -> Measure:
    return replace(measure, chart=chart)  # type: ignore[arg-type]  # the name of a chart


def _measure_by(measure: Measure, groups: tuple[str, ...]) -> Measure:
    return replace(measure, data=replace(measure.data or MeasureData(), group=groups))


def _parts(
    rows: pd.DataFrame, measure: Measure, chart: str, said: list[str], refused: list[str]
) -> MeasureFindings | None:
    shown = rows[rows["group"] != ""] if (rows["group"] != "").any() else rows
    if len(shown[["site", "group"]].drop_duplicates()) < 2:
        return None
    by_group = _on(_measure_by(measure, ("group",)), chart)
    series = to_series(shown, by_group)
    if not measure.chart and int(series.groupby(["site", "group"])["y"].count().max()) < ENOUGH:
        by_group = _on(by_group, "run")
    until = measure.baseline.until if measure.baseline else None
    first = series.groupby(["site", "group"])["x"].min()
    if until and (first >= pd.Timestamp(until)).any():
        said.append("Side by side, each has its own centre line: some begin after the baseline ends.")
        by_group = replace(by_group, baseline=None)
    return _find(series, by_group, refused)


def _find(series: pd.DataFrame, measure: Measure, refused: list[str]) -> MeasureFindings | None:
    if series["y"].notna().sum() == 0:
        return None
    for asked in (measure, replace(measure, baseline=None, phases=())):
        try:
            return find(series, asked)
        except AnalysisError as e:
            if str(e) not in refused:
                refused.append(str(e))
    return None


def _bounds(bounds: pd.DataFrame | None, rows: pd.DataFrame, name: str) -> pd.DataFrame | None:
    """Return bounds where there is one series only: bounds of many cannot be added up."""
    if bounds is None or bounds.empty or len(rows[["site", "group"]].drop_duplicates()) > 1:
        return None
    own = bounds[bounds["site"].astype(str) == rows["site"].iloc[0]]
    out: pd.DataFrame = own.drop_duplicates("date").assign(site=name)
    return out


def _frame(frame: pd.DataFrame | None) -> pd.DataFrame:
    return pd.DataFrame(columns=["date", "kind", "column", "mark", "count"]) if frame is None else frame
