"""The minutes of a post-lesson discussion, and what was learned: revisions, the four areas, the decision."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from inquirylab.findings.lesson_review import in_order
from inquirylab.record.reading import Record
from inquirylab.record.types import LessonStudy
from inquirylab.reports.lesson_words import KINDS, clock, field, names_of, prose

PARTS = {
    "instructor": "The instructor’s view",
    "team": "The team’s reasons",
    "data": "What observers saw",
    "question": "Questions",
    "commentary": "Comments",
}
ACTS = {
    "adopt": "Adopt it",
    "adapt": "Adapt it and test again",
    "expand": "Test it on a larger scale",
    "repeat": "Test it again as it is",
    "abandon": "Give it up",
}


def minutes_html(record: Record, lesson: LessonStudy) -> Markup:
    """Return discussion, revisions and learning under the title of the lesson."""
    return Markup("<h2>{}: discussion and learning</h2>{}").format(
        lesson.title or "A research lesson", minutes_parts(record, lesson)
    )


def minutes_parts(record: Record, lesson: LessonStudy) -> Markup:
    """Return discussion, revisions and learning; nothing where there is none."""
    return Markup("").join(
        [_discussion(record, lesson), _commentary(lesson), _revisions(lesson), *_learning(record, lesson)]
    )


def _discussion(record: Record, lesson: LessonStudy) -> Markup:
    seen = {o.id: o for o in record.observations if o.lesson == lesson.id}
    asked = {q.id: q.question for q in lesson.data_questions}
    parts = []
    for kind, title in PARTS.items():
        said = [d for d in lesson.discussion if (d.kind or "team") == kind]
        if not said:
            continue
        items = []
        for d in said:
            shown = in_order([seen[e] for e in d.evidence if e in seen])
            proof = Markup("").join(
                Markup("<br><small>shown: {} {}: {}</small>").format(
                    clock(o.t_rel), KINDS.get(o.kind or "", ""), o.verbatim or ""
                )
                for o in shown
            )
            answers = Markup("<br><small>on: {}</small>").format(asked[d.answers]) if asked.get(d.answers) else ""
            issue = Markup(" <small>[{}]</small>").format(d.issue) if d.issue else ""
            items.append(
                Markup("<li><b>{}</b>{} {}{}{}</li>").format(
                    f"{d.speaker_role}:" if d.speaker_role else "", issue, prose(d.text), answers, proof
                )
            )
        parts.append(Markup("<h3>{}</h3><ul>{}</ul>").format(title, Markup("").join(items)))
    return Markup("").join(parts)


def _commentary(lesson: LessonStudy) -> Markup:
    c = lesson.commentary
    if c is None:
        return Markup("")
    said = field("Final commentary" + (f": {c.role}" if c.role else ""), c.main_points) + field(
        "What follows for our teaching", c.implications
    )
    return said or field("No final commentary", c.reason_for_none)


def _revisions(lesson: LessonStudy) -> Markup:
    if not lesson.revisions:
        return Markup("")
    rows_called = {r.id: _short(r.activity or "") for r in lesson.lesson_rows}
    rows = [
        Markup("<tr><th scope=row>{}</th><td>{}</td><td>{}</td><td>{}</td></tr>").format(
            rows_called.get(r.row or "", ""), prose(r.before), prose(r.after), prose(r.because)
        )
        for r in lesson.revisions
    ]
    return Markup(
        "<h3>What we would change</h3><table><thead><tr><th scope=col>Row</th><th scope=col>Before</th><th scope=col>After</th>"
        "<th scope=col>Because</th></tr></thead><tbody>{}</tbody></table>"
    ).format(Markup("").join(rows))


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _learning(record: Record, lesson: LessonStudy) -> Iterator[Markup]:
    if (learned := lesson.learning) is not None:
        yield field("What we learned about students’ thinking", learned.student_thinking)
        yield field("About the subject", learned.subject)
        yield field("About teaching", learned.teaching)
        yield field("About our habits of learning", learned.habits)
        yield field("About working together", learned.adults)
        yield field("Our next question", learned.next_question)
        yield field("What others should hear of it", learned.share)
    yield field("Decision on the change", ACTS.get(lesson.act or ""))
    where = names_of(record).get(lesson.theory_node or "", "")
    effects = {
        "supports": "It supports the theory",
        "weakens": "It weakens the theory",
        "changes": "It changes the theory",
        "none": "It says nothing about the theory",
    }
    if lesson.theory_effect:
        yield field(
            "What goes back into the theory", effects[lesson.theory_effect] + (f": “{where}”." if where else ".")
        )
