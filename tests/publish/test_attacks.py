"""Our own publication with one leak planted in it, for each way out: the scan finds it, and finds nothing without it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from inquirylab.charts.words import day
from inquirylab.findings.comparability import Pool
from inquirylab.privacy.facts import Finding
from inquirylab.privacy.policy import Policy
from inquirylab.publish.own_scan import scan_publication
from inquirylab.publish.pdf import pdf
from inquirylab.publish.protecting import ProtectedPool, protect_pool
from inquirylab.store.measure_file import read_measure
from inquirylab.store.site_data import read_site_data
from tests.publish import small_groups
from tests.publish.test_publication import Place


@dataclass
class Target:
    """A publication, and one number in it that is hidden: so many late at a site in a week."""

    folder: Path
    pool: ProtectedPool
    site: str
    week: str
    late: int
    enrolled: int

    @property
    def date(self) -> str:
        return day(self.week)

    @property
    def record(self) -> dict[str, object]:
        return {"school": self.site, "week": self.week, "late": self.late}

    def scan(self) -> list[Finding]:
        return scan_publication(self.folder, [self.pool], Policy())

    def append(self, name: str, html: str) -> None:
        path = self.folder / name
        page = path.read_text(encoding="utf-8")
        path.write_text(page.replace("</main>", f"{html}</main>"), encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Target:
    """Eight sites; Elm is small, so that its late arrivals are hidden."""
    place = Place(tmp_path_factory.mktemp("attack"), grouped=False)
    rows = [r for r in small_groups.rows(weeks=12) if r[1] != "Elm"]
    rows += [(w, "Elm", g, min(y, 7), n) for w, _, g, y, n in small_groups.rows(("Elm",), 12) if g == "No support"]
    small_groups.write_rows(place.data, rows, grouped=False)
    result = place.publish()
    assert result.exit_code == 0, result.output
    measure = read_measure(place.measure)
    pool = protect_pool(Pool(measure, small_groups.SITES), read_site_data(place.data, measure), Policy(),
                        lambda *_: {}, "x")  # fmt: skip
    week, site, _, late, enrolled = next(r for r in rows if r[1] == "Elm")
    hidden = pool.protected.table
    assert not hidden[(hidden["site"] == "Elm")]["published"].any()
    return Target(place.dest, pool, site, week, late, enrolled)


@pytest.fixture
def target(made: Target, tmp_path: Path) -> Target:
    folder = tmp_path / "public"
    shutil.copytree(made.folder, folder)
    return Target(folder, made.pool, made.site, made.week, made.late, made.enrolled)


def test_our_own_publication_has_none(target: Target) -> None:
    assert target.scan() == []


def notebook(**metadata: object) -> str:
    return json.dumps({"cells": [], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def chart(target: Target, **encoding: object) -> str:
    spec = {"data": {"values": [{"site": target.site, "date": target.date, "y": target.late}]}, "encoding": encoding}
    return f'<script type="application/json" class="chart-spec">{json.dumps({"charts": [spec]})}</script>'


def total_of_the_others(t: Target) -> None:
    """All sites together, and all but one: their difference is the one."""
    table = t.pool.cells[t.pool.cells["x"] == t.week]
    sum_all, rest = int(table["numerator"].sum()), int(table[table["site"] != t.site]["numerator"].sum())
    (t.folder / "totals.csv").write_text(
        f"site,period,numerator\nAll,{t.week},{sum_all}\n"
        + "".join(
            f"{s},{t.week},{int(n)}\n" for s, n in zip(table["site"], table["numerator"], strict=True) if s != t.site
        ),
        encoding="utf-8",
    )
    assert sum_all - rest == t.late


WAYS: dict[str, Callable[[Target], object]] = {
    "totals": total_of_the_others,
    "a rounded percentage": lambda t: t.append(
        "index.html", f"<p>{t.site}, {t.date}: {100 * t.late / t.enrolled:.1f}% late.</p>"
    ),
    "the data of a chart": lambda t: t.append("index.html", chart(t)),
    "a rate in the data of a chart": lambda t: t.append(
        "index.html",
        chart(t).replace(f'"y": {t.late}', f'"y": {100 * t.late / t.enrolled:.4f}'),
    ),
    "a tooltip": lambda t: t.append("index.html", f'<p title="{t.site}, {t.date}: {t.late} late">·</p>'),
    "the domain of an axis": lambda t: t.append("index.html", chart(t, y={"scale": {"domain": [0, t.late]}})),
    "widget state": lambda t: (t.folder / "w.ipynb").write_text(
        notebook(widgets={"application/vnd.jupyter.widget-state+json": {"state": {"1": {"state": {"row": t.record}}}}})
    ),
    "notebook metadata": lambda t: (t.folder / "w.ipynb").write_text(notebook(inquirylab=t.record)),
    "papermill parameters": lambda t: (t.folder / "w.ipynb").write_text(notebook(papermill={"parameters": t.record})),
    "an alternative text": lambda t: t.append("index.html", f'<svg role="img" aria-label="{t.site}, {t.date}: {t.late} late"/>'),
    "the text of a PDF": lambda t: (t.folder / "more.pdf").write_bytes(one_page(f"{t.site}, {t.date}: {t.late} late")),
    "an alternative text in a PDF": lambda t: (t.folder / "more.pdf").write_bytes(
        one_page("See the chart", f"{t.site}, {t.date}: {t.late} late")
    ),
    "the name of a file": lambda t: (t.folder / f"{t.site} {t.date} {t.late} late.svg").write_text("<svg></svg>"),
    "CSV": lambda t: (t.folder / "more.csv").write_text(f"site,period,n\n{t.site},{t.week},{t.late}\n"),
    "a page named after the site": lambda t: (t.folder / "sites" / "elm.html").write_text(
        f"<table><tr><th>week</th><th>late</th></tr><tr><td>{t.date}</td><td>{t.late}</td></tr></table>"
    ),
    "a second release": lambda t: (t.folder / "earlier.json").write_text(
        json.dumps([{"site": t.site, "period": t.week, "numerator": t.late, "denominator": t.enrolled}])
    ),
}  # fmt: skip


def one_page(text: str, alt: str = "A chart") -> bytes:
    """A page laid out as ours are."""
    svg = {"svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0H9"/></svg>', "alt": alt}
    lists = [
        "facts",
        "missing",
        "unseen",
        "said",
        "differences",
        "shared",
        "feed",
        "sites",
        "groups",
        "others",
        "methods",
        "numbers",
    ]
    empty: dict[str, object] = {name: [] for name in lists}
    words = dict.fromkeys(
        ("title", "report", "mark", "mark_says", "on_paper", "lede", "about", "comparable", "changed", "sites_title", "sites_says",
         "equity", "made"), "x",
    )  # fmt: skip
    return pdf({**words, **empty, "facts": [["1", "x"]], "lede": text, "coverage": svg, "spread": None})


@pytest.mark.parametrize("way", WAYS)
def test_a_planted_leak_is_found(target: Target, way: str) -> None:
    WAYS[way](target)
    found = target.scan()
    assert found, way
    assert all(finding.where for finding in found)
