"""Progress as a page that prints, and in words: what the view shows, without a script. PURE."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from inquirylab.charts.words import NEVER_WHY, day
from inquirylab.findings.cycles_by_driver import ENDS
from inquirylab.findings.deeds import Deed
from inquirylab.record.export import label_of
from inquirylab.record.shown_text import in_markdown
from inquirylab.reports.fragment import Fragment
from inquirylab.reports.progress import MeasureCard, Standing

STATES = {"done": "done", "part": "in part", "open": "open"}
MARKS = {"done": "✓", "part": "◐", "open": "○"}
SHAPES = {"up": "●", "con": "◆", "changed": "●", "same": "•", "few": "○", "none": "○"}
END_WORDS = {"adopt": "adopt", "adapt": "adapt, test again", "abandon": "abandon", "open": "open"}
MOST = 12

STYLE = Markup(
    "<style>.inquirylab .standing table{border-collapse:collapse;width:100%;margin:8px 0}"
    ".inquirylab .standing :is(th,td){text-align:left;vertical-align:top;padding:5px 12px 5px 0;"
    "border-bottom:1px solid #8884;font-weight:400;overflow-wrap:anywhere}"
    ".inquirylab .standing thead th{font-size:13px;color:var(--muted)}"
    ".inquirylab .standing h2{margin-top:28px}.inquirylab .standing h2+p{margin:2px 0 8px}"
    ".inquirylab .standing .thread{display:grid;grid-template-columns:repeat(auto-fit,minmax(120px,1fr));gap:12px;"
    "list-style:none;padding:12px 0;margin:8px 0;border-top:1px solid #8884;border-bottom:1px solid #8884}"
    ".inquirylab .standing .thread b{display:block}.inquirylab .standing .thread .now b{color:var(--accent)}"
    ".inquirylab .standing .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(260px,1fr));gap:20px 28px}"
    ".inquirylab .standing article{break-inside:avoid;min-width:0}"
    ".inquirylab .standing .cards svg{max-width:360px;width:100%;height:auto;overflow:visible}"
    ".inquirylab .standing .imp{color:var(--imp)}.inquirylab .standing .con{color:var(--con)}"
    ".inquirylab .standing .soft{color:var(--muted);font-size:13px}"
    ".inquirylab .standing li{margin:3px 0;max-width:76ch}</style>"
)


def progress_page(now: Standing) -> Fragment:
    """Return the page of progress, complete without scripts."""
    parts = [thread_html(now), next_html(now), measures_html(now.measures), by_driver_html(now), findings_html(now)]
    head = Markup("<h1>{}</h1>").format(now.record.about.title or "An inquiry")
    body = Markup("").join([head, *parts, deeds_html(now.deeds)])
    return Fragment(str(Markup('{}<div class="standing">{}</div>').format(STYLE, body)), "\n".join(_markdown(now)))


def thread_html(now: Standing) -> Markup:
    """Return the eight steps of the thread with their states in words."""
    steps = Markup("").join(
        Markup('<li{}><b>{} {}</b><span class="soft">{}, {}</span></li>').format(
            Markup(' class="now"') if s.here else "", MARKS[s.state], s.label, STATES[s.state], s.words
        )
        for s in now.thread
    )
    return Markup('<ol class="thread">{}</ol>').format(steps)


def next_html(now: Standing) -> Markup:
    """Return what could be done next."""
    if not now.next_steps:
        return Markup(
            "<h2>Next</h2><p>Nothing waits: look at the measures, and plan a cycle where a driver is untested.</p>"
        )
    return Markup("<h2>Next</h2><ul>{}</ul>").format(_items(s.sentence for s in now.next_steps))


def measures_html(cards: list[MeasureCard]) -> Markup:
    """Return every measure in small with its words."""
    if not cards:
        return Markup("<h2>Measures</h2><p>No measure is defined yet.</p>")
    told = Markup("").join(
        Markup('<article><h3>{}</h3><p class="soft">{}</p>{}<p>{} {}{}{}</p></article>').format(
            c.title,
            c.under,
            Markup('<div role="img" aria-label="{}">{}</div>').format(c.alt, Markup(c.drawing)) if c.drawing else "",
            _shape(c.state),
            Markup("<b>{}</b> last. ").format(c.last) if c.last else "",
            f"{c.words}.",
            f" {c.refused}" if c.refused else "",
        )
        for c in cards
    )
    return Markup('<h2>Measures</h2><p class="soft">{}</p><div class="cards">{}</div>').format(NEVER_WHY, told)


def by_driver_html(now: Standing) -> Markup:
    """Return how the cycles of each driver ended, and which drivers nobody tests."""
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            r.label, Markup("").join(Markup("<td>{}</td>").format(r.counts[e] or "none") for e in ENDS)
        )
        for r in now.rows
    )
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(END_WORDS[e]) for e in ENDS)
    alone = Markup("<p>Nobody is testing: {}.</p>").format("; ".join(now.untested)) if now.untested else ""
    if not now.rows:
        return Markup("<h2>Cycles by driver</h2><p>There is no driver yet.</p>")
    return Markup(
        '<h2>Cycles by driver</h2><table><thead><tr><th scope="col">Driver</th>{}</tr></thead><tbody>{}</tbody></table>{}'
    ).format(head, rows, alone)


def findings_html(now: Standing) -> Markup:
    """Return the findings, the gravest first."""
    if not now.findings:
        return Markup("<h2>Findings</h2><p>Nothing was found.</p>")
    more = len(now.findings) - MOST
    shown = Markup("").join(
        Markup('<li>{} <span class="soft">{}</span></li>').format(f.message, f.cure) for f in now.findings[:MOST]
    )
    return Markup("<h2>Findings</h2><ul>{}</ul>{}").format(
        shown, Markup("<p>And {} more: see `inquirylab check`.</p>").format(more) if more > 0 else ""
    )


def deeds_html(found: Sequence[Deed]) -> Markup:
    """Return who did what lately."""
    if not found:
        return Markup("")
    told = (f"{day(d.at[:10])}, {d.author}: {d.what}" for d in found)
    return Markup("<h2>Lately</h2><ul>{}</ul>").format(_items(told))


def _items(lines: Iterable[str]) -> Markup:
    return Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)


def _shape(state: str) -> Markup:
    role = {"up": "imp", "con": "con"}.get(state, "soft")
    return Markup('<span class="{}" aria-hidden="true">{}</span>').format(role, SHAPES[state])


def _markdown(now: Standing) -> Iterator[str]:
    yield f"# {in_markdown(label_of({'title': now.record.about.title or 'An inquiry'}, ()))}\n"
    yield from (f"- {MARKS[s.state]} **{s.label}**: {in_markdown(s.words)}" for s in now.thread)
    yield "\n## Next\n"
    yield from (f"- {in_markdown(s.sentence)}" for s in now.next_steps)
    yield "\n## Measures\n"
    yield from (
        f"- {in_markdown(c.title)}: {in_markdown(' '.join(w for w in (c.last, c.words) if w))}" for c in now.measures
    )
    yield "\n## Cycles by driver\n"
    yield from (
        f"- {in_markdown(r.label)}: {', '.join(f'{n} {END_WORDS[e]}' for e, n in r.counts.items() if n) or 'none'}"
        for r in now.rows
    )
    yield "\n## Findings\n"
    yield from (f"- {in_markdown(f.message)}" for f in now.findings[:MOST])
