import { describe, expect, it } from "vitest";
import { clock, inOrder, meetings, phaseAt, plannedPhases, readLine, stretches } from "./notes";
import type { Lesson, Note } from "./notes";

const ROOM = new Set(["T", "A1", "B3", "B4"]);
const note = (id: string, more: Partial<Note> = {}): Note => ({ id, ...more });

describe("a typed line", () => {
  it.each([
    ["b3 s what is the next line?", { seat: "B3", to: "", kind: "says", flag: false, text: "what is the next line?" }],
    ["B3 w 24", { seat: "B3", to: "", kind: "writes", flag: false, text: "24" }],
    ["b3>b4", { seat: "B3", to: "B4", kind: null, flag: false, text: "" }],
    ["t > b3 asks", { seat: "T", to: "B3", kind: null, flag: false, text: "asks" }],
    ["b3! d waits", { seat: "B3", to: "", kind: "does", flag: true, text: "waits" }],
    ["b3 sharpens a pencil", { seat: "B3", to: "", kind: null, flag: false, text: "sharpens a pencil" }],
    ["z9 s is no seat here", { seat: "", to: "", kind: null, flag: false, text: "z9 s is no seat here" }],
    ["w 24, at the last seat", { seat: "", to: "", kind: "writes", flag: false, text: "24, at the last seat" }],
    ["the next line", { seat: "", to: "", kind: null, flag: false, text: "the next line" }],
    ["b3>b3 no one turns to oneself", { seat: "", to: "", kind: null, flag: false, text: "b3>b3 no one turns to oneself" }],
  ])("%s", (line, found) => expect(readLine(line, ROOM)).toEqual(found));
});

describe("the lesson's time", () => {
  it("is minutes and seconds", () => expect([0, 59, 61, 1394.9].map(clock)).toEqual(["0:00", "0:59", "1:01", "23:14"]));

  it("orders notes by when they began, not by when they were stored", () => {
    const notes = [note("c", { t_rel: 5, t_abs: "2026-01-01T10:00:05.900Z" }), note("b", { t_rel: 5, t_abs: "2026-01-01T10:00:05.100Z" }), note("a", { t_rel: 9 }), note("d")];
    expect(inOrder(notes).map((n) => n.id)).toEqual(["d", "b", "c", "a"]);
  });

  const lesson = {
    id: "l", started: "2026-01-01T10:00:00.000Z",
    lesson_rows: [{ minutes: 4, phase: "grasp" }, { minutes: 2, phase: "grasp" }, { minutes: 20, phase: "solve" }, { minutes: 10, phase: "discuss" }],
  } as Lesson;
  it("takes phases from the plan until they are taught", () => {
    expect(plannedPhases(lesson).map((p) => [p.phase, p.from, p.to])).toEqual([["grasp", 0, 6], ["solve", 6, 26], ["discuss", 26, 36]]);
  });
  it("then shows them as they came", () => {
    const taught = { ...lesson, phases_taught: [{ id: "2", phase: "solve", began: "2026-01-01T10:08:00.000Z" }, { id: "1", phase: "grasp", began: "2026-01-01T10:00:00.000Z" }] } as Lesson;
    expect(stretches(taught).map((p) => [p.phase, p.from, p.to, p.planned])).toEqual([["grasp", 0, 8, false], ["solve", 8, 26, false], ["discuss", 26, 36, true]]);
    expect([phaseAt(taught, 30), phaseAt(taught, 481)]).toEqual(["grasp", "solve"]);
  });
});

it("counts who turned to whom, the latest first", () => {
  const turns = [note("1", { seat: "A1", to_seat: "B3" }), note("2", { seat: "B3", to_seat: "B4", verbatim: "asks" }), note("3", { seat: "A1", to_seat: "B3" })];
  expect(meetings(turns).map((m) => [m.from, m.to, m.count, m.word])).toEqual([["A1", "B3", 2, ""], ["B3", "B4", 1, "asks"]]);
});
