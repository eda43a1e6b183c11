// One's own edits: shown at once, before the kernel has answered, and taken back one by one without touching others'.
import { at, itemsAt } from "../model";
import type { Answers, Item, Link, Model, Operation, Outcome, Saving, State } from "../model";
import { unchanged } from "../unchanged";

interface Step { words: string; forward: Operation[]; back: Operation[]; at: number; closed: boolean }
type All = Record<string, unknown>;
const SAME_TYPING_MS = 1500;

export class OwnEdits implements Model {
  private readonly listeners = new Set<() => void>();
  private pending: Operation[] = [];
  private steps: Step[] = [];
  private undone: Step[] = [];
  private group: Step | null = null;
  private readonly gone = new Map<string, { item: Item; before: string | undefined }>();
  private seen: { from: State; pending: Operation[]; shown: State } | null = null;
  /** What happened last, in words, for the line of state; empty when there is nothing to say. */
  said = "";
  canUndoSaid = false;

  linkTo(path: string): Link | null { return this.inner.linkTo?.(path) ?? null; }

  constructor(private readonly inner: Model) {
    inner.onChange(() => this.tell());
  }

  state(): State {
    const from = this.inner.state();
    if (this.seen?.from !== from || this.seen.pending !== this.pending) {
      const answers = this.pending.reduce((all, op) => applied(all, op, this.gone), from.answers as All);
      this.seen = { from, pending: this.pending, shown: unchanged(this.seen?.shown, this.pending.length ? { ...from, answers } : from) };
    }
    return this.seen.shown;
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  send(operation: Operation): Promise<Outcome> {
    this.note(operation);
    return this.pass(operation);
  }

  /** Do several operations as one act, which is taken back as one. */
  act(words: string, operations: readonly Operation[], say = false): void {
    if (!operations.length) return;
    this.group = { words, forward: [], back: [], at: Date.now(), closed: true };
    for (const op of operations) void this.send(op);
    if (this.group.back.length) this.steps.push(this.group);
    this.group = null;
    this.undone = [];
    this.say(say ? words : "", say);
  }

  say(words: string, canUndo = false): void {
    this.said = words;
    this.canUndoSaid = canUndo;
    this.tell();
  }

  get canUndo(): boolean { return this.steps.length > 0; }
  get canRedo(): boolean { return this.undone.length > 0; }

  undo(): void {
    const step = this.steps.pop();
    if (!step) return this.say("Nothing of yours to undo.");
    const changed = step.forward.some((op) => op.do === "set" && !same(at(this.state().answers, op.path), op.value));
    if (changed) return this.say("Not undone: somebody has changed it since. See History.");
    for (const op of [...step.back].reverse()) void this.pass(op);
    this.undone.push(step);
    this.say(step.words ? `Undone: ${lower(step.words)}` : "Undone.");
  }

  redo(): void {
    const step = this.undone.pop();
    if (!step) return this.say("Nothing to redo.");
    for (const op of step.forward) void this.pass(op.do === "add" ? { do: "restore", path: `${op.path}.${(op.fields as Item).id}` } : op);
    this.steps.push({ ...step, closed: true });
    this.say(step.words ? `Done again: ${lower(step.words)}` : "Done again.");
  }

  /** Throw away the last act as if it had not been: a new node that got no name. */
  forgetLast(): void {
    const step = this.steps.pop();
    if (step) for (const op of [...step.back].reverse()) void this.pass(op);
  }

  ask(question: string, details?: Record<string, unknown>): Promise<unknown> { return this.inner.ask(question, details); }
  saving(): Saving { return this.inner.saving(); }
  lookAt(path: string): void { this.inner.lookAt(path); }
  recall(key: string): string | null { return this.inner.recall(key); }
  remember(key: string, value: string): void { this.inner.remember(key, value); }

  private note(op: Operation): void {
    const back = inverse(this.state().answers, op);
    if (!back) return;
    const last = this.steps.at(-1);
    const typed = op.do === "set" && typeof op.value === "string";
    if (this.group) { this.group.forward.push(op); this.group.back.push(back); }
    else if (typed && last && !last.closed && last.forward[0]?.do === "set" && last.forward[0].path === op.path && Date.now() - last.at < SAME_TYPING_MS) {
      last.forward = [{ ...last.forward[0], value: op.value }];
      last.back = [{ ...(last.back[0] as Operation & { do: "set" }), base: op.value }];
      last.at = Date.now();
    } else {
      this.steps.push({ words: "", forward: [op], back: [back], at: Date.now(), closed: !typed });
      this.undone = [];
    }
  }

  private pass(op: Operation): Promise<Outcome> {
    if (op.do === "remove") {
      const above = op.path.slice(0, op.path.lastIndexOf("."));
      const items = itemsAt(this.state().answers, above);
      const i = items.findIndex((x) => op.path.endsWith(`.${x.id}`));
      if (items[i]) this.gone.set(op.path, { item: items[i] as Item, before: items[i + 1]?.id });
    }
    this.pending = [...this.pending, op];
    this.tell();
    return this.inner.send(op).then((outcome) => {
      this.pending = this.pending.filter((p) => p !== op);
      if (!outcome.ok) this.say(outcome.message);
      this.tell();
      return outcome;
    });
  }

  private tell(): void { for (const listener of this.listeners) listener(); }
}

/** The answers as they will stand once an operation is done. */
export function applied(all: All, op: Operation, gone: ReadonlyMap<string, { item: Item; before: string | undefined }> = new Map()): All {
  if (op.do === "set") return changed(all, op.path.split("."), () => (op.value === "" || op.value === null ? undefined : op.value)) as All;
  if (op.do === "add") {
    const item = op.fields as Item;
    return changed(all, op.path.split("."), (list) => (asItems(list).some((i) => i.id === item.id) ? list : inserted(asItems(list), item, op.before))) as All;
  }
  if (op.do !== "remove" && op.do !== "restore" && op.do !== "move") return all;
  const dot = op.path.lastIndexOf(".");
  const [above, id] = [op.path.slice(0, dot), op.path.slice(dot + 1)];
  return changed(all, above.split("."), (list) => {
    const items = asItems(list);
    const rest = items.filter((i) => i.id !== id);
    if (op.do === "remove") return rest;
    const kept = gone.get(op.path);
    if (op.do === "restore") return kept && rest.length === items.length ? inserted(items, kept.item, kept.before) : list;
    const moved = items.find((i) => i.id === id);
    return moved ? inserted(rest, moved, (op as { before?: string }).before) : list;
  }) as All;
}

/** What takes an operation back; nothing where the host alone could. */
export function inverse(all: All, op: Operation): Operation | null {
  if (op.do === "set") return { do: "set", path: op.path, value: at(all, op.path) ?? null, base: op.value ?? "" };
  if (op.do === "add") return { do: "remove", path: `${op.path}.${(op.fields as Item).id}` };
  if (op.do === "remove") return { do: "restore", path: op.path };
  if (op.do === "restore") return { do: "remove", path: op.path };
  if (op.do !== "move") return null;
  const dot = op.path.lastIndexOf(".");
  const items = itemsAt(all, op.path.slice(0, dot));
  const after = items[items.findIndex((i) => i.id === op.path.slice(dot + 1)) + 1]?.id;
  return after === undefined ? { do: "move", path: op.path } : { do: "move", path: op.path, before: after };
}

function changed(node: unknown, words: string[], how: (old: unknown) => unknown): unknown {
  const [word, ...rest] = words;
  if (word === undefined) return how(node);
  if (Array.isArray(node)) return node.map((i: Item) => (i?.id === word ? changed(i, rest, how) : i));
  const old = (node ?? {}) as Answers;
  const value = changed(old[word], rest, how);
  if (value !== undefined) return { ...old, [word]: value };
  const { [word]: _, ...others } = old;
  return others;
}

const asItems = (list: unknown): Item[] => (Array.isArray(list) ? list : []);

function inserted(items: Item[], item: Item, before: string | undefined): Item[] {
  const i = before === undefined ? -1 : items.findIndex((x) => x.id === before);
  return i < 0 ? [...items, item] : [...items.slice(0, i), item, ...items.slice(i)];
}

/** Whether two answers are the same; what is empty is no answer, however it is written. */
const same = (a: unknown, b: unknown): boolean => plain(a) === plain(b);
const plain = (v: unknown): string => (v === undefined || v === null || v === "" || (Array.isArray(v) && !v.length) ? "" : JSON.stringify(v));
const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);
