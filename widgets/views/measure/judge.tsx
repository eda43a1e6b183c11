// How a measure is judged: which chart and why, baseline, goal, and new phases only after Wheeler's four questions,
// points left out only with their reason.
import { useEffect, useRef, useState } from "preact/hooks";
import { itemsAt, newId } from "../model";
import type { Form, Item, Model, State } from "../model";
import { Answer } from "../parts/answer";
import { readDate } from "./cells";
import { LeftOut } from "./left_out";
import type { Shown, Told } from "./told";

interface Props { model: Model; state: State; form: Form; measure: Item; told: Told | null; shown: Shown }

export function Judge({ model, state, form, measure, told, shown }: Props) {
  const path = `measures.${measure.id}`;
  const of = (id: string) => form.questions.find((q) => q.id === id);
  const excluded = of("excluded");
  const inner = (id: string, word: string) => of(id)?.questions.find((q) => q.id === word);
  const ask = (id: string) => { const q = of(id); return q && <Answer model={model} state={state} path={`${path}.${id}`} question={q} />; };
  const within = (id: string, word: string, label: string) => {
    const q = inner(id, word);
    return q && <Answer model={model} state={state} path={`${path}.${id}.${word}`} question={q} label={label} />;
  };
  return (
    <section aria-label="How it is judged">
      <div class="sec-head"><h2>How it is judged</h2></div>
      <ChartKind model={model} state={state} form={form} measure={measure} told={told} />
      {Boolean(measure.chart) && Boolean(told) && measure.chart !== told?.proposed && ask("chart_why")}
      <div class="judging">
        {within("baseline", "until", "The baseline ends before")}
        {within("goal", "value", `Goal${measure.unit ? `, ${String(measure.unit)}` : ""}`)}
        {within("goal", "by_when", "By when")}
      </div>
      {ask("direction")}
      <Phases model={model} state={state} measure={measure} told={told} shown={shown} />
      {excluded && <LeftOut model={model} state={state} question={excluded} measure={measure} told={told} />}
      <details class="asking"><summary>Rules, and notes on the time axis</summary>{ask("rules")}{ask("annotations")}</details>
    </section>
  );
}

function ChartKind({ model, state, form, measure, told }: Omit<Props, "shown">) {
  const q = form.questions.find((x) => x.id === "chart");
  const id = `chart-${measure.id}`;
  if (!q) return null;
  return (
    <div class="field">
      <label for={id}>Chart</label>
      {told?.why && <p class="hint"><b>Proposed: {told.proposed_name}.</b> {told.why}</p>}
      <select id={id} class="ctl kind" disabled={state.readOnly !== ""} value={String(measure.chart ?? "")}
        onChange={(e) => void model.send({ do: "set", path: `measures.${measure.id}.chart`, value: e.currentTarget.value || null, base: measure.chart ?? "" })}>
        <option value="">The proposed one{told ? `: ${told.proposed_name}` : ""}</option>
        {q.choices.map((c) => <option value={c.id} key={c.id}>{c.label}</option>)}
      </select>
    </div>
  );
}

function Phases({ model, state, measure, told, shown }: Omit<Props, "form">) {
  const [open, setOpen] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const asked = useRef(false);
  useEffect(() => { // the focus goes into the questions and comes back from them
    if (open !== null) box.current?.querySelector<HTMLElement>(".wheeler input")?.focus();
    else if (asked.current) box.current?.querySelector<HTMLElement>(".begin")?.focus();
    asked.current = open !== null;
  }, [open]);
  const phases = itemsAt(state.answers, `measures.${measure.id}.phases`);
  const readOnly = state.readOnly !== "";
  return (
    <div class="field" ref={box}>
      <h3>Phases</h3>
      <p class="hint">New lines are never drawn because a rule fired: that would hide the very change that the chart is there to show.</p>
      <ol class="items">
        {[...phases].sort((a, b) => String(a.start).localeCompare(String(b.start))).map((p) => (
          <li class="item phase" key={p.id}>
            <span class="name"><b>{String(p.start ?? "without a date")}</b> <bdi>{String(p.label ?? "")}</bdi> <span class="hint">{p.recalculate ? "new lines from here" : "marked; the lines go on"}{p.reason ? <> · <bdi>{String(p.reason)}</bdi></> : null}</span></span>
            {!readOnly && <button type="button" class="btn icon plain" aria-label={`Remove the phase from ${String(p.start)}`} onClick={() => void model.send({ do: "remove", path: `measures.${measure.id}.phases.${p.id}` })}><i class="ic i-cross" /></button>}
          </li>
        ))}
      </ol>
      {told?.phases.filter((p) => !phases.some((x) => x.start === p.first)).map((p) => (
        <p class="finding" key={p.first}><i class="ic i-dot" /><span>{p.words} {!readOnly && <button type="button" class="linkish" onClick={() => setOpen(p.first)}>Are new lines due? Four questions</button>}</span></p>
      ))}
      {!readOnly && open === null && <button type="button" class="btn begin" onClick={() => setOpen("")}><i class="ic i-plus" />A new phase</button>}
      {open !== null && <Wheeler key={open} model={model} measure={measure} questions={shown.questions} first={open} close={() => setOpen(null)} />}
    </div>
  );
}

/** Wheeler's four questions: all yes, and the lines are worked out anew from that date; else the date is marked only. */
function Wheeler({ model, measure, questions, first, close }: { model: Model; measure: Item; questions: Shown["questions"]; first: string; close: () => void }) {
  const [start, setStart] = useState(first);
  const [label, setLabel] = useState("");
  const [reason, setReason] = useState("");
  const [answers, setAnswers] = useState<Record<string, boolean>>({});
  const [said, setSaid] = useState("");
  const all = questions.every((q) => answers[q.id] === true);
  const keep = (): void => {
    const date = readDate(start);
    if (date instanceof Error || date === "") return setSaid(date === "" ? "From which date?" : date.message);
    if (!label.trim()) return setSaid("What began? Say it in a few words.");
    const open = questions.find((q) => answers[q.id] === undefined);
    if (open) return setSaid(`Still to be answered: ${open.text}`);
    if (all && !reason.trim()) return setSaid("Say what the known reason is, for those who read the chart later.");
    const said = questions.map((q) => `${q.text} ${answers[q.id] ? "Yes" : "No"}`);
    void model.send({ do: "add", path: `measures.${measure.id}.phases`, fields: { id: newId(), start: date, label: label.trim(), reason: reason.trim() || null, recalculate: all, answers: said } });
    close();
  };
  return (
    <form class="wheeler" onSubmit={(e) => { e.preventDefault(); keep(); }} aria-label="A new phase">
      <label class="pick"><span>From which date?</span><input class="ctl" value={start} placeholder="2026-01-26" autocomplete="off" onInput={(e) => setStart(e.currentTarget.value)} /></label>
      <label class="pick"><span>What began?</span><input class="ctl" value={label} autocomplete="off" onInput={(e) => setLabel(e.currentTarget.value)} /></label>
      {questions.map((q) => (
        <div class="asked" key={q.id} role="group" aria-label={q.text}>
          <span>{q.text}</span>
          <span class="seg">
            <button type="button" aria-pressed={answers[q.id] === true} onClick={() => setAnswers({ ...answers, [q.id]: true })}>Yes</button>
            <button type="button" aria-pressed={answers[q.id] === false} onClick={() => setAnswers({ ...answers, [q.id]: false })}>No</button>
          </span>
        </div>
      ))}
      <label class="pick"><span>What is the known reason?</span><input class="ctl" value={reason} autocomplete="off" onInput={(e) => setReason(e.currentTarget.value)} /></label>
      <p class="hint">{all ? "Four times yes: centre line and limits are worked out anew from this date." : "Unless all four are yes, the date is marked and the lines go on."} Your answers are kept with your name and the time.</p>
      {said && <p class="finding" role="alert"><i class="ic i-diamond con" /><span>{said}</span></p>}
      <div class="btns"><button type="submit" class="btn primary">{all ? "Begin a new phase" : "Mark the date"}</button><button type="button" class="btn plain" onClick={close}>Not now</button></div>
    </form>
  );
}
