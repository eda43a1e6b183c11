"""Generated from definitions/forms/*.toml by `make types`: do not edit, correct the form.

Every field may be missing: a record is readable however incomplete it is. What is required is a matter for `check`.
"""

from __future__ import annotations

from dataclasses import dataclass
import datetime as dt
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class About:
    """About this inquiry."""

    title: str | None = None
    site: str | None = None
    team_name: str | None = None
    summary: str | None = None
    language: Literal["en", "es"] | None = None
    cycle: Literal["pdsa_cycle", "lesson_study", "design_cycle"] | None = None


@dataclass(frozen=True, kw_only=True)
class AimEquityClause:
    """Part of aim."""

    group: str | None = None
    gap_now: str | None = None
    gap_wanted: str | None = None
    reason_for_none: str | None = None


@dataclass(frozen=True, kw_only=True)
class Aim:
    """Aim."""

    what: str | None = None
    for_whom: str | None = None
    where: str | None = None
    measure: str | None = None
    baseline: float | None = None
    baseline_by: dt.date | None = None
    target: float | None = None
    direction: Literal["up", "down"] | None = None
    by_when: dt.date | None = None
    equity_clause: AimEquityClause | None = None
    inclusive_clause: str | None = None


@dataclass(frozen=True, kw_only=True)
class CausesFishbone:
    """Part of cause analysis."""

    id: str | None = None
    text: str | None = None
    category: str | None = None
    parent: str | None = None
    kind: Literal["system", "process", "policy", "resource", "belief", "person"] | None = None
    evidence: str | None = None
    support: Literal["data", "testimony", "hunch", "contradicted"] | None = None
    influence: Literal["control", "influence", "context"] | None = None
    weight: int | None = None
    becomes_driver: str | None = None


@dataclass(frozen=True, kw_only=True)
class CausesWhyChainsWhys:
    """Part of cause analysis."""

    id: str | None = None
    why: str | None = None
    evidence: str | None = None
    becomes_driver: str | None = None


@dataclass(frozen=True, kw_only=True)
class CausesWhyChains:
    """Part of cause analysis."""

    id: str | None = None
    start: str | None = None
    branch_of: str | None = None
    whys: tuple[CausesWhyChainsWhys, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CausesProcessMap:
    """Part of cause analysis."""

    id: str | None = None
    actor: str | None = None
    action: str | None = None
    decision: bool | None = None
    time: str | None = None
    pain: str | None = None
    variant: str | None = None


@dataclass(frozen=True, kw_only=True)
class Causes:
    """Cause analysis."""

    effect: str | None = None
    categories: tuple[str, ...] = ()
    fishbone: tuple[CausesFishbone, ...] = ()
    why_chains: tuple[CausesWhyChains, ...] = ()
    process_map: tuple[CausesProcessMap, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChangeIdeaWarrant:
    """Part of change idea."""

    tested: Literal["yes", "partly", "none"] | None = None
    where: str | None = None
    result: str | None = None
    tier: int | None = None
    study: str | None = None
    like_us: str | None = None


@dataclass(frozen=True, kw_only=True)
class ChangeIdea:
    """Change idea."""

    id: str | None = None
    name: str | None = None
    description: str | None = None
    kind: Literal["process", "tool", "norm", "role", "other"] | None = None
    drivers: tuple[str, ...] = ()
    hypothesis: str | None = None
    warrant: ChangeIdeaWarrant | None = None
    benefit: int | None = None
    effort: int | None = None
    proposer: str | None = None
    origin: Literal["teacher", "student", "family", "researcher", "hub", "other_site"] | None = None
    core: tuple[str, ...] = ()
    adaptable: tuple[str, ...] = ()
    harm_check: str | None = None
    added_on: dt.date | None = None
    state: Literal["proposed", "testing", "adopted", "adapted", "abandoned", "spreading"] | None = None


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """Contribution."""

    id: str | None = None
    person: str | None = None
    artefact: str | None = None
    credit_roles: tuple[
        Literal[
            "conceptualization",
            "data_curation",
            "formal_analysis",
            "funding_acquisition",
            "investigation",
            "methodology",
            "project_administration",
            "resources",
            "software",
            "supervision",
            "validation",
            "visualization",
            "writing_original_draft",
            "writing_review_editing",
        ],
        ...,
    ] = ()
    local_roles: tuple[
        Literal["named_the_problem", "hosted", "brought_community_knowledge", "tested", "observed", "interpreted"], ...
    ] = ()
    degree: Literal["lead", "equal", "supporting"] | None = None
    warrant: str | None = None


@dataclass(frozen=True, kw_only=True)
class DesignCycleConjectureMap:
    """Part of design-based cycle."""

    id: str | None = None
    design: str | None = None
    process: str | None = None
    outcome: str | None = None
    measure: str | None = None


@dataclass(frozen=True, kw_only=True)
class DesignCycleData:
    """Part of design-based cycle."""

    id: str | None = None
    what: str | None = None
    measure: str | None = None
    who: str | None = None


@dataclass(frozen=True, kw_only=True)
class DesignCycleDesignChanges:
    """Part of design-based cycle."""

    id: str | None = None
    change: str | None = None
    because: str | None = None


@dataclass(frozen=True, kw_only=True)
class DesignCycle:
    """Design-based cycle."""

    id: str | None = None
    title: str | None = None
    change: str | None = None
    drivers: tuple[str, ...] = ()
    iteration: int | None = None
    follows: str | None = None
    scale: Literal["one_learner", "one_teacher", "team", "school", "schools", "network"] | None = None
    question: str | None = None
    conjecture: str | None = None
    locked_at: str | None = None
    conjecture_map: tuple[DesignCycleConjectureMap, ...] = ()
    data: tuple[DesignCycleData, ...] = ()
    enactment: str | None = None
    enacted_on: dt.date | None = None
    evidence: str | None = None
    observations: tuple[str, ...] = ()
    learning: str | None = None
    design_changes: tuple[DesignCycleDesignChanges, ...] = ()
    act: Literal["adopt", "adapt", "expand", "repeat", "abandon"] | None = None
    reason: str | None = None
    acted_on: dt.date | None = None
    next_plan: str | None = None
    theory_effect: Literal["supports", "weakens", "changes", "none"] | None = None
    theory_node: str | None = None


@dataclass(frozen=True, kw_only=True)
class DriverDiagramDrivers:
    """Part of driver diagram."""

    id: str | None = None
    label: str | None = None
    level: int | None = None
    definition: str | None = None
    owner: str | None = None
    state: Literal["focus", "parked", "done", "not_here"] | None = None
    system_part: str | None = None
    skips_levels: bool | None = None
    owner_scope: Literal["hub", "site"] | None = None
    overlay_of: str | None = None


@dataclass(frozen=True, kw_only=True)
class DriverDiagramEdges:
    """Part of driver diagram."""

    id: str | None = None
    cause: str | None = None
    effect: str | None = None
    because: str | None = None
    strength: Literal["strong", "weak"] | None = None
    evidence: Literal["local_data", "research", "experience", "none"] | None = None
    tier: int | None = None


@dataclass(frozen=True, kw_only=True)
class DriverDiagramMeasureLinks:
    """Part of driver diagram."""

    id: str | None = None
    node: str | None = None
    measure: str | None = None


@dataclass(frozen=True, kw_only=True)
class DriverDiagramVersions:
    """Part of driver diagram."""

    id: str | None = None
    reason: str | None = None
    caused_by: tuple[str, ...] = ()
    based_on: str | None = None
    snapshot: str | None = None


@dataclass(frozen=True, kw_only=True)
class DriverDiagram:
    """Driver diagram."""

    drivers: tuple[DriverDiagramDrivers, ...] = ()
    edges: tuple[DriverDiagramEdges, ...] = ()
    measure_links: tuple[DriverDiagramMeasureLinks, ...] = ()
    versions: tuple[DriverDiagramVersions, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LessonStudyBackground:
    """Part of lesson study cycle."""

    findings: str | None = None
    sources: tuple[str, ...] = ()
    misconceptions: str | None = None
    trajectory: str | None = None
    student_data: str | None = None
    curriculum_comparison: str | None = None


@dataclass(frozen=True, kw_only=True)
class LessonStudyKyozai:
    """Part of lesson study cycle."""

    id: str | None = None
    question: str | None = None
    answer: str | None = None


@dataclass(frozen=True, kw_only=True)
class LessonStudyUnitPlan:
    """Part of lesson study cycle."""

    id: str | None = None
    goal: str | None = None
    task: str | None = None
    is_research_lesson: bool | None = None


@dataclass(frozen=True, kw_only=True)
class LessonStudyLessonRowsAnticipated:
    """Part of lesson study cycle."""

    id: str | None = None
    response: str | None = None
    likelihood: Literal["few", "some", "most"] | None = None


@dataclass(frozen=True, kw_only=True)
class LessonStudyLessonRows:
    """Part of lesson study cycle."""

    id: str | None = None
    minutes: int | None = None
    phase: Literal["grasp", "solve", "discuss", "summarise", "other"] | None = None
    activity: str | None = None
    key_question: str | None = None
    anticipated: tuple[LessonStudyLessonRowsAnticipated, ...] = ()
    support: str | None = None
    notice: str | None = None
    materials: str | None = None
    prepared_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class LessonStudyDataQuestions:
    """Part of lesson study cycle."""

    id: str | None = None
    question: str | None = None
    prediction: str | None = None
    evidence_wanted: str | None = None
    focal_seats: str | None = None
    observers: tuple[str, ...] = ()
    measure: str | None = None
    locked_at: str | None = None


@dataclass(frozen=True, kw_only=True)
class LessonStudyStrategies:
    """Part of lesson study cycle."""

    id: str | None = None
    code: str | None = None
    strategy: str | None = None


@dataclass(frozen=True, kw_only=True)
class LessonStudySeatingPlaces:
    """Part of lesson study cycle."""

    id: str | None = None
    code: str | None = None
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, kw_only=True)
class LessonStudySeating:
    """Part of lesson study cycle."""

    arrangement: Literal["tables", "rows", "free"] | None = None
    groups: int | None = None
    each: int | None = None
    across: int | None = None
    empty: tuple[str, ...] = ()
    places: tuple[LessonStudySeatingPlaces, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LessonStudyWatching:
    """Part of lesson study cycle."""

    id: str | None = None
    observer: str | None = None
    seats: str | None = None


@dataclass(frozen=True, kw_only=True)
class LessonStudyRoles:
    """Part of lesson study cycle."""

    instructor: str | None = None
    chair: str | None = None
    recorder: str | None = None
    timekeeper: str | None = None
    commentator: str | None = None
    observers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LessonStudyEvents:
    """Part of lesson study cycle."""

    id: str | None = None
    kind: Literal["mock", "pre_brief", "lesson", "review", "discussion", "commentary", "consolidation"] | None = None
    date: dt.date | None = None
    planned: str | None = None
    actual: str | None = None


@dataclass(frozen=True, kw_only=True)
class LessonStudyPhasesTaught:
    """Part of lesson study cycle."""

    id: str | None = None
    phase: Literal["grasp", "solve", "discuss", "summarise", "other"] | None = None
    began: str | None = None


@dataclass(frozen=True, kw_only=True)
class LessonStudyArtefacts:
    """Part of lesson study cycle."""

    id: str | None = None
    file: str | None = None
    caption: str | None = None


@dataclass(frozen=True, kw_only=True)
class LessonStudyDiscussion:
    """Part of lesson study cycle."""

    id: str | None = None
    speaker_role: str | None = None
    kind: Literal["instructor", "team", "data", "question", "commentary"] | None = None
    text: str | None = None
    issue: str | None = None
    at: str | None = None
    evidence: tuple[str, ...] = ()
    answers: str | None = None


@dataclass(frozen=True, kw_only=True)
class LessonStudyResults:
    """Part of lesson study cycle."""

    id: str | None = None
    question: str | None = None
    result: str | None = None
    matched: Literal["yes", "part", "no"] | None = None


@dataclass(frozen=True, kw_only=True)
class LessonStudyCommentary:
    """Part of lesson study cycle."""

    role: str | None = None
    main_points: str | None = None
    implications: str | None = None
    reason_for_none: str | None = None


@dataclass(frozen=True, kw_only=True)
class LessonStudyRevisions:
    """Part of lesson study cycle."""

    id: str | None = None
    row: str | None = None
    before: str | None = None
    after: str | None = None
    because: str | None = None


@dataclass(frozen=True, kw_only=True)
class LessonStudyLearning:
    """Part of lesson study cycle."""

    student_thinking: str | None = None
    subject: str | None = None
    teaching: str | None = None
    habits: str | None = None
    adults: str | None = None
    next_question: str | None = None
    share: str | None = None


@dataclass(frozen=True, kw_only=True)
class LessonStudy:
    """Lesson study cycle."""

    id: str | None = None
    title: str | None = None
    theme: str | None = None
    actual_vs_ideal: str | None = None
    theory_of_action: str | None = None
    drivers: tuple[str, ...] = ()
    change: str | None = None
    pdsa: tuple[str, ...] = ()
    scale: Literal["one_learner", "one_teacher", "team", "school", "schools", "network"] | None = None
    subject: str | None = None
    grade: str | None = None
    students: int | None = None
    topic: str | None = None
    standards: str | None = None
    background: LessonStudyBackground | None = None
    kyozai: tuple[LessonStudyKyozai, ...] = ()
    rationale: str | None = None
    unit_goals: tuple[str, ...] = ()
    unit_plan: tuple[LessonStudyUnitPlan, ...] = ()
    lesson_goal: str | None = None
    lesson_rows: tuple[LessonStudyLessonRows, ...] = ()
    data_questions: tuple[LessonStudyDataQuestions, ...] = ()
    strategies: tuple[LessonStudyStrategies, ...] = ()
    ready_notes: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()
    seating: LessonStudySeating | None = None
    watching: tuple[LessonStudyWatching, ...] = ()
    board_plan: str | None = None
    roles: LessonStudyRoles | None = None
    events: tuple[LessonStudyEvents, ...] = ()
    taught_on: dt.date | None = None
    started: str | None = None
    ended: str | None = None
    phases_taught: tuple[LessonStudyPhasesTaught, ...] = ()
    deviations: str | None = None
    board_actual: str | None = None
    artefacts: tuple[LessonStudyArtefacts, ...] = ()
    discussion: tuple[LessonStudyDiscussion, ...] = ()
    results: tuple[LessonStudyResults, ...] = ()
    commentary: LessonStudyCommentary | None = None
    revisions: tuple[LessonStudyRevisions, ...] = ()
    reteach: str | None = None
    learning: LessonStudyLearning | None = None
    act: Literal["adopt", "adapt", "expand", "repeat", "abandon"] | None = None
    theory_effect: Literal["supports", "weakens", "changes", "none"] | None = None
    theory_node: str | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureGoal:
    """Part of measure."""

    value: float | None = None
    by_when: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureBaseline:
    """Part of measure."""

    points: int | None = None
    until: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class MeasurePracticalCheck:
    """Part of measure."""

    in_the_flow: bool | None = None
    fast: bool | None = None
    sensitive: bool | None = None
    actionable: bool | None = None
    tied_to_theory: bool | None = None
    safe: bool | None = None


@dataclass(frozen=True, kw_only=True)
class MeasurePhases:
    """Part of measure."""

    id: str | None = None
    start: dt.date | None = None
    label: str | None = None
    reason: str | None = None
    recalculate: bool | None = None
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MeasureExcluded:
    """Part of measure."""

    id: str | None = None
    date: dt.date | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureAnnotations:
    """Part of measure."""

    id: str | None = None
    date: dt.date | None = None
    kind: Literal["pdsa_cycle", "lesson_study", "design_cycle", "event"] | None = None
    text: str | None = None
    ref: str | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureDataRenamed:
    """Part of measure."""

    id: str | None = None
    column: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MeasureDataDayZero:
    """Part of measure."""

    id: str | None = None
    column: str | None = None
    one_of: tuple[str, ...] = ()
    date: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureDataWidths:
    """Part of measure."""

    id: str | None = None
    column: str | None = None
    digits: int | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureDataRows:
    """Part of measure."""

    id: str | None = None
    column: str | None = None
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MeasureDataMarks:
    """Part of measure."""

    id: str | None = None
    mark: str | None = None
    means: Literal["missing", "not_applicable", "suppressed", "censored"] | None = None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureDataLeaveOut:
    """Part of measure."""

    id: str | None = None
    column: str | None = None
    one_of: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureDataStudentsCountWhen:
    """Part of measure."""

    id: str | None = None
    column: str | None = None
    one_of: tuple[str, ...] = ()
    at_most: str | None = None
    at_least: float | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureDataStudents:
    """Part of measure."""

    student: str | None = None
    occasion: tuple[str, ...] = ()
    occasions: str | None = None
    roll: str | None = None
    on: tuple[str, ...] = ()
    joined: str | None = None
    left: str | None = None
    people: str | None = None
    count_when: tuple[MeasureDataStudentsCountWhen, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MeasureDataDenominatorFromOn:
    """Part of measure."""

    id: str | None = None
    column: str | None = None
    there: str | None = None
    part: str | None = None
    digits: int | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureDataDenominatorFromRows:
    """Part of measure."""

    id: str | None = None
    column: str | None = None
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MeasureDataDenominatorFromThrough:
    """Part of measure."""

    file: str | None = None
    sheet: str | None = None
    column: str | None = None
    there: str | None = None
    brings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MeasureDataDenominatorFrom:
    """Part of measure."""

    file: str | None = None
    sheet: str | None = None
    query: str | None = None
    column: str | None = None
    on: tuple[MeasureDataDenominatorFromOn, ...] = ()
    date: str | None = None
    date_form: str | None = None
    add_up: bool | None = None
    rows: tuple[MeasureDataDenominatorFromRows, ...] = ()
    through: MeasureDataDenominatorFromThrough | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureDataIncidentsComplete:
    """Part of measure."""

    id: str | None = None
    one_of: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureDataIncidentsClosed:
    """Part of measure."""

    id: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureDataIncidents:
    """Part of measure."""

    per: Literal["day", "week", "month", "quarter", "school_year", "year"] | None = None
    complete: tuple[MeasureDataIncidentsComplete, ...] = ()
    closed: tuple[MeasureDataIncidentsClosed, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MeasureData:
    """Part of measure."""

    files: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    query: str | None = None
    header_line: int | None = None
    header_lines: int | None = None
    decimal: Literal["point", "comma"] | None = None
    renamed: tuple[MeasureDataRenamed, ...] = ()
    fill_down: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    date_from: tuple[Literal["file_name", "sheet_name", "title", "header"], ...] = ()
    date_form: (
        Literal[
            "date",
            "day_first",
            "month_first",
            "iso_week",
            "month",
            "quarter",
            "term",
            "school_year",
            "year",
            "day_number",
        ]
        | None
    ) = None
    day_zero: tuple[MeasureDataDayZero, ...] = ()
    school_year_begins: int | None = None
    site: str | None = None
    site_within: tuple[str, ...] = ()
    site_from: Literal["file_name", "sheet_name", "header"] | None = None
    site_name: str | None = None
    site_width: int | None = None
    widths: tuple[MeasureDataWidths, ...] = ()
    group: tuple[str, ...] = ()
    numerator: str | None = None
    denominator: str | None = None
    value: str | None = None
    cumulative: Literal["whole_file", "school_year", "year"] | None = None
    censored: Literal["interval", "left_out", "from_counts"] | None = None
    rows: tuple[MeasureDataRows, ...] = ()
    marks: tuple[MeasureDataMarks, ...] = ()
    leave_out: tuple[MeasureDataLeaveOut, ...] = ()
    longest_gap_weeks: int | None = None
    students: MeasureDataStudents | None = None
    denominator_from: MeasureDataDenominatorFrom | None = None
    incidents: MeasureDataIncidents | None = None


@dataclass(frozen=True, kw_only=True)
class Measure:
    """Measure."""

    id: str | None = None
    name: str | None = None
    family: Literal["outcome", "driver", "process", "balancing", "pdsa"] | None = None
    construct: str | None = None
    node: str | None = None
    kind: Literal["proportion", "ratio", "count", "mean", "median", "scale", "time_between"] | None = None
    population: str | None = None
    include: str | None = None
    exclude: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    unit: str | None = None
    multiply: float | None = None
    direction: Literal["up", "down", "neither"] | None = None
    goal: MeasureGoal | None = None
    baseline: MeasureBaseline | None = None
    chart: Literal["run", "i", "mr", "xbar", "s", "p", "pp", "u", "up", "c", "g", "t", "ip"] | None = None
    chart_why: str | None = None
    rules: tuple[str, ...] = ()
    instrument: str | None = None
    source: str | None = None
    collector: str | None = None
    frequency: Literal["day", "week", "month", "term", "year", "event"] | None = None
    lag_days: int | None = None
    burden_minutes: int | None = None
    sampling: str | None = None
    disaggregate_by: tuple[str, ...] = ()
    min_n: int | None = None
    practical_check: MeasurePracticalCheck | None = None
    definition_version: int | None = None
    changed_on: dt.date | None = None
    break_series: bool | None = None
    phases: tuple[MeasurePhases, ...] = ()
    excluded: tuple[MeasureExcluded, ...] = ()
    annotations: tuple[MeasureAnnotations, ...] = ()
    rows: tuple[MeasureRow, ...] = ()
    data: MeasureData | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureRow:
    """Row of measure data."""

    id: str | None = None
    measure: str | None = None
    date: dt.date | None = None
    site: str | None = None
    group: str | None = None
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    n: float | None = None
    note: str | None = None
    definition_version: int | None = None
    source: str | None = None


@dataclass(frozen=True, kw_only=True)
class Observation:
    """Observation."""

    id: str | None = None
    lesson: str | None = None
    observer: str | None = None
    role: str | None = None
    t_rel: int | None = None
    t_abs: str | None = None
    t_device: str | None = None
    duration: int | None = None
    phase: Literal["whole", "individual", "pair", "group"] | None = None
    seat: str | None = None
    to_seat: str | None = None
    kind: Literal["says", "does", "writes", "interacts", "teacher_move"] | None = None
    verbatim: str | None = None
    interpretation: str | None = None
    wonder: str | None = None
    tlp_row: str | None = None
    data_question: str | None = None
    strategy_code: str | None = None
    media: str | None = None
    flag: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Pairing:
    """Pairing."""

    id: str | None = None
    practitioner: str | None = None
    researcher: str | None = None
    challenge: str | None = None
    shared_interests: str | None = None
    style: Literal["collaborative", "cooperative", "mixed"] | None = None
    agreed_credit: str | None = None


@dataclass(frozen=True, kw_only=True)
class PdsaCycleQuestions:
    """Part of pDSA cycle."""

    id: str | None = None
    question: str | None = None
    prediction: str | None = None
    predicted_value: float | None = None
    predicted_low: float | None = None
    predicted_high: float | None = None
    confidence: Literal["low", "medium", "high"] | None = None
    locked_at: str | None = None


@dataclass(frozen=True, kw_only=True)
class PdsaCyclePlan:
    """Part of pDSA cycle."""

    what: str | None = None
    who: str | None = None
    where: str | None = None
    when_start: dt.date | None = None
    when_end: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class PdsaCycleData:
    """Part of pDSA cycle."""

    id: str | None = None
    what: str | None = None
    measure: str | None = None
    who: str | None = None
    when: str | None = None
    how: str | None = None
    form: str | None = None


@dataclass(frozen=True, kw_only=True)
class PdsaCycleDoLog:
    """Part of pDSA cycle."""

    id: str | None = None
    at: dt.date | None = None
    observation: str | None = None
    kind: Literal["as_planned", "adjusted", "unexpected", "feedback"] | None = None
    observations: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PdsaCycleResults:
    """Part of pDSA cycle."""

    id: str | None = None
    question: str | None = None
    result: str | None = None
    value: float | None = None
    matched: Literal["yes", "part", "no"] | None = None
    surprise: str | None = None
    voice: Literal["student", "teacher", "family", "leader", "data"] | None = None


@dataclass(frozen=True, kw_only=True)
class PdsaCycleArtefacts:
    """Part of pDSA cycle."""

    id: str | None = None
    file: str | None = None
    caption: str | None = None


@dataclass(frozen=True, kw_only=True)
class PdsaCycleChartAnnotation:
    """Part of pDSA cycle."""

    date: dt.date | None = None
    text: str | None = None


@dataclass(frozen=True, kw_only=True)
class PdsaCycle:
    """PDSA cycle."""

    id: str | None = None
    change: str | None = None
    title: str | None = None
    series: str | None = None
    cycle_no: int | None = None
    purpose: Literal["learn", "develop", "test", "implement"] | None = None
    driver: str | None = None
    scale: Literal["one_learner", "one_teacher", "team", "school", "schools", "network"] | None = None
    scale_people: int | None = None
    scale_contexts: str | None = None
    questions: tuple[PdsaCycleQuestions, ...] = ()
    plan: PdsaCyclePlan | None = None
    data: tuple[PdsaCycleData, ...] = ()
    do_log: tuple[PdsaCycleDoLog, ...] = ()
    as_planned: bool | None = None
    results: tuple[PdsaCycleResults, ...] = ()
    learned: str | None = None
    act: Literal["adopt", "adapt", "expand", "repeat", "abandon"] | None = None
    reason: str | None = None
    acted_on: dt.date | None = None
    next_plan: str | None = None
    next_scale: Literal["one_learner", "one_teacher", "team", "school", "schools", "network"] | None = None
    theory_effect: Literal["supports", "weakens", "changes", "none"] | None = None
    theory_node: str | None = None
    clone_of: str | None = None
    artefacts: tuple[PdsaCycleArtefacts, ...] = ()
    minutes_spent: int | None = None
    chart_annotation: PdsaCycleChartAnnotation | None = None


@dataclass(frozen=True, kw_only=True)
class Person:
    """Person."""

    id: str | None = None
    display: str | None = None
    display_kind: Literal["real", "pseudonym", "none"] | None = None
    author: str | None = None
    role_type: Literal["student", "family", "teacher", "coach", "leader", "researcher", "community", "hub"] | None = (
        None
    )
    team_role: Literal["lead", "facilitator", "data", "recorder", "timekeeper", "participant", "sponsor"] | None = None
    site: str | None = None
    expertise: str | None = None
    hopes: str | None = None


@dataclass(frozen=True, kw_only=True)
class PracticeBriefAuthors:
    """Part of research-practice brief."""

    id: str | None = None
    person: str | None = None
    contribution: str | None = None


@dataclass(frozen=True, kw_only=True)
class PracticeBriefTryThis:
    """Part of research-practice brief."""

    id: str | None = None
    step: str | None = None
    adaptation: str | None = None
    caution: str | None = None


@dataclass(frozen=True, kw_only=True)
class PracticeBriefEvidence:
    """Part of research-practice brief."""

    id: str | None = None
    claim: str | None = None
    source: str | None = None
    design: (
        Literal["review", "experiment", "quasi_experiment", "correlation", "qualitative", "improvement", "rationale"]
        | None
    ) = None
    outcome: str | None = None
    tier: int | None = None
    setting: str | None = None
    sample: str | None = None
    fit_here: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class PracticeBriefChatMapContradictions:
    """Part of research-practice brief."""

    id: str | None = None
    between: str | None = None
    kind: Literal["within", "between", "old_and_new", "neighbours"] | None = None
    text: str | None = None
    response: str | None = None


@dataclass(frozen=True, kw_only=True)
class PracticeBriefChatMap:
    """Part of research-practice brief."""

    subject: str | None = None
    object: str | None = None
    tools: str | None = None
    rules: str | None = None
    community: str | None = None
    labour: str | None = None
    contradictions: tuple[PracticeBriefChatMapContradictions, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PracticeBriefLivingChangelog:
    """Part of research-practice brief."""

    id: str | None = None
    date: dt.date | None = None
    what: str | None = None


@dataclass(frozen=True, kw_only=True)
class PracticeBriefLiving:
    """Part of research-practice brief."""

    reviewed_on: dt.date | None = None
    review_by: dt.date | None = None
    triggers: tuple[str, ...] = ()
    superseded_by: str | None = None
    changelog: tuple[PracticeBriefLivingChangelog, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PracticeBrief:
    """Research-practice brief."""

    id: str | None = None
    challenge: str | None = None
    asked_by: str | None = None
    authors: tuple[PracticeBriefAuthors, ...] = ()
    short_answer: str | None = None
    try_this: tuple[PracticeBriefTryThis, ...] = ()
    evidence: tuple[PracticeBriefEvidence, ...] = ()
    local_evidence: tuple[str, ...] = ()
    unknowns: str | None = None
    disagreements: str | None = None
    chat_map: PracticeBriefChatMap | None = None
    layout: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    living: PracticeBriefLiving | None = None


@dataclass(frozen=True, kw_only=True)
class ProblemDefinitionSituation:
    """Part of problem definition."""

    answer: str | None = None
    evidence: tuple[str, ...] = ()
    confidence: Literal["low", "medium", "high"] | None = None


@dataclass(frozen=True, kw_only=True)
class ProblemDefinitionStakeholders:
    """Part of problem definition."""

    answer: str | None = None
    evidence: tuple[str, ...] = ()
    confidence: Literal["low", "medium", "high"] | None = None


@dataclass(frozen=True, kw_only=True)
class ProblemDefinitionScope:
    """Part of problem definition."""

    answer: str | None = None
    evidence: tuple[str, ...] = ()
    confidence: Literal["low", "medium", "high"] | None = None


@dataclass(frozen=True, kw_only=True)
class ProblemDefinitionSystem:
    """Part of problem definition."""

    answer: str | None = None
    evidence: tuple[str, ...] = ()
    confidence: Literal["low", "medium", "high"] | None = None


@dataclass(frozen=True, kw_only=True)
class ProblemDefinitionSignificance:
    """Part of problem definition."""

    answer: str | None = None
    evidence: tuple[str, ...] = ()
    confidence: Literal["low", "medium", "high"] | None = None


@dataclass(frozen=True, kw_only=True)
class ProblemDefinitionAffected:
    """Part of problem definition."""

    id: str | None = None
    group: str | None = None
    n: int | None = None
    how: str | None = None


@dataclass(frozen=True, kw_only=True)
class ProblemDefinitionMissingVoices:
    """Part of problem definition."""

    id: str | None = None
    who: str | None = None
    why_absent: str | None = None
    plan: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class ProblemDefinitionEmpathyInterviews:
    """Part of problem definition."""

    id: str | None = None
    role: str | None = None
    date: dt.date | None = None
    relation: str | None = None
    story_prompts: str | None = None
    quotes: str | None = None
    needs: str | None = None
    surprise: str | None = None
    consent: bool | None = None
    quotable: bool | None = None


@dataclass(frozen=True, kw_only=True)
class ProblemDefinitionEvidence:
    """Part of problem definition."""

    id: str | None = None
    kind: Literal["admin_data", "observation", "interview", "survey", "work_sample", "literature"] | None = None
    what: str | None = None
    date: dt.date | None = None
    says: str | None = None
    limits: str | None = None
    file: str | None = None


@dataclass(frozen=True, kw_only=True)
class ProblemDefinitionBoundary:
    """Part of problem definition."""

    inside: str | None = None
    outside: str | None = None
    period: str | None = None


@dataclass(frozen=True, kw_only=True)
class ProblemDefinitionAssumptions:
    """Part of problem definition."""

    id: str | None = None
    text: str | None = None
    decision: Literal["keep", "reframe", "remove"] | None = None


@dataclass(frozen=True, kw_only=True)
class ProblemDefinitionSharedPositionality:
    """Part of problem definition."""

    id: str | None = None
    person: str | None = None
    text: str | None = None


@dataclass(frozen=True, kw_only=True)
class ProblemDefinitionVersions:
    """Part of problem definition."""

    id: str | None = None
    reason: str | None = None
    caused_by: tuple[str, ...] = ()
    snapshot: str | None = None


@dataclass(frozen=True, kw_only=True)
class ProblemDefinition:
    """Problem definition."""

    statement: str | None = None
    situation: ProblemDefinitionSituation | None = None
    stakeholders: ProblemDefinitionStakeholders | None = None
    scope: ProblemDefinitionScope | None = None
    system: ProblemDefinitionSystem | None = None
    significance: ProblemDefinitionSignificance | None = None
    affected: tuple[ProblemDefinitionAffected, ...] = ()
    named_by: tuple[str, ...] = ()
    missing_voices: tuple[ProblemDefinitionMissingVoices, ...] = ()
    empathy_interviews: tuple[ProblemDefinitionEmpathyInterviews, ...] = ()
    evidence: tuple[ProblemDefinitionEvidence, ...] = ()
    assets: tuple[str, ...] = ()
    boundary: ProblemDefinitionBoundary | None = None
    assumptions: tuple[ProblemDefinitionAssumptions, ...] = ()
    positionality: str | None = None
    shared_positionality: tuple[ProblemDefinitionSharedPositionality, ...] = ()
    equity_stance: str | None = None
    deficit_response: str | None = None
    versions: tuple[ProblemDefinitionVersions, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SupportRequest:
    """Request for support."""

    id: str | None = None
    asked_by: str | None = None
    about: str | None = None
    what: str | None = None
    need: Literal["content", "method", "data", "facilitation", "technology", "time", "permission"] | None = None
    urgency: Literal["whenever", "this_cycle", "now"] | None = None
    asked_on: dt.date | None = None
    answered_by: str | None = None
    answer: str | None = None
    state: Literal["open", "taken", "answered"] | None = None


@dataclass(frozen=True, kw_only=True)
class Tie:
    """Tie."""

    id: str | None = None
    person: str | None = None
    turned_to: str | None = None
    kind: Literal["advice", "information", "decision", "works_with"] | None = None
    frequency: Literal["weekly", "monthly", "termly", "rarely"] | None = None
    wave: str | None = None
    consent: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Answers:
    """All answers of one inquiry."""

    about: About = About()
    aim: Aim = Aim()
    causes: Causes = Causes()
    change_ideas: tuple[ChangeIdea, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    design_cycles: tuple[DesignCycle, ...] = ()
    driver_diagram: DriverDiagram = DriverDiagram()
    lesson_study_cycles: tuple[LessonStudy, ...] = ()
    measures: tuple[Measure, ...] = ()
    measure_data: tuple[MeasureRow, ...] = ()
    observations: tuple[Observation, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    pdsa_cycles: tuple[PdsaCycle, ...] = ()
    people: tuple[Person, ...] = ()
    practice_briefs: tuple[PracticeBrief, ...] = ()
    problem_definition: ProblemDefinition = ProblemDefinition()
    support_requests: tuple[SupportRequest, ...] = ()
    ties: tuple[Tie, ...] = ()
