import { describe, expect, it } from "vitest";
import { familiesOf, NO_FAMILY } from "./tree";

const cause = (id: string, more: Record<string, unknown> = {}) => ({ id, text: id, ...more });

describe("causes in their families", () => {
  it("stand below what they feed, in the order of the record, empty families too", () => {
    const found = familiesOf(["Policies", "People"], [cause("a", { category: "Policies" }), cause("b", { category: "Policies" }), cause("c", { parent: "a" })]);
    expect(found.map((f) => [f.name, f.placed.map((p) => `${p.depth}${p.item.id}`)])).toEqual([["Policies", ["0a", "1c", "0b"]], ["People", []]]);
  });
  it("stand once, whatever two people did at the same time", () => {
    const found = familiesOf([], [cause("a", { parent: "b" }), cause("b", { parent: "a" }), cause("c", { parent: "gone" })]);
    expect(found.map((f) => f.name)).toEqual([NO_FAMILY]);
    expect(found[0]?.placed.map((p) => p.item.id).sort()).toEqual(["a", "b", "c"]);
  });
});
