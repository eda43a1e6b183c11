// Five dimensions side by side, or one after another; in a narrow place the open one stands below its own row.
import { useRef, useState } from "preact/hooks";
import { at } from "../model";
import { Answer } from "../parts/answer";
import { asked, ROOT, told } from "./view";
import type { Props } from "./view";

export const DIMENSIONS = ["situation", "stakeholders", "scope", "system", "significance"];

export function Dimensions({ model, state }: Props) {
  const [open, setOpen] = useState(model.recall("dimension") ?? "situation");
  const [walk, setWalk] = useState(model.recall("walk") === "yes");
  const [why, setWhy] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const choose = (word: string): void => { setOpen(word); model.remember("dimension", word); };
  const go = (by: number): void => {
    const next = DIMENSIONS[(DIMENSIONS.indexOf(open) + by + 5) % 5] as string;
    choose(next);
    if (!walk) list.current?.querySelector<HTMLElement>(`#iq-dim-${next}`)?.focus();
  };
  const key = (e: KeyboardEvent): void => {
    const by = ({ ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 } as Record<string, number>)[e.key];
    if (by) { e.preventDefault(); go(by); }
  };
  const way = (yes: boolean): void => { setWalk(yes); model.remember("walk", yes ? "yes" : "no"); };
  return (
    <section aria-label="Five dimensions">
      <div class="sec-head"><h2>Five dimensions</h2>
        {state.forms[ROOT]?.working_labels && <p class="meta"><button type="button" class="working" aria-expanded={why} onClick={() => setWhy(!why)}>working labels</button></p>}
        <div class="seg" role="group" aria-label="How to show the dimensions">
          <button type="button" aria-pressed={!walk} onClick={() => way(false)}>All five</button>
          <button type="button" aria-pressed={walk} onClick={() => way(true)}>One at a time</button>
        </div>
      </div>
      {why && <p class="hint prose">These five names are ours. Whoever has the chapter (Hinnant-Crawford and Anderson 2022, pp. 297–324) can enter its own wording in one file; your answers stay where they are.</p>}
      {walk
        ? <div class="walk"><p class="meta">{DIMENSIONS.indexOf(open) + 1} of 5</p><h3>{asked(state, open)?.label}</h3><Panel model={model} state={state} word={open} />
            <div class="btns"><button type="button" class="btn" disabled={open === DIMENSIONS[0]} onClick={() => go(-1)}>Back</button><button type="button" class="btn" disabled={open === DIMENSIONS[4]} onClick={() => go(1)}>Next</button></div></div>
        : <div class="dims" ref={list}>
            {DIMENSIONS.map((word) => (
              <Dimension key={word} model={model} state={state} word={word} open={open === word} choose={() => choose(word)} onKey={key} />
            ))}
          </div>}
    </section>
  );
}

function Dimension({ model, state, word, open, choose, onKey }: Props & { word: string; open: boolean; choose: () => void; onKey: (e: KeyboardEvent) => void }) {
  const text = told(state, `${word}.answer`);
  const evidence = (at(state.answers, `${ROOT}.${word}.evidence`) as unknown[] | undefined)?.length ?? 0;
  const differ = state.conflicts.some((c) => c.path.startsWith(`${ROOT}.${word}`));
  const found = state.findings.filter((f) => f.where.startsWith(`${ROOT}.${word}`)).length;
  const unheard = word === "stakeholders" ? state.findings.filter((f) => f.where.startsWith(`${ROOT}.missing_voices.`) && f.severity === "warning").length : 0;
  return (
    <>
      <h3 class="tab-head">
        <button type="button" class="tab" id={`iq-dim-${word}`} aria-expanded={open} aria-controls={`iq-panel-${word}`} onClick={choose} onKeyDown={onKey}>
          <b>{asked(state, word)?.label}</b>
          <span class="ex" dir="auto">{text.slice(0, 300) || "No answer yet"}</span>
          <span class="foot">
            <span>{evidence ? `${evidence} ${evidence === 1 ? "piece" : "pieces"} of evidence` : <><i class="ic i-ring" />No evidence yet</>}</span>
            {differ && <span><i class="ic i-tilde" />Two versions differ</span>}
            {found > 0 && <span><i class="ic i-diamond con" />{found} {found === 1 ? "question" : "questions"}</span>}
            {unheard > 0 && <span><i class="ic i-diamond con" />{unheard === 1 ? "1 voice has" : `${unheard} voices have`} no plan yet</span>}
          </span>
        </button>
      </h3>
      <div class="panel" id={`iq-panel-${word}`} role="region" aria-labelledby={`iq-dim-${word}`} hidden={!open}>
        {open && <Panel model={model} state={state} word={word} />}
      </div>
    </>
  );
}

function Panel({ model, state, word }: Props & { word: string }) {
  const question = asked(state, word);
  if (!question) return null;
  return (
    <div class="dim" key={word}>
      <p class="q">{question.prompt}</p>
      {question.help && <p class="hint">{question.help}</p>}
      {question.questions.map((q) => <Answer key={q.id} model={model} state={state} path={`${ROOT}.${word}.${q.id}`} question={q} label={q.id === "answer" ? "Your answer" : undefined} rows={4} />)}
    </div>
  );
}
