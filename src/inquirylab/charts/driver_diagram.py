"""The driver diagram as a drawing that stands alone: for print, for export, beside the widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import NamedTuple

from inquirylab.charts.placing import Placing, forest
from inquirylab.charts.text_width import wrapped
from inquirylab.charts.theme import FONT, TOKENS
from inquirylab.charts.words import day
from inquirylab.findings.theory_marks import Mark
from inquirylab.record.driver_diagram import AIM, AIM_LEVEL, IDEA_LEVEL, Diagram, diagram
from inquirylab.record.network_diagram import NetworkDiagram
from inquirylab.record.reading import Record
from inquirylab.record.shown_text import readable

COLUMNS = ("Aim", "Primary drivers", "Secondary drivers", "Tertiary drivers", "Change ideas")
WIDTHS = (190, 210, 230, 220, 240)
SPACE, MARGIN, HEAD = 52, 24, 30
PAD, LINE, SMALL = 10, 17, 16
ROLES = {"up": "imp", "con": "con"}

Paint = Callable[[str], str]


def light(meaning: str) -> str:
    """Return a colour as its light value: for files that no page gives a theme."""
    return TOKENS[meaning][0]


class _Box(NamedTuple):
    x: float
    y: float
    width: float
    height: float


class _Text(NamedTuple):
    """What stands in a node: lines of its label, lines under it, and its marks with their lines."""

    label: list[str]
    under: list[str]
    marks: list[tuple[Mark, list[str]]]

    @property
    def height(self) -> float:
        rows = len(self.label) * LINE + len(self.under) * SMALL + sum(len(m) for _, m in self.marks) * SMALL
        return rows + 2 * PAD + 4 * bool(self.marks) - 3


def drawing(
    record: Record,
    marks: Mapping[str, Sequence[Mark]],
    paint: Paint = light,
    title: str = "",
    network: NetworkDiagram | None = None,
) -> str:
    """Draw the diagram of a record as SVG.

    Parameters
    ----------
    marks
        Node -> what is known there (:func:`inquirylab.findings.theory_marks.marks`).
    paint
        Meaning -> colour: :func:`light` for a file, :func:`inquirylab.charts.theme.colour` inside a page.
    network
        Draw this instead of the record's own diagram: the network's theory and the site's as one.
    """
    graph = diagram(record) if network is None else network.graph
    theirs = {n.id for n in network.nodes.values() if n.scope == "network"} if network else set()
    used = [lv for lv in range(5) if lv in (0, 1, 2, IDEA_LEVEL) or lv in graph.levels.values()]
    columns = {n: used.index(1 if level is None else level) for n, level in graph.levels.items()}
    lefts = [MARGIN + sum(WIDTHS[lv] + SPACE for lv in used[:i]) for i in range(len(used))]
    texts = {n: _text(n, graph, record, marks.get(n, ()), WIDTHS[used[columns[n]]]) for n in graph.labels}
    roots, kids = forest(graph)
    placing = Placing(kids, columns, {n: t.height for n, t in texts.items()})
    height = placing.place(roots) + HEAD + 2 * MARGIN
    width = lefts[-1] + WIDTHS[used[-1]] + MARGIN
    boxes = {
        n: _Box(lefts[columns[n]], placing.tops[n] + HEAD + MARGIN, WIDTHS[used[columns[n]]], texts[n].height)
        for n in graph.labels
    }
    pen = _Pen(paint)
    weak = {(e.cause, e.effect) for e in record.driver_diagram.edges if e.strength == "weak"}
    name = title or graph.labels[AIM]
    said = describe(graph)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" '
        f'role="img" aria-label="{clean(said)}" font-family="{escape(FONT)}">',
        f"<title>{clean(name)}</title><desc>{clean(said)}</desc>",
        f'<rect width="{width:g}" height="{height:g}" fill="{paint("surface")}"/>',
        *(pen.text(COLUMNS[lv], lefts[i], MARGIN + 8, 12, "muted") for i, lv in enumerate(used)),
        *pen.links(graph, boxes, weak),
        *(part for n, box in boxes.items() for part in pen.node(box, texts[n], graph.levels[n], dashed=n in theirs)),
    ]
    return "".join(parts) + "</svg>"


def describe(graph: Diagram) -> str:
    """Return what the drawing shows, in a sentence."""
    counts = [(1, "primary"), (2, "secondary"), (3, "tertiary")]
    parts = [f"{n} {words} driver{'' if n == 1 else 's'}" for lv, words in counts if (n := len(graph.drivers(lv)))]
    ideas = len(graph.ideas())
    parts += [f"{ideas} change idea{'' if ideas == 1 else 's'}"] if ideas else []
    return f"Driver diagram. Aim: {graph.labels[AIM]}. {', '.join(parts) or 'Nothing leads to it yet'}."


def aim_words(record: Record) -> str:
    """Return for whom, from how much to how much, by when."""
    aim = record.aim
    amount = f"from {aim.baseline:g} to {aim.target:g}" if aim.baseline is not None and aim.target is not None else ""
    amount = amount or (f"to {aim.target:g}" if aim.target is not None else "")
    by = f"by {day(aim.by_when)}" if aim.by_when else ""
    return "; ".join(w for w in (aim.for_whom or "", f"{amount} {by}".strip()) if w)


def clean(text: str) -> str:
    """Return a text as a drawing may hold it: escaped, without what turns its neighbours or what no XML may hold."""
    return escape(readable(text))


def _text(node: str, graph: Diagram, record: Record, marks: Sequence[Mark], width: float) -> _Text:
    room = width - 2 * PAD - 4
    bold = graph.levels[node] in (AIM_LEVEL, 1)
    label = graph.labels[node] or "Without a name yet"
    under = wrapped(words, room, 12) if node == AIM and (words := aim_words(record)) else []
    shown = [(m, wrapped(m.words, room - 16, 12, lines=3)) for m in marks]
    return _Text(wrapped(label, room, 13, bold=bold), under, shown)


class _Pen:
    """Draws with one set of colours."""

    def __init__(self, paint: Paint) -> None:
        self.paint = paint

    def text(self, words: str, x: float, y: float, size: float, meaning: str, weight: int = 400) -> str:
        strong = f' font-weight="{weight}"' if weight != 400 else ""
        return (
            f'<text x="{x:g}" y="{y:.1f}" font-size="{size:g}" fill="{self.paint(meaning)}"{strong} unicode-bidi="isolate">'
            f"{clean(words)}</text>"
        )

    def node(self, box: _Box, text: _Text, level: int | None, dashed: bool = False) -> list[str]:
        fill = self.paint("shade" if level in (AIM_LEVEL, IDEA_LEVEL) else "surface")
        radius = 12 if level == IDEA_LEVEL else 6
        frame = ' stroke-dasharray="3 3"' if dashed else ""
        out = [
            f'<g><rect x="{box.x:g}" y="{box.y:.1f}" width="{box.width:g}" height="{box.height:g}" rx="{radius}" '
            f'fill="{fill}" stroke="{self.paint("common")}"{frame}/>'
        ]
        if level == 1:
            out.append(
                f'<path d="M{box.x + 1.5:g} {box.y + 5:.1f}v{box.height - 10:g}" stroke="{self.paint("series")}" stroke-width="3"/>'
            )
        x, y = box.x + PAD + 2, box.y + PAD
        for line in text.label:
            out.append(self.text(line, x, y + 12, 13, "ink", 600 if level in (AIM_LEVEL, 1) else 500))
            y += LINE
        for line in text.under:
            out.append(self.text(line, x, y + 12, 12, "ink"))
            y += SMALL
        y += 4 if text.marks else 0
        for mark, lines in text.marks:
            meaning = ROLES.get(mark.role, "muted")
            out.append(self.icon(mark.shape, x + 5, y + 8, meaning))
            for line in lines:
                out.append(self.text(line, x + 16, y + 12, 12, meaning))
                y += SMALL
        return [*out, "</g>"]

    def links(self, graph: Diagram, boxes: Mapping[str, _Box], weak: set[tuple[str | None, str | None]]) -> list[str]:
        out = []
        for effect, causes in graph.causes.items():
            to = boxes[effect]
            order = sorted(causes, key=lambda c: boxes[c].y)
            step = min(14.0, (to.height - 16) / max(1, len(order)))
            for i, cause in enumerate(order):
                start = boxes[cause]
                own = graph.effects[cause]
                y1 = (
                    start.y
                    + start.height / 2
                    + (own.index(effect) - (len(own) - 1) / 2) * min(9.0, start.height / (len(own) + 1))
                )
                y2 = to.y + to.height / 2 + (i - (len(order) - 1) / 2) * step
                x1, x2 = start.x, to.x + to.width
                bend = max(16.0, abs(x1 - x2) * 0.55)
                dash = ' stroke-dasharray="5 5"' if (cause, effect) in weak else ""
                out.append(
                    f'<path d="M{x1:g} {y1:.1f}C{x1 - bend:.1f} {y1:.1f} {x2 + bend:.1f} {y2:.1f} {x2:g} {y2:.1f}" fill="none" '
                    f'stroke="{self.paint("common")}" stroke-width="1.2"{dash}/>'
                )
        return out

    def icon(self, shape: str, x: float, y: float, meaning: str) -> str:
        ink = self.paint(meaning)
        ring = f'<circle cx="{x:g}" cy="{y:.1f}" r="3.6" fill="none" stroke="{ink}" stroke-width="1.3"'
        if shape == "diamond":
            return f'<path d="M{x:g} {y - 5:.1f}l5 5-5 5-5-5z" fill="{ink}"/>'
        if shape == "dot":
            return f'<circle cx="{x:g}" cy="{y:.1f}" r="4" fill="{ink}"/>'
        if shape == "half":
            return f'<path d="M{x:g} {y - 3.6:.1f}a3.6 3.6 0 0 0 0 7.2z" fill="{ink}"/>{ring}/>'
        if shape == "cross":
            return f'<path d="M{x - 3:g} {y - 3:.1f}l6 6m0-6-6 6" stroke="{ink}" stroke-width="1.6"/>'
        if shape == "check":
            return f'<path d="M{x - 4:g} {y:.1f}l3 3 5-6" fill="none" stroke="{ink}" stroke-width="1.6"/>'
        if shape == "link":
            return f'<path d="M{x - 4:g} {y + 2:.1f}c3 0 3-4 7-4m-2.500-2 2.500 2-2 2.500" fill="none" stroke="{ink}" stroke-width="1.3"/>'
        if shape == "clock":
            return f'{ring}/><path d="M{x:g} {y - 2:.1f}v2l1.600 1" stroke="{ink}" fill="none"/>'
        dash = ' stroke-dasharray="1.900 1.900"' if shape == "dash" else ""
        return f"{ring}{dash}/>"
