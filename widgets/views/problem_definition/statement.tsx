// The statement: large, with questions that ask and never score, and read aloud by the browser where it can.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Question } from "../model";
import { Answer, FindingLine } from "../parts/answer";
import { asked, ROOT, told } from "./view";
import type { Props } from "./view";

const PROMPTS = [
  "Could somebody who was not there check each fact?",
  "Would it still be true if your first solution were impossible?",
  "Would the people it speaks of say it like this?",
];

export function Statement({ model, state }: Props) {
  const text = told(state, "statement");
  const path = `${ROOT}.statement`;
  const [editing, setEditing] = useState(false);
  const question = asked(state, "statement") as Question;
  const differ = state.conflicts.some((c) => c.path === path);
  const open = editing || !text || differ;
  const length = [...text].length;
  const box = useRef<HTMLDivElement>(null);
  const wanted = useRef(false);
  useEffect(() => {
    if (wanted.current) box.current?.querySelector("textarea")?.focus();
    wanted.current = false;
  }, [editing]);
  return (
    <section class="statement" aria-label="Problem statement">
      <div class="sec-head"><h2>Problem statement</h2></div>
      <p class="hint">{question.prompt} No cause and no solution yet.</p>
      <div class="stmt">
        {/* the field stays under the hands of who writes its first words */}
        <div ref={box} onFocusIn={() => { if (open && !state.readOnly) setEditing(true); }}>
          {open ? <Answer model={model} state={state} path={path} question={question} label="Statement" rows={4} /> : <blockquote dir="auto" tabIndex={text.length > 500 ? 0 : undefined}>{text}</blockquote>}
          {open && !text && <p class="hint example">For example: “Since September, 62 of every 100 pieces of work set to students new to the course came in on time; for the others it is 84.”</p>}
        </div>
        <div>
          <ul class="prompts" aria-label="Questions to ask of the statement">{PROMPTS.map((p) => <li key={p}><span aria-hidden="true">?</span>{p}</li>)}</ul>
          <p class="meta">Questions to think about; nothing is scored.{text && !open && question.max_length ? ` ${length} of ${question.max_length} characters.` : ""}</p>
          {!open && state.findings.filter((f) => f.where === path).map((f) => <FindingLine key={f.id} message={f.message} cure={f.cure} />)}
        </div>
      </div>
      <div class="btns">
        {text && !state.readOnly && !differ && <button type="button" class="btn" aria-expanded={editing} onClick={() => { wanted.current = !editing; setEditing(!editing); }}>{editing ? "Done" : "Edit statement"}</button>}
        <ReadAloud text={String(state.shown["spoken"] ?? text)} lang={"en"} />
      </div>
      <Bounds model={model} state={state} />
    </section>
  );
}

/** Statement and dimensions in one text: spoken where the browser has a voice, and there to be read by a person. */
function ReadAloud({ text, lang }: { text: string; lang: string }) {
  const [speaking, setSpeaking] = useState(false);
  const [shown, setShown] = useState(false);
  const voice = (globalThis as { speechSynthesis?: SpeechSynthesis }).speechSynthesis;
  if (!text) return null;
  const speak = (): void => {
    if (!voice) return;
    voice.cancel();
    if (speaking) return setSpeaking(false);
    const said = new SpeechSynthesisUtterance(text);
    said.lang = lang;
    said.onend = said.onerror = () => setSpeaking(false);
    setSpeaking(true);
    voice.speak(said);
  };
  return (
    <>
      {voice && <button type="button" class="btn plain" aria-pressed={speaking} onClick={speak}><i class="ic i-read" />{speaking ? "Stop reading" : "Read aloud"}</button>}
      <button type="button" class="btn plain" aria-expanded={shown} onClick={() => setShown(!shown)}>All of it as one text</button>
      {shown && <div class="aloud" role="region" aria-label="All of it as one text" tabIndex={0} dir="auto">{text}</div>}
    </>
  );
}

function Bounds({ model, state }: Props) {
  const questions = asked(state, "boundary")?.questions ?? [];
  const labels: Record<string, string> = { inside: "We look at", outside: "We leave out", period: "Period" };
  return (
    <div class="bounds">
      {questions.map((q) => <Answer key={q.id} model={model} state={state} path={`${ROOT}.boundary.${q.id}`} question={q} label={labels[q.id] ?? q.prompt} />)}
    </div>
  );
}
