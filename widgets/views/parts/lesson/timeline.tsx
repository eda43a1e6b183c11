// Minute by minute: one line for each observer, a mark for each note, a band for each phase. Marks of one kind are one
// path, so that thousands of notes cost as little as ten.
import { useEffect, useRef, useState } from "preact/hooks";
import { PHASES } from "./notes";
import type { Note, Stretch } from "./notes";

interface Props {
  notes: readonly Note[]; observers: { id: string; name: string }[]; phases: Stretch[]; now: number | null; unsent: ReadonlySet<string>;
  /** The stretch that is picked out, in minutes, and what to do with a click on a minute. */
  pick?: (minute: number) => void;
}
const LEFT = 76;

export function Timeline({ notes, observers, phases, now, unsent, pick }: Props) {
  const box = useRef<SVGSVGElement>(null);
  const width = useWidth(box);
  const end = Math.max(10, ...phases.map((p) => p.to), (now ?? 0) / 60, ...lastMinute(notes));
  const x = (minute: number): number => LEFT + (minute / end) * (width - LEFT - 10);
  const rows = observers.length ? observers : [{ id: "", name: "Nobody yet" }];
  const height = 24 + rows.length * 20 + 18;
  const lines = new Map(rows.map((o, i) => [o.id, 32 + i * 20]));
  const step = end > 70 ? 20 : end > 25 ? 10 : 5;
  const current = phases.filter((p) => !p.planned).at(-1);
  return (
    <svg ref={box} class="tl" role="img" viewBox={`0 0 ${width} ${height}`} style={{ height: `${height}px` }}
      aria-label={`Timeline of ${notes.length} notes by ${observers.length} observers, minute 0 to ${Math.round(end)}`}
      onClick={(e) => pick?.(((e.offsetX - LEFT) / (width - LEFT - 10)) * end)}>
      {phases.map((p, i) => (
        <g key={i}>
          <rect x={x(p.from)} y={0} width={Math.max(0, x(p.to) - x(p.from) - 2)} height={18} rx={3} class={p === current ? "band on" : "band"} />
          {x(p.to) - x(p.from) > 44 && <text x={x(p.from) + 6} y={13} class={p === current ? "ink strong" : "ink"}>{PHASES[p.phase] ?? p.phase}</text>}
          <line x1={x(p.from)} x2={x(p.from)} y1={0} y2={height - 18} class="hair" />
        </g>
      ))}
      {rows.map((o) => (
        <g key={o.id}>
          <text x={0} y={(lines.get(o.id) ?? 0) + 4} class="dim">{o.name.length > 11 ? `${o.name.slice(0, 10)}…` : o.name}</text>
          <line x1={LEFT} x2={width - 10} y1={lines.get(o.id)} y2={lines.get(o.id)} class="hair" />
        </g>
      ))}
      {marks(notes, unsent, lines, x).map(([kind, d]) => <path key={kind} d={d} class={`mark ${kind}`} />)}
      {Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => <text key={i} x={x(i * step)} y={height - 3} class="dim mid">{i * step}</text>)}
      {now !== null && <><line x1={x(now / 60)} x2={x(now / 60)} y1={0} y2={height - 14} class="now" /><text x={x(now / 60)} y={height - 3} class="nowword mid">now</text></>}
    </svg>
  );
}

function lastMinute(notes: readonly Note[]): number[] {
  let last = 0;
  for (const n of notes) last = Math.max(last, n.t_rel ?? 0);
  return [Math.ceil(last / 60)];
}

/** One path for all marks of a kind: said ●, did ■, wrote ▲, turned to ◆; hollow while not sent. */
export function marks(notes: readonly Note[], unsent: ReadonlySet<string>, lines: ReadonlyMap<string, number>, x: (minute: number) => number): [string, string][] {
  const paths = new Map<string, string[]>();
  const first = [...lines.values()][0] ?? 32;
  for (const n of notes) {
    if (n.t_rel === undefined || n.t_rel === null) continue;
    const kind = `${unsent.has(n.id) ? "hollow " : ""}${n.kind === "does" || n.kind === "writes" || n.kind === "interacts" ? n.kind : "says"}`;
    const [cx, cy] = [Math.round(x(n.t_rel / 60) * 10) / 10, lines.get(n.observer ?? "") ?? first];
    const d = kind.endsWith("does") ? `M${cx - 3.5} ${cy - 3.5}h7v7h-7Z` : kind.endsWith("writes") ? `M${cx} ${cy - 5}l4.5 8h-9Z`
      : kind.endsWith("interacts") ? `M${cx} ${cy - 4.5}l4.5 4.5-4.5 4.5-4.5-4.5Z` : `M${cx - 4} ${cy}a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z`;
    const path = paths.get(kind);
    if (path) path.push(d);
    else paths.set(kind, [d]);
  }
  return [...paths].map(([kind, d]) => [kind, d.join("")]);
}

export function useWidth(box: { current: Element | null }): number {
  const [width, setWidth] = useState(900);
  useEffect(() => {
    const element = box.current;
    if (!element || typeof ResizeObserver === "undefined") return;
    const watch = new ResizeObserver(() => { if (element.clientWidth) setWidth(element.clientWidth); });
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return width;
}

export function Legend({ unsent }: { unsent: boolean }) {
  return (
    <>
      <span><svg width="9" height="9" aria-hidden="true"><circle cx="4.5" cy="4.5" r="4" /></svg>said</span>
      <span><svg width="8" height="8" aria-hidden="true"><rect width="8" height="8" /></svg>did</span>
      <span><svg width="10" height="9" aria-hidden="true"><path d="M5 0l5 9H0Z" /></svg>wrote</span>
      <span><svg width="10" height="10" aria-hidden="true"><path d="M5 0l5 5-5 5-5-5Z" /></svg>turned to another</span>
      {unsent && <span><svg width="10" height="10" aria-hidden="true"><circle cx="5" cy="5" r="4" class="open" /></svg>hollow: kept here, not sent yet</span>}
    </>
  );
}
