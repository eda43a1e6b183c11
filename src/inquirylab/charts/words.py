"""A finding in words: titles that say what is found, signals with their dates, alt text. One voice for all pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.findings.series_finding import Run, SeriesFinding
from inquirylab.findings.sites import OwnSignal
from inquirylab.record.types import Measure

NOUNS = {"day": "day", "week": "week", "month": "month", "term": "term", "year": "year", "event": "point"}
LETTERS = {"pdsa_cycle": "P", "lesson_study": "L", "design_cycle": "D", "event": "E"}
KINDS = {
    "pdsa_cycle": "PDSA cycle",
    "lesson_study": "Lesson study cycle",
    "design_cycle": "Design cycle",
    "event": "Event",
}
NEVER_WHY = "A control chart says that something changed, and when. It never says why."
TOO_FEW = "Too few points to judge: ten useful ones are needed."


def day(moment: Any, year: bool = True) -> str:
    """Return a date as people write it.

    Examples
    --------
    >>> day("2024-09-09"), day("2024-09-09", year=False)
    ('9 Sep 2024', '9 Sep')
    """
    at = pd.Timestamp(moment)
    return f"{at.day} {at:%b}" + (f" {at.year}" if year else "")


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun.

    Examples
    --------
    >>> plural(1, "week"), plural(1200, "week")
    ('1 week', '1,200 weeks')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listing(items: Iterable[str], most: int = 99) -> str:
    """Join words as a sentence does.

    Examples
    --------
    >>> listing(["a", "b", "c"]), listing(["a", "b", "c"], most=2)
    ('a, b and c', 'a, b and 1 more')
    """
    words = list(items)
    if len(words) > most:
        words = [*words[:most], f"{len(words) - most:,} more"]
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def capital(sentence: str) -> str:
    """Return the sentence with a capital first letter, the rest untouched."""
    return sentence[:1].upper() + sentence[1:]


def lower(name: str) -> str:
    """Return a name as it stands inside a sentence: `PDSA` stays, `Attendance rate` becomes `attendance rate`."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


@dataclass(frozen=True)
class Voice:
    """How one measure is spoken of: its name, its unit, its step of time, which side is better."""

    name: str
    unit: str
    noun: str
    better: int
    digits: int = 1
    floor: float = -np.inf
    ceiling: float = np.inf

    @classmethod
    def of(cls, measure: Measure, values: Sequence[float] | np.ndarray[Any, Any] = ()) -> Voice:
        """Return the voice of a measure; digits so that its values can be told apart."""
        better = {"up": 1, "down": -1}.get(measure.direction or "", 0)
        return cls(
            measure.name or "The measure",
            measure.unit or "",
            NOUNS.get(measure.frequency or "", "point"),
            better,
            _digits(np.asarray(values, dtype=float)),
            *_possible(measure),
        )

    def role(self, side: int) -> str:
        """Return what a side means: `imp` (improvement), `con` (concern), or `chg` where neither side is better."""
        return "chg" if self.better == 0 else "imp" if side == self.better else "con"

    def value(self, number: float, digits: int | None = None) -> str:
        """Return a value with its unit: `90.5%`, `3.2 days`."""
        text = f"{number:,.{self.digits if digits is None else digits}f}"
        return f"{text}%" if self.unit == "%" else f"{text} {self.unit}".rstrip()

    def bounds(self, lower: float, upper: float) -> str:
        """Return what is known of a value: `at least 95.0%`, `at most 5`, `10.0% to 20.0%`."""
        if upper >= self.ceiling:
            return f"at least {self.value(lower)}" if lower > self.floor else "not known"
        if lower <= self.floor:
            return f"at most {self.value(upper)}"
        return f"{self.value(lower)} to {self.value(upper)}"

    def drawn(self, lower: float, upper: float) -> tuple[float, float]:
        """Return both ends as far as the value is possible: a share ends at 100%."""
        return max(lower, self.floor), min(upper, self.ceiling)

    @property
    def better_words(self) -> str:
        """Return the direction of good as a sentence."""
        return {1: "Higher is better.", -1: "Lower is better.", 0: "Neither direction is better in itself."}[
            self.better
        ]


def _possible(measure: Measure) -> tuple[float, float]:
    """Return the least and the greatest value that the measure can have."""
    if measure.kind == "proportion":
        return 0.0, measure.multiply or (100.0 if measure.unit == "%" else 1.0)
    return (0.0 if measure.kind in ("count", "ratio", "time_between") else -np.inf), np.inf


def _digits(values: np.ndarray[Any, Any]) -> int:
    held = values[np.isfinite(values)]
    if not held.size:
        return 1
    spread = float(held.max() - held.min())
    if np.array_equal(held, np.round(held)) and float(np.abs(held).max()) >= 10:
        return 0
    return 1 if spread >= 0.5 or spread == 0 else 2 if spread >= 0.05 else 3


def definition(measure: Measure) -> str:
    """Return what is divided by what, how often, in which unit."""
    if measure.numerator and measure.denominator:
        what = f"{measure.numerator} ÷ {lower(measure.denominator)}"
    else:
        what = measure.construct or measure.name or ""
    every = {"day": "daily", "week": "weekly", "month": "monthly", "term": "each term", "year": "yearly"}
    unit = "per cent" if measure.unit == "%" else measure.unit
    return ", ".join(part for part in (what.rstrip("."), every.get(measure.frequency or ""), unit) if part) + "."


def run_words(finding: SeriesFinding, run: Run, voice: Voice, year: bool = True) -> str:
    """Return `above its centre line for 12 weeks, since 9 Sep 2024`."""
    side = "above" if run.side > 0 else "below"
    return f"{side} its centre line for {plural(run.length, voice.noun)}, since {day(finding.x[run.start], year)}"


def past_run_words(finding: SeriesFinding, run: Run, voice: Voice) -> str:
    """Return `Earlier, below for 9 weeks, 12 Sep to 14 Nov 2022`."""
    side = "above" if run.side > 0 else "below"
    first, last = finding.x[run.start], finding.x[run.end]
    same_year = pd.Timestamp(first).year == pd.Timestamp(last).year
    return f"Earlier, {side} for {plural(run.length, voice.noun)}, {day(first, not same_year)} to {day(last)}"


def beyond_words(finding: SeriesFinding, at: int, side: int, voice: Voice) -> str:
    """Return `90.63%, above its upper limit of 90.59%`: with as many digits as tell the two apart."""
    value, limit = finding.y[at], (finding.ucl if side > 0 else finding.lcl)[at]
    digits = next((d for d in range(voice.digits, 5) if f"{value:.{d}f}" != f"{limit:.{d}f}"), 4)
    where = "above its upper" if side > 0 else "below its lower"
    return f"{voice.value(value, digits)}, {where} limit of {voice.value(limit, digits)}"


def title(finding: SeriesFinding, voice: Voice, place: bool = True) -> str:
    """Return what was found, as the title of a chart or a page."""
    name = f"{voice.name} in {finding.site}" if place else voice.name
    if finding.last is None:
        return f"{name}: known only within bounds" if finding.bounds else f"{name}: no value yet"
    if finding.few:
        return f"{name}: too few points to judge"
    if finding.current:
        return f"{name} has been {run_words(finding, finding.current, voice)}"
    after = [i for i in finding.beyond if not (finding.frozen and finding.baseline[i])]
    if after:
        last = max(after)
        side = "above its upper" if finding.beyond[last] > 0 else "below its lower"
        return f"{name} was {side} limit in {plural(len(after), voice.noun)}, last on {day(finding.x[last])}"
    since = " since the baseline" if finding.frozen else ""
    return f"{name}: no signal of change{since}"


def level(finding: SeriesFinding, voice: Voice) -> str:
    """Return the last value, the centre line and the limits at the end."""
    last = finding.last
    if last is None and finding.bounds:
        return bounds_words(finding, voice)
    if last is None:
        return "There is no value yet."
    when = f"in the week of {day(finding.x[last])}" if voice.noun == "week" else f"on {day(finding.x[last])}"
    words = f"Last value {voice.value(finding.y[last])} {when}."
    if np.isfinite(finding.cl[last]):
        words += f" Centre line {voice.value(finding.cl[last])}"
        if np.isfinite(finding.lcl[last]) and np.isfinite(finding.ucl[last]):
            words += f", limits {voice.value(finding.lcl[last])} to {voice.value(finding.ucl[last])}"
        words += "."
    after = max(finding.bounds, default=-1)
    if after > last:
        words += f" On {day(finding.x[after])} it is known only to be {voice.bounds(*finding.bounds[after])}."
    return words


def bounds_words(finding: SeriesFinding, voice: Voice, most: int = 8) -> str:
    """Return which points are known only within bounds, drawn as bars, and what is known of them."""
    known: dict[str, list[str]] = {}
    for i in sorted(finding.bounds):
        known.setdefault(voice.bounds(*finding.bounds[i]), []).append(day(finding.x[i]))
    said = "; ".join(f"{words} on {listing(dates, most)}" for words, dates in list(known.items())[:most])
    more = "; …" if len(known) > most else ""
    return f"{capital(plural(len(finding.bounds), voice.noun))} known only within bounds, drawn as bars: {said}{more}."


def left_out_by_reason(finding: SeriesFinding) -> dict[str, list[str]]:
    """Return the dates of points that are left out, by their reason."""
    reasons: dict[str, list[str]] = {}
    for moment, why in finding.left_out:
        reasons.setdefault(why, []).append(day(moment))
    return reasons


def alt_text(
    finding: SeriesFinding, voice: Voice, brief: bool = False, hide: frozenset[tuple[Any, int]] = frozenset()
) -> str:
    """Return what the chart shows: name, span, level, limits, and each signal with its date.

    Parameters
    ----------
    finding, voice
        The series and how it is spoken of.
    brief
        For a small multiple: the current run and the points beyond a limit only.
    hide
        (date, side) of signals that are said elsewhere, once for all sites.
    """
    parts = [f"{finding.site}, {lower(voice.name)}, {plural(len(finding.x), voice.noun)}"]
    if len(finding.x):
        parts[0] += f" from {day(finding.x[0])} to {day(finding.x[-1])}"
    parts[0] += "."
    parts.append(level(finding, voice))
    if finding.bounds and finding.last is not None:
        parts.append(bounds_words(finding, voice, 2 if brief else 8))
    left_out = f"{plural(len(finding.left_out), voice.noun)} left out" if finding.left_out else ""
    if left_out and not brief:
        said = (f"{listing(dates, 4)} ({why})" for why, dates in left_out_by_reason(finding).items())
        left_out += f": {listing(said, 4)}"
    if finding.few:
        return " ".join([*parts, *([f"{left_out}."] if left_out else []), TOO_FEW])
    if finding.current:
        parts.append(f"{voice.name} is {run_words(finding, finding.current, voice)}.")
    elif not brief:
        parts.append("No run longer than chance at the end of the series.")
    if not brief:
        parts += [past_run_words(finding, r, voice) + "." for r in finding.runs if r is not finding.current]
    for side, where in ((1, "Above its upper limit"), (-1, "Below its lower limit")):
        at = [i for i, s in finding.beyond.items() if s == side and (finding.x[i], side) not in hide]
        if at:
            dates = listing((day(finding.x[i]) for i in at), 8)
            parts.append(f"{where} in {plural(len(at), voice.noun)}: {dates}.")
    if left_out:
        parts.append(f"{left_out}.")
    return " ".join(parts)


def own_signal_words(signal: OwnSignal, finding: SeriesFinding, voice: Voice) -> str:
    """Return one signal of one site, without the site's name."""
    if signal.run:
        return f"{lower(voice.name)} {run_words(finding, signal.run, voice)}"
    return beyond_words(finding, signal.at if signal.at is not None else 0, signal.side, voice)
