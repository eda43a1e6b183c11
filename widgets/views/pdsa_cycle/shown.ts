// What the kernel works out for this view: the board, the ramps, the locks of predictions.
import type { State } from "../model";

export interface Card {
  id: string; kind: "pdsa_cycle" | "lesson_study" | "design_cycle"; title: string; change: string | null; drivers: string[]; primary: string[];
  state: "planned" | "doing" | "study" | "decided"; act: string | null; scale: string | null; begun: string; ended: string; open: string[];
}
export interface Lock { locked_at: string; late: boolean; changed: boolean; before: unknown[] }
export interface Shown {
  first: string | null; cards: Card[]; primary: { id: string; label: string }[]; ramps: Record<string, string[]>; locks: Record<string, Lock>;
}
export const shownOf = (state: State): Shown => state.shown as unknown as Shown;

export const STATES = [["planned", "Planned"], ["doing", "Doing"], ["study", "Study"], ["decided", "Decided"]] as const;
export const KINDS = { pdsa_cycle: "", lesson_study: "lesson study", design_cycle: "design-based cycle" };

export const shortDay = (iso: string): string =>
  iso ? new Date(`${iso.slice(0, 10)}T12:00:00`).toLocaleDateString("en-GB", { day: "numeric", month: "short" }) : "";

/** The shape that stands for a decision, or for its absence. */
export const actIcon = (act: string | null): string =>
  act === "adopt" ? "i-dot" : act === "abandon" ? "i-cross" : act === null ? "i-clock" : "i-half";
