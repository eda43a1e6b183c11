"""The driver diagram without a script: picture, table, findings and versions as HTML, Mermaid and a list as Markdown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from inquirylab.charts.driver_diagram import aim_words, describe, drawing
from inquirylab.charts.placing import forest
from inquirylab.charts.theme import colour
from inquirylab.findings.finding import Finding
from inquirylab.findings.measure_words import Lately
from inquirylab.findings.network_layer import layer_marks
from inquirylab.findings.theory import Known
from inquirylab.findings.theory_marks import Mark
from inquirylab.record.diagram_changes import changes
from inquirylab.record.driver_diagram import AIM, IDEA_LEVEL, Diagram, diagram
from inquirylab.record.export import network_lines
from inquirylab.record.network_diagram import NetworkTheory
from inquirylab.record.reading import Record
from inquirylab.record.shown_text import in_cell, in_markdown, readable
from inquirylab.record.versions import versions
from inquirylab.reports.fragment import Fragment, pushed, twin

LEVELS = {0: "Aim", 1: "Primary driver", 2: "Secondary driver", 3: "Tertiary driver", IDEA_LEVEL: "Change idea"}
EVIDENCE = {"local_data": "our own data", "research": "research", "experience": "experience", "none": "not known yet"}
HEADINGS = ("Level", "Name", "Definition", "Leads to", "Because", "Strength", "Evidence", "Measures", "What is known")
EMPTY = "There is no theory yet. It starts with one aim: how much, for whom, by when."
MOST_FINDINGS = 12


class Diagrammed(NamedTuple):
    """A diagram with all that is known of it.

    `known` and `marks` by node, `lately` by measure; `findings` are those of the whole record; `network` is what is
    known of the hub's theory, if the inquiry belongs to a network.
    """

    record: Record
    known: Mapping[str, Known]
    marks: Mapping[str, Sequence[Mark]]
    findings: Sequence[Finding]
    lately: Mapping[str, Lately]
    network: NetworkTheory | None = None


def diagram_html(now: Diagrammed) -> str:
    """Return picture, table, findings and versions as an HTML fragment; every word of a person is escaped."""
    graph = diagram(now.record)
    if len(graph.labels) == 1 and not now.record.aim.what:
        body = Markup("<p>{}</p>").format(EMPTY)
    else:
        picture = Markup(_SIZE.sub("", drawing(now.record, now.marks, colour), count=1))  # as wide as the page
        body = Markup(
            '<h2>{}</h2><figure>{}<figcaption class="source">{}. A dashed line is a weak link.</figcaption></figure>{}{}{}'
        ).format(
            graph.labels[AIM],
            Markup(pushed("Driver diagram", picture)),
            aim_words(now.record) or describe(diagram(now.record)).rstrip("."),
            _findings(now),
            diagram_table(now),
            _versions(now.record),
        )
    fragment = Fragment(f'<div class="theory">{body}{network_html(now)}</div>', diagram_markdown(now))
    return str(fragment._repr_mimebundle_()["text/html"])


def diagram_markdown(now: Diagrammed) -> str:
    """Return the theory as a Mermaid flowchart and as a nested list."""
    graph = diagram(now.record)
    if len(graph.labels) == 1 and not now.record.aim.what:
        own = EMPTY
    else:
        own = f"{describe_markdown(now.record)}\n\n```mermaid\n{mermaid(now.record)}```\n\n{nested_list(now)}"
    return own if now.network is None else f"{own}\n\n" + "\n".join(network_lines(now.network))


def network_html(now: Diagrammed) -> str:
    """Return the network's theory with this site's as one picture, or why it cannot be read; nothing without a network."""
    if now.network is None:
        return ""
    merged = now.network.merged
    if merged is None:
        return str(Markup("<h3>The network’s theory</h3><p>{}</p>").format(now.network.problem))
    picture = _SIZE.sub("", drawing(now.record, layer_marks(merged, now.marks), colour, network=merged), count=1)
    silent = len(merged.unanswered)
    said = (
        f"This site says nothing yet of {silent} of its drivers."
        if silent
        else "This site says where it stands on each."
    )
    return str(
        Markup(
            '<h3>The network’s theory</h3><p dir="auto">Of “{}”, with what is this site’s own. {}</p>'
            '<figure>{}<figcaption class="source">A dashed frame is the network’s alone.</figcaption></figure>'
        ).format(now.network.title, said, Markup(pushed("The network’s theory", picture)))
    )


def describe_markdown(record: Record) -> str:
    """Return the sentence about the diagram as Markdown."""
    return in_markdown(describe(diagram(record)))


def mermaid(record: Record) -> str:
    """Return the diagram as a Mermaid flowchart; weak links are dotted."""
    graph = diagram(record)
    names = {n: f"n{i}" for i, n in enumerate(graph.labels)}
    weak = {(e.cause, e.effect) for e in record.driver_diagram.edges if e.strength == "weak"}
    lines = ["flowchart RL"]
    for n, label in graph.labels.items():
        opening, closing = ("([", "])") if graph.levels[n] == IDEA_LEVEL else ("[", "]")
        lines.append(f'  {names[n]}{opening}"{_mermaid(label or "Without a name yet")}"{closing}')
    for cause, effects in graph.effects.items():
        lines += [f"  {names[cause]} {'-.->' if (cause, e) in weak else '-->'} {names[e]}" for e in effects]
    return "\n".join(lines) + "\n"


def nested_list(now: Diagrammed) -> str:
    """Return the theory as a nested Markdown list: each node with its because and what is known."""
    graph = diagram(now.record)
    roots, kids = forest(graph)
    because = {(e.cause, e.effect): e.because for e in now.record.driver_diagram.edges}
    lines: list[str] = []

    def walk(node: str, depth: int, above: str | None) -> None:
        label = in_markdown(graph.labels[node] or "Without a name yet")
        why = because.get((node, above)) if above else None
        known = "; ".join(m.words for m in now.marks.get(node, ()))
        parts = [f"**{label}**" if depth < 2 else label]
        parts += [f"because {in_markdown(why)}"] if why else []
        parts += [f"({in_markdown(known)})"] if known else []
        lines.append(f"{'  ' * depth}- {' '.join(parts)}")
        for kid in kids[node]:
            walk(kid, depth + 1, node)

    for root in roots:
        walk(root, 0, None)
    return "\n".join(lines) + "\n"


def rows(now: Diagrammed) -> Iterator[tuple[str, ...]]:
    """Yield one row a link, and one for each node without any: what the picture shows, as text."""
    record, graph = now.record, diagram(now.record)
    edges = {(e.cause, e.effect): e for e in record.driver_diagram.edges}
    definitions = {d.id: d.definition for d in record.driver_diagram.drivers}
    hypotheses = {i.id: i.hypothesis for i in record.change_ideas}
    measures = {m.id: m.name or "" for m in record.measures}
    for n in _ordered(graph):
        known = "; ".join(m.words for m in now.marks.get(n, ()))
        named = "; ".join(measures.get(m, "") for m in now.known[n].measures) if n in now.known else ""
        about = definitions.get(n) or hypotheses.get(n) or (aim_words(record) if n == AIM else "") or ""
        for effect in graph.effects[n] or [""]:
            e = edges.get((n, effect))
            strength = ("weak" if e and e.strength == "weak" else "strong") if effect else ""
            evidence = EVIDENCE.get(e.evidence or "", "") if e else ""
            yield (
                LEVELS[1 if graph.levels[n] is None else graph.levels[n] or 0],
                graph.labels[n],
                about,
                graph.labels.get(effect, ""),
                (e.because or "") if e else "",
                strength,
                evidence,
                named,
                known,
            )


def diagram_table(now: Diagrammed) -> Markup:
    """Return what the picture shows as a table, folded away: one row a link."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(h) for h in HEADINGS)
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup('<td dir="auto">{}</td>').format(c) for c in row))
        for row in rows(now)
    )
    table = Markup('<table class="data"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(head, body)
    return Markup(twin("The same as a table", pushed("Driver diagram as a table", table)))


def exported(now: Diagrammed, kind: str) -> tuple[str, str, bytes]:
    """Return name, type and content of a file; a ``png`` comes as the SVG to be rendered.

    Raises
    ------
    KeyError
        The kind is not known.
    """
    makers: dict[str, tuple[str, str, Callable[[], str]]] = {
        "svg": ("svg", "image/svg+xml", lambda: drawing(now.record, now.marks)),
        "png": ("png", "image/png", lambda: drawing(now.record, now.marks)),
        "mermaid": ("mmd", "text/plain", lambda: mermaid(now.record)),
        "table": ("csv", "text/csv", lambda: "\ufeff" + _csv(now)),
        "markdown": ("md", "text/markdown", lambda: diagram_markdown(now)),
    }
    ending, mime, make = makers[kind]
    return f"driver_diagram.{ending}", mime, make().encode("utf-8", "replace")


def _ordered(graph: Diagram) -> list[str]:
    roots, kids = forest(graph)
    out: list[str] = []

    def walk(node: str) -> None:
        out.append(node)
        for kid in kids[node]:
            walk(kid)

    for root in roots:
        walk(root)
    return out


def _csv(now: Diagrammed) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    writer.writerows([in_cell(c) for c in row] for row in rows(now))
    return out.getvalue()


def _findings(now: Diagrammed) -> Markup:
    here = [f for f in now.findings if f.where.split(".")[0] in ("aim", "driver_diagram", "change_ideas")]
    said = {f.where for f in here if not f.id.startswith("RQ")}
    # what the diagram's own checks say is not said a second time as a question without an answer
    own = [f for f in here if not f.id.startswith("RQ") or not (f.where in said or ".edges." in f.where)]
    if not own:
        return Markup("")
    items = Markup("").join(
        Markup("<li>{}{} {}</li>").format(f.message, "" if f.message.endswith((".", "?", "!", "…")) else ".", f.cure)
        for f in own[:MOST_FINDINGS]
    )
    more = Markup("<p>And {} more: inquirylab check lists them.</p>").format(len(own) - MOST_FINDINGS)
    return Markup("<h3>To look at</h3><ul>{}</ul>{}").format(items, more if len(own) > MOST_FINDINGS else "")


def _versions(record: Record) -> Markup:
    known = versions(record, "driver_diagram")
    if not known:
        return Markup("")
    items = []
    for before, v in zip([None, *known], known, strict=False):
        words = ""
        if before is not None:
            found = changes(before.content, v.content)
            words = ", ".join(f"{n} {w}" for w in ("added", "removed", "reworded", "moved") if (n := found.count(w)))
        items.append(Markup("<li>{}{}</li>").format(v.reason or "No reason is given.", f" ({words})" if words else ""))
    return Markup("<h3>Versions</h3><ol>{}</ol>").format(Markup("").join(items))


def _mermaid(label: str) -> str:
    """Return a label in which nothing means anything to Mermaid, nor to a page that shows it."""
    short = " ".join(readable(label).split())[:300]
    return "".join(c if c.isalnum() or c in " .,-–—’“”()/+%" else f"#{ord(c)};" for c in short)


_SIZE = re.compile(r' width="[0-9.]+" height="[0-9.]+"')
