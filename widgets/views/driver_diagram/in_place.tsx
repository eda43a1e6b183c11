// Words changed where they stand: Enter keeps them, Esc gives the old ones back. The aim has its parts side by side.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { at } from "../model";
import type { Operation, State } from "../model";
import type { Node } from "./theory";
import { LEVELS, nameOf } from "./theory";

interface Props { node: Node; finish: (text: string | null) => void }

export function InPlace({ node, finish }: Props) {
  const [text, setText] = useState(node.label);
  const field = useRef<HTMLTextAreaElement>(null);
  const done = useRef(false);
  const end = (kept: string | null): void => {
    if (done.current) return;
    done.current = true;
    finish(kept);
  };
  useLayoutEffect(() => { field.current?.focus({ preventScroll: true }); field.current?.select(); }, []);
  return (
    <textarea ref={field} class="inplace" rows={1} dir="auto" value={text} aria-label={`${LEVELS[node.level]}: ${nameOf(node)}`}
      onInput={(e) => setText(e.currentTarget.value)} onBlur={() => end(text)}
      onKeyDown={(e) => {
        e.stopPropagation();
        if (e.isComposing) return;
        if (e.key === "Enter" && !e.shiftKey) { e.preventDefault(); end(text.replace(/\s*\n\s*/g, " ")); }
        if (e.key === "Escape") { e.preventDefault(); end(null); }
      }} />
  );
}

const PARTS: [string, string, string][] = [
  ["what", "What will be better?", "text"], ["for_whom", "For whom?", "text"], ["baseline", "From", "number"], ["target", "To", "number"], ["by_when", "By when?", "date"],
];

/** The parts of an aim: what, for whom, from how much to how much, by when. */
export function AimInPlace({ state, finish }: { state: State; finish: (operations: Operation[] | null) => void }) {
  const before = Object.fromEntries(PARTS.map(([id]) => [id, String(at(state.answers, `aim.${id}`) ?? "")])) as Record<string, string>;
  const [now, setNow] = useState(before);
  const box = useRef<HTMLDivElement>(null);
  const done = useRef(false);
  useLayoutEffect(() => { box.current?.querySelector("input")?.focus({ preventScroll: true }); }, []);
  const wrong = PARTS.filter(([id, , kind]) => kind === "number" && now[id] && !Number.isFinite(number(now[id] ?? ""))).map(([id]) => id);
  const end = (keep: boolean): void => {
    if (done.current || (keep && wrong.length)) return;
    done.current = true;
    if (!keep) return finish(null);
    const different = PARTS.filter(([id]) => now[id] !== before[id]);
    finish(different.map(([id, , kind]) => {
      const as = (text: string): unknown => (text === "" || kind !== "number" ? text : number(text));
      return { do: "set", path: `aim.${id}`, value: as(now[id] ?? ""), base: as(before[id] ?? "") };
    }));
  };
  return (
    <div class="aimparts" ref={box} role="group" aria-label="The aim"
      onFocusOut={(e) => { if (!box.current?.contains(e.relatedTarget as globalThis.Node | null)) end(true); }}
      onKeyDown={(e) => {
        e.stopPropagation();
        if (e.isComposing) return;
        if (e.key === "Enter") { e.preventDefault(); end(true); }
        if (e.key === "Escape") { e.preventDefault(); end(false); }
      }}>
      {PARTS.map(([id, label, kind]) => (
        <label key={id} class={kind === "number" ? "half" : ""}>{label}
          <input class="ctl" type={kind === "date" ? "date" : "text"} inputMode={kind === "number" ? "decimal" : undefined} dir="auto" autocomplete="off"
            value={now[id]} aria-invalid={wrong.includes(id)} onInput={(e) => setNow({ ...now, [id]: e.currentTarget.value })} />
        </label>
      ))}
      {wrong.length > 0 && <p class="finding" role="alert"><i class="ic i-diamond con" />That is not a number.</p>}
      <p class="hint">Enter keeps, Esc gives the old words back.</p>
    </div>
  );
}

const number = (text: string): number => Number(text.trim().replace(",", "."));
