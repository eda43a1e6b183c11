"""A real widget and its real script in Chromium, without a notebook server: messages and traits go over a short bridge.

What a kernel and a notebook do with comms, this does with a queue; everything that is ours is the real thing. A far or
busy hub answers late: the environment's INQUIRYLAB_LAG names the milliseconds that a message may take, each way.
"""

from __future__ import annotations

import json
import os
import queue
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

STATIC = Path(__file__).parents[2] / "src" / "inquirylab" / "static"

LAG = int(os.environ.get("INQUIRYLAB_LAG", "0"))
ADDRESS = "https://bench.example/"

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>bench</title><style>%(css)s
body{margin:0;padding:8px;background:light-dark(#fbfcfd,#0d1217);color-scheme:light dark}</style></head>
<body><main><div id="view"></div></main></body></html>"""

BRIDGE = """async ([source, traits, late]) => {
  const listeners = {};
  const on = (event, f) => (listeners[event] ??= []).push(f);
  const off = (event, f) => { listeners[event] = (listeners[event] ?? []).filter((g) => g !== f) };
  const emit = (event, ...a) => (listeners[event] ?? []).slice().forEach((f) => f(...a));
  let connected = true;
  const take = (events) => { for (const e of events) {
    if ('trait' in e) { traits[e.trait] = e.value; emit('change:' + e.trait) } else emit('msg:custom', e.message) } };
  const lag = () => new Promise((done) => setTimeout(done, Math.random() * late));
  let there = Promise.resolve(), back = Promise.resolve(), polls = 0;
  const post = (text) => { // what is sent first arrives first, as over a socket
    const answer = there = Promise.all([there, late ? lag() : 0]).then(() => toPython(text));
    return back = Promise.all([back, answer.then(late ? lag : null)]).then(() => answer).then(take) };
  const model = { get: (t) => traits[t], on, off, send: (m) => { if (connected) post(JSON.stringify(m)) } };
  window.bench = { connect: (yes) => { connected = yes }, stop: () => clearInterval(timer) };
  const timer = setInterval(() => connected && !polls && (polls += 1, post('null').then(() => { polls -= 1 })), 60);
  const module = await import(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
  const widget = await module.default();
  await widget.initialize({ model });
  await widget.render({ model, el: document.getElementById('view') });
}"""

DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() => null)"
SAVED = """() => {
  const said = document.querySelector('.iq .state [role=status]')?.innerText ?? '';
  return /saved/i.test(said) && !/Not saved/.test(said) }"""


class Bench:
    """One page that shows one widget.

    Parameters
    ----------
    context
        Where the page opens: its width, colours and being offline are the context's.
    widget
        A :class:`inquirylab.widgets.record_view.RecordView`.
    """

    def __init__(self, context: BrowserContext, widget: Any) -> None:
        self.widget = widget
        self.page: Page = context.new_page()
        self.said: list[str] = []
        self._events: queue.Queue[dict[str, Any]] = queue.Queue()
        self.page.on("console", lambda m: self.said.append(m.text))
        self.page.on("pageerror", lambda e: self.said.append(str(e)))
        widget.send = lambda content, buffers=None: self._events.put({"message": content})
        self._traits = [
            t
            for t in widget.traits(sync=True)
            if not t.startswith("_") and t not in ("layout", "tabbable", "tooltip", "comm")
        ]
        widget.observe(
            lambda change: self._events.put({"trait": change["name"], "value": change["new"]}), names=self._traits
        )
        self.page.expose_function("toPython", self._to_python)
        self.page.route(ADDRESS, lambda route: route.fulfill(content_type="text/html", body="<!doctype html>"))
        self.show()

    def show(self) -> None:
        """Draw the widget on an empty page, as after a reload."""
        self.page.goto(ADDRESS)  # an origin of its own, so that the browser keeps things, as it does for a notebook
        css = (STATIC / f"{self.widget.stem}.css").read_text(encoding="utf-8")
        self.page.set_content(PAGE % {"css": css})
        source = (STATIC / f"{self.widget.stem}.js").read_text(encoding="utf-8")
        traits = {t: getattr(self.widget, t) for t in self._traits}
        self.page.evaluate(BRIDGE, [source, traits, LAG])

    def _to_python(self, message: str) -> list[dict[str, Any]]:
        content = json.loads(message)
        if content is not None:
            self.widget._receive(self.widget, content, [])
        events = []
        while not self._events.empty():
            events.append(self._events.get())
        return events

    def saved(self) -> None:
        """Wait until the view says that everything is saved."""
        self.page.evaluate(DRAWN)
        self.page.wait_for_function(SAVED)
