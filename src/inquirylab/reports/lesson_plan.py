"""The teaching–learning plan as a school hands it round, and the sheets that observers fill in on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from inquirylab.charts.seating import seating_svg
from inquirylab.record.reading import Record
from inquirylab.record.seats import seats_of
from inquirylab.record.types import LessonStudy, LessonStudyLessonRows
from inquirylab.reports.lesson_words import PHASES, field, names_of, prose

ROW_HEADS = (
    "Time",
    "Activity and key question",
    "What students may think, say or do",
    "Teacher’s response",
    "Points to notice",
    "Materials",
)
SHEET_LINES = 16
EVENTS = {
    "mock": "Mock-up lesson",
    "pre_brief": "Discussion before the lesson",
    "lesson": "Research lesson",
    "review": "Review of the data",
    "discussion": "Discussion after the lesson",
    "commentary": "Final commentary",
    "consolidation": "Consolidation",
}


def plan_html(record: Record, lesson: LessonStudy, board: str = "") -> Markup:
    """Return the plan as a fragment: head, rationale, unit, roles, lesson table, data questions, seats, board.

    Parameters
    ----------
    record
        The record.
    lesson
        The cycle.
    board
        The picture of the board plan as a data address, if there is one.
    """
    called = names_of(record)
    parts = [
        Markup("<h2>{}</h2>").format(lesson.title or "A research lesson"),
        _head(record, lesson, called),
        Markup('<div class="iq-fields">{}</div>').format(Markup("").join(_fields(lesson, called))),
        _unit(lesson),
        field("Goal of the research lesson", lesson.lesson_goal),
        _side_by_side(_roles(lesson, called), _events(lesson), _strategies(lesson)),
        lesson_table(lesson, called),
        data_questions(lesson, called),
        _side_by_side(_seats(lesson, called), _board(board)),
    ]
    return Markup("").join(parts)


def _side_by_side(*parts: Markup) -> Markup:
    """Set short parts beside each other: a plan is handed round on few sheets."""
    there = [Markup("<section>{}</section>").format(p) for p in parts if p]
    return Markup('<div class="iq-beside">{}</div>').format(Markup("").join(there)) if there else Markup("")


def _board(picture: str) -> Markup:
    shown = Markup('<h3>Board plan</h3><img alt="The board plan" src="{}">')
    return shown.format(picture) if picture else Markup("")


def lesson_table(lesson: LessonStudy, called: Mapping[str, str]) -> Markup:
    """Return the rows of the lesson with their minutes."""
    if not lesson.lesson_rows:
        return Markup("")
    rows, at = [], 0
    for row in lesson.lesson_rows:
        until = at + (row.minutes or 0)
        rows.append(_row(row, at, until, called))
        at = until
    heads = Markup("").join(Markup('<th scope="col">{}</th>').format(h) for h in ROW_HEADS)
    return Markup(
        '<h3>The lesson</h3><table class="iq-plan"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
    ).format(heads, Markup("").join(rows))


def data_questions(lesson: LessonStudy, called: Mapping[str, str]) -> Markup:
    """Return the questions that observers answer: what, from whom, by whom."""
    if not lesson.data_questions:
        return Markup("")
    rows = [
        Markup("<tr><th scope=row>Q{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>").format(
            i,
            q.question or "",
            q.evidence_wanted or "",
            q.prediction or "",
            q.focal_seats or "",
            ", ".join(called.get(o, "somebody") for o in q.observers),
        )
        for i, q in enumerate(lesson.data_questions, 1)
    ]
    return Markup(
        "<section><h3>Data questions</h3><table class=iq-q><thead><tr><th></th><th scope=col>Question</th>"
        "<th scope=col>What would answer it</th><th scope=col>What we expect</th><th scope=col>Seats</th>"
        "<th scope=col>Observers</th></tr></thead>"
        "<tbody>{}</tbody></table></section>"
    ).format(Markup("").join(rows))


def sheets_html(record: Record, lesson: LessonStudy) -> Markup:
    """Return the seating chart and, for each observer, a sheet with seats, question and lines to write on."""
    called = names_of(record)
    watching = {w.observer: w.seats or "" for w in lesson.watching if w.observer}
    observers = list(dict.fromkeys([*watching, *(o for q in lesson.data_questions for o in q.observers)])) or [""]
    chart = seating_svg(seats_of(lesson.seating))
    title = lesson.title or "Research lesson"
    pages = [
        Markup(
            '<section class="iq-sheet"><h2>{}: seats</h2><p>Seat codes, never names. One stroke for each note at a seat.</p>'
            "{}{}{}</section>"
        ).format(title, chart, _course(lesson), _strategies(lesson))
    ]
    pages += [_sheet(lesson, called.get(o, ""), o, watching.get(o, "")) for o in observers]
    return Markup("").join(pages)


def _course(lesson: LessonStudy) -> Markup:
    """Return the lesson in a few lines: when what happens, and what to look for."""
    rows, at = [], 0
    for row in lesson.lesson_rows:
        until = at + (row.minutes or 0)
        rows.append(
            Markup("<tr><th scope=row>{}</th><td>{}</td><td>{}</td></tr>").format(
                f"{at}–{until}", row.key_question or prose(row.activity), prose(row.notice)
            )
        )
        at = until
    return (
        Markup(
            "<h3>The lesson in short</h3><table class=iq-q><thead><tr><th scope=col>Minutes</th><th scope=col>Key question</th>"
            "<th scope=col>Points to notice</th></tr></thead><tbody>{}</tbody></table>"
        ).format(Markup("").join(rows))
        if rows
        else Markup("")
    )


def _sheet(lesson: LessonStudy, name: str, observer: str, seats: str) -> Markup:
    own = [q for q in lesson.data_questions if observer in q.observers] or list(lesson.data_questions)
    asked = Markup("").join(
        Markup("<li>{}{}</li>").format(
            q.question or "", Markup(" <small>Seats: {}</small>").format(q.focal_seats) if q.focal_seats else ""
        )
        for q in own
    )
    lines = Markup("<tr><td></td><td></td><td></td><td></td><td></td></tr>") * SHEET_LINES
    return Markup(
        '<section class="iq-sheet"><h2>{}: observation sheet</h2><p>Observer: {} &emsp; Seats: {} &emsp; '
        "<span class=iq-one>Lesson began at: ________</span></p>"
        "<ol>{}</ol><p>Write what is said, done or written, word for word. What it might mean goes into the last column. No names.</p>"
        '<table class="iq-lines"><thead><tr><th scope=col>Time</th><th scope=col>Seat (→ seat)</th><th scope=col>Said, did, wrote</th>'
        "<th scope=col>Word for word</th><th scope=col>What it might mean</th></tr></thead><tbody>{}</tbody></table></section>"
    ).format(lesson.title or "Research lesson", name or "________________", seats or "____________", asked, lines)


def _head(record: Record, lesson: LessonStudy, called: Mapping[str, str]) -> Markup:
    roles = lesson.roles
    day = lesson.taught_on or next((e.date for e in lesson.events if e.kind == "lesson"), None)
    facts = [
        ("Team", ", ".join(str(p.display) for p in record.people if p.display)),
        ("Instructor", called.get(roles.instructor or "", "") if roles else ""),
        ("Subject", lesson.subject),
        ("Grade", lesson.grade),
        ("Date", day),
        ("Site", record.about.site),
        ("Students", lesson.students),
    ]
    shown = [Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(k, v) for k, v in facts if v not in (None, "")]
    return Markup('<dl class="iq-facts">{}</dl>').format(Markup("").join(shown))


def _fields(lesson: LessonStudy, called: Mapping[str, str]) -> Iterator[Markup]:
    tests = [called[i] for i in (*lesson.drivers, lesson.change or "") if i in called]
    yield field("Research theme", lesson.theme)
    yield field("What we see now", lesson.actual_vs_ideal)
    yield field("Theory of action", lesson.theory_of_action)
    yield field("What it tests in our theory", "; ".join(tests))
    yield field("Topic", lesson.topic)
    if (b := lesson.background) is not None:
        yield field("Background: the content and how students learn it", b.findings)
        yield field("Sources", "\n".join(b.sources))
        yield field("Other ways of thinking that are common", b.misconceptions)
        yield field("How understanding grows", b.trajectory)
        yield field("What our students’ work and data show", b.student_data)
    yield field("Relation to the standards", lesson.standards)
    for k in lesson.kyozai:
        yield field(k.question or "", k.answer)
    yield field("Rationale", lesson.rationale)
    yield field("Goals of the unit", "\n".join(lesson.unit_goals))


def _unit(lesson: LessonStudy) -> Markup:
    if not lesson.unit_plan:
        return Markup("")
    rows = [
        Markup("<tr><th scope=row>{}{}</th><td>{}</td><td>{}</td></tr>").format(
            i, " ★" if u.is_research_lesson else "", u.goal or "", u.task or ""
        )
        for i, u in enumerate(lesson.unit_plan, 1)
    ]
    return Markup(
        "<h3>Unit</h3><table><thead><tr><th scope=col>Lesson</th><th scope=col>Learning goal</th><th scope=col>Task</th></tr></thead>"
        "<tbody>{}</tbody></table><p><small>★ the research lesson</small></p>"
    ).format(Markup("").join(rows))


def _row(row: LessonStudyLessonRows, at: int, until: int, called: Mapping[str, str]) -> Markup:
    key = Markup("<p class=iq-key>{}</p>").format(row.key_question) if row.key_question else Markup("")
    thinks = Markup("").join(
        Markup("<li>{}{}</li>").format(
            a.response or "", Markup(" <small>({})</small>").format(a.likelihood) if a.likelihood else ""
        )
        for a in row.anticipated
    )
    by = (
        Markup("<br><small>prepared by {}</small>").format(called[row.prepared_by or ""])
        if (row.prepared_by or "") in called
        else ""
    )
    return Markup(
        "<tr><th scope=row>{}<br><small>{} min{}</small></th><td>{}{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}{}</td></tr>"
    ).format(
        f"{at}–{until}",
        row.minutes or 0,
        Markup("<br>{}").format(PHASES.get(row.phase or "", "")) if row.phase else "",
        prose(row.activity),
        key,
        Markup("<ul>{}</ul>").format(thinks) if thinks else "",
        prose(row.support),
        prose(row.notice),
        prose(row.materials),
        by,
    )


def _strategies(lesson: LessonStudy) -> Markup:
    if not lesson.strategies:
        return Markup("")
    items = Markup("").join(
        Markup("<li><b>{}</b> {}</li>").format(s.code or "", s.strategy or "") for s in lesson.strategies
    )
    return Markup("<h3>Strategies we expect</h3><ul>{}</ul>").format(items)


def _seats(lesson: LessonStudy, called: Mapping[str, str]) -> Markup:
    if lesson.seating is None:
        return Markup("")
    who = [
        Markup("<li>{}: {}</li>").format(called.get(w.observer or "", "somebody"), w.seats or "")
        for w in lesson.watching
    ]
    return Markup("<h3>Seats</h3>{}<ul>{}</ul>").format(seating_svg(seats_of(lesson.seating)), Markup("").join(who))


def _roles(lesson: LessonStudy, called: Mapping[str, str]) -> Markup:
    r = lesson.roles
    named = (
        [
            ("Teaches", r.instructor),
            ("Chairs", r.chair),
            ("Records", r.recorder),
            ("Keeps time", r.timekeeper),
            ("Final commentary", r.commentator),
        ]
        if r
        else []
    )
    said = [Markup("<li>{}: {}</li>").format(k, called[v or ""]) for k, v in named if (v or "") in called]
    if r and r.observers:
        said.append(Markup("<li>Observe: {}</li>").format(", ".join(called.get(o, "somebody") for o in r.observers)))
    return Markup("<h3>Who does what</h3><ul>{}</ul>").format(Markup("").join(said)) if said else Markup("")


def _events(lesson: LessonStudy) -> Markup:
    found = Markup("").join(
        Markup("<li>{}: {} {}</li>").format(EVENTS.get(e.kind or "", ""), e.date or "", e.planned or "")
        for e in lesson.events
    )
    return Markup("<h3>When</h3><ul>{}</ul>").format(found) if found else Markup("")
