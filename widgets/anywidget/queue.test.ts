import { describe, expect, it } from "vitest";
import { Memory } from "./memory.fixture";
import { Queue } from "./queue";

const set = (path: string, value: string, base = "") => ({ do: "set" as const, path, value, base });

describe("operations that are not on disk yet", () => {
  it("joins what is typed on into one operation over the first base", () => {
    const queue = new Queue(new Memory(), "i:ana:", "page", "w");
    queue.put("1", set("aim.what", "L", ""), 0);
    queue.put("2", set("aim.what", "Late", "L"), 1);
    expect(queue.waiting.map((w) => [w.n, w.operation])).toEqual([["1", set("aim.what", "Late", "")]]);
  });

  it("begins a new operation once the last one was sent, or for another path", () => {
    const queue = new Queue(new Memory(), "i:ana:", "page", "w");
    queue.put("1", set("aim.what", "L"), 0).sent = true;
    queue.put("2", set("aim.what", "Late", "L"), 1);
    queue.put("3", set("aim.target", "3"), 2);
    expect(queue.waiting.map((w) => w.n)).toEqual(["1", "2", "3"]);
  });

  it("is taken up by the same page after a reload", () => {
    const memory = new Memory();
    new Queue(memory, "i:ana:", "page", "before").put("1", set("aim.what", "Late"), 0);
    const after = new Queue(memory, "i:ana:", "page", "after");
    after.takeUp(() => false);
    expect(after.waiting.map((w) => w.n)).toEqual(["1"]);
    expect(memory.length).toBe(1);
  });

  it("leaves to another widget or page what it still uses", () => {
    const memory = new Memory();
    const mine = new Queue(memory, "i:ana:", "page", "one");
    mine.put("1", set("aim.what", "Late"), 0);
    const beside = new Queue(memory, "i:ana:", "page", "two");
    beside.takeUp((key) => key === mine.key);
    const elsewhere = new Queue(memory, "i:ana:", "other", "three");
    elsewhere.takeUp(() => false, Date.now() + 5_000);
    expect([...beside.waiting, ...elsewhere.waiting]).toEqual([]);
  });

  it("gives everything to a widget that came after a restart, once", () => {
    const memory = new Memory();
    const old = new Queue(memory, "i:ana:", "page", "one");
    old.put("1", set("aim.what", "Late"), 0).sent = true;
    const after = new Queue(memory, "i:ana:", "page", "two");
    after.adopt(old.handOver());
    after.adopt(old.handOver());
    expect([old.waiting.length, after.waiting.map((w) => [w.n, w.sent])]).toEqual([0, [["1", false]]]);
  });

  it("takes up what another page has left for good", () => {
    const memory = new Memory();
    new Queue(memory, "i:ana:", "gone", "w").put("1", set("aim.what", "Late"), 0);
    const later = new Queue(memory, "i:ana:", "new", "w");
    later.takeUp(() => false, Date.now() + 60_000);
    expect(later.waiting).toHaveLength(1);
  });

  it("says when the browser keeps nothing, and goes on", () => {
    const full = new Memory();
    full.setItem = () => { throw new Error("full"); };
    const queue = new Queue(full, "i:ana:", "page", "w");
    queue.put("1", set("aim.what", "Late"), 0);
    expect([queue.kept, queue.waiting.length]).toEqual([false, 1]);
  });

  it("keeps another person's or inquiry's words apart", () => {
    const memory = new Memory();
    new Queue(memory, "i:ben:", "page", "w").put("1", set("aim.what", "Late"), 0);
    const ana = new Queue(memory, "i:ana:", "page", "w2");
    ana.takeUp(() => false);
    expect(ana.waiting).toEqual([]);
  });
});
