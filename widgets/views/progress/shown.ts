// What the kernel works out for this view: where the inquiry stands.
import type { State } from "../model";

export interface Step { id: string; label: string; state: "done" | "part" | "open"; words: string; here: boolean }
export interface Next { where: string; sentence: string }
export interface MeasureCard {
  id: string; title: string; under: string; drawing: string; alt: string; last: string; words: string;
  state: "up" | "con" | "changed" | "same" | "few" | "none"; refused: string;
}
export type End = "adopt" | "adapt" | "abandon" | "open";
export interface Row { driver: string; label: string; counts: Record<End, number> }
export interface Deed { author: string; at: string; what: string; where: string }
export interface Shown {
  thread: Step[]; next: Next[]; measures: MeasureCard[]; rows: Row[]; untested: string[]; deeds: Deed[]; style: string;
}
export const shownOf = (state: State): Shown => state.shown as unknown as Shown;

export const ENDS: readonly (readonly [End, string, string])[] = [
  ["adopt", "adopt", "i-dot"], ["adapt", "adapt", "i-half"], ["abandon", "abandon", "i-cross"], ["open", "open", "i-ring"],
];

/** Shape and role of what a measure says: the shape carries the meaning, colour only repeats it. */
export const SIGNAL: Record<MeasureCard["state"], string> = {
  up: "i-dot up", con: "i-diamond con", changed: "i-dot", same: "i-dot mut", few: "i-ring mut", none: "i-dash mut",
};

/** The notebook in which a part of the record is worked on. */
export const NOTEBOOK: Record<string, string> = {
  problem_definition: "01_problem_definition", causes: "01_problem_definition", aim: "02_driver_diagram", driver_diagram: "02_driver_diagram",
  change_ideas: "02_driver_diagram", measures: "03_measure", measure_data: "03_measure", lesson_study_cycles: "04_lesson_study",
  observations: "04_lesson_study", pdsa_cycles: "05_pdsa_cycle",
};
export const notebookOf = (path: string): string => NOTEBOOK[path.split(".")[0] ?? ""] ?? "";
