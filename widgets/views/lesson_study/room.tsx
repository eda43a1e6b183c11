// Drawing the room: a few numbers make tables or rows; free seats are put where they stand. A click leaves a seat empty.
import { useRef, useState } from "preact/hooks";
import { newId } from "../model";
import type { Item } from "../model";
import { DEFAULT, seatsOf } from "../parts/lesson/seats";
import type { Seat } from "../parts/lesson/seats";
import type { LessonStudySeating } from "../types";
import type { Cycle } from "./cycle";

const ORDERS = [{ id: "tables", label: "Tables" }, { id: "rows", label: "Rows" }, { id: "free", label: "Free" }] as const;

export function Room({ cycle }: { cycle: Cycle }) {
  const { model, lesson, path, readOnly } = cycle;
  const s: LessonStudySeating = { ...DEFAULT, ...lesson.seating };
  const here = `${path}.seating`;
  const set = (field: keyof LessonStudySeating, value: unknown): void => { void model.send({ do: "set", path: `${here}.${field}`, value, base: lesson.seating?.[field] ?? "" }); };
  const free = (): void => {
    if (!s.places?.length) for (const seat of seatsOf(s)) void model.send({ do: "add", path: `${here}.places`, fields: { id: newId(), code: seat.code, x: Math.round(seat.x), y: Math.round(seat.y) } });
    set("arrangement", "free");
  };
  const empty = s.empty ?? [];
  const toggle = (code: string): void => set("empty", empty.includes(code) ? empty.filter((c) => c !== code) : [...empty, code]);
  const seats = seatsOf(s.arrangement === "free" ? s : { ...s, empty: [] });
  const taken = seats.filter((seat) => !empty.includes(seat.code)).length;
  return (
    <div class="roomplan">
      <div class="btns">
        <div class="seg" role="group" aria-label="Order of seats">
          {ORDERS.map((o) => <button type="button" key={o.id} aria-pressed={s.arrangement === o.id} disabled={readOnly} onClick={() => (o.id === "free" ? free() : set("arrangement", o.id))}>{o.label}</button>)}
        </div>
        {s.arrangement !== "free" && <Number label={s.arrangement === "rows" ? "rows" : "tables"} value={s.groups ?? 1} most={26} set={(n) => set("groups", n)} off={readOnly} />}
        {s.arrangement !== "free" && <Number label="seats at each" value={s.each ?? 1} most={12} set={(n) => set("each", n)} off={readOnly} />}
        {s.arrangement === "tables" && <Number label="side by side" value={s.across ?? 1} most={8} set={(n) => set("across", n)} off={readOnly} />}
        <span class="hint">{taken} seats{lesson.students && lesson.students !== taken ? `; ${lesson.students} students take part` : ""}</span>
      </div>
      {s.arrangement === "free" ? <Free cycle={cycle} seats={(s.places ?? []) as (Item & { code?: string; x?: number; y?: number })[]} />
        : (
          <div class="plan-floor" role="group" aria-label="Seats; press one to leave it empty">
            <div class="front">Board</div>
            {seats.map((seat) => <button type="button" key={seat.code} class="spot" disabled={readOnly} aria-pressed={!empty.includes(seat.code)} style={spot(seat)} onClick={() => toggle(seat.code)}>{seat.code}{empty.includes(seat.code) && <span class="sr"> empty</span>}</button>)}
          </div>
        )}
    </div>
  );
}

const spot = (s: Seat) => ({ left: `${s.x - s.w / 2}%`, top: `${12 + (s.y - s.h / 2) * 0.88}%`, width: `${s.w}%`, height: `${s.h * 0.88}%` });

function Number({ label, value, most, set, off }: { label: string; value: number; most: number; set: (n: number) => void; off: boolean }) {
  const to = (n: number): void => { if (n >= 1 && n <= most) set(n); };
  return (
    <span class="stepper" role="group" aria-label={label}>
      <button type="button" class="btn icon" disabled={off || value <= 1} aria-label={`Fewer ${label}`} onClick={() => to(value - 1)}>−</button>
      <output aria-live="polite"><b>{value}</b> {label}</output>
      <button type="button" class="btn icon" disabled={off || value >= most} aria-label={`More ${label}`} onClick={() => to(value + 1)}>+</button>
    </span>
  );
}

/** Seats that stand anywhere: dragged, or moved with the arrows. */
function Free({ cycle, seats }: { cycle: Cycle; seats: (Item & { code?: string; x?: number; y?: number })[] }) {
  const { model, path, readOnly } = cycle;
  const here = `${path}.seating.places`;
  const floor = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<{ id: string; x: number; y: number } | null>(null);
  const [code, setCode] = useState("");
  const put = (id: string, x: number, y: number): void => {
    const seat = seats.find((p) => p.id === id);
    void model.send({ do: "set", path: `${here}.${id}.x`, value: x, base: seat?.x ?? "" });
    void model.send({ do: "set", path: `${here}.${id}.y`, value: y, base: seat?.y ?? "" });
  };
  const place = (e: PointerEvent): [number, number] => {
    const r = (floor.current as HTMLElement).getBoundingClientRect();
    const within = (v: number): number => Math.round(Math.min(97, Math.max(3, v)));
    return [within(((e.clientX - r.left) / r.width) * 100), within((((e.clientY - r.top) / r.height) * 100 - 12) / 0.88)];
  };
  const keys = (e: KeyboardEvent, p: { id: string; x?: number; y?: number }): void => {
    const by = { ArrowLeft: [-2, 0], ArrowRight: [2, 0], ArrowUp: [0, -3], ArrowDown: [0, 3] }[e.key];
    if (e.key === "Delete") void model.send({ do: "remove", path: `${here}.${p.id}` });
    else if (by) put(p.id, Math.min(97, Math.max(3, (p.x ?? 50) + (by[0] ?? 0))), Math.min(97, Math.max(3, (p.y ?? 50) + (by[1] ?? 0))));
    else return;
    e.preventDefault();
  };
  const add = (): void => {
    if (code.trim()) void model.send({ do: "add", path: here, fields: { id: newId(), code: code.trim().toUpperCase().slice(0, 12), x: 50, y: 50 } });
    setCode("");
  };
  return (
    <>
      <div class="plan-floor free" ref={floor} role="group" aria-label="Seats; drag them, or move them with the arrow keys"
        onPointerMove={(e) => { if (held) { const [x, y] = place(e); setHeld({ ...held, x, y }); } }}
        onPointerUp={() => { if (held) put(held.id, held.x, held.y); setHeld(null); }} onPointerCancel={() => setHeld(null)}>
        <div class="front">Board</div>
        {seats.map((p) => {
          const at = held?.id === p.id ? held : { x: p.x ?? 50, y: p.y ?? 50 };
          return <button type="button" key={p.id} class="spot loose" disabled={readOnly} style={{ left: `${at.x}%`, top: `${12 + at.y * 0.88}%` }} onKeyDown={(e) => keys(e, p)}
            onPointerDown={(e) => { floor.current?.setPointerCapture(e.pointerId); setHeld({ id: p.id, x: p.x ?? 50, y: p.y ?? 50 }); }}>{p.code}</button>;
        })}
      </div>
      {!readOnly && <div class="btns"><input class="ctl seatcode" aria-label="Code of a new seat" placeholder="G1" maxLength={12} value={code} onInput={(e) => setCode(e.currentTarget.value)} onKeyDown={(e) => { if (e.key === "Enter") add(); }} /><button type="button" class="btn" onClick={add}><i class="ic i-plus" />Add a seat</button><span class="hint">Delete removes the seat that has the focus.</span></div>}
    </>
  );
}
