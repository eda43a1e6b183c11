// Where seats stand, worked out from a few numbers: tables or rows in order, or each seat where somebody put it.
import type { LessonStudySeating, LessonStudySeatingPlaces } from "../../types";

/** A seat's middle and size, in hundredths of the room. */
export interface Seat { code: string; group: string; x: number; y: number; w: number; h: number }

export const TEACHER = "T";
const BETWEEN = 3.5;  // between tables
const BESIDE = 0.5;   // between seats of one table

export const DEFAULT: LessonStudySeating = { arrangement: "tables", groups: 6, each: 4, across: 3 };

export function seatsOf(seating: LessonStudySeating | undefined): Seat[] {
  const s = { ...DEFAULT, ...seating };
  if (s.arrangement === "free") return (s.places ?? []).filter((p) => p.code).map(placed);
  const empty = new Set((s.empty ?? []).map((c) => c.toUpperCase()));
  const all = s.arrangement === "rows" ? rows(s.groups ?? 4, s.each ?? 6) : tables(s.groups ?? 6, s.each ?? 4, s.across ?? 3);
  return all.filter((seat) => !empty.has(seat.code));
}

function placed(p: LessonStudySeatingPlaces): Seat {
  return { code: (p.code ?? "").toUpperCase(), group: "", x: p.x ?? 50, y: p.y ?? 50, w: 0, h: 0 };
}

const letter = (i: number): string => String.fromCharCode(65 + i);

function tables(count: number, each: number, across: number): Seat[] {
  const side = Math.max(1, Math.min(across, count));
  const down = Math.ceil(count / side);
  const [columns, lines] = each <= 2 ? [each, 1] : [Math.ceil(each / 2), 2];
  const width = (100 - BETWEEN * (side - 1)) / side;
  const height = (100 - BETWEEN * (down - 1)) / down;
  return Array.from({ length: count }, (_, t) => {
    const left = (t % side) * (width + BETWEEN);
    const top = Math.floor(t / side) * (height + BETWEEN);
    return grid(letter(t), each, columns, lines, left, top, width, height);
  }).flat();
}

function rows(count: number, each: number): Seat[] {
  const height = (100 - BETWEEN * (count - 1)) / count;
  return Array.from({ length: count }, (_, r) => grid(letter(r), each, each, 1, 0, r * (height + BETWEEN), 100, height)).flat();
}

function grid(group: string, each: number, columns: number, lines: number, left: number, top: number, width: number, height: number): Seat[] {
  const w = (width - BESIDE * (columns - 1)) / columns;
  const h = (height - BESIDE * (lines - 1)) / lines;
  return Array.from({ length: each }, (_, i) => ({
    code: `${group}${i + 1}`, group, w, h,
    x: left + (i % columns) * (w + BESIDE) + w / 2,
    y: top + Math.floor(i / columns) * (h + BESIDE) + h / 2,
  }));
}

/** How many seats stand beside each other, for the least width of the room. */
export function breadth(seats: Seat[]): number {
  const ys = new Map<number, number>();
  for (const s of seats) ys.set(Math.round(s.y), (ys.get(Math.round(s.y)) ?? 0) + 1);
  return Math.max(1, ...ys.values());
}

export function depth(seats: Seat[]): number {
  return new Set(seats.map((s) => Math.round(s.y))).size;
}

/** Seats meant by words such as “A1, A3”, “A1 to B4”, “table C”; all between two codes in the order of the room. */
export function seatsNamed(words: string | undefined, seats: Seat[]): string[] {
  if (!words) return [];
  const order = seats.map((s) => s.code);
  const found = new Set<string>();
  const text = words.toUpperCase();
  for (const [, from, to] of text.matchAll(/\b([A-Z]{1,2}\d{1,2})\s*(?:TO|–|-|BIS|…)\s*([A-Z]{1,2}\d{1,2})\b/g)) {
    const [a, b] = [order.indexOf(from ?? ""), order.indexOf(to ?? "")];
    if (a >= 0 && b >= a) for (const code of order.slice(a, b + 1)) found.add(code);
  }
  for (const [code] of text.matchAll(/\b[A-Z]{1,2}\d{1,2}\b/g)) if (order.includes(code)) found.add(code);
  for (const [, group] of text.matchAll(/\b(?:TABLE|ROW)\s+([A-Z])\b/g)) for (const s of seats) if (s.group === group) found.add(s.code);
  return order.filter((c) => found.has(c));
}
