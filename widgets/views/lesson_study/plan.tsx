// The teaching–learning plan, as a document that people recognise.
import { Answer, FindingLine, MoveButtons, Removed } from "../parts/answer";
import { newId } from "../model";
import { Ask, Part } from "./ask";
import { nameOf, people, question } from "./cycle";
import type { Cycle } from "./cycle";
import { Print } from "./print";
import { Room } from "./room";
import { LessonTable } from "./rows";

export function Plan({ cycle }: { cycle: Cycle }) {
  const { state } = cycle;
  const findings = (field: string) => state.findings.filter((f) => f.where === `${cycle.path}.${field}`);
  return (
    <>
      <Head cycle={cycle} />
      <Part title="Rationale"><Ask cycle={cycle} ids={["rationale"]} /></Part>
      <Part title="Unit"><Ask cycle={cycle} ids={["unit_goals", "unit_plan"]} /></Part>
      <Part title="Goal of the research lesson"><Ask cycle={cycle} ids={["lesson_goal"]} rows={2} /></Part>
      <Part title="The lesson">
        {findings("lesson_rows").map((f) => <FindingLine key={f.id} message={f.message} cure={f.cure} />)}
        <LessonTable cycle={cycle} />
      </Part>
      <Part title="Data questions: who observes whom">
        {findings("data_questions").map((f) => <FindingLine key={f.id} message={f.message} cure={f.cure} />)}
        <DataQuestions cycle={cycle} />
      </Part>
      <Part title="Seats"><p class="hint prose">Seat codes, never names. Who needs a key from seats to children keeps it outside this folder.</p><Room cycle={cycle} /><Ask cycle={cycle} ids={["watching"]} /></Part>
      <Part title="For the observers"><Ask cycle={cycle} ids={["strategies", "ready_notes", "not_names"]} /></Part>
      <Part title="Board plan"><Ask cycle={cycle} ids={["board_plan"]} /></Part>
      <Part title="Who does what, and when" time="20 to 40 minutes"><div class="roles"><Ask cycle={cycle} ids={["roles"]} /></div><Ask cycle={cycle} ids={["events"]} /></Part>
      <Part title="On paper"><Print cycle={cycle} /></Part>
    </>
  );
}

function Head({ cycle }: { cycle: Cycle }) {
  const { lesson, state } = cycle;
  const day = lesson.taught_on ?? lesson.events?.find((e) => e.kind === "lesson")?.date;
  const facts = [
    ["Team", people(state).map((p) => String(p["display"] ?? "")).filter(Boolean).join(", ")], ["Instructor", nameOf(state, lesson.roles?.instructor)], ["Subject", lesson.subject], ["Grade", lesson.grade],
    ["Date", day], ["Students", lesson.students], ["Site", state.site],
  ].filter(([, v]) => v !== undefined && v !== "");
  return (
    <dl class="facts">{facts.map(([k, v]) => <div key={k}><dt>{k}</dt><dd>{v}</dd></div>)}</dl>
  );
}

function DataQuestions({ cycle }: { cycle: Cycle }) {
  const { model, lesson, path, state, readOnly } = cycle;
  const here = `${path}.data_questions`;
  const all = (lesson.data_questions ?? []).filter((q): q is typeof q & { id: string } => Boolean(q.id));
  return (
    <>
      <ol class="cards">
        {all.map((q, i) => (
          <li class="card" key={q.id}>
            <div class="item-head"><h3>Question {i + 1}{q.locked_at && <span class="tag"><i class="ic i-lock" />prediction locked</span>}</h3>
              <MoveButtons model={model} path={`${here}.${q.id}`} name={q.question ?? ""} before={all[i - 1]?.id} after={all[i + 2]?.id} first={i === 0} last={i === all.length - 1} disabled={readOnly} /></div>
            {state.findings.filter((f) => f.where === `${here}.${q.id}`).map((f) => <FindingLine key={f.id} message={f.message} cure={f.cure} />)}
            {(["question", "evidence_wanted", "prediction", "focal_seats", "observers", "measure"] as const).map((id) => <Ask1 key={id} cycle={cycle} path={`${here}.${q.id}.${id}`} id={`data_questions.${id}`} readOnly={id === "prediction" && Boolean(q.locked_at)} />)}
          </li>
        ))}
      </ol>
      {!readOnly && all.length < 6 && <button type="button" class="btn" onClick={() => void model.send({ do: "add", path: here, fields: { id: newId() } })}><i class="ic i-plus" />Add a data question</button>}
      <Removed model={model} state={state} under={here} />
    </>
  );
}

function Ask1({ cycle, path, id, readOnly }: { cycle: Cycle; path: string; id: string; readOnly: boolean }) {
  const q = question(cycle.state, id);
  return q ? <Answer model={cycle.model} state={cycle.state} path={path} question={q} readOnly={readOnly} rows={2} /> : null;
}
