"""The team's whole story, from problem to what was learned and changed. Formative: for the team itself. PURE."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inquirylab.charts.driver_diagram import aim_words, drawing
from inquirylab.charts.theme import colour
from inquirylab.charts.words import day
from inquirylab.definitions import Form
from inquirylab.findings.theory_marks import marks
from inquirylab.record.cycles import ROOTS, Cycle, cycles
from inquirylab.record.export import short_names
from inquirylab.record.versions import Version, changed_since, diagram_difference, versions
from inquirylab.reports.answers import answers_html, answers_markdown
from inquirylab.reports.driver_diagram import Diagrammed, describe_markdown, diagram_table
from inquirylab.reports.fragment import Fragment
from inquirylab.reports.measure_page import measures_page
from inquirylab.reports.pdsa_cycle import cycles_html, cycles_markdown
from inquirylab.reports.progress import Standing
from inquirylab.reports.told import Told

FORMATIVE = "Formative: for the team and those who may see all of it, not for publication."
FIVE = {
    "situation": "What we see",
    "stakeholders": "Who is concerned",
    "scope": "Where, and where not",
    "system": "What in the system makes it so",
    "significance": "Why it matters",
}
LEARNING = ("student_thinking", "subject", "teaching", "habits", "adults", "next_question")


class Story:
    """The parts of the story; each shows itself in a notebook, and says so where there is nothing to tell yet."""

    def __init__(self, now: Standing) -> None:
        self.now = now
        self.record, self.roots = now.record, now.roots
        self._names = short_names(now.record)

    def whole(self) -> list[Fragment]:
        """Return all parts in their order, without those that have nothing to tell to anybody."""
        told = [self.headline(), self.problem(), self.theory(), self.cycles(), self.measures(), self.learned()]
        return [*told, *filter(None, [self.also_recorded()]), self.next(), self.contributions()]

    def headline(self) -> Fragment:
        """Return title, place and team, and for whom this is."""
        about = self.record.about
        told = Told(about.title or "An inquiry", "title", level=1)
        told.text(" · ".join(w for w in (about.site, about.team_name) if w))
        told.text(about.summary, "lede")
        told.text(FORMATIVE)
        return told.fragment()

    def problem(self) -> Fragment:
        """Return the problem, how the team knows of it, and who has not been heard."""
        problem, told = self.record.problem_definition, Told("The problem", "problem")
        told.text(problem.statement or "The problem is not said yet.", "lede")
        told.pairs((label, getattr(getattr(problem, word), "answer", None)) for word, label in FIVE.items())
        if problem.evidence:
            told.heading("How we know")
            told.items(_sentences(e.what, e.says, e.limits and f"Limits: {e.limits}") for e in problem.evidence)
        if problem.affected:
            told.heading("Whom it touches")
            told.items(_sentences(a.group, a.how) for a in problem.affected)
        if problem.missing_voices:
            told.heading("Who has not been heard")
            told.items(_sentences(v.who, v.why_absent, v.plan, v.date and day(v.date)) for v in problem.missing_voices)
        self._versions(told, "problem_definition", "How the problem was reworded")
        return told.fragment()

    def theory(self) -> Fragment:
        """Return aim and drivers as a diagram, and how the theory changed."""
        record, told = self.record, Told("Our theory", "theory")
        if not record.aim.what and not record.driver_diagram.drivers:
            told.text("There is no theory yet. It starts with one aim: how much, for whom, by when.")
            return told.fragment()
        told.text(_sentences(record.aim.what, aim_words(record)), "lede")
        found = [f for f in self.now.findings if f.where.split(".")[0] in ("aim", "driver_diagram", "change_ideas")]
        edges = {e.id: e.cause for e in record.driver_diagram.edges if e.id and e.cause}
        seen = marks(self.now.known, self.roots, found, self.now.lately, edges)
        picture = drawing(record, seen, colour).replace(' height="', ' data-height="', 1)
        now = Diagrammed(record, self.now.known, seen, found, self.now.lately)
        told.drawn(f"<figure>{picture}</figure>{diagram_table(now)}", describe_markdown(record))
        links = [e for e in record.driver_diagram.edges if e.because]
        causes = [f"{self._called(e.cause)} → {self._called(e.effect)}: {e.because}" for e in links]
        if causes:
            told.heading("Why we think that one moves the other")
            told.items(causes)
        self._versions(told, "driver_diagram", "How it changed")
        return told.fragment()

    def cycles(self) -> Fragment:
        """Return the cycles: what was expected, what came out, what was decided."""
        told = Told("What we tried", "cycles")
        told.drawn(cycles_html(self.record, self.roots), cycles_markdown(self.record, self.roots))
        others = [c for c in cycles(self.record) if c.kind != "pdsa_cycle"]
        for c in others:
            told.heading(c.title)
            told.pairs(self._other_cycle(c))
        return told.fragment()

    def measures(self) -> Fragment:
        """Return every measure with its definition, its chart and what it says."""
        told, page = Told("What the measures say", "measures"), measures_page(list(self.now.teams.values()))
        told.drawn(page.html, page.markdown)
        return told.fragment()

    def learned(self) -> Fragment:
        """Return what the team believes now, cycle by cycle, with what it did to the theory."""
        told = Told("What we learned", "learned")
        lines = [(c.title, words) for c in cycles(self.record) if (words := self._learning(c))]
        told.pairs(lines)
        if not lines:
            told.text("No cycle has come to its Study yet.")
        return told.fragment()

    def also_recorded(self) -> Fragment | None:
        """Return the answers to forms that the hub has added, which no other part tells; None where there are none."""
        added = [root for root in self.roots.forms if root in self.record.added_roots]
        if not added:
            return None
        told, told_of = Told("Also recorded", "also-recorded"), (self.record, self.roots, added)
        told.drawn(answers_html(*told_of, level=3), answers_markdown(*told_of, level=3))
        return told.fragment()

    def next(self) -> Fragment:
        """Return what the team could do next."""
        told = Told("What is next", "next")
        told.items(s.sentence for s in self.now.next_steps)
        if not self.now.next_steps:
            told.text("Nothing waits.")
        if self.now.untested:
            told.text(f"Nobody is testing: {'; '.join(self.now.untested)}.")
        return told.fragment()

    def contributions(self) -> Fragment:
        """Return who contributed, in which roles, as they are named in the record."""
        record, told = self.record, Told("Who did what", "contributions")
        form = self.roots.forms["contributions"]
        for c in record.contributions:
            what = _sentences(self._roles(c, form), self._called(c.artefact), c.warrant)
            told.pairs([(self._called(c.person) or "Somebody", what)])
        if not record.contributions:
            told.text("Nobody’s part is written down yet.")
        team = ", ".join(p.display for p in record.people if p.display)
        told.text(team and f"The team: {team}.")
        return told.fragment()

    # within

    def _called(self, item: str | None) -> str:
        if not item:
            return ""
        if item == "aim":
            return "the aim"
        return self._names.get(item, "something that was removed")

    def _versions(self, told: Told, root: str, heading: str) -> None:
        found = versions(self.record, root)
        if not found:
            return
        told.heading(heading)
        told.items(self._version(v, before, root) for v, before in zip(found, [None, *found], strict=False))
        if changed_since(self.record, root):
            told.text("It has changed since the last version was kept.")

    def _version(self, v: Version, before: Version | None, root: str) -> str:
        because = " and ".join(self._called(c) for c in v.caused_by)
        words = f"Version {v.number}: {v.reason or 'no reason given'}" + (f" (because of {because})" if because else "")
        if before is None or root != "driver_diagram":
            return words
        d = diagram_difference(before.content, v.content)
        named = (("added", d.added), ("removed", d.removed), ("reworded", d.reworded), ("links changed", d.relinked))
        changes = "; ".join(f"{what}: {', '.join(names)}" for what, names in named if names)
        return f"{words}. {changes}" if changes else words

    def _other_cycle(self, c: Cycle) -> Iterator[tuple[str, str | None]]:
        a = c.answers
        yield "Kind", self.roots.forms[_root(c)].title
        yield "When", " to ".join(dict.fromkeys(day(d) for d in (c.begun, c.ended) if d))
        if c.kind == "lesson_study":
            yield "Theory of action", a.theory_of_action
            yield "Goal of the lesson", a.lesson_goal
        else:
            yield "Conjecture", a.conjecture
            maps = (" → ".join(w for w in (m.design, m.process, m.outcome) if w) for m in a.conjecture_map)
            yield "From design to outcome", "\n".join(m for m in maps if m)
            yield "What was done", a.enactment
            yield "What was seen", a.evidence
            changes = (_sentences(c.change, c.because and f"Because {c.because}") for c in a.design_changes)
            yield "What changed in the design", "\n".join(c for c in changes if c)
        yield "What we learned", self._learning(c)
        yield "What we decided", self._label(c, "act", c.act)

    def _learning(self, c: Cycle) -> str:
        a = c.answers
        if c.kind == "pdsa_cycle":
            said = a.learned
        elif c.kind == "design_cycle":
            said = a.learning
        else:
            said = _sentences(*(getattr(a.learning, word) for word in LEARNING)) if a.learning else ""
        return _sentences(said, self._label(c, "theory_effect", c.theory_effect)) if said else ""

    def _label(self, c: Cycle, question: str, value: str | None) -> str:
        asked = self.roots.forms[_root(c)].question(question)
        return next((x.label for x in asked.choices if x.id == value), value or "") if asked else value or ""

    def _roles(self, c: Any, form: Form) -> str:
        labels = {x.id: x.label for q in form.questions for x in q.choices}
        return ", ".join(labels.get(r, r) for r in (*c.credit_roles, *c.local_roles))


def _root(c: Cycle) -> str:
    return next(root for root, kind in ROOTS.items() if kind == c.kind)


def _sentences(*parts: Any) -> str:
    """Join what there is to sentences, each with its stop."""
    said = [str(p).strip() for p in parts if p]
    return " ".join(p if p.endswith((".", "?", "!", "…", "”")) else f"{p}." for p in said)
