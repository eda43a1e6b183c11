// A research lesson, live: what observers see, seat by seat, as fast as it happens.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { itemsAt, newId, timeNow } from "../model";
import type { Model, State } from "../model";
import { Legend, Timeline } from "../parts/lesson/timeline";
import { stretches } from "../parts/lesson/notes";
import { TEACHER } from "../parts/lesson/seats";
import { labelOf } from "../parts/answer";
import { useLater, useSteady } from "../parts/steady";
import { useModel } from "../parts/use_model";
import { useSeconds } from "./clock";
import { Composer } from "./composer";
import type { Pen, Written } from "./composer";
import { Feed } from "./feed";
import { Floor } from "./floor";
import { beginPhase, phaseIds, Phases, Questions } from "./questions";
import { kindFor, store, useSitting } from "./sitting";
import type { Sitting } from "./sitting";
import { Top } from "./top";

const STALE_MS = 30_000; // a seat that was tapped so long ago does not date a note

export default function Observation({ model }: { model: Model }) {
  const state = useModel(model);
  const lessons = itemsAt(state.answers, "lesson_study_cycles");
  const asked = String(state.shown["lesson"] ?? "");
  const [picked, setPicked] = useState(model.recall("lesson") ?? "");
  const id = [asked, picked].find((i) => lessons.some((l) => l.id === i)) ?? lessons.at(-1)?.id ?? "";
  useEffect(() => { if (id && picked !== id) setPicked(id); }, [id]);
  const sitting = useSitting(model, state, id);
  if (!sitting) return <Empty model={model} state={state} />;
  const pick = (next: string): void => { setPicked(next); model.remember("lesson", next); };
  return (
    <section class="iq ls" aria-label="Live observation" lang="en">
      {lessons.length > 1 && !asked && (
        <p class="pick"><label>Lesson <select class="ctl" value={id} onChange={(e) => pick(e.currentTarget.value)}>{lessons.map((l) => <option key={l.id} value={l.id}>{labelOf(l) || "Without a title yet"}</option>)}</select></label></p>
      )}
      <Live key={id} sitting={sitting} />
    </section>
  );
}

function Empty({ model, state }: { model: Model; state: State }) {
  const begin = (): void => { void model.send({ do: "add", path: "lesson_study_cycles", fields: { id: newId(), title: "Research lesson" } }); };
  return (
    <section class="iq ls" aria-label="Live observation" lang="en">
      <div class="in">
        <h1>Live observation</h1>
        <p class="prose">Observers write down what students say, do and write, seat by seat. No lesson is planned yet: plan one with <code>inq.lesson_study()</code>, or begin at once with a plain one.</p>
        <p class="prose hint">For example, at B3 after 23 minutes, said: “What is the next line?”</p>
        <div class="state"><span role="status">{state.readOnly ? `Nothing can be saved: ${state.readOnly}` : "All saved"}</span></div>
        {!state.readOnly && <button type="button" class="btn primary" onClick={begin}>Observe a lesson now</button>}
      </div>
    </section>
  );
}

function Live({ sitting }: { sitting: Sitting }) {
  const { model, state, lesson, seats, notes } = sitting;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState("");
  const [pen, setPen] = useState<Pen>(() => ({ seat: "", kind: "says", flag: false, question: ownQuestion(sitting), begun: null }));
  const root = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const set = (change: Partial<Pen>): void => setPen((p) => ({ ...p, ...change }));
  const shown = useMemo(() => (hidden.size ? notes.filter((n) => !hidden.has(n.observer ?? "")) : notes), [notes, hidden]);
  const now = useSteady(() => timeNow(model));

  const write = (w: Written): string => {
    const begun = pen.begun !== null && now() - pen.begun < STALE_MS ? pen.begun : now();
    const to = w.to && w.to !== w.seat ? w.to : "";
    const words = w.text || (to ? `turns to ${to === TEACHER ? "the teacher" : to}` : "(no words)");
    const id = store(sitting, { seat: w.seat, ...(to ? { to } : {}), kind: to ? "interacts" : kindFor(w.seat, w.kind), verbatim: words, flag: w.flag, question: pen.question, begun, ...(w.strategy ? { strategy: w.strategy } : {}) });
    set({ seat: w.seat, kind: w.kind, flag: false, begun: null });
    setSaid(`Noted at ${w.seat || "the class"}: ${words}`);
    return id;
  };
  const connect = useSteady((from: string, to: string, begun: number): void => {
    store(sitting, { seat: from, to, kind: "interacts", verbatim: `turns to ${to === TEACHER ? "the teacher" : to}`, flag: pen.flag, question: pen.question, begun });
    set({ seat: from, flag: false, begun: null });
    setSaid(`${from} turns to ${to}`);
  });
  const select = useSteady((seat: string): void => set({ seat, begun: now() }));
  const choose = useSteady((question: string): void => set({ question }));
  useKeys(root, (e) => keys(e, sitting, set, field.current));
  const toggle = (observer: string): void => setHidden((h) => { const next = new Set(h); if (!next.delete(observer)) next.add(observer); return next; });
  return (
    <div class="g" ref={root} data-typed-in>
      <Top sitting={sitting} hidden={hidden} toggle={toggle} wide={() => fill(root.current?.closest<HTMLElement>(".ls"))} />
      <Phases model={model} lesson={lesson} disabled={state.readOnly !== ""} />
      <section class="room" aria-label="Seating chart">
        <div class="cov"><Coverage sitting={sitting} /><span class="tip">Tap a seat to note, drag to connect</span></div>
        {seats.length ? <Floor seats={seats} notes={shown} selected={pen.seat} mine={sitting.mine} now={now} select={select} connect={connect} />
          : <p class="floor hint">No seat stands anywhere yet: draw the room in the plan.</p>}
      </section>
      <aside class="side" aria-label="Notes">
        <Questions lesson={lesson} notes={notes} chosen={pen.question} choose={choose} />
        <Composer sitting={sitting} pen={pen} set={set} write={write} field={field} said={said} />
        <Feed model={model} state={state} notes={shown} unsent={sitting.unsent} observers={sitting.observers} />
      </aside>
      <section class="time" aria-label="Timeline">
        <p class="lg"><span class="cnt">{shown.length} {shown.length === 1 ? "note" : "notes"} by {sitting.observers.length || "no"} {sitting.observers.length === 1 ? "observer" : "observers"}, minute by minute</span><Legend unsent={sitting.unsent.size > 0} /></p>
        <Running sitting={sitting} notes={shown} />
      </section>
    </div>
  );
}

/** The question that this person was given, else the first. */
function ownQuestion({ lesson, me }: Sitting): string {
  const questions = lesson.data_questions ?? [];
  return (questions.find((q) => me.id && q.observers?.includes(me.id)) ?? questions[0])?.id ?? "";
}

/** The whole screen; where a browser has no such thing, the whole page. Escape or the same button leaves it. */
function fill(view: HTMLElement | null | undefined): void {
  if (!view) return;
  if (document.fullscreenElement) void document.exitFullscreen();
  else if (view.requestFullscreen) view.requestFullscreen().catch(() => view.classList.toggle("full"));
  else view.classList.toggle("full");
}

/** The timeline follows a moment after what people write. */
function Running({ sitting: { model, lesson, observers, unsent }, notes }: { sitting: Sitting; notes: Sitting["notes"] }) {
  const now = useSeconds(model, lesson, 10_000);
  const phases = useMemo(() => stretches(lesson), [lesson]);
  const shown = useLater(useMemo(() => ({ notes, unsent }), [notes, unsent]));
  const tens = now === null || lesson.ended ? null : now - (now % 10);
  return useMemo(() => <Timeline {...shown} observers={observers} phases={phases} now={tens} />, [shown, observers, phases, tens]);
}

function Coverage({ sitting: { seats, notes } }: { sitting: Sitting }) {
  const not = useMemo(() => {
    const seen = new Set<string | undefined>();
    for (const n of notes) { seen.add(n.seat); seen.add(n.to_seat); }
    return seats.filter((s) => !seen.has(s.code)).map((s) => s.code);
  }, [seats, notes]);
  return <span class="seen">{seats.length - not.length} of {seats.length} seats seen{not.length > 0 && `; not yet ${not.slice(0, 8).join(", ")}${not.length > 8 ? ` and ${not.length - 8} more` : ""}`}</span>;
}

function useKeys(root: { current: HTMLElement | null }, handle: (e: KeyboardEvent) => void): void {
  const latest = useRef(handle);
  latest.current = handle;
  useEffect(() => {
    const element = root.current;
    const listen = (e: Event): void => latest.current(e as KeyboardEvent);
    element?.addEventListener("keydown", listen);
    return () => element?.removeEventListener("keydown", listen);
  }, []);
}

/** A seat's letter begins a typed note, a number changes the phase, ! flags: outside a field. Alt with a number everywhere. */
function keys(e: KeyboardEvent, sitting: Sitting, set: (change: Partial<Pen> ) => void, field: HTMLInputElement | null): void {
  const typing = (e.target as Element).closest("input,textarea,select") !== null;
  // with Alt some keyboards put another sign on a number; without it, Shift does
  const phase = phaseIds(sitting.lesson)[Number(e.altKey ? e.code.replace("Digit", "") : e.key) - 1];
  if (e.ctrlKey || e.metaKey || (typing && !e.altKey)) return;
  if (phase && sitting.state.readOnly === "") beginPhase(sitting.model, sitting.lesson, phase);
  else if (e.altKey) return;
  else if (e.key === "!") set({ flag: true });
  else if (/^[a-z]$/i.test(e.key) && [...sitting.codes].some((c) => c.startsWith(e.key.toUpperCase()))) {
    set({ begun: timeNow(sitting.model) });
    field?.focus();
    return; // the letter itself goes into the field
  } else return;
  e.preventDefault();
}
