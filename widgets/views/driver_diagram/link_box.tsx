// Type to find what a node leads to; Enter links, and Enter again unlinks.
import { useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { LEVELS, mayLeadTo, nameOf } from "./theory";
import type { Theory } from "./theory";

const MOST = 8;

export function LinkBox({ theory, id, toggle, close }: { theory: Theory; id: string; toggle: (effect: string) => void; close: () => void }) {
  const [typed, setTyped] = useState("");
  const [row, setRow] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const box = useId();
  useLayoutEffect(() => { field.current?.focus({ preventScroll: true }); }, []);
  const linked = new Set((theory.up.get(id) ?? []).map((l) => l.effect));
  const found = useMemo(() => {
    const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    return mayLeadTo(theory, id).filter((n) => words.every((w) => nameOf(n).toLocaleLowerCase().includes(w))).slice(0, MOST);
  }, [theory, id, typed]);
  const chosen = found[Math.min(row, found.length - 1)];
  return (
    <div class="linkbox" role="group" aria-label={`Link “${nameOf(theory.nodes.get(id))}”`}
      onFocusOut={(e) => { if (!e.currentTarget.contains(e.relatedTarget as globalThis.Node | null)) close(); }}>
      <label for={`${box}f`}>Leads to</label>
      <input ref={field} id={`${box}f`} class="ctl" role="combobox" aria-expanded="true" aria-controls={`${box}l`} aria-autocomplete="list" autocomplete="off" dir="auto"
        aria-activedescendant={chosen ? `${box}${chosen.id}` : undefined} value={typed} placeholder="Type to search"
        onInput={(e) => { setTyped(e.currentTarget.value); setRow(0); }}
        onKeyDown={(e) => {
          e.stopPropagation();
          if (e.isComposing) return;
          if (e.key === "Escape") { e.preventDefault(); close(); }
          if (e.key === "ArrowDown") { e.preventDefault(); setRow(Math.min(row + 1, found.length - 1)); }
          if (e.key === "ArrowUp") { e.preventDefault(); setRow(Math.max(row - 1, 0)); }
          if (e.key === "Enter" && chosen) { e.preventDefault(); toggle(chosen.id); }
        }} />
      <ul id={`${box}l`} role="listbox" aria-label="What it may lead to">
        {found.map((n) => (
          <li key={n.id} id={`${box}${n.id}`} role="option" aria-selected={n === chosen} class={n === chosen ? "on" : ""}
            onPointerDown={(e) => { e.preventDefault(); toggle(n.id); }}>
            <span dir="auto">{nameOf(n)}</span> <span class="mut">{LEVELS[n.level]?.toLowerCase()}{linked.has(n.id) ? " · linked; Enter unlinks" : ""}</span>
          </li>
        ))}
      </ul>
      {!found.length && <p class="hint" role="status">Nothing of that name that it could lead to.</p>}
    </div>
  );
}
