// Versions of the theory: save one with its reason and the cycles that caused it, look at one, compare it with the one before.
import { useEffect, useId, useState } from "preact/hooks";
import { itemsAt, newId } from "../model";
import type { Item, Model, State } from "../model";
import type { Difference, Shown } from "./shown";

export interface Looking { shown: string; comparing: boolean } // shown: id of a version, empty for today

export const versionsOf = (state: State): Item[] => itemsAt(state.answers, "driver_diagram.versions");

/** What the kernel finds different; asked again when the diagram changes. */
export function useDifference(model: Model, state: State, looking: Looking): { difference: Difference | null; failed: string } {
  const [found, setFound] = useState<{ difference: Difference | null; failed: string }>({ difference: null, failed: "" });
  const versions = versionsOf(state);
  const at = looking.shown ? versions.findIndex((v) => v.id === looking.shown) : versions.length;
  const before = looking.comparing ? versions[at - 1]?.id ?? "" : looking.shown;
  const wanted = (looking.comparing && before !== "") || looking.shown !== "";
  useEffect(() => {
    if (!wanted) return setFound({ difference: null, failed: "" });
    let gone = false;
    model.ask("difference", { old: before, new: looking.shown }).then(
      (d) => { if (!gone) setFound({ difference: d as Difference, failed: "" }); },
      (e: Error) => { if (!gone) setFound({ difference: null, failed: e.message }); },
    );
    return () => { gone = true; };
  }, [model, wanted, before, looking.shown, looking.shown ? null : state.answers.driver_diagram, looking.shown ? null : state.answers.change_ideas, looking.shown ? null : state.answers.aim]);
  return found;
}

export function Versions({ state, looking, look, save }: { state: State; looking: Looking; look: (l: Looking) => void; save: () => void }) {
  const id = useId();
  const versions = versionsOf(state);
  const at = looking.shown ? versions.findIndex((v) => v.id === looking.shown) : versions.length;
  const earlier = at > 0;
  return (
    <>
      {versions.length > 0 && <>
        <label class="meta" for={id}>Version</label>
        <select id={id} class="ctl sm" value={looking.shown} onChange={(e) => look({ ...looking, shown: e.currentTarget.value })}>
          <option value="">Today (in work)</option>
          {versions.map((v, i) => <option key={v.id} value={v.id}>{i + 1}{dayOf(v.id) ? `, ${dayOf(v.id)}` : ""}</option>).reverse()}
        </select>
        <button type="button" class="btn" aria-pressed={looking.comparing} disabled={!earlier} onClick={() => look({ ...looking, comparing: !looking.comparing })}>
          {looking.comparing && earlier ? "Stop comparing" : `Compare with ${at}`}</button>
      </>}
      {state.readOnly === "" && !looking.shown && <button type="button" class="btn plain" onClick={save}>Save a version</button>}
    </>
  );
}

export function SaveVersion({ model, state, shown, close }: { model: Model; state: State; shown: Shown; close: () => void }) {
  const id = useId();
  const [reason, setReason] = useState("");
  const [caused, setCaused] = useState<string[]>([]);
  const [failed, setFailed] = useState("");
  const versions = versionsOf(state);
  const keep = async (): Promise<void> => {
    const last = versions.at(-1);
    const fields = { id: newId(), reason: reason.trim(), caused_by: caused, ...(last ? { based_on: last.id } : {}) };
    const outcome = await model.send({ do: "add", path: "driver_diagram.versions", fields });
    if (outcome.ok) close();
    else setFailed(outcome.message);
  };
  return (
    <form class="saveversion" aria-label="Save a version" onSubmit={(e) => { e.preventDefault(); if (reason.trim()) void keep(); }}
      onKeyDown={(e) => { if (e.key === "Escape") { e.preventDefault(); close(); } }}>
      <label for={id}>{versions.length ? `What changed since version ${versions.length}, and what made you change it?` : "Why is this the theory to begin with?"}</label>
      <textarea id={id} class="ctl" rows={2} dir="auto" value={reason} onInput={(e) => setReason(e.currentTarget.value)} ref={(el) => { if (el && !el.dataset.met) { el.dataset.met = "1"; el.focus({ preventScroll: true }); } }} />
      {shown.all_cycles.length > 0 && (
        <fieldset><legend class="meta">Which cycles caused it?</legend>
          <div class="choices">{shown.all_cycles.map((c) => (
            <label class="choice" key={c.id}><input type="checkbox" checked={caused.includes(c.id)} onChange={() => setCaused(caused.includes(c.id) ? caused.filter((x) => x !== c.id) : [...caused, c.id])} /><span dir="auto">{c.title}</span></label>
          ))}</div></fieldset>
      )}
      {failed && <p class="finding" role="alert"><i class="ic i-diamond con" />{failed}</p>}
      <div class="btns"><button type="submit" class="btn primary" disabled={!reason.trim()}>Save version {versions.length + 1}</button><button type="button" class="btn plain" onClick={close}>Not now</button></div>
    </form>
  );
}

const DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

/** The day on which an id was made; ids that people chose have none. */
export function dayOf(id: string): string {
  if (!/^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(id)) return "";
  const at = [...id.slice(0, 10)].reduce((n, c) => n * 32 + DIGITS.indexOf(c), 0);
  return new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}
