// How the definition changed: versions with their reasons, and any two side by side.
import { useEffect, useState } from "preact/hooks";
import { newId } from "../model";
import type { Model } from "../model";
import { FindingLine } from "../parts/answer";
import { differing } from "../parts/conflict";
import { Edit, EditButton, useOpen } from "./rows";
import { ROOT } from "./view";
import type { Props } from "./view";

interface Version { number: number; id: string; reason: string }
interface Changed { path: string; label: string; before: string; after: string }

export function Versions({ model, state }: Props) {
  const { open, setOpen } = useOpen(model, "versions");
  const [reason, setReason] = useState("");
  const [pair, setPair] = useState<[number, number] | null>(null);
  const versions = (state.shown["versions"] as Version[] | undefined) ?? [];
  const keep = (): void => {
    void model.send({ do: "add", path: `${ROOT}.versions`, fields: { id: newId(), reason } }).then((o) => { if (o.ok) setReason(""); });
  };
  return (
    <section aria-label="How our definition changed">
      <div class="sec-head"><h2>How our definition changed</h2><p class="meta">{versions.length ? "" : "Keep the first version when the team agrees on it; later ones say what made you change it."}</p></div>
      <ol class="vers">
        {[...versions].reverse().map((v) => (
          <li key={v.id}>
            <span>{v.number} · {dayOf(v.id)}</span>
            <span dir="auto">{v.reason || "No reason given."}{" "}
              <button type="button" class="linkish" aria-expanded={pair?.[0] === v.number && pair[1] === 0} onClick={() => setPair([v.number, 0])}>Compare {v.number} with now</button>{" "}
              {v.number > 1 && <button type="button" class="linkish" onClick={() => setPair([v.number - 1, v.number])}>Compare with {v.number - 1}</button>}{" "}
              {!state.readOnly && <EditButton name={`version ${v.number}`} open={open === v.id} toggle={() => setOpen(open === v.id ? null : v.id)}>Edit reason</EditButton>}
              {state.findings.filter((f) => f.where === `${ROOT}.versions.${v.id}`).map((f) => <FindingLine key={f.id} message={f.message} cure={f.cure} />)}
              {open === v.id && <Edit model={model} state={state} word="versions" item={{ id: v.id }} name={`version ${v.number}`} close={() => setOpen(null)} />}
            </span>
          </li>
        ))}
      </ol>
      {pair && <Compare model={model} versions={versions} pair={pair} choose={setPair} stands={state.answers} />}
      {!state.readOnly && (
        <form class="keep" onSubmit={(e) => { e.preventDefault(); if (reason.trim()) keep(); }}>
          {state.shown["changed_since"] === true && <p class="hint">The statement has changed since version {versions.length}.</p>}
          <label><span class="lab">Keep what stands as version {versions.length + 1}: what changed, and what made you change it?</span>
            <input class="ctl" type="text" dir="auto" value={reason} onInput={(e) => setReason(e.currentTarget.value)} autocomplete="off" /></label>
          <button type="submit" class="btn" disabled={!reason.trim()}>Keep version {versions.length + 1}</button>
        </form>
      )}
    </section>
  );
}

function Compare({ model, versions, pair, choose, stands }: { model: Model; versions: Version[]; pair: [number, number]; choose: (p: [number, number] | null) => void; stands: unknown }) {
  const [found, setFound] = useState<Changed[] | null>(null);
  const [failed, setFailed] = useState("");
  useEffect(() => {
    let gone = false;
    setFailed("");
    model.ask("compare", { old: pair[0], new: pair[1] }).then((c) => { if (!gone) setFound(c as Changed[]); }, (e: Error) => { if (!gone) setFailed(e.message); });
    return () => { gone = true; };
  }, [model, pair[0], pair[1], stands]);
  const name = (n: number): string => (n ? `Version ${n}` : "Now");
  const pick = (label: string, value: number, take: (n: number) => void) => (
    <label class="pick">{label} <select class="ctl" value={value} onChange={(e) => take(Number(e.currentTarget.value))}>
      {[...versions.map((v) => v.number), 0].map((n) => <option value={n} key={n}>{name(n)}</option>)}</select></label>
  );
  return (
    <div class="compare" role="region" aria-label="Two versions compared">
      <div class="btns">{pick("Compare", pair[0], (n) => choose([n, pair[1]]))}{pick("with", pair[1], (n) => choose([pair[0], n]))}<button type="button" class="btn plain" onClick={() => choose(null)}>Close</button></div>
      {failed && <p class="hint" role="alert">{failed}</p>}
      {found?.length === 0 && <p class="hint">These two say the same.</p>}
      {found?.map((c) => (
        <div class="change" key={c.path}>
          <h3>{c.label} <span class="meta">{c.before ? c.after ? "~ reworded" : "− removed" : "+ added"}</span></h3>
          <div class="split">
            <p dir="auto"><span class="meta">{name(pair[0])}</span>{c.before ? differing(c.before, c.after) : <i class="mut">nothing</i>}</p>
            <p dir="auto"><span class="meta">{name(pair[1])}</span>{c.after ? differing(c.after, c.before) : <i class="mut">nothing</i>}</p>
          </div>
        </div>
      ))}
    </div>
  );
}

const SIGNS = "0123456789abcdefghjkmnpqrstvwxyz";
/** Ids begin with the time at which they were made. */
export function dayOf(id: string): string {
  let ms = 0;
  for (const sign of id.slice(0, 10)) ms = ms * 32 + SIGNS.indexOf(sign);
  return id.length === 26 && ms > 0 ? new Date(ms).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" }) : "";
}
