// Lesson study: study, plan, teach, reflect; one cycle at a time.
import { useRef, useState } from "preact/hooks";
import { itemsAt, newId } from "../model";
import type { Model, State } from "../model";
import { labelOf, MoveButtons, Removed } from "../parts/answer";
import { Frame } from "../parts/frame";
import type { Lesson } from "../parts/lesson/notes";
import { useModel } from "../parts/use_model";
import { ROOT } from "./cycle";
import type { Cycle } from "./cycle";
import { Plan } from "./plan";
import { Reflect } from "./reflect";
import { Study } from "./study";
import { Teach } from "./teach";

const STEPS = [
  { id: "study", title: "Study", about: "theme, topic, sources", Part: Study },
  { id: "plan", title: "Plan", about: "lesson, questions, seats", Part: Plan },
  { id: "teach", title: "Teach", about: "roles, observe", Part: Teach },
  { id: "reflect", title: "Reflect", about: "review, discuss, learn", Part: Reflect },
] as const;

export default function LessonStudy({ model }: { model: Model }) {
  const state = useModel(model);
  const cycles = itemsAt(state.answers, ROOT) as Lesson[];
  const asked = String(state.shown["lesson"] ?? "");
  const [picked, setPicked] = useState(model.recall("lesson") ?? "");
  const lesson = [asked, picked].map((id) => cycles.find((c) => c.id === id)).find(Boolean) ?? cycles.at(-1);
  const open = (id: string): void => { setPicked(id); model.remember("lesson", id); };
  const add = (): void => {
    const id = newId();
    void model.send({ do: "add", path: ROOT, fields: { id } });
    open(id);
  };
  const named = lesson && [lesson.subject, lesson.grade].filter(Boolean).join(", ");
  const readOnly = state.readOnly !== "";
  return (
    <Frame model={model} state={state} name="lesson_study" eyebrow={["Lesson study", state.title, state.site, named].filter(Boolean).join(" · ")} title={lesson?.title || (lesson ? "A research lesson without a title yet" : "Lesson study")} roots={[ROOT]} wide>
      {!asked && (cycles.length > 1 || lesson) && <Cycles model={model} state={state} cycles={cycles} lesson={lesson} open={open} add={add} />}
      {lesson ? <Steps key={lesson.id} cycle={{ model, state, lesson, path: `${ROOT}.${lesson.id}`, readOnly }} /> : <Empty readOnly={readOnly} add={add} />}
    </Frame>
  );
}

function Empty({ readOnly, add }: { readOnly: boolean; add: () => void }) {
  return (
    <div class="empty">
      <p class="prose">A team plans one lesson together, teaches it before observers, and discusses what students did. The lesson tests a driver or a change idea of your theory.</p>
      <p class="prose hint">For example: “If the first ten minutes are spent on reading the task in pairs, then students begin, because they have said aloud what it asks.”</p>
      {!readOnly && <button type="button" class="btn primary" onClick={add}>Begin a lesson study cycle</button>}
    </div>
  );
}

function Cycles({ model, state, cycles, lesson, open, add }: { model: Model; state: State; cycles: Lesson[]; lesson: Lesson | undefined; open: (id: string) => void; add: () => void }) {
  const i = cycles.findIndex((c) => c.id === lesson?.id);
  return (
    <div class="cycles btns">
      {cycles.length > 1 && (
        <label>Cycle <select class="ctl" value={lesson?.id} onChange={(e) => open(e.currentTarget.value)}>
          {cycles.map((c, n) => <option key={c.id} value={c.id}>{labelOf(c) || `Cycle ${n + 1}, without a title yet`}</option>)}
        </select></label>
      )}
      {state.readOnly === "" && <button type="button" class="btn" onClick={add}><i class="ic i-plus" />Begin another cycle</button>}
      {lesson && cycles.length > 1 && <MoveButtons model={model} path={`${ROOT}.${lesson.id}`} name={labelOf(lesson)} before={cycles[i - 1]?.id} after={cycles[i + 2]?.id} first={i === 0} last={i === cycles.length - 1} disabled={state.readOnly !== ""} />}
      <Removed model={model} state={state} under={ROOT} />
    </div>
  );
}

function Steps({ cycle }: { cycle: Cycle }) {
  const { model, lesson } = cycle;
  const [step, setStep] = useState(() => model.recall(`step:${lesson.id}`) ?? begun(lesson));
  const list = useRef<HTMLDivElement>(null);
  const go = (id: string): void => { setStep(id); model.remember(`step:${lesson.id}`, id); };
  const keys = (e: KeyboardEvent): void => {
    const i = STEPS.findIndex((s) => s.id === step);
    const next = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: STEPS.length - 1 }[e.key];
    const to = next === undefined ? undefined : STEPS[(next + STEPS.length) % STEPS.length];
    if (!to) return;
    e.preventDefault();
    go(to.id);
    list.current?.querySelector<HTMLElement>(`#iq-tab-${to.id}`)?.focus();
  };
  const current = STEPS.find((s) => s.id === step) ?? STEPS[0];
  return (
    <>
      <div class="steps" role="tablist" aria-label="Steps of the cycle" ref={list} onKeyDown={keys}>
        {STEPS.map((s) => (
          <button type="button" role="tab" key={s.id} id={`iq-tab-${s.id}`} aria-selected={s.id === current.id} aria-controls="iq-step" tabIndex={s.id === current.id ? 0 : -1} onClick={() => go(s.id)}>
            <b>{s.title}</b><span>{s.about}</span>
          </button>
        ))}
      </div>
      <div role="tabpanel" id="iq-step" aria-labelledby={`iq-tab-${current.id}`} class="step"><current.Part cycle={cycle} /></div>
    </>
  );
}

/** The step that a cycle has reached. */
function begun(c: Lesson): string {
  if (c.discussion?.length || c.results?.length || c.ended) return "reflect";
  if (c.started) return "teach";
  return c.lesson_rows?.length || c.rationale ? "plan" : "study";
}
