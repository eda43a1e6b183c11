"""The notes of a research lesson as a page that prints: timeline, coverage, counts that name no seat, what was flagged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from inquirylab.charts.lesson_timeline import lesson_timeline
from inquirylab.findings.lesson_review import LessonReview, review
from inquirylab.record.reading import Record
from inquirylab.record.types import LessonStudy, Observation
from inquirylab.reports.lesson_words import KINDS, PHASES, clock, fragment, names_of

NOBODY = "No lesson was observed yet."
MOST = 12
Picture = Callable[[str], str]


def no_picture(_: str) -> str:
    """Show none: for pages that leave the team."""
    return ""


def review_html(record: Record, lesson: str | None, picture: Picture = no_picture) -> str:
    """Return the review of one lesson as a fragment; `picture` makes an address that holds a photo from its name."""
    cycle = next((c for c in record.lesson_study_cycles if c.id == lesson), None)
    return str(fragment(review_parts(record, cycle, picture) if cycle else Markup("<p>{}</p>").format(NOBODY)))


def review_markdown(record: Record, lesson: str | None) -> str:
    """Return the same in a few lines of Markdown."""
    cycle = next((c for c in record.lesson_study_cycles if c.id == lesson), None)
    if cycle is None:
        return NOBODY
    found = review(record, cycle)
    return f"**{in_words(found)}**"


def review_parts(record: Record, lesson: LessonStudy, picture: Picture = no_picture) -> Markup:
    """Return timeline, counts and evidence of a lesson; nothing of it says which seat."""
    found = review(record, lesson)
    if not found.notes:
        return Markup("<p>{}</p>").format(NOBODY)
    called = names_of(record)
    return Markup(
        "<h3>What observers noted</h3><p>{}</p>{}<p><small>● said, ■ did, ▲ wrote, ◆ turned to another.</small></p>{}{}{}"
    ).format(
        in_words(found),
        lesson_timeline(found, called, PHASES),
        _counts(found),
        _evidence(found, picture),
        _flagged(found.flagged, picture),
    )


def in_words(found: LessonReview) -> str:
    """Return the notes in one or two sentences."""
    n, who = len(found.notes), len(found.observers)
    seen = (
        "every seat was"
        if found.seats and found.seats_seen >= found.seats
        else f"{found.seats_seen} of {found.seats} seats were"
    )
    said = f"{n} {'note' if n == 1 else 'notes'} by {who} {'observer' if who == 1 else 'observers'}; {seen} seen."
    return said + (f" Students turned to another {found.turns} times." if found.turns > 1 else "")


def _counts(found: LessonReview) -> Markup:
    phases = list(dict.fromkeys(p for p, _ in found.by_phase_and_kind))
    kinds = [k for k in KINDS if any(k == kind for _, kind in found.by_phase_and_kind)]
    rows = [
        Markup("<tr><th scope=row>{}</th>{}</tr>").format(
            PHASES.get(p, p) or "Before",
            Markup("").join(Markup("<td>{}</td>").format(found.by_phase_and_kind.get((p, k), 0)) for k in kinds),
        )
        for p in phases
    ]
    heads = Markup("").join(Markup("<th scope=col>{}</th>").format(KINDS[k]) for k in kinds)
    codes = ", ".join(f"{code} {n}" for code, n in sorted(found.by_strategy.items()))
    return Markup(
        "<table><thead><tr><th scope=col>Notes in phase</th>{}</tr></thead><tbody>{}</tbody></table>{}"
    ).format(heads, Markup("").join(rows), Markup("<p>Strategies noted: {}</p>").format(codes) if codes else "")


def _evidence(found: LessonReview, picture: Picture) -> Markup:
    results: Mapping[str | None, str | None] = {r.question: r.result for r in found.lesson.results}
    parts = []
    for q in found.lesson.data_questions:
        own = found.by_question.get(q.id or "", ())
        parts.append(
            Markup("<h3>{}</h3>{}{}").format(
                q.question or "A question",
                Markup("<p><b>{}</b></p>").format(results[q.id]) if results.get(q.id) else "",
                _quotes(own, picture),
            )
        )
    return Markup("").join(parts)


def _flagged(notes: Sequence[Observation], picture: Picture) -> Markup:
    return Markup("<h3>Flagged for the discussion</h3>{}").format(_quotes(notes, picture)) if notes else Markup("")


def _quotes(notes: Sequence[Observation], picture: Picture) -> Markup:
    """List notes with their minute; those with a reading, a flag or a photo come first where there are many."""
    if not notes:
        return Markup("<p><small>No note speaks to it yet.</small></p>")
    first = sorted(notes, key=lambda n: not (n.flag or n.interpretation or n.media))[:MOST]
    items = [
        Markup("<li>{} {}: {}{}{}</li>").format(
            clock(n.t_rel),
            KINDS.get(n.kind or "", "noted"),
            n.verbatim or "",
            Markup(" <small>(a reading: {})</small>").format(n.interpretation) if n.interpretation else "",
            _photo(picture(n.media or "")),
        )
        for n in sorted(first, key=lambda n: n.t_rel or 0)
    ]
    more = (
        Markup("<p><small>and {} more</small></p>").format(len(notes) - len(first)) if len(notes) > len(first) else ""
    )
    return Markup("<ul>{}</ul>{}").format(Markup("").join(items), more)


def _photo(address: str) -> Markup:
    shown = Markup('<br><img src="{}" alt="Photo of the work" style="max-width:min(100%, 24rem)">')
    return shown.format(address) if address else Markup("")
