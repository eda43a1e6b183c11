"""The driver diagram: a picture and a tree of the team's theory, edited in place, with what is known at each node."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from inquirylab.charts.words import Voice
from inquirylab.errors import InquiryError, RecordError
from inquirylab.findings.measure_words import lately
from inquirylab.findings.network_layer import layer_answers, layer_marks, to_take_up
from inquirylab.findings.theory import known
from inquirylab.findings.theory_marks import Mark, cycle_words, marks
from inquirylab.record.cycles import cycles
from inquirylab.record.diagram_changes import changes
from inquirylab.record.network_diagram import NetworkTheory
from inquirylab.record.versions import Version, snapshot_of, versions
from inquirylab.reports.driver_diagram import Diagrammed, diagram_html, diagram_markdown, exported
from inquirylab.widgets.record_view import RecordView

PATH = "driver_diagram.versions"


class DriverDiagram(RecordView):
    """The theory of an inquiry: aim, drivers, change ideas, and why one moves the other."""

    stem = "driver_diagram"
    roots = ("aim", "driver_diagram", "change_ideas", "causes")

    def worked_out(self) -> dict[str, Any]:
        """Return marks, cycles and measures of every node."""
        inquiry, now = self.live.inquiry, self._diagrammed()
        record = inquiry.record
        own: dict[str, dict[str, str]] = {}
        for x in record.driver_diagram.measure_links:
            if x.node and x.measure:
                own.setdefault(x.node, {})[x.measure] = x.id or ""
        return {
            "marks": {n: [m._asdict() for m in found] for n, found in now.marks.items()},
            "known": {n: k.sentence() for n, k in now.known.items()},
            "cycles": {n: [_cycle(c, inquiry.roots) for c in k.cycles] for n, k in now.known.items()},
            "measures": {n: [_measure(m, now, own.get(n, {})) for m in k.measures] for n, k in now.known.items()},
            "all_cycles": [{"id": c.id, "title": c.title} for c in cycles(record)],
            "network": self._network(now),
        }

    def answer(self, question: str, details: Mapping[str, Any]) -> Any:
        """Answer what the view asks: how two versions differ, and the diagram as a file."""
        if question == "difference":
            return self._difference(str(details.get("old") or ""), str(details.get("new") or ""))
        if question == "export":
            return self._export(str(details.get("as") or ""))
        return super().answer(question, details)

    def html(self) -> str:
        """Return the picture, its table and its findings as HTML that needs no script."""
        return diagram_html(self._diagrammed())

    def markdown(self) -> str:
        """Return the theory as Mermaid and as a nested list."""
        return diagram_markdown(self._diagrammed())

    # within

    def _network(self, now: Diagrammed) -> dict[str, Any] | None:
        theory, hub = now.network, self.live.inquiry.network()
        if theory is None or theory.merged is None or hub is None or hub.record is None:
            return None if theory is None else {"title": theory.title, "problem": theory.problem}
        seen = layer_marks(theory.merged, now.marks)
        return {
            "title": theory.title,
            "problem": "",
            "answers": layer_answers(now.record, hub.record, theory.merged),
            "marks": {n: [m._asdict() for m in found] for n, found in seen.items()},
            "drivers": to_take_up(hub.record, theory.merged),
        }

    def _diagrammed(self) -> Diagrammed:
        inquiry = self.live.inquiry
        record, found = inquiry.record, inquiry.findings()
        says = {m.id: lately(inquiry.measured(m.id).finding, Voice.of(m).better) for m in record.measures if m.id}
        nodes = known(record, {i: f"{m.words[:1].upper()}{m.words[1:]}." for i, m in says.items()})
        edges = {e.id: e.cause for e in record.driver_diagram.edges if e.id and e.cause}
        seen = marks(nodes, inquiry.roots, found, says, edges)
        hub, merged = inquiry.network(), inquiry.network_diagram()
        network = NetworkTheory(hub.title, merged, hub.problem) if hub else None
        return Diagrammed(record, nodes, seen, found, says, network)

    def _difference(self, old: str, new: str) -> dict[str, Any]:
        record = self.live.inquiry.record
        there = versions(record, "driver_diagram")
        before, after = _version(there, old), _version(there, new) if new else None
        today = json.loads(snapshot_of(record.tree, PATH))
        found = changes(before.content, after.content if after else today)
        titles = {c.id: c.title for c in cycles(record)}
        because = [titles[c] for c in (after.caused_by if after else ()) if c in titles]
        name = f"version {after.number}" if after else "today"
        title = f"Version {before.number} → {name}" if before != after else f"Version {before.number}"
        return {
            "title": title
            + (f", because of {' and '.join(because)}" if because else "")
            + (":" if before != after else ""),
            "reason": (after.reason or "") if after else "",
            "answers": found.merged,
            "nodes": {n: _node_change(c) for n, c in found.nodes.items() if c.change or c.links},
            "links": {f"{a}>{b}": change for (a, b), change in found.links.items()},
            "summary": _summary(found),
        }

    def _export(self, kind: str) -> dict[str, str]:
        try:
            name, mime, content = exported(self._diagrammed(), kind)
        except KeyError:
            raise InquiryError(
                f"The diagram cannot be written as {kind!r}", cure="svg, png, mermaid, table, markdown."
            ) from None
        if kind == "png":
            import vl_convert

            content = vl_convert.svg_to_png(content.decode(), scale=2)
        return {"name": name, "type": mime, "content": base64.b64encode(content).decode()}


def _cycle(c: Any, roots: Any) -> dict[str, str]:
    shape, words = cycle_words(c, roots)
    return {"id": c.id, "kind": c.kind, "title": c.title, "words": words, "shape": shape}


def _measure(measure: str, now: Diagrammed, own: Mapping[str, str]) -> dict[str, Any]:
    form = next(m for m in now.record.measures if m.id == measure)
    says = now.lately[measure]
    return {
        "id": measure,
        "name": form.name or "A measure",
        "words": f"{says.words[:1].upper()}{says.words[1:]}",
        "role": says.state if says.state in ("up", "con") else "",
        "unit": form.unit or "",
        "points": [list(p) for p in says.points],
        "link": own.get(measure, ""),
    }


def _node_change(c: Any) -> dict[str, Any]:
    own = {
        "added": Mark("plus", "up", "added"),
        "removed": Mark("minus", "con", "removed"),
        "reworded": Mark("tilde", "tgt", "reworded"),
        "moved": Mark("tilde", "tgt", "at another level"),
    }.get(c.change)
    tags = ([own] if own else []) + [Mark("link", "tgt", words) for words in c.links]
    return {"change": c.change, "was": c.was, "tags": [t._asdict() for t in tags]}


def _summary(found: Any) -> list[dict[str, str]]:
    shapes = {
        "added": ("plus", "up"),
        "removed": ("minus", "con"),
        "reworded": ("tilde", "tgt"),
        "moved": ("tilde", "tgt"),
    }
    out = [Mark(*shapes[w], f"{n} {w}") for w in shapes if (n := found.count(w))]
    words = [w for c in found.nodes.values() for w in c.links]
    if words:
        weaker = sum(1 for w in words if "weakened" in w)
        rest = len(words) - weaker
        out += [Mark("link", "tgt", f"{weaker} link{'' if weaker == 1 else 's'} weakened")] if weaker else []
        out += [Mark("link", "tgt", f"{rest} link{'' if rest == 1 else 's'} changed")] if rest else []
    return [m._asdict() for m in out or [Mark("check", "", "nothing changed")]]


def _version(there: list[Version], wanted: str) -> Version:
    found = next((v for v in there if v.id == wanted), None)
    if found is None:
        raise RecordError("There is no such version of the diagram", found=repr(wanted), cure="Choose another one.")
    return found
