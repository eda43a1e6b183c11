import { expect, test } from "vitest";
import { unchanged } from "./unchanged";

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const drivers = [{ id: "a", label: "Calls" }, { id: "b", label: "Clubs" }];

test("what is equal is the earlier object itself", () => {
  const before = { aim: { what: "On time" }, drivers };
  expect(unchanged(before, copy(before))).toBe(before);
});

test("what changed is new, and what stands beside it is not", () => {
  const before = { aim: { what: "On time" }, drivers };
  const now = unchanged(before, { aim: { what: "On time" }, drivers: [drivers[0], { id: "b", label: "Clubs for all" }] });
  expect(now).not.toBe(before);
  expect(now.aim).toBe(before.aim);
  expect(now.drivers[0]).toBe(drivers[0]);
  expect(now.drivers[1]).toEqual({ id: "b", label: "Clubs for all" });
});

test("an item that moved is the same item", () => {
  const now = unchanged(drivers, copy(drivers).reverse());
  expect(now).not.toBe(drivers);
  expect(now[0]).toBe(drivers[1]);
  expect(now[1]).toBe(drivers[0]);
});

test("what is gone is gone, and the order of words counts", () => {
  expect(unchanged(drivers, [{ id: "b", label: "Clubs" }])).toEqual([drivers[1]]);
  expect(unchanged({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
  expect(Object.keys(unchanged({ a: 1, b: 2 }, { b: 2, a: 1 }))).toEqual(["b", "a"]);
});

test("a list is no object, and nothing is not an empty one", () => {
  expect(unchanged({}, [])).toEqual([]);
  expect(unchanged(null, {})).toEqual({});
  expect(unchanged({ a: null }, { a: undefined })).toEqual({ a: undefined });
});
