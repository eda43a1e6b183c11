// Words of state, the same in every view (times by this browser's clock).
import type { Present, Saving, State } from "../model";

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }); // made once: making one takes a millisecond
const clock = (at: Date): string => CLOCK.format(at);

export function savingWords(s: Saving): string {
  if (s.state === "saving") return "Saving…";
  if (s.state === "unsent") return `Not saved: no answer since ${s.at ? clock(s.at) : "the start"}. ${s.why} If the kernel was restarted, run this cell again.`;
  if (s.state === "failed") return `Not saved: ${s.why} Copy your text, or wait: it is tried again.`;
  return s.at ? `Saved ${clock(s.at)}` : "All saved";
}

export function dayWords(iso: string, now: Date = new Date()): string {
  const at = new Date(iso);
  const days = Math.floor((new Date(now).setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000);
  const day = days === 0 ? "today" : days === 1 ? "yesterday" : days < 7
    ? at.toLocaleDateString("en-GB", { weekday: "long" }) : at.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
  return `${day} ${clock(at)}`;
}

export function peopleWords(present: Present[]): string {
  const names = [...new Set(present.map((p) => p.author))];
  if (!names.length) return "";
  return names.length === 1 ? `You and ${names[0]} are here` : `You, ${names.slice(0, -1).join(", ")} and ${names.at(-1)} are here`;
}

export const initials = (name: string): string =>
  (name.match(/\p{L}+/gu) ?? [name]).slice(0, 2).map((w) => w[0]?.toUpperCase() ?? "").join("") || "?";

/** What a path is called: the question it answers, and the item that it belongs to. */
export function placeWords(state: State, path: string): string {
  const [root = "", ...rest] = path.split(".");
  const form = state.forms[root];
  if (!form) return root.replaceAll("_", " ");
  let questions = form.questions;
  const parts: string[] = [];
  for (const word of rest) {
    const q = questions.find((q) => q.id === word);
    if (q) { parts.push(q.label || q.prompt); questions = q.questions; }
    else {
      const named = state.names.find((n) => n.id === word);
      if (named && named.label !== named.id) parts.push(`“${named.label}”`);
    }
  }
  return parts.length ? parts.join(", ") : form.title;
}
