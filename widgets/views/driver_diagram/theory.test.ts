import { describe, expect, it } from "vitest";
import { AIM, below, mayLeadTo, rowsOf, theoryOf } from "./theory";
import { curves, place } from "./placing";
import { commandOf } from "./commands";

const driver = (id: string, level: number | null = 1) => ({ id, label: id.toUpperCase(), ...(level === null ? {} : { level }) });
const edge = (cause: string, effect: string, more = {}) => ({ id: `${cause}-${effect}`, cause, effect, ...more });
const answers = (drivers: unknown[], edges: unknown[], ideas: unknown[] = []) => ({ aim: { what: "More" }, driver_diagram: { drivers, edges }, change_ideas: ideas });

describe("the theory", () => {
  it("stands as a tree below the aim, each node once, others named beside it", () => {
    const t = theoryOf(answers([driver("p"), driver("q"), driver("s", 2)], [edge("p", AIM), edge("q", AIM), edge("s", "q", { strength: "weak" }), edge("s", "p")], [{ id: "i", name: "I", drivers: ["s"] }]));
    expect(rowsOf(t, new Set()).map((r) => [r.id, r.depth])).toEqual([[AIM, 0], ["p", 1], ["s", 2], ["i", 3], ["q", 1]]);
    expect(t.up.get("s")?.map((l) => [l.effect, l.weak])).toEqual([["q", true], ["p", false]]);
  });

  it("hides what is below a folded node", () => {
    const t = theoryOf(answers([driver("p"), driver("s", 2)], [edge("p", AIM), edge("s", "p")]));
    expect(rowsOf(t, new Set(["p"])).map((r) => r.id)).toEqual([AIM, "p"]);
    expect(below(t, AIM)).toEqual(["p", "s"]);
  });

  it("is drawn whatever a merge has left: circles, ends that are gone, drivers without a level, nothing at all", () => {
    const circle = theoryOf(answers([driver("a"), driver("b"), driver("c", null)], [edge("a", "b"), edge("b", "a"), edge("c", "gone"), edge("c", "c")]));
    expect(rowsOf(circle, new Set()).map((r) => r.id).sort()).toEqual(["a", AIM, "b", "c"]);
    expect(circle.links.length).toBe(3);
    expect(rowsOf(theoryOf({}), new Set()).map((r) => r.id)).toEqual([AIM]);
  });

  it("takes an idea's own list of drivers and an edge for one link", () => {
    const t = theoryOf(answers([driver("s", 2)], [edge("i", "s", { because: "so" })], [{ id: "i", name: "I", drivers: ["s"] }]));
    expect(t.links).toMatchObject([{ cause: "i", effect: "s", because: "so", listed: true, id: "i-s" }]);
  });

  it("lets a node lead nearer to the aim alone, and an idea never to the aim itself", () => {
    const t = theoryOf(answers([driver("p"), driver("s", 2)], [edge("p", AIM)], [{ id: "i", name: "I" }]));
    expect(mayLeadTo(t, "s").map((n) => n.id)).toEqual(["p", AIM]);
    expect(mayLeadTo(t, "i").map((n) => n.id)).toEqual(["s", "p"]);
  });
});

describe("the places of nodes", () => {
  const kids: Record<string, string[]> = { aim: ["p", "q"], p: ["s", "t"], q: [], s: ["i", "j", "k"], t: [], i: [], j: [], k: [] };
  const column: Record<string, number> = { aim: 0, p: 1, q: 1, s: 2, t: 2, i: 3, j: 3, k: 3 };
  const placed = place(["aim"], (n) => kids[n] ?? [], (n) => column[n] ?? 0, () => 40);

  it("never overlap in a column", () => {
    for (const c of [1, 2, 3]) {
      const tops = Object.keys(column).filter((n) => column[n] === c).map((n) => placed.tops.get(n) ?? 0).sort((a, b) => a - b);
      tops.slice(1).forEach((top, i) => expect(top - (tops[i] ?? 0)).toBeGreaterThanOrEqual(50));
    }
  });

  it("put a parent beside the middle of its children", () => {
    expect(placed.tops.get("s")).toBe(placed.tops.get("j"));
  });

  it("keep sixty nodes in order and within the picture", () => {
    const many: Record<string, string[]> = { aim: [] };
    for (let p = 0; p < 5; p++) { many.aim?.push(`p${p}`); many[`p${p}`] = [0, 1].map((s) => `p${p}s${s}`); for (const s of many[`p${p}`] ?? []) many[s] = [0, 1, 2, 3].map((i) => `${s}i${i}`); }
    const depth = (n: string): number => (n === "aim" ? 0 : n.includes("i") ? 3 : n.includes("s") ? 2 : 1);
    const all = place(["aim"], (n) => many[n] ?? [], depth, (n) => 40 + (n.length % 3) * 17);
    expect(all.tops.size).toBe(56);
    const ideas = [...all.tops].filter(([n]) => depth(n) === 3).map(([, top]) => top);
    expect([...ideas].sort((a, b) => a - b)).toEqual(ideas);
    expect(Math.max(...ideas)).toBeLessThan(all.height);
    expect(all.tops.get("aim")).toBeLessThanOrEqual(360);
  });
});

describe("the curves of links", () => {
  it("lead from the left side of the cause to the right side of the effect; hidden ends have none", () => {
    const box: Record<string, { left: number; right: number; top: number; height: number }> = { a: { left: 0, right: 100, top: 0, height: 40 }, b: { left: 140, right: 240, top: 60, height: 40 } };
    const drawn = curves([{ cause: "b", effect: "a" }, { cause: "hidden", effect: "a" }], (n) => box[n]);
    expect(drawn.map((c) => c.d)).toEqual(["M140.0 80.0C118.0 80.0 122.0 20.0 100.0 20.0"]);
  });
});

describe("the keys", () => {
  const key = (k: string, more = {}) => commandOf({ key: k, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...more });
  it.each([
    ["n", {}, "child"], ["N", { shiftKey: true }, "sibling"], ["L", {}, "link"], ["w", {}, "weaken"], ["Enter", {}, "rename"], ["F2", {}, "rename"], ["Delete", {}, "remove"],
    ["ArrowUp", { altKey: true }, "moveUp"], ["ArrowLeft", { altKey: true }, "outdent"], ["z", { ctrlKey: true }, "undo"], ["Z", { ctrlKey: true, shiftKey: true }, "redo"],
    ["z", { metaKey: true }, "undo"], ["F6", {}, "region"], ["F6", { shiftKey: true }, "regionBack"],
  ])("%s %j asks for %s", (k, more, command) => expect(key(k, more)).toBe(command));

  it("leaves the browser and the notebook theirs", () => {
    expect([key("n", { ctrlKey: true }), key("l", { metaKey: true }), key("a"), key("Tab"), key("w", { altKey: true })]).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });
});
