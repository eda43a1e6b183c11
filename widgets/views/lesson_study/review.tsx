// Review: one timeline of all observers, who was seen and who was not, who turned to whom, and evidence for each question.
import { useMemo, useRef, useState } from "preact/hooks";
import { newId } from "../model";
import { Answer } from "../parts/answer";
import { Photo } from "../parts/lesson/photo";
import { clock, iconOf, PHASES, stretches, wordOf } from "../parts/lesson/notes";
import type { Note } from "../parts/lesson/notes";
import { seatsOf } from "../parts/lesson/seats";
import { Legend, Timeline } from "../parts/lesson/timeline";
import { Arcs, boxOf, useSize } from "../observation/floor";
import { Part } from "./ask";
import { nameOf, notesOf, question } from "./cycle";
import type { Cycle } from "./cycle";
import { ALL, BIN_MINUTES, counts, coverage, sift } from "./sift";
import type { Sieve } from "./sift";

const AT_FIRST = 30;

export function Review({ cycle }: { cycle: Cycle }) {
  const { state, lesson } = cycle;
  const notes = useMemo(() => notesOf(state, lesson.id), [state.answers["observations"], lesson.id]);
  const seats = useMemo(() => seatsOf(lesson.seating), [lesson.seating]);
  const [sieve, setSieve] = useState<Sieve>(ALL);
  const shown = useMemo(() => sift(notes, sieve, lesson), [notes, sieve, lesson]);
  const observers = useMemo(() => [...new Set(notes.map((n) => n.observer ?? ""))].map((id) => ({ id, name: nameOf(state, id) || "Observer" })), [notes, state.answers["people"]]);
  if (!notes.length) return <Part title="Review the data" time="15 to 20 minutes"><p class="prose">No notes yet. Observe a lesson under Teach, or type notes from paper there afterwards: their times can be set.</p></Part>;
  return (
    <>
      <Part title="Review the data" time="15 to 20 minutes, at least 10 of them quiet">
        <Filters cycle={cycle} notes={notes} observers={observers} sieve={sieve} set={(s) => setSieve({ ...sieve, ...s })} clear={() => setSieve(ALL)} shown={shown.length} />
        <p class="lg"><span class="cnt">{shown.length} of {notes.length} notes</span><Legend unsent={false} /></p>
        <Timeline notes={shown} observers={observers} phases={stretches(lesson)} now={null} unsent={new Set()} />
        <Found cycle={cycle} notes={shown} />
      </Part>
      <Part title="Who was seen, and who was not"><CoverageTable notes={notes} seats={seats} /></Part>
      <Part title="Who turned to whom"><Map2 notes={shown} seats={seats} /></Part>
      <Part title="Counts that name nobody"><CountTable cycle={cycle} notes={shown} /></Part>
      <Part title="Evidence for each data question"><Evidence cycle={cycle} notes={notes} /></Part>
    </>
  );
}

function Filters({ cycle, notes, observers, sieve, set, clear, shown }: { cycle: Cycle; notes: Note[]; observers: { id: string; name: string }[]; sieve: Sieve; set: (s: Partial<Sieve>) => void; clear: () => void; shown: number }) {
  const { lesson } = cycle;
  const codes = [...new Set(notes.flatMap((n) => [n.seat, n.to_seat]).filter((c): c is string => Boolean(c)))].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const strategies = [...new Set(notes.map((n) => n.strategy_code).filter((c): c is string => Boolean(c)))].sort();
  const choices: [keyof Sieve, string, [string, string][]][] = [
    ["observer", "Observer", observers.map((o) => [o.id, o.name])], ["seat", "Seat", codes.map((c) => [c, c])],
    ["question", "Question", [...(lesson.data_questions ?? []).map((q, i): [string, string] => [q.id ?? "", `Q${i + 1} ${q.question ?? ""}`.slice(0, 60)]), ["none", "No question"]]],
    ["strategy", "Strategy", strategies.map((s) => [s, s])], ["phase", "Phase", [...new Set(stretches(lesson).map((p) => p.phase))].map((p) => [p, PHASES[p] ?? p])],
    ["kind", "Kind", ["says", "does", "writes", "interacts", "teacher_move"].map((k) => [k, wordOf(k)])],
  ];
  return (
    <div class="filters btns" role="group" aria-label="Which notes are shown">
      {choices.map(([key, label, options]) => options.length > 0 && (
        <label key={key}>{label} <select class="ctl" value={String(sieve[key])} onChange={(e) => set({ [key]: e.currentTarget.value })}><option value="">All</option>{options.map(([id, words]) => <option key={id} value={id}>{words}</option>)}</select></label>
      ))}
      <label class="choice"><input type="checkbox" checked={sieve.flag} onChange={(e) => set({ flag: e.currentTarget.checked })} /><span>Flagged only</span></label>
      {shown !== notes.length && <button type="button" class="btn plain" onClick={clear}>Show all</button>}
    </div>
  );
}

function Found({ cycle, notes }: { cycle: Cycle; notes: readonly Note[] }) {
  const [most, setMost] = useState(AT_FIRST);
  return (
    <details class="found" open={notes.length <= AT_FIRST}><summary>{notes.length} {notes.length === 1 ? "note" : "notes"}, word for word</summary>
      <ul class="quotes">{notes.slice(0, most).map((n) => <Quote key={n.id} cycle={cycle} note={n} />)}</ul>
      {notes.length > most && <button type="button" class="btn plain" onClick={() => setMost(most + 200)}>Show {Math.min(200, notes.length - most)} more</button>}
    </details>
  );
}

export function Quote({ cycle, note: n, children }: { cycle: Cycle; note: Note; children?: preact.ComponentChildren }) {
  const questions = cycle.lesson.data_questions ?? [];
  return (
    <li class="quote">
      <span class="t">{clock(n.t_rel)}</span><b>{n.to_seat ? `${n.seat}›${n.to_seat}` : n.seat}</b>
      <span class="what"><i class={`ic i-${iconOf(n.kind)}`} /><span class="sr">{wordOf(n.kind)}: </span><span dir="auto">{n.verbatim}</span>{n.flag && <i class="ic i-flag fl" role="img" aria-label="flagged" />}{n.interpretation && <span class="i">reading: {n.interpretation}</span>}{n.media && <Photo model={cycle.model} note={n} />}</span>
      {children ?? (
        <select class="ctl" aria-label={`Question for the note at ${clock(n.t_rel)}`} value={n.data_question ?? ""} disabled={cycle.readOnly}
          onChange={(e) => void cycle.model.send({ do: "set", path: `observations.${n.id}.data_question`, value: e.currentTarget.value || null, base: n.data_question ?? "" })}>
          <option value="">No question</option>{questions.map((q, i) => <option key={q.id} value={q.id}>Q{i + 1}</option>)}
        </select>
      )}
    </li>
  );
}

function CoverageTable({ notes, seats }: { notes: Note[]; seats: ReturnType<typeof seatsOf> }) {
  const { rows, minutes } = useMemo(() => coverage(notes, seats), [notes, seats]);
  const unseen = rows.filter((r) => r.bins.every((b) => b === 0)).map((r) => r.code);
  const bins = rows[0]?.bins.length ?? 0;
  return (
    <>
      <p class="prose">{unseen.length ? `Not seen at all: ${unseen.join(", ")}. What would we have missed there?` : "Every seat was seen at least once."}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Notes at each seat over time">
        <table class="cover">
          <thead><tr><th scope="col">Seat</th>{Array.from({ length: bins }, (_, i) => <th scope="col" key={i}>{i * BIN_MINUTES}</th>)}</tr></thead>
          <tbody>{rows.map((r) => <tr key={r.code} class={r.bins.some(Boolean) ? "" : "unseen"}><th scope="row">{r.code}</th>{r.bins.map((b, i) => <td key={i} data-n={Math.min(3, b)}>{b || <span class="sr">0</span>}</td>)}</tr>)}</tbody>
        </table>
      </div>
      <p class="hint">Columns are five minutes each, up to minute {minutes}. For this team only: a number here belongs to one seat.</p>
    </>
  );
}

function Map2({ notes, seats }: { notes: Note[]; seats: ReturnType<typeof seatsOf> }) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const turns = notes.filter((n) => n.to_seat).length;
  if (!turns) return <p class="prose">Nobody noted that one turned to another. Drag from seat to seat in the live lesson to note it.</p>;
  return (
    <>
      <p class="hint">{turns} times one turned to another; a heavier line means more often.</p>
      <div class="ls"><div class="floor map" ref={box} role="img" aria-label={`Map of ${turns} turns from seat to seat`}>
        <div class="board">Board</div><span class="tchr still">Teacher</span>
        {seats.map((s) => { const b = boxOf(s.code, seats, size); return <span class="seat still" key={s.code} style={{ left: `${b.x - b.w / 2}px`, top: `${b.y - b.h / 2}px`, width: `${b.w}px`, height: `${b.h}px` }}><b>{s.code}</b></span>; })}
        <Arcs notes={notes} seats={seats} size={size} />
      </div></div>
    </>
  );
}

const KIND_IDS = ["says", "does", "writes", "interacts", "teacher_move"];
function CountTable({ cycle, notes }: { cycle: Cycle; notes: Note[] }) {
  const table = counts(notes, cycle.lesson);
  const kinds = KIND_IDS.filter((k) => [...table.values()].some((row) => row.has(k)));
  const codes = new Map<string, number>();
  for (const n of notes) if (n.strategy_code) codes.set(n.strategy_code, (codes.get(n.strategy_code) ?? 0) + 1);
  return (
    <>
      <table class="tbl counts"><thead><tr><th scope="col">Phase</th>{kinds.map((k) => <th scope="col" class="num" key={k}>{wordOf(k)}</th>)}</tr></thead>
        <tbody>{[...table].map(([phase, row]) => <tr key={phase}><th scope="row">{PHASES[phase] ?? "Before the lesson"}</th>{kinds.map((k) => <td class="num" key={k}>{row.get(k) ?? 0}</td>)}</tr>)}</tbody></table>
      {codes.size > 0 && <p>Strategies noted: {[...codes].sort().map(([c, n]) => `${c} ${cycle.lesson.strategies?.find((s) => s.code === c)?.strategy ?? ""} ${n}`).join(" · ")}</p>}
      <p class="hint">Notes are counted, not students: a student whom three saw counts three times.</p>
    </>
  );
}

function Evidence({ cycle, notes }: { cycle: Cycle; notes: Note[] }) {
  const { model, state, lesson, path, readOnly } = cycle;
  const questions = lesson.data_questions ?? [];
  if (!questions.length) return <p class="prose">The plan has no data question yet. Which question should the notes answer?</p>;
  const begin = (id: string | undefined): void => { void model.send({ do: "add", path: `${path}.results`, fields: { id: newId(), question: id } }); };
  return (
    <ol class="evidence">
      {questions.map((q, i) => {
        const own = notes.filter((n) => n.data_question === q.id);
        const result = lesson.results?.find((r) => r.question === q.id);
        const asked = (["result", "matched"] as const).map((id) => ({ id, question: question(state, `results.${id}`) }));
        return (
          <li key={q.id} class="card">
            <h3>Q{i + 1} {q.question}</h3>
            {q.prediction && <p class="hint">We expected: {q.prediction}</p>}
            <details><summary>{own.length} {own.length === 1 ? "note speaks" : "notes speak"} to it</summary><ul class="quotes">{own.map((n) => <Quote key={n.id} cycle={cycle} note={n} />)}</ul></details>
            {result ? asked.map((a) => a.question && <Answer key={a.id} model={model} state={state} path={`${path}.results.${result.id}.${a.id}`} question={a.question} />)
              : !readOnly && <button type="button" class="btn" onClick={() => begin(q.id)}>Write what the notes say to it</button>}
          </li>
        );
      })}
    </ol>
  );
}
