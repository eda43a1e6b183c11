"""The published index: computed from protected numbers alone, and arranged like the formative one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from inquirylab.charts.small_multiple import shared_scale
from inquirylab.charts.time_axis import BREAK_STEPS, TimeAxis
from inquirylab.charts.wide_drawing import NARROW, WIDE, spread_drawing
from inquirylab.charts.words import NEVER_WHY, Voice, day, definition, lower, plural
from inquirylab.findings.comparability import Pool
from inquirylab.findings.published import PublishedFindings
from inquirylab.findings.series_finding import SeriesFinding
from inquirylab.findings.sites import own_signals
from inquirylab.reports import coverage, methods
from inquirylab.reports.equity_parts import NEVER_THE_CAUSE, GroupView, group_views
from inquirylab.reports.feed import Change, changes, shared_changes
from inquirylab.reports.index_page import Card, SiteResult, card, headline, lede, letters
from inquirylab.reports.page import PUBLISHED, render
from inquirylab.reports.site_parts import axis_of
from inquirylab.spc.spread import spread_over_time

FEWEST_TO_SPREAD = 5
"""Quantiles of fewer sites than this would be the sites themselves."""
ABSENT = "Nothing in print"


@dataclass(frozen=True)
class Spread:
    """How far sites lie apart over time: words and two drawings."""

    words: str
    wide: Markup
    narrow: Markup


@dataclass(frozen=True)
class PoolView:
    """One pool of sites with all that the index and the PDF show of it."""

    number: int
    pool: Pool
    published: PublishedFindings
    voice: Voice
    axis: TimeAxis
    held: Mapping[str, SeriesFinding]
    hrefs: Mapping[str, str]
    cards: list[Card]
    silent: tuple[str, ...]
    scale: str
    title: str
    lede: str
    coverage: coverage.Coverage
    shared: list[Markup]
    feed: list[Change]
    spread: Spread | None
    groups: list[GroupView]
    methods: list[tuple[str, str | Markup]]

    @property
    def definition(self) -> str:
        """What is divided by what."""
        return definition(self.pool.measure)

    @property
    def quiet(self) -> int:
        """How many sites have no signal of their own."""
        return sum(not c.signal for c in self.cards)

    @property
    def letters(self) -> list[tuple[str, list[Card]]]:
        """The cards, by first letter where there are very many."""
        return letters(self.cards)


def pool_view(published: PublishedFindings, hrefs: Mapping[str, str], listed: int, number: int = 0) -> PoolView | None:
    """Return what is shown of one pool; None where nothing of any of its sites may be shown.

    Parameters
    ----------
    published
        What the published rows say.
    hrefs
        The page of each site that has one.
    listed
        How many sites the batch has.
    number
        Tells it from other pools of the same report.
    """
    found, sites = published.found, published.sites
    if found is None or sites is None:
        return None
    pool = published.protected.pool
    held = {name: f for name in pool.sites if (f := found.of_site(name)) is not None}
    voice = Voice.of(found.measure, np.concatenate([f.y for f in held.values()]))
    axis = axis_of(found, sites, BREAK_STEPS)
    scale = shared_scale(held.values())
    cards = [card(f, SiteResult(name, hrefs.get(name, ""), True), voice, axis, scale, sites, ABSENT)
             for name, f in held.items()]  # fmt: skip
    runs = [f.current.side for f in held.values() if f.current and not f.few]
    return PoolView(
        number,
        pool,
        published,
        voice,
        axis,
        held,
        hrefs,
        cards,
        tuple(name for name in pool.sites if name not in held),
        scale.words(voice),
        headline(voice, runs, len(held)),
        lede(voice, runs),
        coverage.coverage(sites, axis, listed, len(held), voice, _not_in_print(published), "in print"),
        shared_changes(sites, voice),
        changes(own_signals(held.values(), sites), held, hrefs, voice),
        _spread(published, axis, voice),
        group_views(published, axis, voice),
        methods.methods(found, held, sites, axis, voice),
    )


def _not_in_print(published: PublishedFindings) -> dict[str, tuple[int, int]]:
    """How many rates of sites are not in print, of those that are known."""
    protected = published.protected
    table = protected.table[protected.table["site"] != "All"]
    for column in protected.groups:
        table = table[table[column] == "All"]
    hidden = table[~table["published"]]
    return {"Hidden to protect small groups": (int(hidden["site"].nunique()), len(hidden))} if len(hidden) else {}


def _spread(published: PublishedFindings, axis: TimeAxis, voice: Voice) -> Spread | None:
    assert published.found is not None
    table = spread_over_time(published.found.analysis)
    table = table[table["n_series"] >= FEWEST_TO_SPREAD].dropna(subset=["median"]).reset_index(drop=True)
    if len(table) < 2:
        return None
    words = spread_words(table, voice)
    alt = f"How far sites lie apart. {words}"
    return Spread(words, *(Markup(spread_drawing(table, axis, voice, alt, size)) for size in (WIDE, NARROW)))


def spread_words(table: pd.DataFrame, voice: Voice) -> str:
    """Say how far the middle half of the sites lies apart, at the first and the last date."""
    first, last = table.iloc[0], table.iloc[-1]

    def half(row: Any) -> str:
        return f"{voice.value(row['lower_quarter'])} to {voice.value(row['upper_quarter'])}"

    return (
        f"On {day(first['x'])} the middle half of the sites lay between {half(first)}; on {day(last['x'])}, between {half(last)}. "
        "Sites whose number is hidden are not in it."
    )


def published_index(
    views: Sequence[PoolView],
    results: Sequence[SiteResult],
    *,
    title: str,
    numbers: Sequence[tuple[str, str]],
    where: str = "",
    credits: Sequence[str] = (),
    made: str = "",
) -> str:
    """Return the index of a publication.

    Parameters
    ----------
    views
        One a pool of sites; the first is the one that most follow.
    results
        Every site of the list, in print or not.
    title
        What the report is called.
    numbers
        Files of the data package: (where it is, what it is).
    """
    main = views[0]
    shown, unseen = {name for view in views for name in view.held}, unseen_sites(views, results)
    links = [("coverage", "Coverage"), ("comparable", "Comparability"), ("changed", "What changed"),
             ("sites", f"{len(main.cards)} sites")]  # fmt: skip
    links += [("spread", "Between sites")] if main.spread else []
    links += [("equity", "Groups")] if main.groups else []
    return render(
        "published_index.html.j2",
        mark=PUBLISHED,
        title=main.title,
        report=title,
        lede=main.lede,
        view=main,
        others=views[1:],
        views=views,
        unseen=unseen,
        total=len(results),
        numbers=numbers,
        links=[*links, ("methods", "Methods")],
        where=where,
        credits=credits,
        made=made,
        assets="assets/",
        never_why=NEVER_WHY,
        never_the_cause=NEVER_THE_CAUSE,
        comparable=comparable_words(views, len(shown)),
        lower=lower,
        plural=plural,
    )


def unseen_sites(views: Sequence[PoolView], results: Sequence[SiteResult]) -> list[str]:
    """Return the sites of the list of which nothing is in print, by name."""
    shown = {name for view in views for name in view.held}
    return sorted((r.name for r in results if r.name not in shown), key=str.casefold)


def comparable_words(views: Sequence[PoolView], count: int) -> str:
    """Say whether all sites follow one definition."""
    if len(views) == 1:
        return f"All {plural(count, 'site')} in print follow the same operational definition."
    first = len(views[0].held)
    return (
        f"{plural(first, 'site follows', 'sites follow')} one operational definition; {plural(count - first, 'site', 'sites')} "
        f"{'another' if len(views) == 2 else 'others'}. Only sites of one definition stand in one chart, one count or one list of signals."
    )
