"""One inquiry as its widgets show it; store and widgets meet here, so that neither needs to know the other."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from inquirylab.errors import RecordError, did_you_mean
from inquirylab.inquiry.reading import InquiryReading

if TYPE_CHECKING:
    from inquirylab.findings.team_measure import TeamMeasure
    from inquirylab.inquiry.data_choice import DataChoice
    from inquirylab.inquiry.inquiry import Inquiry
    from inquirylab.record.types import Measure
    from inquirylab.reports.progress import Standing
    from inquirylab.reports.story import Story
    from inquirylab.widgets.live import Live
    from inquirylab.widgets.record_view import RecordView


class InquiryWidgets(InquiryReading):
    """The widgets of an inquiry; see :class:`inquirylab.inquiry.Inquiry`."""

    @cached_property
    def live(self) -> Live:
        """What the widgets of this inquiry share."""
        from inquirylab.widgets.live import Live

        return Live(cast("Inquiry", self))

    def form(self, *roots: str) -> RecordView:
        """Return a widget that asks the forms of these roots: ``inq.form("causes")``, ``inq.form("people")``."""
        from inquirylab.widgets.form import FormView

        return FormView(self.live, *roots)

    def problem_definition(self) -> RecordView:
        """Return the board of the problem definition: statement, five dimensions, voices, evidence, versions."""
        from inquirylab.widgets.problem_definition import ProblemDefinition

        return ProblemDefinition(self.live)

    def causes(self) -> RecordView:
        """Return the causes of the problem: a fishbone and chains of whys."""
        from inquirylab.widgets.causes import Causes

        return Causes(self.live)

    def driver_diagram(self) -> RecordView:
        """Return the driver diagram: a picture and a tree of the theory, edited in place, with what is known at each node."""
        from inquirylab.widgets.driver_diagram import DriverDiagram

        return DriverDiagram(self.live)

    def pdsa_cycle(self, cycle: str | None = None) -> RecordView:
        """Return the widget of the PDSA cycles; `cycle` is the id of the one to open."""
        from inquirylab.widgets.pdsa_cycle import PdsaCycle

        return PdsaCycle(self.live, cycle)

    # measures

    def measured(self, measure: str) -> TeamMeasure:
        """Return what a measure of the record says, by its id or name: from its data file and from rows typed in by hand.

        Raises
        ------
        RecordError
            There is no such measure.
        """
        return self._measured.of(self.record, self.record_of_measure(measure))

    def record_of_measure(self, measure: str) -> Measure:
        """Return the definition of a measure by its id, or by its name if one measure alone has it."""
        known: tuple[Measure, ...] = self.record.measures
        found = [m for m in known if m.id == measure] or [m for m in known if m.name == measure]
        if len(found) != 1:
            what = "There is no such measure" if not found else "Several measures have this name"
            raise RecordError(what, found=repr(measure), cure=did_you_mean(measure, [m.name or "" for m in known]))
        return found[0]

    @cached_property
    def data_choice(self) -> DataChoice:
        """What a view asks of the inquiry's data files."""
        from inquirylab.inquiry.data_choice import DataChoice

        return DataChoice(cast("Inquiry", self))

    def measure(self, measure: str | None = None) -> RecordView:
        """Return a widget of one measure, by its id or name, or of all: definition, numbers, chart, words."""
        from inquirylab.widgets.measure import MeasureView

        return MeasureView(self.live, measure)

    def lesson_study(self, id: str | None = None) -> RecordView:
        """Return the lesson study widget: study, plan, teach, reflect; of one cycle, or of all to choose from."""
        from inquirylab.widgets.lesson_study import LessonStudyView

        return LessonStudyView(self.live, id)

    def observation(self, lesson: str | None = None) -> RecordView:
        """Return the widget for observers of a research lesson: seats, notes and a clock."""
        from inquirylab.widgets.observation import ObservationView

        return ObservationView(self.live, lesson)

    # the whole

    def standing(self) -> Standing:
        """Return where the inquiry stands: its thread, what is next, cycles by driver, measures, who did what lately."""
        from inquirylab.findings.names_in_notes import without_words
        from inquirylab.reports.progress import standing

        record = self.leaving
        teams = {str(m.id): self.measured(str(m.id)) for m in record.measures}
        return standing(record, self.roots, without_words(self.findings()), self.next_steps(), teams, self.history())

    def progress(self) -> RecordView:
        """Return the page of progress: what is done, what is next, findings, signals, cycles by driver."""
        from inquirylab.widgets.progress import ProgressView

        return ProgressView(self.live)

    def story(self) -> Story:
        """Return the team's story, part by part: ``problem()``, ``theory()``, ``cycles()``, ``measures()`` and the rest."""
        from inquirylab.reports.story import Story

        return Story(self.standing())
