"""One site's page of a publication: the same parts as its formative page, from protected numbers alone."""

from __future__ import annotations

from html import escape

from markupsafe import Markup

from inquirylab.charts.small_multiple import shared_scale
from inquirylab.charts.words import listing, lower, plural
from inquirylab.findings.series_finding import SeriesFinding
from inquirylab.reports import site_parts
from inquirylab.reports.fragment import Fragment
from inquirylab.reports.index_page import SiteResult, card
from inquirylab.reports.notebook_page import ANCHORS, Place, chart_script
from inquirylab.reports.page import PUBLISHED, render
from inquirylab.reports.published_index import ABSENT, PoolView


def published_site(view: PoolView, site: str, place: Place, where: str, made: str) -> str:
    """Return the page of one site that has numbers in print."""
    found, sites, finding = view.published.found, view.published.sites, view.held[site]
    assert found is not None and sites is not None
    parts = [
        site_parts.headline(found, finding),
        site_parts.chart(found, finding, sites),
        site_parts.words(found, finding, sites),
        _groups(view, site),
        _not_shown(view, finding),
    ]
    body = "".join(_fragment(part) for part in parts)
    heading = parts[0].html.partition("<h1>")[2].partition("</h1>")[0]
    anchors = {**ANCHORS, "groups": "Groups", "missing": "Not in print"}
    return render(
        "site.html.j2",
        mark=PUBLISHED,
        title=Markup(heading),
        body=Markup(body),
        headed=True,
        place=place,
        problem=None,
        links=[("chart", "Chart"), *((i, words) for i, words in anchors.items() if f'id="{i}"' in body)],
        narrow=True,
        where=where,
        assets="../assets/",
        credits=[view.pool.measure.source] if view.pool.measure.source else [],
        made=made,
    )


def _fragment(part: Fragment) -> str:
    script = chart_script({"charts": list(part.charts)}) if part.charts else ""
    return f'<div class="fragment">{part.html}{script}</div>' if part.html else ""


def _groups(view: PoolView, site: str) -> Fragment:
    """Return the groups of one site that may be shown, side by side, each compared with its own past."""
    html = []
    assert view.published.sites is not None
    for column, series in view.published.groups_at(site).items():
        scale = shared_scale(series)
        cards = []
        for f in series:
            c = card(f, SiteResult(f.site, "", True), view.voice, view.axis, scale, view.published.sites, ABSENT)
            cards.append(
                Markup(
                    '<li><div class="head"><h4>{}</h4><span class="value">{}</span></div>{}<p class="words {}">{}</p></li>'
                ).format(c.name, c.value, c.drawing, c.role, c.words)
            )
        html.append(
            f'<h3>By {escape(lower(column))}</h3><p class="cap">One scale for these groups: {scale.words(view.voice)}. '
            f'In the order of their names.</p><ul class="sites groups">{"".join(cards)}</ul>'
        )
    if not html:
        return Fragment("", "")
    return Fragment(f'<section id="groups"><h2>Groups</h2>{"".join(html)}</section>', "")


def _not_shown(view: PoolView, finding: SeriesFinding) -> Fragment:
    """Say how many numbers of the site are not in print, and nothing of why."""
    reported = view.published.sites.reported if view.published.sites is not None else ()
    missing = max(0, len(reported) - len(finding.x))
    words = [
        f"{plural(missing, view.voice.noun)} of {len(reported)} in which any site is in print: no number of this site is."
        if missing
        else f"In print for every {view.voice.noun} in which any site is."
    ]
    silent = [
        column for column in view.published.protected.groups if column not in view.published.groups_at(finding.site)
    ]
    if silent:
        words.append(f"Too few to show by {listing(lower(c) for c in silent)}.")
    words.append("A number that is hidden, one that is not known and one that was left out look alike.")
    html = "".join(f"<p>{escape(w)}</p>" for w in words)
    html += '<p><a href="../methods.html">How small groups are protected</a></p>'
    return Fragment(f'<section id="missing"><h2>Not in print</h2>{html}</section>', "")
