import { expect, it } from "vitest";
import type { Lesson, Note } from "../parts/lesson/notes";
import { ALL, counts, coverage, sift } from "./sift";

const lesson = { id: "l", started: "2026-01-01T10:00:00.000Z", lesson_rows: [{ minutes: 5, phase: "grasp" }, { minutes: 20, phase: "solve" }] } as Lesson;
const notes: Note[] = [
  { id: "1", t_rel: 10, seat: "A1", kind: "says", observer: "ana", data_question: "q1", strategy_code: "S1" },
  { id: "2", t_rel: 400, seat: "A1", to_seat: "A2", kind: "interacts", observer: "ben", flag: true },
  { id: "3", t_rel: 700, seat: "B1", kind: "writes", observer: "ben", data_question: "q1" },
];
const ids = (sieve: Partial<typeof ALL>) => sift(notes, { ...ALL, ...sieve }, lesson).map((n) => n.id);

it.each([
  [{}, ["1", "2", "3"]], [{ observer: "ben" }, ["2", "3"]], [{ seat: "A2" }, ["2"]], [{ question: "q1", observer: "ben" }, ["3"]], [{ question: "none" }, ["2"]],
  [{ strategy: "S1" }, ["1"]], [{ phase: "solve" }, ["2", "3"]], [{ flag: true }, ["2"]], [{ kind: "says", flag: true }, []],
])("%j shows %j", (sieve, found) => expect(ids(sieve)).toEqual(found));

it("says of each seat when it was seen, and which were not", () => {
  const seats = ["A1", "A2", "B1", "B2"].map((code) => ({ code, group: code[0] ?? "", x: 0, y: 0, w: 1, h: 1 }));
  expect(coverage(notes, seats)).toEqual({ minutes: 15, rows: [{ code: "A1", bins: [1, 1, 0] }, { code: "A2", bins: [0, 1, 0] }, { code: "B1", bins: [0, 0, 1] }, { code: "B2", bins: [0, 0, 0] }] });
});

it("counts notes by phase and kind, and never by seat", () => {
  const table = counts(notes, lesson);
  expect([...table].map(([phase, row]) => [phase, ...row])).toEqual([["grasp", ["says", 1]], ["solve", ["interacts", 1], ["writes", 1]]]);
});
