"""Keystroke to screen in the live lesson while 2,000 notes are shown, with the real widget in headless Chromium.

Measured in the page, for each key of typed notes: from the time stamp of the key's event to the first moment after the next
frame was drawn. Enter stores a note, so its time holds the whole redraw: feed, seats, timeline. Other observers' notes arrive
meanwhile, as in a lesson.

    python benchmarks/observation.py [--notes 2000] [--lines 40]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

WATCH = """() => { window.took = { key: [], enter: [] };
  const channel = new MessageChannel(), waiting = [];
  channel.port1.onmessage = () => { const [t, k] = waiting.shift(); window.took[k].push(performance.now() - t) };
  addEventListener('keydown', (e) => { const k = e.key === 'Enter' ? 'enter' : 'key';
    requestAnimationFrame(() => { waiting.push([e.timeStamp, k]); channel.port2.postMessage(0) }) }, true) }"""


def main() -> None:
    from playwright.sync_api import sync_playwright

    import inquirylab
    from tests.browser.bench import Bench
    from tests.browser.classroom import note_much, plan_lesson
    from tests.browser.conftest import FLAGS, browser_path

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=2000)
    parser.add_argument("--lines", type=int, default=40)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as p:
        inq = inquirylab.create(Path(folder) / "inquiry", title="Benchmark", author="ana")
        lesson = plan_lesson(inq, minutes_ago=44)
        note_much(inq, lesson, asked.notes)
        browser = p.chromium.launch(executable_path=browser_path(), args=FLAGS)
        page = Bench(browser.new_context(viewport={"width": 1280, "height": 900}), inq.observation(lesson)).page
        page.wait_for_function(f"() => /{asked.notes} notes/.test(document.querySelector('.lg').innerText)")
        page.evaluate(WATCH)
        page.locator("[data-s=A1]").focus()
        with inquirylab.open(inq.folder.path, author="ben") as ben:
            for i in range(asked.lines):
                page.keyboard.type(f"a{i % 4 + 1} s what is the next line {i}?", delay=15)
                page.keyboard.press("Enter")
                if i % 4 == 0:
                    ben.add(
                        "observations",
                        {"lesson": lesson, "t_rel": 2700, "seat": "C1", "kind": "says", "verbatim": f"ben {i}"},
                    )
                time.sleep(0.2)
        took = page.evaluate("window.took")
        browser.close()
        inq.close()
    print(f"{asked.notes} notes shown; milliseconds from key to screen")
    for kind, values in took.items():
        ranks = statistics.quantiles(values, n=100)
        print(f"{kind:6} n={len(values):5}  median {ranks[49]:6.1f}  95th {ranks[94]:6.1f}  largest {max(values):6.1f}")


if __name__ == "__main__":
    main()
