"""The cause analysis on paper: the fishbone drawn and as a list, chains of whys, the process as it really runs."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from inquirylab.charts.fishbone import Cause, Family, fishbone_svg
from inquirylab.definitions import Form
from inquirylab.record.causes import effect, families
from inquirylab.record.export import in_words, roots_as_markdown, short_names
from inquirylab.record.paths import Roots
from inquirylab.record.reading import Record
from inquirylab.reports.problem_definition import STYLE

EMPTY = "No cause is written yet. A fishbone gathers what makes a problem happen, family by family."


def drawn_fishbone(record: Record) -> str:
    """Return the fishbone of a record as SVG; empty where there is neither a family nor a cause."""
    known = {c.id: c for c in record.causes.fishbone}
    bones = [
        Family(
            name,
            tuple(
                Cause(
                    p.id,
                    known[p.id].text or "",
                    p.depth,
                    known[p.id].support == "contradicted",
                    bool(known[p.id].becomes_driver),
                )
                for p in placed
            ),
        )
        for name, placed in families(record)
    ]
    return fishbone_svg(effect(record), bones) if bones else ""


def causes_html(record: Record, roots: Roots) -> str:
    """Return the cause analysis as an HTML fragment, every word of a person escaped."""
    if not record.tree.get("causes"):
        return str(Markup('{}<div class="iq-problem"><p>{}</p></div>').format(STYLE, EMPTY))
    form = roots.forms["causes"]
    parts = [Markup("<p>{}</p>").format(effect(record)), Markup(drawn_fishbone(record)), _list(record, form)]
    parts += [_whys(record), _process(record)]
    body = Markup("").join(parts)
    return str(Markup('{}<div class="iq-problem"><h2>Why it happens</h2>{}</div>').format(STYLE, body))


def causes_markdown(record: Record, roots: Roots) -> str:
    """Return the cause analysis as Markdown."""
    return roots_as_markdown(record, roots, ("causes",)).strip() or EMPTY


def _list(record: Record, form: Form) -> Markup:
    known, names = {c.id: c for c in record.causes.fishbone}, short_names(record)
    asked = form.question("fishbone")
    support = next((q for q in asked.questions if q.id == "support"), None) if asked else None
    rows = []
    for family, placed in families(record):
        for p in placed:
            c: Any = known[p.id]
            rests = in_words(support, c.support, {}) if c.support else "Not said"
            driver = names.get(c.becomes_driver or "", "")
            words = "\n".join(x for x in (rests, c.evidence, f"Driver: {driver}" if driver else "") if x)
            rows.append(
                Markup("<tr><th scope=row>{}</th><td><p>{}{}</p></td><td><p>{}</p></td></tr>").format(
                    family, "– " * p.depth, c.text or "", words
                )
            )
    if not rows:
        return Markup("")
    head = Markup("<tr><th scope=col>Family</th><th scope=col>Cause</th><th scope=col>What it rests on</th></tr>")
    return Markup("<table><thead>{}</thead><tbody>{}</tbody></table>").format(head, Markup("").join(rows))


def _whys(record: Record) -> Markup:
    names = short_names(record)
    told = []
    for chain in record.causes.why_chains:
        steps = Markup("").join(Markup("<li>{}</li>").format(w.why or "") for w in chain.whys)
        from_ = (
            Markup("<small>branches off from: {}</small>").format(names[chain.branch_of])
            if chain.branch_of in names
            else ""
        )
        told.append(Markup("<section><h3>{}</h3>{}<ol>{}</ol></section>").format(chain.start or "", from_, steps))
    return Markup("<h2>Whys</h2>{}").format(Markup("").join(told)) if told else Markup("")


def _process(record: Record) -> Markup:
    rows = [
        Markup("<tr><th scope=row>{}. {}</th><td><p>{}</p></td><td><p>{}</p></td><td><p>{}</p></td></tr>").format(
            n, s.actor or "", (s.action or "") + (" (a decision)" if s.decision else ""), s.time or "", s.pain or ""
        )
        for n, s in enumerate(record.causes.process_map, 1)
    ]
    head = Markup("<tr><th>Who</th><th>Does what</th><th>How long</th><th>What goes wrong</th></tr>")
    whole = Markup("<h2>What really happens</h2><table><thead>{}</thead><tbody>{}</tbody></table>")
    return whole.format(head, Markup("").join(rows)) if rows else Markup("")
