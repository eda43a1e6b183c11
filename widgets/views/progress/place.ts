// What can be answered at a path of the record: one question, or those of an item or of a whole form.
import { at } from "../model";
import type { Form, Question } from "../model";
import { isEmpty } from "../parts/answer";

export interface Place { path: string; question: Question }

/** The question that a finding points at, or what an item or a form still lacks; empty where another notebook is the better place. */
export function placesAt(forms: Record<string, Form>, answers: Record<string, unknown>, path: string): Place[] {
  const [root = "", ...rest] = path.split(".");
  const form = forms[root];
  if (!form) return [];
  let questions = form.questions;
  let inItem = form.collection;
  let one: Question | undefined;
  for (const word of rest) {
    if (inItem) { inItem = false; one = undefined; continue; }
    one = questions.find((q) => q.id === word);
    if (!one) return [];
    questions = one.questions;
    inItem = one.kind === "list" && !one.item;
  }
  if (one) return [{ path, question: one }];
  if (inItem) return []; // a whole collection
  return questions.filter((q) => q.required && !q.derived && isEmpty(at(answers, `${path}.${q.id}`))).map((q) => ({ path: `${path}.${q.id}`, question: q }));
}
