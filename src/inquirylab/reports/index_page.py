"""The consolidated report: who reported, what changed, every site small, which sites have no result, methods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from markupsafe import Markup

from inquirylab.charts.small_multiple import Scale, shared_scale, small_multiple
from inquirylab.charts.time_axis import BREAK_STEPS, TimeAxis
from inquirylab.charts.words import NEVER_WHY, Voice, alt_text, day, definition, lower, plural
from inquirylab.findings.measure import MeasureFindings
from inquirylab.findings.series_finding import SeriesFinding
from inquirylab.findings.sites import SitesFinding, own_beyond, own_signals
from inquirylab.reports import coverage, methods
from inquirylab.reports.feed import changes, shared_changes
from inquirylab.reports.icons import icon
from inquirylab.reports.page import render
from inquirylab.reports.site_parts import axis_of

# Above this many sites they are folded by their first letter, so that a browser need not lay all of them out at once.
MANY_SITES = 300


@dataclass(frozen=True)
class SiteResult:
    """What a batch made for a site: its page, or why there is none."""

    name: str
    href: str
    completed: bool
    happened: str = ""
    where: str = ""
    found: str = ""
    cure: str = ""
    notebook: str = ""


@dataclass(frozen=True)
class Card:
    """A site among the small multiples."""

    name: str
    href: str
    anchor: str
    value: str
    role: str
    words: Markup
    drawing: Markup
    signal: bool


def index_page(
    results: Sequence[SiteResult],
    found: MeasureFindings | None,
    sites: SitesFinding | None,
    missing: Mapping[str, tuple[int, int]],
    *,
    title: str,
    said: Sequence[str] = (),
    where: str = "",
    credits: Sequence[str] = (),
    made: str = "",
) -> str:
    """Return the index page of a batch.

    Parameters
    ----------
    results
        One a site of the list, in the list's order.
    found, sites
        The main measure of all completed sites; None for a template that takes no measure.
    missing
        Kind of missing value -> (sites, values).
    title
        Used where there is no measure to say what was found.
    said
        What the reading of the data has to say of itself.
    """
    done = sorted((r for r in results if r.completed), key=lambda r: r.name.casefold())
    failed = [r for r in results if not r.completed]
    common: dict[str, Any] = {
        "failed": failed,
        "results": done,
        "total": len(results),
        "where": where,
        "credits": credits,
        "made": made,
        "assets": "assets/",
        "never_why": NEVER_WHY,
    }
    links = [("failed", f"{len(failed)} without a result")] if failed else []
    if found is None or sites is None:
        return render("plain_index.html.j2", title=title, links=[("sites", f"{len(done)} sites"), *links], **common)
    held = {r.name: f for r in done if (f := found.of_site(r.name))}
    voice = Voice.of(found.measure, np.concatenate([f.y for f in held.values()]) if held else ())
    axis = axis_of(found, sites, BREAK_STEPS)
    hrefs = {r.name: r.href for r in done}
    scale = shared_scale(held.values())
    cards = [card(held[r.name], r, voice, axis, scale, sites) for r in done if r.name in held]
    runs = [f.current.side for f in held.values() if f.current and not f.few]
    return render(
        "index.html.j2",
        title=headline(voice, runs, len(held)),
        links=[
            ("coverage", "Coverage"),
            ("changed", "What changed"),
            ("sites", f"{len(cards)} sites"),
            *links,
            ("methods", "Methods"),
        ],
        lede=lede(voice, runs),
        definition=definition(found.measure),
        better=voice.better_words,
        voice=voice,
        coverage=coverage.coverage(sites, axis, len(results), len(done), voice, missing),
        shared=shared_changes(sites, voice),
        feed=changes(own_signals(held.values(), sites), held, hrefs, voice),
        quiet=sum(not c.signal for c in cards),
        groups=letters(cards),
        bounded=any(f.bounds for f in held.values()),
        cards=cards,
        said=said,
        scale=scale.words(voice),
        last=day(sites.reported.index[-1]) if len(sites.reported) else "",
        methods=methods.methods(found, held, sites, axis, voice),
        **common,
    )


def headline(voice: Voice, sides: Sequence[int], count: int) -> str:
    """Return what was found in all sites as one sentence."""
    up, down = sum(s > 0 for s in sides), sum(s < 0 for s in sides)
    if not sides:
        return f"{voice.name}: no site is in a run longer than chance, of {count}"
    return f"{voice.name} is above its centre line in {up or 'none'} of {count} sites, and below it in {down or 'none'}"


def lede(voice: Voice, sides: Sequence[int]) -> str:
    """Return what the headline means."""
    if not sides:
        return "Each site varies about its own centre line as chance would have it, or has too few points to judge."
    what = f"In {plural(len(sides), 'site')} {lower(voice.name)} has stayed on one side of its own centre line"
    return f"{what} for longer than chance would explain."


def card(
    f: SeriesFinding,
    result: SiteResult,
    voice: Voice,
    axis: TimeAxis,
    scale: Scale,
    sites: SitesFinding,
    absent: str = "No report",
) -> Card:
    """Return one site among the small multiples: name, last value, the signal in words.

    `absent` says what a series that ended before the others lacks.
    """
    special = own_beyond(f, sites)
    role, words = "", Markup("<span>No signal of its own</span>")
    last = max([-1 if f.last is None else f.last, *f.bounds])
    ended = last < 0 or bool(axis.stretches and f.x[last] < axis.stretches[-1].first)
    value = "" if ended else voice.bounds(*f.bounds[last]) if last in f.bounds else voice.value(f.y[last])
    if last < 0:
        words = Markup("<span>No value</span>")
    elif ended:
        words = Markup("<span>{} since {}</span>").format(absent, day(f.x[last]))
    elif f.few:
        words = Markup("<span>Too few points to judge</span>")
    elif f.current:
        role, side = voice.role(f.current.side), "above" if f.current.side > 0 else "below"
        words = Markup("{}<span><b>{} {}</b>, since {}</span>").format(
            icon("run", role), plural(f.current.length, voice.noun), side, day(f.x[f.current.start], year=False)
        )
    elif special:
        at, more = max(special), len(special) - 1
        role, side = voice.role(special[at]), "Above" if special[at] > 0 else "Below"
        words = Markup("{}<span><b>{} limit</b> {}{}</span>").format(
            icon("beyond", role), side, day(f.x[at], year=False), f" and {more} earlier" if more else ""
        )
    alt = alt_text(f, voice, brief=True, hide=frozenset((s.x, s.side) for s in sites.shared))
    drawing = Markup(small_multiple(f, voice, axis, scale, alt, special))
    return Card(result.name, result.href, anchor(result.href), value, role, words, drawing, bool(role))


def anchor(href: str) -> str:
    """Return the id of a site's card, from the name of its page."""
    return "site-" + href.rsplit("/", 1)[-1].removesuffix(".html")


def letters(cards: Sequence[Card]) -> list[tuple[str, list[Card]]]:
    """Return the cards as one group, or by first letter where there are very many."""
    if len(cards) <= MANY_SITES:
        return [("", list(cards))]

    def initial(c: Card) -> str:
        first = c.name.strip()[:1].upper()
        return first if first.isalpha() else "#"

    return [
        (letter, list(group))
        for letter, group in groupby(sorted(cards, key=lambda c: (initial(c), c.name.casefold())), key=initial)
    ]
