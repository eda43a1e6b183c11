"""From a keystroke to the screen in the driver diagram, with sixty nodes, all of them drawn; and how large its script is.

    python benchmarks/driver_diagram.py [--keys 120] [--json]

Real key events in headless Chromium, without a notebook server: from the event's own time stamp until the frame that
follows it has been handed over (Alt by itself is no keystroke); beside it the processor time of the page's main thread,
which a busy machine does not lengthen. The kernel's answers come over a bridge, as a notebook's would over a socket.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from find_browser import find_browser  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from tests.browser.bench import STATIC, Bench  # noqa: E402
from tests.browser.theories import sixty  # noqa: E402

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
WATCH = """() => { window.took = [];
  addEventListener('keydown', (e) => { if (e.key === 'Alt') return; const from = e.timeStamp; requestAnimationFrame(() => {
    const after = new MessageChannel(); after.port1.onmessage = () => took.push(performance.now() - from);
    after.port2.postMessage(0) }) }, true) }"""


def begin(page: Any, what: str) -> None:
    """Bring the focus to where the keys are pressed."""
    first = page.locator(".dia .lv4 .node").first
    if what == "arrows in the tree":
        page.locator("[role=treeitem]").first.focus()
    elif what == "arrows in the diagram":
        first.focus()
    elif what == "typing in a node":
        first.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".inplace")
    elif what == "typing in the panel":
        first.click()
        page.locator(".panel textarea").first.focus()
    else:
        page.locator(".dia .lv4 .node").nth(20).focus()


KEYS = {
    "arrows in the tree": ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"),
    "arrows in the diagram": ("ArrowDown", "ArrowDown", "ArrowLeft", "ArrowRight"),
    "typing in a node": tuple("early word "),
    "typing in the panel": tuple("early word "),
    "weak and strong": ("w",),
    "moving up and down": ("Alt+ArrowUp", "Alt+ArrowDown"),
}


def busy(page: Any, session: Any) -> float:
    """Return the seconds of processor time that the page's main thread has used; waiting for a core is not counted."""
    page.wait_for_timeout(100)
    found = session.send("Performance.getMetrics")["metrics"]
    return float(next(m["value"] for m in found if m["name"] == "TaskDuration"))


def measured(keys: int) -> dict[str, Any]:
    """Press keys and return milliseconds, median and 95th percentile, by what was done."""
    out: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder, sixty(Path(folder) / "large") as inq, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=find_browser(), args=FLAGS)
        context = browser.new_context(viewport={"width": 1440, "height": 1000}, offline=True)
        page = Bench(context, inq.driver_diagram()).page
        page.get_by_role("button", name="Unfold all").click()
        page.wait_for_function("() => document.querySelectorAll('.dia .node').length === 60")
        page.evaluate(WATCH)
        session = context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        for what, pressed in KEYS.items():
            begin(page, what)
            page.wait_for_timeout(500)
            page.evaluate("took.length = 0")
            before = busy(page, session)
            for n in range(keys):
                page.keyboard.press("Space" if pressed[n % len(pressed)] == " " else pressed[n % len(pressed)])
                page.wait_for_timeout(30)
            page.wait_for_function("n => took.length >= n", arg=keys)
            took = sorted(page.evaluate("took"))
            own = 1000 * (busy(page, session) - before) / keys
            p95 = took[int(0.95 * len(took))]
            out[what] = {"median": statistics.median(took), "p95": p95, "cpu": own, "keys": len(took)}
            page.keyboard.press("Escape")
        browser.close()
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=120)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = measured(asked.keys)
    script = len(gzip.compress((STATIC / "driver_diagram.js").read_bytes()))
    if asked.json:
        print(json.dumps({"milliseconds": found, "script_gzip": script}))
        return
    print("keystroke to screen, 60 nodes drawn (ms)")
    for what, times in found.items():
        middle, p95, own = times["median"], times["p95"], times["cpu"]
        print(
            f"  {what:24} median {middle:5.1f}   p95 {p95:5.1f}   processor {own:5.1f} a key   ({times['keys']} keys)"
        )
    print(f"script: {script / 1000:.1f} kB gzipped")


if __name__ == "__main__":
    main()
