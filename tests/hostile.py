"""An inquiry in which every answer to every question is hostile: markup, scripts, turned text, formulas, control characters.

Shown as text, none of it does anything. Where it is taken for markup, an element of the class `hurt` appears, or
`window.hurt` is set, or a page asks `hostile.example` for something.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import inquirylab
from inquirylab.definitions import Question
from inquirylab.inquiry import Inquiry
from inquirylab.record.names import KINDS

MARKUP = "<script>window.hurt=1</script><b class=hurt>bold</b>"
POISONS = (
    f"=cmd|'/c calc'!A1 {MARKUP}",
    "</textarea></title></style></svg></script></option>--><img class=hurt src=x onerror=window.hurt=1>",
    '"\' class="hurt" onmouseover="window.hurt=1" x=\'',
    "\u202eturned \u202dover \u2066\u2067and never turned back\u200f",
    "😀👩‍🏫🏳️‍🌈 e\u0301 مرحبا 12 שלום",
    "one\u2028two\u2029three\u0085four \x1b[31mred\x07 \x01\x08\x0b\x7f\ufffe",
    "[x](javascript:window.hurt=1) ![i](https://hostile.example/p.png) <https://hostile.example> **bold** `code` ~~gone~~",
    "$$\\href{javascript:window.hurt=1}{x}$$ $\\class{hurt}{y}$ \\(a\\) \\[b\\]",
    '{{ 7*7 }} {% raw %} ${7*7} <%= 7*7 %> {"a": 1} __proto__ constructor',
    '%%{init: {}}%% ]] --> "]; click n0 "javascript:window.hurt=1" #quot; &lt;b class=hurt&gt; &amp;lt;',
    "| a | b |",
)
LINES = "\n# Heading\n- item\n1. one\n> quote\n```\ncode\n```\n---\n|a|b|\n|-|-|\n\n    indented\n<div class=hurt>\n\n</div>\n$$x$$\n"
LONG = "Long <b class=hurt> words \u202e " * 4000
DATES = ("2026-01-12", "2026-02-16")


class _Answers:
    """Hostile answers to the questions of forms; each begins with another poison."""

    def __init__(self, own: str = "") -> None:
        self._turn = itertools.count()
        self.own = own

    def text(self, lines: bool) -> str:
        turn = next(self._turn) % len(POISONS)
        words = " ".join((*POISONS[turn:], *POISONS[:turn]))
        return words + (LINES if lines else "")

    def group(self, questions: Sequence[Question], path: str) -> dict[str, Any]:
        answers = {q.id: self.answer(q, f"{path}.{q.id}") for q in questions if not q.derived}
        return {k: v for k, v in answers.items() if v is not None}

    def answer(self, q: Question, path: str) -> Any:
        if q.kind in ("text", "long_text"):
            return self.text(q.kind == "long_text")
        if q.kind == "choice":
            return [c.id for c in q.choices] if q.many else q.choices[next(self._turn) % len(q.choices)].id
        if q.kind == "group":
            return self.group(q.questions, path)
        if q.kind == "list" and q.item:
            one = Question(id=q.id, prompt="", kind=q.item, to=q.to)
            return [self.answer(one, path) for _ in range(2)]
        if q.kind == "list":
            kind = KINDS.get(path.replace("causes.whys", "causes.why_chains.whys"), f"{path.replace('.', '_')}")
            return {f"{kind}{n}": self.group(q.questions, path) for n in (1, 2)}
        plain = {
            "reference": f"{q.to[0]}1" if q.to else None,
            "date": DATES[next(self._turn) % 2],
            "yes_no": True,
            "integer": q.minimum if q.minimum is not None else 3,
            "number": q.minimum if q.minimum is not None else 0.5,
            "attachment": f"{MARKUP}.png",
        }
        return plain.get(q.kind)


def answers(roots: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield root -> hostile answers to all its questions; of a collection two items by id."""
    hostile = _Answers()
    for root, form in roots.items():
        if form.collection:
            yield root, {f"{form.id}{n}": hostile.group(form.questions, root) for n in (1, 2)}
        else:
            yield root, hostile.group(form.questions, root)


def hostile_inquiry(folder: Path, author: str = f"ana {MARKUP} \u202e") -> Inquiry:
    """Make an inquiry with every question of every form answered hostilely, and open it."""
    inquiry = inquirylab.create(folder, title="x", author=author)
    for root, given in answers(inquiry.roots.forms):
        if inquiry.roots.forms[root].collection:
            for item, fields in given.items():
                inquiry.add(root, {"id": item, **fields})
        else:
            _fill(inquiry, root, {k: v for k, v in given.items() if k != "language"})
    for n, effect in ((1, "aim"), (2, "driver1")):
        inquiry.set(f"driver_diagram.drivers.driver{n}.level", n)
        inquiry.set(f"driver_diagram.edges.driver_diagram_edges{n}", {"cause": f"driver{n}", "effect": effect})
    for number, week in enumerate(range(1, 29)):
        row = {"measure": "measure1", "date": f"2026-01-{week:02}", "numerator": 3 + number % 4, "denominator": 40}
        inquiry.add("measure_data", {**row, "site": "", "note": MARKUP})
    return inquiry


def _fill(inquiry: Inquiry, path: str, given: Mapping[str, Any]) -> None:
    for key, value in given.items():
        here = f"{path}.{key}"
        kind = inquiry.roots.spot(here).kind
        if kind == "group":
            _fill(inquiry, here, value)
        elif kind == "list":
            for item in value.items() if isinstance(value, Mapping) else value:
                inquiry.add(here, {"id": item[0], **item[1]} if isinstance(value, Mapping) else item)
        else:
            inquiry.set(here, value)


class Page(HTMLParser):
    """A piece of HTML as a browser's parser takes it apart: elements, addresses, words; and whether all is closed."""

    VOID = frozenset(
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
    )

    def __init__(self, html: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.wrong += [f"<{t}> is never closed" for t in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if "hurt" in (said.get("class") or "").split() or any(name.startswith("on") for name in said):
            self.wrong.append(f"{self.get_starttag_text()}")
        for name in ("href", "src", "xlink:href", "action"):
            address = (said.get(name) or "").strip().lower()
            loads = address.startswith(("http", "//")) and tag != "a"  # an address that people may click is words
            if loads or address.startswith(("javascript:", "data:text")):
                self.wrong.append(f"{tag} {name}={address[:60]}")
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:  # SVG closes elements so
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        if not self._open or self._open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """All words."""
        return "".join(self.words)
