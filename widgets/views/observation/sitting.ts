// All that the parts of the live lesson share, worked out once for each change: the lesson, its room, its notes, who is who.
import { useMemo } from "preact/hooks";
import { itemsAt, newId } from "../model";
import type { Item, Model, Operation, State } from "../model";
import { inOrder } from "../parts/lesson/notes";
import type { Kind, Lesson, Note } from "../parts/lesson/notes";
import { useSame } from "../parts/steady";
import { seatsNamed, seatsOf, TEACHER } from "../parts/lesson/seats";
import type { Seat } from "../parts/lesson/seats";

export interface Person { id: string; name: string }
export interface Sitting {
  model: Model; state: State; lesson: Lesson; path: string; seats: Seat[]; codes: ReadonlySet<string>; notes: Note[]; unsent: ReadonlySet<string>;
  observers: Person[]; me: Person; mine: ReadonlySet<string>;
}
export interface Draft { seat: string; to?: string; kind: Note["kind"]; verbatim: string; flag: boolean; question: string; strategy?: string; begun: number }

/** The lesson with what this browser has not sent yet: a clock that was started without a connection runs all the same. */
export function withWaiting(lesson: Lesson, waiting: readonly Operation[]): Lesson {
  const path = `lesson_study_cycles.${lesson.id}`;
  let seen = lesson;
  for (const o of waiting) {
    if (o.do === "set" && (o.path === `${path}.started` || o.path === `${path}.ended`)) seen = { ...seen, [o.path.split(".")[2] ?? ""]: o.value ?? undefined };
    else if (o.do === "add" && o.path === `${path}.phases_taught`) seen = { ...seen, phases_taught: [...(seen.phases_taught ?? []), o.fields as { id: string }] };
  }
  return seen;
}

export function useSitting(model: Model, state: State, id: string): Sitting | null {
  const all = state.answers["observations"] as Note[] | undefined;
  const waiting = model.waiting?.() ?? [];
  const standing = itemsAt(state.answers, "lesson_study_cycles").find((l) => l.id === id) as Lesson | undefined;
  const notes = useMemo(() => inOrder((all ?? []).filter((n) => n.lesson === id)), [all, id]);
  const seats = useMemo(() => seatsOf(standing?.seating), [standing?.seating]);
  const codes = useMemo(() => new Set([TEACHER, ...seats.map((s) => s.code)]), [seats]);
  // what says the same after a change stays the same thing, so that nobody draws it again
  const lesson = useSame(standing && withWaiting(standing, waiting));
  const kept = useSame(waiting.filter((o) => o.do === "add" && o.path === "observations").map((o) => (o as { fields: Item }).fields.id));
  const unsent = useMemo(() => new Set(kept), [kept]);
  const people = useSame(peopleOf(state, waiting));
  const me = useSame(whoIs(model, state, people, id));
  const observers = useSame(useMemo(() => (lesson ? observersOf(lesson, notes, people, me) : []), [lesson, notes, people, me]));
  const mine = useMemo(() => mineOf(lesson, me, seats), [lesson, me, seats]);
  return lesson ? { model, state, lesson, path: `lesson_study_cycles.${id}`, seats, codes, notes, unsent, observers, me, mine } : null;
}

function whoIs(model: Model, state: State, people: readonly Person[], lesson: string): Person {
  const chosen = model.recall(`observer:${lesson}`);
  return people.find((p) => p.id === chosen) ?? people.find((p) => p.name.toLowerCase() === state.me.toLowerCase()) ?? { id: "", name: state.me };
}

export function peopleOf(state: State, waiting: readonly Operation[]): Person[] {
  const added = waiting.filter((o) => o.do === "add" && o.path === "people").map((o) => (o as { fields: Item }).fields);
  const known = [...itemsAt(state.answers, "people"), ...added];
  return known.map((p) => ({ id: p.id, name: String(p["display"] ?? "") || "Without a name" }));
}

function observersOf(lesson: Lesson, notes: readonly Note[], people: Person[], me: Person): Person[] {
  const ids = new Set<string>([...(me.id ? [me.id] : []), ...(lesson.roles?.observers ?? []), ...(lesson.watching ?? []).map((w) => w.observer ?? ""), ...(lesson.data_questions ?? []).flatMap((q) => q.observers ?? [])]);
  for (const n of notes) if (n.observer) ids.add(n.observer);
  const found = [...ids].filter(Boolean).map((id) => people.find((p) => p.id === id) ?? { id, name: "Somebody" });
  return found.map((p) => (p.id === me.id ? { ...p, name: "You" } : p));
}

function mineOf(lesson: Lesson | undefined, me: Person, seats: Seat[]): ReadonlySet<string> {
  const words = [...(lesson?.watching ?? []).filter((w) => w.observer === me.id).map((w) => w.seats), ...(lesson?.data_questions ?? []).filter((q) => q.observers?.includes(me.id)).map((q) => q.focal_seats)];
  return new Set(me.id ? words.flatMap((w) => seatsNamed(w, seats)) : []);
}

export const secondsAt = (lesson: Lesson, when: number): number | undefined => {
  const started = Date.parse(lesson.started ?? "");
  return Number.isFinite(started) ? Math.max(0, Math.floor((when - started) / 1000)) : undefined;
};

/** Store a note, with the time at which it was begun by the team's clock, and by this device's where that differs; returns its id. Whoever notes for the first time becomes known to the record. */
export function store(sitting: Sitting, draft: Draft): string {
  const { model, lesson } = sitting;
  const id = newId();
  const t_rel = secondsAt(lesson, draft.begun);
  const offset = model.clockOffset?.() ?? 0;
  const fields = {
    id, lesson: lesson.id, observer: whoNotes(sitting), t_abs: new Date(draft.begun).toISOString(),
    ...(offset ? { t_device: new Date(draft.begun - offset).toISOString() } : {}), ...(t_rel === undefined ? {} : { t_rel }),
    seat: draft.seat, kind: draft.kind, verbatim: draft.verbatim,
    ...(draft.to ? { to_seat: draft.to } : {}), ...(draft.flag ? { flag: true } : {}), ...(draft.question ? { data_question: draft.question } : {}),
    ...(draft.strategy ? { strategy_code: draft.strategy } : {}),
  };
  void model.send({ do: "add", path: "observations", fields });
  return id;
}

function whoNotes({ model, state, lesson, me }: Sitting): string {
  if (me.id) return me.id;
  const id = newId();
  void model.send({ do: "add", path: "people", fields: { id, display: state.me, team_role: "participant" } });
  model.remember(`observer:${lesson.id}`, id);
  return id;
}

export const kindFor = (seat: string, kind: Kind): Note["kind"] => (seat === TEACHER ? "teacher_move" : kind);
