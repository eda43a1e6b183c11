"""Causes on paper: the fishbone drawn and as a list, every chain of whys, the process as it really runs."""

from __future__ import annotations

from markupsafe import Markup

from inquirylab.charts.fishbone import fishbone, light
from inquirylab.record.causes import families
from inquirylab.record.export import roots_as_markdown
from inquirylab.record.paths import Roots
from inquirylab.record.reading import Record
from inquirylab.reports.answers import STYLE

EMPTY = "No cause is written down yet. Begin with one family of causes, or ask “why?” of what you see."


def causes_html(record: Record) -> str:
    """Return the causes as an HTML fragment that prints."""
    parts = [_drawn(record), _listed(record), *_chains(record), _process(record)]
    body = Markup("").join(p for p in parts if p)
    return str(Markup('{}<div class="iq-answers">{}</div>').format(STYLE, body or Markup("<p>{}</p>").format(EMPTY)))


def causes_markdown(record: Record, roots: Roots) -> str:
    """Return the causes as Markdown."""
    return roots_as_markdown(record, roots, ("causes",)).strip() or EMPTY


def _drawn(record: Record) -> Markup:
    svg = fishbone(record, light)
    ground = "max-width:100%;overflow-x:auto;background:#fff;margin:0"
    return Markup('<figure style="{}">{}</figure>').format(ground, Markup(svg)) if svg else Markup("")


def _listed(record: Record) -> Markup:
    held = {f: bones for f, bones in families(record).items() if bones}
    drivers = {d.id: d.label for d in record.driver_diagram.drivers}
    parts = []
    for family, bones in held.items():
        items = [
            Markup('<li style="margin-left:{}em">{}{}</li>').format(
                b.depth * 1.2,
                b.cause.text or "",
                f" → driver “{drivers[b.cause.becomes_driver]}”" if b.cause.becomes_driver in drivers else "",
            )
            for b in bones
        ]
        parts.append(
            Markup("<dt>{}</dt><dd><ul>{}</ul></dd>").format(family or "No family yet", Markup("").join(items))
        )
    return Markup("<dl>{}</dl>").format(Markup("").join(parts)) if parts else Markup("")


def _chains(record: Record) -> list[Markup]:
    out = []
    for chain in record.causes.why_chains:
        whys = Markup("").join(Markup("<li>{}</li>").format(f"Because {w.why or '…'}") for w in chain.whys)
        out.append(Markup("<section><h3>{}</h3><ol>{}</ol></section>").format(chain.start or "Why?", whys))
    return out


def _process(record: Record) -> Markup:
    steps = record.causes.process_map
    if not steps:
        return Markup("")
    items = [
        Markup("<li>{}</li>").format(
            " · ".join(x for x in (s.actor, s.action, s.time, f"what goes wrong: {s.pain}" if s.pain else "") if x)
        )
        for s in steps
    ]
    return Markup("<section><h3>What really happens, step by step</h3><ol>{}</ol></section>").format(
        Markup("").join(items)
    )
