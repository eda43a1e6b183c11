// Plan: what is tried, what we want to learn and expect, who does it when, what is recorded. Questions 1 to 5.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { newId } from "../model";
import type { Item, Model, Question, State } from "../model";
import { Answer } from "../parts/answer";
import { lockWords } from "./compare";
import { shownOf } from "./shown";

export interface PartProps { model: Model; state: State; path: string; cycle: Item; question: (id: string) => Question }

/** One of the eight numbered questions. */
export function Numbered({ n, title, hint, children }: { n: number; title?: string; hint?: string; children: ComponentChildren }) {
  return (
    <div class="q">
      <span class="n" aria-hidden="true">{n}</span>
      <div>
        {title && <h3>{title}</h3>}
        {hint && <p class="hint">{hint}</p>}
        {children}
      </div>
    </div>
  );
}

export function More({ title, children }: { title: string; children: ComponentChildren }) {
  return <details class="more"><summary>{title}</summary>{children}</details>;
}

export function Plan({ model, state, path, cycle, question }: PartProps) {
  const plan = question("plan");
  const data = (cycle["data"] as Item[] | undefined) ?? [];
  const questions = (cycle["questions"] as Item[] | undefined) ?? [];
  const at = (q: Question, id: string): Question => q.questions.find((i) => i.id === id) as Question;
  const add = (list: string): void => void model.send({ do: "add", path: `${path}.${list}`, fields: { id: newId() } });
  return (
    <>
      <Numbered n={1}><Answer model={model} state={state} path={`${path}.change`} question={question("change")} /></Numbered>
      {questions.map((item, i) => (
        <LearnAndExpect key={item.id} model={model} state={state} path={`${path}.questions.${item.id}`} first={i === 0} list={question("questions")} />
      ))}
      {questions.length === 0 && <Numbered n={2} title="What do we want to learn, and what do we expect?"><p class="hint">{question("questions").help}</p></Numbered>}
      {!state.readOnly && questions.length < 4 && (
        <div class="indent"><button type="button" class="btn" onClick={() => add("questions")}><i class="ic i-plus" />{questions.length ? "Another question" : "Ask a question"}</button></div>
      )}
      <Numbered n={4}>
        <Answer model={model} state={state} path={`${path}.plan.what`} question={at(plan, "what")} />
        <div class="facts">
          {["who", "where", "when_start", "when_end"].map((id) => <Answer key={id} model={model} state={state} path={`${path}.plan.${id}`} question={at(plan, id)} />)}
        </div>
      </Numbered>
      <Numbered n={5} title="What is collected to answer the questions?">
        {data.map((item) => (
          <div class="facts row" key={item.id}>
            {["what", "who", "when", "measure"].map((id) => <Answer key={id} model={model} state={state} path={`${path}.data.${item.id}.${id}`} question={at(question("data"), id)} />)}
            <button type="button" class="btn icon plain" aria-label="Remove this line" onClick={() => void model.send({ do: "remove", path: `${path}.data.${item.id}` })}><i class="ic i-cross" /></button>
          </div>
        ))}
        {!state.readOnly && <button type="button" class="btn" onClick={() => add("data")}><i class="ic i-plus" />Add what is collected</button>}
      </Numbered>
      <More title="More about the plan: name, ramp, size, purpose">
        {["title", "series", "cycle_no", "purpose", "scale", "scale_people", "scale_contexts", "clone_of"].map((id) => <Answer key={id} model={model} state={state} path={`${path}.${id}`} question={question(id)} />)}
      </More>
    </>
  );
}

function LearnAndExpect({ model, state, path, first, list }: { model: Model; state: State; path: string; first: boolean; list: Question }) {
  const [opened, setOpened] = useState(false);
  const lock = shownOf(state).locks[`${path}.prediction`];
  const at = (id: string): Question => list.questions.find((i) => i.id === id) as Question;
  const item = path.split(".").at(-1) ?? "";
  const held = ((state.answers["pdsa_cycles"] as Item[]).flatMap((c) => (c["questions"] as Item[] | undefined) ?? [])).find((q) => q.id === item);
  return (
    <>
      <Numbered n={2}>
        <Answer model={model} state={state} path={`${path}.question`} question={at("question")} />
        {!first && !lock && <button type="button" class="linkish" onClick={() => void model.send({ do: "remove", path })}>Remove this question</button>}
      </Numbered>
      <Numbered n={3}>
        {lock && !opened ? (
          <div class="locked">
            <h3>What do we expect?</h3>
            <p class="ro">{String(held?.["prediction"] ?? "")}</p>
            <p class="when"><i class="ic i-lock" />{lockWords(lock)}</p>
            {!state.readOnly && <button type="button" class="linkish" onClick={() => setOpened(true)}>Change it all the same: the first is kept and shown</button>}
          </div>
        ) : (
          <>
            <Answer model={model} state={state} path={`${path}.prediction`} question={at("prediction")} />
            <More title="As numbers, and how sure we are">
              <div class="facts">{["predicted_low", "predicted_high", "predicted_value", "confidence"].map((id) => <Answer key={id} model={model} state={state} path={`${path}.${id}`} question={at(id)} />)}</div>
            </More>
          </>
        )}
      </Numbered>
    </>
  );
}
