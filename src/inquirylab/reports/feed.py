"""What changed: signals by the date that completed them, newest first; what most sites share is said once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from inquirylab.charts.words import Voice, day, lower, own_signal_words, plural
from inquirylab.findings.series_finding import SeriesFinding
from inquirylab.findings.sites import OwnSignal, SitesFinding
from inquirylab.reports.icons import centre_icon, icon

# Up to this many signals of a kind on one date are sentences; more become one sentence and the names.
SENTENCES = 4
# Dates shown before the rest folds.
DATES_SHOWN = 5
# More names than this fold.
NAMES_SHOWN = 40


@dataclass(frozen=True)
class Change:
    """What was completed on one date: lines of HTML, and the names that fold away."""

    when: str
    lines: tuple[Markup, ...]


def shared_changes(sites: SitesFinding, voice: Voice) -> list[Markup]:
    """Return the signals that most sites share, newest first."""
    out = []
    for s in sites.shared:
        where = "above the upper" if s.side > 0 else "below the lower"
        out.append(
            Markup("{}<span>{}: <b>{} limit in {} of {} sites</b></span>").format(
                icon("beyond", voice.role(s.side)), day(s.x), where, s.sites, s.of
            )
        )
    if sites.judged > 1 and sites.crossings_shared_by >= sites.judged / 2:
        out.append(
            Markup(
                "{}<span>The whole time: <b>fewer crossings than chance in {} of {} sites</b>. A season that returns does that.</span>"
            ).format(centre_icon(), sites.crossings_shared_by, sites.judged)
        )
    return out


def changes(
    own: Sequence[OwnSignal], findings: Mapping[str, SeriesFinding], hrefs: Mapping[str, str], voice: Voice
) -> list[Change]:
    """Return the signals of a site's own, by date, newest first."""
    out = []
    for x, at_date in groupby(own, key=lambda s: s.x):
        lines: list[Markup] = []
        for _, group in groupby(at_date, key=lambda s: (s.at is not None, s.side)):
            lines += _lines(list(group), findings, hrefs, voice)
        out.append(Change(day(x), tuple(lines)))
    return out


def _lines(
    signals: list[OwnSignal], findings: Mapping[str, SeriesFinding], hrefs: Mapping[str, str], voice: Voice
) -> list[Markup]:
    first = signals[0]
    mark = icon("run" if first.run else "beyond", voice.role(first.side))
    words = {s.site: own_signal_words(s, findings[s.site], voice) for s in signals}
    if len(signals) <= SENTENCES:
        return [Markup("{}<span>{}: {}</span>").format(mark, _link(s.site, hrefs), words[s.site]) for s in signals]
    if first.run:
        usual, count = Counter(words.values()).most_common(1)[0]
        head = f"{len(signals)} sites: {usual.replace(' its ', ' their ')}"
        head += (
            "" if count == len(signals) else f" ({len(signals) - count} of them for another number of {voice.noun}s)"
        )
    else:
        side = "above their upper" if first.side > 0 else "below their lower"
        head = f"{len(signals)} sites: {lower(voice.name)} {side} limits"
    names = Markup(" ").join(
        Markup('<span class="nowrap">{}{}</span>').format(_link(s.site, hrefs), " ·" if k < len(signals) else "")
        if len(s.site) < 60
        else Markup("<span>{}{}</span>").format(_link(s.site, hrefs), " ·" if k < len(signals) else "")
        for k, s in enumerate(signals, 1)
    )
    if len(signals) > NAMES_SHOWN:
        names = Markup("<details><summary>{}</summary><p class=names>{}</p></details>").format(
            plural(len(signals), "name"), names
        )
        return [Markup("{}<div>{}{}</div>").format(mark, head, names)]
    return [Markup('{}<div>{}<p class="names">{}</p></div>').format(mark, head, names)]


def _link(site: str, hrefs: Mapping[str, str]) -> Markup:
    return Markup('<a href="{}">{}</a>').format(hrefs[site], site)
