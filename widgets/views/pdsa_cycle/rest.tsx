// Do, Study and Act: questions 6 to 8.
import { useState } from "preact/hooks";
import { newId } from "../model";
import type { Item } from "../model";
import { Answer } from "../parts/answer";
import { Compare } from "./compare";
import { More, Numbered } from "./plan";
import type { PartProps } from "./plan";
import { shortDay, shownOf } from "./shown";

const today = (): string => { const d = new Date(); return new Date(d.getTime() - d.getTimezoneOffset() * 60_000).toISOString().slice(0, 10); };

export function Do({ model, state, path, cycle, question }: PartProps) {
  const [line, setLine] = useState("");
  const [open, setOpen] = useState<string | null>(null);
  const log = (cycle["do_log"] as Item[] | undefined) ?? [];
  const list = question("do_log");
  const kinds = list.questions.find((q) => q.id === "kind")?.choices ?? [];
  const add = (): void => {
    if (!line.trim()) return;
    void model.send({ do: "add", path: `${path}.do_log`, fields: { id: newId(), at: today(), observation: line.trim() } });
    setLine("");
  };
  return (
    <>
      <Numbered n={6} title="What happened?" hint="What you saw and heard, one line each. Say what was not as planned.">
        <ul class="log">
          {log.map((entry) => (
            <li key={entry.id}>
              <span class="d">{shortDay(String(entry["at"] ?? ""))}</span>
              <span class="k">{kinds.find((k) => k.id === entry["kind"])?.label.toLowerCase() ?? ""}</span>
              <span class="t">{String(entry["observation"] ?? "")}</span>
              <button type="button" class="btn icon plain" aria-expanded={open === entry.id} aria-label={`Edit “${String(entry["observation"] ?? "").slice(0, 40)}”`} onClick={() => setOpen(open === entry.id ? null : entry.id)}><i class="ic i-pen" /></button>
              {open === entry.id && (
                <div class="edit">
                  {["at", "kind", "observation"].map((id) => <Answer key={id} model={model} state={state} path={`${path}.do_log.${entry.id}.${id}`} question={list.questions.find((q) => q.id === id)!} />)}
                  <button type="button" class="btn" onClick={() => void model.send({ do: "remove", path: `${path}.do_log.${entry.id}` })}>Remove this line</button>
                </div>
              )}
            </li>
          ))}
        </ul>
        {!state.readOnly && (
          <form class="addline" onSubmit={(e) => { e.preventDefault(); add(); }}>
            <input class="ctl" aria-label="What happened: add a line" placeholder="Add a line" value={line} dir="auto" onInput={(e) => setLine(e.currentTarget.value)}
              onKeyDown={(e) => { if (e.key === "Enter" && !e.isComposing) { e.preventDefault(); add(); } } /* a notebook keeps Enter from sending a form */} />
            <button type="submit" class="btn">Add</button>
          </form>
        )}
      </Numbered>
      <More title="More: as planned? Photos and work samples">
        <Answer model={model} state={state} path={`${path}.as_planned`} question={question("as_planned")} />
        <Answer model={model} state={state} path={`${path}.artefacts`} question={question("artefacts")} />
      </More>
    </>
  );
}

export function Study({ model, state, path, cycle, question }: PartProps) {
  const questions = (cycle["questions"] as Item[] | undefined) ?? [];
  const results = (cycle["results"] as Item[] | undefined) ?? [];
  return (
    <Numbered n={7} title="What came out, beside what we expected?">
      {questions.length === 0 && <p class="hint">No question was asked in Plan, so there is nothing to compare with.</p>}
      {questions.map((q) => (
        <div key={q.id}>
          {questions.length > 1 && <p class="lab">{String(q["question"] ?? "")}</p>}
          <Compare model={model} state={state} path={path} question={q} results={results} form={question} />
        </div>
      ))}
      <Answer model={model} state={state} path={`${path}.learned`} question={question("learned")} />
    </Numbered>
  );
}

/** What of a plan another cycle takes over. */
export function copied(cycle: Item): Record<string, unknown> {
  const plan = cycle["plan"] as Record<string, unknown> | undefined;
  const again = (list: unknown, words: string[]): unknown[] =>
    ((list as Item[] | undefined) ?? []).map((i) => ({ id: newId(), ...Object.fromEntries(words.filter((w) => i[w] !== undefined).map((w) => [w, i[w]])) }));
  const kept = ["change", "series", "scale", "scale_people", "scale_contexts", "purpose"].filter((w) => cycle[w] !== undefined).map((w) => [w, cycle[w]]);
  return {
    ...Object.fromEntries(kept),
    questions: again(cycle["questions"], ["question"]),
    data: again(cycle["data"], ["what", "measure", "who", "how"]),
    ...(plan ? { plan: Object.fromEntries(["what", "who", "where"].filter((w) => plan[w] !== undefined).map((w) => [w, plan[w]])) } : {}),
  };
}

export function Act({ model, state, path, cycle, question, open }: PartProps & { open: (id: string) => void }) {
  const number = Number(cycle["cycle_no"] ?? (shownOf(state).ramps[String(cycle["change"])] ?? []).indexOf(cycle.id) + 1) || 1;
  const share = (): void => { if (!cycle["acted_on"]) void model.send({ do: "set", path: `${path}.acted_on`, value: today(), base: "" }); };
  const next = (): void => {
    share();
    const id = newId();
    const plan = cycle["next_plan"] ? { plan: { what: cycle["next_plan"] } } : {};
    const scale = cycle["next_scale"] ? { scale: cycle["next_scale"] } : {};
    void model.send({ do: "add", path: "pdsa_cycles", fields: { ...copied(cycle), ...plan, ...scale, id, cycle_no: number + 1 } });
    open(id);
  };
  return (
    <>
      <Numbered n={8}>
        <Answer model={model} state={state} path={`${path}.act`} question={question("act")} label="What do we decide, and why?" />
        <Answer model={model} state={state} path={`${path}.reason`} question={question("reason")} label="Because" />
        <Answer model={model} state={state} path={`${path}.theory_effect`} question={question("theory_effect")} />
        {cycle["acted_on"] !== undefined && <p class="finding"><i class="ic i-check" />The decision was shared on {shortDay(String(cycle["acted_on"]))}.</p>}
        {!state.readOnly && cycle["act"] !== undefined && (
          <div class="btns after">
            {cycle["act"] !== "abandon" && <button type="button" class="btn primary" onClick={next}>{cycle["acted_on"] === undefined ? "Share the decision and plan" : "Plan"} cycle {number + 1}</button>}
            {cycle["acted_on"] === undefined && <button type="button" class="btn plain" onClick={share}>{cycle["act"] === "abandon" ? "Share the decision" : "Only share"}</button>}
          </div>
        )}
      </Numbered>
      <More title="More: what comes next, where in the theory, what stands on the chart">
        {["next_plan", "next_scale", "theory_node", "acted_on", "chart_annotation", "minutes_spent"].map((id) => <Answer key={id} model={model} state={state} path={`${path}.${id}`} question={question(id)} />)}
      </More>
    </>
  );
}
