import { expect, it } from "vitest";
import { merged } from "./held";

const same = (s: string): string => s;

it("keeps what is being answered where it stood, and nothing else that is gone", () => {
  expect(merged(["c", "d"], ["a", "b", "c"], new Set(["b"]), same)).toEqual(["c", "b", "d"]);
  expect(merged(["c"], ["a", "b", "c"], new Set(["a"]), same)).toEqual(["a", "c"]);
});

it("shows nothing twice", () => {
  expect(merged(["a", "b"], ["a"], new Set(["a"]), same)).toEqual(["a", "b"]);
});
