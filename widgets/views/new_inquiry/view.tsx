// A new inquiry without a terminal: four questions, then a folder with its notebooks, and what to open next.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Model, State } from "../model";
import { Notebook } from "../parts/notebook";
import { useModel } from "../parts/use_model";

interface Made { folder: string; notebooks: string[]; first: string }
interface Wanted { title: string; site: string; folder: string; cycle: string }

const CYCLES = [
  ["pdsa_cycle", "PDSA cycles", "test one change on a small scale, in days or weeks"],
  ["lesson_study", "Lesson study", "plan, watch and discuss one research lesson"],
  ["design_cycle", "Design-based cycles", "design, try and redesign something together"],
] as const;

const SILENT_MS = 30_000;

/** A folder's name from a title: short, plain, and the same on every machine. */
export function folderOf(title: string): string {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "_").replace(/^_+|_+$/g, "");
  return plain.split("_").slice(0, 5).join("_").slice(0, 40);
}

export default function NewInquiry({ model }: { model: Model }) {
  const state = useModel(model);
  const [wanted, setWanted] = useState<Wanted>({ title: "", site: "", folder: "", cycle: "pdsa_cycle" });
  const [named, setNamed] = useState(false);
  const [failed, setFailed] = useState("");
  const [busy, setBusy] = useState(false);
  const sent = useRef(false);
  const [made, setMade] = useState<Made | null>((state.shown["made"] as Made | undefined) ?? null);
  const folder = named ? wanted.folder : folderOf(wanted.title);
  const change = (part: Partial<Wanted>): void => { setWanted({ ...wanted, ...part }); setFailed(""); };
  const make = (e: Event): void => {
    e.preventDefault();
    if (busy) return;
    sent.current = true;
    if (!wanted.title.trim()) return setFailed("Give it a title first: what is it about?");
    if (!folder) return setFailed("Give its folder a name.");
    setBusy(true);
    const silent = setTimeout(() => { setBusy(false); setFailed("Nothing answers yet. If the kernel was restarted, run this cell again and send the form once more."); }, SILENT_MS);
    model.ask("make", { ...wanted, folder }).then((m) => { setFailed(""); setMade(m as Made); }, (why: Error) => setFailed(why.message)).finally(() => { clearTimeout(silent); setBusy(false); });
  };
  return (
    <section class="iq" aria-label="New inquiry" lang="en"><div class="in">
      <header class="head"><div><p class="eyebrow">inquirylab</p><h1>{made ? "Your inquiry is ready" : "New inquiry"}</h1></div></header>
      {made ? <Ready model={model} state={state} made={made} justNow={sent.current} /> : (
        <form onSubmit={make} class="form">
          <p class="hint prose">An inquiry is one folder: what your team writes, its data and its notebooks. You can copy it, zip it and take it home.</p>
          <Text id="title" label="What is it about?" hint="A title that a colleague understands, such as “Work that arrives on time when a course is new”." value={wanted.title} write={(title) => change({ title })} />
          <Text id="site" label="Where is it?" hint="A school, a course, a district. It may stay empty." value={wanted.site} write={(site) => change({ site })} />
          <fieldset class="field"><legend class="lab">Which cycle do you begin with?</legend>
            <p class="hint">You can run the others later.</p>
            <div class="choices">{CYCLES.map(([id, label, help]) => (
              <label class="choice" key={id}><input type="radio" name="cycle" checked={wanted.cycle === id} onChange={() => change({ cycle: id })} /><span>{label}<small class="hint"> {help}</small></span></label>))}</div>
          </fieldset>
          <Text id="folder" label="Name of its folder" hint={`It is made in ${String(state.shown["beside"] ?? "this folder")}.`} value={folder} write={(f) => { setNamed(true); change({ folder: f }); }} />
          {failed && <p class="finding" role="alert"><i class="ic i-diamond con" /><span>{failed}</span></p>}
          <div class="btns block"><button type="submit" class="btn primary" disabled={busy}>{busy ? "Making it…" : "Make the inquiry"}</button></div>
        </form>
      )}
    </div></section>
  );
}

function Text({ id, label, hint, value, write }: { id: string; label: string; hint: string; value: string; write: (text: string) => void }) {
  return (
    <div class="field"><label for={`iq-new-${id}`}>{label}</label><p class="hint" id={`iq-new-${id}-hint`}>{hint}</p>
      <input id={`iq-new-${id}`} class="ctl" type="text" dir="auto" autocomplete="off" aria-describedby={`iq-new-${id}-hint`} value={value} onInput={(e) => write(e.currentTarget.value)} /></div>
  );
}

function Ready({ model, state, made, justNow }: { model: Model; state: State; made: Made; justNow: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  const stem = made.first.replace(/\.ipynb$/, "");
  // who has just sent the form goes on here; who opens the page again is not moved
  useEffect(() => { if (justNow) (box.current?.querySelector("a") ?? box.current)?.focus(); }, []);
  return (
    <div class="made" role="status" tabIndex={-1} ref={box}>
      <p>It is in the folder <code>{made.folder}</code>.</p>
      <p class="block">Next: open <b><Notebook model={model} state={state} name={stem} /></b> in that folder.</p>
      <p class="hint block">Its notebooks: {made.notebooks.join(" · ")}</p>
    </div>
  );
}
