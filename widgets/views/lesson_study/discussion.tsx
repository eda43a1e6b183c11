// The discussion after the lesson, step by step: who speaks, how long, on what evidence. The minutes write themselves.
import { useEffect, useMemo, useState } from "preact/hooks";
import { newId } from "../model";
import type { Item } from "../model";
import { MoveButtons, Removed } from "../parts/answer";
import type { LessonStudyDiscussion } from "../types";
import { clock, wordOf } from "../parts/lesson/notes";
import type { Note } from "../parts/lesson/notes";
import { Ask, Part } from "./ask";
import { nameOf, notesOf } from "./cycle";
import type { Cycle } from "./cycle";
import { Print } from "./print";

interface Step { id: string; title: string; minutes: number; kind: NonNullable<LessonStudyDiscussion["kind"]> | null; speaker: string; say: string }
export const PROTOCOL: readonly Step[] = [
  { id: "thanks", title: "Welcome and rules", minutes: 3, kind: null, speaker: "Chair", say: "Thank the instructor. The lesson is everybody’s; the aim is to learn, not a perfect lesson. Speak about what students said, did and wrote." },
  { id: "instructor", title: "The instructor first", minutes: 7, kind: "instructor", speaker: "Instructor", say: "What did you notice? Where did the lesson leave the plan, and why? What do you want to ask?" },
  { id: "team", title: "The team’s reasons", minutes: 5, kind: "team", speaker: "Planning team", say: "Why this task, this order, these questions? What did you expect?" },
  { id: "data", title: "Evidence, issue by issue", minutes: 30, kind: "data", speaker: "Observer", say: "Seat and time first, then what was said, done or written. What it might mean comes after. The chair keeps the issue cards." },
  { id: "question", title: "What does it mean?", minutes: 10, kind: "question", speaker: "Observer", say: "Now interpret: which thinking did we see, expected or not? What would we look for next time?" },
  { id: "commentary", title: "Final commentary", minutes: 20, kind: "commentary", speaker: "Knowledgeable other", say: "What the lesson shows beyond itself: content, student thinking, next steps." },
];
const SPEAKERS = ["Instructor", "Planning team", "Observer", "Chair", "Knowledgeable other", "Guest"];
type Said = LessonStudyDiscussion & Item;

export function Discussion({ cycle }: { cycle: Cycle }) {
  const { lesson, state, model } = cycle;
  const [at, setAt] = useState(() => Number(model.recall(`discussion:${lesson.id}`) ?? 0) % PROTOCOL.length);
  const go = (i: number): void => { setAt(i); model.remember(`discussion:${lesson.id}`, String(i)); };
  const step = PROTOCOL[at] as Step;
  const notes = useMemo(() => notesOf(state, lesson.id), [state.answers["observations"], lesson.id]);
  const roles = [["Chair", lesson.roles?.chair], ["Recorder", lesson.roles?.recorder], ["Timekeeper", lesson.roles?.timekeeper], ["Instructor", lesson.roles?.instructor], ["Commentary", lesson.roles?.commentator]] as const;
  return (
    <>
      <Part title="Post-lesson discussion" time="45 to 60 minutes, and 15 to 30 for the commentary">
        <dl class="facts">{roles.map(([k, id]) => <div key={k}><dt>{k}</dt><dd>{nameOf(state, id) || "nobody yet"}</dd></div>)}</dl>
        <ol class="protocol" aria-label="Order of speaking">
          {PROTOCOL.map((s, i) => <li key={s.id}><button type="button" aria-current={i === at ? "step" : undefined} onClick={() => go(i)}><b>{i + 1}. {s.title}</b><span>{s.minutes} min · {s.speaker}</span></button></li>)}
        </ol>
        <div class="now-step card">
          <div class="item-head"><h3>{step.title}</h3><StepTimer cycle={cycle} step={step} /></div>
          <p class="prose">{step.say}</p>
          {step.kind && !cycle.readOnly && <Speak key={step.id} cycle={cycle} step={step} notes={notes} />}
          {step.id === "commentary" && <Ask cycle={cycle} ids={["commentary"]} />}
          {at < PROTOCOL.length - 1 && <button type="button" class="btn" onClick={() => go(at + 1)}>Next: {PROTOCOL[at + 1]?.title}</button>}
        </div>
      </Part>
      <Part title="Issue cards"><Issues said={(lesson.discussion ?? []) as Said[]} /></Part>
      <Part title="Minutes"><Minutes cycle={cycle} notes={notes} /><Print cycle={cycle} only="minutes" /></Part>
    </>
  );
}

/** Counts down; its start is kept in this browser, so that a reload does not give time back. */
function StepTimer({ cycle: { model, lesson }, step }: { cycle: Cycle; step: Step }) {
  const key = `timer:${lesson.id}:${step.id}`;
  const [since, setSince] = useState(() => Number(model.recall(key) ?? 0));
  const [, tick] = useState(0);
  useEffect(() => { setSince(Number(model.recall(key) ?? 0)); }, [key]);
  useEffect(() => {
    if (!since) return;
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, [since]);
  const set = (v: number): void => { setSince(v); model.remember(key, String(v)); };
  const left = since ? step.minutes * 60 - Math.floor((Date.now() - since) / 1000) : step.minutes * 60;
  return (
    <span class="btns">
      <span class={`steptime ${left < 0 ? "over-time" : ""}`} role="timer" aria-label="Time left in this step">{left < 0 ? `${clock(-left)} over` : clock(left)}</span>
      <button type="button" class="btn" onClick={() => set(since ? 0 : Date.now())}>{since ? "Stop" : "Start the timer"}</button>
    </span>
  );
}

function Speak({ cycle, step, notes }: { cycle: Cycle; step: Step; notes: Note[] }) {
  const { model, lesson, path } = cycle;
  const [text, setText] = useState("");
  const [speaker, setSpeaker] = useState(step.speaker);
  const [issue, setIssue] = useState("");
  const [answers, setAnswers] = useState("");
  const [evidence, setEvidence] = useState<string[]>([]);
  const needs = step.kind === "data" && !evidence.length;
  const issues = [...new Set((lesson.discussion ?? []).map((d) => d.issue).filter((i): i is string => Boolean(i)))];
  const add = (): void => {
    if (!text.trim()) return;
    const fields = { id: newId(), speaker_role: speaker, kind: step.kind, text: text.trim(), at: new Date().toISOString(), ...(issue.trim() ? { issue: issue.trim() } : {}), ...(answers ? { answers } : {}), ...(evidence.length ? { evidence } : {}) };
    void model.send({ do: "add", path: `${path}.discussion`, fields });
    setText("");
    setEvidence([]);
  };
  return (
    <div class="speak">
      <div class="two">
        <label>Who speaks (role)<select class="ctl" value={speaker} onChange={(e) => setSpeaker(e.currentTarget.value)}>{SPEAKERS.map((s) => <option key={s}>{s}</option>)}</select></label>
        <label>Issue card<input class="ctl" list="iq-issues" autocomplete="off" value={issue} placeholder="e.g. starting" onInput={(e) => setIssue(e.currentTarget.value)} /><datalist id="iq-issues">{issues.map((i) => <option key={i} value={i} />)}</datalist></label>
        <label>Data question<select class="ctl" value={answers} onChange={(e) => setAnswers(e.currentTarget.value)}><option value="">None</option>{(lesson.data_questions ?? []).map((q, i) => <option key={q.id} value={q.id}>Q{i + 1} {q.question}</option>)}</select></label>
      </div>
      {(step.kind === "data" || step.kind === "question") && <Show notes={notes} question={answers} chosen={evidence} set={setEvidence} />}
      <label class="field">What is said<textarea class="ctl" rows={3} dir="auto" value={text} onInput={(e) => setText(e.currentTarget.value)} onKeyDown={(e) => { if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) add(); }} /></label>
      {needs && text && <p class="finding"><i class="ic i-diamond con" /><span>No note is shown for it. Evidence before interpretation: which seat and minute does it rest on?</span></p>}
      <button type="button" class="btn primary" onClick={add}>Put it into the minutes</button>
    </div>
  );
}

/** Notes to show: those of the question, flagged ones first. */
function Show({ notes, question, chosen, set }: { notes: Note[]; question: string; chosen: string[]; set: (ids: string[]) => void }) {
  const [words, setWords] = useState("");
  const wanted = words.trim().toLowerCase();
  const found = notes.filter((n) => chosen.includes(n.id) || ((!question || n.data_question === question) && (!wanted || `${n.seat} ${n.verbatim} ${n.strategy_code ?? ""}`.toLowerCase().includes(wanted))));
  const first = [...found].sort((a, b) => Number(chosen.includes(b.id)) - Number(chosen.includes(a.id)) || Number(b.flag === true) - Number(a.flag === true)).slice(0, 8);
  return (
    <fieldset class="show">
      <legend>Show evidence</legend>
      <input class="ctl" type="search" aria-label="Find notes by seat or words" placeholder="seat or words" value={words} onInput={(e) => setWords(e.currentTarget.value)} />
      {first.map((n) => (
        <label class="choice" key={n.id}><input type="checkbox" checked={chosen.includes(n.id)} onChange={() => set(chosen.includes(n.id) ? chosen.filter((c) => c !== n.id) : [...chosen, n.id])} />
          <span>{clock(n.t_rel)} <b>{n.seat}</b> {wordOf(n.kind)}: {n.verbatim}{n.flag ? " ⚑" : ""}</span></label>
      ))}
      {found.length > first.length && <p class="hint">and {found.length - first.length} more: type a seat or a word</p>}
    </fieldset>
  );
}

function Issues({ said }: { said: Said[] }) {
  const cards = new Map<string, Said[]>();
  for (const d of said) if (d.issue) cards.set(d.issue, [...(cards.get(d.issue) ?? []), d]);
  if (!cards.size) return <p class="prose">No card yet. The chair names an issue when something is said that others should join.</p>;
  return <ul class="cards">{[...cards].map(([issue, all]) => <li class="card" key={issue}><h3>{issue}</h3>{all.map((d) => <p key={d.id}><span class="mut">{d.speaker_role}: </span>{d.text}</p>)}</li>)}</ul>;
}

const TITLES: Record<string, string> = { instructor: "The instructor", team: "The team", data: "Data", question: "Meaning", commentary: "Commentary" };
function Minutes({ cycle, notes }: { cycle: Cycle; notes: Note[] }) {
  const { model, state, lesson, path, readOnly } = cycle;
  const all = (lesson.discussion ?? []) as Said[];
  const known = new Map(notes.map((n) => [n.id, n]));
  const here = `${path}.discussion`;
  return (
    <>
      {!all.length && <p class="prose">Nothing is said yet. What is put in above stands here, in order, with what was shown.</p>}
      <ol class="items">
        {all.map((d, i) => (
          <li class="item" key={d.id}>
            <div class="item-head"><p><span class="tag">{TITLES[d.kind ?? ""] ?? "Said"}</span> <b>{d.speaker_role}</b>{d.issue && <span class="mut"> · {d.issue}</span>}</p>
              <MoveButtons model={model} path={`${here}.${d.id}`} name={d.text?.slice(0, 30) ?? ""} before={all[i - 1]?.id} after={all[i + 2]?.id} first={i === 0} last={i === all.length - 1} disabled={readOnly} /></div>
            <p dir="auto">{d.text}</p>
            {(d.evidence ?? []).map((id) => known.get(id)).filter((n): n is Note => Boolean(n)).map((n) => <p class="hint" key={n.id}>shown: {clock(n.t_rel)} {n.seat} {wordOf(n.kind)}: {n.verbatim}</p>)}
          </li>
        ))}
      </ol>
      <Removed model={model} state={state} under={here} />
    </>
  );
}
