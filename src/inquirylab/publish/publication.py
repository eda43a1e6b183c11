"""A publication: made in a draft from protected numbers alone, scanned, entered in the ledger, put in place."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from inquirylab.charts.words import day
from inquirylab.errors import PrivacyError
from inquirylab.findings.comparability import Pool, pools
from inquirylab.findings.published import find_published
from inquirylab.privacy.facts import Finding
from inquirylab.progress import read_each
from inquirylab.publish.assets import copy_assets
from inquirylab.publish.authority import FIELDS, policy_of
from inquirylab.publish.consolidated import Source
from inquirylab.publish.data_package import write_numbers
from inquirylab.publish.draft_folder import MARK, draft_folder, put_folder_in_place, refuse_place
from inquirylab.publish.files import write_atomically
from inquirylab.publish.ledger import Entry, Ledger, ledger_path
from inquirylab.publish.own_scan import scan_publication
from inquirylab.publish.pdf import pdf
from inquirylab.publish.protecting import ProtectedPool, protect_pool, shape_of
from inquirylab.record.types import Measure
from inquirylab.reports.index_page import SiteResult
from inquirylab.reports.notebook_page import Neighbour, Place
from inquirylab.reports.paper import paper
from inquirylab.reports.published_index import PoolView, pool_view, published_index, unseen_sites
from inquirylab.reports.published_methods import Protection, methods_page, methods_sections
from inquirylab.reports.published_site import published_site
from inquirylab.store.measure_file import read_measure
from inquirylab.store.site_data import Reading


@dataclass(frozen=True)
class Rules:
    """The rules of a publication.

    Attributes
    ----------
    min_n
        The smallest group in print; None for the measure's own, or ten.
    zeros
        What a zero is: "small" or "public".
    authority
        Who, when and why, for a smallest group below five.
    names
        Names of people that must not stand in any file.
    within_sites
        Show the groups of each site too; far more has to be hidden then.
    """

    min_n: int | None = None
    zeros: str = "small"
    authority: Mapping[str, str] = field(default_factory=dict)
    names: Sequence[str] = ()
    within_sites: bool = False


@dataclass(frozen=True)
class Publication:
    """What came of it: the folder, or what was found and withheld it."""

    folder: Path
    findings: tuple[Finding, ...]
    min_n: int
    printed: int
    hidden: int


def publish(
    out: Path,
    dest: Path,
    results: Sequence[SiteResult],
    sources: Sequence[Source],
    rules: Rules | None = None,
    *,
    title: str = "",
    today: dt.date | None = None,
) -> Publication:
    """Make a publication of a batch's sites, and put it in place if the scan finds nothing in it.

    Parameters
    ----------
    out
        The folder of the formative report; the ledger stands beside it.
    dest
        Where the publication goes. An earlier one there is replaced; nothing else is.
    results
        One a site of the list.
    sources
        Where each completed site's numbers are; they are read anew.
    rules
        How small groups are protected.
    title
        What the report is called.
    today
        The date that it bears.

    Raises
    ------
    PrivacyError
        The numbers cannot be protected, or only at too high a price; the error says what else could be done.
    """
    rules = rules or Rules()
    ledger = Ledger.read(ledger_path(out))
    refuse_place(dest, out, ledger.path)
    parts = _pools(sources)
    min_n = rules.min_n if rules.min_n is not None else max([10, *(p.measure.min_n or 10 for p, _ in parts)])
    policy = policy_of(min_n, rules.zeros, dict(rules.authority))
    made = (today or dt.date.today()).isoformat()
    name = f"{title or dest.name}, {made}"
    protected = [
        protect_pool(pool, reading, policy, ledger.earlier, name, rules.within_sites) for pool, reading in parts
    ]
    printed = sum(int(p.protected.table["published"].sum()) for p in protected)
    total = sum(len(p.protected.table) for p in protected)
    said = Protection(
        min_n,
        rules.zeros,
        {FIELDS[k]: v for k, v in rules.authority.items()} if policy.authority else {},
        printed,
        total - printed,
        sum(len(tables) for p in protected for tables in p.released.values()),
        tuple(dict.fromkeys(day(e.made) for e in ledger.entries)),
    )
    with draft_folder(dest) as draft:
        views = _write(
            draft, protected, results, said, title, f"Published {day(made)} with inquirylab {version('inquirylab')}."
        )
        about = {"format": 1, "title": title, "made": made, "inquirylab": version("inquirylab"), "min_n": min_n,
                 "zeros": rules.zeros, "measures": [v.voice.name for v in views]}  # fmt: skip
        write_atomically(draft / MARK, json.dumps(about, ensure_ascii=False, indent=1) + "\n")
        findings = tuple(scan_publication(draft, protected, policy, rules.names))
        if not findings:
            ledger.add(Entry(name, made, min_n, rules.zeros, dict(rules.authority) if policy.authority else {},
                             [p.released for p in protected]))  # fmt: skip
            put_folder_in_place(draft, dest)
    return Publication(dest, findings, min_n, printed, total - printed)


def _pools(sources: Sequence[Source]) -> list[tuple[Pool, Reading]]:
    """Read every site's numbers anew, by operational definition.

    A definition whose numbers have no counts cannot be published; the others are, unless there are none.
    """
    forms: dict[str, Measure] = {}
    sites: list[tuple[str, Measure]] = []
    path_of: dict[str, tuple[str, str]] = {}
    for source in sources:
        if source.measure and source.parameters.get("data"):
            forms.setdefault(source.measure, read_measure(source.measure))
            sites.append((source.name, forms[source.measure]))
            path_of[source.name] = (source.measure, str(source.parameters["data"]))
    if not sites:
        raise PrivacyError(
            "No site of this batch has a measure and data to publish",
            cure="Publish a batch of a template that takes `data` and `measure`, such as 06_progress.",
        )
    out, refused = [], list[PrivacyError]()
    for pool in pools(sites):
        by_form: dict[str, list[tuple[str, str]]] = {}
        for name in pool.sites:
            form, data = path_of[name]
            by_form.setdefault(form, []).append((name, data))
        readings = [read_each(pairs, forms[form]) for form, pairs in by_form.items()]
        reading = readings[0] if len(readings) == 1 else _together(readings)
        try:
            shape_of(reading.rows, pool)
        except PrivacyError as error:
            refused.append(error)
        else:
            out.append((pool, reading))
    if not out:
        raise refused[0]
    return out


def _together(readings: Sequence[Reading]) -> Reading:
    import pandas as pd

    return Reading(
        pd.concat([r.rows for r in readings], ignore_index=True),
        pd.concat([r.missing for r in readings], ignore_index=True),
        f"{len(readings)} files",
        sum(r.read for r in readings),
        sum(r.used for r in readings),
    )


def _write(
    draft: Path,
    protected: Sequence[ProtectedPool],
    results: Sequence[SiteResult],
    said: Protection,
    title: str,
    made: str,
) -> list[PoolView]:
    """Write all pages and files of a publication."""
    published = [find_published(p.protected) for p in protected]
    pages = {r.name: r.href for r in results if r.href}
    views = [view for number, one in enumerate(published)
             if (view := pool_view(one, pages, len(results), number)) is not None]  # fmt: skip
    if not views:
        raise PrivacyError(
            "Nothing is left to publish: every number of every site is small, or protects a small one",
            cure="Publish wider groups, longer periods (a term instead of a week), or fewer sites with larger numbers.",
        )
    copy_assets(draft / "assets")
    numbers = [file for v in views for file in write_numbers(draft / "data", v.published.protected, v.number)]
    sections = methods_sections(views, said)
    credits = list(dict.fromkeys(v.pool.measure.source for v in views if v.pool.measure.source))
    index = published_index(views, results, title=title, numbers=numbers, where=title, credits=credits, made=made)
    write_atomically(draft / "index.html", index)
    write_atomically(draft / "methods.html", methods_page(sections, title, made))
    _write_sites(draft, views, pages, title, made)
    sheet = paper(views, sections, unseen_sites(views, results), numbers, title, made)
    (draft / "report.pdf").write_bytes(pdf(sheet))
    return views


def _write_sites(draft: Path, views: Sequence[PoolView], pages: Mapping[str, str], title: str, made: str) -> None:
    shown = [(view, name) for view in views for name in view.held if name in pages]
    shown.sort(key=lambda pair: pair[1].casefold())

    def neighbour(at: int) -> Neighbour | None:
        return Neighbour(shown[at][1], pages[shown[at][1]].rpartition("/")[2]) if 0 <= at < len(shown) else None

    for at, (view, name) in enumerate(shown):
        place = Place(name, "../index.html", len(shown), neighbour(at - 1), neighbour(at + 1))
        write_atomically(draft / pages[name], published_site(view, name, place, title, made))
