// The seating chart: tap a seat to note, drag from seat to seat to connect; arrows move among seats in space.
import { memo } from "preact/compat";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { arc } from "../parts/lesson/arcs";
import type { Box } from "../parts/lesson/arcs";
import { iconOf, meetings, wordOf } from "../parts/lesson/notes";
import type { Note } from "../parts/lesson/notes";
import { breadth, depth, TEACHER } from "../parts/lesson/seats";
import type { Seat } from "../parts/lesson/seats";

interface Props {
  now: () => number;
  seats: Seat[]; notes: readonly Note[]; selected: string; mine: ReadonlySet<string>;
  select: (seat: string) => void; connect: (from: string, to: string, begun: number) => void;
}
interface Drag { from: string; x: number; y: number; begun: number; to: [number, number] | null }
const CLEAR_ARCS = 12;
const MOST_ARCS = 40;

export const Floor = memo(function Floor({ now, seats, notes, selected, mine, select, connect }: Props) {
  const floor = useRef<HTMLDivElement>(null);
  const size = useSize(floor);
  const [drag, setDrag] = useState<Drag | null>(null);
  const counts = useMemo(() => countBySeat(notes), [notes]);
  const act = useRef({ select, press: (_: string) => {} });
  act.current = { select, press: (seat) => { if (selected && selected !== seat) connect(selected, seat, now()); } };
  const place = (code: string): Box => boxOf(code, seats, size);
  const seatUnder = (e: PointerEvent): string => (document.elementFromPoint(e.clientX, e.clientY)?.closest("[data-s]") as HTMLElement | null)?.dataset["s"] ?? "";
  const down = (e: PointerEvent): void => {
    const seat = (e.target as Element).closest("[data-s]") as HTMLElement | null;
    if (seat && e.isPrimary) setDrag({ from: seat.dataset["s"] ?? "", x: e.clientX, y: e.clientY, begun: now(), to: null });
  };
  const move = (e: PointerEvent): void => {
    if (!drag || !floor.current || (!drag.to && Math.hypot(e.clientX - drag.x, e.clientY - drag.y) <= 10)) return;
    const o = floor.current.getBoundingClientRect();
    floor.current.setPointerCapture(e.pointerId);
    setDrag({ ...drag, to: [e.clientX - o.left, e.clientY - o.top] });
  };
  const up = (e: PointerEvent): void => {
    const d = drag;
    setDrag(null);
    if (!d) return;
    const to = seatUnder(e);
    if (d.to && to && to !== d.from) connect(d.from, to, d.begun);
    else if (!d.to) select(d.from);
  };
  const from = drag?.to ? place(drag.from) : null;
  return (
    <div class="floor" ref={floor} style={{ "--breadth": breadth(seats), "--depth": depth(seats) }} onPointerDown={down} onPointerMove={move} onPointerUp={up}
      onPointerCancel={() => setDrag(null)} onKeyDown={(e) => walk(e, floor.current)}>
      <div class="board">Board</div>
      <button type="button" class="tchr" data-s={TEACHER} aria-pressed={selected === TEACHER} aria-label="Teacher" onClick={(e) => { if (e.detail === 0) select(TEACHER); }}>Teacher</button>
      <div class="chairs">
        {seats.map((s) => (
          <SeatButton key={s.code} seat={s} counts={counts.get(s.code)} on={selected === s.code} mine={mine.has(s.code)} act={act} />
        ))}
      </div>
      <Arcs notes={notes} seats={seats} size={size} />
      {drag?.to && from && <svg class="over" aria-hidden="true"><path class="pull" d={`M${from.x} ${from.y}L${drag.to[0]} ${drag.to[1]}`} marker-end="url(#iq-ah)" /></svg>}
    </div>
  );
});

type Counts = Record<string, number>;
type Act = { current: { select: (seat: string) => void; press: (seat: string) => void } };
const ORDER = ["says", "does", "writes", "interacts", "teacher_move"];

const SeatButton = memo(function SeatButton({ seat, counts, on, mine, act }: { seat: Seat; counts: Counts | undefined; on: boolean; mine: boolean; act: Act }) {
  const kinds = ORDER.filter((k) => counts?.[k]);
  const style = seat.w ? { left: `${seat.x - seat.w / 2}%`, top: `${seat.y - seat.h / 2}%`, width: `${seat.w}%`, height: `${seat.h}%` } : { left: `${seat.x}%`, top: `${seat.y}%` };
  return (
    <button type="button" class={`seat ${counts ? "" : "none"} ${seat.w ? "" : "loose"}`} data-s={seat.code} aria-pressed={on} style={style}
      onClick={(e) => { if (e.detail === 0) act.current.select(seat.code); }}
      onKeyDown={(e) => { if (e.key === "Enter" && e.shiftKey) { e.preventDefault(); act.current.press(seat.code); } }}>
      <span><b>{seat.code}</b>{mine && <><i class="dot" /><span class="sr"> yours</span></>}{counts?.["flag"] ? <><i class="ic i-flag fl" /><span class="sr"> flagged</span></> : null}</span>
      <span class="c">{counts ? kinds.map((k) => <span key={k}><i class={`ic i-${iconOf(k)}`} />{counts[k]}<span class="sr"> {wordOf(k)} </span></span>) : "not yet"}</span>
    </button>
  );
}, (a, b) => a.seat === b.seat && a.on === b.on && a.mine === b.mine && JSON.stringify(a.counts) === JSON.stringify(b.counts));

export const Arcs = memo(function Arcs({ notes, seats, size }: { notes: readonly Note[]; seats: Seat[]; size: [number, number] }) {
  const all = useMemo(() => meetings(notes).slice(0, MOST_ARCS), [notes]);
  const known = new Set([TEACHER, ...seats.map((s) => s.code)]);
  return (
    <svg class="over" aria-hidden="true">
      <defs><marker id="iq-ah" viewBox="0 0 10 10" refX="8" refY="5" markerUnits="userSpaceOnUse" markerWidth="10" markerHeight="10" orient="auto-start-reverse"><path d="M0 1 9 5 0 9Z" /></marker></defs>
      {all.map((m, i) => {
        if (!known.has(m.from) || !known.has(m.to)) return null;
        const a = arc(boxOf(m.from, seats, size), boxOf(m.to, seats, size), m.from === TEACHER, m.to === TEACHER);
        const words = [m.word, m.count > 1 ? m.count : ""].filter(Boolean).join(" ");
        return (
          <g key={`${m.from}>${m.to}`} class={i === 0 ? "arc last" : i < CLEAR_ARCS ? "arc" : "arc faded"}>
            <path d={a.d} stroke-width={Math.min(6, 1.3 + m.count * 0.6)} marker-end="url(#iq-ah)" />
            {words && i < CLEAR_ARCS && <text x={a.x} y={a.y}>{words}</text>}
          </g>
        );
      })}
    </svg>
  );
});

/** Where a seat stands on the floor, in pixels; the chairs stand inside a frame for board and teacher. */
const FRAME = { left: 14, right: 14, top: 56, bottom: 14 };
export function boxOf(code: string, seats: Seat[], [width, height]: [number, number]): Box {
  if (code === TEACHER) return { x: width - 59, y: 27, w: 92, h: 44 };
  const seat = seats.find((s) => s.code === code) ?? { x: 50, y: 50, w: 10, h: 10 };
  const [w, h] = [width - FRAME.left - FRAME.right, height - FRAME.top - FRAME.bottom];
  return { x: FRAME.left + (seat.x / 100) * w, y: FRAME.top + (seat.y / 100) * h, w: seat.w ? (seat.w / 100) * w : 64, h: seat.h ? (seat.h / 100) * h : 60 };
}

export function useSize(box: { current: HTMLElement | null }): [number, number] {
  const [size, setSize] = useState<[number, number]>([640, 470]);
  useEffect(() => {
    const element = box.current;
    if (!element || typeof ResizeObserver === "undefined") return;
    const watch = new ResizeObserver(() => setSize([element.clientWidth, element.clientHeight]));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return size;
}

export function countBySeat(notes: readonly Note[]): Map<string, Counts> {
  const found = new Map<string, Counts>();
  for (const n of notes) {
    if (!n.seat) continue;
    const c = found.get(n.seat) ?? {};
    const kind = n.kind ?? "says";
    c[kind] = (c[kind] ?? 0) + 1;
    if (n.flag) c["flag"] = 1;
    found.set(n.seat, c);
  }
  return found;
}

/** Move the focus to the nearest seat in the direction of an arrow. */
function walk(e: KeyboardEvent, floor: HTMLElement | null): void {
  const toward = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
  const here = (e.target as Element).closest<HTMLElement>("[data-s]");
  if (!toward || !here || !floor) return;
  e.preventDefault();
  const middle = (b: Element): [number, number] => { const r = b.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; };
  const [x, y] = middle(here);
  let best: HTMLElement | undefined, least = Infinity;
  for (const b of floor.querySelectorAll<HTMLElement>("[data-s]")) {
    const [bx, by] = middle(b);
    const along = (bx - x) * (toward[0] ?? 0) + (by - y) * (toward[1] ?? 0);
    const aside = Math.abs((bx - x) * (toward[1] ?? 0)) + Math.abs((by - y) * (toward[0] ?? 0));
    if (b !== here && along > 5 && along + aside * 3 < least) { least = along + aside * 3; best = b; }
  }
  best?.focus();
}
