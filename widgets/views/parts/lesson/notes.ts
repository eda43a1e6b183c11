// What observers write down, and how a typed line is read.
import type { Item } from "../../model";
import type { LessonStudy, Observation } from "../../types";

export type Note = Observation & Item;
export type Lesson = LessonStudy & Item;
export type Kind = "says" | "does" | "writes";
export const KINDS: readonly { id: Kind; word: string; icon: string; key: string }[] = [
  { id: "says", word: "Said", icon: "said", key: "s" },
  { id: "does", word: "Did", icon: "did", key: "d" },
  { id: "writes", word: "Wrote", icon: "wrote", key: "w" },
];
export const PHASES: Record<string, string> = { grasp: "Grasp", solve: "Solve", discuss: "Compare", summarise: "Sum up", other: "Other" };

export const iconOf = (kind: string | undefined): string =>
  kind === "interacts" ? "link" : kind === "teacher_move" ? "read" : KINDS.find((k) => k.id === kind)?.icon ?? "said";
export const wordOf = (kind: string | undefined): string =>
  kind === "interacts" ? "to another" : kind === "teacher_move" ? "teacher" : (KINDS.find((k) => k.id === kind)?.word ?? "Said").toLowerCase();

export interface Line { seat: string; to: string; kind: Kind | null; flag: boolean; text: string }

/** Read `b3 s what is the next line?`, `b3>b4 asks`, `b3 !w 24`; seats that the room does not have are words. */
export function readLine(line: string, codes: ReadonlySet<string>): Line {
  const m = line.trim().match(/^([a-z]{1,2}\d{1,2}|t)(?:\s*>\s*([a-z]{1,2}\d{1,2}|t))?(?=\s|$|!)\s*(!)?\s*(?:([sdw])(?=\s|$))?\s*(!)?\s*(.*)$/is);
  const seat = m?.[1]?.toUpperCase() ?? "";
  const to = m?.[2]?.toUpperCase() ?? "";
  if (!m || !codes.has(seat) || (to && !codes.has(to)) || to === seat) {
    const [, letter, rest] = line.trim().match(/^([sdw])\s+(.*)$/is) ?? [];
    return { seat: "", to: "", kind: KINDS.find((k) => k.key === letter?.toLowerCase())?.id ?? null, flag: false, text: rest ?? line.trim() };
  }
  const kind = KINDS.find((k) => k.key === m[4]?.toLowerCase())?.id ?? null;
  return { seat, to, kind, flag: Boolean(m[3] ?? m[5]), text: (m[6] ?? "").trim() };
}

/** Minutes and seconds since the lesson began: 23:14. */
export function clock(seconds: number | undefined): string {
  if (seconds === undefined || !Number.isFinite(seconds)) return "–";
  const s = Math.max(0, Math.floor(seconds));
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
}

/** In the order in which they began; what has no time stands first. */
export function inOrder(notes: readonly Note[]): Note[] {
  const when = (n: Note): number => n.t_rel ?? -1;
  return [...notes].sort((a, b) => when(a) - when(b) || String(a.t_abs ?? "").localeCompare(String(b.t_abs ?? "")) || a.id.localeCompare(b.id));
}

export interface Stretch { phase: string; from: number; to: number; planned: boolean }

/** Phases as they were taught, then as they are planned. Minutes. */
export function stretches(lesson: Lesson | undefined): Stretch[] {
  const plan = plannedPhases(lesson);
  const start = Date.parse(lesson?.started ?? "");
  const taught = (lesson?.phases_taught ?? [])
    .filter((p) => p.phase && p.began)
    .map((p) => ({ phase: p.phase as string, from: Math.max(0, (Date.parse(p.began ?? "") - start) / 60_000) }))
    .filter((p) => Number.isFinite(p.from)).sort((a, b) => a.from - b.from);
  const length = Math.max(5, ...plan.map((p) => p.to));
  if (!taught.length) return plan;
  const last = taught.at(-1) as { phase: string; from: number };
  const later = plan.slice(plan.findIndex((p) => p.phase === last.phase) + 1).filter((p) => p.from > last.from);
  const done = taught.map((p, i) => ({ ...p, to: taught[i + 1]?.from ?? later[0]?.from ?? Math.max(length, p.from + 5), planned: false }));
  return [...done, ...later];
}

export function plannedPhases(lesson: Lesson | undefined): Stretch[] {
  const out: Stretch[] = [];
  let at = 0;
  for (const row of lesson?.lesson_rows ?? []) {
    const phase = row.phase ?? out.at(-1)?.phase ?? "other";
    const to = at + (row.minutes ?? 0);
    const last = out.at(-1);
    if (last?.phase === phase) last.to = to;
    else out.push({ phase, from: at, to, planned: true });
    at = to;
  }
  return out.length ? out : ["grasp", "solve", "discuss", "summarise"].map((phase, i) => ({ phase, from: [0, 6, 28, 40][i] ?? 0, to: [6, 28, 40, 50][i] ?? 50, planned: true }));
}

export function phaseAt(lesson: Lesson | undefined, seconds: number | undefined): string {
  if (seconds === undefined) return "";
  return stretches(lesson).filter((s) => s.from * 60 <= seconds).at(-1)?.phase ?? "";
}

export interface Meeting { from: string; to: string; count: number; last: number; word: string }

/** Who turned to whom, how often; the latest first. */
export function meetings(notes: readonly Note[]): Meeting[] {
  const found = new Map<string, Meeting>();
  notes.forEach((n, i) => {
    if (!n.seat || !n.to_seat) return;
    const key = `${n.seat}>${n.to_seat}`;
    const m = found.get(key) ?? { from: n.seat, to: n.to_seat, count: 0, last: i, word: "" };
    const word = n.verbatim && !n.verbatim.startsWith("turns to") && n.verbatim.length <= 12 ? n.verbatim : "";
    found.set(key, { ...m, count: m.count + 1, last: i, word: word || m.word });
  });
  return [...found.values()].sort((a, b) => b.last - a.last);
}
