"""The parts of one site's page: headline, chart, words, other measures, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

import numpy as np
import pandas as pd

from inquirylab.charts.control_chart import Setting
from inquirylab.charts.time_axis import BREAK_STEPS_WITH_WORDS, TimeAxis, time_axis
from inquirylab.charts.words import (
    NEVER_WHY,
    TOO_FEW,
    Voice,
    alt_text,
    bounds_words,
    capital,
    day,
    definition,
    left_out_by_reason,
    level,
    listing,
    past_run_words,
    plural,
    run_words,
    title,
)  # fmt: skip
from inquirylab.findings.measure import MeasureFindings
from inquirylab.findings.series_finding import SeriesFinding
from inquirylab.findings.sites import SitesFinding, stretches
from inquirylab.reports.figure import figure, third
from inquirylab.reports.fragment import Fragment
from inquirylab.reports.icons import bar_icon, baseline_icon, centre_icon, cross_icon, icon
from inquirylab.series import excluded

MISSING_KINDS = {
    "missing": "Not known",
    "not_applicable": "Not applicable",
    "suppressed": "Hidden by the publisher",
    "censored": "Known only within bounds",
}


def axis_of(found: MeasureFindings, sites: SitesFinding, break_steps: float = BREAK_STEPS_WITH_WORDS) -> TimeAxis:
    """Return the time axis that all charts of a measure share; a break is wider where its words stand in it.

    It reaches to a first or last point that the team leaves out: that point stays on the chart.
    """
    data, reported = found.measure.data, sites.reported
    gap = data.longest_gap_weeks if data else None
    if found.measure.excluded:
        days = found.series.left_out_dates
        crossed = days[days.normalize().isin(list(excluded(found.measure)))]
        reported = reported.reindex(reported.index.union(crossed), fill_value=0)
    return time_axis(stretches(reported, gap), reported.index.to_numpy(), break_steps)


def voice_of(found: MeasureFindings, finding: SeriesFinding) -> Voice:
    """Return how a site's measure is spoken of."""
    return Voice.of(found.measure, finding.y)


def headline(found: MeasureFindings, finding: SeriesFinding) -> Fragment:
    """Return the title of a site's page and the sentence under it."""
    voice = voice_of(found, finding)
    head, lede = title(finding, voice), f"{level(finding, voice)} {_since_baseline(finding, voice)}{NEVER_WHY}"
    html = f'<header class="title"><h1>{escape(head)}</h1><p class="lede">{escape(lede)}</p></header>'
    return Fragment(html, f"# {_markdown(head)}\n\n{_markdown(lede)}")


def _since_baseline(finding: SeriesFinding, voice: Voice) -> str:
    """Say how far the points after the baseline lie from its centre line, in sum."""
    after = ~finding.baseline & np.isfinite(finding.y)
    if not finding.frozen or finding.few or not after.any():
        return ""
    weights = finding.n[after] if finding.n is not None else None
    now = float(np.average(finding.y[after], weights=weights))
    centre = float(finding.cl[after][-1])
    points = "points" if voice.unit == "%" else voice.unit
    side = "above" if now > centre else "below"
    away = f"{abs(now - centre):,.{voice.digits}f} {points}".strip()
    return f"Since the baseline: {voice.value(now)}, {away} {side} its centre line. "


def chart(found: MeasureFindings, finding: SeriesFinding, sites: SitesFinding) -> Fragment:
    """Return the main chart with its table twin."""
    voice, axis = voice_of(found, finding), axis_of(found, sites)
    setting = Setting.of(found.measure, _shared_remark(finding, sites))
    html, spec = figure(found, finding, voice, axis, setting)
    return Fragment(html, f"**{_markdown(title(finding, voice))}**\n\n{_markdown(alt_text(finding, voice))}", (spec,))


def _shared_remark(finding: SeriesFinding, sites: SitesFinding) -> list[tuple[np.datetime64, str]]:
    """The most shared signal that this site has too: what happens everywhere at once is not the work of one site."""
    mine = [(s.sites, s) for s in sites.shared if _has(finding, s.x, s.side)]
    if not mine:
        return []
    _, most = max(mine, key=lambda m: m[0])
    return [(most.x, f"{day(most.x, year=False)}: beyond its limit in {most.sites} of {most.of} sites")]


def _has(finding: SeriesFinding, x: np.datetime64, side: int) -> bool:
    at = np.flatnonzero(finding.x == x)
    return bool(at.size and finding.beyond.get(int(at[0])) == side)


def words(found: MeasureFindings, finding: SeriesFinding, sites: SitesFinding) -> Fragment:
    """Return each signal of a site as a sentence with its mark."""
    lines = signal_lines(finding, voice_of(found, finding), sites)
    html = "".join(f"<li>{mark}<span>{escape(text)}</span></li>" for mark, text in lines)
    plain = "\n".join(f"- {_markdown(text)}" for _, text in lines)
    return Fragment(
        f'<section id="words"><h2>In words</h2><ul class="plain words">{html}</ul></section>', f"## In words\n\n{plain}"
    )


def left_out_lines(finding: SeriesFinding) -> list[tuple[str, str]]:
    """Return which points are left out and why, one sentence a reason, each with its mark as HTML."""
    return [
        (cross_icon(), f"Left out: {listing(dates, 8)} ({why}).") for why, dates in left_out_by_reason(finding).items()
    ]


def signal_lines(finding: SeriesFinding, voice: Voice, sites: SitesFinding) -> list[tuple[str, str]]:
    """Return what a chart says, one sentence a signal, each with its mark as HTML."""
    if finding.few:
        bars = [(bar_icon(), bounds_words(finding, voice))] if finding.bounds else []
        return [*bars, ("", TOO_FEW)]
    summary, out = finding.summary, list[tuple[str, str]]()
    run_max = int(summary["longest_run_max"])
    if finding.current:
        run = finding.current
        chance = f" By chance, up to {run_max} in a row."
        out.append((icon("run", voice.role(run.side)), f"{capital(run_words(finding, run, voice))}.{chance}"))
    out += [
        (icon("run", voice.role(r.side)), f"{past_run_words(finding, r, voice)}.")
        for r in finding.runs
        if r is not finding.current
    ]
    common = {(s.x, s.side): s for s in sites.shared}
    for side, where in ((1, "above the upper limit"), (-1, "below the lower limit")):
        at = [i for i, s in finding.beyond.items() if s == side]
        mine = [i for i in at if (finding.x[i], side) not in common]
        most = [common[finding.x[i], side] for i in at if (finding.x[i], side) in common]
        mark, own = icon("beyond", voice.role(side)), ", its own" if common else ""
        if mine:
            out.append(
                (mark, f"{plural(len(mine), voice.noun)} {where}{own}: {listing(day(finding.x[i]) for i in mine)}.")
            )
        if most:
            dates = listing(f"{day(s.x)} ({s.sites} of {s.of})" for s in most)
            out.append((mark, f"{plural(len(most), voice.noun)} {where}, shared by most sites: {dates}."))
    out.append((centre_icon(), _crossings(finding, sites)))
    if finding.frozen and (
        any(finding.baseline[i] for i in finding.beyond) or any(finding.baseline[r.end] for r in finding.runs)
    ):
        out.append(
            (
                baseline_icon(),
                "The baseline holds signals itself. Read its centre line as an average, not as a steady state.",
            )
        )
    if finding.bounds:
        out.append((bar_icon(), bounds_words(finding, voice)))
    if len(out) == (2 if finding.bounds else 1):
        out.insert(0, ("", "No run longer than chance and no point beyond a limit."))
    return out


def _crossings(finding: SeriesFinding, sites: SitesFinding) -> str:
    crossings, least = int(finding.summary["n_crossings"]), int(finding.summary["n_crossings_min"])
    sentence = f"The line crosses its centre {plural(crossings, 'time')}; by chance, at least {least}."
    if crossings < least and sites.judged > 1 and sites.crossings_shared_by >= sites.judged / 2:
        sentence += f" Shared by {sites.crossings_shared_by} of {sites.judged} sites: the season, more likely than one site's work."
    return sentence


def other_measures(others: Sequence[tuple[MeasureFindings, SeriesFinding, SitesFinding]]) -> Fragment:
    """Return further measures of the same site side by side, each on its own scale."""
    if not others:
        return Fragment('<p class="sub">No other measure was named.</p>', "No other measure was named.")
    parts, specs, plain = [], [], []
    for found, finding, sites in others:
        voice = voice_of(found, finding)
        html, spec = third(found, finding, voice, axis_of(found, sites), _main_icon(finding, voice))
        parts.append(html)
        specs.append(spec)
        plain.append(f"- {_markdown(title(finding, voice, place=False))}. {_markdown(definition(found.measure))}")
    head = "Same dates, same rules, each on its own scale. Ask whether they moved together."
    html = f'<section id="more"><h2>Other measures</h2><p>{head}</p><div class="three">{"".join(parts)}</div></section>'
    return Fragment(html, "## Other measures\n\n" + "\n".join(plain), tuple(specs))


def _main_icon(finding: SeriesFinding, voice: Voice) -> str:
    if finding.few:
        return ""
    if finding.current:
        return icon("run", voice.role(finding.current.side))
    after = [i for i in finding.beyond if not (finding.frozen and finding.baseline[i])]
    return icon("beyond", voice.role(finding.beyond[max(after)])) if after else ""


def missing(
    found: MeasureFindings, finding: SeriesFinding, sites: SitesFinding, gone: pd.DataFrame, said: Sequence[str] = ()
) -> Fragment:
    """Return what is missing of a site's series, by kind, with its dates; and what `said` says of the file."""
    voice, rows = voice_of(found, finding), _missing_rows(found, finding, sites, gone)
    cells = "".join(
        f'<tr><th scope="row">{escape(k)}</th><td class="num">{n or ""}</td><td>{escape(which)}</td></tr>'
        for k, n, which in rows
    )
    noun = capital(voice.noun) + "s"
    head = f'<thead><tr><th scope="col">Kind</th><th scope="col" class="num">{noun}</th><th scope="col">Which</th></tr></thead>'
    table = f'<table class="kinds">{head}<tbody>{cells}</tbody></table>'
    notes = "".join(f'<p class="source">{escape(sentence)}</p>' for sentence in said)
    html = f'<section id="missing"><h2>What is missing</h2>{table}{notes}</section>'
    plain = "\n".join(f"| {_markdown(k)} | {n or ''} | {_markdown(w)} |" for k, n, w in rows)
    plain += "".join(f"\n\n{_markdown(sentence)}" for sentence in said)
    return Fragment(html, f"## What is missing\n\n| Kind | {noun} | Which |\n| --- | ---: | --- |\n{plain}")


def _missing_rows(
    found: MeasureFindings, finding: SeriesFinding, sites: SitesFinding, gone: pd.DataFrame
) -> list[tuple[str, int, str]]:
    """Return (kind, how many dates, which) of all that is not a point of the line."""
    rows = [
        ("Left out, marked ✕", len(dates), f"{listing(dates, 8)}: {why}")
        for why, dates in left_out_by_reason(finding).items()
    ]
    for kind, frame in gone.groupby("kind"):
        dates = sorted(frame["date"].dropna().unique())
        marks = listing(sorted({f"“{m}”" if m else "blank" for m in frame["mark"].astype(str)}), 4)
        rows.append(
            (_kind(str(kind), finding), len(dates), f"{listing((day(d) for d in dates), 8)}: {marks} in the file")
        )
    known = {np.datetime64(x, "s") for x in [*finding.x, *(m for m, _ in finding.left_out)]}
    known |= {np.datetime64(d, "s") for d in gone["date"].dropna()}
    absent = [d for d in sites.reported.index.to_numpy().astype("datetime64[s]") if d not in known]
    rows.append(("No row for this site", len(absent), listing((day(d) for d in absent), 8) or "none"))
    for before, after in pairwise(axis_of(found, sites).stretches):
        rows.append(("No site has data", 0, f"between {day(before.last)} and {day(after.first)}"))
    return rows


def _kind(kind: str, finding: SeriesFinding) -> str:
    return MISSING_KINDS[kind] + (", drawn as bars" if kind == "censored" and finding.bounds else "")


def _markdown(text: str) -> str:
    """Return text in which nothing is markup for Markdown or HTML."""
    for sign in "\\`*_{}[]<>|#!$~":
        text = text.replace(sign, f"\\{sign}" if sign not in "<>" else {"<": "&lt;", ">": "&gt;"}[sign])
    return text.replace("\n", " ").replace("\r", " ")
