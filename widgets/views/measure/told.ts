// What the kernel works out for this view; src/inquirylab/widgets/measure.py is the other side.

export interface Beside { name: string; value: string; words: string; drawing: string; alt: string; small: boolean }
export interface Missing { kind: string; column: string; mark: string; count: number }
export interface Table { headings: string[]; numeric: boolean[]; rows: string[][] }
export interface Told {
  empty: string; points: number;
  proposed: string; proposed_name: string; why: string;
  notes: string[]; refusals: string[]; missing: Missing[];
  phases: { first: string; words: string }[];
  title?: string; lede?: string; under?: string; chart?: string; drawings?: Record<string, string>; alt?: string;
  lines?: [string, string][]; table?: Table; source?: string; lines_from?: string; flags?: [string, string, string][]; beside?: Beside[]; not_beside?: number;
  /** The points of everything together that have a value and count: date, and value in words. */
  held?: [string, string][];
}
export interface Shown {
  only: string; files: string[]; inside: string; style: string;
  measures: Record<string, { stamp: string; points: number }>;
  questions: { id: string; text: string }[];
}
export type Declaration = Record<string, unknown>;
export interface Proposal {
  file: string; sheet: string; header_line: number; rows: number; notes: string[]; data: Declaration; kind: string; name: string;
  columns: { name: string; role: string; form: string; examples: string[]; marks: { mark: string; means: string; count: number }[] }[];
}
export interface Trial { names: string[]; rows: string[][]; count: number; missing: Missing[]; notes: string[]; refusals: string[] }
