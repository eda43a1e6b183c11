"""The methods of a publication in plain words: the measure, the charts, the rules, and how small groups are protected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from inquirylab.charts.words import capital, listing, lower, plural
from inquirylab.findings.comparability import OPERATIONAL
from inquirylab.record.types import Measure
from inquirylab.reports.figure import RULES
from inquirylab.reports.page import PUBLISHED, render
from inquirylab.reports.published_index import PoolView
from inquirylab.spc import explain

KINDS = {
    "part": "The numerator is part of the denominator. Those counted above the line and the others are two columns of one table, "
    "with their sum: a rate is in print only where both of its counts are.",
    "pair": "Numerator and denominator count different things. Each has a table of its own: a rate is in print only where both are.",
    "mean": "A mean is in print where the number of those behind it is. Sums of values are never in print.",
    "count": "Counts, with their totals.",
}
GUARANTEE = (
    "For every hidden count there are two complete tables of whole numbers, none below zero, which differ there by at least {width} "
    "and both reproduce every number in print: cells, totals, and those of all earlier publications of this report. "
    "Whoever reads everything that was published cannot tell them apart. The proof of each table was checked in whole numbers; "
    "a table without a proof is not published."
)
ZEROS = {
    "small": "A zero is hidden like any small count.",
    "public": "Zeros are printed, so that everyone knows that nothing hidden is zero; the proof counts with that.",
}
NOT_PROMISED = (
    "What people know of themselves or of friends.",
    "Numbers published elsewhere, such as an enrolment register or a state's own table, and numbers that hardly change from one "
    "period to the next: each period is protected by itself.",
    "Likelihoods: within its interval a hidden count need not be equally likely to be anything.",
    "What several things counted of one person say: the rules count what the measure counts.",
)
CONVENTIONS = (
    "A point on the centre line neither counts towards a run nor ends it. Fewer than ten useful points are drawn and not judged. "
    "A hidden number is a gap: no line crosses it, and runs are counted over the numbers in print. Outlying moving ranges are "
    "dropped once. Other tools differ in these points; the differences are documented with the software (docs/deviations.md)."
)


@dataclass(frozen=True)
class Section:
    """One part of the methods: paragraphs, then facts (name, words), then a list."""

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Protection:
    """How small groups were protected: the rules of this publication and what they came to.

    Attributes
    ----------
    min_n, zeros
        The smallest group in print, and what a zero is.
    authority
        Who, when and why, for a smallest group below five.
    printed, hidden
        Rates in print and hidden, of sites, groups and totals.
    tables
        How many tables were proved.
    earlier
        The dates of earlier publications whose numbers are protected together with these.
    """

    min_n: int
    zeros: str
    authority: Mapping[str, str]
    printed: int
    hidden: int
    tables: int
    earlier: Sequence[str] = ()


def methods_sections(views: Sequence[PoolView], protection: Protection) -> list[Section]:
    """Return all parts in the order in which people ask."""
    out = [_protection(protection), Section("not-promised", "What is not promised", items=NOT_PROMISED)]
    for view in views:
        out += _measure(view, several=len(views) > 1)
    out.append(Section("conventions", "Conventions", (CONVENTIONS,)))
    out.append(
        Section(
            "checked",
            "How it was checked before it left",
            (
                "Every file of this publication was read by a program as a curious reader would read it, beside the unprotected counts: "
                "texts, tables, labels, alternative texts, the data inside charts, file names, the text of the PDF. It looked for hidden "
                "counts, for rates that come from one, for small counts and for names. A publication in which it finds one is withheld.",
            ),
        )
    )
    return out


def _protection(p: Protection) -> Section:
    facts = [
        ("Smallest group in print", f"{p.min_n}. Smaller counts are hidden, and as many others as it takes to protect them."),
        ("Zeros", ZEROS[p.zeros]),
        ("One look", "Nothing says whether a number is hidden for being small, to protect another, or by its own publisher."),
        ("What was hidden", f"{p.hidden:,} of {p.printed + p.hidden:,} rates of sites, groups and totals are not in print, in "
                            f"{plural(p.tables, 'table')}: one for each period, with every total over sites and groups."),
        ("Periods", "No total over periods holds a hidden number, so that no two tables share one."),
        ("Lines and signals", "Centre lines, limits and signals are worked out from the numbers in print alone."),
    ]  # fmt: skip
    if p.authority:
        said = "; ".join(f"{name}: {words}" for name, words in p.authority.items())
        facts.append(("Groups below five", f"Allowed by a recorded authority. {capital(said)}."))
    if p.earlier:
        facts.append(
            ("Earlier publications", f"{listing(p.earlier, 8)}: their numbers are frozen, what they hid stays hidden, and all "
                                     "publications are protected together.")
        )  # fmt: skip
    return Section(
        "small-groups", "How small groups are protected", (GUARANTEE.format(width=p.min_n - 1),), tuple(facts)
    )


def _measure(view: PoolView, several: bool) -> list[Section]:
    measure, found = view.pool.measure, view.published.found
    assert found is not None
    number = f"-{view.number}" if several else ""
    title = f"The measure: {view.voice.name}" + (f", {plural(len(view.pool.sites), 'site')}" if several else "")
    facts = [
        (words, value)
        for field_, words in OPERATIONAL.items()
        if field_ != "name" and (value := _words(measure, field_))
    ]
    first = next(iter(view.held))
    where = explain(found.analysis, site=first)
    rules = [RULES.get(r, r) for r in (measure.rules or ("anhoej",))]
    rules += [] if found.chart == "run" else ["a point beyond 3-sigma limits"]
    chart = [
        ("Chart", f"{where.title}. {found.reason}"),
        ("Formula", f"{capital(where.formula)}."),
        ("Source", f"{where.source}."),
        ("Signals", f"{capital(listing(rules))}."),
        *((name, str(words)) for name, words in view.methods if name not in ("Chart", "Signals", "Who is counted")),
    ]
    said = [KINDS[view.published.protected.shape], *view.published.protected.left_out]
    if measure.source:
        said.append(measure.source)
    return [
        Section(f"measure{number}", title, tuple(said), tuple(facts)),
        Section(f"chart{number}", f"The charts of {lower(view.voice.name)}", (), tuple(chart), where.differences),
    ]


def _words(measure: Measure, field_: str) -> str:
    value = getattr(measure, field_)
    return "" if value is None else " ".join(str(value).split())


def methods_page(sections: Sequence[Section], where: str, made: str) -> str:
    """Return the methods page."""
    return render(
        "methods.html.j2",
        mark=PUBLISHED,
        title="Methods",
        sections=sections,
        links=[("small-groups", "Small groups"), ("conventions", "Conventions"), ("checked", "Checks")],
        narrow=True,
        where=where,
        made=made,
        index=Markup('<nav class="crumbs" aria-label="Report"><a href="index.html">← All sites</a></nav>'),
    )
