// Measures: the chart and what it says, numbers from a file or typed in, how they are judged, what they mean.
import { useEffect, useRef, useState } from "preact/hooks";
import { itemsAt, newId } from "../model";
import type { Form, Item, Model, State } from "../model";
import { Answer, FindingLine, isEmpty, isRequired, Removed } from "../parts/answer";
import { Frame } from "../parts/frame";
import { useModel } from "../parts/use_model";
import { Chart, MissingTable, SideBySide, Words } from "./chart";
import { DataFile } from "./data_file";
import { Grid } from "./grid";
import { Judge } from "./judge";
import type { Shown, Told } from "./told";
import { useTold } from "./use_told";

const FAMILIES: [string, string][] = [["outcome", "Outcome"], ["driver", "Driver"], ["process", "Process"], ["balancing", "Balancing"], ["pdsa", "One cycle"]];
const ROOTS = ["measures", "measure_data"];

export default function MeasureView({ model }: { model: Model }) {
  const state = useModel(model);
  const shown = state.shown as unknown as Shown;
  const all = itemsAt(state.answers, "measures");
  const measures = shown.only ? all.filter((m) => m.id === shown.only) : all;
  const [chosen, setChosen] = useState<string | null>(() => model.recall("measure"));
  const [added, setAdded] = useState("");
  const measure = measures.find((m) => m.id === chosen) ?? measures[0];
  const choose = (id: string): void => { setChosen(id); model.remember("measure", id); };
  const add = (): void => {
    const id = newId();
    void model.send({ do: "add", path: "measures", fields: { id, definition_version: 1 } });
    choose(id);
    setAdded(id);
  };
  const title = shown.only && measure ? nameOf(measure) : "Measures";
  return (
    <Frame model={model} state={state} name={`measure-${shown.only}`} eyebrow={[state.title, state.site].filter(Boolean).join(" · ")} title={title} roots={ROOTS}>
      <style>{`.inquirylab .measure{${shown.style}}`}</style>
      <div class="measure">
        {!measure && <p class="prose empty">An aim without a measure is a wish. Define one number that would show that things got better, such as “Pupils on time, of 100 enrolled, each week”.</p>}
        {!shown.only && <Chooser state={state} measures={measures} chosen={measure?.id} choose={choose} add={add} model={model} />}
        {measure && <OneMeasure key={measure.id} model={model} state={state} measure={measure} shown={shown} fresh={measure.id === added} />}
      </div>
    </Frame>
  );
}

const nameOf = (m: Item): string => String(m.name ?? "") || "Without a name yet";

function Chooser({ model, state, measures, chosen, choose, add }: { model: Model; state: State; measures: Item[]; chosen: string | undefined; choose: (id: string) => void; add: () => void }) {
  const groups: [string, Item[]][] = [...FAMILIES.map(([id, words]): [string, Item[]] => [words, measures.filter((m) => m.family === id)]), ["", measures.filter((m) => !FAMILIES.some(([id]) => id === m.family))]];
  return (
    <nav class="chooser" aria-label="Measures">
      {groups.filter(([, of]) => of.length).map(([words, of]) => (
        <div key={words} class="family">
          <p class="hint">{words || "Family not said yet"}</p>
          <div class="btns">{of.map((m) => <button type="button" key={m.id} class="btn" aria-current={m.id === chosen ? "true" : undefined} onClick={() => choose(m.id)}>{nameOf(m)}</button>)}</div>
        </div>
      ))}
      {state.readOnly === "" && <button type="button" class={`btn ${measures.length ? "plain" : "primary"}`} onClick={add}><i class="ic i-plus" />{measures.length ? "Another measure" : "Define a measure"}</button>}
      <Removed model={model} state={state} under="measures" />
    </nav>
  );
}

function OneMeasure({ model, state, measure, shown, fresh }: { model: Model; state: State; measure: Item; shown: Shown; fresh: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { if (fresh) box.current?.querySelector<HTMLElement>(".asking[open] .ctl")?.focus(); }, []);
  const form = state.forms.measures as Form;
  const brief = shown.measures[measure.id];
  const { told, failed } = useTold<Told>(model, "measured", { measure: measure.id }, brief?.stamp ?? "none");
  const [table, setTable] = useState(false);
  const toggle = (): void => setTable(!table);
  const keys = (e: KeyboardEvent): void => {
    const at = e.target as HTMLElement;
    if (e.key.toLowerCase() === "t" && !e.ctrlKey && !e.metaKey && !e.altKey && !at.closest("input,textarea,select,[contenteditable]")) { e.preventDefault(); toggle(); }
  };
  const [begun] = useState(!isEmpty(measure.name) && !isEmpty(measure.kind)); // a new measure is defined before it is counted
  const definition = <Definition model={model} state={state} form={form} measure={measure} />;
  const typed = itemsAt(state.answers, "measure_data").some((r) => r.measure === measure.id);
  return (
    <div onKeyDown={keys} ref={box}>
      {brief && failed && <p class="finding" role="alert"><i class="ic i-diamond con" /><span>{failed}</span></p>}
      {told && <div class="with-words"><Chart told={told} table={table} toggle={toggle} /><Words told={told} /></div>}
      {told?.empty && <p class="prose empty">{told.empty}</p>}
      {told?.refusals.map((r) => <p class="finding" role="alert" key={r}><i class="ic i-diamond con" /><span class="refusal">{r}</span></p>)}
      {told && <SideBySide told={told} />}
      {!begun && definition}
      <Numbers model={model} state={state} measure={measure} shown={shown} told={told} typed={typed} />
      <Judge model={model} state={state} form={form} measure={measure} told={told} shown={shown} />
      {begun && definition}
      <p class="hint inside"><i class="ic i-lock" />{shown.inside}</p>
    </div>
  );
}

function Numbers({ model, state, measure, shown, told, typed }: { model: Model; state: State; measure: Item; shown: Shown; told: Told | null; typed: boolean }) {
  const reads = !isEmpty((measure.data as Record<string, unknown> | undefined)?.date) || !isEmpty((measure.data as Record<string, unknown> | undefined)?.date_from);
  const [way, setWay] = useState<"type" | "file">(reads && !typed ? "file" : "type");
  return (
    <section aria-label="The numbers">
      <div class="sec-head"><h2>The numbers</h2>
        <div class="seg" role="group" aria-label="Where the numbers come from">
          <button type="button" aria-pressed={way === "type"} onClick={() => setWay("type")}>Type them in</button>
          <button type="button" aria-pressed={way === "file"} onClick={() => setWay("file")}>A data file</button>
        </div>
      </div>
      {way === "type" ? <Grid model={model} state={state} measure={measure} /> : <DataFile model={model} state={state} measure={measure} files={shown.files} />}
      {told && told.notes.map((n) => <p class="hint" key={n}>{n}</p>)}
      {told && way === "file" && <MissingTable missing={told.missing} />}
    </section>
  );
}

const JUDGED = ["goal", "baseline", "chart", "chart_why", "direction", "phases", "excluded", "rules", "annotations", "rows", "data"];

/** What the measure means: asked in full where something that is needed is open, else folded under its one sentence. */
function Definition({ model, state, form, measure }: { model: Model; state: State; form: Form; measure: Item }) {
  const path = `measures.${measure.id}`;
  const asked = form.questions.filter((q) => !JUDGED.includes(q.id));
  const open = asked.filter((q) => isRequired(q, measure) && isEmpty(measure[q.id]));
  const findings = state.findings.filter((f) => f.where === path);
  // which sections begin unfolded is settled once: none may close under the hands of who answers in it
  const [unfolded] = useState(() => new Set(open.filter((q) => ["name", "kind"].includes(q.id)).map((q) => q.section)));
  return (
    <section aria-label="Operational definition">
      <div class="sec-head"><h2>Operational definition</h2><span class="meta">{open.length ? `${open.length} of the questions that are needed ${open.length === 1 ? "is" : "are"} still open.` : "Precise enough that two people who count get the same number."}</span></div>
      {findings.map((f) => <FindingLine key={f.id + f.message} message={f.message} cure={f.cure} />)}
      {form.sections.map((s) => {
        const questions = asked.filter((q) => q.section === s.id);
        if (!questions.length) return null;
        return (
          <details key={s.id} class="asking" open={unfolded.has(s.id)}>
            <summary>{s.title}</summary>
            {s.help && <p class="hint prose">{s.help}</p>}
            {questions.map((q) => <Answer key={q.id} model={model} state={state} path={`${path}.${q.id}`} question={q} />)}
          </details>
        );
      })}
      {state.readOnly === "" && <button type="button" class="btn plain" onClick={() => void model.send({ do: "remove", path })}>Remove this measure</button>}
    </section>
  );
}
