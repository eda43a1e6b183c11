// Revise row by row: before, after, because. Teaching it again is a cycle of its own, linked, and compared side by side.
import { itemsAt, newId } from "../model";
import type { Item } from "../model";
import { MoveButtons, Removed } from "../parts/answer";
import type { LessonStudyLessonRows, LessonStudyRevisions } from "../types";
import type { Lesson } from "../parts/lesson/notes";
import { Cell, Part } from "./ask";
import { ROOT, short } from "./cycle";
import type { Cycle } from "./cycle";

type Row = LessonStudyLessonRows & Item;
type Revision = LessonStudyRevisions & Item;

export function Revise({ cycle }: { cycle: Cycle }) {
  const { model, state, lesson, path, readOnly } = cycle;
  const rows = (lesson.lesson_rows ?? []) as Row[];
  const all = (lesson.revisions ?? []) as Revision[];
  const here = `${path}.revisions`;
  const again = itemsAt(state.answers, ROOT).find((c) => c.id === lesson.reteach) as Lesson | undefined;
  const first = itemsAt(state.answers, ROOT).find((c) => c["reteach"] === lesson.id) as Lesson | undefined;
  const change = (row: Row): void => { void model.send({ do: "add", path: here, fields: { id: newId(), row: row.id, before: inText(row) } }); };
  return (
    <>
      <Part title="What we would change in the lesson">
        {!rows.length && <p class="prose">The plan has no rows yet.</p>}
        <ol class="items">
          {all.map((r, i) => {
            const row = rows.find((x) => x.id === r.row);
            return (
              <li class="item" key={r.id}>
                <div class="item-head"><h3>{short(row?.activity, 90) || "A row that was removed"}</h3><MoveButtons model={model} path={`${here}.${r.id}`} name={row?.activity ?? ""} before={all[i - 1]?.id} after={all[i + 2]?.id} first={i === 0} last={i === all.length - 1} disabled={readOnly} /></div>
                <div class="three-texts">{(["before", "after", "because"] as const).map((id) => <div key={id}><span class="lab">{id === "because" ? "Because …" : id === "before" ? "Before" : "After"}</span><Cell cycle={cycle} path={`${here}.${r.id}.${id}`} id={`revisions.${id}`} label={`${id}, change ${i + 1}`} rows={4} /></div>)}</div>
              </li>
            );
          })}
        </ol>
        {!readOnly && rows.length > 0 && <div class="btns">{rows.filter((row) => !all.some((r) => r.row === row.id)).map((row, i) => <button type="button" class="btn" key={row.id} onClick={() => change(row)}>Change “{short(row.activity, 28) || `row ${i + 1}`}”</button>)}</div>}
        <Removed model={model} state={state} under={here} />
      </Part>
      <Part title="Teach it again">
        {again ? <Compare before={lesson} after={again} /> : first ? <Compare before={first} after={lesson} /> : <p class="prose">Teaching the revised lesson again is optional. It becomes a cycle of its own: the plan is copied with your changes, and both stand side by side here.</p>}
        {!again && !readOnly && <button type="button" class="btn" onClick={() => void teachAgain(cycle)}>Plan to teach it again, with these changes</button>}
      </Part>
    </>
  );
}

const inText = (row: Row): string => [row.activity, row.key_question && `Key question: ${row.key_question}`, row.support && `Response: ${row.support}`].filter(Boolean).join("\n");

const SOON_MS = 2_000;

/** Copy the plan into a new cycle; a changed row takes the words after the change, those typed a moment ago too. */
async function teachAgain({ model, lesson: shown, path }: Cycle): Promise<void> {
  await Promise.race([model.ask("picture", { name: "" }), new Promise((resolve) => setTimeout(resolve, SOON_MS))]).catch(() => undefined);
  const lesson = (itemsAt(model.state().answers, ROOT).find((c) => c.id === shown.id) ?? shown) as Lesson;
  const [rows, revisions] = [(lesson.lesson_rows ?? []) as Row[], (lesson.revisions ?? []) as Revision[]];
  const id = newId();
  const changed = new Map(revisions.map((r) => [r.row, r.after]));
  const lesson_rows = rows.map((row) => {
    const after = changed.get(row.id);
    return { ...row, id: newId(), ...(after ? { activity: after } : {}), anticipated: (row.anticipated ?? []).map((a) => ({ ...a, id: newId() })) };
  });
  const { subject, grade, students, topic, theme, theory_of_action, rationale, lesson_goal, drivers, change, seating, strategies, ready_notes } = lesson;
  const kept = Object.fromEntries(Object.entries({ subject, grade, students, topic, theme, theory_of_action, rationale, lesson_goal, drivers, change, ready_notes }).filter(([, v]) => v !== undefined));
  const data_questions = (lesson.data_questions ?? []).map((q) => ({ id: newId(), question: q.question, ...(q.evidence_wanted ? { evidence_wanted: q.evidence_wanted } : {}) }));
  const room = seating ? { seating: { ...seating, ...(seating.places ? { places: seating.places.map((p) => ({ ...p, id: newId() })) } : {}) } } : {};
  const codes = strategies?.length ? { strategies: strategies.map((s) => ({ ...s, id: newId() })) } : {};
  void model.send({ do: "add", path: ROOT, fields: { id, title: `${lesson.title ?? "Research lesson"}, taught again`.slice(0, 120), ...kept, lesson_rows, data_questions, ...room, ...codes } });
  void model.send({ do: "set", path: `${path}.reteach`, value: id, base: "" });
}

function Compare({ before, after }: { before: Lesson; after: Lesson }) {
  const [a, b] = [before.lesson_rows ?? [], after.lesson_rows ?? []];
  return (
    <table class="tbl fold compare">
      <thead><tr><th scope="col">{before.title || "First time"}</th><th scope="col">{after.title || "Again"}</th></tr></thead>
      <tbody>
        {Array.from({ length: Math.max(a.length, b.length) }, (_, i) => {
          const same = inText((a[i] ?? {}) as Row) === inText((b[i] ?? {}) as Row);
          return <tr key={i} class={same ? "same" : ""}><td data-l="First"><span class="mut">{a[i]?.minutes ?? ""} min</span> {inText((a[i] ?? {}) as Row)}</td><td data-l="Again">{!same && <i class="ic i-tilde tgt" role="img" aria-label="changed" />} <span class="mut">{b[i]?.minutes ?? ""} min</span> {inText((b[i] ?? {}) as Row)}</td></tr>;
        })}
        <tr><th scope="row">Learned: {before.learning?.student_thinking ?? "not written yet"}</th><td data-l="Again">Learned: {after.learning?.student_thinking ?? "not written yet"}</td></tr>
      </tbody>
    </table>
  );
}
