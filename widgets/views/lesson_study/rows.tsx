// The lesson table: time, activity and key question, what students may think, the teacher's response, what to notice.
import { newId } from "../model";
import type { Item } from "../model";
import type { LessonStudyLessonRows, LessonStudyLessonRowsAnticipated } from "../types";
import { Removed } from "../parts/answer";
import { PHASES } from "../parts/lesson/notes";
import { useState } from "preact/hooks";
import { Cell } from "./ask";
import type { Cycle } from "./cycle";
import { useRowDrag } from "./drag";
import type { Drag } from "./drag";

type Row = LessonStudyLessonRows & Item;
const PRESETS: { title: string; help: string; rows: Partial<Row>[] }[] = [
  { title: "Teaching through problem solving", help: "grasp, solve, present and compare, sum up", rows: [
    { phase: "grasp", minutes: 5, activity: "Grasp the problem: what is asked, what is known?" }, { phase: "solve", minutes: 15, activity: "Solve alone; the teacher walks with the seating chart and notes strategies" },
    { phase: "discuss", minutes: 20, activity: "Present and compare solutions on the board, in the planned order" }, { phase: "summarise", minutes: 5, activity: "Sum up from students’ words; a line in the journal" }] },
  { title: "Launch, explore, sum up", help: "three parts", rows: [
    { phase: "grasp", minutes: 10, activity: "Launch" }, { phase: "solve", minutes: 25, activity: "Explore in pairs" }, { phase: "summarise", minutes: 10, activity: "Sum up" }] },
];
const HEADS = ["Time", "Activity and key question", "What students may think, say or do", "Teacher’s response", "Points to notice", "Materials", ""];

export function LessonTable({ cycle }: { cycle: Cycle }) {
  const { model, lesson, path, readOnly, state } = cycle;
  const rows = (lesson.lesson_rows ?? []) as Row[];
  const here = `${path}.lesson_rows`;
  const add = (fields: Partial<Row>, before?: string): void => { void model.send({ do: "add", path: here, fields: { ...fields, id: newId() }, ...(before ? { before } : {}) }); };
  const [said, setSaid] = useState("");
  const move = (id: string, before: string): void => {
    void model.send({ do: "move", path: `${here}.${id}`, ...(before ? { before } : {}) });
    const others = rows.filter((r) => r.id !== id);
    const place = before ? others.findIndex((r) => r.id === before) : others.length;
    setSaid(`“${nameOf(rows, id)}” is row ${place + 1} of ${rows.length} now.`);
  };
  const drag = useRowDrag(rows.map((r) => r.id), move);
  const total = rows.reduce((sum, r) => sum + (r.minutes ?? 0), 0);
  let at = 0;
  return (
    <div class="lesson-table" role="group" aria-label="Lesson table">
      {rows.length > 0 && (
        <table class="tbl fold plan-rows">
          <thead><tr>{HEADS.map((h) => <th key={h} scope="col">{h || <span class="sr">Move, copy, remove</span>}</th>)}</tr></thead>
          <tbody>
            {rows.map((row, i) => {
              const from = at;
              at += row.minutes ?? 0;
              return <RowLine key={row.id} cycle={cycle} row={row} from={from} i={i} rows={rows} move={move} drag={drag} copy={() => add(copyOf(row), rows[i + 1]?.id)} />;
            })}
          </tbody>
        </table>
      )}
      {!rows.length && <p class="prose">The plan as a table: what happens, what students may think, and what observers look for. Begin with a preset, or with one row.</p>}
      {!readOnly && (
        <div class="btns">
          <button type="button" class="btn" onClick={() => add({ phase: rows.at(-1)?.phase ?? "grasp" })}><i class="ic i-plus" />Add a row</button>
          {!rows.length && PRESETS.map((p) => <button type="button" class="btn" key={p.title} title={p.help} onClick={() => p.rows.forEach((r) => add(r))}>{p.title}</button>)}
          {rows.length > 0 && <span class="hint">{total} minutes in all</span>}
        </div>
      )}
      <p class="sr" role="status">{said}</p>
      <Removed model={model} state={state} under={here} />
    </div>
  );
}

const nameOf = (rows: Row[], id: string): string => {
  const i = rows.findIndex((r) => r.id === id);
  return rows[i]?.activity?.slice(0, 40) || `row ${i + 1}`;
};

function copyOf(row: Row): Partial<Row> {
  const { id: _, anticipated, ...rest } = row;
  return { ...rest, ...(anticipated?.length ? { anticipated: anticipated.map(({ id: __, ...a }) => ({ id: newId(), ...a })) } : {}) };
}

interface Line { cycle: Cycle; row: Row; from: number; i: number; rows: Row[]; move: (id: string, before: string) => void; drag: Drag; copy: () => void }
function RowLine({ cycle, row, from, i, rows, move, drag, copy }: Line) {
  const { model, path, readOnly } = cycle;
  const here = `${path}.lesson_rows.${row.id}`;
  const name = nameOf(rows, row.id);
  const step = (by: -1 | 1): void => { if (by < 0 ? i > 0 : i < rows.length - 1) move(row.id, rows[by < 0 ? i - 1 : i + 2]?.id ?? ""); };
  const { held } = drag;
  const shown = held && (held.id === row.id ? "held" : held.before === row.id ? "drop-before" : !held.before && i === rows.length - 1 ? "drop-after" : "");
  const keys = (e: KeyboardEvent): void => {
    if (!e.altKey || (e.key !== "ArrowUp" && e.key !== "ArrowDown") || readOnly) return;
    e.preventDefault();
    step(e.key === "ArrowUp" ? -1 : 1);
  };
  return (
    <tr onKeyDown={keys} data-row={row.id} class={shown || undefined}>
      <td data-l="Time">
        <Cell cycle={cycle} path={`${here}.minutes`} id="lesson_rows.minutes" label={`Minutes of ${name}`} />
        <p class="hint">{from}–{from + (row.minutes ?? 0)} min</p>
        <Phase cycle={cycle} row={row} name={name} />
      </td>
      <td data-l="Activity">
        <Cell cycle={cycle} path={`${here}.activity`} id="lesson_rows.activity" label={`What happens, row ${i + 1}`} rows={3} />
        <p class="hint keyq">Key question</p>
        <Cell cycle={cycle} path={`${here}.key_question`} id="lesson_rows.key_question" label={`Key question of ${name}`} rows={1} />
      </td>
      <td data-l="Students may"><Anticipated cycle={cycle} row={row} name={name} /></td>
      <td data-l="Response"><Cell cycle={cycle} path={`${here}.support`} id="lesson_rows.support" label={`Teacher’s response in ${name}`} rows={3} /></td>
      <td data-l="Notice"><Cell cycle={cycle} path={`${here}.notice`} id="lesson_rows.notice" label={`Points to notice in ${name}`} rows={1} /></td>
      <td data-l="Materials">
        <Cell cycle={cycle} path={`${here}.materials`} id="lesson_rows.materials" label={`Materials of ${name}`} rows={1} />
        <p class="hint">Prepared by</p>
        <Cell cycle={cycle} path={`${here}.prepared_by`} id="lesson_rows.prepared_by" label={`Who prepares ${name}`} />
      </td>
      <td class="act">
        {!readOnly && (
          <div class="col">
            <span class="grip" title="Drag to move this row" aria-hidden="true" onPointerDown={(e) => drag.begin(e, row.id)}><i class="ic i-grip" /></span>
            <button type="button" class="btn icon plain" disabled={i === 0} aria-label={`Move “${name}” up`} title="Alt+↑" onClick={() => step(-1)}>↑</button>
            <button type="button" class="btn icon plain" disabled={i === rows.length - 1} aria-label={`Move “${name}” down`} title="Alt+↓" onClick={() => step(1)}>↓</button>
            <button type="button" class="btn icon plain" aria-label={`Copy “${name}”`} onClick={copy}><i class="ic i-copy" /></button>
            <button type="button" class="btn icon plain" aria-label={`Remove “${name}”`} onClick={() => void model.send({ do: "remove", path: here })}><i class="ic i-cross" /></button>
          </div>
        )}
      </td>
    </tr>
  );
}

function Phase({ cycle, row, name }: { cycle: Cycle; row: Row; name: string }) {
  const choices = cycle.state.forms["lesson_study_cycles"]?.questions.find((q) => q.id === "lesson_rows")?.questions.find((q) => q.id === "phase")?.choices ?? [];
  return (
    <select class="ctl" aria-label={`Phase of ${name}`} value={row.phase ?? ""} disabled={cycle.readOnly}
      onChange={(e) => void cycle.model.send({ do: "set", path: `${cycle.path}.lesson_rows.${row.id}.phase`, value: e.currentTarget.value || null, base: row.phase ?? "" })}>
      <option value="">Phase…</option>
      {choices.map((c) => <option key={c.id} value={c.id}>{PHASES[c.id] ?? c.label}</option>)}
    </select>
  );
}

function Anticipated({ cycle, row, name }: { cycle: Cycle; row: Row; name: string }) {
  const { model, path, readOnly } = cycle;
  const here = `${path}.lesson_rows.${row.id}.anticipated`;
  const all = (row.anticipated ?? []) as (LessonStudyLessonRowsAnticipated & Item)[];
  return (
    <>
      <ul class="thinks">
        {all.map((a, i) => (
          <li key={a.id}>
            <Cell cycle={cycle} path={`${here}.${a.id}.response`} id="lesson_rows.anticipated.response" label={`Response ${i + 1} in ${name}`} rows={1} />
            <select class="ctl how" aria-label={`How many will, response ${i + 1} in ${name}`} value={a.likelihood ?? ""} disabled={readOnly}
              onChange={(e) => void model.send({ do: "set", path: `${here}.${a.id}.likelihood`, value: e.currentTarget.value || null, base: a.likelihood ?? "" })}>
              <option value="">How many?</option><option value="few">few</option><option value="some">some</option><option value="most">most</option>
            </select>
            {!readOnly && <button type="button" class="btn icon plain" aria-label={`Remove response ${i + 1} in ${name}`} onClick={() => void model.send({ do: "remove", path: `${here}.${a.id}` })}><i class="ic i-cross" /></button>}
          </li>
        ))}
      </ul>
      {!readOnly && <button type="button" class="btn plain" aria-label={`Add a response that students may give in ${name}`} onClick={() => void model.send({ do: "add", path: here, fields: { id: newId() } })}><i class="ic i-plus" />response</button>}
    </>
  );
}
