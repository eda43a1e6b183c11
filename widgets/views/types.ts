// Generated from definitions/forms/*.toml by `make types`: do not edit, correct the form.
// A date is an ISO string. Every field may be missing: a record is readable however incomplete it is.

export interface About {
  title?: string;
  site?: string;
  team_name?: string;
  summary?: string;
  language?: "en" | "es";
  cycle?: "pdsa_cycle" | "lesson_study" | "design_cycle";
}

export interface AimEquityClause {
  group?: string;
  gap_now?: string;
  gap_wanted?: string;
  reason_for_none?: string;
}

export interface Aim {
  what?: string;
  for_whom?: string;
  where?: string;
  measure?: string;
  baseline?: number;
  baseline_by?: string;
  target?: number;
  direction?: "up" | "down";
  by_when?: string;
  equity_clause?: AimEquityClause;
  inclusive_clause?: string;
}

export interface CausesFishbone {
  id?: string;
  text?: string;
  category?: string;
  parent?: string;
  kind?: "system" | "process" | "policy" | "resource" | "belief" | "person";
  evidence?: string;
  support?: "data" | "testimony" | "hunch" | "contradicted";
  influence?: "control" | "influence" | "context";
  weight?: number;
  becomes_driver?: string;
}

export interface CausesWhyChainsWhys {
  id?: string;
  why?: string;
  evidence?: string;
  becomes_driver?: string;
}

export interface CausesWhyChains {
  id?: string;
  start?: string;
  branch_of?: string;
  whys?: CausesWhyChainsWhys[];
}

export interface CausesProcessMap {
  id?: string;
  actor?: string;
  action?: string;
  decision?: boolean;
  time?: string;
  pain?: string;
  variant?: string;
}

export interface Causes {
  effect?: string;
  categories?: string[];
  fishbone?: CausesFishbone[];
  why_chains?: CausesWhyChains[];
  process_map?: CausesProcessMap[];
}

export interface ChangeIdeaWarrant {
  tested?: "yes" | "partly" | "none";
  where?: string;
  result?: string;
  tier?: number;
  study?: string;
  like_us?: string;
}

export interface ChangeIdea {
  id?: string;
  name?: string;
  description?: string;
  kind?: "process" | "tool" | "norm" | "role" | "other";
  drivers?: string[];
  hypothesis?: string;
  warrant?: ChangeIdeaWarrant;
  benefit?: number;
  effort?: number;
  proposer?: string;
  origin?: "teacher" | "student" | "family" | "researcher" | "hub" | "other_site";
  core?: string[];
  adaptable?: string[];
  harm_check?: string;
  added_on?: string;
  state?: "proposed" | "testing" | "adopted" | "adapted" | "abandoned" | "spreading";
}

export interface Contribution {
  id?: string;
  person?: string;
  artefact?: string;
  credit_roles?: ("conceptualization" | "data_curation" | "formal_analysis" | "funding_acquisition" | "investigation" | "methodology" | "project_administration" | "resources" | "software" | "supervision" | "validation" | "visualization" | "writing_original_draft" | "writing_review_editing")[];
  local_roles?: ("named_the_problem" | "hosted" | "brought_community_knowledge" | "tested" | "observed" | "interpreted")[];
  degree?: "lead" | "equal" | "supporting";
  warrant?: string;
}

export interface DesignCycleConjectureMap {
  id?: string;
  design?: string;
  process?: string;
  outcome?: string;
  measure?: string;
}

export interface DesignCycleData {
  id?: string;
  what?: string;
  measure?: string;
  who?: string;
}

export interface DesignCycleDesignChanges {
  id?: string;
  change?: string;
  because?: string;
}

export interface DesignCycle {
  id?: string;
  title?: string;
  change?: string;
  drivers?: string[];
  iteration?: number;
  follows?: string;
  scale?: "one_learner" | "one_teacher" | "team" | "school" | "schools" | "network";
  question?: string;
  conjecture?: string;
  locked_at?: string;
  conjecture_map?: DesignCycleConjectureMap[];
  data?: DesignCycleData[];
  enactment?: string;
  enacted_on?: string;
  evidence?: string;
  observations?: string[];
  learning?: string;
  design_changes?: DesignCycleDesignChanges[];
  act?: "adopt" | "adapt" | "expand" | "repeat" | "abandon";
  reason?: string;
  acted_on?: string;
  next_plan?: string;
  theory_effect?: "supports" | "weakens" | "changes" | "none";
  theory_node?: string;
}

export interface DriverDiagramDrivers {
  id?: string;
  label?: string;
  level?: number;
  definition?: string;
  owner?: string;
  state?: "focus" | "parked" | "done" | "not_here";
  system_part?: string;
  skips_levels?: boolean;
  owner_scope?: "hub" | "site";
  overlay_of?: string;
}

export interface DriverDiagramEdges {
  id?: string;
  cause?: string;
  effect?: string;
  because?: string;
  strength?: "strong" | "weak";
  evidence?: "local_data" | "research" | "experience" | "none";
  tier?: number;
}

export interface DriverDiagramMeasureLinks {
  id?: string;
  node?: string;
  measure?: string;
}

export interface DriverDiagramVersions {
  id?: string;
  reason?: string;
  caused_by?: string[];
  based_on?: string;
  snapshot?: string;
}

export interface DriverDiagram {
  drivers?: DriverDiagramDrivers[];
  edges?: DriverDiagramEdges[];
  measure_links?: DriverDiagramMeasureLinks[];
  versions?: DriverDiagramVersions[];
}

export interface LessonStudyBackground {
  findings?: string;
  sources?: string[];
  misconceptions?: string;
  trajectory?: string;
  student_data?: string;
  curriculum_comparison?: string;
}

export interface LessonStudyKyozai {
  id?: string;
  question?: string;
  answer?: string;
}

export interface LessonStudyUnitPlan {
  id?: string;
  goal?: string;
  task?: string;
  is_research_lesson?: boolean;
}

export interface LessonStudyLessonRowsAnticipated {
  id?: string;
  response?: string;
  likelihood?: "few" | "some" | "most";
}

export interface LessonStudyLessonRows {
  id?: string;
  minutes?: number;
  phase?: "grasp" | "solve" | "discuss" | "summarise" | "other";
  activity?: string;
  key_question?: string;
  anticipated?: LessonStudyLessonRowsAnticipated[];
  support?: string;
  notice?: string;
  materials?: string;
  prepared_by?: string;
}

export interface LessonStudyDataQuestions {
  id?: string;
  question?: string;
  prediction?: string;
  evidence_wanted?: string;
  focal_seats?: string;
  observers?: string[];
  measure?: string;
  locked_at?: string;
}

export interface LessonStudyStrategies {
  id?: string;
  code?: string;
  strategy?: string;
}

export interface LessonStudySeatingPlaces {
  id?: string;
  code?: string;
  x?: number;
  y?: number;
}

export interface LessonStudySeating {
  arrangement?: "tables" | "rows" | "free";
  groups?: number;
  each?: number;
  across?: number;
  empty?: string[];
  places?: LessonStudySeatingPlaces[];
}

export interface LessonStudyWatching {
  id?: string;
  observer?: string;
  seats?: string;
}

export interface LessonStudyRoles {
  instructor?: string;
  chair?: string;
  recorder?: string;
  timekeeper?: string;
  commentator?: string;
  observers?: string[];
}

export interface LessonStudyEvents {
  id?: string;
  kind?: "mock" | "pre_brief" | "lesson" | "review" | "discussion" | "commentary" | "consolidation";
  date?: string;
  planned?: string;
  actual?: string;
}

export interface LessonStudyPhasesTaught {
  id?: string;
  phase?: "grasp" | "solve" | "discuss" | "summarise" | "other";
  began?: string;
}

export interface LessonStudyArtefacts {
  id?: string;
  file?: string;
  caption?: string;
}

export interface LessonStudyDiscussion {
  id?: string;
  speaker_role?: string;
  kind?: "instructor" | "team" | "data" | "question" | "commentary";
  text?: string;
  issue?: string;
  at?: string;
  evidence?: string[];
  answers?: string;
}

export interface LessonStudyResults {
  id?: string;
  question?: string;
  result?: string;
  matched?: "yes" | "part" | "no";
}

export interface LessonStudyCommentary {
  role?: string;
  main_points?: string;
  implications?: string;
  reason_for_none?: string;
}

export interface LessonStudyRevisions {
  id?: string;
  row?: string;
  before?: string;
  after?: string;
  because?: string;
}

export interface LessonStudyLearning {
  student_thinking?: string;
  subject?: string;
  teaching?: string;
  habits?: string;
  adults?: string;
  next_question?: string;
  share?: string;
}

export interface LessonStudy {
  id?: string;
  title?: string;
  theme?: string;
  actual_vs_ideal?: string;
  theory_of_action?: string;
  drivers?: string[];
  change?: string;
  pdsa?: string[];
  scale?: "one_learner" | "one_teacher" | "team" | "school" | "schools" | "network";
  subject?: string;
  grade?: string;
  students?: number;
  topic?: string;
  standards?: string;
  background?: LessonStudyBackground;
  kyozai?: LessonStudyKyozai[];
  rationale?: string;
  unit_goals?: string[];
  unit_plan?: LessonStudyUnitPlan[];
  lesson_goal?: string;
  lesson_rows?: LessonStudyLessonRows[];
  data_questions?: LessonStudyDataQuestions[];
  strategies?: LessonStudyStrategies[];
  ready_notes?: string[];
  not_names?: string[];
  seating?: LessonStudySeating;
  watching?: LessonStudyWatching[];
  board_plan?: string;
  roles?: LessonStudyRoles;
  events?: LessonStudyEvents[];
  taught_on?: string;
  started?: string;
  ended?: string;
  phases_taught?: LessonStudyPhasesTaught[];
  deviations?: string;
  board_actual?: string;
  artefacts?: LessonStudyArtefacts[];
  discussion?: LessonStudyDiscussion[];
  results?: LessonStudyResults[];
  commentary?: LessonStudyCommentary;
  revisions?: LessonStudyRevisions[];
  reteach?: string;
  learning?: LessonStudyLearning;
  act?: "adopt" | "adapt" | "expand" | "repeat" | "abandon";
  theory_effect?: "supports" | "weakens" | "changes" | "none";
  theory_node?: string;
}

export interface MeasureGoal {
  value?: number;
  by_when?: string;
}

export interface MeasureBaseline {
  points?: number;
  until?: string;
}

export interface MeasurePracticalCheck {
  in_the_flow?: boolean;
  fast?: boolean;
  sensitive?: boolean;
  actionable?: boolean;
  tied_to_theory?: boolean;
  safe?: boolean;
}

export interface MeasurePhases {
  id?: string;
  start?: string;
  label?: string;
  reason?: string;
  recalculate?: boolean;
  answers?: string[];
}

export interface MeasureExcluded {
  id?: string;
  date?: string;
  reason?: string;
}

export interface MeasureAnnotations {
  id?: string;
  date?: string;
  kind?: "pdsa_cycle" | "lesson_study" | "design_cycle" | "event";
  text?: string;
  ref?: string;
}

export interface MeasureDataRenamed {
  id?: string;
  column?: string;
  also?: string[];
}

export interface MeasureDataDayZero {
  id?: string;
  column?: string;
  one_of?: string[];
  date?: string;
}

export interface MeasureDataWidths {
  id?: string;
  column?: string;
  digits?: number;
}

export interface MeasureDataRows {
  id?: string;
  column?: string;
  one_of?: string[];
  none_of?: string[];
}

export interface MeasureDataMarks {
  id?: string;
  mark?: string;
  means?: "missing" | "not_applicable" | "suppressed" | "censored";
  lower?: number;
  upper?: number;
}

export interface MeasureDataLeaveOut {
  id?: string;
  column?: string;
  one_of?: string[];
  reason?: string;
}

export interface MeasureDataStudentsCountWhen {
  id?: string;
  column?: string;
  one_of?: string[];
  at_most?: string;
  at_least?: number;
}

export interface MeasureDataStudents {
  student?: string;
  occasion?: string[];
  occasions?: string;
  roll?: string;
  on?: string[];
  joined?: string;
  left?: string;
  people?: string;
  count_when?: MeasureDataStudentsCountWhen[];
}

export interface MeasureDataDenominatorFromOn {
  id?: string;
  column?: string;
  there?: string;
  part?: string;
  digits?: number;
}

export interface MeasureDataDenominatorFromRows {
  id?: string;
  column?: string;
  one_of?: string[];
  none_of?: string[];
}

export interface MeasureDataDenominatorFromThrough {
  file?: string;
  sheet?: string;
  column?: string;
  there?: string;
  brings?: string[];
}

export interface MeasureDataDenominatorFrom {
  file?: string;
  sheet?: string;
  query?: string;
  column?: string;
  on?: MeasureDataDenominatorFromOn[];
  date?: string;
  date_form?: string;
  add_up?: boolean;
  rows?: MeasureDataDenominatorFromRows[];
  through?: MeasureDataDenominatorFromThrough;
}

export interface MeasureDataIncidentsComplete {
  id?: string;
  one_of?: string[];
  since?: string;
  until?: string;
}

export interface MeasureDataIncidentsClosed {
  id?: string;
  since?: string;
  until?: string;
}

export interface MeasureDataIncidents {
  per?: "day" | "week" | "month" | "quarter" | "school_year" | "year";
  complete?: MeasureDataIncidentsComplete[];
  closed?: MeasureDataIncidentsClosed[];
}

export interface MeasureData {
  files?: string[];
  sheets?: string[];
  query?: string;
  header_line?: number;
  header_lines?: number;
  decimal?: "point" | "comma";
  renamed?: MeasureDataRenamed[];
  fill_down?: string[];
  date?: string[];
  date_from?: ("file_name" | "sheet_name" | "title" | "header")[];
  date_form?: "date" | "day_first" | "month_first" | "iso_week" | "month" | "quarter" | "term" | "school_year" | "year" | "day_number";
  day_zero?: MeasureDataDayZero[];
  school_year_begins?: number;
  site?: string;
  site_within?: string[];
  site_from?: "file_name" | "sheet_name" | "header";
  site_name?: string;
  site_width?: number;
  widths?: MeasureDataWidths[];
  group?: string[];
  numerator?: string;
  denominator?: string;
  value?: string;
  cumulative?: "whole_file" | "school_year" | "year";
  censored?: "interval" | "left_out" | "from_counts";
  rows?: MeasureDataRows[];
  marks?: MeasureDataMarks[];
  leave_out?: MeasureDataLeaveOut[];
  longest_gap_weeks?: number;
  students?: MeasureDataStudents;
  denominator_from?: MeasureDataDenominatorFrom;
  incidents?: MeasureDataIncidents;
}

export interface Measure {
  id?: string;
  name?: string;
  family?: "outcome" | "driver" | "process" | "balancing" | "pdsa";
  construct?: string;
  node?: string;
  kind?: "proportion" | "ratio" | "count" | "mean" | "median" | "scale" | "time_between";
  population?: string;
  include?: string;
  exclude?: string;
  numerator?: string;
  denominator?: string;
  unit?: string;
  multiply?: number;
  direction?: "up" | "down" | "neither";
  goal?: MeasureGoal;
  baseline?: MeasureBaseline;
  chart?: "run" | "i" | "mr" | "xbar" | "s" | "p" | "pp" | "u" | "up" | "c" | "g" | "t" | "ip";
  chart_why?: string;
  rules?: string[];
  instrument?: string;
  source?: string;
  collector?: string;
  frequency?: "day" | "week" | "month" | "term" | "year" | "event";
  lag_days?: number;
  burden_minutes?: number;
  sampling?: string;
  disaggregate_by?: string[];
  min_n?: number;
  practical_check?: MeasurePracticalCheck;
  definition_version?: number;
  changed_on?: string;
  break_series?: boolean;
  phases?: MeasurePhases[];
  excluded?: MeasureExcluded[];
  annotations?: MeasureAnnotations[];
  rows?: MeasureRow[];
  data?: MeasureData;
}

export interface MeasureRow {
  id?: string;
  measure?: string;
  date?: string;
  site?: string;
  group?: string;
  numerator?: number;
  denominator?: number;
  value?: number;
  n?: number;
  note?: string;
  definition_version?: number;
  source?: string;
}

export interface Observation {
  id?: string;
  lesson?: string;
  observer?: string;
  role?: string;
  t_rel?: number;
  t_abs?: string;
  t_device?: string;
  duration?: number;
  phase?: "whole" | "individual" | "pair" | "group";
  seat?: string;
  to_seat?: string;
  kind?: "says" | "does" | "writes" | "interacts" | "teacher_move";
  verbatim?: string;
  interpretation?: string;
  wonder?: string;
  tlp_row?: string;
  data_question?: string;
  strategy_code?: string;
  media?: string;
  flag?: boolean;
}

export interface Pairing {
  id?: string;
  practitioner?: string;
  researcher?: string;
  challenge?: string;
  shared_interests?: string;
  style?: "collaborative" | "cooperative" | "mixed";
  agreed_credit?: string;
}

export interface PdsaCycleQuestions {
  id?: string;
  question?: string;
  prediction?: string;
  predicted_value?: number;
  predicted_low?: number;
  predicted_high?: number;
  confidence?: "low" | "medium" | "high";
  locked_at?: string;
}

export interface PdsaCyclePlan {
  what?: string;
  who?: string;
  where?: string;
  when_start?: string;
  when_end?: string;
}

export interface PdsaCycleData {
  id?: string;
  what?: string;
  measure?: string;
  who?: string;
  when?: string;
  how?: string;
  form?: string;
}

export interface PdsaCycleDoLog {
  id?: string;
  at?: string;
  observation?: string;
  kind?: "as_planned" | "adjusted" | "unexpected" | "feedback";
  observations?: string[];
}

export interface PdsaCycleResults {
  id?: string;
  question?: string;
  result?: string;
  value?: number;
  matched?: "yes" | "part" | "no";
  surprise?: string;
  voice?: "student" | "teacher" | "family" | "leader" | "data";
}

export interface PdsaCycleArtefacts {
  id?: string;
  file?: string;
  caption?: string;
}

export interface PdsaCycleChartAnnotation {
  date?: string;
  text?: string;
}

export interface PdsaCycle {
  id?: string;
  change?: string;
  title?: string;
  series?: string;
  cycle_no?: number;
  purpose?: "learn" | "develop" | "test" | "implement";
  driver?: string;
  scale?: "one_learner" | "one_teacher" | "team" | "school" | "schools" | "network";
  scale_people?: number;
  scale_contexts?: string;
  questions?: PdsaCycleQuestions[];
  plan?: PdsaCyclePlan;
  data?: PdsaCycleData[];
  do_log?: PdsaCycleDoLog[];
  as_planned?: boolean;
  results?: PdsaCycleResults[];
  learned?: string;
  act?: "adopt" | "adapt" | "expand" | "repeat" | "abandon";
  reason?: string;
  acted_on?: string;
  next_plan?: string;
  next_scale?: "one_learner" | "one_teacher" | "team" | "school" | "schools" | "network";
  theory_effect?: "supports" | "weakens" | "changes" | "none";
  theory_node?: string;
  clone_of?: string;
  artefacts?: PdsaCycleArtefacts[];
  minutes_spent?: number;
  chart_annotation?: PdsaCycleChartAnnotation;
}

export interface Person {
  id?: string;
  display?: string;
  display_kind?: "real" | "pseudonym" | "none";
  author?: string;
  role_type?: "student" | "family" | "teacher" | "coach" | "leader" | "researcher" | "community" | "hub";
  team_role?: "lead" | "facilitator" | "data" | "recorder" | "timekeeper" | "participant" | "sponsor";
  site?: string;
  expertise?: string;
  hopes?: string;
}

export interface PracticeBriefAuthors {
  id?: string;
  person?: string;
  contribution?: string;
}

export interface PracticeBriefTryThis {
  id?: string;
  step?: string;
  adaptation?: string;
  caution?: string;
}

export interface PracticeBriefEvidence {
  id?: string;
  claim?: string;
  source?: string;
  design?: "review" | "experiment" | "quasi_experiment" | "correlation" | "qualitative" | "improvement" | "rationale";
  outcome?: string;
  tier?: number;
  setting?: string;
  sample?: string;
  fit_here?: string;
  date?: string;
}

export interface PracticeBriefChatMapContradictions {
  id?: string;
  between?: string;
  kind?: "within" | "between" | "old_and_new" | "neighbours";
  text?: string;
  response?: string;
}

export interface PracticeBriefChatMap {
  subject?: string;
  object?: string;
  tools?: string;
  rules?: string;
  community?: string;
  labour?: string;
  contradictions?: PracticeBriefChatMapContradictions[];
}

export interface PracticeBriefLivingChangelog {
  id?: string;
  date?: string;
  what?: string;
}

export interface PracticeBriefLiving {
  reviewed_on?: string;
  review_by?: string;
  triggers?: string[];
  superseded_by?: string;
  changelog?: PracticeBriefLivingChangelog[];
}

export interface PracticeBrief {
  id?: string;
  challenge?: string;
  asked_by?: string;
  authors?: PracticeBriefAuthors[];
  short_answer?: string;
  try_this?: PracticeBriefTryThis[];
  evidence?: PracticeBriefEvidence[];
  local_evidence?: string[];
  unknowns?: string;
  disagreements?: string;
  chat_map?: PracticeBriefChatMap;
  layout?: string[];
  tags?: string[];
  living?: PracticeBriefLiving;
}

export interface ProblemDefinitionSituation {
  answer?: string;
  evidence?: string[];
  confidence?: "low" | "medium" | "high";
}

export interface ProblemDefinitionStakeholders {
  answer?: string;
  evidence?: string[];
  confidence?: "low" | "medium" | "high";
}

export interface ProblemDefinitionScope {
  answer?: string;
  evidence?: string[];
  confidence?: "low" | "medium" | "high";
}

export interface ProblemDefinitionSystem {
  answer?: string;
  evidence?: string[];
  confidence?: "low" | "medium" | "high";
}

export interface ProblemDefinitionSignificance {
  answer?: string;
  evidence?: string[];
  confidence?: "low" | "medium" | "high";
}

export interface ProblemDefinitionAffected {
  id?: string;
  group?: string;
  n?: number;
  how?: string;
}

export interface ProblemDefinitionMissingVoices {
  id?: string;
  who?: string;
  why_absent?: string;
  plan?: string;
  date?: string;
}

export interface ProblemDefinitionEmpathyInterviews {
  id?: string;
  role?: string;
  date?: string;
  relation?: string;
  story_prompts?: string;
  quotes?: string;
  needs?: string;
  surprise?: string;
  consent?: boolean;
  quotable?: boolean;
}

export interface ProblemDefinitionEvidence {
  id?: string;
  kind?: "admin_data" | "observation" | "interview" | "survey" | "work_sample" | "literature";
  what?: string;
  date?: string;
  says?: string;
  limits?: string;
  file?: string;
}

export interface ProblemDefinitionBoundary {
  inside?: string;
  outside?: string;
  period?: string;
}

export interface ProblemDefinitionAssumptions {
  id?: string;
  text?: string;
  decision?: "keep" | "reframe" | "remove";
}

export interface ProblemDefinitionSharedPositionality {
  id?: string;
  person?: string;
  text?: string;
}

export interface ProblemDefinitionVersions {
  id?: string;
  reason?: string;
  caused_by?: string[];
  snapshot?: string;
}

export interface ProblemDefinition {
  statement?: string;
  situation?: ProblemDefinitionSituation;
  stakeholders?: ProblemDefinitionStakeholders;
  scope?: ProblemDefinitionScope;
  system?: ProblemDefinitionSystem;
  significance?: ProblemDefinitionSignificance;
  affected?: ProblemDefinitionAffected[];
  named_by?: string[];
  missing_voices?: ProblemDefinitionMissingVoices[];
  empathy_interviews?: ProblemDefinitionEmpathyInterviews[];
  evidence?: ProblemDefinitionEvidence[];
  assets?: string[];
  boundary?: ProblemDefinitionBoundary;
  assumptions?: ProblemDefinitionAssumptions[];
  positionality?: string;
  shared_positionality?: ProblemDefinitionSharedPositionality[];
  equity_stance?: string;
  deficit_response?: string;
  versions?: ProblemDefinitionVersions[];
}

export interface SupportRequest {
  id?: string;
  asked_by?: string;
  about?: string;
  what?: string;
  need?: "content" | "method" | "data" | "facilitation" | "technology" | "time" | "permission";
  urgency?: "whenever" | "this_cycle" | "now";
  asked_on?: string;
  answered_by?: string;
  answer?: string;
  state?: "open" | "taken" | "answered";
}

export interface Tie {
  id?: string;
  person?: string;
  turned_to?: string;
  kind?: "advice" | "information" | "decision" | "works_with";
  frequency?: "weekly" | "monthly" | "termly" | "rarely";
  wave?: string;
  consent?: boolean;
}

export interface InquiryRecord {
  about?: About;
  aim?: Aim;
  causes?: Causes;
  change_ideas: Record<string, ChangeIdea>;
  contributions: Record<string, Contribution>;
  design_cycles: Record<string, DesignCycle>;
  driver_diagram?: DriverDiagram;
  lesson_study_cycles: Record<string, LessonStudy>;
  measures: Record<string, Measure>;
  measure_data: Record<string, MeasureRow>;
  observations: Record<string, Observation>;
  pairings: Record<string, Pairing>;
  pdsa_cycles: Record<string, PdsaCycle>;
  people: Record<string, Person>;
  practice_briefs: Record<string, PracticeBrief>;
  problem_definition?: ProblemDefinition;
  support_requests: Record<string, SupportRequest>;
  ties: Record<string, Tie>;
}
