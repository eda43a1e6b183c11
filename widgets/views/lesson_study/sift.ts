// Which notes are looked at, and what they say together. Counts never name a seat.
import { phaseAt } from "../parts/lesson/notes";
import type { Lesson, Note } from "../parts/lesson/notes";
import type { Seat } from "../parts/lesson/seats";

export interface Sieve { observer: string; seat: string; question: string; strategy: string; phase: string; kind: string; flag: boolean }
export const ALL: Sieve = { observer: "", seat: "", question: "", strategy: "", phase: "", kind: "", flag: false };

export function sift(notes: readonly Note[], s: Sieve, lesson: Lesson): Note[] {
  return notes.filter((n) =>
    (!s.observer || n.observer === s.observer) && (!s.seat || n.seat === s.seat || n.to_seat === s.seat) && (!s.question || (s.question === "none" ? !n.data_question : n.data_question === s.question))
    && (!s.strategy || n.strategy_code === s.strategy) && (!s.phase || phaseAt(lesson, n.t_rel) === s.phase) && (!s.kind || n.kind === s.kind) && (!s.flag || n.flag === true));
}

export interface Coverage { code: string; bins: number[] }
export const BIN_MINUTES = 5;

/** How many notes each seat has in each five minutes: who was seen when, and who was not. */
export function coverage(notes: readonly Note[], seats: readonly Seat[]): { rows: Coverage[]; minutes: number } {
  const last = Math.max(0, ...notes.map((n) => n.t_rel ?? 0));
  const bins = Math.max(2, Math.ceil((last + 1) / (BIN_MINUTES * 60)));
  const rows = new Map(seats.map((s) => [s.code, new Array<number>(bins).fill(0)]));
  for (const n of notes) {
    for (const seat of [n.seat, n.to_seat]) {
      const row = rows.get(seat ?? "");
      const bin = Math.floor((n.t_rel ?? 0) / (BIN_MINUTES * 60));
      if (row && row[bin] !== undefined) row[bin] += 1;
    }
  }
  return { rows: [...rows].map(([code, b]) => ({ code, bins: b })), minutes: bins * BIN_MINUTES };
}

/** Notes by phase and kind. */
export function counts(notes: readonly Note[], lesson: Lesson): Map<string, Map<string, number>> {
  const out = new Map<string, Map<string, number>>();
  for (const n of notes) {
    const phase = phaseAt(lesson, n.t_rel);
    const row = out.get(phase) ?? new Map<string, number>();
    row.set(n.kind ?? "says", (row.get(n.kind ?? "says") ?? 0) + 1);
    out.set(phase, row);
  }
  return out;
}
