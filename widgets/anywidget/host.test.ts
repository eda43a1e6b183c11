import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Host } from "./host";
import { Memory } from "./memory.fixture";

/** What a notebook gives a widget: traits, and messages that a kernel may answer. */
class Kernel {
  readonly sent: { kind: string; n?: string; asked?: number; operation?: { fields?: { id: string } } }[] = [];
  private readonly listeners: ((m: unknown) => void)[] = [];
  answers = true;
  get(trait: string): unknown { return { inquiry: "i", me: "ana", forms: { observations: {} }, answers: {} }[trait] ?? []; }
  on(event: string, listener: (m: never) => void): void { if (event === "msg:custom") this.listeners.push(listener as (m: unknown) => void); }
  off(): void { /* closed pages hear nothing */ }
  send(message: never): void {
    const m = message as Kernel["sent"][number];
    this.sent.push(m);
    if (m.kind === "do" && this.answers) this.tell({ kind: "done", n: m.n });
  }
  tell(message: unknown): void { for (const l of this.listeners) l(message); }
  get notes(): (string | undefined)[] { return this.sent.filter((m) => m.kind === "do").map((m) => m.operation?.fields?.id); }
}

const note = (id: string) => ({ do: "add" as const, path: "observations", fields: { id } });

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

/** A page of its own: other storage of the session, other lists in use, the same browser. */
function page(kernel: Kernel, memory: Memory): Host {
  sessionStorage.clear();
  delete (window as unknown as { inquirylabQueues?: unknown }).inquirylabQueues;
  return new Host(kernel, "observation", memory);
}

describe("notes that a page left behind", () => {
  it("are sent by a page that opened a moment later, once nobody renews them", async () => {
    const memory = new Memory();
    const [down, up] = [new Kernel(), new Kernel()];
    down.answers = false;
    const closed = page(down, memory);
    void closed.send(note("01a"));
    void closed.send(note("01b"));
    closed.close();
    const opened = page(up, memory);
    expect(up.notes).toEqual([]); // the closed page counts as in use still
    await vi.advanceTimersByTimeAsync(40_000);
    expect(up.notes).toEqual(["01a", "01b"]);
    expect([opened.waiting(), memory.length]).toEqual([[], 0]);
    opened.close();
  });

  it("stand in the copy of the page that took them up, before the kernel shows them", async () => {
    const memory = new Memory();
    const [down, slow] = [new Kernel(), new Kernel()];
    down.answers = slow.answers = false;
    const closed = page(down, memory);
    void closed.send(note("01a"));
    closed.close();
    const opened = page(slow, memory);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(opened.state().answers["observations"]).toEqual([{ id: "01a" }]);
    opened.close();
  });

  it("are left alone while their page is open", async () => {
    const memory = new Memory();
    const [down, up] = [new Kernel(), new Kernel()];
    down.answers = false;
    const open = page(down, memory);
    void open.send(note("01a"));
    const beside = page(up, memory);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([up.notes, open.waiting().length]).toEqual([[], 1]);
    open.close();
    beside.close();
  });
});

describe("what a kernel did not answer", () => {
  it("is sent again, an edit and a question, though the kernel says that it is there", async () => {
    const kernel = new Kernel();
    kernel.answers = false;
    const open = page(kernel, new Memory());
    const says = setInterval(() => kernel.tell({ kind: "time", asked: kernel.sent.filter((m) => m.kind === "here").at(-1)?.asked, now: Date.now() }), 500);
    void open.send(note("01a"));
    void open.ask("history");
    await vi.advanceTimersByTimeAsync(15_000);
    expect(kernel.notes.length).toBeGreaterThan(1);
    expect(new Set(kernel.sent.filter((m) => m.kind === "ask").map((m) => m.n)).size).toBe(1);
    expect(kernel.sent.filter((m) => m.kind === "ask").length).toBeGreaterThan(1);
    expect(open.saving().state).toBe("unsent");
    open.close();
    const asking = page(kernel, new Memory());
    void asking.ask("history");
    const asked = kernel.sent.filter((m) => m.kind === "ask").length;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(kernel.sent.filter((m) => m.kind === "ask").length).toBeGreaterThan(asked); // a question alone, too
    clearInterval(says);
    asking.close();
  });
});
