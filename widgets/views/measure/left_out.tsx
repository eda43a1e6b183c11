// Points that a team leaves out of its measure, each with its reason: they stay on the chart, crossed, and count for nothing.
import { useEffect, useRef, useState } from "preact/hooks";
import { itemsAt, newId } from "../model";
import type { Item, Model, Question, State } from "../model";
import { Answer, FindingLine, Removed } from "../parts/answer";
import type { Told } from "./told";

interface Props { model: Model; state: State; question: Question; measure: Item; told: Told | null }

export function LeftOut({ model, state, question, measure, told }: Props) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const asked = useRef(false);
  useEffect(() => { // the focus goes into the questions and comes back from them
    if (open) box.current?.querySelector<HTMLElement>("select")?.focus();
    else if (asked.current) box.current?.querySelector<HTMLElement>(".leave")?.focus();
    asked.current = open;
  }, [open]);
  const path = `measures.${measure.id}.excluded`;
  const points = itemsAt(state.answers, path);
  const held = told?.held ?? [];
  return (
    <div class="field leaving" ref={box}>
      <h3>Points left out</h3>
      <p class="hint">{question.help}</p>
      <ol class="items">
        {[...points].sort((a, b) => String(a.date).localeCompare(String(b.date))).map((p) => <Point key={p.id} model={model} state={state} question={question} path={`${path}.${p.id}`} date={String(p.date ?? "")} />)}
      </ol>
      {state.readOnly === "" && !open && held.length > 0 && <button type="button" class="btn leave" onClick={() => setOpen(true)}><i class="ic i-plus" />Leave a point out</button>}
      <Removed model={model} state={state} under={path} />
      {open && <Leave model={model} path={path} held={held.filter(([date]) => !points.some((p) => p.date === date))} close={() => setOpen(false)} />}
    </div>
  );
}

/** A date with its reason, which is put right in its place; the date too, where no point lies on it. */
function Point({ model, state, question, path, date }: { model: Model; state: State; question: Question; path: string; date: string }) {
  const findings = state.findings.filter((f) => f.where === path);
  const fits = date !== "" && findings.length === 0;
  const [when, why] = ["date", "reason"].map((id) => question.questions.find((q) => q.id === id));
  return (
    <li class="item left-out">
      <div class="head">
        {fits ? <b>{date}</b> : when && <Answer model={model} state={state} path={`${path}.date`} question={when} />}
        {state.readOnly === "" && <button type="button" class="btn plain" aria-label={`${fits ? "Count it again" : "Remove"}: ${date || "no date"}`} onClick={() => void model.send({ do: "remove", path })}>{fits ? "Count it again" : "Remove"}</button>}
      </div>
      {findings.map((f) => <FindingLine key={f.id + f.message} message={f.message} cure={f.cure} />)}
      {why && <Answer model={model} state={state} path={`${path}.reason`} question={why} label={`Why ${date || "this point"} is left out`} bare />}
    </li>
  );
}

/** Which point and why: nothing is left out without both. */
function Leave({ model, path, held, close }: { model: Model; path: string; held: [string, string][]; close: () => void }) {
  const [date, setDate] = useState("");
  const [reason, setReason] = useState("");
  const [said, setSaid] = useState("");
  const keep = (): void => {
    if (!date) return setSaid("Which point? Choose its date.");
    if (!reason.trim()) return setSaid("Say why, for those who read the chart later.");
    void model.send({ do: "add", path, fields: { id: newId(), date, reason: reason.trim() } });
    close();
  };
  return (
    <form class="wheeler" onSubmit={(e) => { e.preventDefault(); keep(); }} aria-label="Leave a point out">
      <label class="pick"><span>Which point?</span>
        <select class="ctl" value={date} onChange={(e) => setDate(e.currentTarget.value)}>
          <option value="">Choose…</option>
          {[...held].reverse().map(([on, words]) => <option value={on} key={on}>{words}</option>)}
        </select>
      </label>
      <label class="pick"><span>Why is it left out?</span><input class="ctl" value={reason} placeholder="Fire alarm: nobody was counted after ten" autocomplete="off" onInput={(e) => setReason(e.currentTarget.value)} /></label>
      <p class="hint">Your reason is kept with your name and the time, and stands on the chart.</p>
      {said && <p class="finding" role="alert"><i class="ic i-diamond con" /><span>{said}</span></p>}
      <div class="btns"><button type="submit" class="btn primary">Leave it out</button><button type="button" class="btn plain" onClick={close}>Not now</button></div>
    </form>
  );
}
