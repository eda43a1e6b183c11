// One cycle of lesson study as its view reads it.
import { itemsAt } from "../model";
import type { Item, Model, Question, State } from "../model";
import { inOrder } from "../parts/lesson/notes";
import type { Lesson, Note } from "../parts/lesson/notes";

export const ROOT = "lesson_study_cycles";
export interface Cycle { model: Model; state: State; lesson: Lesson; path: string; readOnly: boolean }

export function question(state: State, path: string): Question | undefined {
  let questions = state.forms[ROOT]?.questions ?? [];
  let found: Question | undefined;
  for (const word of path.split(".")) {
    found = questions.find((q) => q.id === word);
    questions = found?.questions ?? [];
  }
  return found;
}

export const people = (state: State): Item[] => itemsAt(state.answers, "people");
export const nameOf = (state: State, id: string | undefined): string =>
  String(people(state).find((p) => p.id === id)?.["display"] ?? "") || (id ? "Somebody" : "");

export function notesOf(state: State, lesson: string): Note[] {
  return inOrder(((state.answers["observations"] as Note[] | undefined) ?? []).filter((n) => n.lesson === lesson));
}

export const label = (state: State, id: string | undefined): string => state.names.find((n) => n.id === id)?.label ?? "";

/** The beginning of a text; what was left out is marked. */
export const short = (text: string | undefined, most: number): string => (!text || text.length <= most ? text ?? "" : `${text.slice(0, most - 1).trimEnd()}…`);
