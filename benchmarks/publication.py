"""A publication of many sites: how long it takes, how large its index is, how soon Chromium answers in it.

Run ``python benchmarks/publication.py`` (1,000 made-up sites, 36 weeks), or with another number of sites; ``--groups`` for three
groups. The time of the machine and the time of its processors are both shown: beside other work they differ.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from inquirylab.batch.outcome import Outcome
from inquirylab.batch.report import publish_report
from inquirylab.batch.slugs import slugs
from inquirylab.publish.publication import Rules

ROOT = Path(__file__).parents[1]
GROUPS = {"No support": 0.8, "SEN support": 0.15, "EHC plan": 0.05}
MEASURE = """
name = "Late arrivals"
kind = "proportion"
numerator = "Pupils late"
denominator = "Pupils enrolled"
unit = "%"
direction = "down"
frequency = "week"
[data]
date = ["week"]
site = "school"
numerator = "late"
denominator = "enrolled"
"""


def write(folder: Path, sites: int, weeks: int, grouped: bool) -> Path:
    """Write data, measure and manifest of a batch whose notebooks are not needed here."""
    chance = np.random.default_rng(3)
    names = [f"School {i:04d} of {('Ashby', 'Brent', 'Corley', 'Dunmore', 'Eastham')[i % 5]}" for i in range(sites)]
    size = chance.gamma(4, 60, sites).astype(int) + 30
    lines = ["week,school,support,late,enrolled"]
    for week in range(weeks):
        monday = dt.date(2023, 9, 4) + dt.timedelta(weeks=week)
        for i, name in enumerate(names):
            for group, share in GROUPS.items() if grouped else [("All pupils", 1.0)]:
                n = int(size[i] * share) + 1
                lines.append(f"{monday},{name},{group},{chance.binomial(n, 0.08 + 0.05 * (i % 3) / 3)},{n}")
    (folder / "late.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "late.toml").write_text(MEASURE + ('group = ["support"]\n' if grouped else ""), encoding="utf-8")
    given = {"data": str(folder / "late.csv"), "measure": str(folder / "late.toml")}
    entries = [
        {**Outcome(n, s, "completed", page=f"sites/{s}.html").to_dict(), "parameters": {"site": n, **given}}
        for n, s in slugs(names).items()
    ]
    out = folder / "report"
    out.mkdir()
    manifest = {"format": 1, "made": "", "title": "Late arrivals", "sites": entries}
    (out / "batch.json").write_text(json.dumps(manifest), encoding="utf-8")
    return out


def interactive(page: Path) -> float:
    """Return the seconds until the index answers to a letter typed into its search."""
    sys.path.insert(0, str(ROOT / "scripts"))
    from find_browser import find_browser
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-dev-shm-usage"])
        tab = browser.new_page(viewport={"width": 1440, "height": 900})
        start = time.perf_counter()
        tab.goto(page.resolve().as_uri(), wait_until="commit")
        tab.locator("#q").fill("0007")
        tab.wait_for_function("() => document.querySelector('#count').textContent.startsWith('1 of')")
        seconds = time.perf_counter() - start
        browser.close()
    return seconds


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("sites", nargs="?", type=int, default=1000)
    asked.add_argument("--weeks", type=int, default=36)
    asked.add_argument("--groups", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        out = write(folder, given.sites, given.weeks, given.groups)
        wall, cpu = time.perf_counter(), time.process_time()
        made = publish_report(out, folder / "public", Rules())
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(f"{given.sites} sites, {given.weeks} weeks: {cpu:.0f} s of processor time, {wall:.0f} s on this machine")
        print(f"{len(made.findings)} findings; {made.printed:,} of {made.printed + made.hidden:,} rates in print")
        for name in ("index.html", "report.pdf"):
            print(f"{name}: {(folder / 'public' / name).stat().st_size / 1e6:.2f} MB")
        print(f"index interactive in Chromium after {interactive(folder / 'public' / 'index.html'):.2f} s")


if __name__ == "__main__":
    main()
