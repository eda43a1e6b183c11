// What a view knows of its host: answers to read, operations to send. Views never write state.

export interface Choice { id: string; label: string; help: string }
export interface Section { id: string; title: string; help: string }
export interface Question {
  id: string; prompt: string; kind: string; label: string; help: string; example: string; section: string;
  required: boolean; required_when: Record<string, unknown[]>; private: boolean; derived: boolean; locks: boolean;
  max_length: number | null; minimum: number | null; maximum: number | null; unit: string;
  many: boolean; to: string[]; item: string; choices: Choice[]; questions: Question[];
}
export interface Form {
  id: string; title: string; help: string; source: string; root: string; collection: boolean; stages: boolean;
  working_labels: boolean; sections: Section[]; questions: Question[];
}

/** An answer, a group of answers, or a list: items are objects with an `id`, plain values stand for themselves. */
export type Answers = { [word: string]: unknown };
export interface Item extends Answers { id: string }

export interface Mend { label: string; operation: "remove" | "restore" | "set"; path: string; value?: unknown }
export interface Finding {
  id: string; severity: "error" | "warning" | "info"; where: string; message: string; cure: string; mends: Mend[];
}
export interface Version { value: unknown; author: string; at: string }
export interface Conflict { path: string; kind: "two_answers" | "edited_while_removed"; shown: unknown; values: Version[] }
export interface Present { author: string; looking_at: string; seconds_ago: number }
export interface Change { author: string; at: string; paths: string[] }
/** What can be referred to: an item of the record by its id. */
export interface Named { id: string; kind: string; label: string }

export interface State {
  inquiry: string;            // the inquiry's id
  title: string; site: string;
  me: string;
  readOnly: string;           // why nothing can be written; empty where it can
  forms: Record<string, Form>;      // by root
  answers: Record<string, unknown>; // by root; collections are arrays of items
  findings: Finding[];
  conflicts: Conflict[];
  present: Present[];         // others who are here
  changes: Change[];          // what others did lately, the newest first
  names: Named[];
  removed: Record<string, string>;  // id -> path of what was removed
  shown: Record<string, unknown>;   // what the kernel works out for this view alone
  notebooks?: string[];       // the inquiry's notebooks, each as a path from the notebook that shows this view
}

export type Operation =
  | { do: "set"; path: string; value: unknown; base?: unknown }
  | { do: "add"; path: string; fields: unknown; before?: string }
  | { do: "remove" | "restore"; path: string }
  | { do: "move"; path: string; before?: string }
  | { do: "resolve"; path: string; value: unknown }
  | { do: "undo" }
  | { do: "attach"; path: string; name: string; content: string }; // base64

/** Where an operation stands. `waiting`: kept in this browser. `refused`: it cannot be so, and why. */
export type Outcome = { ok: true; result: unknown } | { ok: false; message: string };

export interface Saving {
  state: "saved" | "saving" | "unsent" | "failed";
  at: Date | null;       // when the last change was on disk, or since when nothing was answered
  why: string;
  waiting: number;
}

/** How another notebook is opened: an address, and what the notebook application wants to be told beside it. */
export interface Link { href: string; open: Record<string, string> }

export interface Model {
  state(): State;
  /** Call back whenever state or saving changed; returns how to stop. */
  onChange(listener: () => void): () => void;
  /** Send an operation; it is kept in this browser until the kernel says that it is on disk. */
  send(operation: Operation): Promise<Outcome>;
  /** Ask the kernel for something that it works out: a history, an export. */
  ask(question: string, details?: Record<string, unknown>): Promise<unknown>;
  saving(): Saving;
  /** Operations that nobody has said are on disk: kept in this browser. */
  waiting?(): readonly Operation[];
  /** Milliseconds to add to this device's clock, so that it shows the kernel's time, which all devices of a team share. */
  clockOffset?(): number;
  /** Say which path this person looks at or edits. */
  lookAt(path: string): void;
  /** Remember small things of this person in this browser: what is folded, when they looked last. */
  recall(key: string): string | null;
  remember(key: string, value: string): void;
  /** How to open the notebook at a path from this one; null, or no such method, where there is nothing to open it with. */
  linkTo?(path: string): Link | null;
}

const ULID = "0123456789abcdefghjkmnpqrstvwxyz";
let last = 0n;

/** An id that lasts: time, then chance; ids of one page sort in the order in which they were made. */
export function newId(now: number = Date.now()): string {
  let chance = 0n;
  for (const b of crypto.getRandomValues(new Uint8Array(10))) chance = (chance << 8n) | BigInt(b);
  const fresh = (BigInt(now) << 80n) | chance;
  last = fresh > last ? fresh : last + 1n + (chance & 0xffffffffn);
  let word = "";
  for (let i = 0, left = last; i < 26; i++, left >>= 5n) word = ULID[Number(left & 31n)] + word;
  return word;
}

/** The time now, by the clock that all devices of a team share. */
export const timeNow = (model: Model): number => Date.now() + (model.clockOffset?.() ?? 0);

/** What stands under a path: words joined by dots, items of lists by their ids. */
export function at(answers: Record<string, unknown>, path: string): unknown {
  let here: unknown = answers;
  for (const word of path.split(".")) {
    if (Array.isArray(here)) here = here.find((i) => typeof i === "object" && i !== null && (i as Item).id === word);
    else if (typeof here === "object" && here !== null) here = (here as Answers)[word];
    else return undefined;
  }
  return here;
}

export function itemsAt(answers: Record<string, unknown>, path: string): Item[] {
  const found = at(answers, path);
  return Array.isArray(found) ? found.filter((i): i is Item => typeof i === "object" && i !== null && "id" in i) : [];
}

/** The question that a path answers, or that its list or group answers. */
export function questionAt(forms: Record<string, Form>, path: string): Question | undefined {
  const [root = "", ...rest] = path.split(".");
  let questions = forms[root]?.questions ?? [];
  let items = forms[root]?.collection ?? false;
  let found: Question | undefined;
  for (const word of rest) {
    if (items) { items = false; continue; }
    found = questions.find((q) => q.id === word);
    questions = found?.questions ?? [];
    items = found?.kind === "list";
  }
  return found;
}
