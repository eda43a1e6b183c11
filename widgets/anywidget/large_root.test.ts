import { describe, expect, it } from "vitest";
import { LargeRoot } from "./large_root";
import type { ItemsMessage } from "./large_root";

const message = (before: string, now: string, ids: string[], gone: string[] = []): ItemsMessage => ({ kind: "items", root: "observations", before, now, items: ids.map((id) => ({ id, seat: "A1" })), gone });
const add = (id: string) => ({ do: "add" as const, path: "observations", fields: { id, seat: "B2" } });

describe("a large collection", () => {
  it("comes whole, then only what changed", () => {
    const root = new LargeRoot("observations");
    expect(root.take(message("", "k:1", ["a", "b"]))).toBe(true);
    expect(root.take(message("k:1", "k:2", ["c"], ["a"]))).toBe(true);
    expect(root.all().map((i) => i.id)).toEqual(["b", "c"]);
  });

  it("notices that it missed a message, and another kernel", () => {
    const root = new LargeRoot("observations");
    root.take(message("", "k:1", ["a"]));
    expect(root.take(message("k:2", "k:3", ["c"]))).toBe(false);
    expect(root.take(message("other:1", "other:2", ["c"]))).toBe(false);
    expect(root.all().map((i) => i.id)).toEqual(["a"]);
  });

  it("shows what this page sent until the kernel shows it, once", () => {
    const root = new LargeRoot("observations");
    root.take(message("", "k:1", []));
    root.expect(add("mine"));
    root.expect({ do: "set", path: "observations.mine.flag", value: true });
    expect(root.all()).toEqual([{ id: "mine", seat: "B2", flag: true }]);
    root.take(message("k:1", "k:2", ["mine"]));
    expect(root.all()).toEqual([{ id: "mine", seat: "A1" }]);
  });

  it("takes back what was refused", () => {
    const root = new LargeRoot("observations");
    const refused = add("mine");
    root.expect(refused);
    root.forget(refused);
    expect(root.all()).toEqual([]);
  });

  it("keeps one array while nothing changes, so that views need not look again", () => {
    const root = new LargeRoot("observations");
    root.take(message("", "k:1", ["a"]));
    expect(root.all()).toBe(root.all());
  });
});
