// The latest notes, the newest first; one opens to what it might mean, kept apart from what was heard.
import { memo } from "preact/compat";
import { useMemo, useState } from "preact/hooks";
import { Answer, FindingLine } from "../parts/answer";
import type { Finding, Model, State } from "../model";
import { clock, iconOf, wordOf } from "../parts/lesson/notes";
import type { Note } from "../parts/lesson/notes";
import { Photo, photosWaiting } from "../parts/lesson/photo";
import { useSteady } from "../parts/steady";
import type { Person } from "./sitting";

const AT_FIRST = 40;
const NONE: readonly Finding[] = [];
interface Props { model: Model; state: State; notes: readonly Note[]; unsent: ReadonlySet<string>; observers: readonly Person[] }

export function Feed({ model, state, notes, unsent, observers }: Props) {
  const [shown, setShown] = useState(AT_FIRST);
  const [open, setOpen] = useState("");
  const latest = useMemo(() => notes.slice(Math.max(0, notes.length - shown)).reverse(), [notes, shown]);
  const findings = useMemo(() => byNote(state.findings), [state.findings]);
  const photos = photosWaiting(model);
  const toggle = useSteady((id: string) => setOpen(open === id ? "" : id));
  return (
    <div class="feed" role="region" aria-label="Latest notes" tabIndex={0}>
      {!notes.length && <p class="hint">Nothing noted yet. Tap a seat, then what you see.</p>}
      <ul>
        {latest.map((n) => (
          <Line key={n.id} model={model} note={n} kept={unsent.has(n.id)} photo={Boolean(n.media) || photos.has(n.id)} who={observers.find((o) => o.id === n.observer)?.name ?? "somebody"}
            findings={findings.get(n.id) ?? NONE} state={open === n.id ? state : null} toggle={toggle} />
        ))}
      </ul>
      {notes.length > shown && <button type="button" class="btn plain" onClick={() => setShown(shown + 200)}>Show earlier notes ({notes.length - shown})</button>}
    </div>
  );
}

function byNote(findings: readonly Finding[]): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const f of findings) {
    const [root, id = ""] = f.where.split(".");
    if (root === "observations") found.set(id, [...(found.get(id) ?? []), f]);
  }
  return found;
}

/** `state` only while the note is open: what is closed is drawn anew only when it changes itself. */
interface LineProps { model: Model; note: Note; kept: boolean; photo: boolean; who: string; findings: readonly Finding[]; state: State | null; toggle: (id: string) => void }

const Line = memo(function Line({ model, note: n, kept, photo, who, findings, state, toggle }: LineProps) {
  return (
    <li class={state ? "open" : ""}>
      <button type="button" class="line" aria-expanded={state !== null} onClick={() => toggle(n.id)}>
        <span class="t">{clock(n.t_rel)}</span>
        <b>{n.to_seat ? `${n.seat}›${n.to_seat}` : n.seat || "Class"}</b>
        <span class="what"><i class={`ic i-${iconOf(n.kind)}`} /><span class="sr">{wordOf(n.kind)}: </span><span dir="auto">{n.verbatim}</span>{n.strategy_code && <span class="tag">{n.strategy_code}</span>}
          {photo && <><i class="ic i-photo" /><span class="sr"> with a photo</span></>}
          {n.flag && <><i class="ic i-flag fl" /><span class="sr"> flagged</span></>}
          {n.interpretation && <span class="i" dir="auto">reading: {n.interpretation}</span>}</span>
        <span class="sent" title={kept ? "kept here, not sent yet" : `sent · ${who}`}><i class={`ic ${kept ? "i-ring" : "i-check"}`} /><span class="sr">{kept ? "not sent yet" : "sent"}</span></span>
      </button>
      {findings.map((f) => (
        <div class="isname" key={f.message}><FindingLine message={f.message} cure={f.cure} />
          <div class="btns">{f.mends.map((m) => <button type="button" class="btn" key={m.label} onClick={() => void model.send({ do: "set", path: m.path, value: m.value })}>{m.label}</button>)}</div></div>
      ))}
      {state && <Inside model={model} note={n} state={state} />}
    </li>
  );
});

function Inside({ model, note: n, state }: { model: Model; note: Note; state: State }) {
  const path = `observations.${n.id}`;
  const fields = state.forms["observations"]?.questions.filter((q) => ["verbatim", "interpretation", "wonder"].includes(q.id)) ?? [];
  return (
    <div class="inside">
      <Photo model={model} note={n} />
      {fields.map((q) => <Answer key={q.id} model={model} state={state} path={`${path}.${q.id}`} question={q} rows={2} label={q.id === "interpretation" ? "My reading of it (kept apart from what was heard)" : q.prompt} />)}
      <div class="btns">
        <button type="button" class="btn" aria-pressed={n.flag === true} onClick={() => void model.send({ do: "set", path: `${path}.flag`, value: n.flag ? null : true, base: n.flag ?? "" })}><i class="ic i-flag" />{n.flag ? "Take the flag off" : "Flag"}</button>
        <button type="button" class="btn" onClick={() => void model.send({ do: "remove", path })}><i class="ic i-cross" />Remove this note</button>
      </div>
    </div>
  );
}
