import { describe, expect, it } from "vitest";
import { seatsNamed, seatsOf } from "./seats";

const codes = (s: Parameters<typeof seatsOf>[0]) => seatsOf(s).map((x) => x.code);

describe("a room", () => {
  it("is tables of seats, row by row", () => expect(codes({ arrangement: "tables", groups: 2, each: 4, across: 2 })).toEqual(["A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4"]));
  it("or rows", () => expect(codes({ arrangement: "rows", groups: 2, each: 3, empty: ["a2"] })).toEqual(["A1", "A3", "B1", "B2", "B3"]));
  it("or seats where somebody put them", () => expect(seatsOf({ arrangement: "free", places: [{ id: "1", code: "g1", x: 20, y: 30 }, { id: "2" }] })).toEqual([{ code: "G1", group: "", x: 20, y: 30, w: 0, h: 0 }]));
  it.each([[1, 1, 1], [6, 4, 3], [5, 3, 2], [26, 12, 8]])("holds %i tables of %i inside its walls, none over another", (groups, each, across) => {
    const seats = seatsOf({ arrangement: "tables", groups, each, across });
    expect(seats).toHaveLength(groups * each);
    for (const s of seats) {
      expect(s.x - s.w / 2).toBeGreaterThanOrEqual(-0.001);
      expect(s.x + s.w / 2).toBeLessThanOrEqual(100.001);
      expect(s.y + s.h / 2).toBeLessThanOrEqual(100.001);
    }
    const over = seats.some((a, i) => seats.slice(i + 1).some((b) => Math.abs(a.x - b.x) < (a.w + b.w) / 2 - 0.01 && Math.abs(a.y - b.y) < (a.h + b.h) / 2 - 0.01));
    expect(over).toBe(false);
  });
});

it("seats are named one by one, from to, or by their table", () => {
  const seats = seatsOf({ arrangement: "tables", groups: 3, each: 4, across: 3 });
  expect(seatsNamed("A3 to B2, and c4", seats)).toEqual(["A3", "A4", "B1", "B2", "C4"]);
  expect(seatsNamed("table B", seats)).toEqual(["B1", "B2", "B3", "B4"]);
  expect(seatsNamed("nobody; Z9", seats)).toEqual([]);
});
