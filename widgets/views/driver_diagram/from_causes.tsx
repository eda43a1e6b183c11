// Causes become drivers without leaving the diagram: chosen from the fishbone and the whys, placed, and linked in one act.
import { useState } from "preact/hooks";
import { itemsAt, newId, questionAt } from "../model";
import type { Item, Operation, State } from "../model";
import { edgeTo } from "./acts";
import type { Act } from "./acts";
import { AIM } from "./theory";

export interface Candidate { id: string; path: string; text: string; from: string; rests: string; against: boolean; how: string; parent: string }

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Causes with words that have not become a driver that is still there. */
export function candidates(state: State): Candidate[] {
  const drivers = new Set(itemsAt(state.answers, "driver_diagram.drivers").map((d) => d.id));
  const open = (i: Item): boolean => text(i.text || i.why).trim() !== "" && !drivers.has(text(i.becomes_driver));
  const supports = questionAt(state.forms, "causes.fishbone")?.questions.find((q) => q.id === "support")?.choices ?? [];
  const bones = itemsAt(state.answers, "causes.fishbone").filter(open).map((c) => ({
    id: c.id, path: `causes.fishbone.${c.id}`, text: text(c.text), from: text(c.category) || "No family yet", against: c.support === "contradicted", how: "", parent: text(c.parent),
    rests: supports.find((s) => s.id === c.support)?.label ?? "",
  }));
  const whys = itemsAt(state.answers, "causes.why_chains").flatMap((chain) => itemsAt(state.answers, `causes.why_chains.${chain.id}.whys`).filter(open).map((w) => ({
    id: w.id, path: `causes.why_chains.${chain.id}.whys.${w.id}`, text: text(w.why), from: `Whys: ${text(chain.start) || "a chain"}`, against: false, how: text(w.evidence), parent: "", rests: "",
  })));
  return [...bones, ...whys];
}

/** The chosen causes as drivers: below what the cause above them became, else primary. */
export function becomeDrivers(state: State, chosen: readonly Candidate[]): Act {
  const known = new Map(itemsAt(state.answers, "driver_diagram.drivers").map((d) => [d.id, typeof d.level === "number" ? d.level : 1]));
  const became = new Map(itemsAt(state.answers, "causes.fishbone").map((c) => [c.id, text(c.becomes_driver)]));
  const fresh = new Map(chosen.map((c) => [c.id, newId()]));
  const place = (c: Candidate, seen: ReadonlySet<string> = new Set()): { above: string; level: number } => {
    const sibling = seen.has(c.id) ? undefined : chosen.find((x) => x.id === c.parent);
    if (sibling) return { above: fresh.get(sibling.id) as string, level: Math.min(3, place(sibling, new Set([...seen, c.id])).level + 1) };
    const above = became.get(c.parent) ?? "";
    return known.has(above) ? { above, level: Math.min(3, (known.get(above) ?? 1) + 1) } : { above: AIM, level: 1 };
  };
  const operations = chosen.flatMap((c): Operation[] => {
    const id = fresh.get(c.id) as string;
    const { above, level } = place(c);
    return [
      { do: "add", path: "driver_diagram.drivers", fields: { id, label: c.text, level, ...(c.how ? { definition: c.how } : {}) } },
      { do: "set", path: `${c.path}.becomes_driver`, value: id, base: "" },
      edgeTo(id, above),
    ];
  });
  const first = fresh.get(chosen[0]?.id ?? "");
  return { words: chosen.length === 1 ? "Made a cause a driver" : `Made ${chosen.length} causes drivers`, operations, ...(first ? { select: first } : {}) };
}

export function FromCauses({ state, take, close }: { state: State; take: (chosen: Candidate[]) => void; close: () => void }) {
  const [chosen, setChosen] = useState<string[]>([]);
  const there = candidates(state);
  const picked = there.filter((c) => chosen.includes(c.id));
  const families = [...new Set(there.map((c) => c.from))];
  return (
    <form class="saveversion fromcauses" aria-label="Take drivers from the causes" onSubmit={(e) => { e.preventDefault(); if (picked.length) take(picked); }}
      onKeyDown={(e) => { if (e.key === "Escape") { e.preventDefault(); close(); } }}>
      <p><b>Which causes would have to change?</b> Each becomes a driver. Then say it the other way round: not what is missing, but what will be true.</p>
      {!there.length && <p class="hint">No cause is left to take. Causes are gathered in 01_problem_definition.ipynb.</p>}
      {families.map((family, n) => (
        <fieldset key={family}><legend class="meta" dir="auto">{family}</legend>
          {there.filter((c) => c.from === family).map((c, i) => (
            <label class="choice" key={c.id}>
              <input type="checkbox" checked={chosen.includes(c.id)} ref={(el) => { if (el && !n && !i && !el.dataset.met) { el.dataset.met = "1"; el.focus({ preventScroll: true }); } }}
                onChange={() => setChosen(chosen.includes(c.id) ? chosen.filter((x) => x !== c.id) : [...chosen, c.id])} />
              <span><span dir="auto">{c.text}</span>{c.rests && <small class={c.against ? "con" : "mut"}> {c.against && <><i class="ic i-cross" /> </>}{c.rests}</small>}</span>
            </label>
          ))}</fieldset>
      ))}
      <div class="btns">{there.length > 0 && <button type="submit" class="btn primary" disabled={!picked.length}>{picked.length > 1 ? `Make ${picked.length} drivers` : "Make a driver"}</button>}
        <button type="button" class="btn plain" onClick={close}>{there.length ? "Not now" : "Close"}</button></div>
    </form>
  );
}
