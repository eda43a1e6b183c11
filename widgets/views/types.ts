// Generated from definitions/forms/*.toml by `make types`: do not edit, correct the form.
// A date is an ISO string. Every field may be missing: a record is readable however incomplete it is.

export interface MeasureRow {
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
  start?: string;
  label?: string;
  reason?: string;
  recalculate?: boolean;
  answers?: string[];
}

export interface MeasureAnnotations {
  date?: string;
  kind?: "pdsa_cycle" | "lesson_study" | "design_cycle" | "event";
  text?: string;
  ref?: string;
}

export interface MeasureDataRows {
  column?: string;
  one_of?: string[];
}

export interface MeasureDataMarks {
  mark?: string;
  means?: "missing" | "not_applicable" | "suppressed";
}

export interface MeasureDataLeaveOut {
  column?: string;
  one_of?: string[];
  reason?: string;
}

export interface MeasureData {
  date?: string[];
  date_form?: "date" | "iso_week";
  site?: string;
  group?: string[];
  numerator?: string;
  denominator?: string;
  value?: string;
  rows?: MeasureDataRows[];
  marks?: MeasureDataMarks[];
  leave_out?: MeasureDataLeaveOut[];
  longest_gap_weeks?: number;
}

export interface Measure {
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
  annotations?: MeasureAnnotations[];
  rows?: MeasureRow[];
  data?: MeasureData;
}
