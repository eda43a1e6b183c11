// A view in a notebook: state comes as traits from the kernel, operations go to it as messages with a number each.
import { h, render } from "preact";
import type { ComponentType } from "preact";
import type { Link, Model, Operation, Outcome, Saving, State } from "../views/model";
import { newId } from "../views/model";
import { linkTo, siteOf } from "./beside";
import { holdFocus } from "./held_focus";
import { unchanged } from "../views/unchanged";
import { IndexedKeeper } from "./keeper";
import { LargeRoot } from "./large_root";
import type { ItemsMessage } from "./large_root";
import { keepFocus } from "./own_focus";
import { keepKeys } from "./own_keys";
import { Queue } from "./queue";
import type { Keeper } from "./queue";
import { TeamClock } from "./team_clock";

interface AnyModel {
  get(trait: string): unknown;
  send(content: unknown): void;
  on(event: string, listener: (...args: never[]) => void): void;
  off(event: string, listener?: (...args: never[]) => void): void;
  /** The widget manager of a notebook knows which notebook that is; others do not. */
  widget_manager?: { context?: { path?: unknown } };
}
interface Answer { kind: "done" | "refused" | "failed" | "told"; n: string; result?: unknown; message?: string; at?: number }
interface TimeMessage { kind: "time"; asked: number; now: number }

const TRAITS = ["inquiry", "title", "site", "me", "read_only", "forms", "answers", "findings", "conflicts", "present", "changes", "names", "removed", "shown", "notebooks"];
const SEND_MS = 350;      // a pause in typing
const BEAT_MS = 4_000;    // how often a page says that it is here
const LEFT_MS = 12_000;   // how often a page looks for what closed pages left behind
const SILENT_MS = 9_000;  // no answer for so long: not connected

/** The lists that widgets of this page use, whichever script they came with. */
function inUse(): Map<string, Queue> {
  const page = window as unknown as { inquirylabQueues?: Map<string, Queue> };
  return (page.inquirylabQueues ??= new Map());
}

/** One for all widgets of a page. */
async function keeper(): Promise<Keeper | null> {
  const page = window as unknown as { inquirylabKeeper?: Promise<Keeper | null> };
  return (await (page.inquirylabKeeper ??= IndexedKeeper.open())) ?? storage("localStorage");
}

function storage(name: "localStorage" | "sessionStorage"): Storage | null {
  try { return window[name]; } catch { return null; }
}

function pageName(): string {
  const kept = storage("sessionStorage");
  const name = kept?.getItem("inquirylab:page") ?? newId();
  try { kept?.setItem("inquirylab:page", name); } catch { /* a page without storage has a new name each time */ }
  return name;
}

export class Host implements Model {
  private readonly listeners = new Set<() => void>();
  private readonly settle = new Map<string, (outcome: Outcome) => void>();
  private readonly asked = new Map<string, { message: object; since: number; answer: (value: unknown) => void; refuse: (e: Error) => void }>();
  private readonly queue: Queue;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;
  private looks: ReturnType<typeof setInterval> | undefined;
  private heard = Date.now();
  private savedAt: Date | null = null;
  private failure = "";
  private looking = "";
  private snapshot: State | null = null;
  private last: State | null = null;
  private readonly large = new Map<string, LargeRoot>();
  private readonly team: TeamClock;
  private askedAt = 0;

  constructor(private readonly model: AnyModel, readonly name: string, keeper: Keeper | null = storage("localStorage")) {
    for (const root of Object.keys(this.get<object>("forms"))) {
      if (!(root in this.get<object>("answers"))) this.large.set(root, new LargeRoot(root));
    }
    this.team = new TeamClock(Number(this.recall("clock") ?? 0) || 0);
    this.queue = new Queue(keeper, `inquirylab:${this.get("inquiry")}:${this.get("me")}:`, pageName(), `${name}-${newId()}`);
    this.queue.takeUp((key) => inUse().has(key));
    // after a restart of the kernel the widget of the old one may stand in the page still, with words that it cannot send
    for (const other of inUse().values()) if (other.prefix === this.queue.prefix) this.queue.adopt(other.handOver());
    inUse().set(this.queue.key, this.queue);
    for (const entry of this.queue.waiting) this.largeOf(entry.operation)?.expect(entry.operation);
    for (const trait of TRAITS) model.on(`change:${trait}`, this.changed as never);
    model.on("msg:custom", this.told as never);
    this.beat = setInterval(() => this.here(), BEAT_MS);
    this.looks = setInterval(() => void this.lookForLeft(), LEFT_MS);
    this.here();
    this.flush();
    window.addEventListener("pagehide", this.pass);
    window.addEventListener("online", this.again);
  }

  close(): void {
    this.pass();
    clearInterval(this.beat);
    clearInterval(this.looks);
    clearTimeout(this.timer);
    inUse().delete(this.queue.key);
    for (const trait of TRAITS) this.model.off(`change:${trait}`, this.changed as never);
    this.model.off("msg:custom", this.told as never);
    window.removeEventListener("pagehide", this.pass);
    window.removeEventListener("online", this.again);
  }

  private get<T>(trait: string): T { return this.model.get(trait) as T; }

  state(): State {
    return (this.snapshot ??= this.last = unchanged(this.last, {
      inquiry: this.get("inquiry"), title: this.get("title"), site: this.get("site"), me: this.get("me"), readOnly: this.get("read_only"),
      forms: this.get("forms"), answers: this.answers(), findings: this.get("findings"), conflicts: this.get("conflicts"),
      present: this.get("present"), changes: this.get("changes"), names: this.get("names"), removed: this.get("removed"), shown: this.get("shown"), notebooks: this.get("notebooks"),
    }));
  }

  private answers(): Record<string, unknown> {
    const small = this.get<Record<string, unknown>>("answers");
    if (!this.large.size) return small;
    return { ...small, ...Object.fromEntries([...this.large.values()].map((l) => [l.root, l.all()])) };
  }

  private largeOf(operation: Operation): LargeRoot | undefined {
    return "path" in operation ? this.large.get(operation.path.split(".")[0] ?? "") : undefined;
  }

  waiting(): readonly Operation[] { return this.queue.waiting.map((w) => w.operation); }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  send(operation: Operation): Promise<Outcome> {
    const entry = this.queue.put(newId(), operation, Date.now());
    const large = this.largeOf(operation);
    if (large) {
      large.expect(operation);
      this.snapshot = null;
    }
    clearTimeout(this.timer);
    if (operation.do === "set" && (typeof operation.value === "string" || Array.isArray(operation.value))) this.timer = setTimeout(this.flush, SEND_MS);
    else this.flush();
    this.tell();
    return new Promise((resolve) => {
      const earlier = this.settle.get(entry.n);
      this.settle.set(entry.n, (outcome) => {
        earlier?.(outcome);
        if (!outcome.ok && large) {
          large.forget(operation);
          this.snapshot = null;
        }
        resolve(outcome);
      });
    });
  }

  ask(question: string, details: Record<string, unknown> = {}): Promise<unknown> {
    const n = newId();
    return new Promise((answer, refuse) => {
      const message = { kind: "ask", n, question, ...details };
      this.asked.set(n, { message, since: Date.now(), answer, refuse });
      this.pass();
      this.post(message);
    });
  }

  saving(): Saving {
    const first = this.queue.waiting[0];
    const waiting = this.queue.waiting.length;
    if (this.failure) return { state: "failed", at: this.savedAt, why: this.failure, waiting };
    if (!first) return { state: "saved", at: this.savedAt, why: "", waiting };
    if (Date.now() - Math.max(first.since, this.heard) < SILENT_MS) return { state: "saving", at: this.savedAt, why: "", waiting };
    const why = this.queue.kept ? "Kept in this browser; it will be sent." : "This browser keeps nothing: copy your text before you close the page.";
    return { state: "unsent", at: new Date(first.since), why, waiting };
  }

  clockOffset(): number { return this.team.offset; }

  lookAt(path: string): void {
    if (path === this.looking) return;
    this.looking = path;
    this.here();
  }

  recall(key: string): string | null {
    try { return storage("localStorage")?.getItem(`inquirylab-view:${this.get("inquiry")}:${this.get("me")}:${key}`) ?? null; } catch { return null; }
  }

  remember(key: string, value: string): void {
    try { storage("localStorage")?.setItem(`inquirylab-view:${this.get("inquiry")}:${this.get("me")}:${key}`, value); } catch { /* a comfort only */ }
  }

  linkTo(path: string): Link | null { return linkTo(this.model.widget_manager?.context?.path, path, siteOf(document)); }

  /** Send what waits, once it is kept in this browser. */
  private readonly flush = (): void => {
    const kept = this.queue.whenKept();
    if (kept) void kept.then(this.pass);
    else this.pass();
  };

  private readonly pass = (): void => {
    for (const entry of this.queue.waiting) {
      if (entry.sent) continue;
      entry.sent = true;
      this.post({ kind: "do", n: entry.n, operation: entry.operation });
    }
  };

  private post(message: unknown): void {
    try { this.model.send(message); } catch { /* a closed connection shows in that nothing answers */ }
  }

  /** Send once more what was not answered; the kernel does each number once. */
  private readonly again = (): void => {
    for (const entry of this.queue.waiting) entry.sent = false;
    this.flush();
  };

  /** A page that was closed a moment before this one opened counts as in use for a while: look for its words again. */
  private async lookForLeft(): Promise<void> {
    await this.queue.refresh();
    const before = new Set(this.queue.waiting);
    this.queue.takeUp((key) => inUse().has(key));
    const found = this.queue.waiting.filter((w) => !before.has(w));
    if (!found.length) return;
    for (const entry of found) this.largeOf(entry.operation)?.expect(entry.operation);
    this.snapshot = null;
    this.flush();
    this.tell();
  }

  private here(): void {
    const have = Object.fromEntries([...this.large.values()].map((l) => [l.root, l.now]));
    this.askedAt = Date.now();
    this.post({ kind: "here", looking_at: this.looking, asked: this.askedAt, ...(this.large.size ? { have } : {}) });
    const late = (since: number): boolean => Date.now() - Math.max(since, this.heard) > SILENT_MS;
    const [first] = this.queue.waiting;
    if (first) {
      this.queue.keep();
      if (this.failure || late(first.since)) this.again();
    }
    for (const { message, since } of this.asked.values()) if (late(since)) this.post(message);
    this.tell();
  }

  private readonly changed = (): void => {
    this.snapshot = null;
    this.tell();
  };

  private readonly told = (answer: Answer | ItemsMessage | TimeMessage): void => {
    if (answer.kind === "time") {
      if (answer.asked !== this.askedAt || !this.team.hear(answer.asked, answer.now, Date.now())) return; // or another page asked
      this.remember("clock", String(this.team.offset));
      return this.tell();
    }
    this.heard = Date.now();
    if (answer.kind === "items") {
      if (this.large.get(answer.root)?.take(answer) === false) this.here();
      return this.changed();
    }
    if (answer.kind === "told") {
      const waiting = this.asked.get(answer.n);
      this.asked.delete(answer.n);
      if (answer.message) waiting?.refuse(new Error(answer.message));
      else waiting?.answer(answer.result);
      return this.tell();
    }
    if (answer.kind === "failed") this.failure = answer.message ?? "";
    else if (answer.kind === "done" || answer.kind === "refused") {
      if (answer.kind === "done") {
        this.failure = "";
        this.savedAt = new Date();
      }
      this.queue.drop(answer.n);
      this.settle.get(answer.n)?.(answer.kind === "done" ? { ok: true, result: answer.result } : { ok: false, message: answer.message ?? "" });
      this.settle.delete(answer.n);
    }
    this.tell();
  };

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** Make what anywidget runs of a view: one host for a widget, however often it is shown. */
export function host(name: string, View: ComponentType<{ model: Model }>) {
  return () => {
    let own: Host | undefined;
    return {
      async initialize({ model }: { model: AnyModel }): Promise<() => void> {
        own = new Host(model, name, await keeper());
        return () => own?.close();
      },
      render({ el }: { el: HTMLElement }): () => void {
        el.classList.add("inquirylab");
        keepKeys(el);
        const stop = keepFocus(el);
        el.addEventListener("contextmenu", stay);
        const release = holdFocus(el);
        if (own) render(h(View, { model: own }), el);
        return () => {
          stop();
          release();
          render(null, el);
        };
      },
    };
  };
}

/** The browser's own menu is of more use to people who write than the notebook's. */
function stay(event: Event): void {
  event.stopPropagation();
}
