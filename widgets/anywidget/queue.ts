// Operations that are not on disk yet. They are kept in this browser until the kernel has answered, so that a lost
// connection, a restarted kernel or a closed page loses nothing. Each widget of each page keeps a list of its own;
// what a page left behind is taken up by the same page after a reload, and by others once nobody renews it.
import type { Operation } from "../views/model";

export interface Waiting { n: string; operation: Operation; since: number; sent: boolean }
export type Keeper = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length"> & { settled?(): Promise<boolean>; refresh?(): Promise<void> };

const ABANDONED_MS = 20_000;

export class Queue {
  readonly waiting: Waiting[] = [];
  /** False where this browser keeps nothing (a full or forbidden storage). */
  kept = true;
  private readonly own: string;

  constructor(private readonly keeper: Keeper | null, readonly prefix: string, private readonly page: string, name: string) {
    this.own = `${prefix}${page}:${name}`;
  }

  /** Take up what earlier pages of this person left behind; `alive` says which lists of this page are in use. */
  takeUp(alive: (key: string) => boolean, now: number = Date.now()): void {
    for (const key of this.left()) {
      try {
        const { beat, waiting } = JSON.parse(this.keeper?.getItem(key) ?? "{}") as { beat: number; waiting: Waiting[] };
        const ours = key.startsWith(`${this.prefix}${this.page}:`);
        if (!Array.isArray(waiting) || key === this.own || (ours ? alive(key) : now - beat < ABANDONED_MS)) continue;
        this.adopt(waiting.filter((w) => typeof w?.n === "string" && typeof w?.operation?.do === "string"), now);
        this.keeper?.removeItem(key);
      } catch { /* what cannot be read was not written by us */ }
    }
  }

  /** Take over what another list held; it is sent once more, under its own numbers. */
  adopt(waiting: readonly Waiting[], now: number = Date.now()): void {
    const known = new Set(this.waiting.map((w) => w.n));
    this.waiting.unshift(...waiting.filter((w) => !known.has(w.n)).map((w) => ({ ...w, sent: false })));
    this.keep(now);
  }

  /** Give everything away: the widget that asks belongs to the kernel that runs now. */
  handOver(): Waiting[] {
    const all = this.waiting.splice(0);
    this.keep();
    return all;
  }

  /** Add an operation; one that sets the same path and was not sent yet is replaced, its base stays. */
  put(n: string, operation: Operation, since: number): Waiting {
    const later = this.waiting.at(-1);
    if (operation.do === "set" && later && !later.sent && later.operation.do === "set" && later.operation.path === operation.path) {
      later.operation = { ...operation, base: later.operation.base };
      this.keep();
      return later;
    }
    const entry = { n, operation, since, sent: false };
    this.waiting.push(entry);
    this.keep();
    return entry;
  }

  drop(n: string): Waiting | undefined {
    const i = this.waiting.findIndex((w) => w.n === n);
    if (i < 0) return undefined;
    const [gone] = this.waiting.splice(i, 1);
    this.keep();
    return gone;
  }

  get key(): string { return this.own; }

  /** See what other pages have left since. */
  async refresh(): Promise<void> { await this.keeper?.refresh?.(); }

  /** What to wait for before anything is sent: until all of it is kept. Null where keeping takes no time. */
  whenKept(): Promise<void> | null {
    return this.keeper?.settled?.().then((kept) => { this.kept = kept; }) ?? null;
  }

  /** Write the list down; called again every few seconds while something waits, so that it counts as in use. */
  keep(now: number = Date.now()): void {
    try {
      if (this.waiting.length) this.keeper?.setItem(this.own, JSON.stringify({ beat: now, waiting: this.waiting }));
      else this.keeper?.removeItem(this.own);
      this.kept = this.keeper !== null;
    } catch {
      this.kept = false;
    }
  }

  private left(): string[] {
    const keys: string[] = [];
    for (let i = 0; i < (this.keeper?.length ?? 0); i++) {
      const key = this.keeper?.key(i);
      if (key?.startsWith(this.prefix)) keys.push(key);
    }
    return keys;
  }
}
