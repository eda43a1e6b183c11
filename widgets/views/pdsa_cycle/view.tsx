// PDSA cycles: one of them on one page in four parts with eight numbered questions, its ramp beside it, the board below.
import { useState } from "preact/hooks";
import { itemsAt, newId } from "../model";
import type { Form, Item, Model, Question, State } from "../model";
import { FindingLine, Removed } from "../parts/answer";
import { Frame } from "../parts/frame";
import { useModel } from "../parts/use_model";
import { dayWords } from "../parts/words";
import { Board } from "./board";
import { Plan } from "./plan";
import type { PartProps } from "./plan";
import { Ramp } from "./ramp";
import { Act, copied, Do, Study } from "./rest";
import { shortDay, shownOf } from "./shown";
import type { Card } from "./shown";

const PARTS = [["plan", "Plan"], ["do", "Do"], ["study", "Study"], ["act", "Act"]] as const;

export default function PdsaCycleView({ model }: { model: Model }) {
  const state = useModel(model);
  const shown = shownOf(state);
  const cycles = itemsAt(state.answers, "pdsa_cycles");
  const underWay = shown.cards.filter((c) => c.kind === "pdsa_cycle" && c.state !== "decided").at(-1)?.id ?? null;
  const [chosen, setChosen] = useState<string | null>(shown.first ?? underWay);
  const cycle = cycles.find((c) => c.id === chosen);
  const card = shown.cards.find((c) => c.id === chosen);
  const add = (fields: Record<string, unknown> = {}): void => {
    const id = newId();
    void model.send({ do: "add", path: "pdsa_cycles", fields: { questions: [{ id: newId() }], data: [{ id: newId() }], ...fields, id } });
    setChosen(id);
  };
  const driver = state.names.find((n) => n.id === card?.drivers[0])?.label;
  const title = cycle ? String(cycle["title"] ?? "") || card?.title || "A new cycle" : "PDSA cycles";
  const eyebrow = cycle ? [`PDSA cycle${cycle["cycle_no"] ? ` ${String(cycle["cycle_no"])}` : ""}`, driver ? `driver: ${driver}` : "", state.site].filter(Boolean).join(" · ") : [state.title, state.site].filter(Boolean).join(" · ");
  return (
    <Frame model={model} state={state} name="pdsa_cycle" eyebrow={eyebrow} title={title} roots={["pdsa_cycles"]} wide
      extra={cycle && <><span>{answered(cycle)} of 8 needed answers</span>{!state.readOnly && <button type="button" class="linkish" onClick={() => add({ ...copied(cycle), clone_of: cycle.id })}>Copy this plan</button>}</>}>
      {cycle && <OneCycle key={cycle.id} model={model} state={state} cycle={cycle} card={card} open={setChosen} />}
      <section aria-label="All cycles, by driver and state" class="all">
        <div class="sec-head">
          <h2>All cycles, by driver and state</h2>
          <p class="meta">{shown.cards.length ? "A card moves when its form moves." : ""}</p>
          {!state.readOnly && <button type="button" class="btn" onClick={() => add()}><i class="ic i-plus" />New cycle</button>}
        </div>
        {shown.cards.length === 0
          ? <p class="prose">No cycle is planned yet. A PDSA cycle tests one change, small enough to learn from this week: “On Tuesday one teacher tries it with one class.” It asks eight questions and takes fifteen minutes to plan.</p>
          : <Board state={state} open={chosen} choose={(c) => setChosen(c.id)} />}
        <Removed model={model} state={state} under="pdsa_cycles" />
      </section>
    </Frame>
  );
}

/** How many of the eight needed answers are there. */
export function answered(cycle: Item): number {
  const list = (word: string): Item[] => (cycle[word] as Item[] | undefined) ?? [];
  const every = (word: string, inner: string): boolean => list(word).length > 0 && list(word).every((i) => i[inner]);
  return [
    cycle["change"], every("questions", "question"), every("questions", "prediction"), (cycle["plan"] as Record<string, unknown> | undefined)?.["what"],
    every("data", "what"), list("do_log").some((e) => e["observation"]), cycle["learned"], cycle["act"],
  ].filter(Boolean).length;
}

function OneCycle({ model, state, cycle, card, open }: { model: Model; state: State; cycle: Item; card: Card | undefined; open: (id: string) => void }) {
  const path = `pdsa_cycles.${cycle.id}`;
  const form = state.forms["pdsa_cycles"] as Form;
  const question = (id: string): Question => form.questions.find((q) => q.id === id) as Question;
  const props: PartProps = { model, state, path, cycle, question };
  const locks = Object.entries(shownOf(state).locks).filter(([p]) => p.startsWith(`${path}.`)).map(([, l]) => l);
  const own = state.findings.filter((f) => f.where === path || (f.where.startsWith(`${path}.`) && f.id !== "RQ01"));
  const step = { planned: 0, doing: 1, study: 2, decided: 3 }[card?.state ?? "planned"];
  const words = [
    locks[0] ? `locked ${dayWords(locks[0].locked_at)}` : step === 0 ? "now" : "",
    step >= 1 ? [shortDay(card?.begun ?? ""), shortDay(card?.ended ?? "")].filter(Boolean).join(" to ") || "under way" : "not begun",
    step === 2 ? "now" : step > 2 ? "done" : "not begun", card?.act ? `${card.act}${cycle["acted_on"] ? ", shared" : ", not shared yet"}` : "not decided",
  ];
  const change = String(cycle["change"] ?? "");
  return (
    <>
      <nav aria-label="Parts of this cycle">
        <ol class="steps">
          {PARTS.map(([id, label], i) => (
            <li key={id}>
              <button type="button" aria-current={i === step ? "step" : undefined} onClick={(e) => jump(e.currentTarget, id)}>
                <i class={`ic ${i === 0 && locks.length ? "i-lock" : i < step ? "i-check" : i === step ? "i-half" : "i-ring"}`} /><span><b>{label}</b><span>{words[i]}</span></span>
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <div class="grid">
        <div>
          {PARTS.map(([id, label]) => (
            <section class="part" key={id} data-part={id} aria-label={label} tabIndex={-1}>
              <h2>{label}{id === "plan" && locks.length > 0 && <span class="meta"> Predictions were locked when Do began.</span>}</h2>
              {id === "plan" ? <Plan {...props} /> : id === "do" ? <Do {...props} /> : id === "study" ? <Study {...props} /> : <Act {...props} open={open} />}
            </section>
          ))}
          {!state.readOnly && <div class="btns end"><button type="button" class="btn plain" onClick={() => void model.send({ do: "remove", path })}>Remove this cycle</button><span class="meta">It is kept and can be brought back below.</span></div>}
        </div>
        <aside aria-label="About this cycle">
          {change && <div class="aside-card"><h2>The ramp</h2><p class="meta">Tests of one idea, each a little larger</p><Ramp state={state} cycle={cycle.id} change={change} /></div>}
          <div class="aside-card">
            <h2>Where it stands</h2>
            <dl>
              <dt>Change idea</dt><dd>{state.names.find((n) => n.id === change)?.label ?? "not chosen yet"}</dd>
              <dt>Drivers</dt><dd>{card?.drivers.map((d) => state.names.find((n) => n.id === d)?.label).filter(Boolean).join("; ") || "the idea is linked to none yet"}</dd>
            </dl>
          </div>
          {typeof cycle["clone_of"] === "string" && <p class="meta">This plan was copied from “{state.names.find((n) => n.id === cycle["clone_of"])?.label ?? "another cycle"}”, with thanks.</p>}
          {own.length > 0 && <div class="aside-card"><h2>To look at</h2>{own.map((f) => <FindingLine key={f.id + f.where} message={f.message} cure={f.cure} />)}</div>}
        </aside>
      </div>
    </>
  );
}

function jump(from: HTMLElement, part: string): void {
  const section = from.closest(".iq")?.querySelector<HTMLElement>(`[data-part=${part}]`);
  section?.scrollIntoView({ block: "start" });
  section?.querySelector<HTMLElement>("input,textarea,select,button")?.focus({ preventScroll: true });
}
