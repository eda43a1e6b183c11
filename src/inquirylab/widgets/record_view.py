"""What every widget of the record has: its part of the answers, the forms that ask for them, and the way back."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from inquirylab.errors import InquiryError
from inquirylab.record.export import label_of
from inquirylab.record.names import names
from inquirylab.record.shown_text import brief, for_display, readable
from inquirylab.reports.answers import answers_html, answers_markdown
from inquirylab.reports.fragment import framed
from inquirylab.widgets.answers import for_views, form_for_views, private_questions
from inquirylab.widgets.large_root import LargeRoot
from inquirylab.widgets.live import Live
from inquirylab.widgets.pictures import as_address, still
from inquirylab.widgets.view_state import ViewState, notebooks_in

STATIC = Path(__file__).parents[1] / "static"
LATELY = 200
ANSWERS_KEPT = 8


class RecordView(ViewState):
    """A widget over some roots of the record.

    A subclass names its `stem` (its script is ``static/<stem>.js``) and its `roots`, and may work out more for its view
    in :meth:`worked_out`, answer what its view asks in :meth:`answer`, and say itself better in :meth:`html`.
    Collections that grow to thousands of items it names in `large` too: of those only what changed is sent.
    """

    stem: ClassVar[str] = ""
    roots: ClassVar[tuple[str, ...]] = ()
    large: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "stem" in cls.__dict__:  # not the class that traitlets makes for one widget
            cls._esm = STATIC / f"{cls.stem}.js"
            cls._css = STATIC / f"{cls.stem}.css"
        super().__init_subclass__(**kwargs)

    def __init__(self, live: Live, **kwargs: Any) -> None:
        self.live = live
        self._large = {root: LargeRoot(root) for root in self.large}
        self._answered: OrderedDict[str, dict[str, Any]] = OrderedDict()
        # all at once: a view that opens before its state has come would not know whose words it keeps
        super().__init__(
            inquiry=live.inquiry.folder.id,
            me=live.inquiry.author,
            read_only="" if live.inquiry.folder.writable else "The folder is read-only for you.",
            **self._standing(),
            **self._thorough(),
            **kwargs,
        )
        self._send_large()
        live.join(self)
        self.on_msg(self._receive)

    # what a subclass may say

    def worked_out(self) -> dict[str, Any]:
        """Return what the view shows beyond answers, as plain data."""
        return {}

    def answer(self, question: str, details: Mapping[str, Any]) -> Any:
        """Answer what the view asks: ``history`` of a path, an attached ``picture``; a subclass may know more."""
        if question == "history":
            return self._history(str(details.get("path") or ""))
        if question == "picture":
            return as_address(self.live.inquiry.attachment(str(details.get("name") or "")))
        raise InquiryError(f"This view cannot answer {question!r}", cure="Run the notebook again.")

    def html(self) -> str:
        """Return the content as HTML that needs no script: for print, export and a notebook that nobody runs."""
        record, roots = self.live.inquiry.leaving, self.live.inquiry.roots
        return answers_html(record, roots, self.roots, still(self.live.inquiry.attachment))

    def markdown(self) -> str:
        """Return the content as Markdown."""
        record, roots = self.live.inquiry.leaving, self.live.inquiry.roots
        return answers_markdown(record, roots, self.roots)

    # state

    def refresh(self, thoroughly: bool = False) -> None:
        """Take what stands in the record into the traits, and so to every page."""
        self._send_large()
        now = {**self._standing(), **(self._thorough() if thoroughly else {})}
        with self.hold_sync():
            for trait, value in now.items():
                setattr(self, trait, value)

    def _standing(self) -> dict[str, Any]:
        inquiry = self.live.inquiry
        record, roots = inquiry.record, inquiry.roots
        used = {r: roots.forms[r] for r in self.roots}
        small = {r: f for r, f in used.items() if r not in self._large}
        answers = {r: for_views(record.tree.get(r, {}), f.questions, f.collection) for r, f in small.items()}
        for root, form in small.items():
            for word in private_questions(form):
                mine = inquiry.get(f"{root}.{word}")
                if mine is not None:
                    answers[root][word] = mine
        return {
            "title": brief(str(record.about.title or "")),
            "site": brief(str(record.about.site or "")),
            "forms": {r: form_for_views(f) for r, f in used.items()},
            "answers": answers,
            "names": [n._replace(label=brief(n.label))._asdict() for n in names(record, roots, without=self.large)],
            "removed": dict(record.removed),
            "conflicts": inquiry.conflicts(),
        }

    def _send_large(self) -> None:
        record, roots = self.live.inquiry.record, self.live.inquiry.roots
        for large in self._large.values():
            message = large.take(record.tree.get(large.root), roots.forms[large.root].questions)
            if message:
                self.send(message)

    def _thorough(self) -> dict[str, Any]:
        return {
            "findings": for_display([f.to_dict() for f in self.live.inquiry.findings()]),
            "changes": self._lately(),
            "shown": for_display(self.worked_out()),
            "notebooks": notebooks_in(Path(self.live.inquiry.folder.path)),
        }

    def _lately(self) -> list[dict[str, Any]]:
        mine = self.live.inquiry.author
        others = [h for h in self.live.inquiry.history()[-LATELY * 5 :] if h["author"] != mine and self._tells(h)]
        return others[-LATELY:][::-1]

    def _tells(self, change: Mapping[str, Any]) -> bool:
        """Say whether a change is more than items of a large collection, which show themselves."""
        return not self.large or any(p.split(".")[0] not in self.large for p in change["paths"])

    def _history(self, path: str) -> list[dict[str, Any]]:
        entries = self.live.inquiry.history(path or None)[-LATELY:][::-1]
        earlier = self.live.inquiry.record.earlier.get(path, ())
        for entry in entries:
            written = dt.datetime.fromisoformat(entry["at"]).timestamp() * 1000
            then = (e.value for e in earlier if e.author == entry["author"] and abs(e.milliseconds - written) < 1000)
            entry["value"] = next(then, None)
        return entries

    # messages

    def _receive(self, _: Any, content: Any, __: Any) -> None:
        if not isinstance(content, Mapping):
            return
        kind, number = content.get("kind"), str(content.get("n", ""))
        if kind == "here":
            self.hear(content)
            self.live.here(str(content.get("looking_at", "")))
            self._catch_up(content.get("have"))
        elif kind == "do" and isinstance(content.get("operation"), Mapping):
            self.send(self.live.carry_out(number, content["operation"]))
        elif kind == "ask":
            self.send({"kind": "told", "n": number, **self._told(number, content)})

    def _catch_up(self, have: Any) -> None:
        """Send a page a large collection whole, if it holds another state of it than this kernel sent last."""
        if isinstance(have, Mapping):
            with self.live.lock:
                behind = [large for root, large in self._large.items() if have.get(root, "") != large.now]
                for large in behind:
                    self.send(large.whole())

    def _told(self, number: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """Answer a question once: a page that asks again after a lost answer gets the one that was given."""
        with self.live.lock:
            if number not in self._answered:
                try:
                    told = {"result": self.answer(str(content.get("question", "")), content)}
                except InquiryError as e:
                    told = {"message": str(e)}
                self._answered[number] = told
                while len(self._answered) > ANSWERS_KEPT:
                    self._answered.popitem(last=False)
            return self._answered[number]

    # beside the widget

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        shown = super()._repr_mimebundle_(**kwargs)
        if shown is None:
            return None
        data, metadata = shown if isinstance(shown, tuple) else (shown, {})
        with self.live.lock:
            data = {**data, "text/plain": repr(self), "text/html": framed(self.html())}
            data["text/markdown"] = readable(self.markdown())
        return data, metadata

    def __repr__(self) -> str:
        title = label_of({"title": self.title}, ()) or "an inquiry"
        return f"<{type(self).__name__.replace('View', '')} of {title!r}: run the cell to open it>"
